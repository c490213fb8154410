"""The matrix: a problem with curves as one linear problem over kinds of lines.

Columns are the increases of kinds, the decreases of kinds, then the pieces of curves. Rows are the
sums of rules, the curves that bend, what is spent in addition, and what is found for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from budgeting.optimiser.alike import counted, kinds
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.highs import Floats, Ints, LinearProblem
from budgeting.optimiser.problem import CENTS, Room

_GREATEST = 100.0  # the largest cost in the solver, whose tolerance is 1e-9
_TIE = 1e-5 * _GREATEST
_ORDER = 1e-3  # of a tie: how much more a later line costs
_ORDERED = 5_000  # kinds of lines up to which their order counts: it takes more time than all else
_LARGE = 2.0**22  # the money that may move, in the solver's unit
_LEAST_PART = 1000  # where less than this part of a budget may move, the unit does not get finer


@dataclass(frozen=True, slots=True)
class Matrix:
    """The linear problem, and what its numbers are outside.

    Parameters
    ----------
    kind
        Of each free line.
    size
        How many kinds there are.
    unit
        Cents that are 1 in the solver.
    rate
        Gain per unit of currency that is a cost of 1 in the solver.
    """

    problem: LinearProblem
    kind: Ints
    size: int
    unit: float
    rate: float

    @property
    def moved_rows(self) -> tuple[int, int]:
        """Rows of what is spent in addition, and of what is found for it."""
        last = len(self.problem.row_lower)
        return last - 2, last - 1

    @property
    def tied(self) -> tuple[Floats, ...]:
        """Costs that break ties, one after the other: little movement, then earlier lines as well."""
        order = np.arange(self.size) / max(self.size, 1)
        by_order = (self._less(1.0 + _ORDER * order),) if self.size <= _ORDERED else ()
        return self._less(np.ones(self.size)), *by_order

    def _less(self, ties: Floats) -> Floats:
        costs = self.problem.costs.copy()
        costs[: 2 * self.size] -= _TIE * np.concatenate([ties, ties])
        return costs


class Entries(NamedTuple):
    """Numbers of the matrix with their places."""

    rows: Ints
    columns: Ints
    values: Floats


class _Counted(NamedTuple):
    """What first lines of kinds bring to curves: curve, kind and weight."""

    owners: Ints
    kinds: Ints
    weights: Floats


def matrix(room: Room, curves: Sequence[Curve], kind: Ints | None = None) -> Matrix:
    """Return the linear problem of some curves under the rules.

    Parameters
    ----------
    kind
        Kind of each free line; lines alike are of one kind where it is not given.
    """
    of_curves = counted(room, curves)
    kind = kinds(room, of_curves) if kind is None else kind
    size = int(kind.max(initial=-1)) + 1
    stands = _first_lines(kind, size)
    owners, lines, weights = of_curves
    first = stands[lines] >= 0
    brought = _Counted(owners[first], stands[lines[first]], weights[first])
    unit = 2.0 ** np.ceil(
        np.log2(max(min(room.limit, room.whole), room.whole / _LEAST_PART, 1) / _LARGE)
    )
    rate = _greatest_rate(curves, brought) / _GREATEST
    return Matrix(
        _linear(room, curves, brought, (stands, kind), (unit, rate)), kind, size, unit, rate
    )


def both_ways(room: Room) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Return least and most of each line's increase, and of its decrease, in cents."""
    nothing = np.zeros_like(room.low)
    ups = np.maximum(room.low, nothing), np.maximum(room.high, nothing)
    downs = np.maximum(-room.high, nothing), np.maximum(-room.low, nothing)
    return ups, downs


def _first_lines(kind: Ints, size: int) -> Ints:
    """Return the kind of each kind's first line, and -1 for all other lines."""
    stands = np.full(len(kind), -1, np.int64)
    stands[np.unique(kind, return_index=True)[1]] = np.arange(size)
    return stands


def _greatest_rate(curves: Sequence[Curve], brought: _Counted) -> float:
    steepest = np.array([max(map(abs, curve.slopes)) for curve in curves], np.float64)
    rates = np.abs(brought.weights) * steepest[brought.owners] if len(curves) else np.zeros(0)
    return float(rates.max(initial=0.0)) or 1.0


