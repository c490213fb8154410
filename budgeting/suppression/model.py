"""What is protected, by which rule, and what a reader sees of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

Cell: TypeAlias = tuple[str | int, ...]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Rule:
    """From where on a count of persons is shown: at `threshold`, and zero where it is not small."""

    threshold: int = 5
    is_zero_small: bool = False

    @property
    def smallest(self) -> int:
        """The smallest count that is not shown."""
        return 0 if self.is_zero_small else 1

    def is_small(self, value: Decimal) -> bool:
        """Tell whether a count is too small to be shown.

        Examples
        --------
        >>> [Rule().is_small(Decimal(count)) for count in (0, 1, 4, 5)]
        [False, True, True, False]
        """
        return value < self.threshold and (self.is_zero_small or value != 0)


@dataclass(frozen=True, slots=True)
class Count:
    """One figure: how many, and how it may be shown.

    Parameters
    ----------
    value
        Not negative; None where it is not known.
    is_public
        Others publish it, so that hiding it would help nobody: residents by sex and age.
    is_sensitive
        It counts persons of whom it says something. Not so: persons of unknown group; hours.
    follows
        A count from which this figure tells: hours and percentages follow the users. It is hidden
        where that is.
    is_stated
        It stands in a table. What only follows from others, such as users without a disability, is
        protected as well where it is small.
    """

    value: Decimal | None
    is_public: bool = False
    is_sensitive: bool = True
    follows: Cell | None = None
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """What a reader knows to be so: a total is the sum of its parts.

    Users are those with and those without a disability: who shows the total and one of them shows
    the other, so both are parts, whether they stand in a table or not.
    """

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The total and its parts."""
        return self.total, *self.parts


@dataclass(frozen=True, slots=True)
class Bracket:
    """What is told of a figure that is not shown: it is between two bounds, or without a bound.

    ``is_small`` tells a count below the threshold from one that is hidden for its sake.
    """

    low: Decimal | None
    high: Decimal | None
    is_small: bool = False


Value: TypeAlias = Decimal | Bracket | None


@dataclass(frozen=True, slots=True)
class Joint:
    """How a sum closes around what is not shown: the hidden cells, and what they are together."""

    cells: tuple[Cell, ...]
    together: Value


@dataclass(frozen=True, slots=True)
class Shown(Mapping[Cell, Value]):
    """What a reader sees of each cell: the figure, a bracket, or None for not known.

    ``unprotected`` are small counts that figures which others publish give away all the same.
    """

    by_cell: Mapping[Cell, Value]
    unprotected: frozenset[Cell] = frozenset()

    def __getitem__(self, cell: Cell) -> Value:
        return self.by_cell[cell]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.by_cell)

    def __len__(self) -> int:
        return len(self.by_cell)

    @property
    def hidden(self) -> frozenset[Cell]:
        """The cells that are not shown although they are known."""
        return frozenset(cell for cell in self if isinstance(self[cell], Bracket))
