"""Between files of use that come in together: figures that two of them give. Pure."""

from collections.abc import Iterable, Sequence

from budgeting.imports.use.figures import Counted
from budgeting.imports.use.verdict import UseVerdict
from budgeting.model import Exact, Finding, Severity, plural_text, text


def between_files(verdicts: Sequence[UseVerdict]) -> Iterable[Finding]:
    """Yield what no file shows by itself: figures that two of them give, and units that differ."""
    first: dict[object, tuple[str, Counted]] = {}
    units: dict[tuple[str, str], tuple[str, Counted]] = {}
    repeated = []
    for verdict in verdicts:
        name = verdict.source.name
        for one in verdict.figures:
            other = first.setdefault(one.key, (name, one))
            if other[1] is not one and other[1].figure != one.figure:
                yield _two_values(other, (name, one))
            elif other[1] is not one:
                repeated.append(one)
            known = units.setdefault((one.municipality_code, one.indicator.code), (name, one))
            if known[1].indicator.unit != one.indicator.unit:
                yield _two_units(known, (name, one))
    if repeated:
        yield _told_twice(repeated)


def _two_values(known: tuple[str, Counted], other: tuple[str, Counted]) -> Finding:
    return Finding(
        "same-indicator",
        Severity.ERROR,
        text(
            "“{label}” has two values for {year}: {first} in {file}, row {row}, and {second} in {other}.",
            label=other[1].indicator.label,
            year=str(other[1].fiscal_year),
            first=Exact(known[1].figure),
            file=known[0],
            row=str(known[1].row_number),
            second=Exact(other[1].figure),
            other=other[0],
        ),
        text(
            "Leave the one that holds, or import the files one after the other: the later counts."
        ),
        other[1].row_number,
        other[1].column,
        str(Exact(other[1].figure)),
    )


def _two_units(known: tuple[str, Counted], other: tuple[str, Counted]) -> Finding:
    return Finding(
        "unit-differs",
        Severity.ERROR,
        text(
            "“{code}” is counted in two units: “{first}” in {file}, and “{second}” in {other}.",
            code=other[1].indicator.label,
            first=known[1].indicator.unit_label or known[1].indicator.unit.value,
            file=known[0],
            second=other[1].indicator.unit_label or other[1].indicator.unit.value,
            other=other[0],
        ),
        text("What is counted in another unit is another indicator: give it its own code."),
        other[1].row_number,
    )


def _told_twice(repeated: Sequence[Counted]) -> Finding:
    return Finding(
        "repeated-figure",
        Severity.NOTE,
        plural_text(
            "{count} figure stands in two of the files with the same value; it counts once.",
            "{count} figures stand in two of the files with the same value; they count once.",
            len(repeated),
        ),
    )
