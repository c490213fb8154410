"""Coverage: how much of a budget is explained by use, on which grade of data, and what is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgeting.amounts import ratio
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.incidence.use import Use

ZERO = Decimal("0.00")
ASSUMED_GRADES = ("D", "E")
WEAK_GRADES = ("C", *ASSUMED_GRADES)


class Standing(StrEnum):
    """What is known about who has the money of a service."""

    EXPLAINED = "explained"
    ASSUMED = "assumed"
    NOT_ATTRIBUTABLE = "not_attributable"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Covered:
    """A service's gross expenditure with its standing and the grade of its use data, A to E."""

    amount: Decimal | None
    standing: Standing
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A budget in parts by what is known of who has it; the parts sum to ``budget``.

    Parameters
    ----------
    by_standing
        Gross expenditure of services, by standing.
    by_grade
        What is explained or assumed, by grade of the use data.
    not_counted
        How many services have no known expenditure; their money is in ``outside``.
    """

    budget: Decimal
    by_standing: Mapping[Standing, Decimal]
    by_grade: Mapping[str, Decimal]
    not_counted: int = 0

    @property
    def outside(self) -> Decimal:
        """What belongs to no service; negative where services overlap."""
        return self.budget - sum(self.by_standing.values(), ZERO)

    @property
    def share(self) -> float | None:
        """The part of the budget that data explain, without assumptions."""
        return ratio(self.by_standing[Standing.EXPLAINED], self.budget)

    @property
    def weak_share(self) -> float | None:
        """The part of what is explained or assumed that rests on grade C or worse."""
        weak = sum((self.by_grade.get(grade, ZERO) for grade in WEAK_GRADES), ZERO)
        return ratio(weak, sum(self.by_grade.values(), ZERO))

    @property
    def weak_share_of_budget(self) -> float | None:
        """The part of the whole budget that rests on grade C or worse."""
        weak = sum((self.by_grade.get(grade, ZERO) for grade in WEAK_GRADES), ZERO)
        return ratio(weak, self.budget)


def standing_of(kind: ServiceKind, treatment: Treatment, use: Use, grade: str | None) -> Standing:
    """Return what is known about who has the money of a service.

    Grades D and E, and shares of the population, are assumptions; for overheads and non-excludable
    services `use` is the survey or the population, as was chosen.
    """
    if kind is not ServiceKind.INDIVIDUAL and treatment is Treatment.EXCLUDE:
        return Standing.NOT_ATTRIBUTABLE
    if not use.users or not use.known:
        return Standing.NOT_KNOWN
    if kind is not ServiceKind.INDIVIDUAL and treatment is Treatment.POPULATION:
        return Standing.ASSUMED
    return Standing.ASSUMED if grade in ASSUMED_GRADES else Standing.EXPLAINED


def coverage(budget: Decimal, services: Iterable[Covered]) -> Coverage:
    """Return a budget in parts: explained, assumed, not attributable, not known, in no service.

    Parameters
    ----------
    budget
        Gross expenditure, in the currency and of the statement of the services.

    Examples
    --------
    >>> care = Covered(Decimal("30.00"), Standing.EXPLAINED, "C")
    >>> found = coverage(Decimal("100.00"), [care])
    >>> found.share, found.outside, found.weak_share
    (0.3, Decimal('70.00'), 1.0)
    """
    by_standing = dict.fromkeys(Standing, ZERO)
    by_grade: dict[str, Decimal] = {}
    not_counted = 0
    for service in services:
        if service.amount is None:
            not_counted += 1
            continue
        by_standing[service.standing] += service.amount
        if service.standing in (Standing.EXPLAINED, Standing.ASSUMED):
            grade = service.grade or ASSUMED_GRADES[-1]
            by_grade[grade] = by_grade.get(grade, ZERO) + service.amount
    return Coverage(budget, by_standing, by_grade, not_counted)
