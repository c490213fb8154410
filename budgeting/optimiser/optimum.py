"""The optimum: the linear problem of kinds of lines, solved, and what it says of each line.

A line's new amount is its base + increase - decrease. Ties are broken so: a hundred-thousandth of
the greatest rate is taken off every unit that moves, a little more for later lines, and of equally good
answers the one that moves least is found; then that is put back and solved again from there, so that
nothing worth having is lost. Of lines alike the largest moves first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from budgeting.optimiser.alike import counted, poured
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.highs import Floats, Solution, Solver
from budgeting.optimiser.matrix import both_ways, matrix
from budgeting.optimiser.problem import CENTS, Problem, money

_NOTHING = 1e-3  # cents; the solver's own tolerance


@dataclass(frozen=True)  # without slots: sums are kept
class Found:
    """An answer: by how many cents each free line changes, and what that brings."""

    problem: Problem
    curves: tuple[Curve, ...]
    cents: Floats

    @cached_property
    def changes(self) -> dict[int, Decimal]:
        """Change by line, to the cent; lines that stay are left out."""
        ids = self.problem.room.ids
        moved = np.flatnonzero(np.rint(self.cents))
        return {int(ids[at]): money(float(self.cents[at])) for at in moved}

    @cached_property
    def weighted(self) -> tuple[float, ...]:
        """Weighted change of money by curve."""
        owners, lines, weights = counted(self.problem.room, self.curves)
        sums = np.bincount(owners, weights * self.cents[lines], len(self.curves))
        return tuple((sums / CENTS).tolist())

    @cached_property
    def gains(self) -> tuple[float, ...]:
        """Gain by curve."""
        pairs = zip(self.curves, self.weighted, strict=True)
        return tuple(curve.gain(change) for curve, change in pairs)

    @property
    def gain(self) -> float:
        """Gain over the baseline, in the unit of the objective."""
        return sum(self.gains)

    @property
    def moved(self) -> Decimal:
        """What is found: given by lines of expenditure, brought by lines of revenue."""
        return money(self.problem.room.moved(self.cents)[1])


class Optimiser:
    """The problem with one objective in the solver: asked again, it goes on from its last answer."""

    def __init__(self, problem: Problem, curves: Sequence[Curve]) -> None:
        self.problem = problem
        self._take(curves)
        self.solver = Solver(self.matrix.problem)

    def _take(self, curves: Sequence[Curve]) -> None:
        self.curves = tuple(curves)
        self.matrix = matrix(self.problem.room, self.curves)

    def adopt(self, curves: Sequence[Curve]) -> None:
        """Take another objective under the same rules."""
        self._take(curves)
        self.solver.adopt(self.matrix.problem)

    def optimum(self) -> Found | None:
        """Return the best answer; None where no answer keeps all rules."""
        solution = self.settled()
        return None if solution is None else self.found(solution)

    def settled(self) -> Solution | None:
        """Return the solver's optimum, ties broken."""
        if self.problem.room.is_contradicted:
            return None
        for costs in self.matrix.tied:
            self.solver.change_costs(costs)
            if self.solver.solve() is None:
                return None
        return self.again()

    def again(self) -> Solution | None:
        """Return the solver's optimum, going on from its last one."""
        self.solver.change_costs(self.matrix.problem.costs)
        return self.solver.solve()

    def limit(self, cents: float) -> None:
        """Let another sum of money move."""
        for row in self.matrix.moved_rows:
            self.solver.change_row(row, -np.inf, cents / self.matrix.unit)

    def gained(self, objective: float) -> float:
        """Return a difference of the solver's objective in the unit of the gain."""
        return objective * self.matrix.rate * self.matrix.unit / CENTS

    def found(self, solution: Solution) -> Found:
        """Return what a solution says of each line."""
        size, unit, kind = self.matrix.size, self.matrix.unit, self.matrix.kind
        up, down = solution.values[:size] * unit, solution.values[size : 2 * size] * unit
        ups, downs = both_ways(self.problem.room)
        least_up, least_down = (np.bincount(kind, side[0], size) for side in (ups, downs))
        # Within a kind, up and down at once is nothing but movement.
        idle = np.clip(np.minimum(up - least_up, down - least_down), 0.0, None)
        cents = poured(up - idle, kind, *ups) - poured(down - idle, kind, *downs)
        cents[np.abs(cents) < _NOTHING] = 0.0
        return Found(self.problem, self.curves, cents)
