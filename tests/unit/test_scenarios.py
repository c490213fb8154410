"""Scenarios: moves are saved one by one, given back as saved, taken back exactly, and lost by nobody."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    BEN,
    CARE,
    EDUCATION,
    INCOME,
    ROADS,
    SCHOOLS,
    TOWN,
    begun,
    build_town,
    more,
    roads_to_care,
    statement,
)
from fixtures.small_budget import ask, count

from budgeting.access import Identity
from budgeting.errors import (
    MoveInvalid,
    NotAllowed,
    NotFound,
    ScenarioChanged,
    ScenarioInvalid,
)
from budgeting.model import Stage
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.model import Action, ScenarioState
from budgeting.scenarios.saving import (
    add_moves,
    begin,
    copy,
    redo,
    rename,
    reset_all,
    reset_one,
    undo,
    withdraw,
)
from budgeting.scenarios.stored import scenario, scenarios
from budgeting.simulation.moves import Move, MoveKind, virement

A, B, C = roads_to_care("10.00"), roads_to_care("20.00"), more(INCOME, "5.00")


@pytest.fixture
def town(prepared):
    return prepared(build_town)


@pytest.fixture
def draft(town):
    return begun(town)


def amounts(of):
    return [move.amount for move in of.moves]


def ten(*numbers):
    return [Decimal(number) for number in numbers]


def add(store, of, *moves, who=ANA, **how):
    return add_moves(store, who, of.scenario_id, moves, seen=how.pop("seen", of.sequence), **how)


# --- beginning ------------------------------------------------------------


def test_a_scenario_stands_on_a_statement_and_the_revenue_beside_it(town, draft):
    """It knows year, stage, currency, data version and lines; it is a draft without moves."""
    footing = draft.footing
    expected = (TOWN, 2024, Stage.APPROVED, "EUR", statement(town), statement(town, "revenue"), 0)
    assert expected == (
        footing.municipality_code,
        footing.fiscal_year,
        footing.stage,
        footing.currency_code,
        footing.vintage_id,
        footing.revenue_vintage_id,
        footing.rules_version,
    )
    assert ("More care", "ana", ScenarioState.DRAFT, (), 1) == (
        draft.name,
        draft.author,
        draft.state,
        draft.moves,
        draft.version,
    )
    assert 1 == footing.data_version
    assert draft == scenario(town, draft.scenario_id)


def test_two_scenarios_on_the_same_lines_share_them(town, draft):
    """The lines are kept once."""
    begun(town, "Another")
    assert 4 == count(town, "core.baseline_lines")


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_scenario_needs_a_name_that_fits(town, name):
    """An empty name or one of more than 120 characters is refused; nothing is stored."""
    with pytest.raises(ScenarioInvalid, match="1 to 120"):
        begun(town, name)
    assert 0 == count(town, "core.scenarios")


def test_a_name_of_120_characters_fits(town):
    """The longest name that is allowed is kept whole."""
    assert 120 == len(begun(town, "x" * 120).name)


def test_a_statement_that_is_not_stored_is_refused(town):
    """Neither an unknown number nor a statement of revenue can be begun on."""
    for vintage in (999, statement(town, "revenue")):
        with pytest.raises(NotFound, match="not stored"):
            begin(town, ANA, TOWN, vintage, "More care")


def test_who_only_looks_makes_no_scenario(town, viewer):
    """A viewer is told which role it takes."""
    with pytest.raises(NotAllowed, match="make a scenario"):
        begun(town, identity=viewer)


# --- moves ----------------------------------------------------------------


def test_saving_returns_what_is_stored(town, draft):
    """The scenario that a save gives back is the one that a reader finds."""
    saved = add(town, draft, A, C)
    assert (ten("10.00", "5.00"), 2) == (amounts(saved), saved.sequence)
    assert saved == scenario(town, draft.scenario_id)


def test_a_move_comes_back_as_it_was_made(town, draft):
    """Every field of a move survives storing."""
    move = Move(
        MoveKind.USERS,
        replace(EDUCATION),
        Decimal("0.00"),
        ROADS,
        Decimal("12.500000"),
        "a label",
        "care",
        "female",
        Decimal("3.5000"),
        'why; "so" č',
    )
    assert (move,) == add(town, draft, move).moves


def test_moves_of_two_persons_who_save_at_once_both_stand(town, draft):
    """Nobody overwrites anybody, and who saves second is told what the other did."""
    add(town, draft, A, who=ANA)
    saved = add(town, draft, B, who=BEN)
    assert ten("10.00", "20.00") == amounts(saved)
    assert [("ana", Action.ADD, 1)] == [
        (one.recorded_by, one.action, one.move_number) for one in saved.joined
    ]


def test_saves_at_the_same_moment_all_stand(town, draft):
    """Eight persons, each with three moves, in threads of their own."""
    people = [Identity(f"p{number}", ANA.role) for number in range(8)]

    def three_moves(who):
        for _ in range(3):
            add_moves(town, who, draft.scenario_id, [roads_to_care("1.00")], seen=0)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(three_moves, people))
    now = scenario(town, draft.scenario_id)
    assert (24, list(range(1, 25))) == (len(now.moves), [entry.sequence for entry in now.log])
    assert {person.name: 3 for person in people} == Counter(one.author for one in now.standing)


def test_what_one_has_seen_is_not_told_again(town, draft):
    """Only entries of others behind the sequence that the reader saw have joined."""
    seen = add(town, draft, A, who=ANA)
    assert () == add(town, seen, B, who=BEN).joined


def test_a_move_that_takes_more_than_there_is_is_refused_and_nothing_is_written(town, draft):
    """One cent more than the line has; the whole of it goes."""
    events = count(town, "core.audit_events")
    with pytest.raises(MoveInvalid, match=r"Move 1: “Roads” has only"):
        add(town, draft, virement(ROADS, CARE, Decimal("2345.68")))
    assert (0, events) == (count(town, "core.scenario_moves"), count(town, "core.audit_events"))
    assert 1 == len(add(town, draft, virement(ROADS, CARE, Decimal("2345.67"))).moves)


@pytest.mark.parametrize("amount", ["0.001", "NaN", "1e15"])
def test_a_figure_that_cannot_be_kept_exactly_is_refused(town, draft, amount):
    """No figure is rounded on the way into the store."""
    with pytest.raises(MoveInvalid, match="figure"):
        add(town, draft, more(INCOME, amount))


def test_a_move_takes_the_place_of_another(town, draft):
    """Entering a number again replaces the move; undoing brings the first one back."""
    first = add(town, draft, A)
    second = add(town, first, B, replacing=[1])
    assert ten("20.00") == amounts(second)
    assert ten("10.00") == amounts(undo(town, ANA, draft.scenario_id, seen=second.sequence))


def test_a_move_that_is_gone_cannot_be_replaced(town, draft):
    """The reader is told; nothing is written."""
    with pytest.raises(NotFound, match="not there any more"):
        add(town, draft, A, replacing=[7])
    assert 0 == count(town, "core.scenario_moves")


# --- undo, redo, reset ----------------------------------------------------


def steps(store, of, *acts):
    """Do acts one after the other as Ana; return the amounts that stand after each."""
    found = []
    for act in acts:
        now = scenario(store, of.scenario_id)
        found.append(amounts(act(store, ANA, of.scenario_id, seen=now.sequence)))
    return found


def test_undo_and_redo_go_back_and_forth_through_what_one_did(town, draft):
    """Each undo gives the state before, each redo the state after."""
    add(town, add(town, draft, A), B, C)
    assert [ten("10"), [], ten("10"), ten("10", "20", "5")] == steps(
        town, draft, undo, undo, redo, redo
    )


def test_resetting_is_undone_like_adding(town, draft):
    """After reset all, one undo brings all moves back in their old order."""
    add(town, add(town, draft, A), B)
    assert [[], ten("10", "20"), []] == steps(town, draft, reset_all, undo, redo)


def test_reset_one_takes_away_one_move_of_anybody(town, draft):
    """The others stay; a second time it is not there any more."""
    seen = add(town, add(town, draft, A), B, who=BEN)
    saved = reset_one(town, BEN, draft.scenario_id, 1, seen=seen.sequence)
    assert ten("20.00") == amounts(saved)
    with pytest.raises(NotFound, match="not there any more"):
        reset_one(town, BEN, draft.scenario_id, 1, seen=saved.sequence)


def test_undo_takes_back_only_what_one_did_oneself(town, draft):
    """The move that a colleague made after mine stays."""
    add(town, add(town, draft, A), B, who=BEN)
    assert [ten("20")] == steps(town, draft, undo)


def test_nothing_is_left_to_undo_or_redo(town, draft):
    """Both say so, and write nothing."""
    seen = add(town, draft, A, who=BEN)
    for act in (undo, redo):
        with pytest.raises(NotFound, match="of yours"):
            act(town, ANA, draft.scenario_id, seen=seen.sequence)
    assert 1 == count(town, "core.scenario_moves")


def test_after_a_new_move_what_was_taken_back_is_not_made_again(town, draft):
    """Redo ends where something new begins."""
    add(town, draft, A)
    steps(town, draft, undo)
    now = add(town, scenario(town, draft.scenario_id), B)
    with pytest.raises(NotFound, match="nothing of yours to make again"):
        redo(town, ANA, draft.scenario_id, seen=now.sequence)


def test_what_a_colleague_took_away_already_is_passed_over(town, draft):
    """Undo goes on to the act before, instead of doing nothing."""
    seen = add(town, add(town, draft, A), B)
    reset_one(town, BEN, draft.scenario_id, 2, seen=seen.sequence)
    assert [[]] == steps(town, draft, undo)


def test_reset_all_leaves_what_one_has_not_seen(town, draft):
    """A colleague's move of this minute is not swept away."""
    seen = add(town, draft, A)
    add(town, seen, B, who=BEN)
    saved = reset_all(town, ANA, draft.scenario_id, seen=seen.sequence)
    assert (ten("20.00"), ["ben"]) == (amounts(saved), [one.recorded_by for one in saved.joined])


