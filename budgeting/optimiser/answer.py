"""The answer: the reallocation that does most for an objective, with everything that is asked of it.

It recommends; a person takes moves over one by one.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from budgeting.optimiser.binding import Binding, binding
from budgeting.optimiser.conflicts import Conflict, conflict
from budgeting.optimiser.frontier import POINTS, Point, frontier
from budgeting.optimiser.objectives import Objective
from budgeting.optimiser.optimum import Found, Optimiser
from budgeting.optimiser.problem import Problem
from budgeting.optimiser.rounding import Rounded, rounded
from budgeting.optimiser.transfers import Transfer, transfers
from budgeting.simulation.model import ZERO

_CLEARLY = Decimal("0.9")  # of what may be moved: an answer that moves less is held by something
_LITTLE = 50  # the room more is at most a fiftieth of the money that may move, or one step


@dataclass(frozen=True, slots=True)
class Answer:
    """The best answer and what it rests on.

    Parameters
    ----------
    optimum
        The continuous answer, to the cent.
    rounded
        The best answer in whole steps near it; None where none keeps all rules.
    transfers
        Moves from giver to taker, the best per unit of money first: of the rounded answer, of the
        optimum where there is none.
    binding
        What keeps the answer from being better, what would bring most first.
    frontier
        Most gain by money moved.
    """

    objective: Objective
    optimum: Found
    rounded: Rounded | None
    transfers: tuple[Transfer, ...]
    binding: tuple[Binding, ...]
    frontier: tuple[Point, ...]

    @property
    def proposed(self) -> Found:
        """What is proposed: the rounded answer where there is one."""
        return self.rounded.found if self.rounded else self.optimum

    @property
    def unseen(self) -> Decimal:
        """Money taken from lines of which the objective knows nothing: it cannot say what that costs."""
        seen = {line for curve in self.optimum.curves for line in curve.weights}
        givers = ((one.giver, one.amount) for one in self.transfers)
        return sum((amount for giver, amount in givers if giver and giver not in seen), ZERO)


@dataclass(frozen=True, slots=True)
class Wider:
    """What the best answer would be if money could come from any line.

    ``unseen`` is the money that it takes from lines of which the objective knows nothing.
    """

    moved: Decimal
    gain: float
    unseen: Decimal


def wider(problem: Problem, answer: Answer) -> Wider | None:
    """Return what money from any line would do, where an answer moves clearly less than it may.

    None where lines are open already, or opening them brings no more.
    """
    before = answer.proposed
    if problem.opened is None or before.moved >= problem.limit * _CLEARLY:
        return None
    found = Optimiser(replace(problem, opened=None), before.curves).optimum()
    if found is None or found.moved * _CLEARLY <= before.moved or found.gain <= before.gain:
        return None
    seen = {line for curve in before.curves for line in curve.weights}
    taken = (-change for line, change in found.changes.items() if line not in seen and change < 0)
    return Wider(found.moved, found.gain, sum(taken, ZERO))


def _room_tried(problem: Problem, step: Decimal) -> Decimal:
    """Return how much more room rules are given: a round amount that is felt, and still little."""
    room = step
    while room * 10 <= problem.limit / _LITTLE:
        room *= 10
    return room


def optimise(
    problem: Problem, objective: Objective, step: Decimal, points: int = POINTS
) -> Answer | Conflict:
    """Return the best answer; where rules cannot all be kept, which, and what would have to give way.

    Parameters
    ----------
    step
        The town's step, in whole cents, of which the rounded answer consists.
    """
    optimiser = Optimiser(problem, objective.curves())
    solution = optimiser.settled()
    if solution is None:
        found = conflict(problem)
        if found is None:
            raise AssertionError("the solver finds no answer, and no conflict either")
        return found
    optimum = optimiser.found(solution)
    by_steps = rounded(optimum, step)
    points_found = frontier(optimiser, points)  # before the prices, which leave another basis
    proposed = by_steps.found if by_steps else optimum
    return Answer(
        objective,
        optimum,
        by_steps,
        transfers(problem, proposed.curves, proposed.changes),
        binding(optimiser, solution, _room_tried(problem, step)),
        points_found,
    )
