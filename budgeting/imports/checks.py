"""Checks of a whole batch: each looks at one thing and tells what it found."""

from collections.abc import Callable, Iterable

import pyarrow.compute as pc

from budgeting.imports.interpretation import Batch
from budgeting.imports.mapping import Mapping
from budgeting.imports.readers import SourceTable
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import stage_name

Check = Callable[[Batch, Mapping], Iterable[Finding]]


def missing_columns(table: SourceTable, mapping: Mapping) -> list[Finding]:
    """Return one error per column that the mapping needs and the file does not have."""
    return [
        Finding(
            "missing-column",
            Severity.ERROR,
            text("The file has no column “{column}”.", column=column),
            text("Its columns are: {columns}.", columns=", ".join(table.header)),
            1,
            column,
        )
        for column in mapping.columns
        if column not in table.header
    ]


def rows_sharing_a_line(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Tell how many rows are summed into a line with another row."""
    counts = pc.value_counts(batch.lines["line_code"])
    shared = counts.filter(pc.greater(counts.field("counts"), 1)).field("counts")
    if len(shared):
        rows, lines = pc.sum(shared).as_py(), len(shared)
        yield Finding(
            "rows-share-a-line",
            Severity.NOTE,
            plural_text(
                "{count} row shares all its codes with another: it is summed into {lines} budget line and "
                "stays linked to it.",
                "{count} rows share all their codes with another: they are summed into {lines} "
                "budget lines and stay linked to them.",
                rows,
                lines=lines,
            ),
        )


def undated_statements(batch: Batch, mapping: Mapping) -> Iterable[Finding]:
    """Tell which stages have no date, so that nobody compares unlike periods."""
    undated = [
        column.stage
        for column in batch.amounts
        if column.as_of is None and column.stage in (Stage.COMMITTED, Stage.EXECUTED)
    ]
    for stage in undated:
        yield Finding(
            "no-date",
            Severity.NOTE,
            text("No date is known for the stage “{stage}”.", stage=stage_name(stage)),
            text(
                "State the date of the file (--as-of, or on the page) if it is not the whole year."
            ),
        )


def rows_without_amount(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Warn of rows that carry codes but not one figure."""
    empty = (
        pc.and_kleene(*[pc.is_null(batch.lines[column.column]) for column in batch.amounts[:2]])
        if len(batch.amounts) > 1
        else pc.is_null(batch.lines[batch.amounts[0].column])
    )
    for column in batch.amounts[2:]:
        empty = pc.and_kleene(empty, pc.is_null(batch.lines[column.column]))
    for row_number in batch.lines["row_number"].filter(empty).to_pylist():
        yield Finding(
            "no-amount",
            Severity.WARNING,
            text("The row has codes but no amount."),
            text("Nothing is stored for it except the row itself."),
            row_number,
        )


CHECKS: tuple[Check, ...] = (rows_sharing_a_line, undated_statements, rows_without_amount)


def all_findings(batch: Batch, mapping: Mapping) -> list[Finding]:
    """Run every check of `CHECKS`; what interpretation noticed comes first."""
    return [*batch.findings, *(finding for check in CHECKS for finding in check(batch, mapping))]
