"""Corrections: the rejected rows of a file as a workbook, and the same workbook read again.

The workbook has the file's own columns, then what was wrong. A second sheet names the file by its
fingerprint, so that corrected rows can only take the place of the rows they come from.
"""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from io import BytesIO
from typing import Any

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

    One page per sheet of the file that has such rows.
    """
    by_sheet = _errors_by_row(findings)
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        own = [["name", "sha256", "page", "sheet", "row"]]
        for number, table in enumerate(tables, start=1):
            errors = by_sheet.get(table.sheet, {}) or by_sheet.get("", {})
            page = f"rows {number}"
            written = (
                _write_sheet(book.add_worksheet(page), table, errors, reader) if errors else []
            )
            own += [[source.name, source.sha256, page, table.sheet, str(row)] for row in written]
        file_sheet = book.add_worksheet(_FILE_SHEET)
        for place, cells in enumerate(own):
            for column, cell in enumerate(cells):
                file_sheet.write_string(place, column, cell)
    return memory.getvalue()


def _errors_by_row(findings: Iterable[Finding]) -> Dictionary[str, dict[int, list[Finding]]]:
    found: dict[str, dict[int, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.row_number:
            found[finding.sheet or ""][finding.row_number].append(finding)
    return found


def _write_sheet(
    sheet: Any, table: SourceTable, errors: Dictionary[int, list[Finding]], reader: Language
) -> list[int]:
    """Write the rows with errors, all cells as text; return their numbers."""
    for column, name in enumerate([*table.header, ROW, FINDING, SUGGESTION]):
        sheet.write_string(0, column, name)
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
    return [int(number) for number in wanted["row_number"].to_pylist()]


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
    own = read(corrections, FileLayout(sheet=_FILE_SHEET, header_row=1, header_rows=1))
    if not {"sha256", "name", "page", "sheet", "row"} <= set(own.header):
        return tables, [_of_another_file("")]
    told = own.rows.to_pylist()
    if not told or {row["sha256"] for row in told} != {source.sha256}:
        return tables, [_of_another_file(told[0]["name"] if told else "")]
    findings: list[Finding] = []
    merged = []
    for table in tables:
        rows = {row["row"]: row["page"] for row in told if row["sheet"] == table.sheet}
        if not rows:
            merged.append(table)
            continue
        page = next(iter(rows.values()))
        fresh, wrong = _corrected_rows(corrections, page, set(rows))
        findings += wrong or [_how_many(fresh.rows.num_rows, table.sheet)]
        merged.append(table if wrong else _merged(table, fresh))
    return tuple(merged), findings


def _corrected_rows(
    corrections: SourceFile, page: str, rejected: set[str]
) -> tuple[SourceTable, list[Finding]]:
    """Return the corrected rows of a page; each must be one of those rejected, and stand there once."""
    if page not in sheets(corrections):
        return SourceTable((), pa.table({})), [_changed_page(page)]
    fresh = read(corrections, FileLayout(sheet=page, header_row=1, header_rows=1))
    if ROW not in fresh.header:
        return fresh, [_changed_page(page)]
    numbers = fresh.rows[ROW].to_pylist()
    strange = [number for number in numbers if number not in rejected]
    strange += [number for number in set(numbers) if numbers.count(number) > 1]
    return fresh, [_strange_row(page, number) for number in dict.fromkeys(strange)]


def _changed_page(page: str) -> Finding:
    return Finding(
        "corrections",
        Severity.ERROR,
        text(
            "The workbook of corrected rows has no page “{page}” with the column of row numbers.",
            page=page,
        ),
        text("Download the rejected rows again and correct only their cells."),
        value=page,
    )


def _strange_row(page: str, number: str) -> Finding:
    return Finding(
        "corrections",
        Severity.ERROR,
        text("Row “{number}” was not rejected, or stands in the workbook twice.", number=number),
        text("Leave the column of row numbers as it was, and every row once."),
        column=ROW,
        value=number,
        sheet=page,
    )


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
