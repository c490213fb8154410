"""Sums inside a row: a printed total of columns, a printed change between two stages."""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells, Columns
from budgeting.imports.mappings.mapping import AmountRule, Mapping, SumRule
from budgeting.imports.meaning.figures import MONEY, Figures
from budgeting.model import Finding, Severity, Stage, text
from budgeting.names import stage_name

_NOTHING = pa.scalar(Decimal(0), MONEY)


def remainders(rule: SumRule, figures: Figures) -> Cells:
    """Return the printed total where none of its parts has a figure, else null.

    Some sheets fill the columns of the sources, others their total alone: the money is then of a
    source that is not known.
    """
    has_part = reduce(pc.or_, [pc.is_valid(figures.values[name]) for name in rule.parts])
    return pc.if_else(has_part, pa.scalar(None, MONEY), figures.values[rule.column])


def whole_of(rule: SumRule, mapping: Mapping) -> AmountRule | None:
    """Return the rule by which a total may stand for its parts: they are all of one statement.

    None where they are not; a total without parts is then a difference like any other.
    """
    parts = [one for one in mapping.amounts if one.column in rule.parts]
    alike = {(one.stage, one.year, one.as_of, one.decision_number, one.is_negated) for one in parts}
    is_plain = not any(one.where or one.date_column for one in parts)
    return parts[0] if len(alike) == 1 and is_plain and not rule.minus else None


def sum_findings(
    mapping: Mapping, columns: Columns, figures: Figures, is_line: Cells
) -> list[Finding]:
    """Compare each printed total of columns with the sum of its parts, row by row."""
    findings: list[Finding] = []
    for rule in mapping.sums:
        computed = _sum(figures.values[name] for name in rule.parts)
        if rule.minus:
            less = _sum(figures.values[name] for name in rule.minus)
            computed = pc.subtract(computed, less).cast(MONEY)
        printed = pc.fill_null(figures.values[rule.column], _NOTHING)
        differs = pc.and_(pc.not_equal(printed, computed), is_line)
        if whole_of(rule, mapping):
            differs = pc.and_(differs, pc.is_null(remainders(rule, figures)))
        name, is_printed = columns.name_of(rule.column), pc.is_valid(figures.values[rule.column])
        rows = _rows(pc.and_(differs, is_printed), columns.row_numbers, printed, computed)
        findings += [_sum_finding(name, *row) for row in rows]
        unprinted = pc.and_(differs, pc.invert(is_printed))
        rows = _rows(unprinted, columns.row_numbers, printed, computed)
        findings += [_no_sum(name, row_number, total) for row_number, _, total in rows]
    return findings


def _sum(values: Iterable[Cells]) -> Cells:
    filled = [pc.fill_null(value, _NOTHING) for value in values]
    return reduce(lambda left, right: pc.add(left, right).cast(MONEY), filled)


def _rows(mask: Cells, *columns: Cells) -> list[tuple[int, Decimal, Decimal]]:
    if not pc.any(mask).as_py():
        return []
    return list(zip(*[column.filter(mask).to_pylist() for column in columns], strict=True))


def _sum_finding(
    column: str | None, row_number: int, printed: Decimal, computed: Decimal
) -> Finding:
    return Finding(
        "sum-of-row",
        Severity.QUESTION,
        text(
            "The row prints {printed} as the sum of its columns; they add up to {computed}, "
            "a difference of {difference}.",
            printed=printed,
            computed=computed,
            difference=printed - computed,
        ),
        text("The single columns are stored. Ask who keeps the ledger, and note the answer."),
        row_number,
        column,
        str(printed),
    )


def _no_sum(column: str | None, row_number: int, computed: Decimal) -> Finding:
    return Finding(
        "sum-of-row",
        Severity.QUESTION,
        text("The row prints no sum of its columns; they add up to {computed}.", computed=computed),
        text("The single columns are stored. Ask who keeps the ledger, and note the answer."),
        row_number,
        column,
        "",
    )


def change_findings(
    mapping: Mapping, columns: Columns, figures: Figures, is_line: Cells
) -> list[Finding]:
    """Compare the column of changes with the difference of the two stages, row by row."""
    change = mapping.change
    if change is None:
        return []
    of_stage: dict[Stage | None, str] = {}
    for rule in mapping.amounts:
        of_stage.setdefault(rule.stage, rule.column)
    stated = figures.values[change.column]
    earlier = figures.values[of_stage[change.earlier]]
    later = figures.values[of_stage[change.later]]
    computed = pc.subtract(later, earlier)
    differs = pc.and_(pc.fill_null(pc.not_equal(stated, computed), False), is_line)
    return [
        Finding(
            "change",
            Severity.WARNING,
            text(
                "The file states a change of {printed}; {later} less {earlier} is {difference}.",
                printed=printed,
                difference=difference,
                earlier=stage_name(change.earlier),
                later=stage_name(change.later),
            ),
            text("The amounts of the stages are stored as printed; ask who keeps the ledger."),
            row_number,
            columns.name_of(change.column),
            str(printed),
        )
        for row_number, printed, difference in _rows(differs, columns.row_numbers, stated, computed)
    ]
