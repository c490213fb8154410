"""Who benefits: which part of what services cost goes to women and to men?"""

import streamlit as st

from budgeting.ui import (
    address,
    benefit_charts,
    benefit_parts,
    downloads,
    filters,
    frame,
    service_sheet,
)
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
given = {**chosen, "language": language().code}
shown = report("who_benefits", given)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
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
