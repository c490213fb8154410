"""The history of one mark: who, when, from what to what, and why."""

import streamlit as st

from budgeting.model import Report
from budgeting.reports.gender.queue_view import MARKED
from budgeting.ui.classifying.chosen import Chosen
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table


def history_of(desk: Desk, chosen: Chosen) -> Report | None:
    """Return what happened to the mark of the one subject that is chosen."""
    row = chosen.only
    if row is None or row["subject"] not in MARKED:
        return None
    return report(
        "mark_history",
        {
            "municipality": desk.municipality,
            "direction": desk.given["direction"],
            "subject": row["subject"],
            "code": row["subject_code"],
            "methodology": desk.methodology.code,
        },
    )


def show_history(history: Report | None) -> None:
    """Show every change, folded away; nothing where there was none."""
    if history is None or not history.facts["change_count"]:
        return
    with st.expander(_("History: {count}", count=language().say(history.answer))):
        report_table(history.tables["changes"])
