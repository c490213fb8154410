"""Rules beside a scenario: which are broken and by how much, and what all of them still allow."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budgeting.model import Column, Table, text
from budgeting.reports.scenarios.measures import Measures
from budgeting.reports.scenarios.view import Question
from budgeting.reports.tables import table
from budgeting.simulation.model import ZERO
from budgeting.simulation.rules import words
from budgeting.translations import language as language_of


def breach_table(asked: Question, found: Measures) -> Table:
    """Return one row per bound that is broken: what is demanded, by how much it is missed, why."""
    unit = asked.currency
    columns = (
        Column("rule", text("rule"), "code", is_hidden=True),
        Column("demand", text("rule")),
        Column("reached", text("in the scenario"), "money", unit),
        Column("beyond", text("beyond it by"), "money", unit),
        Column("reason", text("reason")),
        Column("source", text("source")),
    )
    return table(
        columns,
        [
            {
                "rule": one.bound.rule.code,
                "demand": language_of(asked.view.language).say(words(one.bound, unit)),
                "reached": one.reached,
                "beyond": one.beyond,
                "reason": one.bound.rule.reason,
                "source": one.bound.rule.source,
            }
            for one in found.breaches
        ],
    )


_MOST_ROOMS = 200


def room_table(asked: Question, found: Measures) -> Table:
    """Return what rules leave, the tightest first: how much more and how much less each allows."""
    unit = asked.currency
    say = language_of(asked.view.language).say
    columns = (
        Column("demand", text("rule")),
        Column("reached", text("in the scenario"), "money", unit),
        Column("less", text("may fall by"), "money", unit),
        Column("more", text("may rise by"), "money", unit),
        Column("reason", text("reason")),
        Column("source", text("source")),
    )
    rows = []
    for bound in found.bounds:
        reached = bound.reached(found.changes)
        rows.append(
            {
                "demand": say(words(bound, unit)),
                "reached": reached,
                "less": None if bound.low is None else reached - bound.low,
                "more": None if bound.high is None else bound.high - reached,
                "reason": bound.rule.reason,
                "source": bound.rule.source,
            }
        )
    rows.sort(key=_tightest)
    return table(columns, rows[:_MOST_ROOMS])


def _tightest(row: Mapping[str, Any]) -> Decimal:
    return min((room for room in (row["less"], row["more"]) if room is not None), default=ZERO)
