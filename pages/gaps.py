"""Gaps and needs: who is missing, and what would it cost?"""

import streamlit as st

from budgeting.ui import address, benefit_parts, downloads, frame, gap_charts
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

shown, _given = benefit_parts.opened("gaps")
say = language().say
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
