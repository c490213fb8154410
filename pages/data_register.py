"""Data register: which data are there, and which are missing?"""

import streamlit as st

from budgeting.model import text
from budgeting.ui import address, benefit_parts, downloads, frame
from budgeting.ui.services.desk import tell_what_was_said
from budgeting.ui.services.needs import ask_needs
from budgeting.ui.services.request import ask_department
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

frame.through_router()

shown, given = benefit_parts.opened("data_register")
st.subheader(_("What exists of each service"), anchor=False)
report_table(shown.tables["register"])
st.subheader(_("What is missing"), anchor=False)
with st.container():  # always there, so that what stands below stays as it is
    tell_what_was_said()
report_table(shown.tables["missing"])
ask_needs(shown)
st.subheader(_("What the budget rests on"), anchor=False)
report_table(shown.tables["grades"])
benefit_parts.grade_rules(shown)
downloads.offer(shown, what=text("Data register"))
if shown.facts["owners"]:
    ask_department(shown, given)
frame.foot(shown)
address.write("municipality", "year", "stage", "owner", "asked_in")
