"""Readers: bytes of a file to rows of text, numbered as in the file."""

import hashlib
from dataclasses import dataclass
from functools import reduce
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from budgeting.imports.mapping import FileLayout
from budgeting.model import Finding, Severity, text


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
    """Read delimited text whose first row is the header.

    Never raises for bad data: what cannot be read is a finding.
    """
    try:
        content = source.content.decode(layout.encoding)
    except UnicodeDecodeError as error:
        return _unreadable(_encoding_finding(source.content, layout, error))
    content = content.removeprefix("\ufeff")
    if not content.strip():
        return _unreadable(_finding("empty-file", text("The file is empty."), None))
    header = _header(content, layout)
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        message = text("The header names the column “{column}” twice.", column=repeated[0])
        return _unreadable(_finding("repeated-column", message, 1))
    if not content.rstrip("\r\n").partition("\n")[2]:
        return _unreadable(_finding("empty-file", text("Below its header the file has no row."), 1))
    return _rows(content, header, layout)


def _header(content: str, layout: FileLayout) -> tuple[str, ...]:
    first = content.splitlines()[0] + "\n"
    names = pacsv.read_csv(
        BytesIO(first.encode()),
        read_options=pacsv.ReadOptions(autogenerate_column_names=True),
        parse_options=pacsv.ParseOptions(delimiter=layout.delimiter),
        convert_options=pacsv.ConvertOptions(column_types=_AllText(), strings_can_be_null=False),
    )
    return tuple(str(column[0].as_py()).strip() for column in names.columns)


class _AllText(dict[str, pa.DataType]):
    """Says string for a header line of any width: numbers must not be guessed."""

    def __init__(self) -> None:
        super().__init__({f"f{index}": pa.string() for index in range(2000)})


def _rows(content: str, header: tuple[str, ...], layout: FileLayout) -> SourceTable:
    broken: list[pacsv.InvalidRow] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    table = pacsv.read_csv(
        BytesIO(content.encode()),
        read_options=pacsv.ReadOptions(column_names=list(header), skip_rows=1, use_threads=False),
        parse_options=pacsv.ParseOptions(
            delimiter=layout.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
        ),
    )
    numbers = _row_numbers(table.num_rows, [row.number for row in broken])
    rows = table.add_column(0, "row_number", pa.array(numbers, pa.int32()))
    is_empty = reduce(
        pc.and_, [pc.equal(pc.utf8_trim_whitespace(rows[name]), "") for name in header]
    )
    return SourceTable(
        header,
        rows.filter(pc.invert(is_empty)),
        skipped=tuple(rows["row_number"].filter(is_empty).to_pylist()),
        rejected=tuple(row.number for row in broken),
        findings=tuple(_broken_row(row) for row in broken),
    )


def _row_numbers(count: int, left_out: list[int]) -> list[int]:
    """Return the file's row numbers of the rows that remained."""
    if not left_out:
        return list(range(2, count + 2))
    gone = set(left_out)
    return [number for number in range(2, count + 2 + len(gone)) if number not in gone][:count]


def _broken_row(row: pacsv.InvalidRow) -> Finding:
    return Finding(
        "cells-of-row",
        Severity.ERROR,
        text(
            "The row has {found} cells where the header has {expected}.",
            found=row.actual_columns,
            expected=row.expected_columns,
        ),
        text("Look for a missing or a surplus delimiter in this row."),
        row_number=row.number,
        value=row.text[:80],
    )


def _encoding_finding(content: bytes, layout: FileLayout, error: UnicodeDecodeError) -> Finding:
    row = content[: error.start].count(b"\n") + 1
    message = text(
        "The file is not written in the encoding {encoding} that the mapping states.",
        encoding=layout.encoding,
    )
    return _finding("encoding", message, row, repr(content[error.start : error.start + 1]))


def _finding(check: str, message: object, row: int | None, value: str | None = None) -> Finding:
    suggestion = text("Check that this is the file you meant and that the mapping fits it.")
    return Finding(check, Severity.ERROR, message, suggestion, row_number=row, value=value)  # type: ignore[arg-type]


def _unreadable(finding: Finding) -> SourceTable:
    return SourceTable((), pa.table({"row_number": pa.array([], pa.int32())}), findings=(finding,))
