"""What a service consists of, and what is counted of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Sex

ALL_SEXES = "all"
"""Sex of a figure that does not tell sexes apart; it is no fifth sex and is never added to the others."""


class Unit(StrEnum):
    """In what an indicator counts; figures of different units are never added to each other.

    ``NUMBER`` is a number of what the label says, which may be persons or may be files: only a
    person can tell, when the indicator is given to a service.
    """

    PERSONS = "persons"
    NUMBER = "number"
    HOUSEHOLDS = "households"
    HOURS = "hours"
    DAYS = "days"
    VISITS = "visits"
    PLACES = "places"
    MONEY = "money"
    PERCENT = "percent"
    RATIO = "ratio"
    SCORE = "score"
    PER_WEEK = "per_week"
    PER_MONTH = "per_month"
    PER_YEAR = "per_year"
    OTHER = "other"


WHOLE_UNITS = frozenset({Unit.PERSONS, Unit.HOUSEHOLDS})
"""Units of which there are no halves."""


class FigureKind(StrEnum):
    """Whether something was counted or intended."""

    ACTUAL = "actual"
    PLANNED = "planned"


class Grade(StrEnum):
    """How good a figure is; the rule for each stands in data/grades.toml."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"

    def worse(self, steps: int) -> "Grade":
        """Return the grade so many steps below, E at the worst.

        Examples
        --------
        >>> Grade.A.worse(1).value, Grade.D.worse(3).value
        ('B', 'E')
        """
        grades = list(Grade)
        return grades[min(grades.index(self) + steps, len(grades) - 1)]


class IndicatorRole(StrEnum):
    """What an indicator says of a service."""

    USERS = "users"
    INTENSITY = "intensity"
    WAITING = "waiting"
    ELIGIBLE = "eligible"
    FEES = "fees"


class NeedState(StrEnum):
    """Where a request for missing data stands."""

    OPEN = "open"
    ASKED = "asked"
    RECEIVED = "received"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """Money that a service bundles: of a line, or of the lines of a programme or organisation.

    Parameters
    ----------
    code
        Year-free line_code or path_code.
    economic_code
        path_code of the only economic class that counts; "" for all.
    amount_share
        Part of the money that belongs to the service, 0 to 1; 0 leaves a line of a programme out.
    direction
        Revenue is fees that users pay.
    """

    kind: Subject
    code: str
    amount_share: Decimal = Decimal(1)
    economic_code: str = ""
    direction: Direction = Direction.EXPENDITURE
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class ServiceIndicator:
    """What an indicator says of a service.

    Parameters
    ----------
    is_part
        Whether it is one of several disjoint parts, which may be added because a person said so.
    counts
        What a plain number counts, such as ``Unit.PERSONS``; None where the indicator's unit says it.
    """

    code: str
    role: IndicatorRole
    is_part: bool = False
    counts: Unit | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A service as a person defines it; free of years.

    Parameters
    ----------
    code
        Short, unique in the municipality.
    treatment
        Where money is not attributable; None for an individual service.
    sex, ages
        For whom it is meant: None for both sexes; first and last age, None for no limit.
    capital_life, capital_rate
        Years over which its capital lines are spread, and the rate of the annuity, 0.03 for 3 %.
    owner
        Department or person that owns the data.
    """

    code: str
    name: str
    kind: ServiceKind = ServiceKind.INDIVIDUAL
    treatment: Treatment | None = None
    sex: Sex | None = None
    ages: tuple[int | None, int | None] = (None, None)
    capital_life: int | None = None
    capital_rate: Decimal | None = None
    owner: str = ""
    note: str = ""
    lines: tuple[ServiceLine, ...] = ()
    indicators: tuple[ServiceIndicator, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredService:
    """A service with its number and the number of the change that made it what it is."""

    service_id: int
    version: int
    service: Service


@dataclass(frozen=True, slots=True)
class Indicator:
    """A counted thing of a municipality, free of years.

    ``programme_code``, ``organisation_code`` and ``place`` are "" where the source names none;
    figures of a place may repeat those of the whole municipality and are never added to them.
    """

    code: str
    label: str
    unit: Unit
    unit_label: str = ""
    programme_code: str = ""
    organisation_code: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an indicator; ``figure`` None takes an earlier one away.

    Parameters
    ----------
    sex
        A `Sex`, or `ALL_SEXES` where the source does not tell them apart.
    ages
        First and last year of age; None for all ages.
    group
        Kind and code of a further group, ("", "") for everybody.
    sample_size, design_effect
        Of a survey, where its source says them.
    """

    indicator_code: str
    fiscal_year: int
    sex: str
    figure: Decimal | None
    grade: Grade
    source: str
    kind: FigureKind = FigureKind.ACTUAL
    ages: tuple[int, int | None] | None = None
    group: tuple[str, str] = ("", "")
    sample_size: int | None = None
    design_effect: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DataNeed:
    """Something that is not known of a service, and who is to find it out."""

    service_id: int
    what: str
    owner: str = ""
    due: date | None = None
    state: NeedState = NeedState.OPEN
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered to a question of the 4R method about a service and year; "" takes it away."""

    service_id: int
    fiscal_year: int
    question_code: str
    words: str
