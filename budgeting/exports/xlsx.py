"""XLSX: a workbook with one sheet per table, real numbers, and a sheet about itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from budgeting.errors import BudgetingError
from budgeting.exports.cells import (
    digits,
    exact,
    heading,
    in_words,
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
LONGEST_HEADER = 200  # of 255 characters; the rest is for the data version
NUMBER_FORMATS = {
    "money": "#,##0.00",
    "share": "0.0%",
    "count": "#,##0",
    "number": "General",
    "index": "0.000",
}
NARROWEST, WIDEST = 8, 60


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet under the pen: where to write, with which formats, in which language."""

    sheet: Any
    formats: Mapping[str, Any]
    language: Language


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a value stands; ``summed`` is how many rows above it are what it adds.

    A sum ``is_live`` where every one of them is a number: a formula would pass over text.
    """

    row: int
    column: int
    summed: int
    is_live: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """Row and column, both from 0."""
        return self.row, self.column

    @property
    def formula(self) -> str:
        """A sum that leaves out the sums among its rows, as SUBTOTAL does."""
        first = self.row - self.summed
        return f"=SUBTOTAL(9,{xl_range(first, self.column, self.row - 1, self.column)})"

    def format(self, on: _Sheet, kind: str) -> Any:
        """Return how a value of a kind looks here; sums are bold under a line."""
        return on.formats[f"sum {kind}" if self.summed else kind]


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
        sheet = book.add_worksheet(name)
        sheet.set_header(_header(report, language))
        _write_table(_Sheet(sheet, formats, language), table)
    _write_about(_Sheet(book.add_worksheet(names[0]), formats, language), stamp(report, language))
    book.close()
    return content.getvalue()


def _header(report: Report, language: Language) -> str:
    """Return what is printed above each page: whose report it is, and of which data."""
    whose = [report.parameters.get(name) for name in ("municipality", "year")]
    parts = [language.say(report.title), *(str(one) for one in whose if one)]
    version = language.say(text("Data version {number}", number=str(report.data_version)))
    left, right = (words.replace("&", "&&") for words in (" · ".join(parts), version))
    return f"&L{left[:LONGEST_HEADER]}&R{right}"


def _formats(book: Any) -> dict[str, Any]:
    formats = {kind: book.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
    formats["date"] = book.add_format({"num_format": "yyyy-mm-dd"})
    formats["heading"] = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    formats["text"] = book.add_format({})
    formats["long"] = book.add_format({"text_wrap": True, "valign": "top"})
    formats["figures"] = book.add_format({"align": "right"})
    for kind in (*NUMBER_FORMATS, "date", "text", "figures"):
        bold = {"bold": True, "top": 1, "num_format": NUMBER_FORMATS.get(kind, "General")}
        formats[f"sum {kind}"] = book.add_format(bold)
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
    above = table.rows[table.sums].to_pylist() if table.sums else [0] * table.rows.num_rows
    for place, column in enumerate(table.visible):
        label = heading(column, on.language)
        on.sheet.write_string(0, place, label, on.formats["heading"])
        widest = len(label)
        values = table.rows[column.key].to_pylist()
        texts = {row for row, value in enumerate(values, start=1) if _is_text(value, column)}
        for row, (value, summed) in enumerate(zip(values, above, strict=True), start=1):
            if is_known(value):
                cell = _Cell(row, place, summed, texts.isdisjoint(range(row - summed, row)))
                widest = max(widest, _write_cell(on, cell, value, column))
        on.sheet.set_column(place, place, min(max(widest + 2, NARROWEST), WIDEST))
    on.sheet.freeze_panes(1, 0)
    if table.visible and not table.sums:  # sorting would tear sums from what they add
        on.sheet.autofilter(0, 0, table.rows.num_rows, len(table.visible) - 1)
    _set_paper(on.sheet)


def _set_paper(sheet: Any) -> None:
    """Let the sheet print on A4 as wide as the paper, with its heading on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _write_cell(on: _Sheet, cell: _Cell, value: Any, column: Column) -> int:
    """Write one value and return how many characters wide it is shown."""
    if column.kind in NUMBER_FORMATS:
        return _write_number(on, cell, value, column)
    if isinstance(value, date):
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        on.sheet.write_datetime(*cell.place, moment, on.formats["date"])
        return len("2026-01-01")
    words = _that_fits(str(in_words(column, value, on.language)))
    is_long = len(words) > WIDEST and not cell.summed
    on.sheet.write_string(*cell.place, words, cell.format(on, "long" if is_long else "text"))
    return len(words)


def _write_number(on: _Sheet, cell: _Cell, value: Any, column: Column) -> int:
    number = money(value) if column.kind == "money" else exact(value)
    if column.kind == "money" and not _stays_exact(number):
        shown = localised(value, column, on.language)
        on.sheet.write_string(*cell.place, shown, cell.format(on, "figures"))
        return len(shown)
    form = cell.format(on, column.kind)
    if column.kind == "money" and cell.summed and cell.is_live:
        on.sheet.write_formula(*cell.place, cell.formula, form, float(number))
    else:
        on.sheet.write_number(*cell.place, float(number), form)
    return len(f"{number:,.2f}" if column.kind == "money" else digits(number)[:12])


def _is_text(value: Any, column: Column) -> bool:
    """Return whether an amount is written as text, because a number would not hold it."""
    return column.kind == "money" and is_known(value) and not _stays_exact(money(value))


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
