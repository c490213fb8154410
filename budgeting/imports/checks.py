"""Checks: each looks at one thing in what a file means and tells what it found."""

from collections.abc import Callable, Iterable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.bodies import several_bodies
from budgeting.imports.cells.columns import Columns
from budgeting.imports.mappings.mapping import GenderRule, Mapping
from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.imports.meaning.fates import Fates
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.stored import comparison
from budgeting.imports.stored.decided import decided_otherwise
from budgeting.imports.words.vocabulary import elimination_words, folded
from budgeting.model import Direction, Finding, Severity, Stage, plural_text, text
from budgeting.names import stage_name
from budgeting.store import Store

Check = Callable[[Batch, Mapping], Iterable[Finding]]
_SHOWN = 5
_NO_DATE = text("no date")
_LONGEST_NAME, _MOST_NAMES = 40, 30


def missing_columns(table: SourceTable, mapping: Mapping) -> list[Finding]:
    """Return one error per column that the mapping needs and the file does not have."""
    return [
        Finding(
            "missing-column",
            Severity.ERROR,
            text("The file has no column “{column}”.", column=column),
            text("Its columns are: {columns}.", columns=_in_short(table.header)),
            table.layout.header_row or 1,
            column,
        )
        for column in Columns.of(table).missing(mapping.columns)
    ]


