"""The body of a page: what a click runs anew, without the router around it; and parts of a body."""

from collections.abc import Callable
from copy import copy
from typing import Any

import streamlit as st

from budgeting.access import Identity
from budgeting.methodologies import files_state, looking_once
from budgeting.ui import address
from budgeting.ui.frame import guarded
from budgeting.ui.meetings.door import who_is_there
from budgeting.ui.session import begin, language, open_store


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


def part(draw: Callable[[], None], *own: str) -> None:
    """Draw a part of a page's body so that clicks in it run only the part again.

    What stands around it must go on saying the truth: where something that it could follow from has
    changed since, all of the page runs.

    Parameters
    ----------
    own
        The choices that are asked for in the part and that nothing around it follows from.
    """
    around, has_run = _around(own), False

    @st.fragment
    def drawn() -> None:
        nonlocal has_run
        if not has_run:
            has_run = True
            draw()
            return
        begin()
        address.follow_here()
        with looking_once(), guarded():
            if _around(own) != around:
                st.rerun()
            draw()

    drawn()


def _around(own: tuple[str, ...]) -> tuple[object, ...]:
    """Return all that a page's body may follow from, without the choices of a part of it."""
    chosen = address.chosen_without(*own)
    return who_is_there(), language().code, chosen, open_store().budget_state, files_state()
