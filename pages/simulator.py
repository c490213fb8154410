"""Reallocate: what would change if money moved?"""

import streamlit as st

from budgeting.ui import address, downloads, frame
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import entry, moves, trying
from budgeting.ui.simulating.desk import say_what_was_said
from budgeting.ui.simulating.opening import ask_desk

frame.through_router()

head = st.container()
always = st.container(key="meter")  # stays in view when the page is scrolled
here = ask_desk()
say = language().say
left, right = st.columns([4, 6], gap="large")
made = here.report()
tried = trying.Tried(made, made)
with right:
    places = trying.laid_out(always)
with left:
    say_what_was_said()
    how_much = entry.ask_what(here) if here.may_change else None
    trying.try_move(here, how_much, tried, places)
    if here.may_change:
        entry.offer_making(here)
    if not here.may_keep:
        st.caption(_("What you try here is not kept: your role may look, and not change."))
    moves.standing(here, made)
    if address.value("lines_of"):
        st.page_link(
            "pages/ceilings.py",
            label=_("Back to ceilings and requests"),
            icon=":material/arrow_back:",
        )
with head:
    frame.heading(say(made.title), say(made.answer), is_fictional=bool(made.facts["is_fictional"]))
downloads.offer(made, lambda: tried.shown)
frame.foot(made)
address.write("municipality", "year", "stage", "scenario", "lines_of")
