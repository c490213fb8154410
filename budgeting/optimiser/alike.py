"""Lines alike: which lines can stand for one another, and which of them moves first.

Lines that are in the same sums with the same sign, and of which each unit is worth the same, are one
variable. That makes large problems small, and it says which of them moves: the largest, as far as it
may, then the next; so that few lines move, and those that can best bear it.
"""

from collections.abc import Sequence

import numpy as np

from budgeting.optimiser.curves import Curve
from budgeting.optimiser.highs import Floats, Ints
from budgeting.optimiser.problem import Room


def counted(room: Room, curves: Sequence[Curve]) -> tuple[Ints, Ints, Floats]:
    """Return curve, line and weight of everything that free lines bring to curves."""
    ids = np.array([one for curve in curves for one in curve.weights], np.int64)
    weights = np.array([one for curve in curves for one in curve.weights.values()], np.float64)
    owners = np.repeat(np.arange(len(curves)), [len(curve.weights) for curve in curves])
    places = room.places(ids)
    counts = (places >= 0) & (weights != 0)
    return owners[counts], places[counts], weights[counts]


def kinds(room: Room, of_curves: tuple[Ints, Ints, Floats]) -> Ints:
    """Return for each free line the number of its kind; kinds are numbered by their first line."""
    sums = room.sums
    owners, lines, weights = of_curves
    by_weight = np.unique(weights, return_inverse=True)[1]
    in_sums = sums.rows * 2 + (sums.signs > 0)
    in_curves = owners * (by_weight.max(initial=0) + 1) + by_weight
    found = room.is_revenue.astype(np.int64)
    found = _split(found, sums.lines, in_sums)
    found = _split(found, lines, in_curves)
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    return number[inverse]


def _split(found: Ints, lines: Ints, codes: Ints) -> Ints:
    """Split kinds by the codes that their lines have, however many each has."""
    order = np.lexsort((codes, lines))
    lines, codes = lines[order], codes[order] + 1
    firsts = np.searchsorted(lines, lines)
    depths = np.arange(len(lines)) - firsts
    for depth in range(int(depths.max(initial=-1)) + 1):
        column = np.zeros(len(found), np.int64)
        at = depths == depth
        column[lines[at]] = codes[at]
        found = np.unique(found * (codes.max() + 1) + column, return_inverse=True)[1]
    return found


def poured(totals: Floats, kind: Ints, least: Ints, most: Ints) -> Floats:
    """Return what each line gets of its kind's total: the least first, then in line order to the most."""
    order = np.argsort(kind, kind="stable")
    room = (most - least)[order].astype(np.float64)
    before = np.cumsum(room) - room
    starts = np.searchsorted(kind[order], np.arange(len(totals)))
    within = before - before[starts[kind[order]]] if len(order) else before
    spare = totals - np.bincount(kind, least, len(totals))
    got = np.empty(len(kind))
    got[order] = least[order] + np.clip(spare[kind[order]] - within, 0.0, room)
    return got
