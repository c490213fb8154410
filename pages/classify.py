"""Classify: which budget lines are not screened yet, and what are they?"""

import streamlit as st

from budgeting.ui import address, downloads, frame
from budgeting.ui.classifying.carried import offer_confirmation, offer_rescoring
from budgeting.ui.classifying.choices import ADDRESS, choices
from budgeting.ui.classifying.decided import offer_decision
from budgeting.ui.classifying.exchange import offer_exchange
from budgeting.ui.classifying.settled import offer_settling
from budgeting.ui.classifying.successions import offer_successions
from budgeting.ui.classifying.workbench import desk_of, workbench
from budgeting.ui.session import identity, language, report

frame.through_router()

who = identity()
assert who is not None
head = st.container()
given = choices()
if given is None:
    frame.empty_state()
    st.stop()

say = language().say
shown = report("classification_queue", given)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
    st.progress(shown.facts["screened_share"] or 0.0)
workbench(given, who)
desk = desk_of(shown, given, who)
offer_successions(desk)
offer_confirmation(desk)
offer_settling(desk)
offer_rescoring(desk)
offer_exchange(desk)
offer_decision(desk)
downloads.offer(shown)
frame.foot(shown)
address.write(*ADDRESS)
