"""Intervals: how sure a share is, by the kind of data that it rests on.

A survey has a confidence interval, because another sample would have given another share. A
register has none: its doubt is whom it does not cover. A proxy is an assumption, and no interval
would make it more; it is not ranked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import sqrt

from budgeting.incidence.use import Use

Z95 = 1.959963984540054


class RangeKind(StrEnum):
    """What a range around a share means."""

    CONFIDENCE = "confidence"
    COVERAGE = "coverage"
    ASSUMPTION = "assumption"


# House rule: no standard grades local data. The rule for each grade is in data/grades.toml.
_KINDS: Mapping[str, RangeKind] = {
    "A": RangeKind.COVERAGE,
    "B": RangeKind.COVERAGE,
    "C": RangeKind.CONFIDENCE,
    "D": RangeKind.ASSUMPTION,
    "E": RangeKind.ASSUMPTION,
}


@dataclass(frozen=True, slots=True)
class Range:
    """Two bounds of a share (0 to 1) or an amount; ``low`` <= ``high``."""

    low: float
    high: float


def range_kind(grade: str | None) -> RangeKind:
    """Return what a range means for data of a grade, A to E; without a grade it is an assumption."""
    return _KINDS.get(grade or "E", RangeKind.ASSUMPTION)


def is_ranked(grade: str | None) -> bool:
    """Tell whether figures of a grade may be put in order: assumptions may not."""
    return range_kind(grade) is not RangeKind.ASSUMPTION


def wilson(
    count: Decimal | float,
    sample: Decimal | float,
    design_effect: Decimal | float = 1,
    z: float = Z95,
) -> Range | None:
    """Return Wilson's interval of a share from a survey; 95 per cent where `z` is not given.

    Parameters
    ----------
    count, sample
        How many of how many that were asked.
    design_effect
        How much worse the sample is than a simple random one: the sample counts as
        sample / design effect.

    Returns
    -------
    Range | None
        None where nobody was asked.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".

    Examples
    --------
    >>> found = wilson(380, 1000)
    >>> round(found.low, 4), round(found.high, 4)
    (0.3504, 0.4105)
    """
    if sample <= 0 or design_effect <= 0 or not 0 <= count <= sample:
        return None
    share, n = float(count) / float(sample), float(sample) / float(design_effect)
    middle = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Range(max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))


def coverage_range(use: Use, group: str, covered: Decimal = Decimal(1)) -> Range | None:
    """Return from where to where a group's share goes, whoever those are whom nobody recorded.

    Parameters
    ----------
    covered
        The part of all users that the register holds, above 0 and up to 1.

    Formula: U_g / T .. (U_g + missing) / T with T = U / covered and missing = U_unknown + T - U.

    Examples
    --------
    >>> register = Use({"female": Decimal(60), "male": Decimal(30)}, Decimal(100))
    >>> coverage_range(register, "female")
    Range(low=0.6, high=0.7)
    """
    known, users = use.known, use.users
    if group not in known or not users or not 0 < covered <= 1:
        return None
    whole = users / covered
    missing = whole - sum(known.values())
    return Range(float(known[group] / whole), float((known[group] + missing) / whole))


def share_range(
    grade: str | None,
    use: Use,
    group: str,
    *,
    sample: Decimal | None = None,
    design_effect: Decimal = Decimal(1),
    covered: Decimal = Decimal(1),
) -> Range | None:
    """Return the range of a group's share that its grade allows; `range_kind` says what it means.

    Parameters
    ----------
    sample
        How many were asked in a survey (grade C), whatever it was projected to; where it is not
        known, neither is the interval.

    Returns
    -------
    Range | None
        None for assumptions, and where a figure that it needs is not known.
    """
    kind = range_kind(grade)
    if kind is RangeKind.COVERAGE:
        return coverage_range(use, group, covered)
    known, users = use.known, use.users
    if kind is RangeKind.ASSUMPTION or sample is None or group not in known or not users:
        return None
    return wilson(known[group] / users * sample, sample, design_effect)
