"""Meetings, for those who lead them: what do the guests want?"""

from functools import partial

import streamlit as st

from budgeting.access import Action, require
from budgeting.reports.scenarios import meeting as meeting_report
from budgeting.ui import address, downloads, filters, frame
from budgeting.ui.meetings import live, opening
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import desk, say_what_was_said

frame.through_router()

who = identity()
assert who is not None
require(who, Action.LEAD_MEETING)
say = language().say
held = opening.opened()
head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        chosen |= {"stage": filters.stage_of(**chosen)}
        opening.ask_meeting(chosen["municipality"])
if chosen is None:
    frame.empty_state()
    st.stop()

say_what_was_said()
if held is None:
    with head:
        frame.heading(
            _("What would the people in the room change?"),
            _("Open a meeting: guests come in by a link and say of each topic, more or less."),
        )
    opening.ask_new(desk(who, None, chosen))
else:
    build = partial(meeting_report.build, open_store(), held.meeting_id, language().code)
    with head:
        frame.heading(held.name, say(opening.state_words(held)))
    if held.is_open:
        left, right = st.columns([3, 7], gap="large")
        with left:
            opening.link(who, held)
            opening.offer_closing(who, held)
        with right:
            live.show_results(held)
    else:
        live.show_results(held)
    downloads.offer(build(), whole=build)
    frame.foot(build())
address.write("municipality", "year", "stage", "meeting")
