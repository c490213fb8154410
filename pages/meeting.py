"""A meeting, for its guests: should these topics have more, or less?"""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.reports.scenarios.meeting import guest_report
from budgeting.ui import address, frame
from budgeting.ui.meetings import door, steps
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating import picture
from budgeting.ui.simulating.desk import say_what_was_said

frame.through_router()

say = language().say
try:
    meeting = door.meeting_of_link()
except BudgetingError as error:
    frame.heading(_("This meeting cannot be entered"), say(error.message))
    st.stop()

seat = steps.seat(meeting)
if not meeting.is_open:
    frame.heading(meeting.name, _("The meeting is closed. Thank you for taking part."))
    st.stop()
frame.heading(
    meeting.name, _("Should these have more, or less? Choose a step for each, then submit.")
)
always = st.container(key="guest_meter")  # stays in view when the page is scrolled
say_what_was_said()
chosen = steps.ask_steps(seat)
shown = guest_report(open_store(), meeting, chosen, language().code)
with always:
    steps.meter(shown)
steps.offer_submitting(seat, chosen)
picture.headed_measures(shown)
picture.broken_rules(shown)
frame.foot(shown)
address.write("token")
