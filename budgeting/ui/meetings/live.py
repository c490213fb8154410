"""Results that refresh by themselves while guests submit."""

import streamlit as st

from budgeting.access import Action, require
from budgeting.meetings.model import Meeting
from budgeting.meetings.stored import meeting
from budgeting.reports.scenarios.meeting import answer, results
from budgeting.ui.frame import plain
from budgeting.ui.meetings.voices import mean_effect, voices
from budgeting.ui.session import begin, identity, language, open_store

SECONDS = 3


def show_results(of: Meeting) -> None:
    """Show what the guests say; asked again every few seconds while the meeting is open."""
    if of.is_open:
        _refreshed(of)
    else:
        _shown(of)


@st.fragment(run_every=SECONDS)
def _refreshed(of: Meeting) -> None:
    begin()  # a fragment runs without app.py
    who = identity()
    if who is None or not meeting(open_store(), of.meeting_id).is_open:
        st.rerun()
    require(who, Action.LEAD_MEETING)
    _shown(of)


def _shown(of: Meeting) -> None:
    found = results(open_store(), of.meeting_id, language().code)
    st.subheader(plain(language().say(answer(found))), anchor=False)
    voices(found)
    mean_effect(found)
