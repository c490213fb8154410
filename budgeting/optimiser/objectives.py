"""Objectives: what a reallocation can do most for. Each writes out its formula and becomes curves.

With shares of use held fixed, no money closes a gap inside one service: more of the same use is more
of the same gap. Objectives on gaps and on unmet need therefore work through the people who can be
served, and say by which rule the next ones come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, Self

from budgeting.model import Exact, Money, Sex, Share, Text, text
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.next_users import (
    GapToClose,
    LeftOut,
    NeedToMeet,
    NextUsers,
    benefit_of,
    gap_to_close,
    lines_of,
    need_to_meet,
)
from budgeting.simulation.effects import Parts, ServiceState

FEMALE = "female"


# The formulas; the methods page shows them as well.
TAGGED_SHARE = text(
    "Sum over lines of new amount x part that its mark counts. The marks stay as they are, and "
    "money that a line gets counts as the money that it has."
)
BENEFIT_PARITY = text(
    "Least |women's benefit - {reference} x benefit of women and men|, in money, over the "
    "services with users by sex. Benefit is money x share of use, and the next users are as "
    "today's: shares of use are held fixed. It is zero exactly where women's share of the "
    "benefit is the reference share."
)
USE_GAPS = text(
    "Sum over services of persons by which the gap gets smaller: money / net cost of one user, "
    "at most the unmet need, x (share of the less served sex among the next users - share of "
    "the other sex x people in need of the less served / people in need of the other). {rule} "
    "The gap is the number of persons that the less served sex is short of equal take-up. A "
    "place that is taken away counts as one that is not given."
)
UNMET_NEED = text(
    "Sum over services and groups of weight x people served in addition: money / net cost of "
    "one user, at most the unmet need, x share of the group among the next users, at most the "
    "unmet need of the group. {rule} A place that is taken away counts by today's users, and "
    "at least as much as one that is not given."
)


class Unit(StrEnum):
    """What a gain is counted in."""

    MONEY = "money"
    PERSONS = "persons"
    PART = "part"  # of the best that is possible


class Objective(Protocol):
    """What is maximised."""

    @property
    def code(self) -> str:
        """Short code, for addresses and saved answers."""

    @property
    def unit(self) -> Unit:
        """What a gain is counted in."""

    @property
    def name(self) -> Text:
        """What it is called."""

    @property
    def formula(self) -> Text:
        """The formula, and the rule about the next user where it has one."""

    @property
    def services(self) -> tuple[ServiceState, ...]:
        """Services whose users are in it; they may be uncertain."""

    def curves(self) -> tuple[Curve, ...]:
        """Return it as curves, whose sum is the gain over the baseline."""

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the services that it cannot count, with the reason."""

    def with_services(self, services: Sequence[ServiceState]) -> Self:
        """Return it with other figures of its services."""


def gain_value(unit: Unit, gain: float, currency_code: str) -> Money | Decimal | Share:
    """Return a gain as a value that languages write."""
    if unit is Unit.MONEY:
        return Money(Decimal(str(round(gain, 2))), currency_code)
    if unit is Unit.PART:
        return Share(gain)
    return Decimal(str(round(gain, 2)))


def gain_words(unit: Unit, gain: float, currency_code: str) -> Money | Text:
    """Return a gain with its unit, as a part of a sentence."""
    if unit is Unit.PERSONS:
        return text("{gain} people", gain=round(gain, 1))
    value = gain_value(unit, gain, currency_code)
    return value if isinstance(value, Money) else text("{gain} of what is possible", gain=value)


