"""The scenarios of a municipality as a list to choose from."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from budgeting.model import Column, Table, Text, plural_text, text
from budgeting.reports.tables import table
from budgeting.scenarios.model import ScenarioState
from budgeting.scenarios.stored import scenarios
from budgeting.ui.session import language, open_store
from budgeting.ui.tables import report_table

_STATES = (ScenarioState.ADOPTED, ScenarioState.SUBMITTED, ScenarioState.DRAFT)


def rows(municipality: str) -> Sequence[Mapping[str, Any]]:
    """Return one row per scenario that is kept, the newest change first."""
    found: list[dict[str, Any]] = scenarios(open_store(), municipality).to_pylist()
    return found


def answer(name: str, found: Sequence[Mapping[str, Any]]) -> Text:
    """Return what there is, in a sentence."""
    if not found:
        return text(
            "Nobody has made a scenario for {name} yet: begin one on the page Reallocate.",
            name=name,
        )
    counts = {state: sum(row["state"] == state.value for row in found) for state in _STATES}
    return plural_text(
        "{name} has {count} scenario: {adopted} adopted, {submitted} to be decided, {drafts} in the making.",
        "{name} has {count} scenarios: {adopted} adopted, {submitted} to be decided, {drafts} in the making.",
        len(found),
        name=name,
        adopted=counts[ScenarioState.ADOPTED],
        submitted=counts[ScenarioState.SUBMITTED],
        drafts=counts[ScenarioState.DRAFT],
    )


def ask_scenarios(municipality: str, found: Sequence[Mapping[str, Any]]) -> list[int]:
    """Show the list and return the numbers of the scenarios that are chosen."""
    chosen = report_table(
        _table(found),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"scenarios_{municipality}_{language().code}",
    )
    return [int(found[place]["scenario_id"]) for place in chosen if place < len(found)]


def _table(found: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        Column("name", text("scenario")),
        Column("fiscal_year", text("fiscal year"), "code"),
        Column("stage", text("stage"), "code"),
        Column("scenario_state", text("state"), "code"),
        Column("move_count", text("moves"), "count"),
        Column("author", text("author")),
        Column("changed", text("last change"), "date"),
        Column("description", text("description")),
    )
    return table(
        columns,
        [
            {
                **row,
                "fiscal_year": str(row["fiscal_year"]),
                "scenario_state": row["state"],
                "changed": row["changed_at"].date(),
            }
            for row in found
        ],
    )


def none_chosen() -> None:
    """Say what choosing does."""
    say = language().say
    st.caption(
        say(
            text(
                "Choose one to open, copy or decide on it; choose several to see them beside each other."
            )
        )
    )
