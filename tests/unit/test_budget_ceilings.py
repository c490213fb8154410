"""Ceilings of a year's budget: requests beside them, gaps to the cent, and no scenario above them."""

import shutil
from dataclasses import replace
from decimal import Decimal

import pytest

from budgeting.access import Identity, Role
from budgeting.errors import ScenarioInvalid
from budgeting.model import Direction, Stage
from budgeting.reports.scenarios import ceilings as ceilings_report
from budgeting.reports.scenarios.view import ScenarioView, question
from budgeting.scenarios.deciding import submit
from budgeting.scenarios.files import rules_in, written_rules
from budgeting.scenarios.rules import rule_set, save_rules
from budgeting.scenarios.saving import add_moves, begin
from budgeting.simulation.ceilings import ceilings, organisations, with_ceilings
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.moves import level
from budgeting.simulation.rules import Rule, RuleKind, bounds, breaches, words
from budgeting.store import connect

D = Decimal
TOWN, YEAR = "demo_jasenik", 2027
SCHOOL, ROADS = (Subject(SubjectKind.ORGANISATION, code) for code in ("05", "07"))
PLANNER = Identity("pero@example.org", Role.REVIEWER)


def ceiling(subject: Subject, amount: str, year: int = YEAR) -> Rule:
    return Rule("c", RuleKind.BUDGET_CEILING, subject, D(amount), fiscal_year=year)


@pytest.fixture
def asked() -> Baseline:
    """Two organisations ask for 150 of the 140 that will come in."""
    return Baseline(
        (
            Line(1, "s", "School", D("100.00"), members={"organisation": ("05",)}),
            Line(2, "r", "Roads", D("50.00"), members={"organisation": ("07",)}),
            Line(3, "t", "Taxes", D("140.00"), Direction.REVENUE),
        ),
        "EUR",
        fiscal_year=YEAR,
        is_requested=True,
    )


def beyond(baseline: Baseline, rule: Rule, changes: dict[int, str]) -> list[Decimal]:
    moved = {line: D(change) for line, change in changes.items()}
    return [one.beyond for one in breaches(bounds([rule], baseline), moved)]


def test_a_ceiling_is_broken_from_the_first_cent_and_before_anything_moves(asked):
    """A request above the ceiling is told at once; other rules count only what a scenario makes worse."""
    assert [D("10.00")] == beyond(asked, ceiling(SCHOOL, "90.00"), {})
    assert [D("0.01")] == beyond(asked, ceiling(SCHOOL, "90.00"), {1: "-9.99"})
    assert [] == beyond(asked, ceiling(SCHOOL, "90.00"), {1: "-10.00"})
    assert [] == beyond(asked, replace(ceiling(SCHOOL, "90.00"), kind=RuleKind.CEILING), {})


def test_a_ceiling_holds_in_the_budget_of_its_year_only(asked):
    assert [] == beyond(asked, ceiling(SCHOOL, "90.00", YEAR - 1), {})
    assert [] == beyond(replace(asked, fiscal_year=YEAR + 1), ceiling(SCHOOL, "90.00"), {})


def test_a_ceiling_says_its_year_and_its_amount(asked):
    found = words(bounds([ceiling(SCHOOL, "90.00")], asked)[0], "EUR")
    assert ("05", str(YEAR), D("90.00")) == (
        found.values["subject"],
        found.values["year"],
        found.values["amount"].amount,
    )


def test_what_is_asked_for_balances_where_it_is_what_comes_in(asked):
    """Of a budget that is granted the change must balance; of requests, the sums themselves."""
    rule = Rule("b", RuleKind.BALANCED, Subject(SubjectKind.ALL))
    assert [D("10.00")] == beyond(asked, rule, {})
    assert [] == beyond(asked, rule, {1: "-10.00"})
    assert [D("0.01")] == beyond(asked, rule, {1: "-10.01"})
    within = Rule("b", RuleKind.WITHIN, Subject(SubjectKind.ALL), D("5.00"))
    assert [] == beyond(asked, within, {1: "-5.00"})
    assert [D("0.01")] == beyond(asked, within, {1: "-4.99"})
    assert [D("10.00")] == beyond(replace(asked, is_requested=False), rule, {1: "-10.00"})


def test_without_revenue_nobody_can_say_whether_requests_balance(asked):
    without = replace(asked, lines=asked.lines[:2])
    assert () == bounds([Rule("b", RuleKind.BALANCED, Subject(SubjectKind.ALL))], without)


def test_how_much_may_be_given_is_no_question_of_what_nobody_has_yet(asked):
    rule = Rule("g", RuleKind.GIVES, SCHOOL, percent=D(10))
    assert [] == beyond(asked, rule, {1: "-50.00"})
    assert [D("40.00")] == beyond(replace(asked, is_requested=False), rule, {1: "-50.00"})


