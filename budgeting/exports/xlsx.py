"""XLSX: a workbook with one sheet per table, real numbers, and a sheet about itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from budgeting.errors import BudgetingError
from budgeting.exports.cells import (
    coded,
    digits,
    exact,
    heading,
    is_known,
    localised,
    money,
    stamp,
    table_name,
)
from budgeting.model import Column, Report, Table, text
from budgeting.translations import Language

CREATED = datetime(2000, 1, 1)  # a constant: the same report gives the same bytes
MOST_ROWS = 1_048_575  # below the header
LONGEST_TEXT = 32_767
EXACT_BELOW = Decimal(10) ** 13  # 15 significant digits with the cents: what a sheet keeps exactly
LONGEST_SHEET_NAME = 31
NUMBER_FORMATS = {"money": "#,##0.00", "share": "0.0%", "count": "#,##0", "number": "General"}
NARROWEST, WIDEST = 8, 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet under the pen: where to write, with which formats, in which language."""

    sheet: Any
    formats: Mapping[str, Any]
    language: Language


def write_xlsx(report: Report, language: Language) -> bytes:
    """Return a workbook: a sheet per table, then the stamp.

    An amount that a spreadsheet could not hold to the cent is written as text instead.

    Raises
    ------
    BudgetingError
        A table has more rows than a sheet.
    """
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": language.say(report.title), "created": CREATED})
    about = language.say(text("About"))
    names = _sheet_names([about, *(table_name(k, t, language) for k, t in report.tables.items())])
    formats = _formats(book)
    for name, table in zip(names[1:], report.tables.values(), strict=True):
        _write_table(_Sheet(book.add_worksheet(name), formats, language), table)
    _write_about(_Sheet(book.add_worksheet(names[0]), formats, language), stamp(report, language))
    book.close()
    return content.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
    formats["date"] = book.add_format({"num_format": "yyyy-mm-dd"})
    formats["heading"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats["text"] = book.add_format({})
    formats["long"] = book.add_format({"text_wrap": True, "valign": "top"})
    formats["figures"] = book.add_format({"align": "right"})
    return formats


def _sheet_names(wishes: Iterable[str]) -> list[str]:
    """Return names that a workbook takes: short, without special characters, each once."""
    names: list[str] = []
    for wish in wishes:
        name = "".join("-" if mark in "[]:*?/\\" else mark for mark in wish).strip(" '") or "–"
        taken = {other.casefold() for other in names} | {"history"}
        unique, number = name[:LONGEST_SHEET_NAME], 1
        while unique.casefold() in taken:
            number += 1
            ending = f" {number}"
            unique = name[: LONGEST_SHEET_NAME - len(ending)] + ending
        names.append(unique)
    return names


def _write_table(on: _Sheet, table: Table) -> None:
    if table.rows.num_rows > MOST_ROWS:
        raise BudgetingError(
            text(
                "The table has {rows} rows; a sheet holds {most}. "
                "Narrow the selection, or export CSV.",
                rows=table.rows.num_rows,
                most=MOST_ROWS,
            )
        )
    for place, column in enumerate(table.visible):
        label = heading(column, on.language)
        on.sheet.write_string(0, place, label, on.formats["heading"])
        widest = len(label)
        for row, value in enumerate(table.rows[column.key].to_pylist(), start=1):
            if is_known(value):
                widest = max(widest, _write_cell(on, (row, place), value, column))
        on.sheet.set_column(place, place, min(max(widest + 2, NARROWEST), WIDEST))
    on.sheet.freeze_panes(1, 0)
    if table.visible:
        on.sheet.autofilter(0, 0, table.rows.num_rows, len(table.visible) - 1)


def _write_cell(on: _Sheet, cell: tuple[int, int], value: Any, column: Column) -> int:
    """Write one value and return how many characters wide it is shown."""
    if column.kind in NUMBER_FORMATS:
        return _write_number(on, cell, value, column)
    if isinstance(value, date):
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        on.sheet.write_datetime(*cell, moment, on.formats["date"])
        return len("2026-01-01")
    words = _that_fits(str(coded(column.key, value, on.language)))
    on.sheet.write_string(*cell, words, on.formats["text"])
    return len(words)


def _write_number(on: _Sheet, cell: tuple[int, int], value: Any, column: Column) -> int:
    number = money(value) if column.kind == "money" else exact(value)
    if column.kind == "money" and not _stays_exact(number):
        shown = localised(value, column, on.language)
        on.sheet.write_string(*cell, shown, on.formats["figures"])
    else:
        shown = f"{number:,.2f}" if column.kind == "money" else digits(number)[:12]
        on.sheet.write_number(*cell, float(number), on.formats[column.kind])
    return len(shown)


def _stays_exact(amount: Decimal) -> bool:
    """Return whether a spreadsheet's binary number means this very amount."""
    return abs(amount) < EXACT_BELOW and Decimal(repr(float(amount))) == amount


def _that_fits(words: str) -> str:
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + "…"


def _write_about(on: _Sheet, pairs: Iterable[tuple[str, str]]) -> None:
    on.sheet.set_column(0, 0, 24)
    on.sheet.set_column(1, 1, 100)
    for row, (name, value) in enumerate(pairs):
        on.sheet.write_string(row, 0, name, on.formats["heading"])
        on.sheet.write_string(row, 1, _that_fits(value), on.formats["long"])
