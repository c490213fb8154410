"""Budget explorer: where does the money go, and what became of it?"""

import streamlit as st

from budgeting.ui import address, downloads, explorer_parts, filters, frame
from budgeting.ui.drill_table import drill_table
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _

frame.through_router()

head = st.container()
controls = st.container()
with controls, st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"direction": filters.direction(), "stage": filters.stage()}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
given = {**chosen, **explorer_parts.choices_so_far(), "language": language().code}
shown = report("budget_explorer", given)
with controls:
    explorer_parts.more_filters(shown)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )

if shown.facts["line_count"] == 0 and shown.facts["total"] is None:
    explorer_parts.nothing_found(shown)
else:
    drill_table(
        shown,
        measure=chosen["stage"],
        on_open=explorer_parts.open_member(shown),
        on_back=explorer_parts.go_back(shown),
    )
    explorer_parts.pages_of_lines(shown)
    if shown.facts["has_negative"]:
        st.caption(_("Negative amounts have an outlined bar and count as negative in every total."))

explorer_parts.largest_moves(shown)
explorer_parts.line_behind(language().code)
if shown.facts["row_count"]:
    downloads.offer(shown)
frame.foot(shown)
address.write(*explorer_parts.ADDRESS)
