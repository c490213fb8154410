"""Derived values: what follows from what is shown, and so gives away no more than it.

Whoever shows an amount, share or rate that rests on a count computes it here from the shown count,
never from the count itself.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from itertools import product

from budgeting.amounts import CENT
from budgeting.incidence import NOT_KNOWN, Use, incidence
from budgeting.suppression.model import ZERO, Bracket, Joint, Shown, Sum, Value

UNTOLD = Bracket(None, None)


def over(function: Callable[..., Decimal | None], *values: Value) -> Value:
    """Return a function of shown values: exact, or from where to where it goes.

    Parameters
    ----------
    function
        Rises or falls with each of its arguments, whatever the others are; None for not known.
    values
        Shown figures. One that is not known makes the result not known; one without a bound, or
        one that leads to a division by zero, a bracket without bounds.

    Examples
    --------
    >>> over(lambda users: 250 * users, Bracket(Decimal(1), Decimal(4)))
    Bracket(low=Decimal('250'), high=Decimal('1000'), is_small=False)
    """
    if any(value is None for value in values):
        return None
    if not any(isinstance(value, Bracket) for value in values):
        return function(*values)
    ends = [(value.low, value.high) if isinstance(value, Bracket) else (value,) for value in values]
    if any(end is None for pair in ends for end in pair):
        return UNTOLD
    found = [function(*corner) for corner in product(*ends)]
    known = [value for value in found if value is not None]
    return Bracket(min(known), max(known)) if len(known) == len(found) else UNTOLD


def sum_of(values: Iterable[Value]) -> Value:
    """Return the sum of shown values; not known where one is not."""
    low, high, is_exact = ZERO, ZERO, True
    for value in values:
        if value is None:
            return None
        if isinstance(value, Bracket):
            is_exact = False
            if value.low is None or value.high is None:
                return UNTOLD
            low, high = low + value.low, high + value.high
        else:
            low, high = low + value, high + value
    return low if is_exact else Bracket(low, high)


def joint(shown: Shown, identity: Sum) -> Joint | None:
    """Return how a sum closes around its hidden parts: “women and men together 103”.

    None where no part is hidden. Where the total is hidden or a part is not known, `together` is
    the sum of the brackets.
    """
    hidden = tuple(cell for cell in identity.parts if isinstance(shown[cell], Bracket))
    if not hidden:
        return None
    total = shown[identity.total]
    rest = sum_of(shown[cell] for cell in identity.parts if cell not in hidden)
    if isinstance(total, Decimal) and isinstance(rest, Decimal):
        return Joint(hidden, total - rest)
    return Joint(hidden, sum_of(shown[cell] for cell in hidden))


def benefits_shown(
    net: Decimal | None, by_group: Mapping[str, Value], total: Value = None
) -> dict[str, Value]:
    """Return who has what of a service as far as shown use tells it; as `incidence` where all is shown.

    Parameters
    ----------
    net
        Net cost; budgets are public.
    by_group, total
        Shown use of each group and in all. Those of ``unknown`` group are one of the groups, as
        `Use.closed` gives them; without it there are none.

    A part whose use is hidden is a bracket, to the cent outwards.
    """
    if net is None:
        return dict.fromkeys([*by_group, NOT_KNOWN])
    if not any(isinstance(value, Bracket) for value in (*by_group.values(), total)):
        use = Use({g: u for g, u in by_group.items() if not isinstance(u, Bracket)}, _exact(total))
        return {group: part.benefit for group, part in incidence(net, use).groups.items()}
    parts: dict[str, Value] = {}
    for group, own in by_group.items():
        rest = sum_of(other for name, other in by_group.items() if name != group)
        if _exact(total) is None:
            parts[group] = _outwards(over(partial(_part_beside, net), own, rest))
        else:
            parts[group] = _outwards(over(partial(_part, net), own, total))
    nobody = None if None in by_group.values() else Decimal("0.00")
    return {**parts, NOT_KNOWN: parts.get(NOT_KNOWN, nobody)}


def _exact(value: Value) -> Decimal | None:
    return None if isinstance(value, Bracket) else value


def _part_beside(net: Decimal, use: Decimal, rest: Decimal) -> Decimal | None:
    return _part(net, use, use + rest)


def _part(net: Decimal, use: Decimal, whole: Decimal) -> Decimal | None:
    return net * use / whole if whole else None


def _outwards(value: Value) -> Value:
    """Return a value to the cent; the bounds of a bracket move away from each other."""
    if isinstance(value, Bracket):
        if value.low is None or value.high is None:
            return value
        low, high = value.low.quantize(CENT, ROUND_FLOOR), value.high.quantize(CENT, ROUND_CEILING)
        return Bracket(low, high)
    return value.quantize(CENT) if value is not None else None
