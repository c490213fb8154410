"""The body of a page: what a click runs anew, without the router around it."""

from copy import copy
from typing import Any

import streamlit as st

from budgeting.access import Identity
from budgeting.methodologies import looking_once
from budgeting.ui import address
from budgeting.ui.frame import guarded
from budgeting.ui.meetings.door import who_is_there
from budgeting.ui.session import begin, language


def show(page: Any, who: Identity) -> None:
    """Run a page of the navigation so that its own clicks run only the page again.

    The router decides who sees which pages, and names them in the reader's language: where either
    has changed since, it runs first.

    Parameters
    ----------
    page
        As `st.navigation` returned it.
    who
        Whom the router has let in.
    """
    spoken, has_run = language().code, False

    @st.fragment
    def body() -> None:
        nonlocal has_run
        if has_run:
            begin()
            address.follow(page.url_path)
            if who_is_there() != who or language().code != spoken:
                st.rerun()
        has_run = True
        with looking_once(), guarded():
            copy(page).run()  # a page may run once

    body()
