"""Columns of a source table by the names that a mapping uses."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.encoded import Encoded, Truths
from budgeting.imports.mappings.mapping import Conditions
from budgeting.imports.source import SourceTable
from budgeting.imports.together import each
from budgeting.imports.words.vocabulary import fold
from budgeting.model import text

Cells: TypeAlias = pa.ChunkedArray


def column_of(header: tuple[str, ...], name: str, positions: tuple[int, ...] = ()) -> str | None:
    """Return the header cell that `name` means: the same, "#3" the third, or the same words.

    `positions` are the places of the columns in the file, where some were left out.

    Examples
    --------
    >>> column_of(("Code", "Opis"), "#2"), column_of(("Code", "Опис "), "opis")
    ('Opis', 'Опис ')
    """
    if name in header:
        return name
    places = positions or tuple(range(1, len(header) + 1))
    if name.startswith("#") and name[1:].isdigit() and int(name[1:]) in places:
        return header[places.index(int(name[1:]))]
    alike = [cell for cell in header if fold(cell) == fold(name)]
    return alike[0] if len(alike) == 1 else None


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a table without outer spaces; names as in the mapping, see `column_of`."""

    table: SourceTable
    trimmed: dict[str, Cells] = field(default_factory=dict)
    _encoded: dict[str, Encoded] = field(default_factory=dict)

    @staticmethod
    def of(table: SourceTable) -> "Columns":
        """Return the columns of a table."""
        return Columns(table)

    @property
    def row_numbers(self) -> Cells:
        """Numbers of the rows, in order."""
        return self.table.rows["row_number"]

    def __len__(self) -> int:
        return int(self.table.rows.num_rows)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names that no column of the table answers to."""
        return [name for name in names if self.name_of(name) is None]

    def name_of(self, name: str) -> str | None:
        """Return the header cell that a name of the mapping means."""
        return column_of(self.table.header, name, self.table.positions)

    def cells(self, name: str) -> Cells:
        """Return the cells of a column; raises KeyError where there is none."""
        if name not in self.trimmed:
            written = self.table.rows[self._column(name)]
            trimmed = pc.utf8_trim_whitespace(written)
            # where nothing was trimmed, one column is enough
            self.trimmed[name] = written if trimmed.nbytes == written.nbytes else trimmed
        return self.trimmed[name]

    def encoded(self, name: str) -> Encoded:
        """Return the cells of a column, each different one once; raises KeyError as `cells`."""
        if name not in self._encoded:
            self._encoded[name] = Encoded.of(self.table.rows[self._column(name)])
        return self._encoded[name]

    def encode(self, names: Iterable[str]) -> None:
        """Make `encoded` ready for several columns, which takes less time together."""
        wanted = [name for name in dict.fromkeys(names) if self.name_of(name)]

        def made(name: str) -> Encoded:
            return Encoded.of(self.table.rows[self._column(name)])

        found = each(made, wanted, len(self), text("Sorting the codes of the columns"))
        self._encoded.update(zip(wanted, found, strict=True))

    def _column(self, name: str) -> str:
        column = self.name_of(name)
        if column is None:
            raise KeyError(name)
        return column

    def typed(self, name: str) -> Cells | None:
        """Return the values of the cells that are numbers in the workbook, where there are any."""
        return self.table.typed.get(self.name_of(name) or "")

    def matching(self, where: Conditions, unless: Conditions | None = None) -> Cells:
        """Return a mask of the rows for which every pattern of `where` and none of `unless` is found."""
        rows = np.ones(len(self), bool)
        for name, pattern in where.items():
            rows &= self._found(name, pattern)
        for name, pattern in (unless or {}).items():
            rows &= ~self._found(name, pattern)
        return pa.chunked_array([pa.array(rows)])

    def _found(self, name: str, pattern: str) -> Truths:
        cells = self.encoded(name)
        return cells.rows_of(pc.match_substring_regex(cells.values, pattern))


def constant(value: object, count: int, kind: pa.DataType | None = None) -> Cells:
    """Return a column that holds one value in every row."""
    return pa.chunked_array([pa.repeat(pa.scalar(value, kind), count)])
