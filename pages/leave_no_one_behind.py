"""Leave no one behind: is a further group reached, and which data would tell?"""

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
        chosen |= {"stage": filters.stage_of(**chosen), "group": benefit_parts.group_choice()}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
shown = report("groups", {**chosen, "language": language().code})
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
if shown.tables["members"].rows.num_rows:
    st.subheader(say(benefit_parts.group_finding(shown)), anchor=False)
    gap_charts.group_dots(shown)
    st.caption(
        _(
            "A dot is the group's share among users, a mark its share among those whom the service is meant "
            "for, where that is known. Pale dots are assumptions; what is hidden has no dot."
        )
    )
    report_table(shown.tables["members"])
for name, title in (
    ("missing", _("Services that do not tell, and which data would")),
    ("crossings", _("Sex, age and group together")),
):
    if shown.tables[name].rows.num_rows:
        st.subheader(title, anchor=False)
        report_table(shown.tables[name])
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "group")
