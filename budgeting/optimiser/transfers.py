"""Transfers: an answer as moves from giver to taker, in order of worth.

Which giver pays for which taker is not decided by the optimum, only what each line gives or gets. The
best taker is paired with the giver that loses least; lines whose sum a rule holds fixed, such as those
of an earmarked fund, first among themselves, so that no move crosses what a rule keeps apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budgeting.model import Direction
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.problem import Problem
from budgeting.simulation.model import ZERO

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money from one line to another.

    Parameters
    ----------
    giver, taker
        Lines; None where the balance changes, which only the rules on it can allow. A line of revenue
        gives what it brings in addition, and takes what it falls short.
    amount
        Above zero.
    gain
        What it brings, in the unit of the objective. All transfers bring what the answer brings.
    """

    giver: int | None
    taker: int | None
    amount: Decimal
    gain: float

    @property
    def rate(self) -> float:
        """Gain per unit of money."""
        return self.gain / float(self.amount)


@dataclass(slots=True)
class _Side:
    """What a line still gives or gets, and what each unit of that brings."""

    line: int
    left: Decimal
    rate: float


def transfers(
    problem: Problem, curves: Iterable[Curve], changes: Mapping[int, Decimal]
) -> tuple[Transfer, ...]:
    """Return changes of lines as moves, the best per unit of money first."""
    curves = tuple(curves)
    signs = {line: _sign(problem, line) for line in changes}
    rates = {line: rate * signs[line] for line, rate in line_rates(curves, changes).items()}
    spent = {line: change * signs[line] for line, change in changes.items()}
    groups = _kept_apart(problem)
    found: list[Transfer] = []
    spare: dict[int, Decimal] = {}
    for group in dict.fromkeys(groups.get(line, ()) for line in spent):
        own = {line: amount for line, amount in spent.items() if groups.get(line, ()) == group}
        found += _paired(own, rates, spare)
    rest: dict[int, Decimal] = {}
    found += _paired(spare, rates, rest)
    for line, left in rest.items():
        giver, taker = (None, line) if left > 0 else (line, None)
        found.append(Transfer(giver, taker, abs(left), float(left) * rates[line]))
    place = {line.line_id: at for at, line in enumerate(problem.baseline.lines)}
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -round(one.rate, 12),
                *(place.get(of or 0, -1) for of in (one.taker, one.giver)),
            ),
        )
    )


def _sign(problem: Problem, line: int) -> int:
    """Return whether more in a line is spent, or is found."""
    return 1 if problem.baseline.by_id[line].direction is Direction.EXPENDITURE else -1


def line_rates(curves: tuple[Curve, ...], changes: Mapping[int, Decimal]) -> dict[int, float]:
    """Return what each unit of each line's change brings, on average over the whole answer.

    A curve that bends pays the same average rate to all of its lines, so that the rates times the
    changes sum to the gain of the answer.
    """
    rates = dict.fromkeys(changes, 0.0)
    for curve in curves:
        shifts = {
            line: float(change) * curve.weights[line]
            for line, change in changes.items()
            if line in curve.weights
        }
        if not shifts:
            continue
        whole, size = sum(shifts.values()), sum(map(abs, shifts.values()))
        rate = curve.gain(whole) / whole if abs(whole) > _SAME * size else curve.next_rate(0.0)
        for line in shifts:
            rates[line] += rate * curve.weights[line]
    return rates


def _kept_apart(problem: Problem) -> dict[int, tuple[int, ...]]:
    """Return by line the sums that rules hold fixed and that it is in."""
    room = problem.room
    sums = room.sums
    fixed = (sums.low == sums.high)[sums.rows]
    found: dict[int, tuple[int, ...]] = {}
    order = np.argsort(sums.rows[fixed], kind="stable")
    lines, rows = room.ids[sums.lines[fixed][order]], sums.rows[fixed][order]
    for line, row in zip(lines.tolist(), rows.tolist(), strict=True):
        found[line] = (*found.get(line, ()), row)
    return found


def _paired(
    changes: Mapping[int, Decimal], rates: Mapping[int, float], spare: dict[int, Decimal]
) -> Iterator[Transfer]:
    """Pair takers with givers, the best with the best; what finds no partner goes to `spare`."""
    takers = [_Side(line, left, rates[line]) for line, left in changes.items() if left > 0]
    givers = [_Side(line, -left, rates[line]) for line, left in changes.items() if left < 0]
    takers.sort(key=lambda side: -side.rate)
    givers.sort(key=lambda side: side.rate)
    while takers and givers:
        taker, giver = takers[0], givers[0]
        amount = min(taker.left, giver.left)
        yield Transfer(giver.line, taker.line, amount, float(amount) * (taker.rate - giver.rate))
        taker.left -= amount
        giver.left -= amount
        takers, givers = _open(takers), _open(givers)
    for side, sign in ((takers, 1), (givers, -1)):
        spare.update({one.line: spare.get(one.line, ZERO) + sign * one.left for one in side})


def _open(sides: list[_Side]) -> list[_Side]:
    return sides if sides[0].left else sides[1:]
