"""What was given: a file, how it is written, and its rows as text."""

import hashlib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from budgeting.model import Finding


@dataclass(frozen=True)
class SourceFile:
    """A file as it was given."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """The marks inside a written number.

    ``group`` is "" where thousands are not marked, and " " for any kind of space.
    """

    decimal: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How a file is written; None for what is to be detected.

    Parameters
    ----------
    encoding, delimiter
        Of delimited text; a workbook has neither.
    sheet
        Name of a workbook's sheet.
    header_row
        Row, from 1, in which the header begins; 0 where the file has none.
    header_rows
        How many rows the header takes.
    style
        Style of all numbers of the file.
    styles
        Style of the numbers of single columns; it goes before `style`.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    header_rows: int | None = None
    style: NumberStyle | None = None
    styles: Dictionary[str, NumberStyle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell whose formula ended in an error, such as ``#REF!``."""

    row_number: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Rows of a file or of one sheet, all text.

    ``rows`` has one row per row below the header: ``row_number`` (from 1, as a spreadsheet counts)
    and one string column per name of ``header``, in order. An empty header cell is called by its
    position, "#3"; the second column of a name is "name #7".

    Parameters
    ----------
    skipped
        Numbers of rows left out because they are empty.
    rejected
        Numbers of rows that could not be split into cells; each has a finding.
    positions
        Place of each column in the file, from 1; empty where no column was left out.
    layout
        How the file was read: everything is known that concerns this kind of file.
    above
        Rows above the header, such as a title, by row number.
    typed
        Of a workbook: per column the values of cells that are numbers there, null elsewhere. The
        text of such a cell is the exact number with a point, whatever style the column has.
    errors
        Cells whose formula ended in an error.
    """

    header: tuple[str, ...]
    rows: pa.Table
    skipped: tuple[int, ...] = ()
    rejected: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()
    positions: tuple[int, ...] = ()
    sheet: str = ""
    layout: FileLayout = FileLayout()
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()
    typed: Dictionary[str, pa.ChunkedArray] = field(default_factory=dict)
    errors: tuple[CellError, ...] = ()
