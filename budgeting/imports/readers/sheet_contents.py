"""What a look into a workbook tells of a sheet before its cells are read."""

from dataclasses import dataclass

# The library that reads cells keeps one place for every cell up to the last one, empty or not.
MOST_CELLS = 20_000_000
# What stands for a formula that was written by a program and never computed.
NO_RESULT = "#NO RESULT!"


@dataclass(frozen=True, slots=True)
class SheetContents:
    """How far a sheet reaches, and its formula errors by row number and column (from 0)."""

    rows: int = 0
    columns: int = 0
    errors: tuple[tuple[int, int, str], ...] = ()

    @property
    def area(self) -> int:
        """Number of cells up to the last row and column."""
        return self.rows * self.columns

    def errors_by_column(self) -> dict[int, dict[int, str]]:
        """Return the errors by column, then by row number."""
        found: dict[int, dict[int, str]] = {}
        for row_number, column, error in self.errors:
            found.setdefault(column, {})[row_number] = error
        return found
