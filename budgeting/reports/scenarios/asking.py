"""Reports on scenarios, as addresses and commands ask for them."""

from collections.abc import Mapping

from budgeting.model import Stage
from budgeting.reports.kinds import ReportKind, parsed
from budgeting.reports.scenarios import ceilings, comparison, meeting, order
from budgeting.reports.scenarios.footing import scenario_question
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.scenarios.stored import scenario
from budgeting.simulation.moves import Move
from budgeting.store import Store

SCENARIO_REPORTS: Mapping[str, ReportKind] = {
    "scenario_comparison": ReportKind(
        lambda store, given: comparison.build(
            store,
            parsed("scenarios", given.get("scenarios", ""), _numbers),
            given.get("methodology") or None,
            given.get("language", "en"),
        ),
        "Scenarios beside their baseline: balance, tagged interval, women's share, programmes, lines.",
        {
            "scenarios": "their numbers, joined by commas",
            "methodology": "code of a methodology; the municipality's main one without it",
            "language": "en (default), sr or sr-Latn",
        },
    ),
    "virement_order": ReportKind(
        lambda store, given: order.build(store, parsed("scenario", given.get("scenario", ""), int)),
        "From which line to which an adopted scenario moves money, in the ledger's own codes.",
        {"scenario": "its number"},
    ),
    "budget_ceilings": ReportKind(
        lambda store, given: ceilings.build(store, *_budget(store, given)),
        "What each organisation asks for or has in a year, its ceiling, and the gap.",
        {
            "municipality": "code of the municipality",
            "year": "fiscal year",
            "stage": "proposed where stored (default), revised, approved, committed or executed",
            "scenario": "its number; the budget without moves if empty",
            "language": "en (default), sr or sr-Latn",
        },
    ),
    "meeting": ReportKind(
        lambda store, given: meeting.build(
            store,
            parsed("meeting", given.get("meeting", ""), int),
            given.get("language", "en"),
        ),
        "What the guests of a meeting want: more, less, means apart, the spread, and what the mean does.",
        {"meeting": "its number", "language": "en (default), sr or sr-Latn"},
    ),
}


def _budget(store: Store, given: Mapping[str, str]) -> tuple[Question, tuple[Move, ...]]:
    """Return a budget and the moves of a scenario on it; a scenario says itself which budget."""
    language = given.get("language", "en")
    if given.get("scenario"):
        of = scenario(store, parsed("scenario", given["scenario"], int))
        return scenario_question(store, of, language=language), of.moves
    stage = given.get("stage")
    view = ScenarioView(
        given.get("municipality", ""),
        parsed("year", given.get("year", ""), int),
        parsed("stage", stage, Stage) if stage else None,
        language=language,
    )
    return question(store, view), ()


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(one) for one in value.split(","))
