"""Validity: what a service cannot be, whatever is stored. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from budgeting.errors import ServiceInvalid
from budgeting.incidence.shared import ServiceKind
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Exact, Sex, Text, text
from budgeting.services.model import ALL_SEXES, WHOLE_UNITS, IndicatorRole, Service, Unit

_OLDEST = 130
_LONGEST_LIFE = 200
_WHOLE = Decimal(100)
_PERSONS = (IndicatorRole.USERS, IndicatorRole.WAITING, IndicatorRole.ELIGIBLE)


def refuse_impossible(service: Service) -> None:
    """Raise `ServiceInvalid` with the first thing that a service cannot be."""
    for reason in (
        _without_name(service),
        _treatment(service),
        _eligible(service),
        _capital(service),
        _lines(service),
        _indicators(service),
    ):
        if reason:
            raise ServiceInvalid(reason)


def _without_name(service: Service) -> Text | None:
    if service.name.strip() and service.code.strip():
        return None
    return text("A service needs a code and a name.")


def _treatment(service: Service) -> Text | None:
    is_individual = service.kind is ServiceKind.INDIVIDUAL
    if is_individual and service.treatment:
        return text(
            "What individual persons use is attributed to them; it needs no other treatment."
        )
    if not is_individual and not service.treatment:
        return text(
            "Say what becomes of money that is not attributable to persons: leave it out, share it by "
            "population, or by a survey."
        )
    return None


def _eligible(service: Service) -> Text | None:
    if service.sex not in (None, Sex.FEMALE, Sex.MALE):
        return text("A service is meant for everybody, for women or for men.")
    first, last = service.ages
    if any(age is not None and not 0 <= age <= _OLDEST for age in service.ages):
        return text("Ages lie between 0 and {oldest}.", oldest=_OLDEST)
    if first is not None and last is not None and first > last:
        return text(
            "The last age ({last}) lies before the first ({first}).", first=first, last=last
        )
    return None


def _capital(service: Service) -> Text | None:
    life, rate = service.capital_life, service.capital_rate
    if life is not None and not 1 <= life <= _LONGEST_LIFE:
        return text("Capital lasts from 1 to {most} years.", most=_LONGEST_LIFE)
    if rate is not None and not 0 <= rate < 1:
        return text("The rate lies between 0 and 100 %.")
    return None


def _lines(service: Service) -> Text | None:
    subjects = [(one.direction, one.kind, one.code, one.economic_code) for one in service.lines]
    if len(set(subjects)) < len(subjects):
        return text("A line, programme or organisation stands twice in the service.")
    for line in service.lines:
        if not 0 <= line.amount_share <= 1:
            return text("The share of “{code}” lies between 0 and 100 %.", code=line.code)
        if line.kind is Subject.LINE and line.economic_code:
            return text(
                "“{code}” is one line; it cannot be narrowed to an economic class.", code=line.code
            )
        if line.is_capital and line.direction is Direction.REVENUE:
            return text("“{code}” is revenue; it is a fee and no capital.", code=line.code)
    return None


def _indicators(service: Service) -> Text | None:
    links = [(one.code, one.role) for one in service.indicators]
    if len(set(links)) < len(links):
        return text("An indicator stands twice in the service with the same role.")
    for role in IndicatorRole:
        own = [one for one in service.indicators if one.role is role]
        if len(own) > 1 and role in _PERSONS and not all(one.is_part for one in own):
            return text(
                "Several indicators are given for the same thing. Confirm of each that it is a part "
                "and that no person is in two of them, or choose one."
            )
    for one in service.indicators:
        if one.role in _PERSONS and one.counts not in (None, Unit.PERSONS):
            return text("Users, waiting and eligible are numbers of persons.")
    return None


def impossible_figure(unit: Unit, figure: Decimal) -> Text | None:
    """Return why a figure cannot be in its unit; None where it can.

    Examples
    --------
    >>> print(impossible_figure(Unit.PERCENT, Decimal(101)))
    A percentage lies between 0 and 100.
    >>> impossible_figure(Unit.PERCENT, Decimal(100)) is None
    True
    """
    if figure < 0:
        return text("There is no number below 0 of anything that is counted.")
    if unit in WHOLE_UNITS and figure != figure.to_integral_value():
        return text("There are no halves of persons or households.")
    if unit is Unit.PERCENT and figure > _WHOLE:
        return text("A percentage lies between 0 and 100.")
    return None


def contradicted_total(by_sex: Mapping[str, Decimal | None]) -> Text | None:
    """Return why the total of all sexes cannot be beside its parts; None where it can, or is not known.

    Parameters
    ----------
    by_sex
        Figures of one unit of which parts make up the total; ``all`` is the total.
    """
    total = by_sex.get(ALL_SEXES)
    added = sum((n for sex, n in by_sex.items() if sex != ALL_SEXES and n is not None), Decimal(0))
    if total is None or added <= total:
        return None
    return text(
        "Women, men, other and not known come to {added}, which is more than all: {total}.",
        added=Exact(added),
        total=Exact(total),
    )
