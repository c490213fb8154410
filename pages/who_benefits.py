"""Who benefits: which part of what services cost goes to women and to men?"""

import streamlit as st

from budgeting.ui import (
    address,
    benefit_charts,
    benefit_parts,
    downloads,
    frame,
    service_sheet,
)
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

shown, given = benefit_parts.opened("who_benefits")
say = language().say
benefit_parts.key_figures(shown)

st.subheader(say(benefit_parts.strip_finding(shown)), anchor=False)
benefit_charts.strips(shown)
st.caption(
    _(
        "The letter is the data grade. A light line on a strip is the range of the women's part; pale "
        "strips are assumptions."
    )
)
behind = st.expander(_("The table behind this chart"), key="behind_services", on_change="rerun")
if behind.open:
    with behind:
        report_table(shown.tables["services"])

left, right = st.columns(2, gap="large")
with left:
    st.subheader(say(benefit_parts.coverage_finding(shown)), anchor=False)
    report_table(shown.tables["coverage"])
with right:
    st.subheader(say(benefit_parts.change_finding(shown)), anchor=False)
    report_table(shown.tables["groups"])
    if shown.tables["change"].rows.num_rows:
        report_table(shown.tables["change"])
downloads.offer(shown)
service_sheet.open_sheet(shown, given)
frame.foot(shown)
address.write("municipality", "year", "stage", "service")
