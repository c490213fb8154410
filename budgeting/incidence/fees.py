"""Fees: who pays for a service, and who would pay what after a change of a fee or charge."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from budgeting.amounts import CENT
from budgeting.incidence.benefits import Incidence, incidence
from budgeting.incidence.use import Use


@dataclass(frozen=True, slots=True)
class FeeEffect:
    """What one group pays for a service before and after a change.

    Parameters
    ----------
    users_before, users_after
        Paying users a year; after as expected, so not always whole.
    paid_before, paid_after
        Users x fee, to the cent.
    """

    users_before: Decimal | None
    users_after: Decimal | None
    paid_before: Decimal | None
    paid_after: Decimal | None


@dataclass(frozen=True, slots=True)
class FeeChange:
    """A change of a fee, by group; the whole is the sum of the groups, None where one is missing."""

    groups: Mapping[str, FeeEffect]

    @property
    def paid_before(self) -> Decimal | None:
        """What all groups paid."""
        return _sum([one.paid_before for one in self.groups.values()])

    @property
    def paid_after(self) -> Decimal | None:
        """What all groups would pay."""
        return _sum([one.paid_after for one in self.groups.values()])


def fee_incidence(paid: Use) -> Incidence:
    """Return who pays: fees by group and in all, as money; what nobody can be named for is unknown.

    Where only the sum of fees is known, `incidence` of the fees by use assumes that every user pays
    the same; say so where it is shown.

    Examples
    --------
    >>> paid = Use({"female": Decimal("60.00"), "male": None}, Decimal("100.00"))
    >>> {group: str(one.share) for group, one in fee_incidence(paid).groups.items()}
    {'female': '0.600000', 'male': 'None', 'unknown': '0.400000'}
    """
    return incidence(paid.users, paid)


def fee_change(
    users: Mapping[str, Decimal | None],
    before: Mapping[str, Decimal | None],
    after: Mapping[str, Decimal | None],
    elasticity: Mapping[str, Decimal | None] | None = None,
) -> FeeChange:
    """Return who would pay what after a change of a fee, with or without effects on take-up.

    Parameters
    ----------
    users
        Paying users a year before the change, by group.
    before, after
        What one of them pays a year, by group.
    elasticity
        By group: by how many per cent use changes when the fee rises by one per cent; -0.3 where
        three of a thousand users stay away. None for no effect on take-up. A group that is left out
        has an effect that is not known.

    Formula: users x (1 + elasticity x (after - before) / before), never below zero. From a fee of
    zero no percentage leads anywhere: take-up is then not known.

    Examples
    --------
    >>> hundred, ten, twelve = ({"female": Decimal(n)} for n in (100, 10, 12))
    >>> fee_change(hundred, ten, twelve).paid_after
    Decimal('1200.00')
    >>> fee_change(hundred, ten, twelve, {"female": Decimal("-0.5")}).paid_after
    Decimal('1080.00')
    """
    groups = {}
    for group, count in users.items():
        fee, new_fee = before.get(group), after.get(group)
        stay = count
        if elasticity is not None:
            stay = _users_after(count, fee, new_fee, elasticity.get(group))
        groups[group] = FeeEffect(count, stay, _paid(count, fee), _paid(stay, new_fee))
    return FeeChange(groups)


def _users_after(
    users: Decimal | None, fee: Decimal | None, new_fee: Decimal | None, elasticity: Decimal | None
) -> Decimal | None:
    if users is None or fee is None or new_fee is None or elasticity is None:
        return None
    if fee == new_fee:
        return users
    if not fee:
        return None
    return max(Decimal(0), users * (1 + elasticity * (new_fee - fee) / fee))


def _paid(users: Decimal | None, fee: Decimal | None) -> Decimal | None:
    if users is None or fee is None:
        return None
    return (users * fee).quantize(CENT, ROUND_HALF_EVEN)


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if known and len(known) == len(amounts) else None
