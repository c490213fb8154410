"""Checks of files of use: what contradicts itself, what was taken away, and what is far from its plan."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from budgeting.imports.use.figures import Counted
from budgeting.model import Exact, Finding, Severity, Sex, plural_text, text
from budgeting.services.model import ALL_SEXES, FigureKind, Unit

ADDED_UP = frozenset(
    {
        Unit.PERSONS,
        Unit.NUMBER,
        Unit.HOUSEHOLDS,
        Unit.HOURS,
        Unit.DAYS,
        Unit.VISITS,
        Unit.PLACES,
        Unit.MONEY,
    }
)
"""Units of which women and men make up the total; percentages and rates do not."""
SUM_OF_SEXES = "sum-of-sexes"
_FAR = 10
_FEW = 20


def without_repetitions(figures: list[Counted], findings: list[Finding]) -> list[Counted]:
    """Return each figure once; one that is given twice with different values is an error of its row."""
    first: dict[object, Counted] = {}
    repeated = []
    for one in figures:
        known = first.setdefault(one.key, one)
        if known is one:
            continue
        if known.figure == one.figure:
            repeated.append(one)
        else:
            findings.append(_two_values(known, one))
    if repeated:
        findings.append(_told_twice(repeated))
    return list(first.values())


def _two_values(known: Counted, one: Counted) -> Finding:
    return Finding(
        "same-indicator",
        Severity.ERROR,
        text(
            "“{label}” has two values: {first} in row {row}, and {second} here.",
            label=one.indicator.label,
            first=Exact(known.figure),
            row=str(known.row_number),
            second=Exact(one.figure),
        ),
        text("Leave the one that holds, or say which column tells the two apart."),
        one.row_number,
        one.column,
        str(Exact(one.figure)),
    )


def _told_twice(repeated: list[Counted]) -> Finding:
    return Finding(
        "repeated-figure",
        Severity.NOTE,
        plural_text(
            "{count} figure stands there twice with the same value; it counts once.",
            "{count} figures stand there twice with the same value; they count once.",
            len(repeated),
        ),
        row_number=repeated[0].row_number,
    )


def without_totals(figures: list[Counted], findings: list[Finding]) -> list[Counted]:
    """Return the figures without the totals of the sexes that the sexes make up; they are added up again.

    A total that women, men, other and unknown do not come to is a question. Totals of percentages
    and rates say something of their own and stay.
    """
    groups: dict[object, list[Counted]] = defaultdict(list)
    for one in figures:
        groups[one.whole].append(one)
    dropped = set()
    for alike in groups.values():
        total = next((one for one in alike if one.sex == ALL_SEXES), None)
        parts = [one for one in alike if one.sex != ALL_SEXES]
        if total is None or {Sex.FEMALE, Sex.MALE} - {one.sex for one in parts}:
            continue
        if total.indicator.unit in ADDED_UP:
            dropped.add(total.key)
            findings += _differs(total, parts)
        elif total.indicator.unit is not Unit.OTHER:
            findings += _outside(total, parts)
    return [one for one in figures if one.key not in dropped]


def _differs(total: Counted, parts: list[Counted]) -> Iterable[Finding]:
    added = sum((one.figure for one in parts), Decimal(0))
    if added != total.figure:
        yield Finding(
            SUM_OF_SEXES,
            Severity.QUESTION,
            text(
                "The total of “{label}” in {year} is {total}, but its parts come to {added}.",
                label=total.indicator.label,
                year=str(total.fiscal_year),
                total=Exact(total.figure),
                added=Exact(added),
            ),
            text(
                "If the rest are persons of unknown sex, enter them so. Otherwise say why it may stand: "
                "the parts are stored, the total is not."
            ),
            total.row_number,
            total.column,
            str(Exact(total.figure)),
        )


def _outside(total: Counted, parts: list[Counted]) -> Iterable[Finding]:
    values = [one.figure for one in parts]
    if not min(values) <= total.figure <= max(values):
        yield Finding(
            "rate-of-sexes",
            Severity.WARNING,
            text(
                "The total of “{label}” in {year} is {total}; it should lie between that of women and that "
                "of men.",
                label=total.indicator.label,
                year=str(total.fiscal_year),
                total=Exact(total.figure),
            ),
            None,
            total.row_number,
            total.column,
            str(Exact(total.figure)),
        )


def far_from_plan(figures: list[Counted]) -> Iterable[Finding]:
    """Tell how many counted figures are ten times the planned ones, or a tenth of them."""
    planned = {(one.key, one.kind): one for one in figures if one.kind == FigureKind.PLANNED}
    far = []
    for one in figures:
        if one.kind != FigureKind.ACTUAL:
            continue
        key = (*one.key[:3], FigureKind.PLANNED.value, *one.key[4:])
        plan = planned.get((key, FigureKind.PLANNED.value))
        if plan and _is_far(one.figure, plan.figure):
            far.append((one, plan))
    if far:
        one, plan = far[0]
        yield Finding(
            "far-from-plan",
            Severity.WARNING,
            plural_text(
                "{count} counted figure is ten times the planned one or more, or a tenth or less, such as "
                "“{label}”: {actual} of {planned}.",
                "{count} counted figures are ten times the planned ones or more, or a tenth or less, such "
                "as “{label}”: {actual} of {planned}.",
                len(far),
                label=one.indicator.label,
                actual=Exact(one.figure),
                planned=Exact(plan.figure),
            ),
            text("Look whether both are in the same unit, and of the whole year."),
            one.row_number,
            one.column,
            str(Exact(one.figure)),
        )


def _is_far(actual: Decimal, plan: Decimal) -> bool:
    if max(actual, plan) < _FEW:
        return False
    return actual >= _FAR * plan or _FAR * actual <= plan


def sex_not_told(figures: list[Counted]) -> Iterable[Finding]:
    """Tell how many persons and figures have no sex: they are a part of every total, and no share of it."""
    unknown = [one for one in figures if one.sex == Sex.UNKNOWN]
    if unknown:
        yield Finding(
            "sex-unknown",
            Severity.NOTE,
            plural_text(
                "{count} figure is of unknown sex; it stays a part of its own.",
                "{count} figures are of unknown sex; they stay a part of their own.",
                len(unknown),
            ),
            row_number=unknown[0].row_number,
        )
    untold = [one for one in figures if one.sex == ALL_SEXES and one.indicator.unit in ADDED_UP]
    if untold:
        yield Finding(
            "sexes-together",
            Severity.WARNING,
            plural_text(
                "{count} figure does not tell women from men; nothing can be said of who benefits by it.",
                "{count} figures do not tell women from men; nothing can be said of who benefits by them.",
                len(untold),
            ),
            text("Ask its source for women and men."),
            untold[0].row_number,
            untold[0].column,
            str(Exact(untold[0].figure)),
        )


def units_differ(figures: list[Counted]) -> Iterable[Finding]:
    """Tell of what is counted in two units under one code: such figures are never added."""
    seen: dict[tuple[str, str], Counted] = {}
    for one in figures:
        known = seen.setdefault((one.municipality_code, one.indicator.code), one)
        if known.indicator.unit != one.indicator.unit:
            yield Finding(
                "unit-differs",
                Severity.ERROR,
                text(
                    "“{code}” is counted in two units: “{first}” in row {row}, and “{second}” here.",
                    code=one.indicator.code,
                    first=known.indicator.unit_label or known.indicator.unit.value,
                    row=str(known.row_number),
                    second=one.indicator.unit_label or one.indicator.unit.value,
                ),
                text("What is counted in another unit is another indicator: give it its own code."),
                one.row_number,
            )
