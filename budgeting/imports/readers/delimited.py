"""Delimited text: how it is split, and its cells."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from budgeting.imports.progress import Listener, listener
from budgeting.imports.readers.encodings import decoded
from budgeting.imports.readers.faults import unreadable
from budgeting.imports.readers.sheet import FORMULA_ERRORS, MOST_COLUMNS, BrokenRow, Sheet
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.imports.together import each
from budgeting.model import Finding, Severity, text

DELIMITERS = (";", "\t", "|", ",")
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 400
# Commas also stand in numbers and labels, so they must split a file better than others do.
_COMMA_WEIGHT = 0.87
_ERROR = re.compile("|".join(FORMULA_ERRORS).replace("?", r"\?").encode())
_LONGEST_BLOCK = 2**31 - 1
_BLOCK = 1 << 22  # bytes that one of several threads reads at a time
_NOT_EMPTY = re.compile(rb"\S")


_MARKS_ALONE = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")  # byte order marks, and nothing else


def delimited_sheet(source: SourceFile, layout: FileLayout) -> Sheet:
    """Return the cells of a text file.

    Raises
    ------
    Unreadable
        The file is empty, no text, or cannot be split.
    """
    if source.content in _MARKS_ALONE:
        raise unreadable("empty-file", text("The file is empty."))
    found = decoded(source.content, layout.encoding)
    if not _NOT_EMPTY.search(found.content):
        raise unreadable("empty-file", text("The file is empty."))
    delimiter, width = _split_by(found.content, layout.delimiter)
    if width > MOST_COLUMNS:
        message = text(
            "The rows have {count} cells; that is far more than any budget.", count=width
        )
        raise unreadable("too-large", message)
    written = _Written(_ended(found.content), delimiter, width)
    columns, broken = _cells(written)
    numbers = _row_numbers(len(columns[0]), [row.row_number for row in broken])
    sheet = Sheet(
        columns,
        pa.array(numbers),
        FileLayout(found.encoding, delimiter),
        broken=tuple(broken),
        errors=tuple(_errors(found.content, columns, numbers)),
        findings=found.findings,
    )
    return _checked(sheet, written)


@dataclass(frozen=True)
class _Written:
    """A text in UTF-8 whose last line has an end, its delimiter, and how many cells a row has."""

    content: bytes
    delimiter: str
    width: int

    @cached_property
    def has_quotes(self) -> bool:
        return b'"' in self.content

    @cached_property
    def line_count(self) -> int:
        """Lines of the text; rows are fewer where a quoted cell has several lines."""
        content = self.content
        ends = content.count(b"\n")
        if b"\r" in content:
            ends += content.count(b"\r") - content.count(b"\r\n")
        return ends

    def has_long_cells(self, rows: int) -> bool:
        """Tell whether some cell of these rows has several lines."""
        return self.has_quotes and self.line_count > rows


def _ended(content: bytes) -> bytes:
    return content if content.endswith((b"\n", b"\r")) else content + b"\n"


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


def _cells(written: _Written) -> tuple[tuple[pa.Array, ...], list[BrokenRow]]:
    table: pa.Table | None = None
    broken: list[BrokenRow] = []
    if len(written.content) > 2 * _BLOCK:
        table = _large_table(written)
    if table is None:
        table, broken = _table(written)
    rows, columns = table.num_rows, list(table.columns)
    del table

    def whole(place: int) -> pa.Array:
        chunks, columns[place] = columns[place], None  # so that few columns are there twice
        return chunks.combine_chunks()

    return tuple(each(whole, range(len(columns)), rows)), broken


def _large_table(written: _Written) -> pa.Table | None:
    """Return the rows, read by several threads; None where a row is broken or longer than a block.

    Blocks end where a line ends. This is right unless a quoted cell has several lines, which the
    number of rows tells; then quotes are followed from the begin of the file, which takes longer.
    """
    table = _in_blocks(written, newlines_in_values=False)
    if table is not None and not written.has_long_cells(table.num_rows):
        return table
    del table
    # Between two blocks a quoted "\r\n" would lose its second half.
    if not written.has_quotes or b"\r" in written.content:
        return None
    return _in_blocks(written, newlines_in_values=True)


def _in_blocks(written: _Written, *, newlines_in_values: bool) -> pa.Table | None:
    try:
        return pacsv.read_csv(
            _told(written.content),
            pacsv.ReadOptions(
                column_names=_names(written.width), use_threads=True, block_size=_BLOCK
            ),
            _parse_options(written.delimiter, newlines_in_values),
            _convert_options(written.width),
        )
    except (pa.ArrowInvalid, ValueError):
        return None


class _Told(BytesIO):
    """Bytes that tell how many of them were read, from whichever thread reads them."""

    def __init__(self, content: bytes, tell: Listener) -> None:
        super().__init__(content)
        self._tell, self._size = tell, len(content)

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        self._tell(text("Reading the bytes of the file"), self.tell() / self._size)
        return part


def _told(content: bytes) -> pa.NativeFile:
    tell = listener()
    return pa.PythonFile(_Told(content, tell), "r") if tell else pa.BufferReader(content)


def _table(written: _Written) -> tuple[pa.Table, list[BrokenRow]]:
    """Return the rows and, with their numbers, those that are broken."""
    broken: list[BrokenRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        cells = tuple(_split(row.text, written.delimiter))
        broken.append(BrokenRow(row.number, cells, row.text))
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(written.content),
            pacsv.ReadOptions(
                column_names=_names(written.width),
                use_threads=False,  # only then do broken rows have a number
                # a cell may be as long as the file
                block_size=min(len(written.content) + 1, _LONGEST_BLOCK),
            ),
            _parse_options(written.delimiter, written.has_quotes, set_aside),
            _convert_options(written.width),
        )
    except (pa.ArrowInvalid, ValueError) as error:
        reason = str(error).splitlines()[0]
        message = text("The file cannot be split into rows and cells: {reason}", reason=reason)
        raise unreadable("not-a-table", message) from None
    return table, broken


def _names(width: int) -> list[str]:
    return [f"f{index}" for index in range(width)]


def _parse_options(
    delimiter: str,
    newlines_in_values: bool,
    handler: Callable[[pacsv.InvalidRow], str] | None = None,
) -> pacsv.ParseOptions:
    return pacsv.ParseOptions(
        delimiter=delimiter,
        newlines_in_values=newlines_in_values,
        ignore_empty_lines=False,
        invalid_row_handler=handler,
    )


def _convert_options(width: int) -> pacsv.ConvertOptions:
    # Codes must stay as they are written, whatever they look like: 01 is not 1. What was decoded is
    # UTF-8 and needs no check.
    types = dict.fromkeys(_names(width), pa.string())
    return pacsv.ConvertOptions(column_types=types, strings_can_be_null=False, check_utf8=False)


def _split(row: str, delimiter: str) -> Iterator[str]:
    """Yield the cells of a row that has too few or too many."""
    end = re.escape(delimiter)
    for found in re.finditer(rf'(?:"((?:[^"]|"")*)"|([^{end}]*))(?:{end}|\Z)', row.rstrip("\r\n")):
        quoted, plain = found.groups()
        yield quoted.replace('""', '"') if quoted is not None else plain
        if not found.group().endswith(delimiter):
            return


def _row_numbers(count: int, left_out: list[int]) -> npt.NDArray[np.int32]:
    """Return the row numbers, from 1, of the rows that remained."""
    numbers = np.arange(1, count + 1 + len(left_out), dtype=np.int32)
    return numbers[~np.isin(numbers, left_out)][:count] if left_out else numbers


def _errors(
    content: bytes, columns: tuple[pa.Array, ...], numbers: npt.NDArray[np.int32]
) -> Iterator[tuple[int, int, str]]:
    """Yield the cells in which a spreadsheet program wrote the error of a formula."""
    if b"#" not in content or not _ERROR.search(content):
        return
    wanted = pa.array(FORMULA_ERRORS)
    for place, cells in enumerate(columns):
        trimmed = pc.ascii_trim_whitespace(cells)
        for index in pc.indices_nonzero(pc.is_in(trimmed, wanted)).to_pylist():
            yield int(numbers[index]), place, trimmed[index].as_py()


def _checked(sheet: Sheet, written: _Written) -> Sheet:
    """Return the sheet with findings for quotes that swallowed rows."""
    if not written.has_long_cells(len(sheet.row_numbers) + len(sheet.broken)):
        return sheet
    is_open = written.content.count(b'"') % 2 == 1
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
