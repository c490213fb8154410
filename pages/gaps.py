"""Gaps and needs: who is missing, and what would it cost?"""

import streamlit as st

from budgeting.ui import address, benefit_parts, downloads, filters, frame, gap_charts
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen)}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
shown = report("gaps", {**chosen, "language": language().code})
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
if shown.tables["gaps"].rows.num_rows:
    st.subheader(say(benefit_parts.gap_finding(shown)), anchor=False)
    gap_charts.gap_dots(shown)
    st.caption(
        _(
            "A dot is the share of women among users, a mark their share among those whom the service is "
            "meant for. Pale dots are assumptions."
        )
    )
    with st.expander(_("The table behind this chart")):
        report_table(shown.tables["gaps"])
    st.subheader(say(benefit_parts.need_finding(shown)), anchor=False)
    report_table(shown.tables["needs"])
    if shown.tables["plans"].rows.num_rows:
        st.subheader(_("Planned and actual use"), anchor=False)
        report_table(shown.tables["plans"])
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage")
