"""Next users: whom more money of a service would serve, and what that does for need and gaps.

People come from money by the average net cost of one user, at most as many as the unmet need. Their
sex is by a stated rule: as today's users, as the waiting list, or as the unmet need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budgeting.incidence import NOT_KNOWN, unit_cost
from budgeting.intervals import is_ranked
from budgeting.model import Text, text
from budgeting.optimiser.curves import Curve
from budgeting.simulation.effects import Parts, ServiceState, unmet_by_sex

_SEXES = ("female", "male")
_SEVERAL = 2


class NextUsers(StrEnum):
    """The rule by which the next users of a service come."""

    AS_TODAY = "as_today"
    AS_WAITING = "as_waiting"
    AS_NEED = "as_need"

    @property
    def words(self) -> Text:
        """The rule as a sentence."""
        return _WORDS[self]


_WORDS = {
    NextUsers.AS_TODAY: text(
        "The next users are women and men as today's users are; with shares held fixed no money closes "
        "a gap inside one service."
    ),
    NextUsers.AS_WAITING: text("The next users are women and men as the waiting list is."),
    NextUsers.AS_NEED: text("The next users are women and men as the unmet need is."),
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A service that an objective cannot count, and why."""

    code: str
    name: str
    reason: Text


@dataclass(frozen=True, slots=True)
class NeedToMeet:
    """What money of a service does for unmet need.

    Parameters
    ----------
    cost
        Net cost of one user.
    persons
        Unmet need of all groups.
    rates
        By group: part of the next users, unmet need, weight.
    lost
        What one place less counts.
    """

    cost: float
    persons: float
    rates: tuple[tuple[float, float, float], ...]
    lost: float

    def curve(self, code: str, lines: Mapping[int, float]) -> Curve:
        """Return weighted persons by money: flat where the need is met."""
        full = [need / part if part else self.persons for part, need, _ in self.rates]
        breaks = [*sorted(min(one, self.persons) for one in full), self.persons]
        begins = [0.0, *breaks[:-1]]
        slopes = [
            sum(
                weight * part
                for (part, _, weight), end in zip(self.rates, full, strict=True)
                if end > begin
            )
            for begin in begins
        ]
        slopes = [max(self.lost, slopes[0]), *slopes, 0.0]
        return Curve(
            code,
            dict(lines),
            tuple(slope / self.cost for slope in slopes),
            tuple(one * self.cost for one in (0.0, *breaks)),
        )


@dataclass(frozen=True, slots=True)
class GapToClose:
    """What money of a service does for its gap.

    Parameters
    ----------
    cost
        Net cost of one user.
    persons
        Unmet need of women and men.
    short
        How many persons the less served sex is short of equal take-up.
    rate
        By how many persons one more user makes the gap smaller; above zero.
    """

    cost: float
    persons: float
    short: float
    rate: float

    def curve(self, code: str, lines: Mapping[int, float]) -> Curve:
        """Return persons of the gap by money: flat where it is closed, or the need is met."""
        end = min(self.persons, self.short / self.rate) * self.cost
        slope = self.rate / self.cost
        return Curve(code, dict(lines), (slope, 0.0), (end,))


def lines_of(parts: Parts) -> dict[str, dict[int, float]]:
    """Return by service the part of each line that pays for it."""
    found: dict[str, dict[int, float]] = {}
    for line, of_line in parts.items():
        for part in of_line:
            lines = found.setdefault(part.name, {})
            lines[line] = lines.get(line, 0.0) + float(part.share)
    return found


def benefit_of(service: ServiceState) -> tuple[Decimal | None, Decimal | None]:
    """Return the parts of a service's net cost that women and men have; None where not known."""
    known, users = service.use.known, service.use.users
    if not users:
        return None, None
    nobody = Decimal(0) if is_of_one_sex(service) else None
    women, men = (known[sex] / users if sex in known else nobody for sex in _SEXES)
    return women, men


def is_of_one_sex(service: ServiceState) -> bool:
    """Tell whether all users are known to be of one sex: the service is for it."""
    closed = service.use.closed
    return closed is not None and len(service.use.known) == 1 and not closed[NOT_KNOWN]


