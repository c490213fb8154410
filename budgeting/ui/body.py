"""The body of a page: what a click runs anew, without the router around it; and parts of a body."""

from collections.abc import Callable
from contextvars import ContextVar
from copy import copy
from typing import Any

import streamlit as st

from budgeting.access import Identity
from budgeting.methodologies import files_state, looking_once
from budgeting.ui import address
from budgeting.ui.frame import guarded
from budgeting.ui.meetings.door import who_is_there
from budgeting.ui.session import begin, language, open_store
from budgeting.ui.turns import in_turn

_STATE: ContextVar[str] = ContextVar("state")  # of the budget when the body that runs began


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
    spoken = language().code

    def draw() -> None:
        _STATE.set(open_store().budget_state)
        copy(page).run()  # a page may run once

    _drawn_anew(draw, lambda: who_is_there() != who or language().code != spoken)


def part(draw: Callable[[], None], *own: str) -> None:
    """Draw a part of a page's body so that clicks in it run only the part again.

    It and what stands around it must speak of the same: where something that what stands around it
    could follow from has changed since, all of the page runs.

    Parameters
    ----------
    own
        The choices that are asked for in the part and that nothing around it follows from.
    """
    state, around = _STATE.get(), _around(own)

    def drawn() -> None:
        draw()
        if open_store().budget_state != state:
            st.rerun()

    _drawn_anew(drawn, lambda: _around(own) != around)


def _drawn_anew(draw: Callable[[], None], is_outdated: Callable[[], bool]) -> None:
    """Draw what a click in it runs anew, without what stands around it unless that is outdated."""
    has_run = False

    @st.fragment
    def drawn() -> None:
        nonlocal has_run
        if has_run:
            begin()
            address.follow()
        with in_turn(), looking_once(), guarded():
            if has_run and is_outdated():
                st.rerun()
            has_run = True
            draw()

    drawn()


def _around(own: tuple[str, ...]) -> tuple[object, ...]:
    """Return what a page's body may follow from beside the budget, without the choices of a part."""
    chosen = address.chosen_without(*own)
    return who_is_there(), language().code, chosen, files_state()
