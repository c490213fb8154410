"""Services: what does the money pay for, and who uses it?"""

from dataclasses import replace

import streamlit as st

from budgeting.access import Action, require
from budgeting.model import plural_text
from budgeting.ui import address, filters, frame
from budgeting.ui.services.counted import ask_indicators
from budgeting.ui.services.definition import ask_definition, offer_saving
from budgeting.ui.services.desk import desk_of, tell_what_was_said
from budgeting.ui.services.figures import enter_figures
from budgeting.ui.services.money import ask_lines
from budgeting.ui.session import identity, language
from budgeting.ui.session import say as _

frame.through_router()

who = identity()
assert who is not None
require(who, Action.DESCRIBE_SERVICE)
head = st.container()
with st.container(horizontal=True):
    chosen = filters.municipality_and_year()
    if chosen:
        desk = desk_of(who, chosen["municipality"], int(chosen["year"]))
if chosen is None:
    frame.empty_state()
    st.stop()

with head:
    told = plural_text(
        "{count} service is described. Say what pays for it and who uses it.",
        "{count} services are described. Say what pays for each and who uses it.",
        len(desk.services),
    )
    frame.heading(
        _("What does the money pay for, and who uses it?"),
        language().say(told),
        is_fictional=desk.is_fictional,
    )
with st.container():  # always there, so that the tabs below stay as they are
    tell_what_was_said()
define, enter, import_file = st.tabs(
    [_("What it is and what pays for it"), _("Who uses it"), _("From a file")]
)
with define:
    service = ask_definition(desk)
    service = replace(service, lines=ask_lines(desk, service))
    service = replace(service, indicators=ask_indicators(desk, service))
    offer_saving(desk, service)
with enter:
    enter_figures(desk)
with import_file:
    st.markdown(
        _(
            "Files of use come in on the page Import, with the same checks as budgets: tables with a row or "
            "a column for each sex, Kolada, or the template. You see what a file means before it is stored."
        )
    )
    st.page_link("pages/import_data.py", label=_("Import a file"), icon=":material/upload_file:")
address.write("municipality", "year", "service")
