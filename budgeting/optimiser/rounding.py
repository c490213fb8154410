"""Rounding: the answer in the town's steps, as a second pass that says what it costs.

Each line changes by whole steps, by one step more or less than the optimum at most, in the same
direction; all rules hold exactly, and of all such answers the best is taken. That is a small problem
in whole numbers over the lines that move. Where these alone cannot keep a rule, others may move by one
step: first one of each kind of lines alike, then all. Where no answer in steps keeps all rules, there is
none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budgeting.optimiser.alike import counted, kinds
from budgeting.optimiser.highs import Floats, Ints, LinearProblem, Solver, SolverFailed
from budgeting.optimiser.matrix import Entries, by_column, pieces_of
from budgeting.optimiser.optimum import Found
from budgeting.optimiser.problem import CENTS

_NEAR = 1e-6  # of a step: how far the solver's numbers may be from whole ones
_TIE = 1e-6


@dataclass(frozen=True, slots=True)
class Rounded:
    """An answer in whole steps.

    Parameters
    ----------
    found
        The answer; it sums to zero as the rules ask, and keeps all of them to the cent.
    step
        In the currency of the baseline.
    cost
        Gain of the optimum less its own gain.
    """

    found: Found
    step: Decimal
    cost: float


@dataclass(frozen=True, slots=True)
class _Steps:
    """Steps that lines may go up and down: from ``least``, ``spread`` further ones at most."""

    lines: Ints
    signs: Floats
    least: Ints
    spread: Ints


def rounded(found: Found, step: Decimal) -> Rounded | None:
    """Return the best answer in whole steps near an optimum; None where no rule-keeping one is near.

    Raises
    ------
    ValueError
        The step is no whole number of cents above zero.
    """
    cents = int(step * CENTS)
    if cents <= 0 or cents != step * CENTS:
        raise ValueError(f"a step must be whole cents above zero: {step}")
    for lines in _more_and_more(found, cents):
        steps = _near(found, lines, cents)
        answer = None if np.any(steps.spread < 0) else _best(found, steps, cents)
        if answer is not None:
            return Rounded(answer, step, found.gain - answer.gain)
    return None


def _more_and_more(found: Found, step: int) -> Iterator[Ints]:
    """Yield the lines that may change: those that do, the first of each kind, and all that can."""
    room = found.problem.room
    is_moved = np.rint(found.cents) != 0
    yield np.flatnonzero(is_moved)
    further = np.flatnonzero(~is_moved & (np.maximum(room.high, -room.low) >= step))
    kind = kinds(room, counted(room, found.curves))[further]
    firsts = further[np.unique(kind, return_index=True)[1]]
    for lines in (firsts, further):
        yield np.sort(np.concatenate([np.flatnonzero(is_moved), lines]))


def _near(found: Found, lines: Ints, step: int) -> _Steps:
    """Return the steps within one of the optimum, inside each line's room."""
    room = found.problem.room
    at = found.cents[lines] / step
    low = np.ceil(np.maximum(at - 1 - _NEAR, room.low[lines] / step)).astype(np.int64)
    high = np.floor(np.minimum(at + 1 + _NEAR, room.high[lines] / step)).astype(np.int64)
    least_up, most_up = np.maximum(low, 0), np.maximum(high, 0)
    least_down, most_down = np.maximum(-high, 0), np.maximum(-low, 0)
    ups, downs = at > -_NEAR, at < _NEAR
    empty = low > high
    most_up[empty], least_up[empty] = -1, 0
    return _Steps(
        np.concatenate([lines[ups], lines[downs]]),
        np.concatenate([np.ones(int(ups.sum())), -np.ones(int(downs.sum()))]),
        np.concatenate([least_up[ups], least_down[downs]]),
        np.concatenate([(most_up - least_up)[ups], (most_down - least_down)[downs]]),
    )


def _best(found: Found, steps: _Steps, step: int) -> Found | None:
    solution = Solver(_problem(found, steps, step)).solve()
    if solution is None:
        return None
    further = np.rint(solution.values[: len(steps.lines)]).astype(np.int64)
    cents = np.zeros(len(found.cents), np.int64)
    np.add.at(cents, steps.lines, steps.signs.astype(np.int64) * (steps.least + further) * step)
    if not _keeps_rules(found, cents):
        raise SolverFailed("an answer in whole steps breaks a rule")
    return Found(found.problem, found.curves, cents.astype(np.float64))


