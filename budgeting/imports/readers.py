"""Readers: bytes of a file to rows of text, numbered as in the file."""

import hashlib
from dataclasses import dataclass
from functools import reduce
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from budgeting.imports.mapping import FileLayout
from budgeting.model import Finding, Severity, Text, text


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was given."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Rows of a file, all text.

    ``rows`` has one row per row of the file below its header: ``row_number`` (from 1, header
    included) and one string column per header cell, in order. ``skipped`` numbers rows left out
    because they are empty; a row that could not be split is a finding and counts as rejected.
    """

    header: tuple[str, ...]
    rows: pa.Table
    skipped: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_csv(source: SourceFile, layout: FileLayout) -> SourceTable:
    """Read delimited text whose first row that is not empty is the header.

    Never raises for bad data: what cannot be read is a finding.
    """
    try:
        content = source.content.decode(layout.encoding)
    except UnicodeDecodeError as error:
        return _unreadable(_encoding_finding(source.content, layout, error))
    content = content.removeprefix("\ufeff")
    body = content.lstrip("\r\n")
    if not body.strip():
        return _unreadable(_finding("empty-file", text("The file is empty."), None))
    above = content[: len(content) - len(body)].count("\n")
    return _split(body if body.endswith("\n") else body + "\n", above, layout)


def _split(body: str, above: int, layout: FileLayout) -> SourceTable:
    """Split text into rows; `above` empty lines were left out before it."""
    broken: list[pacsv.InvalidRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    encoded = body.encode()
    try:
        table = pacsv.read_csv(
            BytesIO(encoded),
            read_options=pacsv.ReadOptions(
                autogenerate_column_names=True,
                use_threads=False,
                block_size=len(encoded) + 1,  # a cell may be as long as the file
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=layout.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=set_aside,
            ),
            convert_options=pacsv.ConvertOptions(column_types=_ALL_TEXT, strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0]
        message = text("The file cannot be split into rows and cells: {reason}", reason=reason)
        return _unreadable(_finding("not-a-table", message, None))
    return _table(table, broken, above)


def _table(table: pa.Table, broken: list[pacsv.InvalidRow], above: int) -> SourceTable:
    header = tuple(str(column[0].as_py()).strip() for column in table.columns)
    if wrong := _wrong_header(header):
        return _unreadable(_finding("repeated-column", wrong, above + 1))
    numbers = [
        above + number for number in _row_numbers(table.num_rows, [row.number for row in broken])
    ]
    rows = table.rename_columns(list(header)).slice(1)
    rows = rows.add_column(0, "row_number", pa.array(numbers[1:], pa.int32()))
    is_empty = reduce(
        pc.and_, [pc.equal(pc.utf8_trim_whitespace(rows[name]), "") for name in header]
    )
    return SourceTable(
        header,
        rows.filter(pc.invert(is_empty)),
        skipped=tuple(rows["row_number"].filter(is_empty).to_pylist()),
        rejected=tuple(above + row.number for row in broken),
        findings=(
            *[_broken_row(row, above) for row in broken],
            *([] if broken or pc.any(pc.invert(is_empty)).as_py() else [_no_rows(above + 1)]),
        ),
    )


def _no_rows(row_number: int) -> Finding:
    return _finding("empty-file", text("Below its header the file has no row."), row_number)


def _wrong_header(header: tuple[str, ...]) -> Text | None:
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        return text("The header names the column “{column}” twice.", column=repeated[0])
    if "row_number" in header:
        return text(
            "The column “row_number” has a name that Paritet needs itself: call it another."
        )
    return None


# Codes must stay as they are written, whatever they look like: 01 is not 1.
_MOST_COLUMNS = 2000
_ALL_TEXT = {f"f{index}": pa.string() for index in range(_MOST_COLUMNS)}


def _row_numbers(count: int, left_out: list[int]) -> list[int]:
    """Return the row numbers, from 1, of the rows that remained."""
    gone = set(left_out)
    return [number for number in range(1, count + 1 + len(gone)) if number not in gone][:count]


def _broken_row(row: pacsv.InvalidRow, above: int) -> Finding:
    return Finding(
        "cells-of-row",
        Severity.ERROR,
        text(
            "The row has {found} cells where the header has {expected}.",
            found=row.actual_columns,
            expected=row.expected_columns,
        ),
        text("Look for a missing or a surplus delimiter in this row."),
        row_number=above + row.number,
        value=row.text[:80],
    )


def _encoding_finding(content: bytes, layout: FileLayout, error: UnicodeDecodeError) -> Finding:
    row = content[: error.start].count(b"\n") + 1
    message = text(
        "The file is not written in the encoding {encoding} that the mapping states.",
        encoding=layout.encoding,
    )
    return _finding("encoding", message, row, repr(content[error.start : error.start + 1]))


def _finding(check: str, message: Text, row: int | None, value: str | None = None) -> Finding:
    suggestion = text("Check that this is the file you meant and that the mapping fits it.")
    return Finding(check, Severity.ERROR, message, suggestion, row_number=row, value=value)


def _unreadable(finding: Finding) -> SourceTable:
    return SourceTable((), pa.table({"row_number": pa.array([], pa.int32())}), findings=(finding,))
