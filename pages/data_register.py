"""Data register: which data are there, and which are missing?"""

import streamlit as st

from budgeting.ui import address, benefit_parts, downloads, frame
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

shown, given = benefit_parts.opened("data_register")
say = language().say
for name, title in (
    ("register", _("What exists of each service")),
    ("missing", _("What is missing")),
    ("grades", _("The rule for each data grade, and what rests on it")),
):
    st.subheader(title, anchor=False)
    report_table(shown.tables[name])
if shown.facts["owners"]:
    st.subheader(_("Ask a department"), anchor=False)
    owner = benefit_parts.owner_choice(shown)
    asked = report("data_request", {**given, "owner": owner})
    st.markdown(frame.plain(say(asked.answer)))
    report_table(asked.tables["request"])
    downloads.offer(asked)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "owner")
