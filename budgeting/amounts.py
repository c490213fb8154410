"""Amounts: exact arithmetic on money where a figure may be missing.

None stands for "not known" and is never turned into zero.
"""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import lcm
from typing import TypeVar

Key = TypeVar("Key")

CENT = Decimal("0.01")
# House rule, after the zones of PEFA's PI-1: how far the outturn is from the approved budget.
EXECUTION_BANDS = (Decimal("0.05"), Decimal("0.10"), Decimal("0.15"))


def ratio(part: Decimal | None, whole: Decimal | None) -> float | None:
    """Return part / whole; None where either is missing or the whole is zero or negative.

    Examples
    --------
    >>> ratio(Decimal(1), Decimal(4)), ratio(Decimal(1), Decimal(0))
    (0.25, None)
    """
    return float(part / whole) if part is not None and whole is not None and whole > 0 else None


def difference(amount: Decimal | None, previous: Decimal | None) -> Decimal | None:
    """Return amount - previous; None where either is missing."""
    return amount - previous if amount is not None and previous is not None else None


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is known; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def scaled(amount: Decimal | None, factor: Decimal | None) -> Decimal | None:
    """Return amount * factor to the cent; None where either is missing."""
    if amount is None or factor is None:
        return None
    return (amount * factor).quantize(CENT, ROUND_HALF_EVEN)


def apportioned(
    total: Decimal, weights: Mapping[Key, Decimal], step: Decimal = CENT
) -> dict[Key, Decimal]:
    """Return `total` in parts by `weights`: whole steps, which sum to the total exactly.

    The steps that rounding down leaves go to the largest remainders; among equal ones to the
    heaviest part, then to the first. A negative total is apportioned as a positive one.

    Parameters
    ----------
    total
        What is divided; rounded to `step` first.
    weights
        By part, none negative. Where they sum to zero nothing can be divided: {}.
    step
        The smallest part: a cent, or 0.000001 for shares.

    Source: the method of largest remainders (Hamilton).

    Examples
    --------
    >>> apportioned(Decimal("100.00"), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)})
    {'a': Decimal('33.34'), 'b': Decimal('33.33'), 'c': Decimal('33.33')}
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError(f"a weight is negative: {weights}")
    numbers = _whole_numbers(weights)
    whole = sum(numbers.values())
    if not whole:
        return {}
    steps = round(Fraction(abs(total)) / Fraction(step))
    divided = {key: divmod(steps * number, whole) for key, number in numbers.items()}
    parts = {key: part for key, (part, _remainder) in divided.items()}
    order = sorted(numbers, key=lambda key: (-divided[key][1], -numbers[key]))
    for key in order[: steps - sum(parts.values())]:
        parts[key] += 1
    return {key: (part if total >= 0 else -part) * step for key, part in parts.items()}


def _whole_numbers(weights: Mapping[Key, Decimal]) -> dict[Key, int]:
    """Return whole numbers in exactly the proportions of the weights: fractions are ten times as slow."""
    ratios = {key: weight.as_integer_ratio() for key, weight in weights.items()}
    common = lcm(*(below for _above, below in ratios.values()))
    return {key: above * (common // below) for key, (above, below) in ratios.items()}


def execution_band(executed: Decimal | None, approved: Decimal | None) -> int | None:
    """Return 0 to 3: within 5, 10, 15 per cent of the approved amount, or beyond.

    Examples
    --------
    >>> execution_band(Decimal(95), Decimal(100)), execution_band(Decimal(84), Decimal(100))
    (0, 3)
    """
    if executed is None or approved is None or approved <= 0:
        return None
    deviation = abs(executed - approved) / approved
    return sum(deviation > limit for limit in EXECUTION_BANDS)
