"""The problem: how far each free line may go, and the sums of lines that rules hold between bounds.

Everything is a change from the baseline, in whole cents: sums and bounds are exact.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from budgeting.model import Direction
from budgeting.optimiser.highs import Floats, Ints
from budgeting.simulation.model import ZERO, Baseline
from budgeting.simulation.rules import Bound, locked

CENTS = 100
NOTHING_LEFT = -1  # no line falls below zero
NOT_ASKED = -3  # the money is to go elsewhere, which is no rule
AS_MOVED = -2  # no line changes by more than may be moved, which a row of its own says


@dataclass(frozen=True)  # without slots: the room is worked out once
class Problem:
    """What may be moved, how much of it, and under which rules.

    Parameters
    ----------
    bounds
        All rules of the municipality, from `budgeting.simulation.rules.bounds`. Each holds in every
        answer, also where the baseline breaks it.
    most_moved
        Part of the baseline's expenditure that may be moved, 0 to 1.
    opened
        Lines that may change; None for all lines of expenditure. What is locked never changes.
    more_moved
        Money that may be moved in addition.
    takers
        Lines of expenditure to which the money is to go: they give nothing, and others get nothing. None
        for all.
    """

    baseline: Baseline
    bounds: tuple[Bound, ...] = ()
    most_moved: Decimal = Decimal("0.02")
    opened: frozenset[int] | None = None
    more_moved: Decimal = ZERO
    takers: frozenset[int] | None = None

    @property
    def limit(self) -> Decimal:
        """Money that may be moved, to the cent: as much is found at most, and as much is spent.

        Found is what lines of expenditure give and lines of revenue bring in addition; spent is what
        expenditure gets and what revenue falls short.
        """
        total = self.baseline.total(Direction.EXPENDITURE)
        return Decimal(max(0, floor(total * self.most_moved * CENTS))) / CENTS + self.more_moved

    def no_worse(self) -> "Problem":
        """Return the problem in which rules that the baseline breaks may stay broken, but no more so.

        That is how the simulator counts breaches. Leaving all as it is always keeps such rules.
        """
        return replace(self, bounds=tuple(map(_no_worse, self.bounds)))

    @cached_property
    def room(self) -> "Room":
        """The same in whole cents."""
        return _room(self)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of free lines that must lie between bounds; by row, its lines with their sign.

    Row ``r`` has ``lines[starts[r] : starts[r + 1]]``; ``low`` and ``high`` are changes in cents,
    infinite where a side is open; ``by`` is the bound's place in `Problem.bounds`.
    """

    starts: Ints
    lines: Ints
    signs: Floats
    low: Floats
    high: Floats
    by: Ints

    @property
    def rows(self) -> Ints:
        """Row of each entry."""
        return np.repeat(np.arange(len(self.by)), np.diff(self.starts))


