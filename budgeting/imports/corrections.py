"""Corrections: the rejected rows of a file as a workbook, and the same workbook read again.

The workbook has the file's own columns, then what was wrong. A second sheet names the file by its
fingerprint, so that corrected rows can only take the place of the rows they come from.
"""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from budgeting.imports.readers import read, sheets
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.model import Finding, Severity, plural_text, text
from budgeting.translations import Language

ROW, FINDING, SUGGESTION = "paritet_row", "paritet_finding", "paritet_suggestion"
_FILE_SHEET = "paritet_file"


def rejected_rows(
    source: SourceFile,
    tables: Iterable[SourceTable],
    findings: Iterable[Finding],
    reader: Language,
) -> bytes:
    """Return a workbook of the rows that have errors: their cells as text, and what is wrong.

    One sheet per sheet of the file, under the same name; "rows" where the file has no sheets.
    """
    by_sheet = _errors_by_row(findings)
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        for table in tables:
            errors = by_sheet.get(table.sheet, {}) or by_sheet.get("", {})
            if errors:
                _write_sheet(book, table, errors, reader)
        own = book.add_worksheet(_FILE_SHEET)
        own.write_row(0, 0, ["name", "sha256"])
        own.write_row(1, 0, [source.name, source.sha256])
    return memory.getvalue()


def _errors_by_row(findings: Iterable[Finding]) -> Dictionary[str, dict[int, list[Finding]]]:
    found: dict[str, dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.row_number:
            found[finding.sheet or ""][finding.row_number].append(finding)
    return found


def _write_sheet(
    book: xlsxwriter.Workbook,
    table: SourceTable,
    errors: Dictionary[int, list[Finding]],
    reader: Language,
) -> None:
    sheet = book.add_worksheet((table.sheet or "rows")[:31])
    header = [*table.header, ROW, FINDING, SUGGESTION]
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    wanted = table.rows.filter(
        pc.is_in(table.rows["row_number"], pa.array(list(errors), pa.int32()))
    )
    for place, row in enumerate(wanted.to_pylist(), start=1):
        number = row.pop("row_number")
        for column, cell in enumerate(row.values()):
            sheet.write_string(place, column, cell)
        told = errors[number]
        sheet.write_number(place, len(row), number)
        sheet.write_string(place, len(row) + 1, _told(told, reader))
        advice = [reader.say(one.suggestion) for one in told if one.suggestion]
        sheet.write_string(place, len(row) + 2, " ".join(dict.fromkeys(advice)))
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _told(findings: list[Finding], reader: Language) -> str:
    return " ".join(
        f"[{one.column}] {reader.say(one.message)}" if one.column else reader.say(one.message)
        for one in findings
    )


def is_corrections(source: SourceFile) -> bool:
    """Return whether a file is a workbook of rejected rows."""
    try:
        return _FILE_SHEET in sheets(source)
    except Exception:
        return False


def corrected(
    source: SourceFile, tables: tuple[SourceTable, ...], corrections: SourceFile
) -> tuple[tuple[SourceTable, ...], list[Finding]]:
    """Put corrected rows in the place of those they come from; only these rows are read again.

    A row that the workbook does not hold any more stays as it was in the file.
    """
    own = read(corrections, FileLayout(sheet=_FILE_SHEET, header_row=1)).rows.to_pylist()
    if not own or own[0].get("sha256") != source.sha256:
        return tables, [_of_another_file(own[0].get("name", "") if own else "")]
    findings: list[Finding] = []
    merged = []
    for table in tables:
        name = (table.sheet or "rows")[:31]
        if name not in sheets(corrections):
            merged.append(table)
            continue
        rows = read(corrections, FileLayout(sheet=name, header_row=1, header_rows=1))
        merged.append(_merged(table, rows))
        findings.append(_how_many(rows.rows.num_rows, table.sheet))
    return tuple(merged), findings


def _merged(table: SourceTable, rows: SourceTable) -> SourceTable:
    """Return the table with the corrected rows in their places."""
    wanted = [name for name in table.header if name in rows.rows.column_names]
    numbers = pc.cast(rows.rows[ROW], pa.int32())
    blank = pa.chunked_array([pa.repeat(pa.scalar(""), rows.rows.num_rows)])
    fresh = pa.table(
        {"row_number": numbers}
        | {name: rows.rows[name] if name in wanted else blank for name in table.header}
    )
    is_kept = pc.invert(pc.is_in(table.rows["row_number"], numbers))
    together = pa.concat_tables([table.rows.filter(is_kept), fresh])
    order = pc.sort_indices(together, [("row_number", "ascending")])
    kept_count, fresh_count = together.num_rows - fresh.num_rows, fresh.num_rows
    typed = {
        name: pa.chunked_array(
            [
                *_floats(table.typed.get(name), kept_count, is_kept).chunks,
                *_floats(rows.typed.get(name), fresh_count).chunks,
            ]
        ).take(order)
        for name in table.header
        if name in table.typed or name in rows.typed
    }
    again = set(numbers.to_pylist())
    return replace(
        table,
        rows=together.take(order),
        typed=typed,
        errors=tuple(error for error in table.errors if error.row_number not in again),
    )


def _floats(
    values: pa.ChunkedArray | None, count: int, mask: pa.ChunkedArray | None = None
) -> pa.ChunkedArray:
    if values is None:
        return pa.chunked_array([pa.nulls(count, pa.float64())])
    return pa.chunked_array(values.filter(mask) if mask is not None else values)


def _of_another_file(name: str) -> Finding:
    return Finding(
        "corrections",
        Severity.ERROR,
        text("The corrected rows belong to another file, “{name}”.", name=name),
        text("Give the file that the rows were rejected from together with its corrected rows."),
        value=name,
    )


def _how_many(count: int, sheet: str) -> Finding:
    return Finding(
        "corrections",
        Severity.NOTE,
        plural_text(
            "{count} row was replaced by its corrected version.",
            "{count} rows were replaced by their corrected versions.",
            count,
        ),
        sheet=sheet or None,
    )
