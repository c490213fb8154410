"""Sheet: the cells of a file or of one sheet before anything is known about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from budgeting.imports.source import FileLayout
from budgeting.model import Finding

PREVIEW_ROWS = 400
MOST_COLUMNS = 2_000
# "#N/A" is missing on purpose: in a text file it may be a word.
FORMULA_ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells shown as one: first and last row (numbers of rows), first and last column (from 0)."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row with another number of cells than the table has columns."""

    row_number: int
    cells: tuple[str, ...]
    written: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All cells as text, column by column, with the number of each row.

    ``numbers`` are by column the cells that a workbook holds as numbers, ``errors`` row number,
    column and text of formula errors; columns count from 0. ``broken`` rows are in no column.
    """

    columns: tuple[pa.Array, ...]
    row_numbers: pa.Array
    layout: FileLayout
    name: str = ""
    broken: tuple[BrokenRow, ...] = ()
    merged: tuple[Merged, ...] = ()
    numbers: dict[int, pa.Array] = field(default_factory=dict)
    errors: tuple[tuple[int, int, str], ...] = ()
    findings: tuple[Finding, ...] = ()

    def first_rows(self, count: int = PREVIEW_ROWS) -> list[tuple[int, tuple[str, ...]]]:
        """Return the first rows, broken ones too, by number and cells."""
        rows = [*self._whole_rows(count), *((row.row_number, row.cells) for row in self.broken)]
        return sorted(rows)[:count]

    def _whole_rows(self, count: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        numbers = self.row_numbers.slice(0, count).to_pylist()
        cells = [column.slice(0, count).to_pylist() for column in self.columns]
        yield from zip(numbers, zip(*cells, strict=True), strict=True)
