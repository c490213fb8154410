"""Drift: what has changed under a scenario is told, and its moves are carried over one by one."""

from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    CARE,
    GRANTS,
    ROADS,
    RUTH,
    SCHOOLS,
    TOWN,
    begun,
    build_town,
    roads_to_care,
)
from fixtures.small_batches import CARE as CARE_ROW
from fixtures.small_batches import ROADS as ROADS_ROW
from fixtures.small_batches import SCHOOLS as SCHOOLS_ROW
from fixtures.small_batches import batch, file_of

from budgeting.errors import MoveInvalid, NotFound, ScenarioChanged, ScenarioInvalid
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.comparison import findings_of
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.model import Direction
from budgeting.scenarios.deciding import submit
from budgeting.scenarios.drift import Drift, drift, rebase
from budgeting.scenarios.kept import current_baseline, kept_baseline
from budgeting.scenarios.rules import save_rules
from budgeting.scenarios.saving import add_moves, undo
from budgeting.scenarios.stored import scenario
from budgeting.simulation.moves import changes, level_by_percent, virement


@pytest.fixture
def town(prepared):
    return prepared(build_town)


def corrected(store, *rows):
    """Store other amounts of the same statement; a line that is left out is gone."""
    batches = (batch(*rows), batch(GRANTS, direction="revenue"))
    seen = tuple(findings_of(store, *batches))
    reasons = {finding.check: "corrected" for finding in seen}
    return accept(store, file_of(*batches, findings=seen, reasons=reasons), RUTH).import_id


def moved(store, *moves):
    return add_moves(store, ANA, begun(store).scenario_id, moves, seen=0)


def test_nothing_has_drifted_where_nothing_was_imported(town):
    """Its moves are as they were, and nothing else is told."""
    of = moved(town, roads_to_care())
    found = drift(town, of)
    assert (False, (), None, [None]) == (
        found.is_any,
        found.lines,
        found.newer_rules,
        [one.fault for one in found.moves],
    )
    assert isinstance(found, Drift)


def test_changed_gone_and_new_lines_are_told_largest_first(town):
    """With both amounts, and whether the scenario touches them."""
    of = moved(town, roads_to_care())
    corrected(town, ("1/11", "611", "Schools", "1000.50"), ROADS_ROW, ("3/31", "6", "New", "7.00"))
    found = drift(town, of)
    assert [
        ("Care of children", Decimal("500.00"), None, True),
        ("New", None, Decimal("7.00"), False),
        ("Schools", Decimal("1000.00"), Decimal("1000.50"), False),
    ] == [(one.label, one.before, one.now, one.is_touched) for one in found.lines]
    assert {Direction.EXPENDITURE} == {one.direction for one in found.lines}
    assert found.is_other


def test_a_move_that_cannot_be_made_any_more_says_why(town):
    """The others can; each is tried behind those before it."""
    of = moved(town, roads_to_care("2000.00"), virement(SCHOOLS, CARE, Decimal("10.00")))
    corrected(town, SCHOOLS_ROW, CARE_ROW, ("2/21", "821", "Roads", "100.00"))
    faults = [one.fault for one in drift(town, of).moves]
    assert ("“Roads” has only" in str(faults[0]), None) == (True, faults[1])


def test_what_the_scenario_does_not_touch_does_not_keep_it_from_being_submitted(town):
    """A correction elsewhere is told, and nothing more."""
    of = moved(town, roads_to_care())
    corrected(town, ("1/11", "611", "Schools", "1000.50"), CARE_ROW, ROADS_ROW)
    found = drift(town, of)
    assert (True, False) == (found.is_any, found.is_other)
    assert not submit(town, ANA, of).is_draft


def test_what_has_changed_under_its_moves_is_rebased_before_it_is_submitted(town):
    """The moves are for other amounts than the ledger has."""
    of = moved(town, roads_to_care())
    corrected(town, SCHOOLS_ROW, CARE_ROW, ("2/21", "821", "Roads", "2000.00"))
    with pytest.raises(ScenarioInvalid, match="has changed under"):
        submit(town, ANA, of)
    rebased = rebase(town, ANA, of.scenario_id, seen=of.version)
    assert not submit(town, ANA, rebased).is_draft


