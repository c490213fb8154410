"""Tables: a sheet's cells below its header, under the names of their columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.readers.faults import unreadable
from budgeting.imports.readers.header import Header, detected_header, stated_header
from budgeting.imports.readers.sheet import BrokenRow, Sheet
from budgeting.imports.readers.sheet_contents import NO_RESULT
from budgeting.imports.source import CellError, FileLayout, SourceTable
from budgeting.model import Finding, Severity, plural_text, text

_OWN_NAME = "row_number"
_POSITION = re.compile(r"#[0-9]+")
_SHOWN = 80


def table_of(sheet: Sheet, layout: FileLayout) -> SourceTable:
    """Return a sheet as a table, with its header as stated or as found.

    Raises
    ------
    Unreadable
        The sheet is empty, or has no row where the header is stated.
    """
    if not sheet.columns:
        raise unreadable("empty-file", text("The sheet is empty."))
    header = _header(sheet, layout)
    kept = _columns_with_cells(sheet, header)
    if not kept:
        raise unreadable("empty-file", text("The sheet is empty."))
    names = _distinct_names(header.names)
    below = _rows_below(sheet, header)
    empty = _empty_rows([sheet.columns[column].slice(below) for column in kept])
    numbers = sheet.row_numbers.slice(below)
    cells = {names[column]: _without(sheet.columns[column].slice(below), empty) for column in kept}
    rows = pa.table({_OWN_NAME: _without(numbers, empty), **cells})
    broken = [row for row in sheet.broken if row.row_number > header.last_row]
    comments = [row for row in broken if _is_comment(row)]
    rejected = [row for row in broken if row not in comments]
    skipped = [*numbers.take(empty).to_pylist(), *(row.row_number for row in comments)]
    return SourceTable(
        tuple(cells),
        rows,
        skipped=tuple(sorted(skipped)),
        rejected=tuple(row.row_number for row in rejected),
        findings=(
            *_in_sheet(sheet, sheet.findings),
            *_in_sheet(sheet, _header_findings(sheet, header, names, kept)),
            *_in_sheet(sheet, (_broken_row(row, len(sheet.columns)) for row in rejected)),
            *_in_sheet(sheet, _no_rows(rows, broken, header)),
            *_in_sheet(sheet, _not_computed(sheet)),
        ),
        positions=tuple(column + 1 for column in kept),
        sheet=sheet.name,
        layout=_complete(sheet, layout, header),
        above=tuple(_above(sheet, header)),
        typed={
            names[column]: pa.chunked_array([_without(sheet.numbers[column].slice(below), empty)])
            for column in kept
            if column in sheet.numbers
        },
        errors=tuple(_errors(sheet, names, header)),
    )


def _header(sheet: Sheet, layout: FileLayout) -> Header:
    width = len(sheet.columns)
    rows = sheet.first_rows()
    if layout.header_row is None:
        return detected_header(rows, sheet.merged, width)
    place = (layout.header_row, layout.header_rows)
    if not 0 <= layout.header_row <= len(sheet.row_numbers) + len(sheet.broken):
        message = text("The file has no row {row}, where the header is stated.", row=place[0])
        raise unreadable("header", message, text("State the row of the header, or 0 for none."))
    if layout.header_row > len(rows) // 2:
        rows = sheet.first_rows(layout.header_row + len(rows))
    return stated_header(rows, sheet.merged, width, place)


def _columns_with_cells(sheet: Sheet, header: Header) -> list[int]:
    """Return the columns that have a name or a cell below the header."""
    below = _rows_below(sheet, header)
    return [
        column
        for column, cells in enumerate(sheet.columns)
        if header.names[column] or len(_blank(cells.slice(below))) < len(cells) - below
    ]


def _blank(cells: pa.Array) -> pa.Array:
    """Return the indices of the cells without a word."""
    short = pc.indices_nonzero(pc.less(pc.binary_length(cells), _SHOWN))
    is_blank = pc.equal(pc.utf8_trim_whitespace(cells.take(short)), "")
    return short.filter(is_blank)


def _empty_rows(columns: Sequence[pa.Array]) -> pa.Array:
    """Return the indices of the rows without a word."""
    empty = _blank(columns[0])
    for cells in columns[1:]:
        if not len(empty):
            break
        empty = empty.take(_blank(cells.take(empty)))
    return empty


def _without(cells: pa.Array, left_out: pa.Array) -> pa.Array:
    if not len(left_out):
        return cells
    is_left_out = pc.is_in(pa.array(range(len(cells)), pa.uint64()), left_out.cast(pa.uint64()))
    return cells.filter(pc.invert(is_left_out))


def _rows_below(sheet: Sheet, header: Header) -> int:
    """Return how many of the whole rows belong to the header or stand above it."""
    return pc.sum(pc.less_equal(sheet.row_numbers, header.last_row)).as_py() or 0


def _distinct_names(names: Sequence[str]) -> list[str]:
    """Return a name for every column: its own, "#3" for none, "name #7" where it stands twice."""
    taken: set[str] = {_OWN_NAME}
    distinct: list[str] = []
    for place, name in enumerate(names, 1):
        position = f"#{place}"
        is_plain = (
            name and name not in taken and (name == position or not _POSITION.fullmatch(name))
        )
        distinct.append(name if is_plain else f"{name} {position}".strip())
        taken.add(distinct[-1])
    return distinct


def _above(sheet: Sheet, header: Header) -> Iterator[tuple[int, tuple[str, ...]]]:
    rows = sheet.first_rows(header.first_row) if header.first_row else []
    for number, cells in rows:
        is_above = number < header.first_row or number == header.numbering
        if is_above and any(cell.strip() for cell in cells):
            yield number, cells


def _errors(sheet: Sheet, names: Sequence[str], header: Header) -> Iterator[CellError]:
    for row_number, column, error in sheet.errors:
        if row_number > header.last_row and column < len(names):
            yield CellError(row_number, names[column], error)


def _complete(sheet: Sheet, layout: FileLayout, header: Header) -> FileLayout:
    return replace(
        sheet.layout,
        header_row=header.first_row,
        header_rows=header.rows,
        style=layout.style,
        styles=layout.styles,
    )


def _is_comment(row: BrokenRow) -> bool:
    return len(row.cells) == 1 and row.written.startswith("#")


def _in_sheet(sheet: Sheet, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, sheet=sheet.name) if sheet.name else finding


def _header_findings(
    sheet: Sheet, header: Header, names: Sequence[str], kept: Sequence[int]
) -> Iterator[Finding]:
    named = [column for column in kept if header.names[column]]
    for column in named:
        if names[column] != header.names[column]:
            yield _renamed(header, header.names[column], names[column])
    for row in sheet.broken:
        if header.first_row <= row.row_number <= header.last_row:
            yield from _cells_of_header(row, len(kept))
    if header.numbering is not None:
        yield Finding(
            "header",
            Severity.NOTE,
            text("The row only numbers the columns; it was left out."),
            row_number=header.numbering,
        )


def _renamed(header: Header, name: str, used: str) -> Finding:
    return Finding(
        "repeated-column",
        Severity.WARNING,
        text(
            "Another column is called “{column}” too; this one is read as “{name}”.",
            column=name,
            name=used,
        ),
        text("Check that the mapping names the column that is meant."),
        row_number=header.first_row,
        column=used,
    )


def _cells_of_header(row: BrokenRow, columns: int) -> Iterator[Finding]:
    """Yield a finding for a header that names fewer or more columns than the rows have."""
    found = len(row.cells)
    while found > columns and not row.cells[found - 1].strip():
        found -= 1
    if found != columns:
        yield Finding(
            "cells-of-header",
            Severity.ERROR if found > columns else Severity.QUESTION,
            text(
                "The header has {found} cells where the rows have {expected}.",
                found=found,
                expected=columns,
            ),
            text(
                "Look for a missing or a surplus delimiter: the names may not be over their columns."
            ),
            row_number=row.row_number,
            value=row.written[:_SHOWN].rstrip(),
        )


def _broken_row(row: BrokenRow, columns: int) -> Finding:
    return Finding(
        "cells-of-row",
        Severity.ERROR,
        text(
            "The row has {found} cells where the header has {expected}.",
            found=len(row.cells),
            expected=columns,
        ),
        text("Look for a missing or a surplus delimiter in this row."),
        row_number=row.row_number,
        value=row.written[:_SHOWN].rstrip(),
    )


def _no_rows(rows: pa.Table, broken: Sequence[BrokenRow], header: Header) -> Iterator[Finding]:
    if not rows.num_rows and not broken:
        yield Finding(
            "empty-file",
            Severity.ERROR,
            text("Below its header the file has no row."),
            text("Check that this is the file you meant and that the mapping fits it."),
            row_number=header.last_row,
        )


def _not_computed(sheet: Sheet) -> Iterator[Finding]:
    places = [row_number for row_number, _, error in sheet.errors if error == NO_RESULT]
    if places:
        yield Finding(
            "formula-without-result",
            Severity.WARNING,
            plural_text(
                "{count} cell has a formula that no program has computed yet.",
                "{count} cells have formulas that no program has computed yet.",
                len(places),
            ),
            text("Open the workbook in a spreadsheet program, save it, and import that file."),
            row_number=places[0],
            value=NO_RESULT,
        )


def hidden_sheet(name: str) -> Finding:
    """Return the note that a sheet is read although the workbook hides it."""
    return Finding(
        "hidden-sheet",
        Severity.NOTE,
        text("The workbook hides the sheet “{sheet}”; it was read like the others.", sheet=name),
        text("Leave it out if it is no part of the budget."),
        sheet=name,
    )


def other_sheets(name: str, count: int) -> Finding:
    """Return the note that a workbook has sheets that were not read."""
    return Finding(
        "other-sheets",
        Severity.NOTE,
        plural_text(
            "The sheet “{sheet}” was read; the workbook has {count} other sheet.",
            "The sheet “{sheet}” was read; the workbook has {count} other sheets.",
            count,
            sheet=name,
        ),
        text("Choose another sheet, or read all of them."),
        sheet=name,
    )
