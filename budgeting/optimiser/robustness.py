"""Robustness: in how many draws of uncertain data about use each move would still be made.

A share of women among users is drawn from its range: evenly where a register does not cover everybody,
because nothing says where in it the truth lies; as a sample's error where it rests on a survey. The
number of users and the money stay. What rests on an assumption has no range and is not drawn: it is
named, because the answer is blind to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from budgeting.incidence import NOT_KNOWN, Use
from budgeting.intervals import Z95, Range, RangeKind, range_kind
from budgeting.optimiser.objectives import FEMALE, Objective
from budgeting.optimiser.optimum import Found, Optimiser
from budgeting.simulation.effects import ServiceState

DRAWS = 200
SEED = 20_260_101
_LEAST_CENTS = 0.5


@dataclass(frozen=True, slots=True)
class Robustness:
    """How often the answer of drawn data moves a line as the answer itself does.

    Parameters
    ----------
    stays
        By line that moves: the part of the draws in which it moves in the same direction, 0 to 1.
    drawn, not_drawn
        Codes of services whose users were drawn, and of those whose were not.
    lowest, highest
        Gain that the answer itself has, over 95 of 100 draws.
    """

    stays: Mapping[int, float]
    drawn: tuple[str, ...]
    not_drawn: tuple[str, ...]
    lowest: float
    highest: float
    count: int
    seed: int


def robustness(
    objective: Objective,
    found: Found,
    ranges: Mapping[str, Range],
    *,
    count: int = DRAWS,
    seed: int = SEED,
) -> Robustness | None:
    """Return how robust an answer is; None where its objective has nothing uncertain in it.

    Parameters
    ----------
    found
        The answer whose moves are looked at, rounded or not.
    ranges
        Range of women's share of users, by code of service, as `budgeting.intervals` has it.
    """
    services = objective.services
    drawn = tuple(one.code for one in services if _is_drawn(one, ranges))
    if not drawn:
        return None
    optimiser = Optimiser(found.problem, found.curves)
    stays = np.zeros(len(found.cents))
    gains = np.zeros(count)
    direction = _direction(found)
    for at, one in enumerate(draws(services, ranges, count, seed)):
        curves = objective.with_services(one).curves()
        optimiser.adopt(curves)
        answer = optimiser.optimum()
        gains[at] = replace(found, curves=curves).gain
        if answer is not None:
            stays += _direction(answer) == direction
    ids = optimiser.problem.room.ids
    moved = np.flatnonzero(direction)
    low, high = np.quantile(gains, (0.025, 0.975))
    return Robustness(
        {int(ids[at]): float(stays[at]) / count for at in moved},
        drawn,
        tuple(one.code for one in services if one.code not in drawn),
        float(low),
        float(high),
        count,
        seed,
    )


def draws(
    services: Sequence[ServiceState], ranges: Mapping[str, Range], count: int, seed: int
) -> Iterator[tuple[ServiceState, ...]]:
    """Yield the services so often, each time with women's shares of users that could be the true ones."""
    random = np.random.default_rng(seed)
    even = random.random((count, len(services)))
    normal = random.standard_normal((count, len(services)))
    for evenly, normally in zip(even, normal, strict=True):
        yield tuple(
            _drawn(one, ranges[one.code], float(a), float(b)) if _is_drawn(one, ranges) else one
            for one, a, b in zip(services, evenly, normally, strict=True)
        )


def _is_drawn(service: ServiceState, ranges: Mapping[str, Range]) -> bool:
    is_assumed = range_kind(service.grade) is RangeKind.ASSUMPTION
    return service.code in ranges and not is_assumed and bool(service.use.known.get(FEMALE))


def _drawn(service: ServiceState, within: Range, evenly: float, normally: float) -> ServiceState:
    """Return the service with a drawn share of women; all other groups keep their proportions."""
    closed = service.use.closed
    if closed is None:
        return service
    users = sum(closed.values())
    share = within.low + evenly * (within.high - within.low)
    if range_kind(service.grade) is RangeKind.CONFIDENCE:
        middle = float(closed[FEMALE] / users)
        share = middle + normally * (within.high - within.low) / (2 * Z95)
    share = min(max(share, 0.0), 1.0)
    women = Decimal(share) * users
    rest = users - closed[FEMALE]
    scale = (users - women) / rest if rest else Decimal(0)
    others = {group: count * scale for group, count in closed.items() if group != FEMALE}
    return replace(service, use=Use({FEMALE: women, **others, NOT_KNOWN: others[NOT_KNOWN]}))


def _direction(found: Found) -> np.ndarray:
    return np.sign(np.where(np.abs(found.cents) < _LEAST_CENTS, 0.0, found.cents))
