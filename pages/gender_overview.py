"""Gender overview: how much of the budget is meant for equality?"""

from functools import partial

import streamlit as st

from budgeting.ui import (
    address,
    body,
    filters,
    frame,
    gender_parts,
    gender_tables,
    opened_lines,
)
from budgeting.ui.session import language, report

frame.through_router()

head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen), "by": filters.dimension(width=filters.LONG)}
if chosen:
    chosen |= {**gender_parts.method_filters(), "within": address.value("within")}
else:
    frame.empty_state()
    st.stop()

say = language().say
given = {**chosen, "language": language().code}
shown = report("gender_overview", {**given, "table": "groups"})
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
gender_parts.trail(shown)
gender_parts.figures_and_groups(shown)
body.part(partial(gender_tables.show, given), *gender_tables.ASKED)
gender_tables.find_out_ahead(given)
opened_lines.show(given)
