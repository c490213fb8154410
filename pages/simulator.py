"""Reallocate: what would change if money moved?"""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.ui import address, downloads, filters, frame
from budgeting.ui.session import identity, language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import entry, moves, picture
from budgeting.ui.simulating.desk import desk, opened, say_what_was_said
from budgeting.ui.simulating.opening import ask_scenario

frame.through_router()

who = identity()
assert who is not None
scenario = opened()
head = st.container()
always = st.container(key="meter")  # stays in view when the page is scrolled
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen)}
        ask_scenario(chosen["municipality"])
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
here = desk(who, scenario, chosen)
left, right = st.columns([4, 6], gap="large")
with left:
    say_what_was_said()
    shown = made = here.report()
    move = entry.ask_move(here) if here.may_change else None
    try:
        shown = here.report(move) if move else made
    except BudgetingError as error:
        st.warning(say(error.message), icon=":material/block:")
        move = None
    if here.may_change:
        entry.offer_making(here, move)
    if not here.may_keep:
        st.caption(_("What you try here is not kept: your role may look, and not change."))
    moves.standing(here, made)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
with always:
    picture.meter(shown)
with right:
    st.subheader(say(picture.finding(shown)), anchor=False)
    if move:
        st.caption(_("With the move that you are preparing, which is not made yet."))
    picture.measures(shown)
    picture.broken_rules(shown)
    picture.consequences(shown)
    picture.services(shown)
    picture.room(lambda: here.report(*([move] if move else []), with_room=True))
    picture.years(shown)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "scenario", "lines_of")