def _linear(
    room: Room,
    curves: Sequence[Curve],
    brought: _Counted,
    of_kinds: tuple[Ints, Ints],
    scale: tuple[float, float],
) -> LinearProblem:
    stands, kind = of_kinds
    unit, rate = scale
    size = int(kind.max(initial=-1)) + 1
    bent = [at for at, curve in enumerate(curves) if not curve.is_straight]
    pieces, costs, widths, begins = pieces_of([curves[at] for at in bent], unit)
    straight = _straight(curves, brought, size)
    sums = len(room.sums.by)
    rows = sums + len(bent) + 2
    blocks = [
        *_of_sums(room, stands, size),
        *_of_curves(brought, bent, sums, size),
        Entries(pieces.rows + sums, pieces.columns + 2 * size, pieces.values),
        *moved_entries(room.is_revenue[stands >= 0], rows - 2),
    ]
    ups, downs = both_ways(room)
    least_up, most_up, least_down, most_down = (
        np.bincount(kind, side, size) / unit for side in (*ups, *downs)
    )
    limits = np.full(2, room.limit / unit)
    starts, indices, values = by_column(blocks, 2 * size + len(costs))
    return LinearProblem(
        costs=np.concatenate([straight, -straight, costs]) / rate,
        lower=np.concatenate([least_up, least_down, np.zeros(len(costs))]),
        upper=np.concatenate([most_up, most_down, widths]),
        starts=starts,
        indices=indices,
        values=values,
        row_lower=np.concatenate([room.sums.low / unit, begins, np.full(2, -np.inf)]),
        row_upper=np.concatenate([room.sums.high / unit, begins, limits]),
    )


def moved_entries(is_revenue: npt.NDArray[np.bool_], first_row: int) -> tuple[Entries, Entries]:
    """Return the rows of what is spent and of what is found, for increases and then decreases."""
    size = len(is_revenue)
    each, finds = np.arange(size), is_revenue.astype(np.int64)
    return (
        Entries(first_row + finds, each, np.ones(size)),
        Entries(first_row + 1 - finds, each + size, np.ones(size)),
    )


def _of_sums(room: Room, stands: Ints, size: int) -> tuple[Entries, Entries]:
    sums = room.sums
    first = stands[sums.lines] >= 0
    rows, columns, signs = sums.rows[first], stands[sums.lines[first]], sums.signs[first]
    return Entries(rows, columns, signs), Entries(rows, columns + size, -signs)


def _of_curves(
    brought: _Counted, bent: list[int], first_row: int, size: int
) -> tuple[Entries, Entries]:
    row_of = np.full(max([*bent, *brought.owners.tolist()], default=-1) + 1, -1, np.int64)
    row_of[bent] = np.arange(len(bent))
    has_row = row_of[brought.owners] >= 0
    rows = row_of[brought.owners[has_row]] + first_row
    columns, weights = brought.kinds[has_row], brought.weights[has_row]
    return Entries(rows, columns, weights), Entries(rows, columns + size, -weights)


def _straight(curves: Sequence[Curve], brought: _Counted, size: int) -> Floats:
    """Return the gain of one unit of each kind by curves that do not bend."""
    slopes = np.array([c.slopes[0] if c.is_straight else 0.0 for c in curves], np.float64)
    worth = brought.weights * slopes[brought.owners] if len(curves) else brought.weights
    return np.bincount(brought.kinds, worth, size).astype(np.float64)


def pieces_of(bent: list[Curve], unit: float) -> tuple[Entries, Floats, Floats, Floats]:
    """Return the columns of curves: what falls short of the first break, then piece by piece.

    The weighted change is the first break, less what falls short of it, plus all later pieces.
    """
    rows: list[int] = []
    signs: list[float] = []
    costs: list[float] = []
    widths: list[float] = []
    scale = CENTS / unit
    for row, curve in enumerate(bent):
        rows += [row] * len(curve.slopes)
        signs += [1.0] + [-1.0] * len(curve.breaks)
        costs += [-curve.slopes[0], *curve.slopes[1:]]
        ends = zip(curve.breaks, curve.breaks[1:], strict=False)
        widths += [np.inf, *((end - begin) * scale for begin, end in ends), np.inf]
    begins = np.array([curve.breaks[0] * scale for curve in bent], np.float64)
    places = np.arange(len(rows))
    entries = Entries(np.array(rows, np.int64), places, np.array(signs, np.float64))
    return entries, np.array(costs, np.float64), np.array(widths, np.float64), begins


def by_column(blocks: list[Entries], columns: int) -> tuple[Ints, Ints, Floats]:
    """Return starts, rows and numbers of the matrix, column after column."""
    entries = Entries(*map(np.concatenate, zip(*blocks, strict=True)))
    order = np.lexsort((entries.rows, entries.columns))
    starts = np.searchsorted(entries.columns[order], np.arange(columns + 1))
    return starts, entries.rows[order], entries.values[order]