def test_ceilings_are_set_changed_and_taken_away_and_other_rules_stay():
    other = Rule("b", RuleKind.BALANCED, Subject(SubjectKind.ALL))
    last_year = ceiling(SCHOOL, "80.00", YEAR - 1)
    first = with_ceilings((other, last_year), YEAR, {SCHOOL: D(90), ROADS: D(40)}, "Letter 1")
    assert {SCHOOL: D(90), ROADS: D(40)} == ceilings(first, YEAR)
    again = with_ceilings(first, YEAR, {SCHOOL: D(90), ROADS: D(45)}, "Letter 2")
    assert {SCHOOL: "Letter 1", ROADS: "Letter 2"} == {
        rule.subject: rule.source for rule in again if rule.fiscal_year == YEAR
    }
    assert (other, last_year) == with_ceilings(again, YEAR, {SCHOOL: None, ROADS: None})


def test_rules_as_a_file_keep_the_year_of_a_ceiling():
    rules = (ceiling(SCHOOL, "90.00"),)
    assert (rules, ()) == rules_in("rules.toml", written_rules(rules))


@pytest.mark.parametrize(
    "written",
    [
        'kind = "budget_ceiling"\norganisation = "05"\namount = 90',
        'kind = "ceiling"\norganisation = "05"\namount = 90\nyear = 2027',
    ],
)
def test_a_ceiling_without_a_year_is_refused_as_is_a_year_of_another_rule(demo_store, written):
    rules, _ = rules_in("rules.toml", f'[[rule]]\ncode = "c"\n{written}')
    with pytest.raises(ScenarioInvalid):
        save_rules(demo_store, PLANNER, TOWN, rules, seen=1)


def requests(store):
    return question(store, ScenarioView(TOWN, YEAR, Stage.PROPOSED))


def test_gaps_are_exact_and_their_sum_is_the_last_row(demo_store):
    """Amount less ceiling of each organisation; below zero is room."""
    shown = ceilings_report.build(demo_store, requests(demo_store))
    *rows, whole = shown.tables["organisations"].rows.to_pylist()
    assert [row["asked"] - row["ceiling"] for row in rows] == [row["gap"] for row in rows]
    for key in ("before", "asked", "ceiling", "gap"):
        assert sum(row[key] for row in rows) == whole[key]
    assert shown.facts["over"] - shown.facts["under"] == whole["gap"]
    assert (
        D("17959770.00")
        == whole["asked"]
        == requests(demo_store).baseline.total(Direction.EXPENDITURE)
    )


def test_an_organisation_without_a_ceiling_has_no_gap_and_is_told(store_of_demo):
    rules = rule_set(store_of_demo, TOWN)
    without = with_ceilings(rules.rules, YEAR, {SCHOOL: None})
    save_rules(store_of_demo, PLANNER, TOWN, without, seen=rules.version)
    shown = ceilings_report.build(store_of_demo, requests(store_of_demo))
    row = next(one for one in shown.tables["organisations"].rows.to_pylist() if one["code"] == "05")
    assert (None, None, row["asked"]) == (row["ceiling"], row["gap"], shown.facts["without"])
    assert any("without a ceiling" in str(note) for note in shown.notes)


def test_a_budget_that_is_granted_stands_in_for_requests_that_are_not_there(demo_store):
    asked = question(demo_store, ScenarioView(TOWN, YEAR - 1, Stage.REVISED))
    shown = ceilings_report.build(demo_store, asked)
    assert (False, 0) == (shown.facts["is_requested"], shown.facts["ceiling_count"])
    assert any("stands in for them" in str(note) for note in shown.notes)
    assert ceilings_report.requests_of(demo_store, TOWN, YEAR - 1) == YEAR
    assert ceilings_report.requests_of(demo_store, "demo_vrbograd", YEAR - 1) is None


@pytest.fixture
def store_of_demo(demo_file, tmp_path):
    store = connect(shutil.copy(demo_file, tmp_path / "demo.duckdb"))
    yield store
    store.close()


def test_a_scenario_above_a_ceiling_is_not_handed_in_and_one_that_closes_all_gaps_is(store_of_demo):
    store, asked = store_of_demo, requests(store_of_demo)
    begun = begin(store, PLANNER, TOWN, asked.benefits.vintage.vintage_id, "Closing the gaps")
    rows = ceilings_report.build(store, asked).tables["organisations"].rows.to_pylist()[:-1]
    closing = [level(Subject(SubjectKind.ORGANISATION, row["code"]), -row["gap"]) for row in rows]
    half = add_moves(store, PLANNER, begun.scenario_id, closing[:-1], seen=begun.sequence)
    with pytest.raises(ScenarioInvalid, match=r"may have at most .* in the budget of 2027"):
        submit(store, PLANNER, half)
    done = add_moves(store, PLANNER, begun.scenario_id, closing[-1:], seen=half.sequence)
    shown = ceilings_report.build(store, asked, done.moves)
    assert {D(0)} == {row["gap"] for row in shown.tables["organisations"].rows.to_pylist()}
    assert "submitted" == submit(store, PLANNER, done).state.value


def test_every_organisation_at_the_top_is_asked(demo_store):
    assert 9 == len(organisations(requests(demo_store).baseline))
