"""Workbooks: the sheets of XLSX, XLS and ODS files, and their cells as exact text."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from budgeting.errors import ImportCancelled
from budgeting.imports.cells.numbers import canonical
from budgeting.imports.progress import reached
from budgeting.imports.readers.archive import Kind, archive, encrypted
from budgeting.imports.readers.faults import Unreadable, damaged, unreadable
from budgeting.imports.readers.ods import ods_contents
from budgeting.imports.readers.sheet import Merged, Sheet
from budgeting.imports.readers.sheet_contents import MOST_CELLS, SheetContents
from budgeting.imports.readers.xls import xls_contents
from budgeting.imports.readers.xlsx import xlsx_contents
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.model import text

_CONTENTS = {Kind.XLSX: xlsx_contents, Kind.ODS: ods_contents, Kind.XLS: xls_contents}


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook; `hidden` are the names of sheets that it does not show."""

    opened: CalamineWorkbook
    contents: dict[str, SheetContents]
    names: tuple[str, ...]
    hidden: frozenset[str]

    def sheet(self, name: str) -> Sheet:
        """Return the cells of a sheet; an empty sheet has no column.

        Raises
        ------
        Unreadable
            It is damaged, or its cells lie too far apart to be read.
        """
        contents = self.contents.get(name, SheetContents())
        _check_size([contents])
        reached(text("Opening the sheet “{sheet}”", sheet=name), 0)
        with _any_fault():
            found = self.opened.get_sheet_by_name(name)
            rows = found.to_python(skip_empty_area=False)
            merged = tuple(_merged(found))
        columns, numbers = _columns(rows, contents)
        return Sheet(
            columns,
            pa.array(range(1, len(rows) + 1), pa.int32()),
            FileLayout(sheet=name),
            name=name,
            merged=merged,
            numbers=numbers,
            errors=contents.errors,
        )


def opened_workbook(source: SourceFile, kind: Kind) -> Workbook:
    """Open a workbook.

    Raises
    ------
    Unreadable
        It is damaged, encrypted, or unsafe to open.
    """
    if kind != Kind.XLS:
        archive(source.content)
    with _any_fault():
        contents = _CONTENTS[kind](source.content)
        if kind != Kind.XLSX:  # of other kinds the library reads all sheets at once
            _check_size(list(contents.values()))
        opened = CalamineWorkbook.from_filelike(BytesIO(source.content))
        sheets = [sheet for sheet in opened.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if not sheets:
        raise unreadable("empty-file", text("The workbook has no sheet with cells."))
    return Workbook(
        opened,
        contents,
        tuple(sheet.name for sheet in sheets),
        frozenset(sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible),
    )


@contextmanager
def _any_fault() -> Iterator[None]:
    """Turn whatever a damaged workbook does to the library that reads it into one exception."""
    try:
        yield
    except (Unreadable, MemoryError, ImportCancelled):
        raise
    except PasswordError:
        raise encrypted() from None
    except Exception:
        raise damaged() from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library says that it has failed
            raise
        raise damaged() from None


def _merged(sheet: CalamineSheet) -> Iterator[Merged]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield Merged(top + 1, bottom + 1, left, right)


def _columns(
    rows: list[list[Any]], contents: SheetContents
) -> tuple[tuple[pa.Array, ...], dict[int, pa.Array]]:
    """Return the cells as text, and by column the numbers among them."""
    columns: list[pa.Array] = []
    numbers: dict[int, pa.Array] = {}
    failed = contents.errors_by_column()
    for place, cells in enumerate(zip(*rows, strict=True)):
        values = _with_errors(cells, failed.get(place, {}))
        kinds = set(map(type, values))
        if kinds & {float, int}:
            only = values if kinds <= _NUMBERS else [_number(value) for value in values]
            numbers[place] = pa.array(only, pa.float64())
        columns.append(_as_text(values, kinds, numbers.get(place)))
        reached(text("Reading the columns of the sheet"), (place + 1) / len(rows[0]))
    return tuple(columns), numbers


_NUMBERS = {float, int}  # and not bool, which is an int


def _with_errors(cells: tuple[Any, ...], errors: dict[int, str]) -> list[Any] | tuple[Any, ...]:
    """Return cells with the errors of formulas, which the library leaves empty."""
    if not errors:
        return cells
    values = list(cells)
    for row_number, error in errors.items():
        if row_number <= len(values):
            values[row_number - 1] = error
    return values


def _number(value: Any) -> float | None:
    return value if type(value) in _NUMBERS else None


def _as_text(
    values: list[Any] | tuple[Any, ...], kinds: set[type], numbers: pa.Array | None
) -> pa.Array:
    if kinds == {str}:
        return pa.array(values, pa.string())
    if kinds <= _NUMBERS:
        return canonical(numbers)
    if not kinds <= {str, *_NUMBERS}:
        values = [value if type(value) in _NUMBERS else _written(value) for value in values]
    words = pa.array([value if type(value) is str else None for value in values], pa.string())
    return words if numbers is None else pc.coalesce(words, canonical(numbers))


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _check_size(sheets: Sequence[SheetContents]) -> None:
    """Refuse sheets with cells so far apart that what is between them would fill the memory."""
    is_too_large = sum(sheet.area for sheet in sheets) > MOST_CELLS
    if not is_too_large and not any(sheet.is_too_large for sheet in sheets):
        return
    largest = max(sheets, key=lambda sheet: sheet.area)
    raise unreadable(
        "too-large",
        text(
            "The cells of the sheet reach to row {rows} and over {columns} columns; "
            "that is far more than any budget.",
            rows=largest.rows,
            columns=largest.columns,
        ),
        text("Copy the cells with figures into a new workbook, and import that file."),
    )
