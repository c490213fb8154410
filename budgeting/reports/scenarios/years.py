"""The next years: the budget and the scenario carried on with growth rates, side by side."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgeting.model import Column, Report, Table, text
from budgeting.reports.tables import table
from budgeting.simulation.years import AHEAD, carried

_SPENT = ("expenditure", "benefit_female", "benefit_male", "benefit_other", "benefit_unknown")


@dataclass(frozen=True, slots=True)
class Growth:
    """By how much money grows in a year, as a part: 0.03 for three per cent."""

    expenditure: Decimal = Decimal(0)
    revenue: Decimal = Decimal(0)


def next_years(shown: Report, growth: Growth) -> Table:
    """Return one row per year and measure of a simulator's report, from the year itself on.

    Benefit grows as expenditure does: shares of use and of services stay as they are. All moves last.
    """
    unit = shown.facts["currency"]
    columns = (
        Column("year", text("fiscal year"), "code"),
        Column("measure", text("measure"), "code"),
        Column("baseline", text("budget as it is"), "money", unit),
        Column("scenario", text("scenario"), "money", unit),
        Column("difference", text("difference"), "money", unit),
    )
    first = int(shown.parameters["year"])
    measures = {row["measure"]: row for row in shown.tables["money"].rows.to_pylist()}
    known = [(name, growth.expenditure) for name in _SPENT if name in measures]
    known.insert(1, ("revenue", growth.revenue))
    return table(
        columns,
        [
            row
            for ahead in range(AHEAD + 1)
            for name, rate in known
            for row in [_row(measures[name], rate, first, ahead)]
        ],
    )


def _row(measure: dict[str, Any], rate: Decimal, first: int, ahead: int) -> dict[str, Any]:
    before, after = (
        (measure[side], *carried(measure[side], rate))[ahead] for side in ("baseline", "scenario")
    )
    return {
        "year": str(first + ahead),
        "measure": measure["measure"],
        "baseline": before,
        "scenario": after,
        "difference": after - before,
    }
