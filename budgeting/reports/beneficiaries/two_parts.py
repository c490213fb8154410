"""Two parts: how far a group's part and that of all others are from their parts of the people.

A share of use or money stands against the share of those it is meant for; both are parts of one.
"""

from collections.abc import Callable

from budgeting.indices import lorenz_distance, theil_between
from budgeting.intervals import Range

Index = Callable[[float, float], float | None]


def parity(share: float, people: float) -> float | None:
    """Return what one of the group has over what one of the others has; None where others have none."""
    if not 0 < people < 1 or share >= 1:
        return None
    return share / people / ((1 - share) / (1 - people))


def distance(share: float, people: float) -> float | None:
    """Return the part that would have to move for equal parts: the Lorenz distance."""
    return lorenz_distance(*_both(share, people))


def theil(share: float, people: float) -> float | None:
    """Return Theil's T between the group and all others."""
    return theil_between(*_both(share, people))


def ends(
    of: Index, people: float | None, bounds: Range | None
) -> tuple[float | None, float | None]:
    """Return the least and the largest value of an index over a range of the share; None for no bound.

    Between the ends it can be less only where shares are those of the people: there a distance is 0.
    """
    if people is None or bounds is None:
        return None, None
    inside = [people] if bounds.low <= people <= bounds.high else []
    values = [of(share, people) for share in (bounds.low, bounds.high, *inside)]
    known = [value for value in values if value is not None]
    is_whole = len(known) == len(values)
    return min(known) if known else None, max(known) if is_whole else None


def _both(share: float, people: float) -> tuple[dict[str, float], dict[str, float]]:
    return {"group": share, "others": 1 - share}, {"group": people, "others": 1 - people}
