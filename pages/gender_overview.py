"""Gender overview: how much of the budget is meant for equality?"""

import streamlit as st

from budgeting.ui import address, downloads, filters, frame, gender_parts, stance_charts
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen), **gender_parts.method_filters()}
        chosen |= {"by": filters.dimension(), "within": address.value("within")}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
given = {**chosen, "language": language().code}
shown = report("gender_overview", given)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
gender_parts.key_figures(shown)
gender_parts.trail(shown)

st.subheader(say(gender_parts.group_finding(shown)), anchor=False)
stance_charts.stance_bars(shown)
with st.expander(_("The table behind this chart; choose a row to open it")):
    gender_parts.group_rows(shown)
gender_parts.lines_behind(shown, given)

if given["within"]:
    st.caption(_("Stages, years and the change are about all of the budget."))
left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("What each category holds"), anchor=False)
    report_table(shown.tables["categories"])
    st.subheader(_("The lines on which this rests most"), anchor=False)
    report_table(shown.tables["largest"])
with right:
    st.subheader(say(gender_parts.stage_finding(shown)), anchor=False)
    stance_charts.interval_bars(shown, "stages", "stage")
    with st.expander(_("The table behind this chart")):
        report_table(shown.tables["stages"])

left, right = st.columns(2, gap="large")
with left:
    st.subheader(_("Year by year: meant for equality, and screened"), anchor=False)
    stance_charts.interval_bars(shown, "years", "year")
    with st.expander(_("The table behind this chart")):
        report_table(shown.tables["years"])
with right:
    st.subheader(say(shown.facts["change"]), anchor=False)
    gender_parts.change_bars(shown)
    with st.expander(_("The table behind this chart")):
        report_table(shown.tables["change"])

if shown.tables["methodologies"].rows.num_rows > 1:
    st.subheader(_("Methodologies side by side, none converted into another"), anchor=False)
    report_table(shown.tables["methodologies"])
downloads.offer(shown)
frame.foot(shown)
address.write(*gender_parts.ADDRESS)
