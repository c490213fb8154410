"""Overview: how does the budget of a year stand?"""

import streamlit as st

from budgeting.ui import address, charts, downloads, filters, frame, overview_parts
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        direction = filters.direction()
if chosen is None:
    frame.empty_state()
    st.stop()

code = language().code
shown = report("overview", {**chosen, "direction": direction, "language": code})
with head:
    frame.heading(
        language().say(shown.title),
        language().say(shown.answer),
        is_fictional=overview_parts.is_fictional(shown),
    )
overview_parts.key_figures(shown)

left, right = st.columns(2, gap="large")
with left:
    st.subheader(language().say(overview_parts.largest_group(shown)), anchor=False)
    charts.amount_bars(shown, shown.facts["stage"])
    with st.expander(_("The table behind this chart")):
        report_table(shown.tables["groups"])
with right:
    st.subheader(language().say(overview_parts.largest_change(shown)), anchor=False)
    if shown.tables["moves"].rows.num_rows:
        charts.change_bars(shown)
        with st.expander(_("The table behind this chart")):
            report_table(shown.tables["moves"])

left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("Every statement of this year"), anchor=False)
    report_table(shown.tables["statements"])
with right:
    st.subheader(_("What is missing in the data"), anchor=False)
    overview_parts.gaps(shown)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "direction")
