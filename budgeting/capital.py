"""Capital: what a building or a vehicle costs a year, so that it can stand beside current cost.

Annual capital is shown apart from current cost, and its benefit follows the users that are expected
over its life, which is a plan and not a count.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from budgeting.amounts import CENT


def annuity(cost: Decimal | None, rate: Decimal | None, years: int | None) -> Decimal | None:
    """Return the equal yearly amount that pays a cost and its interest over its life, to the cent.

    Parameters
    ----------
    cost
        What was paid for it, in the currency of the result.
    rate
        Interest a year, as a fraction: 0.03 for 3 per cent. Without interest it is a straight line.
    years
        Its life.

    Returns
    -------
    Decimal | None
        None where anything is not known, or the life is not at least one year.

    Formula: cost x r / (1 - (1 + r)^-n).

    Examples
    --------
    >>> annuity(Decimal("500000.00"), Decimal("0.03"), 25)
    Decimal('28713.94')
    """
    if cost is None or rate is None or rate <= -1:
        return None
    if not rate:
        return straight_line(cost, years)
    if years is None or years < 1:
        return None
    return (cost * rate / (1 - (1 + rate) ** -years)).quantize(CENT, ROUND_HALF_EVEN)


def straight_line(cost: Decimal | None, years: int | None) -> Decimal | None:
    """Return cost / years to the cent; None where either is not known or the life below a year.

    Examples
    --------
    >>> straight_line(Decimal("500000.00"), 25)
    Decimal('20000.00')
    """
    if cost is None or years is None or years < 1:
        return None
    return (cost / years).quantize(CENT, ROUND_HALF_EVEN)
