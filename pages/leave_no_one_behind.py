"""Leave no one behind: is a further group reached, and which data would tell?"""

import streamlit as st

from budgeting.ui import address, benefit_parts, downloads, frame, gap_charts
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

shown, _given = benefit_parts.opened("groups", group=benefit_parts.group_choice)
say = language().say
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
