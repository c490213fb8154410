"""Names: what readers call the codes of services and of what is counted."""

from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.model import Text, text
from budgeting.services.model import (
    FigureKind,
    IndicatorRole,
    Unit,
)


def unit_name(unit: Unit) -> Text:
    """Return what readers call a unit."""
    return {
        Unit.PERSONS: text("persons"),
        Unit.NUMBER: text("number"),
        Unit.HOUSEHOLDS: text("households"),
        Unit.HOURS: text("hours"),
        Unit.DAYS: text("days"),
        Unit.VISITS: text("visits"),
        Unit.PLACES: text("places"),
        Unit.MONEY: text("money"),
        Unit.PERCENT: text("percent"),
        Unit.RATIO: text("ratio"),
        Unit.SCORE: text("score"),
        Unit.PER_WEEK: text("number per week"),
        Unit.PER_MONTH: text("number per month"),
        Unit.PER_YEAR: text("number per year"),
        Unit.OTHER: text("unit not known"),
    }[unit]


def service_kind_name(kind: ServiceKind) -> Text:
    """Return what readers call a kind of service."""
    return {
        ServiceKind.INDIVIDUAL: text("used one by one"),
        ServiceKind.NON_EXCLUDABLE: text("for everybody, such as roads and lighting"),
        ServiceKind.OVERHEAD: text("overhead, such as administration"),
    }[kind]


def treatment_name(treatment: Treatment) -> Text:
    """Return what readers call a treatment of money that is not attributable."""
    return {
        Treatment.EXCLUDE: text("left out"),
        Treatment.POPULATION: text("shared by population"),
        Treatment.SURVEY: text("shared by a survey"),
    }[treatment]


def role_name(role: IndicatorRole) -> Text:
    """Return what readers call the role of an indicator."""
    return {
        IndicatorRole.USERS: text("users"),
        IndicatorRole.INTENSITY: text("intensity of use"),
        IndicatorRole.WAITING: text("waiting list"),
        IndicatorRole.ELIGIBLE: text("eligible persons"),
        IndicatorRole.FEES: text("fees paid"),
    }[role]


def figure_kind_name(kind: FigureKind) -> Text:
    """Return what readers call a kind of figure."""
    return {FigureKind.ACTUAL: text("counted"), FigureKind.PLANNED: text("planned")}[kind]
