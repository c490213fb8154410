"""Single months and quarters as statements to date: each is added to those before it in the year."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells
from budgeting.imports.mappings.mapping import AmountRule, Mapping
from budgeting.imports.meaning.figures import MONEY
from budgeting.model import Finding, Severity, text

_NOTHING = pa.scalar(Decimal(0), MONEY)


@dataclass(frozen=True, slots=True)
class ToDate:
    """The amounts since the year began, and the columns that were added up to them."""

    values: Cells
    columns: tuple[str, ...]


def sums_to_date(
    mapping: Mapping, values_of: Callable[[AmountRule], Cells], is_line: Cells
) -> tuple[Dictionary[int, ToDate], list[Finding]]:
    """Return the sums to date by the place of their rule, and what is not known about them.

    The last months without any figure but zero have not been yet: nothing is stated for them.
    """
    found: dict[int, ToDate] = {}
    findings: list[Finding] = []
    for places in _series(mapping).values():
        values = [values_of(mapping.amounts[place]) for place in places]
        columns = [mapping.amounts[place].column for place in places]
        count = _months_that_were(values, is_line)
        found |= zip(places, _running(values[:count], columns), strict=False)
        if count < len(places):
            findings.append(_not_yet(columns[count:]))
        findings += [
            _empty(column)
            for column, own in zip(columns[:count], values, strict=False)
            if not pc.any(pc.and_(pc.is_valid(own), is_line)).as_py()
        ]
    return found, findings


def _series(mapping: Mapping) -> Dictionary[Any, list[int]]:
    """Return the places of the rules of single months in their order, by what they are added up to."""
    series: dict[Any, list[int]] = {}
    for place, rule in enumerate(mapping.amounts):
        if rule.months:
            series.setdefault(rule.series, []).append(place)
    for places in series.values():
        places.sort(key=lambda place: str(mapping.amounts[place].as_of))
    return series


def _months_that_were(values: list[Cells], is_line: Cells) -> int:
    has_money = [
        pc.any(pc.and_(pc.fill_null(pc.not_equal(own, _NOTHING), False), is_line)).as_py()
        for own in values
    ]
    return max((place + 1 for place, has in enumerate(has_money) if has), default=len(values))


def _running(values: list[Cells], columns: list[str]) -> list[ToDate]:
    sums: list[ToDate] = []
    for count, own in enumerate(values, start=1):
        before = sums[-1].values if sums else own
        added = pc.add(before, own).cast(MONEY) if sums else own
        sums.append(ToDate(pc.coalesce(added, before, own), tuple(columns[:count])))
    return sums


def _not_yet(columns: list[str]) -> Finding:
    return Finding(
        "months",
        Severity.NOTE,
        text(
            "From “{column}” on the columns of single months hold no money: nothing is stated for them.",
            column=columns[0],
        ),
        column=columns[0],
    )


def _empty(column: str) -> Finding:
    return Finding(
        "months",
        Severity.QUESTION,
        text(
            "“{column}” has no figure, but later months have: what was executed to date lacks it.",
            column=column,
        ),
        text("Look for the figures of these months, or note why there are none."),
        column=column,
    )
