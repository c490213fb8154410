"""Use: how much of a service each group used, in one unit, and what one unit of it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

from budgeting.amounts import CENT, difference
from budgeting.model import Sex

NOT_KNOWN = Sex.UNKNOWN.value
_NOBODY = Decimal(0)


@dataclass(frozen=True, slots=True)
class Use:
    """What each group used of one service in one year: persons, or hours, or places; never mixed.

    Parameters
    ----------
    by_group
        By group, in one unit; None where the source does not say. Groups do not overlap: women
        and men, not women and pensioners. ``unknown`` holds those whose group nobody recorded.
    total
        The whole as the source states it; None where it does not. It is never added to groups.
    """

    by_group: Mapping[str, Decimal | None] = field(default_factory=dict)
    total: Decimal | None = None

    @property
    def known(self) -> dict[str, Decimal]:
        """The groups that the source states, without those of unknown group."""
        stated = self.by_group.items()
        return {group: use for group, use in stated if use is not None and group != NOT_KNOWN}

    @property
    def closed(self) -> dict[str, Decimal] | None:
        """The known groups and ``unknown``, which is what the total leaves; they sum to `users`.

        None where the whole is not known: a group is missing and no total is stated.

        Examples
        --------
        >>> Use({"female": Decimal(60), "male": None}, Decimal(100)).closed
        {'female': Decimal('60'), 'unknown': Decimal('40')}
        """
        stated = _sum(self.by_group)
        if self.total is not None and stated <= self.total:
            return {**self.known, NOT_KNOWN: self.total - _sum(self.known)}
        if not self.by_group or None in self.by_group.values():
            return None
        return {**self.known, NOT_KNOWN: self.by_group.get(NOT_KNOWN) or _NOBODY}

    @property
    def users(self) -> Decimal | None:
        """The whole, in the unit of the groups; None where it is not known."""
        closed = self.closed
        return sum(closed.values(), _NOBODY) if closed is not None else None

    @property
    def is_contradicted(self) -> bool:
        """Tell whether the groups exceed the total that the source states; then they count."""
        return self.total is not None and _sum(self.by_group) > self.total


def _sum(by_group: Mapping[str, Decimal | None]) -> Decimal:
    return sum((use for use in by_group.values() if use is not None), _NOBODY)


def net_cost(gross: Decimal | None, fees: Decimal | None) -> Decimal | None:
    """Return what the public pays for a service: gross cost less what users pay for it.

    Where fees are not known, neither is the net cost; a service without fees has fees of zero.

    Source: the net public subsidy of benefit incidence; Demery, "Benefit incidence: a
    practitioner's guide", World Bank 2000.
    """
    return difference(gross, fees)


def unit_cost(net: Decimal | None, use: Use) -> Decimal | None:
    """Return the net cost of one user, hour or place, to the cent; None without known users.

    Examples
    --------
    >>> unit_cost(Decimal("1500000.00"), Use({"female": Decimal(312), "male": Decimal(288)}))
    Decimal('2500.00')
    """
    return per_unit(net, use.users)


def per_unit(amount: Decimal | None, count: Decimal | None) -> Decimal | None:
    """Return amount / count to the cent; None where either is not known or nothing is counted."""
    if amount is None or not count:
        return None
    return (amount / count).quantize(CENT, ROUND_HALF_EVEN)


def use_per_head(intensity: Use, heads: Use) -> dict[str, Decimal | None]:
    """Return by group how much one of its users used: hours per user; None where not known.

    Where groups differ, the head count hides that some cost more than others: both are shown.

    Examples
    --------
    >>> hours, women = Use({"female": Decimal(900)}), Use({"female": Decimal(60)})
    >>> use_per_head(hours, women)
    {'female': Decimal('15')}
    """
    used = heads.known
    found: dict[str, Decimal | None] = dict.fromkeys(heads.by_group)
    for group, amount in intensity.known.items():
        found[group] = amount / used[group] if used.get(group) else None
    return {group: per_user for group, per_user in found.items() if group != NOT_KNOWN}
