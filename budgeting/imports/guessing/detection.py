"""Detection: what the bytes of a file show about how it is written, before any mapping."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.numbers import Ambiguity, amounts, decide
from budgeting.imports.meaning.figures import Figures
from budgeting.imports.readers import read, sheets
from budgeting.imports.readers.archive import Kind, kind_of
from budgeting.imports.readers.faults import Unreadable
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile, SourceTable

_MOST = 0.85  # of the cells of a column of numbers are numbers


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How the numbers of a column are written; several styles where nothing decides between them."""

    column: str
    styles: tuple[NumberStyle, ...]
    example: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Whether a person must say it."""
        return len(self.styles) > 1


@dataclass(frozen=True, slots=True)
class Detection:
    """How a file, or one of its sheets, is written.

    ``sheets`` are the names of all sheets; ``numbers`` has the columns that hold numbers.
    """

    kind: Kind | None
    sheets: tuple[str, ...]
    table: SourceTable
    numbers: tuple[ColumnStyle, ...]

    @property
    def is_readable(self) -> bool:
        """Whether there is a table at all."""
        return bool(self.table.header)


def detect(source: SourceFile, layout: FileLayout) -> Detection:
    """Return how a file is written; `layout` says which sheet, and what is known already."""
    table = read(source, layout)
    return Detection(kind_found(source), sheets(source), table, number_styles(table, layout))


def kind_found(source: SourceFile) -> Kind | None:
    """Return what a file is by its bytes; None for something that is not read."""
    try:
        return kind_of(source.content)
    except Unreadable:
        return None


def number_styles(table: SourceTable, layout: FileLayout) -> tuple[ColumnStyle, ...]:
    """Return the columns of numbers with their style: as stated, else as their cells show."""
    cells = {name: _written(table, name) for name in table.header}
    candidates = {name: _candidate(table, name, cells[name]) for name in table.header}
    numeric = [name for name, style in candidates.items() if style]
    found = []
    for name in numeric:
        stated = layout.styles.get(name) or layout.style
        style = stated or decide(cells[name], [cells[one] for one in numeric if one != name])
        if isinstance(style, Ambiguity):
            found.append(ColumnStyle(name, style.candidates, style.example))
        else:
            found.append(ColumnStyle(name, (style,)))
    return tuple(found)


def styles_used(figures: Figures) -> tuple[ColumnStyle, ...]:
    """Return how the money columns of a mapping were read."""
    return tuple(ColumnStyle(name, (style,)) for name, style in figures.styles.items())


def _written(table: SourceTable, name: str) -> pa.ChunkedArray:
    """Return the cells that are text; those that a workbook has as numbers are clear."""
    cells = table.rows[name]
    typed = table.typed.get(name)
    return cells if typed is None else pc.if_else(pc.is_valid(typed), "", cells)


def _candidate(table: SourceTable, name: str, cells: pa.ChunkedArray) -> NumberStyle | None:
    """Return a style in which nearly all cells of a column are numbers."""
    filled = pc.sum(pc.not_equal(pc.utf8_trim_whitespace(table.rows[name]), "")).as_py() or 0
    style = decide(cells)
    candidate = style.candidates[0] if isinstance(style, Ambiguity) else style
    read_as = amounts(cells, table.typed.get(name), candidate)
    known = len(read_as.values) - read_as.values.null_count
    return candidate if filled and known >= _MOST * filled else None
