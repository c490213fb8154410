"""Scenarios: which reallocation do we choose?"""

import streamlit as st

from budgeting.scenarios.stored import scenario
from budgeting.ui import address, filters, frame
from budgeting.ui.scenarios import compared, files, listing, one
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import say_what_was_said

frame.through_router()

who = identity()
assert who is not None
head = st.container()
place = filters.municipality()
if place is None:
    frame.empty_state()
    st.stop()

rows = listing.rows(place["municipality_code"])
with head:
    frame.heading(
        _("Which reallocation do we choose?"),
        language().say(listing.answer(place["name"], rows)),
        is_fictional=bool(place["is_fictional"]),
    )
say_what_was_said()
if rows:
    chosen = listing.ask_scenarios(place["municipality_code"], rows)
    linked = address.value("scenario")
    if not chosen and linked.isdecimal():
        chosen = [int(linked)]
    if not chosen:
        listing.none_chosen()
    if len(chosen) == 1:
        shown = scenario(open_store(), chosen[0])
        one.show(who, shown)
        files.offer(shown)
    if chosen:
        compared.show(chosen)
files.ask_file(who)
st.page_link("pages/simulator.py", label=_("Begin a scenario"), icon=":material/swap_horiz:")
address.write("municipality", "scenario")
