"""Kinds of reports on who benefits, and how their parameters are read."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from budgeting.incidence.shared import Treatment
from budgeting.model import Sex, Stage
from budgeting.reports.beneficiaries import (
    data_register,
    data_request,
    gaps,
    groups,
    service_sheet,
    who_benefits,
)
from budgeting.reports.beneficiaries.counts import Ages
from budgeting.reports.beneficiaries.view import BenefitView, FeeQuestion
from budgeting.reports.kinds import PLACE, ReportKind, filled, parsed, parsed_if_given

_MOST_PER_CENT = 1_000
_STRONGEST = 10
_PARAMETERS = {
    **PLACE,
    "stage": "proposed, approved, revised, committed or executed; the most telling one without it",
    "language": "en (default), sr or sr-Latn: labels of data files",
}
_SHARED = {
    "treatment": f"of money that is not attributable: {', '.join(Treatment)}; each service's own "
    "without it"
}
_ANSWERS_TO_FEES = (
    "per cent by which use of {sex} changes where the fee rises by one; none without it"
)


def read_benefit_view(parameters: Mapping[str, str]) -> BenefitView:
    """Return the benefit view that the parameters of an address or a command describe.

    Raises
    ------
    UnknownReport
        A parameter has a value that it cannot have; the text names both.
    """
    given = filled(parameters)
    return BenefitView(
        given["municipality"],
        parsed("year", given["year"], int),
        parsed_if_given("stage", given, Stage),
        service=given.get("service", ""),
        group=given.get("group", ""),
        language=given.get("language", "en"),
        treatment=parsed_if_given("treatment", given, Treatment),
        sex=parsed_if_given("sex", given, Sex),
        ages=parsed_if_given("ages", given, read_ages),
        fee=_fee_question(given),
    )


def _fee_question(given: Mapping[str, str]) -> FeeQuestion:
    fields = {
        "change": ("fee", _fee_change),
        "women": ("elasticity_women", _elasticity),
        "men": ("elasticity_men", _elasticity),
    }
    return FeeQuestion(
        **{
            field: parsed(name, given[name], read)
            for field, (name, read) in fields.items()
            if name in given
        }
    )


def _fee_change(words: str) -> Decimal:
    """Return a change in per cent as a part of the fee, which cannot lose more than all of itself."""
    return _number(words, -100, _MOST_PER_CENT) / 100


def _elasticity(words: str) -> Decimal:
    return _number(words, -_STRONGEST, _STRONGEST)


def _number(words: str, lowest: int, highest: int) -> Decimal:
    try:
        number = Decimal(words)
        is_possible = lowest <= number <= highest
    except InvalidOperation:  # no number, or the one that is none
        is_possible = False
    if not is_possible:
        raise ValueError(words)
    return number


def read_ages(words: str) -> Ages:
    """Return first and last age of ``0-17`` or ``65-``; None for no last one.

    Examples
    --------
    >>> read_ages("0-17"), read_ages("65-")
    ((0, 17), (65, None))

    Raises
    ------
    ValueError
        It is no such band.
    """
    first, dash, last = words.partition("-")
    ages = int(first), int(last) if last else None
    if not dash or ages[0] < 0 or (ages[1] is not None and ages[1] < ages[0]):
        raise ValueError(words)
    return ages


BENEFIT_REPORTS: Mapping[str, ReportKind] = {
    "who_benefits": ReportKind(
        lambda store, given: who_benefits.build(store, read_benefit_view(given)),
        "Which part of what services cost goes to women, to men, and is not known.",
        _PARAMETERS | _SHARED,
    ),
    "service_sheet": ReportKind(
        lambda store, given: service_sheet.build(store, read_benefit_view(given)),
        "One service: money, users, population, measures, fees, trend, sources, 4R answers.",
        _PARAMETERS
        | _SHARED
        | {
            "service": "short code of the service",
            "fee": "what if its fee changed, in per cent; 10 without it",
            "elasticity_women": _ANSWERS_TO_FEES.format(sex="women"),
            "elasticity_men": _ANSWERS_TO_FEES.format(sex="men"),
        },
    ),
    "gaps": ReportKind(
        lambda store, given: gaps.build(store, read_benefit_view(given)),
        "Use against the population that a service is meant for, unmet need, plans.",
        _PARAMETERS,
    ),
    "groups": ReportKind(
        lambda store, given: groups.build(store, read_benefit_view(given)),
        "A further group, a sex or an age, or all of them together: users, needs, missing data.",
        _PARAMETERS
        | {
            "group": f"one of {', '.join(groups.groups())}",
            "sex": f"one of {', '.join(Sex)}; all without it",
            "ages": "first and last age, such as 0-17 or 65-; all without it",
        },
    ),
    "data_register": ReportKind(
        lambda store, given: data_register.build(store, read_benefit_view(given)),
        "What is known of each service, how well, who has it, what is missing, until when.",
        _PARAMETERS,
    ),
    "data_request": ReportKind(
        lambda store, given: data_request.build(
            store, read_benefit_view(given), given.get("owner", "")
        ),
        "What one department is asked for, to be printed or sent.",
        _PARAMETERS | {"owner": "department; what has no owner without it"},
    ),
}
