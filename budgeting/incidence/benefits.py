"""Benefits: the net cost of a service in parts by use, and the sum over services.

A service's benefit to a group is net cost x the group's share of use, so that every user counts for
the average cost. What nobody recorded is the group ``unknown``: with it, benefits are the net cost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budgeting.amounts import apportioned, difference
from budgeting.incidence.use import NOT_KNOWN, Use, net_cost, per_unit, unit_cost

SHARE = Decimal("0.000001")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class GroupBenefit:
    """What one group has of a service.

    Parameters
    ----------
    use
        Persons, hours or places of the group; None where not known, and over several services.
    share
        Part of all use, or of all money over several services, to six places; the groups and
        ``unknown`` sum to one.
    benefit
        Money, to the cent; the groups and ``unknown`` sum to the net cost.
    eligible, per_head
        Who could use it, and the benefit per head of them, whether they use it or not.
    """

    use: Decimal | None
    share: Decimal | None
    benefit: Decimal | None
    eligible: Decimal | None = None

    @property
    def per_head(self) -> Decimal | None:
        """Benefit per head of the eligible, to the cent; None where nobody is, or not known."""
        return per_unit(self.benefit, self.eligible)


@dataclass(frozen=True, slots=True)
class Incidence:
    """Who has what of a service, or of several.

    Parameters
    ----------
    net
        Net cost in the currency of what was given; None where not known.
    groups
        By group; ``unknown`` is always there, and last.
    use
        What it was computed from; empty over several services.
    not_counted
        Over several services: how many have no known net cost and so are in no sum.
    """

    net: Decimal | None
    groups: Mapping[str, GroupBenefit]
    use: Use = field(default_factory=Use)
    not_counted: int = 0

    @property
    def unit_cost(self) -> Decimal | None:
        """Net cost per unit of use; None where either is not known, or nobody used it."""
        return unit_cost(self.net, self.use)

    @property
    def is_known(self) -> bool:
        """Tell whether a part of the money has a known group."""
        named = (one.benefit for group, one in self.groups.items() if group != NOT_KNOWN)
        return any(benefit is not None for benefit in named)


def incidence(
    net: Decimal | None, use: Use, eligible: Mapping[str, Decimal | None] | None = None
) -> Incidence:
    """Return who has what of a service, by use.

    Called with persons it counts heads, with hours it weighs intensity, with an annuity and planned
    use it is the incidence of capital; the three are shown beside each other and not added.

    Identities: benefits sum to the net cost, to the cent; shares sum to one. Where use is not
    known, or nobody used it, all of the money is ``unknown``.

    Source: average benefit incidence, unit subsidy x utilisation; OECD glossary of statistical
    terms, "Benefit incidence"; Demery, World Bank 2000.

    Examples
    --------
    >>> sports = incidence(Decimal("810000.00"), Use({"female": Decimal(380), "male": Decimal(620)}))
    >>> sports.groups["female"].benefit, sports.groups["female"].share, sports.unit_cost
    (Decimal('307800.00'), Decimal('0.380000'), Decimal('810.00'))
    """
    closed = use.closed or {}
    shares = apportioned(Decimal(1), closed, SHARE) or {NOT_KNOWN: Decimal(1)}
    benefits = {} if net is None else apportioned(net, closed) or {NOT_KNOWN: net}
    eligible = eligible or {}
    groups = {
        group: GroupBenefit(
            closed.get(group, use.by_group.get(group)),
            shares.get(group),
            benefits.get(group),
            eligible.get(group),
        )
        for group in _in_order(use.by_group)
    }
    return Incidence(net, groups, use)


def _in_order(groups: Iterable[str]) -> list[str]:
    return [*(group for group in groups if group != NOT_KNOWN), NOT_KNOWN]


def incidence_after_fees(
    gross: Decimal | None,
    use: Use,
    fees: Use,
    eligible: Mapping[str, Decimal | None] | None = None,
) -> Incidence:
    """Return who has what of a service where it is known which group paid which fees.

    A group's benefit is its part of the gross cost less what it paid; negative where it paid more.
    The remainder, with the fees that nobody can be named for, is ``unknown``.

    Parameters
    ----------
    fees
        Money paid, by group and in all, to the cent.
    """
    net = net_cost(gross, fees.users)
    whole = incidence(gross, use, eligible).groups
    benefits = {
        group: difference(part.benefit, fees.known.get(group)) if net is not None else None
        for group, part in whole.items()
        if group != NOT_KNOWN
    }
    if net is not None:
        named = (benefit for benefit in benefits.values() if benefit is not None)
        benefits[NOT_KNOWN] = net - sum(named, ZERO)
    groups = {
        group: GroupBenefit(part.use, part.share, benefits.get(group), part.eligible)
        for group, part in whole.items()
    }
    return Incidence(net, groups, use)


def total_incidence(
    services: Iterable[Incidence], eligible: Mapping[str, Decimal | None] | None = None
) -> Incidence:
    """Return who has what of several services together; users of services are not added.

    Parameters
    ----------
    eligible
        The population by group, for amounts per head; not the sum of the services' eligible.

    Identities: benefits sum to the sum of the net costs that are known; `not_counted` says how many
    are not. Shares are of money; None where a group's sum or the whole is negative or zero.
    """
    services = list(services)
    counted = [one for one in services if one.net is not None]
    named = _in_order(dict.fromkeys(group for one in counted for group in one.groups))
    sums = {group: _benefits(counted, group) for group in named}
    net = sum((one.net for one in counted if one.net is not None), ZERO) if counted else None
    shares = _shares(sums)
    eligible = eligible or {}
    groups = {
        group: GroupBenefit(None, shares.get(group), benefit, eligible.get(group))
        for group, benefit in sums.items()
    }
    return Incidence(net, groups, not_counted=len(services) - len(counted))


def _benefits(services: Iterable[Incidence], group: str) -> Decimal | None:
    """Return the sum of what is known of a group; None where no service knows it."""
    found = [one.groups[group].benefit for one in services if group in one.groups]
    known = [benefit for benefit in found if benefit is not None]
    return sum(known, ZERO) if known else None


def _shares(benefits: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    known = {group: benefit for group, benefit in benefits.items() if benefit is not None}
    if any(benefit < 0 for benefit in known.values()):
        return {}
    return apportioned(Decimal(1), known, SHARE)
