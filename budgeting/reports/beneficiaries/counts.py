"""Counts: what the figures of a service say about one role, year and part of its users."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgeting.incidence import Use
from budgeting.services.model import ALL_SEXES, FigureKind, IndicatorRole, Unit
from budgeting.suppression import Bracket, sum_of

Row = Mapping[str, Any]
Ages = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Part:
    """Of whom figures speak: of an age band, of a further group, of both; by itself of everybody."""

    ages: Ages | None = None
    group_kind: str = ""
    group_code: str = ""


EVERYBODY = Part()


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted of a service in one year and one unit, by sex.

    Parameters
    ----------
    use
        By sex, as far as it may be shown: what is hidden to protect persons is None there.
    hidden
        What is told of the sexes of which a number is stored and not shown; ``all`` is the whole.
    unit
        What is counted, where the indicator's unit leaves it open as a person said it.
    grade
        The worst of its figures, A to E.
    sample_size, design_effect
        Of the survey, where a source says them.
    carried_from
        Year that it was counted in, where it stands in for a later one, with a worse grade for that;
        None where it is of the year that it is shown for.
    rows
        The figures themselves, for their sources.
    """

    use: Use
    unit: Unit
    unit_label: str
    grade: str | None = None
    hidden: Mapping[str, Bracket] = field(default_factory=dict)
    sample_size: int | None = None
    design_effect: Decimal = Decimal(1)
    carried_from: int | None = None
    rows: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def recorded_grade(self) -> str | None:
        """The grade that it was recorded with, which says how it was counted."""
        return self.grade if self.carried_from is None else _worst(self.rows)

    @property
    def bounded(self) -> Use:
        """The use with as many persons in what is hidden as there may be, whose sex then is not known.

        Shares of it are at least what they are called, and are computed from what is shown alone.
        """
        shown = {sex: count for sex, count in self.use.by_group.items() if sex not in self.hidden}
        bounds = [bracket.high for bracket in self.hidden.values()]
        if not bounds or self.use.total is not None or None in (*bounds, *shown.values()):
            return self.use
        return Use(shown, _sum([*bounds, *shown.values()]))


def counts(
    figures: Iterable[Row],
    role: IndicatorRole,
    fiscal_year: int,
    kind: FigureKind = FigureKind.ACTUAL,
    part: Part = EVERYBODY,
) -> tuple[Count, ...]:
    """Return what is counted of a service, one per unit and indicator; parts of a whole are one.

    Parameters
    ----------
    figures
        Rows of ``service_figures`` of one service, with ``shown``: the number as it may be shown,
        anything that is no Decimal where it is hidden.

    Notes
    -----
    Indicators are added only where a person said that they are disjoint parts, and only in the
    same unit; a sex that one of the parts does not tell is not known of the sum.
    """
    found = [row for row in figures if _is_meant(row, role, fiscal_year, kind, part)]
    apart: dict[tuple[str, str, str], list[Row]] = {}
    for row in found:
        unit = row["counts"] or row["unit"]
        own = "" if row["is_part"] else row["indicator_code"]
        apart.setdefault((unit, row["unit_label"], own), []).append(row)
    return tuple(_count(rows, unit, label) for (unit, label, _), rows in apart.items())


def persons(found: Sequence[Count]) -> Count | None:
    """Return the count of persons among counts; None where there is none, or two that disagree.

    Hours, visits and percentages are no persons, and two indicators that nobody called disjoint
    parts may count the same persons twice.
    """
    of_persons = [one for one in found if one.unit is Unit.PERSONS]
    return of_persons[0] if len(of_persons) == 1 else None


def _is_meant(
    row: Row, role: IndicatorRole, fiscal_year: int, kind: FigureKind, part: Part
) -> bool:
    ages = None if row["age_from"] is None else (row["age_from"], row["age_to"])
    return bool(
        row["role"] == role.value
        and row["fiscal_year"] == fiscal_year
        and row["kind"] == kind.value
        and ages == part.ages
        and (row["group_kind"], row["group_code"]) == (part.group_kind, part.group_code)
        and row["figure"] is not None
    )


def _count(rows: Sequence[Row], unit: str, unit_label: str) -> Count:
    by_indicator: dict[str, dict[str, Decimal | None]] = {}
    for row in rows:
        shown = row["shown"] if isinstance(row["shown"], Decimal) else None
        by_indicator.setdefault(row["indicator_code"], {})[row["sex"]] = shown
    sexes = dict.fromkeys(row["sex"] for row in rows if row["sex"] != ALL_SEXES)
    parts = list(by_indicator.values())
    total = _sum(_whole(part) for part in parts)
    by_sex = {sex: _sum(part.get(sex) for part in parts) for sex in sexes}
    is_stated = any(ALL_SEXES in part for part in parts)
    return Count(
        Use(by_sex, total if is_stated else None),
        Unit(unit),
        unit_label,
        _worst(rows),
        _hidden(rows),
        _sample_size(rows),
        max((row["design_effect"] or Decimal(1) for row in rows), default=Decimal(1)),
        rows=tuple(rows),
    )


def _worst(rows: Iterable[Row]) -> str:
    return str(max(row["data_grade"] for row in rows))


def _hidden(rows: Sequence[Row]) -> dict[str, Bracket]:
    """Return what is told of each sex of which one of the parts is hidden: from where to where it goes."""
    by_sex: dict[str, list[Any]] = {}
    for row in rows:
        by_sex.setdefault(row["sex"], []).append(row["shown"])
    told = {sex: sum_of(values) for sex, values in by_sex.items()}
    return {sex: value for sex, value in told.items() if isinstance(value, Bracket)}


def _whole(part: Mapping[str, Decimal | None]) -> Decimal | None:
    """Return the whole of one indicator: as stated, else the sum of its sexes where all are told."""
    if ALL_SEXES in part:
        return part[ALL_SEXES]
    return _sum(part.values())


def _sum(numbers: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum; None where one is not known."""
    found = list(numbers)
    if not found or None in found:
        return None
    return sum((number for number in found if number is not None), Decimal(0))


def _sample_size(rows: Sequence[Row]) -> int | None:
    """Return how many were asked; None where a row does not say it, or parts asked different ones."""
    sizes = {row["sample_size"] for row in rows}
    return sizes.pop() if len(sizes) == 1 else None
