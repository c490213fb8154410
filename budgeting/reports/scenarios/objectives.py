"""Objectives that a reader can choose, built from what is known of a budget."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from budgeting.errors import UnknownReport
from budgeting.model import Direction, Sex, Text, text
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
    "all": text("all of these alike"),
}


def objective(
    store: Store, asked: Question, problem: Problem, code: str, next_users: NextUsers
) -> Objective | None:
    """Return an objective on a budget; None where what it needs is not known.

    Raises
    ------
    UnknownReport
        There is no such objective.
    """
    if code == "all":
        single = (_single(store, asked, one, next_users) for one in _BUILDERS)
        found = [(one, Decimal(1)) for one in single if one is not None]
        return weighted(problem, found) if found else None
    if code not in _BUILDERS:
        raise UnknownReport(
            text(
                "There is no objective “{code}”. There are: {known}.",
                code=code,
                known=", ".join(OBJECTIVES),
            )
        )
    return _single(store, asked, code, next_users)


def known_lines(found: Objective) -> frozenset[int]:
    """Return the lines of which an objective knows what less money in them costs."""
    return frozenset(line_id for curve in found.curves() for line_id in curve.weights)


def _single(store: Store, asked: Question, code: str, next_users: NextUsers) -> Objective | None:
    return _BUILDERS[code](store, asked, next_users)


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


def _use_gaps(store: Store, asked: Question, next_users: NextUsers) -> Objective:
    return UseGaps(*_of_services(store, asked), next_users)


def _unmet_need(store: Store, asked: Question, next_users: NextUsers) -> Objective:
    return UnmetNeed(*_of_services(store, asked), next_users)


def _parity(store: Store, asked: Question, _next_users: NextUsers) -> Objective | None:
    """Return parity with the women's part of all residents; None where it is not known."""
    found = pictures(store, asked.benefits)
    residents = found[0].residents if found else {}
    women, men = residents.get(WOMEN), residents.get(MEN)
    if women is None or men is None or not women + men:
        return None
    return BenefitParity(*_of_services(store, asked, to_persons=False), women / (women + men))


def _tagged(store: Store, asked: Question, _next_users: NextUsers) -> Objective | None:
    method = asked.methodology
    counts = method.convention().coefficients
    parts = marked_parts(store, asked.benefits.vintage.vintage_id, method.code, method.version)
    counted = {
        line_id: sum((part.share * counts.get(part.name, Decimal(0)) for part in found), Decimal(0))
        for line_id, found in parts.items()
        if line_id in asked.baseline.by_id
    }
    return TaggedShare(counted) if counted else None


_BUILDERS: Mapping[str, Callable[[Store, Question, NextUsers], Objective | None]] = {
    "use_gaps": _use_gaps,
    "unmet_need": _unmet_need,
    "parity": _parity,
    "tagged": _tagged,
}
