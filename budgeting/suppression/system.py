"""The system of sums that a reader can solve: which figures are hidden, and what they could be.

Everything here is counted in differences from the true figures: a table that a reader must take for
possible is the true one with some hidden figures a little higher and others as much lower, so that
every sum still holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import heappop, heappush
from itertools import count
from math import log10

from budgeting.suppression.model import Cell

_MOST_LEVELS = 6  # sex, age, group, place: sums of sums of sums
_LEVEL = 2.0  # what it costs more to hide a total than its parts: shares rest on it
# How a way is searched: what an open sum counts, what cost counts, and steps before giving up. The
# cheapest way first, then one that soon closes its sums, then any.
_SEARCHES = ((0.1, 1.0, 150), (3.0, 1.0, 500), (3.0, 0.0, 2_000))
_ROUNDS = 10_000  # of narrowing brackets; wider ones tell less
Signed = tuple[tuple[Cell, int], ...]
Bounds = tuple[Decimal, Decimal | None]


@dataclass(slots=True)
class _Try:
    """Differences of some figures, and by how much sums are off because of them."""

    moved: dict[Cell, Decimal]
    off: dict[int, Decimal]


@dataclass(slots=True)
class System:
    """Figures with what a reader knows about each, and the sums between them.

    Parameters
    ----------
    values
        The true figures.
    bounds
        Between what a reader knows a figure to be where it is hidden.
    equations
        Figures with their sign; the signed differences of each sum to zero.
    hidden
        What is not shown; it grows.
    movable
        What may still be hidden.
    """

    values: Mapping[Cell, Decimal]
    bounds: dict[Cell, Bounds]
    equations: list[Signed]
    hidden: set[Cell]
    movable: frozenset[Cell]
    at: dict[Cell, list[tuple[int, int]]] = field(init=False)
    levels: dict[Cell, int] = field(init=False)

    def __post_init__(self) -> None:
        self.at = {cell: [] for cell in self.values}
        for place, equation in enumerate(self.equations):
            for cell, sign in equation:
                self.at[cell].append((place, sign))
        self.levels = dict.fromkeys(self.values, 0)
        for _ in range(_MOST_LEVELS):
            for equation in self.equations:
                totals = [cell for cell, sign in equation if sign > 0]
                parts = [self.levels[cell] for cell, sign in equation if sign < 0]
                for cell in totals:
                    self.levels[cell] = max(self.levels[cell], 1 + max(parts, default=-1))

    def can_be(self, cell: Cell, value: Decimal) -> bool:
        """Tell whether a hidden figure could be `value` by all that is shown."""
        return self._way(cell, value - self.values[cell], self.hidden) is not None

    def hide_for(self, cell: Cell, value: Decimal) -> bool:
        """Hide what is cheapest so that a hidden figure could be `value`; tell whether that helps."""
        way = self._way(cell, value - self.values[cell], self.hidden | self.movable)
        if way is not None:
            self.hidden.update(way)
        return way is not None

    def _way(self, cell: Cell, by: Decimal, free: Iterable[Cell]) -> Mapping[Cell, Decimal] | None:
        """Return differences of `free` cells, this one's being `by`, under which all sums hold.

        Of several ways a cheap one: hidden cells cost nothing, others the more the larger they are.
        """
        if not by:
            return {}
        if self._as_far_as_it_can(cell, by) != by:
            return None
        begun = _moved(_Try({}, {}), cell, by, self)
        free = set(free)
        for sums, costs, steps in _SEARCHES:
            found = self._searched(begun, free, (sums, costs), steps)
            if found is not None:
                return found
        return None

    def _searched(
        self, begun: "_Try", free: set[Cell], weights: tuple[float, float], steps: int
    ) -> Mapping[Cell, Decimal] | None:
        """Return differences that close all sums; `weights` are of open sums and of cost."""
        sums, costs = weights
        order = count()
        waiting = [(0.0, 0, 0.0, begun)]
        for _ in range(steps):
            if not waiting:
                break
            _, _, cost, attempt = heappop(waiting)
            if not attempt.off:
                return attempt.moved
            for following, difference in self._fewest_ways(attempt, free):
                more = _moved(attempt, following, difference, self)
                spent = cost + self._cost(following)
                rank = costs * spent + sums * len(more.off)
                heappush(waiting, (rank, -next(order), spent, more))
        return None

    def _fewest_ways(self, attempt: "_Try", free: set[Cell]) -> list[tuple[Cell, Decimal]]:
        """Return the ways to close that open sum which has the fewest."""
        fewest: list[tuple[Cell, Decimal]] | None = None
        for place, off in attempt.off.items():
            ways = list(self._closing(self.equations[place], off, attempt.moved, free))
            if fewest is None or len(ways) < len(fewest):
                fewest = ways
            if not fewest:
                break
        return fewest or []

    def _closing(
        self, equation: Signed, off: Decimal, moved: Mapping[Cell, Decimal], free: set[Cell]
    ) -> Iterator[tuple[Cell, Decimal]]:
        """Yield what each free cell could move to close a sum, or as far towards it as it can."""
        for cell, sign in equation:
            if cell in free and cell not in moved:
                by = self._as_far_as_it_can(cell, -sign * off)
                if by:
                    yield cell, by

    def _as_far_as_it_can(self, cell: Cell, by: Decimal) -> Decimal:
        low, high = self.bounds[cell]
        value = self.values[cell]
        moved = max(value + by, min(low, value))
        return (moved if high is None else min(moved, max(high, value))) - value

    def _cost(self, cell: Cell) -> float:
        """Return what hiding a cell costs: totals, which shares rest on, the most."""
        if cell in self.hidden:
            return 0.0
        return 1.0 + log10(1.0 + float(self.values[cell])) + _LEVEL * self.levels[cell]

    def brackets(self) -> dict[Cell, Bounds]:
        """Return between what each hidden figure is, by the bounds of the others in its sums."""
        found = {cell: self.bounds[cell] for cell in self.hidden}
        waiting = dict.fromkeys(place for cell in self.hidden for place, _ in self.at[cell])
        for _ in range(_ROUNDS):
            if not waiting:
                break
            equation = self.equations[next(iter(waiting))]
            del waiting[next(iter(waiting))]
            for cell, _ in equation:
                if cell in found and self._narrow(cell, equation, found):
                    waiting.update(dict.fromkeys(place for place, _ in self.at[cell]))
        return found

    def _narrow(self, cell: Cell, equation: Signed, found: dict[Cell, Bounds]) -> bool:
        """Narrow the bounds of a cell by one sum; tell whether that changed them."""
        own = next(sign for other, sign in equation if other == cell)
        low: Decimal | None = self.values[cell]
        high: Decimal | None = self.values[cell]
        for other, sign in equation:
            if other == cell or other not in found:
                continue
            value, (least, most) = self.values[other], found[other]
            down: Decimal | None = value - least
            up = None if most is None else most - value
            if sign == own:
                down, up = up, down
            low = None if low is None or down is None else low - down
            high = None if high is None or up is None else high + up
        before = found[cell]
        found[cell] = _within(before, low, high)
        return found[cell] != before


def _moved(attempt: _Try, cell: Cell, by: Decimal, system: System) -> _Try:
    """Return the attempt with one figure more that is different."""
    off = dict(attempt.off)
    for place, sign in system.at[cell]:
        off[place] = off.get(place, Decimal(0)) + sign * by
        if not off[place]:
            del off[place]
    return _Try({**attempt.moved, cell: by}, off)


def _within(bounds: Bounds, low: Decimal | None, high: Decimal | None) -> Bounds:
    least, most = bounds
    least = least if low is None else max(least, low)
    if high is not None:
        most = high if most is None else min(most, high)
    return least, most