def test_a_move_that_later_ones_need_is_not_taken_away(town, draft):
    """Care can only pass on what it got; the reader is told which move it is."""
    seen = add(town, draft, virement(ROADS, CARE, Decimal("1000.00")))
    seen = add(town, seen, virement(CARE, SCHOOLS, Decimal("1200.00")))
    with pytest.raises(MoveInvalid, match="“Care of children” has only"):
        reset_one(town, ANA, draft.scenario_id, 1, seen=seen.sequence)
    assert 2 == len(scenario(town, draft.scenario_id).moves)


# --- copies, names, withdrawing -------------------------------------------


def test_a_copy_has_the_standing_moves_and_nothing_to_undo(town, draft):
    """Moves that were taken back stay behind; the copy goes its own way."""
    add(town, add(town, draft, A), B)
    steps(town, draft, undo)
    twin = copy(town, BEN, draft.scenario_id, "Twin")
    assert (ten("10.00"), draft.scenario_id, "ben") == (
        amounts(twin),
        twin.copied_from,
        twin.author,
    )
    assert draft.footing == twin.footing
    add(town, twin, B, who=BEN)
    assert ten("10.00") == amounts(scenario(town, draft.scenario_id))


def test_renaming_is_refused_where_somebody_was_faster(town, draft):
    """The version that the reader saw decides; the first one wins."""
    rename(town, ANA, draft.scenario_id, "Care first", "for Ruth", seen=1)
    with pytest.raises(ScenarioChanged, match=r"ana was faster: “Care first”"):
        rename(town, BEN, draft.scenario_id, "Roads", "", seen=1)
    now = scenario(town, draft.scenario_id)
    assert ("Care first", "for Ruth", "ana", 2) == (
        now.name,
        now.description,
        now.author,
        now.version,
    )


