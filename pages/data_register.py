"""Data register: which data are there, and which are missing?"""

import streamlit as st

from budgeting.ui import address, benefit_parts, downloads, filters, frame
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
shown = report("data_register", given)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
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
