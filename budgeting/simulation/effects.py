"""Effects of a scenario: what its changes do to marked money, to benefit by sex, and to people served.

Everything is baseline and scenario side by side under stated assumptions: use shares held fixed,
one more user at the average net cost. Nothing here says what causes what.

Counts come in as they are shown to readers, small ones hidden: what is computed from them gives
nothing away that is not on the screen already (decision 0020).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from budgeting.amounts import CENT
from budgeting.incidence import NOT_KNOWN, Incidence, Use, incidence
from budgeting.simulation.model import ZERO
from budgeting.simulation.rules import Changes


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line that a mark or a service takes: from ``share_before``, ``share`` of it."""

    name: str
    share_before: Decimal
    share: Decimal

    def of(self, amount: Decimal) -> Decimal:
        """Return its money, cut where the store cuts it: the parts of a line are its amount.

        Examples
        --------
        >>> Part("2", Decimal("0.5"), Decimal("0.5")).of(Decimal("0.03"))
        Decimal('0.01')
        """
        upto = (amount * (self.share_before + self.share)).quantize(CENT, ROUND_HALF_UP)
        return upto - (amount * self.share_before).quantize(CENT, ROUND_HALF_UP)


Parts = Mapping[int, tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service as the baseline has it.

    Parameters
    ----------
    code, name, grade
        Of the service; the grade is that of its count of users, None without one.
    net
        Net cost; None where no line of it is in the baseline.
    use, eligible, waiting
        Persons by sex, as shown; empty where not known.
    serves_persons
        Whether more money serves more persons: not so for what everybody has, such as street lighting.
    use_as_in
        Earlier year whose users, and people in need, stand in for those of the baseline's year; None
        where they are its own.
    """

    code: str
    name: str
    grade: str | None
    net: Decimal | None
    use: Use
    eligible: Mapping[str, Decimal | None] = field(default_factory=dict)
    waiting: Mapping[str, Decimal | None] = field(default_factory=dict)
    serves_persons: bool = True
    use_as_in: int | None = None

    def with_users(self, users: Mapping[str, Decimal]) -> "ServiceState":
        """Return the service with other users of some sexes; the others stay."""
        return replace(self, use=Use({**self.use.by_group, **users}))


@dataclass(frozen=True, slots=True)
class ServiceEffect:
    """What a scenario does to one service.

    Parameters
    ----------
    money
        Change of its net cost.
    before, after
        Who has its benefit, by the baseline's and by the scenario's money and users.
    people
        How many more or fewer can be served; None where the cost of one is not known.
    is_capped
        Whether the unmet need, or the users that there are, keep ``people`` from being more.
    """

    service: ServiceState
    money: Decimal
    before: Incidence
    after: Incidence
    people: Decimal | None
    is_capped: bool

    @property
    def benefit(self) -> dict[str, Decimal]:
        """Change of benefit by group; ``unknown`` has the rest, and all sum to ``money``."""
        groups = dict.fromkeys([*self.before.groups, *self.after.groups])
        return {
            group: _benefit(self.after, group) - _benefit(self.before, group) for group in groups
        }


def line_effects(
    parts: Parts, amounts: Mapping[int, Decimal], changes: Changes
) -> dict[str, Decimal]:
    """Return the change of money by name: categories of marks, or services.

    Additive for changes on different lines; zero without changes.

    Parameters
    ----------
    amounts
        Amount in the baseline, of at least the lines that change.
    """
    found: dict[str, Decimal] = {}
    for line_id, change in changes.items():
        amount = amounts[line_id]
        for part in parts.get(line_id, ()):
            moved = part.of(amount + change) - part.of(amount)
            found[part.name] = found.get(part.name, ZERO) + moved
    return found


def service_effects(
    services: Iterable[ServiceState],
    money: Mapping[str, Decimal],
    users: Mapping[str, Mapping[str, Decimal]] | None = None,
) -> tuple[ServiceEffect, ...]:
    """Return what happens to each service whose money or users change, in the order given.

    Parameters
    ----------
    money
        Change of net cost by service.
    users
        Users by service and sex in the scenario, where they are another number than today.
    """
    users = users or {}
    return tuple(
        _effect(service, money.get(service.code, ZERO), users.get(service.code))
        for service in services
        if money.get(service.code) or service.code in users
    )


def _effect(
    service: ServiceState, money: Decimal, users: Mapping[str, Decimal] | None
) -> ServiceEffect:
    before = incidence(service.net, service.use, service.eligible)
    changed = service.with_users(users) if users else service
    net = None if service.net is None else service.net + money
    after = incidence(net, changed.use, service.eligible)
    people, is_capped = _people(service, before.unit_cost, money)
    return ServiceEffect(service, money, before, after, people, is_capped)


def _people(
    service: ServiceState, unit_cost: Decimal | None, money: Decimal
) -> tuple[Decimal | None, bool]:
    """Return how many more or fewer the money serves: at most those in need, at most all users."""
    if not service.serves_persons or not unit_cost or unit_cost < 0:
        return None, False
    people = money / unit_cost
    unmet = unmet_by_sex(service)
    most = sum(unmet.values(), Decimal(0)) if unmet else None
    least = -(service.use.users or Decimal(0))
    if most is not None and people > most:
        return most, True
    if people < least:
        return least, True
    return people, False


def unmet_by_sex(service: ServiceState) -> dict[str, Decimal]:
    """Return who waits, else whom it is meant for and does not use it; {} where neither is known."""
    waiting = {sex: count for sex, count in service.waiting.items() if count is not None}
    if waiting:
        return waiting
    use = service.use.known
    return {
        sex: max(meant - use[sex], Decimal(0))
        for sex, meant in service.eligible.items()
        if meant is not None and sex in use
    }


@dataclass(frozen=True, slots=True)
class Served:
    """How many of one sex the money serves more or fewer, under three rules about who comes next.

    ``as_today`` by today's users, ``as_waiting`` by the waiting list, ``as_unmet`` by those whom the
    service is meant for and who do not use it; None where the rule has no figures. Fewer people are
    always fewer by today's users.
    """

    as_today: Decimal | None
    as_waiting: Decimal | None
    as_unmet: Decimal | None

    @property
    def low(self) -> Decimal | None:
        """The least of the rules that have figures."""
        return min(self._known, default=None)

    @property
    def high(self) -> Decimal | None:
        """The most of the rules that have figures."""
        return max(self._known, default=None)

    @property
    def _known(self) -> list[Decimal]:
        rules = (self.as_today, self.as_waiting, self.as_unmet)
        return [one for one in rules if one is not None]


def served(effect: ServiceEffect, sex: str) -> Served:
    """Return how many persons of a sex a service serves more or fewer in the scenario."""
    people, service = effect.people, effect.service
    if people is None:
        return Served(None, None, None)
    today = _portion(people, service.use.known, sex)
    if people < 0:
        return Served(today, None, None)
    unmet = replace(service, waiting={})
    return Served(
        today,
        _portion(people, _known(service.waiting), sex),
        _portion(people, unmet_by_sex(unmet), sex),
    )


def _portion(people: Decimal, counts: Mapping[str, Decimal], sex: str) -> Decimal | None:
    """Return the sex's part of some people, in proportion to counts of women and men at least."""
    named = {group: count for group, count in counts.items() if group != NOT_KNOWN}
    whole = sum(named.values(), Decimal(0))
    if len(named) < 2 or not whole or sex not in named:  # noqa: PLR2004
        return None
    return people * named[sex] / whole


def _known(counts: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    return {group: count for group, count in counts.items() if count is not None}


def _benefit(found: Incidence, group: str) -> Decimal:
    one = found.groups.get(group)
    return one.benefit if one and one.benefit is not None else ZERO


def benefit_change(effects: Iterable[ServiceEffect]) -> dict[str, Decimal]:
    """Return the change of benefit by group over all services; it sums to the money of services."""
    found: dict[str, Decimal] = {}
    for effect in effects:
        for group, change in effect.benefit.items():
            found[group] = found.get(group, ZERO) + change
    return found
