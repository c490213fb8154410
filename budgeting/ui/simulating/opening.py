"""Which scenario is open: a new one, or one that is kept."""

from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from budgeting.model import Stage, text
from budgeting.names import stage_name
from budgeting.scenarios.stored import scenarios
from budgeting.ui import filters, frame
from budgeting.ui.filters import choice
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk, desk, opened


def ask_desk() -> Desk:
    """Ask which budget, and which scenario on it, and return the desk; without a budget the page ends."""
    who = identity()
    assert who is not None
    scenario = opened()
    with st.container(horizontal=True):
        chosen = filters.municipality_and_year()
        if chosen:
            chosen |= {"stage": filters.stage_of(**chosen)}
            ask_scenario(chosen["municipality"])
    if chosen is None:
        frame.empty_state()
        st.stop()
    return desk(who, scenario, chosen)


def ask_scenario(municipality: str) -> None:
    """Show the choice among the scenarios of a municipality; the address keeps it."""
    kept = _names(open_store().listed_state, municipality, language().code)
    choice("scenario", _("Scenario"), {"": _("A new one"), **kept})


@lru_cache(maxsize=16)
def _names(_state: str, municipality: str, code: str) -> Mapping[str, str]:
    say = language().say
    return {
        str(row["scenario_id"]): say(
            text(
                "{name} ({year}, {stage})",
                name=row["name"],
                year=str(row["fiscal_year"]),
                stage=stage_name(Stage(row["stage"])),
            )
        )
        for row in scenarios(open_store(), municipality).to_pylist()
    }
