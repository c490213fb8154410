"""Delimited text: how it is split, and its cells."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from budgeting.imports.readers.encodings import decoded
from budgeting.imports.readers.faults import unreadable
from budgeting.imports.readers.sheet import FORMULA_ERRORS, MOST_COLUMNS, BrokenRow, Sheet
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.model import Finding, Severity, text

DELIMITERS = (";", "\t", "|", ",")
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 400
# Commas also stand in numbers and labels, so they must split a file better than others do.
_COMMA_WEIGHT = 0.87
_ERROR = re.compile("|".join(FORMULA_ERRORS).replace("?", r"\?").encode())
_LONGEST_BLOCK = 2**31 - 1


def delimited_sheet(source: SourceFile, layout: FileLayout) -> Sheet:
    """Return the cells of a text file.

    Raises
    ------
    Unreadable
        The file is empty, no text, or cannot be split.
    """
    found = decoded(source.content, layout.encoding)
    if not found.content.strip():
        raise unreadable("empty-file", text("The file is empty."))
    delimiter, width = _split_by(found.content, layout.delimiter)
    if width > MOST_COLUMNS:
        message = text(
            "The rows have {count} cells; that is far more than any budget.", count=width
        )
        raise unreadable("too-large", message)
    columns, broken = _cells(found.content, delimiter, width)
    numbers = _row_numbers(len(columns[0]), [row.row_number for row in broken])
    sheet = Sheet(
        columns,
        pa.array(numbers, pa.int32()),
        FileLayout(found.encoding, delimiter),
        broken=tuple(broken),
        errors=tuple(_errors(found.content, columns, numbers)),
        findings=found.findings,
    )
    return _checked(sheet, found.content)


def _split_by(content: bytes, stated: str | None) -> tuple[str, int]:
    """Return the delimiter and how many columns it makes."""
    sample = content[:_SAMPLE].decode("utf-8", "ignore")
    is_whole = len(content) <= _SAMPLE
    weights: dict[str, tuple[float, int]] = {}
    for delimiter in (stated,) if stated else DELIMITERS:
        counts = _cells_per_row(sample, delimiter, is_whole)
        width, rows = Counter(counts).most_common(1)[0]
        share = rows / len(counts) if width > 1 else 0.0
        weights[delimiter] = (share * (_COMMA_WEIGHT if delimiter == "," else 1), width)
    best = max(weights, key=lambda delimiter: weights[delimiter])
    if not stated and weights[best][0] == 0:
        best = ","
    return best, weights[best][1]


def _cells_per_row(sample: str, delimiter: str, is_whole: bool) -> list[int]:
    """Return how many cells each row has that is not empty."""
    end = re.escape(delimiter)
    # what is quoted counts as one letter, whatever delimiters and line ends are in it
    bare = re.sub(rf'(?<![^{end}\r\n])"(?:[^"]|"")*"(?=[{end}\r\n]|\Z)', "q", sample)
    rows = re.split(r"\r\n|\r|\n", bare)
    whole = rows if is_whole or rows == rows[:1] else rows[:-1]
    counts = [row.count(delimiter) + 1 for row in whole[:_SAMPLE_ROWS] if row.strip()]
    return counts or [1]


def _cells(
    content: bytes, delimiter: str, width: int
) -> tuple[tuple[pa.Array, ...], list[BrokenRow]]:
    broken: list[BrokenRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        cells = tuple(_split(row.text, delimiter))
        broken.append(BrokenRow(row.number, cells, row.text))
        return "skip"

    names = [f"f{index}" for index in range(width)]
    try:
        table = pacsv.read_csv(
            BytesIO(content if content.endswith((b"\n", b"\r")) else content + b"\n"),
            read_options=pacsv.ReadOptions(
                column_names=names,
                use_threads=False,  # only then do broken rows have a number
                block_size=min(
                    len(content) + 2, _LONGEST_BLOCK
                ),  # a cell may be as long as the file
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=b'"' in content,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            # Codes must stay as they are written, whatever they look like: 01 is not 1.
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, ValueError) as error:
        reason = str(error).splitlines()[0]
        message = text("The file cannot be split into rows and cells: {reason}", reason=reason)
        raise unreadable("not-a-table", message) from None
    return tuple(column.combine_chunks() for column in table.columns), broken


def _split(row: str, delimiter: str) -> Iterator[str]:
    """Yield the cells of a row that has too few or too many."""
    end = re.escape(delimiter)
    for found in re.finditer(rf'(?:"((?:[^"]|"")*)"|([^{end}]*))(?:{end}|\Z)', row.rstrip("\r\n")):
        quoted, plain = found.groups()
        yield quoted.replace('""', '"') if quoted is not None else plain
        if not found.group().endswith(delimiter):
            return


def _row_numbers(count: int, left_out: list[int]) -> list[int]:
    """Return the row numbers, from 1, of the rows that remained."""
    gone = set(left_out)
    return [number for number in range(1, count + 1 + len(gone)) if number not in gone][:count]


def _errors(
    content: bytes, columns: tuple[pa.Array, ...], numbers: list[int]
) -> Iterator[tuple[int, int, str]]:
    """Yield the cells in which a spreadsheet program wrote the error of a formula."""
    if not _ERROR.search(content):
        return
    wanted = pa.array(FORMULA_ERRORS)
    for place, cells in enumerate(columns):
        trimmed = pc.ascii_trim_whitespace(cells)
        for index in pc.indices_nonzero(pc.is_in(trimmed, wanted)).to_pylist():
            yield numbers[index], place, trimmed[index].as_py()


def _checked(sheet: Sheet, content: bytes) -> Sheet:
    """Return the sheet with findings for quotes that swallowed rows."""
    rows = len(sheet.row_numbers) + len(sheet.broken)
    if b'"' not in content or max(content.count(b"\n"), content.count(b"\r")) < rows:
        return sheet
    is_open = content.count(b'"') % 2 == 1
    findings = [
        _swallowed(number, cell, is_open and number == sheet.row_numbers[-1].as_py())
        for column in sheet.columns
        for number, cell in _cells_of_lines(sheet, column)
        if _holds_rows(cell, sheet)
    ]
    return replace(sheet, findings=(*sheet.findings, *findings))


def _cells_of_lines(sheet: Sheet, column: pa.Array) -> Iterator[tuple[int, str]]:
    has_lines = pc.match_substring(column, "\n")
    yield from zip(
        sheet.row_numbers.filter(has_lines).to_pylist(),
        column.filter(has_lines).to_pylist(),
        strict=True,
    )


def _holds_rows(cell: str, sheet: Sheet) -> bool:
    """Return whether a cell of several lines looks like rows of the table."""
    others = len(sheet.columns) - 1
    delimiter = sheet.layout.delimiter or ","
    lines = cell.split("\n")
    return others > 0 and any(line.count(delimiter) >= others for line in lines[1:])


def _swallowed(row_number: int, cell: str, is_open: bool) -> Finding:
    return Finding(
        "quote",
        Severity.ERROR if is_open else Severity.QUESTION,
        text("A quoted cell goes over several lines that look like rows of the table."),
        text("Look for a quotation mark in this row that is not closed, and close or remove it."),
        row_number=row_number,
        value=cell[:80],
    )
