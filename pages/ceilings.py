"""Ceilings: do the requests for next year's budget fit under them?"""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.reports.scenarios import ceilings as ceilings_report
from budgeting.ui import address, downloads, filters, frame
from budgeting.ui.scenarios import ceilings, rules
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.simulating.desk import desk, opened, say_what_was_said
from budgeting.ui.simulating.opening import ask_scenario

frame.through_router()

who = identity()
assert who is not None
scenario = opened()
head = st.container()
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
say_what_was_said()
ceilings.offer_requests(chosen)
try:
    shown = ceilings_report.build(open_store(), here.asked, here.moves)
except BudgetingError as error:  # rules that came later may leave no room for moves made before
    st.warning(say(error.message), icon=":material/block:")
    shown = ceilings_report.build(open_store(), here.asked)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
setting = rules.desk_of(who, chosen["municipality"], here.asked.baseline)
ceilings.show(setting, shown, has_moves=bool(here.moves))
ceilings.broken(shown)
ceilings.ask_ceilings(setting)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "scenario")
