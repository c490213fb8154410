"""Gender overview: how much of the budget is meant for equality?"""

from functools import partial

import streamlit as st

from budgeting.ui import (
    body,
    frame,
    gender_parts,
    gender_tables,
    opened_lines,
)
from budgeting.ui.session import language, report

frame.through_router()

asked = gender_parts.choices()
if asked is None:
    frame.empty_state()
    st.stop()

say = language().say
given = {**asked.chosen, "language": language().code}
with asked.or_else_drawn():
    shown = report("gender_overview", {**given, "table": "groups"})
frame.heading(say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"]))
asked.draw()
gender_parts.trail(shown)
gender_parts.figures_and_groups(shown, asked.folded)
body.part(partial(gender_tables.show, given), *gender_tables.ASKED)
gender_tables.find_out_ahead(given)
opened_lines.show(given)
