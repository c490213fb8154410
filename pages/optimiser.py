"""Find a reallocation: which moves would do most, under all rules?"""

import streamlit as st

from budgeting.reports.scenarios import optimisation
from budgeting.ui import address, downloads, frame
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating import wish
from budgeting.ui.simulating.desk import say_what_was_said
from budgeting.ui.simulating.opening import ask_desk

frame.through_router()

head = st.container()
here = ask_desk()
say = language().say
wanted = wish.ask_wish(here)
whole = optimisation.build(open_store(), here.asked, here.rules, wanted)
moves = st.container()
left, right = st.columns(2, gap="large")
with left:
    limit = wish.ask_point(here, whole)
with moves:
    with_draws = st.toggle(_("Say how sure each move is (takes some seconds)"), key="with_draws")
    shown = optimisation.build(
        open_store(),
        here.asked,
        here.rules,
        wish.within(here, wanted, limit),
        with_draws=with_draws,
    )
    say_what_was_said()
    wish.contradictions(shown)
    wish.proposals(here, shown)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
with right:
    wish.binding(shown)
if shown.tables["left_out"].rows.num_rows:
    with st.expander(_("What it cannot count")):
        wish.left_out(shown)
downloads.offer(shown)
frame.foot(shown)
address.write(
    "municipality",
    "year",
    "stage",
    "scenario",
    "objective",
    "most",
    "next",
    "source",
    "to",
    "weights",
    "groups",
)
