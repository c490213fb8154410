"""Spread: whether those who are worse off have more or less of a service than their part."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budgeting.indices import Index, RankedGroup, concentration_index, theil_between
from budgeting.intervals import Z95, Range, RangeKind, range_kind
from budgeting.model import Column, Table, text
from budgeting.reports.beneficiaries.crossings import Crossed, Crossing, crossed, meant_for
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.tables import table
from budgeting.services.lists import GroupKind, group_kinds
from budgeting.services.model import IndicatorRole
from budgeting.translations import language as language_of


def spread_table(asked: Question, services: Sequence[ServicePicture]) -> Table:
    """Return one row per service whose users are counted by parts with an order, such as income.

    The concentration index goes from -1, where all is of those who are worst off, to 1. Its range is
    that of samples in a survey, with Kakwani's standard error; of a register it is as if everybody
    whose part nobody recorded belonged to the first or to the last one. Assumptions have none.
    """
    say = language_of(asked.view.language).say
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("over", text("spread over")),
        Column("value", text("concentration index"), "index"),
        Column("low", text("at least"), "index"),
        Column("high", text("at most"), "index"),
        Column("standard_error", text("standard error"), "index"),
        Column("range_kind", text("kind of range"), "code"),
        Column("theil", text("Theil's T"), "index"),
        Column("worst_share", text("the worst off among users"), "share"),
        Column("worst_reference", text("among those it is meant for"), "share"),
        Column("grade", text("data grade"), "code"),
    )
    rows = [
        {"code": one.code, "name": one.name, "over": say(kind.label), **row}
        for kind in group_kinds()
        if kind.is_ranked
        for one in services
        if (row := _spread(one, asked.where.fiscal_year, kind))
    ]
    rows.sort(key=lambda row: (row["range_kind"] == RangeKind.ASSUMPTION.value, row["value"]))
    return table(columns, rows)


def _spread(service: ServicePicture, fiscal_year: int, kind: GroupKind) -> dict[str, Any] | None:
    """Return the index of a service; None where users or those it is meant for lack a part."""
    parts = [Crossing(group_kind=kind.code, group_code=code) for code in kind.parts]
    used = [crossed(service.figures, IndicatorRole.USERS, fiscal_year, one) for one in parts]
    users = [one for one in used if one is not None]
    amounts = [float(one.exact) for one in users if one.exact is not None]
    meant = [meant_for(service, fiscal_year, one) for one in parts]
    people = [float(one) for one in meant if isinstance(one, Decimal)]
    if not len(amounts) == len(people) == len(parts):
        return None
    grade = max(one.grade for one in users)
    found = _index(people, amounts, _part_asked(users, grade, sum(people)))
    if found is None:
        return None
    bounds = _bounds(service, grade, found, (people, amounts))
    return {
        "value": found.value,
        "low": bounds.low if bounds else None,
        "high": bounds.high if bounds else None,
        "standard_error": found.standard_error
        if range_kind(grade) is RangeKind.CONFIDENCE
        else None,
        "range_kind": range_kind(grade).value,
        "theil": theil_between(
            dict(zip(kind.parts, amounts, strict=True)), dict(zip(kind.parts, people, strict=True))
        ),
        "worst_share": amounts[0] / sum(amounts),
        "worst_reference": people[0] / sum(people),
        "grade": grade,
    }


def _part_asked(users: Sequence[Crossed], grade: str, people: float) -> float | None:
    """Return which part of those whom a service is meant for a survey asked; None where not known."""
    asked = {(one.sample_size, one.design_effect) for crossing in users for one in crossing.counts}
    if range_kind(grade) is not RangeKind.CONFIDENCE or len(asked) != 1 or not people:
        return None
    [(sample, effect)] = asked
    return None if sample is None else min(1.0, sample / float(effect) / people)


def _index(
    people: Sequence[float], amounts: Sequence[float], part_asked: float | None = None
) -> Index | None:
    """Return the index of groups; with its standard error where it is known how many were asked."""
    return concentration_index(
        [
            RankedGroup(
                count * (part_asked or 1.0),
                amount * (part_asked or 1.0),
                _variance(amount, count) if part_asked else None,
            )
            for count, amount in zip(people, amounts, strict=True)
        ]
    )


def _variance(users: float, people: float) -> float | None:
    """Return the variance of using it or not; None where more use it than it is meant for."""
    if not people or users > people:
        return None
    return users / people * (1 - users / people)


def _bounds(
    service: ServicePicture,
    grade: str,
    found: Index,
    groups: tuple[Sequence[float], Sequence[float]],
) -> Range | None:
    kind = range_kind(grade)
    if kind is RangeKind.CONFIDENCE and found.standard_error is not None:
        half = Z95 * found.standard_error
        return Range(max(-1.0, found.value - half), min(1.0, found.value + half))
    users = service.use.users
    if kind is not RangeKind.COVERAGE or users is None:
        return None
    people, amounts = groups
    left = max(0.0, float(users) - sum(amounts))
    ends = [
        _index(people, [amounts[0] + left, *amounts[1:]]),
        _index(people, [*amounts[:-1], amounts[-1] + left]),
    ]
    values = [end.value for end in ends if end]
    return Range(min(values), max(values)) if values else None
