"""Scenarios as files: one to keep or to send, one to open, and the order for the finance system."""

from functools import partial

import streamlit as st

from budgeting.access import Action, Identity, is_allowed
from budgeting.reports.scenarios import order
from budgeting.scenarios.exchange import open_scenario, written_scenario
from budgeting.scenarios.model import Scenario, ScenarioState
from budgeting.ui import address, downloads
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import told

_OPENED = "scenario_opened"


def offer(shown: Scenario) -> None:
    """Offer a scenario as a file and, once it is adopted, the order for the finance system."""
    number = shown.scenario_id
    st.download_button(
        _("Download as a file that opens again"),
        data=partial(written_scenario, open_store(), number),
        file_name=f"scenario_{number}.json",
        mime="application/json",
        key=f"json_{number}",
        on_click="ignore",
        icon=":material/download:",
    )
    if shown.state is ScenarioState.ADOPTED:
        st.markdown(_("**The virement order**, in the codes of the ledger:"))
        downloads.offer(order.build(open_store(), number))


def ask_file(who: Identity) -> None:
    """Take a file that `offer` wrote, and say what is not as in the file."""
    if not is_allowed(who.role, Action.MAKE_SCENARIO):
        return
    key = f"scenario_file_{st.session_state.get(_OPENED, 0)}"
    with st.expander(_("Open a scenario from a file")):
        st.file_uploader(_("File"), type="json", key=key, on_change=_open, args=(who, key))
    for sentence in st.session_state.pop(f"{_OPENED}_said", ()):
        st.info(plain(sentence), icon=":material/info:")


def _open(who: Identity, key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    with told():
        opened = open_scenario(open_store(), who, file.name, file.getvalue())
        say = language().say
        st.session_state[f"{_OPENED}_said"] = [say(one) for one in opened.differences]
        address.choose(scenario=str(opened.scenario.scenario_id))
