"""Rules: how may money move, and what does that bring about?"""

import streamlit as st

from budgeting.model import plural_text
from budgeting.reports.scenarios.view import ScenarioView, question
from budgeting.ui import address, filters, frame
from budgeting.ui.scenarios import consequences, rules
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import say_what_was_said

frame.through_router()

who = identity()
assert who is not None
head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
if chosen is None:
    frame.empty_state()
    st.stop()

view = ScenarioView(chosen["municipality"], int(chosen["year"]), language=language().code)
asked = question(open_store(), view)
desk = rules.desk_of(who, chosen["municipality"], asked.baseline)
with head:
    told = plural_text(
        "{name} has {count} rule for moving money; scenarios that break one cannot be handed in.",
        "{name} has {count} rules for moving money; scenarios that break one cannot be handed in.",
        len(desk.rules.rules),
        name=asked.benefits.where.name,
    )
    frame.heading(
        _("How may money move, and what does that bring about?"),
        language().say(told),
        is_fictional=asked.benefits.where.is_fictional,
    )
say_what_was_said()
rules.show(desk)
rules.ask_rule(desk)
consequences.show(desk)
rules.exchange_files(desk)
address.write("municipality", "year")
