"""What marks say about money: interval, weighted amount, sensitivity, concentration, change.

Pure functions on sums by category; a category is a code of one methodology. "Not screened" is the
rest of the budget and never a category: `not_screened` closes every total to the cent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from budgeting.amounts import CENT

ZERO = Decimal("0.00")
PRINCIPAL, SIGNIFICANT = "principal", "significant"
DOUBTFUL = ("low", "medium")


@dataclass(frozen=True, slots=True)
class Interval:
    """Two bounds of an amount, in the currency of what was summed; ``low`` <= ``high``."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Overlap:
    """Sums over the lines of two statements, under one methodology and category.

    Parameters
    ----------
    before, after
        What the category has in the earlier and in the later statement, all lines.
    kept_before
        The part of ``before`` in lines that both statements have.
    kept_as_before
        The later amounts of the same lines, had their marks stayed as they were.
    kept_after
        The part of ``after`` in lines that both statements have.
    """

    before: Decimal
    after: Decimal
    kept_before: Decimal
    kept_as_before: Decimal
    kept_after: Decimal


@dataclass(frozen=True, slots=True)
class TaggedChange:
    """Why a tagged amount changed; the parts sum to ``total`` exactly.

    ``price`` is None where no price index is known: then ``volume`` holds both.
    """

    price: Decimal | None
    volume: Decimal
    reclassification: Decimal
    new_lines: Decimal
    ended_lines: Decimal

    @property
    def total(self) -> Decimal:
        """The whole change: later less earlier."""
        kept = (self.price or ZERO) + self.volume + self.reclassification
        return kept + self.new_lines + self.ended_lines


def not_screened(total: Decimal, by_category: Mapping[str, Decimal]) -> Decimal:
    """Return what no mark covers: the total less every category.

    Examples
    --------
    >>> not_screened(Decimal("100.00"), {"2": Decimal("30.00"), "0": Decimal("50.00")})
    Decimal('20.00')
    """
    return total - sum(by_category.values(), ZERO)


def tagged_interval(by_category: Mapping[str, Decimal], stances: Mapping[str, str]) -> Interval:
    """Return principal only .. principal and significant.

    A negative significant amount (a refund) lowers the total, and so becomes the lower bound.

    Source: recommended in place of one number, because the OECD's marker is qualitative.
    """
    principal = _of_stance(by_category, stances, PRINCIPAL)
    both = principal + _of_stance(by_category, stances, SIGNIFICANT)
    return Interval(min(principal, both), max(principal, both))


def _of_stance(
    by_category: Mapping[str, Decimal], stances: Mapping[str, str], stance: str
) -> Decimal:
    found = (amount for code, amount in by_category.items() if stances[code] == stance)
    return sum(found, ZERO)


def weighted(by_category: Mapping[str, Decimal], coefficients: Mapping[str, Decimal]) -> Decimal:
    """Return the sum of amount x coefficient, rounded to the cent once, at the end."""
    exact = sum((amount * coefficients[code] for code, amount in by_category.items()), Decimal(0))
    return exact.quantize(CENT)


def fallen(
    by_category_and_confidence: Mapping[tuple[str, str], Decimal], order: Sequence[str]
) -> dict[str, Decimal]:
    """Return the amounts by category, had every doubtful mark been one category weaker.

    Parameters
    ----------
    by_category_and_confidence
        Amounts by (category, confidence); low and medium confidence are doubtful.
    order
        Categories of the methodology, the strongest first; the last one cannot fall.

    Examples
    --------
    >>> fallen({("2", "low"): Decimal(5), ("1", "high"): Decimal(7)}, ["2", "1", "0"])
    {'2': Decimal('0.00'), '1': Decimal('12.00'), '0': Decimal('0.00')}
    """
    amounts = dict.fromkeys(order, ZERO)
    for (category, confidence), amount in by_category_and_confidence.items():
        place = order.index(category)
        if confidence in DOUBTFUL:
            place = min(place + 1, len(order) - 1)
        amounts[order[place]] += amount
    return amounts


def largest_share(amounts: Sequence[Decimal], total: Decimal, count: int = 3) -> Decimal | None:
    """Return the part of `total` that the `count` largest amounts make; None of a total <= 0."""
    if total <= 0:
        return None
    return sum(sorted(amounts, reverse=True)[:count], ZERO) / total


def change_of(sums: Overlap, growth: Decimal | None) -> TaggedChange:
    """Split the change of a tagged amount into price, volume, reclassification and lines.

    Parameters
    ----------
    sums
        The amounts of one category (or weighted over all), to the cent.
    growth
        By how much prices rose between the two, 0.05 for five per cent; None where not known.

    Returns
    -------
    TaggedChange
        price = kept_before x growth; volume = kept_as_before - kept_before - price;
        reclassification = kept_after - kept_as_before; new lines = what only the later statement
        has; ended lines = less what only the earlier one had. They sum to after - before.

    Examples
    --------
    A scheme of 50 moves from B to A, unchanged in amount: for A, nothing of it is new money.

    >>> moved = Overlap(*map(Decimal, ("0.00", "50.00", "0.00", "0.00", "50.00")))
    >>> change_of(moved, None).reclassification
    Decimal('50.00')
    """
    kept_growth = sums.kept_as_before - sums.kept_before
    price = None
    if growth is not None:
        price = (sums.kept_before * growth).quantize(CENT)
    return TaggedChange(
        price=price,
        volume=kept_growth - (price or ZERO),
        reclassification=sums.kept_after - sums.kept_as_before,
        new_lines=sums.after - sums.kept_after,
        ended_lines=sums.kept_before - sums.before,
    )


def part_of(amount: Decimal, share_before: Decimal, share: Decimal) -> Decimal:
    """Return the money of one part of a marked amount, cut at whole cents.

    Parts stand one behind the other, so that together with what is left they are the amount.

    Examples
    --------
    >>> [part_of(Decimal("0.05"), Decimal(at), Decimal("0.5")) for at in ("0", "0.5")]
    [Decimal('0.03'), Decimal('0.02')]
    """
    begins, ends = amount * share_before, amount * (share_before + share)
    return ends.quantize(CENT, ROUND_HALF_UP) - begins.quantize(CENT, ROUND_HALF_UP)
