"""Scenarios beside each other: three figures first, steps that add up, then the lines."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    CARE,
    EDUCATION,
    ROADS,
    SCHOOLS,
    begun,
    build_town,
    more,
    roads_to_care,
)

from budgeting.errors import NotFound, ScenarioInvalid, UnknownReport
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.reports import build_report
from budgeting.scenarios.saving import add_moves, copy
from budgeting.simulation.moves import new_line, virement

D = Decimal


@pytest.fixture
def town(prepared):
    return prepared(build_town)


def moved(store, name, *moves):
    of = begun(store, name)
    return add_moves(store, ANA, of.scenario_id, moves, seen=0) if moves else of


def compared(store, *scenarios):
    numbers = ",".join(str(one.scenario_id) for one in scenarios)
    return build_report(store, "scenario_comparison", {"scenarios": numbers})


def test_the_baseline_stands_first_with_its_three_figures(town):
    """Balance, tagged interval, women's share; then each scenario as it comes out."""
    first = moved(town, "First", roads_to_care("100.00"))
    second = moved(town, "Second", more(CARE, "50.00"))
    rows = compared(town, first, second).tables["headline"].rows.to_pylist()
    assert [
        ("baseline", "budget as it is", D("0.00"), None, None),
        ("scenario_1", "First", D("0.00"), D("100.00"), 0),
        ("scenario_2", "Second", D("-50.00"), D("50.00"), 1),
    ] == [
        (row["key"], row["scenario"], row["balance"], row["moved"], row["broken"]) for row in rows
    ]
    assert all({"tagged_low", "tagged_high", "women_share"} <= set(row) for row in rows)


def test_the_steps_lead_from_the_budget_to_each_scenario(town):
    """Start and steps add up to the end, to the cent."""
    first = moved(town, "First", roads_to_care("100.01"), new_line(EDUCATION, "New", D("7.00")))
    second = moved(town, "Second", more(CARE, "-50.00"))
    rows = compared(town, first, second).tables["waterfall"].rows.to_pylist()
    for key, spent in (("scenario_1", "3852.67"), ("scenario_2", "3795.67")):
        *steps, end = [row[key] for row in rows]
        assert (D(spent), end) == (end, sum(steps))
    assert D("3845.67") == rows[0]["scenario_1"]


def test_every_line_that_one_of_them_changes_is_there_with_its_amount_in_each(town):
    """The largest change first; a line that nobody changes is left out."""
    first = moved(town, "First", roads_to_care("100.00"))
    second = moved(town, "Second", virement(ROADS, CARE, D("20.00")))
    rows = compared(town, first, second).tables["lines"].rows.to_pylist()
    assert {
        "Roads": (D("2345.67"), D("2245.67"), D("2325.67")),
        "Care of children": (D("500.00"), D("600.00"), D("520.00")),
    } == {row["label"]: (row["baseline"], row["scenario_1"], row["scenario_2"]) for row in rows}


def test_a_line_that_a_scenario_opens_is_its_own(town):
    """Two scenarios that open lines do not share them."""
    first = moved(town, "First", new_line(EDUCATION, "Playground", D("1.00")))
    second = moved(town, "Second", new_line(EDUCATION, "Library", D("2.00")))
    rows = compared(town, first, second).tables["lines"].rows.to_pylist()
    assert [
        ("Library", D("0.00"), D("0.00"), D("2.00")),
        ("Playground", D("0.00"), D("1.00"), D("0.00")),
    ] == [(row["label"], row["baseline"], row["scenario_1"], row["scenario_2"]) for row in rows]


def test_broken_rules_are_named_by_scenario(town):
    """The rule of the house is balance."""
    report = compared(town, moved(town, "More", more(SCHOOLS, "1.00")))
    assert [("More", "Expenditure and revenue must change by the same amount.")] == [
        (row["scenario"], row["rule"]) for row in report.tables["rules"].rows.to_pylist()
    ]


def test_scenarios_on_different_lines_are_not_set_beside_each_other(town):
    """Their figures would mean different things."""
    first = moved(town, "First", roads_to_care())
    cursor = town._connection.cursor()
    cursor.execute("update core.budget_amounts set amount = 501.00 where amount = 500.00")
    cursor.close()
    town._states = replace(town._states, budget="changed")
    second = moved(town, "Second")
    with pytest.raises(ScenarioInvalid, match="“First” and “Second” stand on different budgets"):
        compared(town, first, second)


def test_as_many_are_compared_as_can_be_read(town):
    """Six; one more is refused, and so is none. The same one twice is one."""
    first = moved(town, "First")
    others = [copy(town, ANA, first.scenario_id, f"Copy {number}") for number in range(6)]
    assert 7 == compared(town, first, first, *others[:5]).tables["headline"].rows.num_rows
    with pytest.raises(ScenarioInvalid, match="1 to 6"):
        compared(town, first, *others)


@pytest.mark.parametrize("scenarios", ["", "x", "1;2"])
def test_other_words_are_no_scenarios(town, scenarios):
    """The parameter is named."""
    with pytest.raises(UnknownReport, match="scenarios"):
        build_report(town, "scenario_comparison", {"scenarios": scenarios})


def test_what_is_not_there_is_said(store):
    """No such scenario, or no budget under it any more."""
    import_id = build_town(store)
    first = moved(store, "First", roads_to_care())
    with pytest.raises(NotFound, match="no scenario 99"):
        build_report(store, "scenario_comparison", {"scenarios": "99"})
    undo_import(store, import_id, "wrong", ANA)
    with pytest.raises(NotFound, match="stands on is not stored any more"):
        compared(store, first)
