"""The frontier: the most that can be gained, by how much money may move.

It never falls, and each further unit brings at most as much as the one before: whoever sees it knows
from where on moving more is not worth the trouble.
"""

from dataclasses import dataclass
from decimal import Decimal

from budgeting.optimiser.optimum import Found, Optimiser
from budgeting.optimiser.problem import money

POINTS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """The best answer for some money moved; ``found`` is None where no answer keeps all rules."""

    limit: Decimal
    found: Found | None

    @property
    def gain(self) -> float | None:
        """Gain over the baseline."""
        return self.found.gain if self.found else None


def frontier(optimiser: Optimiser, points: int = POINTS) -> tuple[Point, ...]:
    """Return so many points, in equal steps from nothing moved to all that may be.

    The problem is built once and solved from above: each point goes on from the one before. The
    optimiser must have found its optimum, and is left as it was.
    """
    whole = optimiser.problem.room.limit
    limits = [whole * at // (points - 1) for at in range(points)]
    found = []
    for cents in reversed(limits):
        optimiser.limit(cents)
        solution = optimiser.again()
        answer = None if solution is None else optimiser.found(solution)
        found.append(Point(money(cents), answer))
    optimiser.limit(whole)
    return tuple(reversed(found))
