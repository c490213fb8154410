"""Carrying a budget over the next years with growth rates: what would follow if nothing else changed."""

from decimal import ROUND_HALF_EVEN, Decimal

from budgeting.amounts import CENT

AHEAD = 3


def carried(amount: Decimal, rate: Decimal, years: int = AHEAD) -> tuple[Decimal, ...]:
    """Return an amount in the next years, growing by the same rate each year, to the cent.

    Parameters
    ----------
    rate
        Part by which it grows in a year: 0.03 for three per cent; above -1.

    Formula: amount x (1 + rate) ^ year. Each year is rounded by itself, so no rounding adds up.

    Examples
    --------
    >>> carried(Decimal("100.00"), Decimal("0.03"))
    (Decimal('103.00'), Decimal('106.09'), Decimal('109.27'))
    """
    if rate <= -1:
        raise ValueError(f"nothing shrinks by {-rate:%} a year")
    return tuple(
        (amount * (1 + rate) ** year).quantize(CENT, ROUND_HALF_EVEN)
        for year in range(1, years + 1)
    )
