"""Plausibility: totals of a file beside totals of other years, dates and directions.

Pure: totals in, findings out. None of these refuses a file; each says what a reader would wonder at.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pyarrow.compute as pc

from budgeting.imports.meaning.batches import Batch
from budgeting.model import Direction, Finding, Severity, Stage, text
from budgeting.names import direction_name, stage_name

_SHOWN = 12  # so many findings of a kind are told one by one


@dataclass(frozen=True, slots=True)
class Statement:
    """What a total is the total of."""

    municipality_code: str
    fiscal_year: int
    direction: Direction
    stage: Stage
    as_of: date | None
    decision_number: str | None


Totals = Dictionary[Statement, Decimal]


def totals_of(batches: Iterable[Batch]) -> Totals:
    """Return the totals of a file's statements, its sheets added."""
    totals: dict[Statement, Decimal] = {}
    for batch in batches:
        for column in batch.amounts:
            amount = pc.sum(batch.lines[column.column]).as_py()
            if amount is not None:
                statement = Statement(
                    batch.municipality.code,
                    batch.fiscal_year,
                    batch.direction,
                    column.stage,
                    column.as_of,
                    column.decision_number,
                )
                totals[statement] = totals.get(statement, Decimal(0)) + amount
    return totals


def stored_totals(municipality_code: str, rows: Iterable[Dictionary[str, Any]]) -> Totals:
    """Return the totals that the query "vintages" answers with."""
    return {
        Statement(
            municipality_code,
            row["fiscal_year"],
            Direction(row["direction"]),
            Stage(row["stage"]),
            row["as_of"],
            row["decision_number"],
        ): row["amount"]
        for row in rows
    }


def plausibility(stated: Totals, stored: Totals) -> list[Finding]:
    """Return what the totals of a file give reason to ask."""
    return [
        *repeats_last_year(stated, stored),
        *cumulative(stated, stored),
        *revenue_against_expenditure(stated, stored),
    ]


def repeats_last_year(stated: Totals, stored: Totals) -> list[Finding]:
    """Warn of a total that equals that of the year before or after to the cent."""
    by_year: dict[tuple[Any, ...], dict[Decimal, Statement]] = {}
    for statement, amount in {**stored, **stated}.items():
        by_year.setdefault(_without_date(statement), {})[amount] = statement
    findings = []
    for statement, amount in stated.items():
        for year in (statement.fiscal_year - 1, statement.fiscal_year + 1):
            beside = by_year.get(_without_date(replace(statement, fiscal_year=year)), {})
            other = beside.get(amount)
            is_told = other in stated and year > statement.fiscal_year  # the later year tells it
            if amount and other and not is_told:
                findings.append(_repeats(statement, year, amount))
    return findings[:_SHOWN]  # a file of which every year is a copy needs no hundred sentences


def _without_date(statement: Statement) -> tuple[Any, ...]:
    place = (statement.municipality_code, statement.fiscal_year)
    return (*place, statement.direction, statement.stage)


def _repeats(statement: Statement, year: int, amount: Decimal) -> Finding:
    return Finding(
        "repeats-last-year",
        Severity.WARNING,
        text(
            "The total of {direction} {stage} {year} equals that of {other_year} to the cent: {amount}.",
            direction=direction_name(statement.direction),
            stage=stage_name(statement.stage),
            year=str(statement.fiscal_year),
            other_year=str(year),
            amount=amount,
        ),
        text("Two years are hardly ever equal. Check whether one of them is a copy of the other."),
        value=str(amount),
    )


def cumulative(stated: Totals, stored: Totals) -> list[Finding]:
    """Warn where less is executed to a date than to an earlier date of the same year."""
    series: dict[Statement, list[Statement]] = {}
    known = {**stored, **stated}
    for statement in known:
        if statement.stage is Stage.EXECUTED and statement.as_of:
            series.setdefault(replace(statement, as_of=None), []).append(statement)
    findings = []
    for dated in series.values():
        ordered = sorted(dated, key=lambda statement: statement.as_of or date.min)
        for earlier, later in pairwise(ordered):
            if known[later] < known[earlier] and not {earlier, later}.isdisjoint(stated):
                findings.append(_falls(earlier, later, known))
    return findings


def _falls(earlier: Statement, later: Statement, known: Totals) -> Finding:
    return Finding(
        "executed-falls",
        Severity.WARNING,
        text(
            "Executed as of {later} is {later_amount}, less than {earlier_amount} as of {earlier}.",
            later=later.as_of,
            later_amount=known[later],
            earlier_amount=known[earlier],
            earlier=earlier.as_of,
        ),
        text(
            "What is executed to date only grows in a year. Check whether one of the two holds a month "
            "or a quarter by itself."
        ),
        value=str(known[later]),
    )


def revenue_against_expenditure(stated: Totals, stored: Totals) -> list[Finding]:
    """Tell the difference of both directions of a statement; warn where an approved budget has one."""
    known = {**stored, **stated}
    findings = []
    for statement in stated:
        revenue = replace(statement, direction=Direction.REVENUE)
        expenditure = replace(statement, direction=Direction.EXPENDITURE)
        is_told = statement == expenditure and revenue in stated
        if revenue in known and expenditure in known and not is_told:
            findings.append(_balance(revenue, known[revenue], known[expenditure]))
    return list(_in_short(findings))


def _balance(statement: Statement, revenue: Decimal, expenditure: Decimal) -> Finding:
    is_open = statement.stage is Stage.APPROVED and revenue != expenditure
    return Finding(
        "balance",
        Severity.WARNING if is_open else Severity.NOTE,
        text(
            "{stage} {year}: revenue {revenue}, expenditure {expenditure}, a difference of {difference}.",
            stage=stage_name(statement.stage),
            year=str(statement.fiscal_year),
            revenue=revenue,
            expenditure=expenditure,
            difference=revenue - expenditure,
        ),
        text("An approved budget mostly balances. Check whether financing or a part is missing.")
        if is_open
        else None,
        value=str(revenue - expenditure),
    )


def _in_short(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings, or their number where nobody would read them one by one."""
    for severity in (Severity.WARNING, Severity.NOTE):
        own = [finding for finding in findings if finding.severity is severity]
        if len(own) <= _SHOWN:
            yield from own
            continue
        largest = max(own, key=lambda finding: abs(Decimal(finding.value or 0)))
        yield Finding(
            "balance",
            severity,
            text(
                "In {count} statements revenue and expenditure are both known; the largest difference is "
                "{difference}.",
                count=len(own),
                difference=Decimal(largest.value or 0),
            ),
            value=largest.value,
        )
