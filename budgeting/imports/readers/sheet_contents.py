"""What a look into a workbook tells of a sheet before its cells are read."""

from dataclasses import dataclass

from budgeting.imports.readers.sheet import MOST_COLUMNS

# The library that reads cells keeps one place for every cell up to the last one, empty or not.
MOST_CELLS = 20_000_000
_MOST_EMPTY = 2_000_000
_LEAST_FILLED = 1 / 20
# What stands for a formula that was written by a program and never computed.
NO_RESULT = "#NO RESULT!"


@dataclass(frozen=True, slots=True)
class SheetContents:
    """How far a sheet reaches, and its formula errors by row number and column (from 0).

    ``filled`` is about how many cells are not empty.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    errors: tuple[tuple[int, int, str], ...] = ()

    @property
    def area(self) -> int:
        """Number of cells up to the last row and column."""
        return self.rows * self.columns

    @property
    def is_too_large(self) -> bool:
        """Whether to read it would take memory and time for cells that are not there."""
        is_sparse = self.area > _MOST_EMPTY and self.filled < _LEAST_FILLED * self.area
        return is_sparse or self.area > MOST_CELLS or self.columns > MOST_COLUMNS

    def errors_by_column(self) -> dict[int, dict[int, str]]:
        """Return the errors by column, then by row number."""
        found: dict[int, dict[int, str]] = {}
        for row_number, column, error in self.errors:
            found.setdefault(column, {})[row_number] = error
        return found