def test_a_withdrawn_scenario_is_found_no_more_and_kept(town, draft):
    """It takes a reason; the rows stay."""
    with pytest.raises(ScenarioInvalid, match="for a reason"):
        withdraw(town, ANA, draft.scenario_id, " ", seen=1)
    withdraw(town, ANA, draft.scenario_id, "made twice", seen=1)
    with pytest.raises(NotFound, match="no scenario"):
        scenario(town, draft.scenario_id)
    assert (0, 2) == (scenarios(town, TOWN).num_rows, count(town, "core.scenarios"))


def test_the_list_has_the_newest_change_first_with_its_moves(town, draft):
    """Standing moves are counted; a move counts as a change."""
    begun(town, "Later")
    add(town, draft, A, B)
    rows = scenarios(town, TOWN).to_pylist()
    assert [("More care", 2), ("Later", 0)] == [(row["name"], row["move_count"]) for row in rows]
    assert all(isinstance(row["changed_at"], datetime) for row in rows)


# --- what it stands on ----------------------------------------------------


def test_the_lines_of_a_scenario_stay_as_they_were(town, draft):
    """A later correction of the budget changes nothing in it, lines that are gone included."""
    before = kept_baseline(town, draft.footing)
    cursor = town._connection.cursor()
    cursor.execute("update core.budget_amounts set amount = 1.00 where amount = 500.00")
    cursor.execute("delete from core.budget_amounts where amount = 1000.00")
    cursor.close()
    add(town, draft, A)
    begin(town, Identity("x", ANA.role), TOWN, statement(town), "On today's lines")
    town._states = replace(town._states, budget="changed")
    kept = kept_baseline(town, draft.footing)
    assert [(one.code, one.amount, one.label, one.members) for one in before.lines] == [
        (one.code, one.amount, one.label, one.members) for one in kept.lines
    ]


def test_every_change_leaves_its_event_and_no_change_of_the_budget(town, draft):
    """Scenarios are in the audit trail; what is computed from budgets is not computed anew."""
    state = town.budget_state
    add(town, draft, A)
    steps(town, draft, undo, redo, reset_all)
    rename(town, ANA, draft.scenario_id, "Another", "", seen=1)
    told = ask(town, "select action from core.audit_events where sequence > 1 order by sequence")
    assert [
        "begin-scenario",
        "add-moves-scenario",
        "undo-scenario",
        "redo-scenario",
        "reset-moves-scenario",
        "rename-scenario",
    ] == [row["action"] for row in told]
    assert state == town.budget_state != town.state
