"""Shared money: what nobody uses alone, with what is chosen for it; never silently half and half.

Overheads (the administration of a department) and non-excludable services (street lighting) have
no users to count. They are "not attributable" until a person chooses otherwise.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from budgeting.amounts import apportioned
from budgeting.incidence.benefits import Incidence, incidence
from budgeting.incidence.use import Use


class ServiceKind(StrEnum):
    """Whether people use it one by one, nobody can be kept from it, or it serves other services."""

    INDIVIDUAL = "individual"
    NON_EXCLUDABLE = "non_excludable"
    OVERHEAD = "overhead"


class Treatment(StrEnum):
    """What is done with money that is not attributable.

    Excluded, and told as a part of the budget; by population, which is neutral and an assumption;
    or by a survey of who uses it.
    """

    EXCLUDE = "exclude"
    POPULATION = "population"
    SURVEY = "survey"


def attributed(
    treatment: Treatment,
    net: Decimal | None,
    *,
    population: Use | None = None,
    survey: Use | None = None,
    eligible: Mapping[str, Decimal | None] | None = None,
) -> Incidence | None:
    """Return who has what of an overhead or non-excludable service; None for not attributable.

    Without the population or survey that the treatment asks for, all of it is ``unknown``.

    Source: the three options for non-excludable services in benefit incidence; the choice is shown
    with the result.
    """
    if treatment is Treatment.EXCLUDE:
        return None
    basis = population if treatment is Treatment.POPULATION else survey
    return incidence(net, basis or Use(), eligible)


def overheads_by_cost(overhead: Decimal, direct: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return an overhead in parts by the direct cost of services, to the cent; {} without cost.

    Examples
    --------
    >>> overheads_by_cost(Decimal("100.00"), {"care": Decimal(300), "sports": Decimal(100)})
    {'care': Decimal('75.00'), 'sports': Decimal('25.00')}
    """
    return apportioned(overhead, direct)
