"""Reallocate: what would change if money moved?"""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.ui import address, downloads, filters, frame
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import entry, moves, picture
from budgeting.ui.simulating.desk import desk

frame.through_router()

head = st.container()
always = st.container(key="meter")  # stays in view when the page is scrolled
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen)}
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
here = desk(**chosen)
left, right = st.columns([4, 6], gap="large")
with left:
    move = entry.ask_move(here)
    try:
        shown = here.report(*([move] if move else []))
    except BudgetingError as error:
        st.warning(say(error.message), icon=":material/block:")
        move, shown = None, here.report()
    entry.offer_making(here, move)
    moves.standing(here)
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
    picture.services(shown)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage")