def _in_short(header: tuple[str, ...]) -> str:
    names = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in header]
    return ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def rows_sharing_a_line(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Tell how many rows are summed into a line with another row of the same statement."""
    shared = rows = 0
    for column in batch.amounts[:1]:
        has_figure = pc.is_valid(batch.lines[column.column]).to_numpy()
        counts = np.bincount(batch.line_codes.places[has_figure])
        several = counts[counts > 1]
        shared, rows = len(several), int(several.sum())
    if shared:
        yield Finding(
            "rows-share-a-line",
            Severity.NOTE,
            plural_text(
                "{count} row shares all its codes with another: it is summed into {lines} budget line and "
                "stays linked to it.",
                "{count} rows share all their codes with another: they are summed into {lines} "
                "budget lines and stay linked to them.",
                rows,
                lines=shared,
            ),
        )


def undated_statements(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
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


def executed_above_revised(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Tell the expenditure lines of which more was executed than the budget allows."""
    newest = _newest(batch)
    limit = newest.get(Stage.REVISED) or newest.get(Stage.APPROVED)
    executed = newest.get(Stage.EXECUTED)
    if batch.direction is not Direction.EXPENDITURE or not limit or not executed:
        return
    columns = [limit.column, executed.column]
    lines = _lines_of_rows_above(batch.lines.select(["row_number", "line_code", *columns]))
    summed = lines.group_by("line_code").aggregate(
        [("row_number", "min"), *[(name, "sum") for name in columns]]
    )
    allowed, spent = (pc.fill_null(summed[f"{name}_sum"], 0) for name in columns)
    above = summed.filter(pc.greater(spent, allowed))
    if above.num_rows:
        most, least = (pc.sum(above[f"{name}_sum"]).as_py() or 0 for name in columns[::-1])
        rows = sorted(above["row_number_min"].to_pylist())[:_SHOWN]
        yield Finding(
            "executed-above-budget",
            Severity.NOTE,
            plural_text(
                "{count} budget line has more executed than {stage}: {excess} in all.",
                "{count} budget lines have more executed than {stage}: {excess} in all.",
                above.num_rows,
                stage=stage_name(limit.stage),
                excess=most - least,
            ),
            text("First rows: {rows}.", rows=", ".join(map(str, rows))),
            row_number=rows[0],
        )


def _lines_of_rows_above(rows: pa.Table) -> pa.Table:
    """Return the rows of lines with a row that has more in its last column than in the one before.

    No other line has more in the sum of its rows.
    """
    allowed, spent = (pc.fill_null(column, 0) for column in rows.columns[-2:])
    codes = pc.unique(rows["line_code"].filter(pc.greater(spent, allowed)))
    return rows.filter(pc.is_in(rows["line_code"], codes)) if len(codes) else rows.slice(0, 0)


def several_statements(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Tell where a file holds one budget as of several dates: they are never added."""
    for stage in dict.fromkeys(column.stage for column in batch.amounts):
        dates = [column.as_of for column in batch.amounts if column.stage is stage]
        if len(dates) > 1:
            yield Finding(
                "several-statements",
                Severity.NOTE,
                text(
                    "The file holds {count} statements of the stage “{stage}”, which are kept apart and "
                    "never added: {dates}.",
                    count=len(dates),
                    stage=stage_name(stage),
                    dates=tuple(day or _NO_DATE for day in dates),
                ),
            )


def unflagged_eliminations(batch: Batch, mapping: Mapping) -> Iterable[Finding]:
    """Warn of lines whose words say that they are transfers inside the consolidated budget."""
    if mapping.is_elimination:
        return
    words = elimination_words()
    labels = pc.replace_substring_regex(batch.lines["label"], "[0-9]+", "0")  # so fewer differ
    different = pa.chunked_array([pc.unique(labels)])
    said = [
        label
        for label, fold in zip(different.to_pylist(), folded(different).to_pylist(), strict=True)
        if words.search(fold)
    ]
    mask = pc.is_in(labels, pa.array(said, pa.string()))
    rows = batch.lines["row_number"].filter(mask).to_pylist()
    if rows:
        yield Finding(
            "eliminations",
            Severity.WARNING,
            plural_text(
                "{count} row calls itself a consolidation or an internal transfer.",
                "{count} rows call themselves consolidations or internal transfers.",
                len(rows),
            ),
            text("Where it stands in the total as well, that total counts the money twice."),
            rows[0],
        )


def repeated_rows(batch: Batch, _mapping: Mapping) -> Iterable[Finding]:
    """Warn of lines that stand in the file twice with the same codes, words and amounts."""
    is_shared = batch.line_codes.counts > 1
    if not is_shared.any():
        return
    lines = batch.lines.filter(pa.array(is_shared[batch.line_codes.places]))
    names = ["line_code", "label", *[column.column for column in batch.amounts]]
    grouped = lines.select([*names, "row_number"]).group_by(names)
    found = grouped.aggregate([("row_number", "count"), ("row_number", "max")])
    twice = found.filter(pc.greater(found["row_number_count"], 1))
    if twice.num_rows:
        rows = sorted(twice["row_number_max"].to_pylist())
        yield Finding(
            "repeated-rows",
            Severity.WARNING,
            plural_text(
                "{count} line stands in the file more than once with the same words and amounts.",
                "{count} lines stand in the file more than once with the same words and amounts.",
                twice.num_rows,
            ),
            text("They are added up. Check whether rows {rows} are meant.", rows=_list(rows)),
            rows[0],
        )


CHECKS: tuple[Check, ...] = (
    rows_sharing_a_line,
    undated_statements,
    executed_above_revised,
    several_statements,
    unflagged_eliminations,
    repeated_rows,
)


def table_findings(
    table: SourceTable, mapping: Mapping, fates: Fates, totals: Iterable[PrintedTotal]
) -> list[Finding]:
    """Return what the table as a whole says against what is made of it."""
    return [*_printed_totals(totals), *several_bodies(table, mapping, fates)]


def _printed_totals(totals: Iterable[PrintedTotal]) -> list[Finding]:
    """Ask about every printed total that the lines do not add up to."""
    return [
        Finding(
            "printed-total",
            Severity.QUESTION,
            text(
                "“{label}” prints {printed}; its {count} lines add up to {computed}, a difference of "
                "{difference}.",
                label=total.label or total.code,
                printed=total.printed,
                computed=total.computed,
                difference=total.difference,
                count=total.row_count,
            ),
            text("The lines are stored, the total is not. Ask who keeps the ledger, and note why."),
            total.row_number,
            total.column,
            str(total.printed),
        )
        for total in totals
        if total.difference
    ]


def stored_findings(
    store: Store, source: SourceFile, batches: tuple[Batch, ...], gender: GenderRule | None
) -> list[Finding]:
    """Return what the stored budgets and marks say to these batches."""
    return [
        *comparison.same_file(store, source, batches),
        *comparison.findings_of(store, *batches),
        *decided_otherwise(store, batches, gender),
    ]


def _newest(batch: Batch) -> dict[Stage, AmountColumn]:
    found: dict[Stage, AmountColumn] = {}
    for column in sorted(batch.amounts, key=lambda column: column.as_of or date.min):
        found[column.stage] = column
    return found


def _list(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:_SHOWN]))
    return shown + (" …" if len(rows) > _SHOWN else "")
