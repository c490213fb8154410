"""Scenarios beside each other: three figures each, the way from the budget to each, then the lines."""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.model import Report
from budgeting.reports.scenarios import comparison
from budgeting.ui import downloads
from budgeting.ui.charts import signed_bars
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_MOST_STEPS = 12


def show(numbers: list[int]) -> None:
    """Show the chosen scenarios beside each other and beside the budget."""
    try:
        shown = comparison.build(open_store(), numbers, language=language().code)
    except BudgetingError as error:
        st.info(language().say(error.message), icon=":material/info:")
        return
    st.subheader(plain(language().say(shown.answer)), anchor=False)
    report_table(shown.tables["headline"])
    steps(shown)
    if shown.tables["rules"].rows.num_rows:
        st.subheader(_("Rules that are broken"), anchor=False)
        report_table(shown.tables["rules"])
    with st.expander(_("Every line that one of them changes")):
        report_table(shown.tables["lines"])
    downloads.offer(shown)


def steps(shown: Report) -> None:
    """Show by programme what each scenario changes."""
    rows = shown.tables["waterfall"].rows.to_pylist()
    for key, name in shown.facts["scenarios"].items():
        moved = [row for row in rows if row["step"] not in ("start", "end") and row[key]]
        if moved:
            st.markdown(f"**{plain(name)}**")
            signed_bars(
                [
                    {"code": row["step"], "label": row["label"], "change": row[key]}
                    for row in moved[:_MOST_STEPS]
                ],
                shown.facts["currency"],
            )