def test_rebasing_puts_the_moves_that_fit_on_todays_lines(town):
    """What does not fit is withdrawn and stays in the log; nothing has drifted afterwards."""
    of = moved(town, roads_to_care("2000.00"), virement(SCHOOLS, CARE, Decimal("10.00")))
    corrected(town, SCHOOLS_ROW, CARE_ROW, ("2/21", "821", "Roads", "100.00"))
    rebased = rebase(town, ANA, of.scenario_id, seen=of.version)
    assert ([Decimal("10.00")], 2, of.version + 1) == (
        [move.amount for move in rebased.moves],
        len(rebased.added),
        rebased.version,
    )
    assert rebased.footing.data_version > of.footing.data_version
    assert kept_baseline(town, rebased.footing) is current_baseline(town, rebased.footing)
    assert not drift(town, rebased).is_any
    with pytest.raises(NotFound):
        undo(town, RUTH, of.scenario_id, seen=rebased.sequence)


def test_only_the_moves_that_were_chosen_are_carried_over(town):
    """Each is decided on by itself; one that cannot be made cannot be chosen."""
    of = moved(town, roads_to_care("2000.00"), virement(SCHOOLS, CARE, Decimal("10.00")))
    corrected(town, SCHOOLS_ROW, CARE_ROW, ("2/21", "821", "Roads", "100.00"))
    with pytest.raises(MoveInvalid, match="“Roads” has only"):
        rebase(town, ANA, of.scenario_id, seen=of.version, moves=[1, 2])
    with pytest.raises(NotFound, match="The move 9"):
        rebase(town, ANA, of.scenario_id, seen=of.version, moves=[9])
    assert of == scenario(town, of.scenario_id)
    assert () == rebase(town, ANA, of.scenario_id, seen=of.version, moves=[]).moves


def test_a_percentage_stays_the_percentage(town):
    """Ten per cent of 1,000 is 100, of 1,200 it is 120; moves after it keep their order."""
    draft = begun(town)
    tenth = level_by_percent(kept_baseline(town, draft.footing), SCHOOLS, Decimal(10))
    passed_on = virement(SCHOOLS, ROADS, Decimal("1090.00"))
    of = add_moves(town, ANA, draft.scenario_id, [tenth, passed_on], seen=0)
    corrected(town, ("1/11", "611", "Schools", "1200.00"), CARE_ROW, ROADS_ROW)
    rebased = rebase(town, ANA, of.scenario_id, seen=of.version)
    assert [Decimal("120.00"), Decimal("1090.00")] == [move.amount for move in rebased.moves]
    assert [Decimal(10), None] == [move.percent for move in rebased.moves]


def test_rebasing_is_refused_where_somebody_was_faster(town):
    """The version that the reader saw decides."""
    of = moved(town, roads_to_care())
    rebase(town, ANA, of.scenario_id, seen=of.version)
    with pytest.raises(ScenarioChanged):
        rebase(town, ANA, of.scenario_id, seen=of.version)


def test_newer_rules_are_told_and_taken_over_by_rebasing(town):
    """A scenario keeps the rules that it was begun with until then."""
    of = moved(town, roads_to_care())
    save_rules(town, RUTH, TOWN, [], seen=0)
    assert (1, True) == (drift(town, of).newer_rules, drift(town, of).is_any)
    assert 1 == rebase(town, ANA, of.scenario_id, seen=of.version).footing.rules_version


def test_a_scenario_outlives_the_import_under_it(store):
    """It can be looked at and computed as before; no move fits a budget that is not there."""
    import_id = build_town(store)
    of = moved(store, roads_to_care())
    before = changes(kept_baseline(store, of.footing), of.moves)
    undo_import(store, import_id, "wrong", RUTH)
    found = drift(store, of)
    assert (4, True, True) == (
        len(found.lines),
        all(one.now is None for one in found.lines),
        all(one.fault for one in found.moves),
    )
    kept = kept_baseline(store, of.footing)
    after = changes(kept, of.moves)
    assert sorted(before.values()) == sorted(after.values())
    build_town(store)
    assert not drift(store, of).lines