@dataclass(frozen=True, slots=True)
class TaggedShare:
    """Money that marks count for equality.

    Parameters
    ----------
    counted
        By line, the part of each unit of its money that counts, 0 to 1. A line that nobody marked is
        not in it, and counts nothing.
    """

    counted: Mapping[int, Decimal]
    code = "tagged"
    unit = Unit.MONEY

    @property
    def services(self) -> tuple[ServiceState, ...]:
        """None: users are not in it."""
        return ()

    @property
    def name(self) -> Text:
        """What it is called."""
        return text("Money that counts for equality")

    @property
    def formula(self) -> Text:
        """The formula."""
        return TAGGED_SHARE

    def curves(self) -> tuple[Curve, ...]:
        """Return one straight curve."""
        return (Curve("", {line: float(part) for line, part in self.counted.items() if part}),)

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return nothing: it counts lines and no services."""
        return ()

    def with_services(self, services: Sequence[ServiceState]) -> "TaggedShare":
        """Return itself: users are not in it."""
        del services
        return self


@dataclass(frozen=True, slots=True)
class BenefitParity:
    """Women's share of the benefit that is known by sex, towards their reference share.

    Parameters
    ----------
    services, parts
        Services as shown, and what of each line pays for them.
    reference
        Share of women that would be parity, 0 to 1: of the residents, or of those who need it.
    """

    services: tuple[ServiceState, ...]
    parts: Parts
    reference: Decimal
    code = "parity"
    unit = Unit.MONEY

    @property
    def name(self) -> Text:
        """What it is called."""
        return text("Parity of benefit")

    @property
    def formula(self) -> Text:
        """The formula and its rule."""
        return BENEFIT_PARITY.with_values(reference=Share(self.reference))

    def curves(self) -> tuple[Curve, ...]:
        """Return one curve: up to parity it rises, beyond it falls."""
        weights: dict[int, float] = {}
        off = 0.0
        lines = lines_of(self.parts)
        for service in self.services:
            women, men = benefit_of(service)
            if women is None or men is None or service.net is None:
                continue
            rate = float(women - self.reference * (women + men))
            off += rate * float(service.net)
            for line, share in lines.get(service.code, {}).items():
                weights[line] = weights.get(line, 0.0) + rate * share
        return (Curve("", weights, (1.0, -1.0), (-off,)),)

    def women_share(self, changes: Mapping[int, Decimal] | None = None) -> float | None:
        """Return women's share of the benefit of women and men, in the baseline or after changes."""
        lines, changes = lines_of(self.parts), changes or {}
        both, women_all = 0.0, 0.0
        for service in self.services:
            women, men = benefit_of(service)
            if women is None or men is None or service.net is None:
                continue
            shifts = (
                share * float(changes.get(line, 0))
                for line, share in lines.get(service.code, {}).items()
            )
            net = float(service.net) + sum(shifts)
            women_all += float(women) * net
            both += float(women + men) * net
        return women_all / both if both > 0 else None

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the services without users by sex or without net cost."""
        reason = text("its net cost, or its users by sex, are not known")
        return tuple(
            LeftOut(one.code, one.name, reason)
            for one in self.services
            if None in benefit_of(one) or one.net is None
        )

    def with_services(self, services: Sequence[ServiceState]) -> "BenefitParity":
        """Return it with other users."""
        return replace(self, services=tuple(services))


@dataclass(frozen=True, slots=True)
class _ThroughPeople:
    """What works through people who are served in addition.

    Parameters
    ----------
    services, parts
        Services as shown, and what of each line pays for them.
    next_users
        By which rule the next users come.
    """

    services: tuple[ServiceState, ...]
    parts: Parts
    next_users: NextUsers
    unit = Unit.PERSONS

    def _of(self, service: ServiceState) -> GapToClose | NeedToMeet | LeftOut:
        """Return what money of a service does, or why that cannot be said."""
        raise NotImplementedError

    def curves(self) -> tuple[Curve, ...]:
        """Return a curve for each service that it can count."""
        lines = lines_of(self.parts)
        found = [(one.code, self._of(one)) for one in self.services]
        return tuple(
            of.curve(code, lines.get(code, {})) for code, of in found if not isinstance(of, LeftOut)
        )

    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the services that it cannot count, with the reason."""
        found = map(self._of, self.services)
        return tuple(one for one in found if isinstance(one, LeftOut))

    def with_services(self, services: Sequence[ServiceState]) -> Self:
        """Return it with other users."""
        return replace(self, services=tuple(services))


@dataclass(frozen=True, slots=True)
class UseGaps(_ThroughPeople):
    """Gaps of use between women and men, closed by people who are served in addition."""

    code = "gaps"

    @property
    def name(self) -> Text:
        """What it is called."""
        return text("Gaps between use and need")

    @property
    def formula(self) -> Text:
        """The formula and its rule."""
        return USE_GAPS.with_values(rule=self.next_users.words)

    def _of(self, service: ServiceState) -> GapToClose | LeftOut:
        return gap_to_close(service, self.next_users)


@dataclass(frozen=True, slots=True)
class UnmetNeed(_ThroughPeople):
    """Need that is met in addition, weighted by group.

    Parameters
    ----------
    weights
        What one person of a group counts; 1 for groups that are not named.
    """

    weights: Mapping[str, Decimal] = field(default_factory=dict)
    code = "need"

    @property
    def name(self) -> Text:
        """What it is called."""
        return text("Unmet need")

    @property
    def formula(self) -> Text:
        """The formula and its rule."""
        found = UNMET_NEED.with_values(rule=self.next_users.words)
        if not self.weights:
            return found
        return text(
            "{formula} One woman counts {women}, one man {men}.",
            formula=found,
            women=Exact(self.weights.get(Sex.FEMALE.value, Decimal(1))),
            men=Exact(self.weights.get(Sex.MALE.value, Decimal(1))),
        )

    def _of(self, service: ServiceState) -> NeedToMeet | LeftOut:
        return need_to_meet(service, self.next_users, self.weights)
