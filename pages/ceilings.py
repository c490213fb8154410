"""Ceilings: do the requests for next year's budget fit under them?"""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.reports.scenarios import ceilings as ceilings_report
from budgeting.ui import address, downloads, frame
from budgeting.ui.scenarios import ceilings, rules
from budgeting.ui.session import language, open_store
from budgeting.ui.simulating.desk import say_what_was_said
from budgeting.ui.simulating.opening import ask_desk

frame.through_router()

head = st.container()
here = ask_desk()
say = language().say
say_what_was_said()
ceilings.offer_requests(here.asked.view)
try:
    shown = ceilings_report.build(open_store(), here.asked, here.moves)
except BudgetingError as error:  # rules that came later may leave no room for moves made before
    st.warning(say(error.message), icon=":material/block:")
    shown = ceilings_report.build(open_store(), here.asked)
with head:
    frame.heading(
        say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
    )
setting = rules.desk_of(here.who, here.asked.view.municipality_code, here.asked.baseline)
ceilings.show(setting, shown, has_moves=bool(here.moves))
ceilings.broken(shown)
ceilings.ask_ceilings(setting)
downloads.offer(shown)
frame.foot(shown)
address.write("municipality", "year", "stage", "scenario")
