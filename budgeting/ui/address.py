"""The address: what a reader chose stands in the page's query string, as codes.

Streamlit's own binding writes the *label* of an option into the address, so that a link made in
one language would not open in another; see docs/decisions/0004-address.md.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st

# every parameter that a page may have, in the order in which an address shows them
NAMES = (
    "lang",
    "municipality",
    "year",
    "direction",
    "stage",
    "by",
    "within",
    "words",
    "show",
    "prices",
    "per",
    "page",
    "line",
    "methodology",
    "version",
    "convention",
    "category",
    "table",
    "opened",
    "layout",
    "service",
    "group",
    "sex",
    "ages",
    "treatment",
    "fee",
    "elasticity_women",
    "elasticity_men",
    "part",
    "owner",
    "asked_in",
    "unit",
    "scenario",
    "lines_of",
    "meeting",
    "token",
    "objective",
    "most",
    "next",
    "source",
    "weights",
    "groups",
    "to",
)


@dataclass(slots=True)
class _Session:
    """What a session keeps: one value of it, because each widget looks through all of them.

    Parameters
    ----------
    chosen
        The choices, by name.
    written
        What was last written to the address; None before that.
    page
        The page for which that was; None before any.
    """

    chosen: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] | None = None
    page: str | None = None


_KEY = "address"
# The session whose script runs in this thread: every word on a page asks for the language, and the
# session state takes twenty times as long to answer.
_THIS_RUN: ContextVar[_Session] = ContextVar("session")
_IS_FOLLOWED: ContextVar[bool] = ContextVar("is_followed", default=False)


def begin() -> None:
    """Take over what the address of a new session says; called once at the start of each run."""
    session = st.session_state.get(_KEY)
    if session is None:
        session = st.session_state[_KEY] = _Session(_there())
    _THIS_RUN.set(session)


def follow(page: str) -> None:
    """Follow the browser's back and forward; called once per run, when the page is known.

    Going to another page empties the query string and keeps the choices; any other difference to
    what was written came from the browser.
    """
    session, there = _THIS_RUN.get(), _there()
    if session.page == page and there != session.written:
        session.chosen.clear()
        session.chosen.update(there)
    session.page = page
    _IS_FOLLOWED.set(True)


def follow_here() -> None:
    """Follow the browser where a part of the page runs, which is still the same page."""
    session = _THIS_RUN.get()
    if session.page is not None:
        follow(session.page)


def _there() -> dict[str, str]:
    written = st.query_params.to_dict()
    return {name: written[name] for name in NAMES if name in written}


def was_followed() -> bool:
    """Return whether `follow`, which only ``app.py`` calls, has run for this page; it counts once."""
    was_so = _IS_FOLLOWED.get()
    _IS_FOLLOWED.set(False)
    return was_so


def _session() -> _Session:
    """Return the session; what a button calls comes before `begin`, mostly in a new thread."""
    session: _Session | None = _THIS_RUN.get(None)
    if session is None:
        session = st.session_state.get(_KEY) if st.runtime.exists() else None
    return session or _Session()  # outside a run, as in a test of a part


def value(name: str, default: str = "") -> str:
    """Return what was chosen for a parameter."""
    return _session().chosen.get(name, default)


def chosen_without(*names: str) -> dict[str, str]:
    """Return all choices but those named."""
    return {name: said for name, said in _session().chosen.items() if name not in names}


def choose(**values: str) -> None:
    """Remember choices; an empty one is forgotten. Written to the address at the end of the run."""
    chosen = _session().chosen
    for name, value_ in values.items():
        if value_:
            chosen[name] = value_
        else:
            chosen.pop(name, None)


def write(*names: str) -> None:
    """Show the choices named in the browser's address, so that it reopens the view."""
    session = _THIS_RUN.get()
    chosen = session.chosen
    shown = {name: chosen[name] for name in NAMES if name in chosen and name in (*names, "lang")}
    if st.query_params.to_dict() != shown:
        st.query_params.from_dict(shown)
    session.written = shown
