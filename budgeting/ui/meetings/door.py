"""The door: which meeting the link in the address leads to, and by what its guest is known."""

from secrets import token_urlsafe

import streamlit as st

from budgeting.access import Identity
from budgeting.errors import BudgetingError
from budgeting.meetings.joining import COOKIE, GUEST, enter, participant_of
from budgeting.meetings.model import Meeting
from budgeting.model import Text
from budgeting.ui import address
from budgeting.ui.session import identity, open_store

_SECRET = "guest_secret"  # the name of a value of the session


def meeting_of_link() -> Meeting:
    """Return the meeting that the link leads to, also one that is closed.

    Raises
    ------
    NotFound, NotAllowed
        It leads nowhere, or too many that do were tried.
    """
    return enter(open_store(), address.value("token"), st.context.ip_address or "")


def who_is_there() -> Identity | None:
    """Return who is at the screen; None where nobody has signed in or come with a link."""
    return identity() or guest()


def guest() -> Identity | None:
    """Return the guest who holds the link of a meeting; None for everybody else."""
    return None if why_not() else GUEST


def why_not() -> Text | None:
    """Return why the link in the address lets nobody in; None where it does."""
    try:
        meeting_of_link()
    except BudgetingError as error:
        return error.message
    return None


def is_held() -> bool:
    """Return whether there is a link at all."""
    return bool(address.value("token"))


def participant(of: Meeting) -> str:
    """Return by what the guest is known: by the cookie of their browser, else by the session."""
    secret = cookie() or st.session_state.setdefault(_SECRET, token_urlsafe())
    return participant_of(of, secret)


def cookie() -> str | None:
    """Return the secret of the browser; None where the server in front gave it none."""
    return st.context.cookies.get(COOKIE)