NO_SUMS = Sums(*(np.zeros(0, np.int64),) * 2, *(np.zeros(0),) * 3, np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Room:
    """Free lines, expenditure first and of each the largest first, and how many cents each may change.

    ``limit`` is what may be moved and ``whole`` the expenditure of the baseline, in cents.

    ``low_by`` and ``high_by`` are places in `Problem.bounds`, or `NOTHING_LEFT`, `AS_MOVED`,
    `NOT_ASKED`;
    ``low_next`` and ``high_next`` are how far a line could change if that bound were not there.
    """

    ids: Ints
    low: Ints
    high: Ints
    low_by: Ints
    high_by: Ints
    low_next: Floats
    high_next: Floats
    is_revenue: npt.NDArray[np.bool_]
    sums: Sums
    limit: int
    whole: int

    @property
    def is_contradicted(self) -> bool:
        """Tell whether the bounds of a single line leave it no amount."""
        return bool(np.any(self.low > self.high))

    def moved(self, cents: Floats) -> tuple[float, float]:
        """Return what changes of lines spend, and what they find."""
        spent = np.where(self.is_revenue, -cents, cents)
        return float(np.maximum(spent, 0).sum()), float(np.maximum(-spent, 0).sum())

    def places(self, ids: Ints) -> Ints:
        """Return where lines stand in ``ids``; -1 for those that are not free."""
        order = np.argsort(self.ids, kind="stable")
        found = np.searchsorted(self.ids, ids, sorter=order)
        at = order[np.minimum(found, len(order) - 1)] if len(order) else np.zeros_like(ids)
        is_free = self.ids[at] == ids if len(order) else np.zeros(len(ids), bool)
        return np.where(is_free, at, -1)


def _no_worse(bound: Bound) -> Bound:
    low = None if bound.low is None else min(bound.low, bound.base)
    high = None if bound.high is None else max(bound.high, bound.base)
    return replace(bound, low=low, high=high)


def _room(problem: Problem) -> Room:
    held = locked(problem.bounds)
    free = [line for line in problem.baseline.lines if _is_free(problem, line.line_id, held)]
    ids = np.fromiter((line.line_id for line in free), np.int64, len(free))
    cents = np.fromiter((int(line.amount * CENTS) for line in free), np.int64, len(free))
    limit = int(problem.limit * CENTS)
    whole = max(0, int(problem.baseline.total(Direction.EXPENDITURE) * CENTS))
    revenue = (line.direction is Direction.REVENUE for line in free)
    is_revenue = np.fromiter(revenue, np.bool_, len(free))
    largest = np.lexsort((-cents, is_revenue))  # of lines alike the first moves first
    ids, cents, is_revenue = ids[largest], cents[largest], is_revenue[largest]
    room = Room(ids, *_widest(cents, whole + limit), is_revenue, NO_SUMS, limit, whole)
    _direct(room, problem.takers)
    single = [(at, one) for at, one in enumerate(problem.bounds) if _is_single(one)]
    several = [(at, one) for at, one in enumerate(problem.bounds) if not _is_single(one)]
    left_over = _narrow(room, single)
    sums = sums_of(room, [*several, *left_over])
    return replace(room, sums=sums)


def _direct(room: Room, takers: frozenset[int] | None) -> None:
    """Let the money go to the lines for which it is meant, and to no others."""
    if takers is None:
        return
    takes = np.isin(room.ids, np.fromiter(takers, np.int64, len(takers)))
    gives = ~takes & ~room.is_revenue
    room.low[takes], room.low_by[takes] = 0, NOT_ASKED
    room.high[gives], room.high_by[gives] = 0, NOT_ASKED


def _is_free(problem: Problem, line_id: int, held: frozenset[int]) -> bool:
    if line_id in held:
        return False
    if problem.opened is not None:
        return line_id in problem.opened
    return problem.baseline.by_id[line_id].direction is Direction.EXPENDITURE


def _widest(cents: Ints, most: int) -> tuple[Ints, Ints, Ints, Ints, Floats, Floats]:
    """Return the room that lines have without rules: down to zero, up by the whole budget."""
    shape = len(cents)
    return (
        -np.maximum(cents, 0),
        np.full(shape, most, np.int64),
        np.full(shape, NOTHING_LEFT, np.int64),
        np.full(shape, AS_MOVED, np.int64),
        np.full(shape, -np.inf),
        np.full(shape, np.inf),
    )


def _is_single(bound: Bound) -> bool:
    return len(bound.plus) + len(bound.minus) == 1


def _narrow(room: Room, single: list[tuple[int, Bound]]) -> list[tuple[int, Bound]]:
    """Narrow the room of lines by bounds of their own; return those of lines that are not free."""
    ids = np.fromiter(((one.plus or one.minus)[0] for _, one in single), np.int64, len(single))
    left_over = []
    for (at, bound), place in zip(single, room.places(ids).tolist(), strict=True):
        if place < 0:
            left_over.append((at, bound))
            continue
        low, high = change_of(bound)
        if bound.minus:
            low, high = -high, -low
        if low > room.low[place]:
            room.low_next[place] = room.low[place]
            room.low[place], room.low_by[place] = low, at
        elif low > room.low_next[place]:
            room.low_next[place] = low
        if high < room.high[place]:
            room.high_next[place] = room.high[place]
            room.high[place], room.high_by[place] = high, at
        elif high < room.high_next[place]:
            room.high_next[place] = high
    return left_over


def change_of(bound: Bound) -> tuple[float | int, float | int]:
    """Return by how many cents a sum may change: to the cent inwards, so that the bound holds."""
    low = -np.inf if bound.low is None else ceil((bound.low - bound.base) * CENTS)
    high = np.inf if bound.high is None else floor((bound.high - bound.base) * CENTS)
    return low, high


def sums_of(room: Room, several: list[tuple[int, Bound]]) -> Sums:
    """Return the sums that free lines are in, and those that held lines break by themselves."""
    bounds = [bound for _, bound in several]
    sizes = [len(side) for bound in bounds for side in (bound.plus, bound.minus)]
    named = chain.from_iterable(chain(bound.plus, bound.minus) for bound in bounds)
    places = room.places(np.fromiter(named, np.int64, sum(sizes)))
    signs = np.repeat(np.tile([1.0, -1.0], len(bounds)), sizes)
    rows = np.repeat(np.repeat(np.arange(len(bounds)), 2), sizes)
    changes = [change_of(bound) for bound in bounds]
    low = np.array([least for least, _ in changes], np.float64)
    high = np.array([most for _, most in changes], np.float64)
    is_free = places >= 0
    counts = np.bincount(rows[is_free], minlength=len(bounds))
    kept = np.flatnonzero((counts > 0) | (low > 0) | (high < 0))
    return Sums(
        np.concatenate([[0], np.cumsum(counts[kept])]).astype(np.int64),
        places[is_free],
        signs[is_free],
        low[kept],
        high[kept],
        np.array([at for at, _ in several], np.int64)[kept],
    )


def money(cents: float) -> Decimal:
    """Return cents as money.

    Examples
    --------
    >>> money(1250.0)
    Decimal('12.50')
    """
    return (Decimal(round(cents)) / CENTS).quantize(Decimal("0.01")) if cents else ZERO
