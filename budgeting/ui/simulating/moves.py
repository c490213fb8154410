"""The moves that stand: undo, redo, take one back, take all back."""

import streamlit as st

from budgeting.model import Report
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk
from budgeting.ui.tables import report_table


def standing(desk: Desk, shown: Report) -> None:
    """Show the moves that stand, `shown` being their report, and the ways to take them back."""
    with st.container(horizontal=True):
        for label, icon, act, is_possible in (
            (_("Undo"), "undo", desk.undo, desk.can_undo),
            (_("Redo"), "redo", desk.redo, desk.can_redo),
            (_("Start again"), "restart_alt", desk.reset, bool(desk.moves) and desk.may_change),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                on_click=act,
                disabled=not is_possible,
                key=f"{icon}_{desk.key}",
            )
    if not desk.moves:
        return
    chosen = report_table(
        shown.tables["moves"],
        order=("amount", "giver", "taker", "move", "reason"),
        on_select="rerun",
        key=f"moves_{desk.key}_{len(desk.moves)}",
    )
    if chosen and desk.may_change:
        st.button(
            _("Take the chosen move back"),
            icon=":material/remove:",
            on_click=desk.take_back,
            args=(chosen[0],),
        )
