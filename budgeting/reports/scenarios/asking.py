"""Reports on scenarios, as addresses and commands ask for them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from budgeting.model import Report, Stage
from budgeting.optimiser import NextUsers
from budgeting.reports.kinds import PLACE, ReportKind, filled, one_of, parsed, parsed_if_given
from budgeting.reports.scenarios import ceilings, comparison, meeting, optimisation, order
from budgeting.reports.scenarios.footing import scenario_question
from budgeting.reports.scenarios.objectives import GROUPS, OBJECTIVES, Aim, weights_in
from budgeting.reports.scenarios.optimising import Wish
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.stored import scenario
from budgeting.simulation.moves import Move
from budgeting.store import Store

SCENARIO_REPORTS: Mapping[str, ReportKind] = {
    "optimisation": ReportKind(
        lambda store, given: _optimisation(store, filled(given)),
        "The reallocation that does most for something, under all rules: moves, what binds, frontier.",
        {
            **PLACE,
            "stage": "revised without it, or the nearest that there is",
            "methodology": "code of a methodology; the municipality's main one without it",
            "objective": "use_gaps (default), unmet_need, parity, tagged or all",
            "most": "per cent of the budget that may move; 2 without it",
            "next": "who comes next: as_need (default), as_waiting or as_today",
            "source": "known (default) or any: may money come from lines whose loss it cannot count",
            "to": "codes of the services that may get money, joined by commas; all without it",
            "weights": "of several objectives (all): use_gaps:2,tagged:0; 1 where it is not named",
            "groups": "what a person in need counts: female:2; 1 where it is not named",
            "draws": "yes says how sure each move is",
            "language": "en (default), sr or sr-Latn",
        },
    ),
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
            **PLACE,
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
    view = ScenarioView(
        given.get("municipality", ""),
        parsed("year", given.get("year", ""), int),
        parsed_if_given("stage", given, Stage),
        language=language,
    )
    return question(store, view), ()


def _optimisation(store: Store, given: Mapping[str, str]) -> Report:
    view = ScenarioView(
        given["municipality"],
        parsed("year", given["year"], int),
        parsed_if_given("stage", given, Stage),
        given.get("methodology"),
        given.get("language", "en"),
    )
    wish = Wish(
        Aim(
            one_of("objective", given.get("objective", "use_gaps"), tuple(OBJECTIVES)),
            parsed("next", given.get("next", NextUsers.AS_NEED.value), NextUsers),
            parsed("weights", given.get("weights", ""), partial(weights_in, known=OBJECTIVES)),
            parsed("groups", given.get("groups", ""), partial(weights_in, known=GROUPS)),
        ),
        parsed("most", given.get("most", "2"), _part),
        one_of("source", given.get("source", "known"), ("known", "any")) == "any",
        tuple(filter(None, given.get("to", "").split(","))),
    )
    rules = rule_set(store, view.municipality_code).rules
    draws = one_of("draws", given.get("draws", "no"), ("no", "yes")) == "yes"
    return optimisation.build(store, question(store, view), rules, wish, with_draws=draws)


def _part(percent: str) -> Decimal:
    """Return a percentage as a part of one."""
    part = Decimal(percent) / 100 if percent.replace(".", "", 1).isdecimal() else Decimal(0)
    if not 0 < part <= 1:
        raise ValueError(percent)
    return part


def _numbers(value: str) -> tuple[int, ...]:
    return tuple(int(one) for one in value.split(","))
