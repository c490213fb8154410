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
    stance_charts,
)
from budgeting.ui.session import language

frame.through_router()

head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen), "by": filters.dimension(width=filters.LONG)}
if chosen:
    with st.container(horizontal=True):
        chosen |= {**gender_parts.method_filters(), "within": address.value("within")}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
given = {**chosen, "language": language().code}
shown = gender_tables.overview(given)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
gender_parts.key_figures(shown)
gender_parts.trail(shown)

st.subheader(say(gender_parts.group_finding(shown)), anchor=False)
stance_charts.stance_bars(shown)
body.part(partial(gender_tables.show, given), *gender_tables.ASKED)
gender_tables.find_out_ahead(given)
opened_lines.show(given)
