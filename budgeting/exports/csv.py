"""CSV: text that the reader's own spreadsheet opens with a double click."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

from budgeting.exports.cells import (
    FORMULA_MARKS,
    decimal_mark,
    heading,
    in_words,
    is_known,
    localised,
    stamp,
    table_name,
)
from budgeting.model import Column, Report, Table
from budgeting.translations import Language

NUMBERS = ("money", "share", "count", "number", "index")


def write_csv(report: Report, language: Language) -> bytes:
    """Return the report's tables one after another, the stamp before them as ``# `` lines.

    UTF-8 with a byte order mark; where the language writes a decimal comma, cells are separated by
    semicolons. Shares are parts of one. A text that a spreadsheet would take for a formula starts
    with an apostrophe.
    """
    lines = StringIO()
    delimiter = ";" if decimal_mark(language) == "," else ","
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    for name, value in stamp(report, language):
        lines.write(_comment(f"{name}: {value}"))
    for number, (key, table) in enumerate(report.tables.items()):
        if number:
            lines.write("\r\n")
        if len(report.tables) > 1:
            lines.write(_comment(table_name(key, table, language)))
        writer.writerow([_as_text(heading(column, language)) for column in table.visible])
        writer.writerows(_rows(table, language))
    return lines.getvalue().encode("utf-8-sig")


def _rows(table: Table, language: Language) -> Iterator[list[str]]:
    columns = table.visible
    for row in table.rows.to_pylist():
        yield [_cell(row[column.key], column, language) for column in columns]


def _cell(value: Any, column: Column, language: Language) -> str:
    if not is_known(value):
        return ""
    if column.kind in NUMBERS:
        return localised(value, column, language)
    if isinstance(value, date):
        return value.isoformat()
    return _as_text(str(in_words(column, value, language)))


def _as_text(words: str) -> str:
    return "'" + words if words.startswith(FORMULA_MARKS) else words


def _comment(words: str) -> str:
    """Return one line; a straight quotation mark would open a cell that nothing closes."""
    return "# " + " ".join(words.split()).replace('"', "'") + "\r\n"
