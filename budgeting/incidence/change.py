"""Change: why the share of a group, or its benefit of a service, changed from one year to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from budgeting.amounts import apportioned
from budgeting.incidence.benefits import Incidence
from budgeting.incidence.use import NOT_KNOWN

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Change:
    """A group's share of all net cost in two years, and what moved it, as exact fractions.

    Parameters
    ----------
    before, after
        The share in each year, 0 to 1.
    allocation
        What moving money between services did, had each service's users stayed as they were.
    use
        What changed use did, had the money stayed.
    interaction
        What both did together.
    recording
        What came or went because use became known or stopped being so; no change of anything else.
    """

    before: Fraction
    after: Fraction
    allocation: Fraction
    use: Fraction
    interaction: Fraction
    recording: Fraction

    @property
    def total(self) -> Fraction:
        """The whole change: later less earlier; the four effects sum to it exactly."""
        return self.allocation + self.use + self.interaction + self.recording


def decomposition(
    before: Mapping[str, Incidence], after: Mapping[str, Incidence]
) -> dict[str, Change] | None:
    """Return by group why its share of the net cost changed; None where a year has no net cost.

    Parameters
    ----------
    before, after
        By service. A service of one year only counts as moved money. One without known net cost in
        either year is in neither.

    Identity, with s the share of a service in all net cost and u the share of a group in its use:
    sum s'u' - sum su = sum (s' - s)u + sum s(u' - u) + sum (s' - s)(u' - u).

    Source: the average-incidence identity; Demery, World Bank 2000.
    """
    dropped = {name for year in (before, after) for name, one in year.items() if one.net is None}
    years = [{n: one for n, one in year.items() if n not in dropped} for year in (before, after)]
    money = [_money(year) for year in years]
    if not all(money):
        return None
    use = [{name: _use_shares(one) for name, one in year.items()} for year in years]
    names = dict.fromkeys(name for year in years for name in year)
    groups = dict.fromkeys(g for year in use for shares in year.values() for g in shares)
    return {
        group: _summed([_effects(name, group, money, use) for name in names]) for group in groups
    }


def _money(year: Mapping[str, Incidence]) -> dict[str, Fraction]:
    amounts = {name: Fraction(one.net) for name, one in year.items() if one.net is not None}
    whole = sum(amounts.values(), _NONE)
    return {name: amount / whole for name, amount in amounts.items()} if whole > 0 else {}


def _use_shares(service: Incidence) -> dict[str, Fraction]:
    """Return shares of use without rounding; all of it ``unknown`` where use is not known."""
    closed = service.use.closed or {}
    whole = sum(map(Fraction, closed.values()), _NONE)
    if not whole:
        return {NOT_KNOWN: Fraction(1)}
    return {group: Fraction(use) / whole for group, use in closed.items()}


def _effects(
    name: str,
    group: str,
    money: list[dict[str, Fraction]],
    use: list[dict[str, dict[str, Fraction]]],
) -> Change:
    """Return what one service did to the share of one group."""
    old, new = (year.get(name, _NONE) for year in money)
    shares = [year.get(name) for year in use]
    told = [one for one in shares if one is not None]
    u_old, u_new = ((one or told[0]).get(group, _NONE) for one in shares)
    before, after = old * u_old, new * u_new
    if told[0].keys() != told[-1].keys():
        return Change(before, after, _NONE, _NONE, _NONE, after - before)
    moved, used = new - old, u_new - u_old
    return Change(before, after, moved * u_old, old * used, moved * used, _NONE)


def _summed(changes: list[Change]) -> Change:
    return Change(
        sum((one.before for one in changes), _NONE),
        sum((one.after for one in changes), _NONE),
        sum((one.allocation for one in changes), _NONE),
        sum((one.use for one in changes), _NONE),
        sum((one.interaction for one in changes), _NONE),
        sum((one.recording for one in changes), _NONE),
    )


@dataclass(frozen=True, slots=True)
class BenefitChange:
    """A group's benefit of one service in two years, and what moved it, as money.

    Parameters
    ----------
    before, after
        The benefit in each year.
    allocation
        What more or less money did, had the users stayed as they were.
    use
        What other users did, had the money stayed.
    interaction
        What both did together.
    other
        What came or went because use became known or stopped being so, or because what the group
        itself paid changed; no change of use.
    """

    before: Decimal
    after: Decimal
    allocation: Decimal
    use: Decimal
    interaction: Decimal
    other: Decimal


def benefit_change(before: Incidence, after: Incidence) -> dict[str, BenefitChange] | None:
    """Return by group why its benefit of one service changed; None where a year has no net cost.

    Identities, to the cent: in each group the four effects sum to after - before; over all groups
    allocation sums to the change of the net cost, and use and interaction to zero.

    Formula, with S the net cost and u the share of a group in use: S'u' - Su = (S' - S)u +
    S(u' - u) + (S' - S)(u' - u).

    Source: as `decomposition`.

    Examples
    --------
    >>> from budgeting.incidence import Use, incidence
    >>> old = incidence(Decimal("100.00"), Use({"female": Decimal(5), "male": Decimal(5)}))
    >>> new = incidence(Decimal("200.00"), Use({"female": Decimal(6), "male": Decimal(4)}))
    >>> found = benefit_change(old, new)["female"]
    >>> str(found.allocation), str(found.use), str(found.interaction)
    ('50.00', '10.00', '10.00')
    """
    if before.net is None or after.net is None:
        return None
    uses = [one.use.closed or {NOT_KNOWN: _NOBODY} for one in (before, after)]
    groups = dict.fromkeys([*before.groups, *after.groups])
    is_recorded = uses[0].keys() == uses[1].keys()
    old, new, newest, moved = (
        {**dict.fromkeys(groups, _CENTS), **(apportioned(amount, use) or {NOT_KNOWN: amount})}
        for amount, use in (
            (before.net, uses[0]),
            (before.net, uses[1]),
            (after.net, uses[1]),
            (after.net - before.net, uses[0]),
        )
    )
    found = {}
    for group in groups:
        begin, end = _benefit(before, group), _benefit(after, group)
        money = use = both = _CENTS
        if is_recorded:
            money, use = moved[group], new[group] - old[group]
            both = newest[group] - new[group] - money
        other = end - begin - money - use - both
        found[group] = BenefitChange(begin, end, money, use, both, other)
    return found


_NOBODY = Decimal(0)
_CENTS = Decimal("0.00")


def _benefit(of: Incidence, group: str) -> Decimal:
    part = of.groups.get(group)
    return part.benefit if part and part.benefit is not None else _CENTS
