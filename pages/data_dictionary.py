"""Data dictionary: what is stored, and what does each column mean?"""

import streamlit as st

from budgeting.reports.source_files import ON_SCREEN
from budgeting.ui import address, downloads, frame
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table

frame.through_router()

shown, files = report("data_dictionary", {}), report("source_files", {})
say = language().say
frame.heading(say(shown.title), say(shown.answer))
st.caption(_("The explanations are in English: they are the comments of the database catalogue."))
report_table(shown.tables["columns"], height=560)
st.subheader(say(files.title), anchor=False)
accepted = files.tables["files"]
report_table(accepted, order=filled(accepted, ON_SCREEN))
downloads.offer(shown)
frame.foot(shown)
address.write()
