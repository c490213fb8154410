"""Gender statement: what does the gender budget statement say?"""

import streamlit as st

from budgeting.ui import address, downloads, frame, pressed, statement_parts
from budgeting.ui.session import language, report

frame.through_router()

head = st.container()
chosen = statement_parts.choices()
if chosen is None:
    frame.empty_state()
    st.stop()

say = language().say
shown = report("gender_budget_statement", {**chosen, "language": language().code})
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
statement_parts.key_figures(shown)
statement_parts.findings(shown)
statement_parts.statement(shown)
downloads.offer(shown)
frame.foot(shown)
pressed.listen()
address.write(*statement_parts.ADDRESS)