def next_shares(service: ServiceState, rule: NextUsers) -> dict[str, Decimal] | None:
    """Return the part of each group among the next users; None where the rule has no figures."""
    counts: Mapping[str, Decimal | None] = service.use.known
    if rule is NextUsers.AS_WAITING:
        counts = service.waiting
    elif rule is NextUsers.AS_NEED:
        counts = unmet_by_sex(replace(service, waiting={}))
    return _shares(counts, 1 if is_of_one_sex(service) else _SEVERAL)


def _shares(counts: Mapping[str, Decimal | None], fewest: int) -> dict[str, Decimal] | None:
    named = {
        group: count for group, count in counts.items() if count is not None and group != NOT_KNOWN
    }
    whole = sum(named.values(), Decimal(0))
    if len(named) < fewest or not whole:
        return None
    return {group: count / whole for group, count in named.items()}


def need_to_meet(
    service: ServiceState, rule: NextUsers, weights: Mapping[str, Decimal]
) -> NeedToMeet | LeftOut:
    """Return what money does for the unmet need of a service, or why that cannot be said."""
    cost, shares, unmet = _cost_of(service), next_shares(service, rule), unmet_by_sex(service)
    if isinstance(cost, Text):
        return _left_out(service, cost)
    if shares is None:
        return _left_out(service, _NO_RULE)
    today = _shares(service.use.known, 1)
    if not shares.keys() <= unmet.keys() or today is None:
        return _left_out(service, _NO_NEED)

    def weight(group: str) -> float:
        return float(weights.get(group, 1))

    rates = tuple(
        (float(part), float(unmet[group]), weight(group)) for group, part in shares.items()
    )
    lost = sum(float(part) * weight(group) for group, part in today.items())
    return NeedToMeet(float(cost), float(sum(unmet.values())), rates, lost)


def gap_to_close(service: ServiceState, rule: NextUsers) -> GapToClose | LeftOut:
    """Return what money does for the gap of a service, or why it does nothing."""
    cost, shares, unmet = _cost_of(service), next_shares(service, rule), unmet_by_sex(service)
    if isinstance(cost, Text):
        return _left_out(service, cost)
    use, meant = service.use.known, service.eligible
    women, men = _SEXES
    if is_of_one_sex(service):
        return _left_out(service, _ONE_SEX)
    if women not in use or men not in use or not (meant.get(women) and meant.get(men)):
        return _left_out(service, _NO_TAKE_UP)
    if shares is None or not unmet or not shares.keys() >= set(_SEXES):
        return _left_out(service, _NO_RULE)
    fewer, more = sorted(_SEXES, key=lambda sex: use[sex] / meant[sex])  # type: ignore[operator]
    needs = meant[fewer] / meant[more]  # type: ignore[operator]
    short, rate = use[more] * needs - use[fewer], shares[fewer] - shares[more] * needs
    if short <= 0:
        return _left_out(service, _NO_GAP)
    if rate <= 0:
        return _left_out(service, _NOT_BY_MONEY)
    return GapToClose(float(cost), float(sum(unmet.values())), float(short), float(rate))


def _cost_of(service: ServiceState) -> Decimal | Text:
    """Return the net cost of one user, or why nothing that works through people can count a service."""
    if not service.serves_persons:
        return _FOR_ALL
    cost = unit_cost(service.net, service.use)
    if cost is None or cost <= 0:
        return _NO_COST
    if is_ranked(service.grade):
        return cost
    if service.use_as_in is None:
        return _ASSUMED
    return _ASSUMED_AS_IN.with_values(grade=service.grade or "", year=str(service.use_as_in))


def _left_out(service: ServiceState, reason: Text) -> LeftOut:
    return LeftOut(service.code, service.name, reason)


_FOR_ALL = text("everybody has it: more money for it serves nobody in addition")
_NO_COST = text("the net cost of one user is not known, or not above zero")
_NO_RULE = text("the rule about the next users has no figures of women and men")
_NO_NEED = text("its unmet need is not known for every group of the next users")
_ASSUMED = text("who uses it is an assumption (grade D or E): nothing is recommended on that")
_ASSUMED_AS_IN = text(
    "who uses it is an assumption (grade {grade}, users as in {year}): nothing is recommended on that"
)
_ONE_SEX = text("it is for one sex: there is no gap inside it")
_NO_TAKE_UP = text("users, or people in need, are not known for women and men")
_NO_GAP = text("women and men have the same take-up")
_NOT_BY_MONEY = text("by this rule the next users make the gap no smaller")
