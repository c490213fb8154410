"""Objectives that a reader can choose, built from what is known of a budget."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from budgeting.errors import UnknownReport
from budgeting.model import Direction, Exact, Sex, Share, Text, text
from budgeting.optimiser import (
    BenefitParity,
    NextUsers,
    Objective,
    Problem,
    TaggedShare,
    UnmetNeed,
    UseGaps,
    weighted,
)
from budgeting.reports.beneficiaries.picture import pictures
from budgeting.reports.scenarios.measures import service_states
from budgeting.reports.scenarios.view import Question
from budgeting.scenarios.baseline import marked_parts, service_parts
from budgeting.simulation.effects import Parts, ServiceState
from budgeting.store import Store

WOMEN, MEN = Sex.FEMALE.value, Sex.MALE.value
Inputs = tuple[tuple[ServiceState, ...], Parts, NextUsers]

OBJECTIVES: Mapping[str, Text] = {
    "use_gaps": text("close gaps between use and need"),
    "unmet_need": text("serve people in need"),
    "parity": text("parity of benefit"),
    "tagged": text("money that counts for equality"),
    "all": text("several of these, with weights"),
}
GROUPS: Mapping[str, Text] = {WOMEN: text("women"), MEN: text("men")}
Weights = tuple[tuple[str, Decimal], ...]
HEAVIEST = 10


@dataclass(frozen=True, slots=True)
class Aim:
    """What a reallocation is to do most for.

    Parameters
    ----------
    code
        A code of `OBJECTIVES`.
    next_users
        Who comes next where more people can be served.
    weights
        Of objectives, where the code is ``all``: 1 where it is not named; where none counts, all are alike.
    groups
        What a person in need counts, by sex; 1 where it is not named.
    """

    code: str
    next_users: NextUsers = NextUsers.AS_NEED
    weights: Weights = ()
    groups: Weights = ()

    @property
    def listed(self) -> Weights:
        """The objectives that count, with their weights."""
        named = dict(self.weights)
        every = tuple((one, named.get(one, Decimal(1))) for one in _BUILDERS)
        some = tuple((one, weight) for one, weight in every if weight)
        return some or tuple((one, Decimal(1)) for one in _BUILDERS)

    def without(self, codes: Collection[str]) -> "Aim":
        """Return it with some of several objectives counting nothing."""
        kept = tuple((code, weight) for code, weight in self.weights if code not in codes)
        return replace(self, weights=(*kept, *((code, Decimal(0)) for code in codes)))

    @property
    def words(self) -> Text:
        """The objective in words, each of several with its weight."""
        if self.code != "all":
            return self._named(self.code)
        whole = sum((weight for _, weight in self.listed), Decimal(0))
        parts = tuple(
            text("{name} ({weight})", name=self._named(one), weight=Share(weight / whole))
            for one, weight in self.listed
        )
        return text("{parts}", parts=parts)

    def _named(self, code: str) -> Text:
        groups = dict(self.groups)
        if code != "unmet_need" or all(weight == 1 for weight in groups.values()):
            return OBJECTIVES[code]
        women, men = (groups.get(sex, Decimal(1)) for sex in (WOMEN, MEN))
        return text(
            "serve people in need, a woman counting {women} and a man {men}",
            women=Exact(women),
            men=Exact(men),
        )


def weights_in(written: str, known: Collection[str]) -> Weights:
    """Return weights as an address writes them: ``parity:2,tagged:0.5``.

    Raises
    ------
    ValueError
        Something is not known, or its weight is no number from 0 to `HEAVIEST`.
    """
    found = {}
    for part in filter(None, written.split(",")):
        code, _, weight = part.partition(":")
        if code not in known or not weight.replace(".", "", 1).isdecimal():
            raise ValueError(part)
        found[code] = Decimal(weight)
        if found[code] > HEAVIEST:
            raise ValueError(part)
    return tuple(found.items())


def written_weights(weights: Weights) -> str:
    """Return weights as `weights_in` reads them."""
    return ",".join(f"{code}:{weight:f}" for code, weight in weights)


def objective(store: Store, asked: Question, problem: Problem, aim: Aim) -> Objective | None:
    """Return an objective on a budget; None where what it needs is not known.

    Raises
    ------
    UnknownReport
        There is no such objective.
    """
    if aim.code == "all":
        several = ((_single(store, asked, one, aim), weight) for one, weight in aim.listed)
        found = [(one, weight) for one, weight in several if one is not None]
        return weighted(problem, found) if found else None
    if aim.code not in _BUILDERS:
        raise UnknownReport(
            text(
                "There is no objective “{code}”. There are: {known}.",
                code=aim.code,
                known=", ".join(OBJECTIVES),
            )
        )
    return _single(store, asked, aim.code, aim)


def not_known(store: Store, asked: Question, aim: Aim) -> tuple[str, ...]:
    """Return codes of those of several objectives that need what is not known; () where none counts."""
    if aim.code != "all":
        return ()
    found = tuple(code for code, _ in aim.listed if _single(store, asked, code, aim) is None)
    return found if len(found) < len(aim.listed) else ()


def known_lines(found: Objective) -> frozenset[int]:
    """Return the lines of which an objective knows what less money in them costs."""
    return frozenset(line_id for curve in found.curves() for line_id in curve.weights)


def _single(store: Store, asked: Question, code: str, aim: Aim) -> Objective | None:
    return _BUILDERS[code](store, asked, aim)


def _of_services(
    store: Store, asked: Question, *, to_persons: bool = True
) -> tuple[tuple[ServiceState, ...], Parts]:
    """Return services, and what lines of expenditure pay for them; fees are not moved.

    `to_persons` leaves out what everybody has: more money for it serves nobody in addition.
    """
    states = service_states(store, asked).values()
    kept = tuple(one for one in states if one.serves_persons or not to_persons)
    names, by_id = {one.code for one in kept}, asked.baseline.by_id
    parts = service_parts(store, asked.view.municipality_code, asked.view.fiscal_year)
    paying = {
        line_id: tuple(part for part in found if part.name in names)
        for line_id, found in parts.items()
        if line_id in by_id and by_id[line_id].direction is Direction.EXPENDITURE
    }
    return kept, {line_id: found for line_id, found in paying.items() if found}


def _use_gaps(store: Store, asked: Question, aim: Aim) -> Objective:
    return UseGaps(*_of_services(store, asked), aim.next_users)


def _unmet_need(store: Store, asked: Question, aim: Aim) -> Objective:
    return UnmetNeed(*_of_services(store, asked), aim.next_users, dict(aim.groups))


def _parity(store: Store, asked: Question, _aim: Aim) -> Objective | None:
    """Return parity with the women's part of all residents; None where it is not known."""
    found = pictures(store, asked.benefits)
    residents = found[0].residents if found else {}
    women, men = residents.get(WOMEN), residents.get(MEN)
    if women is None or men is None or not women + men:
        return None
    return BenefitParity(*_of_services(store, asked, to_persons=False), women / (women + men))


def _tagged(store: Store, asked: Question, _aim: Aim) -> Objective | None:
    method = asked.methodology
    counts = method.convention().coefficients
    parts = marked_parts(store, asked.benefits.vintage.vintage_id, method.code, method.version)
    counted = {
        line_id: sum((part.share * counts.get(part.name, Decimal(0)) for part in found), Decimal(0))
        for line_id, found in parts.items()
        if line_id in asked.baseline.by_id
    }
    return TaggedShare(counted) if counted else None


_BUILDERS: Mapping[str, Callable[[Store, Question, Aim], Objective | None]] = {
    "use_gaps": _use_gaps,
    "unmet_need": _unmet_need,
    "parity": _parity,
    "tagged": _tagged,
}