def _keeps_rules(found: Found, cents: Ints) -> bool:
    """Tell whether changes in whole cents keep all rules, exactly."""
    room = found.problem.room
    sums = room.sums
    reached = np.zeros(len(sums.by), np.int64)
    np.add.at(reached, sums.rows, sums.signs.astype(np.int64) * cents[sums.lines])
    return bool(
        np.all(room.low <= cents)
        and np.all(cents <= room.high)
        and np.all(sums.low <= reached)
        and np.all(reached <= sums.high)
        and max(room.moved(cents.astype(np.float64))) <= room.limit
    )


def _problem(found: Found, steps: _Steps, step: int) -> LinearProblem:
    """Return the problem in whole numbers: further steps of lines, then the pieces of curves."""
    room = found.problem.room
    sums, size = room.sums, len(steps.lines)
    owners, of_lines, weights = counted(room, found.curves)
    bent = [at for at, curve in enumerate(found.curves) if not curve.is_straight]
    pieces, costs, widths, begins = pieces_of([found.curves[at] for at in bent], float(step))
    own, shifts = _entries(steps, sums.rows, sums.lines, sums.signs)
    has_row = np.isin(owners, bent)
    curve_rows = np.searchsorted(np.array(bent, np.int64), owners[has_row])
    of_curves, shifts_of_curves = _entries(steps, curve_rows, of_lines[has_row], weights[has_row])
    blocks = [own, Entries(of_curves.rows + len(sums.by), of_curves.columns, of_curves.values)]
    shift = np.bincount(own.rows, shifts, len(sums.by))
    begins = begins - np.bincount(of_curves.rows, shifts_of_curves, len(bent))
    first = len(sums.by) + len(bent)
    finds = ((steps.signs < 0) != room.is_revenue[steps.lines]).astype(np.int64)
    blocks.append(Entries(pieces.rows + len(sums.by), pieces.columns + size, pieces.values))
    blocks.append(Entries(first + finds, np.arange(size), np.ones(size)))
    rate = _rates(found, owners, of_lines, weights)[steps.lines] * steps.signs
    greatest = (
        max(float(np.abs(rate).max(initial=0.0)), float(np.abs(costs).max(initial=0.0))) or 1.0
    )
    starts, indices, values = by_column(blocks, size + len(costs))
    moved = np.bincount(finds, steps.least, 2)
    return LinearProblem(
        costs=np.concatenate([rate / greatest - _TIE, costs / greatest]),
        lower=np.zeros(size + len(costs)),
        upper=np.concatenate([steps.spread.astype(np.float64), widths]),
        starts=starts,
        indices=indices,
        values=values,
        row_lower=np.concatenate([np.ceil(sums.low / step) - shift, begins, np.full(2, -np.inf)]),
        row_upper=np.concatenate(
            [np.floor(sums.high / step) - shift, begins, room.limit // step - moved]
        ),
        whole=np.arange(size),
    )


def _entries(steps: _Steps, rows: Ints, lines: Ints, values: Floats) -> tuple[Entries, Floats]:
    """Return entries of lines as entries of their steps, and what the least steps of each bring."""
    order = np.argsort(lines, kind="stable")
    begins = np.searchsorted(lines[order], steps.lines)
    counts = np.searchsorted(lines[order], steps.lines, "right") - begins
    columns = np.repeat(np.arange(len(steps.lines)), counts)
    within = np.arange(len(columns)) - np.repeat(np.cumsum(counts) - counts, counts)
    entry = order[np.repeat(begins, counts) + within]
    signed = values[entry] * steps.signs[columns]
    return Entries(rows[entry], columns, signed), signed * steps.least[columns]


def _rates(found: Found, owners: Ints, lines: Ints, weights: Floats) -> Floats:
    """Return the gain per unit of each line by the curves that do not bend."""
    slopes = np.array([c.slopes[0] if c.is_straight else 0.0 for c in found.curves], np.float64)
    worth = weights * slopes[owners] if len(slopes) else weights
    return np.bincount(lines, worth, len(found.cents)).astype(np.float64)
