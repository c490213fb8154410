"""The moves that stand: undo, redo, take one back, take all back."""

import streamlit as st

from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk
from budgeting.ui.tables import report_table


def standing(desk: Desk) -> None:
    """Show the moves that stand and the ways to take them back."""
    draft = desk.draft
    with st.container(horizontal=True):
        for label, icon, act, is_possible in (
            (_("Undo"), "undo", desk.undo, bool(draft.moves)),
            (_("Redo"), "redo", desk.redo, bool(draft.undone)),
            (_("Start again"), "restart_alt", desk.reset, bool(draft.moves)),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                on_click=act,
                disabled=not is_possible,
                key=f"{icon}_{desk.key}",
            )
    if draft.moves:
        report_table(desk.report().tables["moves"])
