"""Footing: a stored scenario as a question, on its own lines and its own statements."""

from dataclasses import replace

from budgeting.errors import NotFound
from budgeting.meetings.model import Meeting
from budgeting.model import Direction, Text, Vintage, text
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.reports.scope import scope, statement_source
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.model import Footing, Scenario
from budgeting.store import Store


def scenario_question(
    store: Store, of: Scenario | Meeting, methodology: str | None = None, language: str = "en"
) -> Question:
    """Return what a scenario or a meeting asks: marks and services of its own statement, not of the newest one.

    Raises
    ------
    NotFound
        Its statement is not stored any more, because an import was undone.
    UnknownMethodology
        There is no such methodology.
    """
    footing = of.footing
    view = ScenarioView(
        footing.municipality_code, footing.fiscal_year, footing.stage, methodology, language
    )
    vintage = _vintage(store, footing, Direction.EXPENDITURE, footing.vintage_id)
    if vintage is None:
        raise NotFound(
            text("The budget that “{scenario}” stands on is not stored any more.", scenario=of.name)
        )
    asked = question(store, view)
    revenue = _vintage(store, footing, Direction.REVENUE, footing.revenue_vintage_id)
    benefits = replace(asked.benefits, vintage=vintage, revenue=revenue)
    return replace(asked, benefits=benefits, baseline=kept_baseline(store, footing))


def scenario_sources(store: Store, footing: Footing) -> tuple[Text, ...]:
    """Return which statements a scenario stands on, as far as they are stored."""
    found = []
    for direction, vintage_id in zip(Direction, footing.vintage_ids, strict=False):
        vintage = _vintage(store, footing, direction, vintage_id)
        if vintage:
            where = scope(store, footing.municipality_code, footing.fiscal_year, direction)
            found.append(statement_source(where, vintage))
    told = text("Lines as of data version {version}", version=str(footing.data_version))
    return (*found, told)


def _vintage(
    store: Store, footing: Footing, direction: Direction, vintage_id: int | None
) -> Vintage | None:
    try:
        where = scope(store, footing.municipality_code, footing.fiscal_year, direction)
    except NotFound:
        return None
    return next((one for one in where.vintages if one.vintage_id == vintage_id), None)
