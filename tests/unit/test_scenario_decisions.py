"""Deciding: what breaks a rule stays a draft, another person adopts, and what is decided stays as it is."""

from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    BEN,
    CARE,
    RUTH,
    TOWN,
    begun,
    build_ruled_town,
    more,
    roads_to_care,
)
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.errors import NotAllowed, ScenarioChanged, ScenarioInvalid
from budgeting.scenarios import deciding
from budgeting.scenarios.deciding import adopt, reject, submit
from budgeting.scenarios.model import ScenarioState
from budgeting.scenarios.rules import save_rules
from budgeting.scenarios.saving import add_moves, copy, redo, rename, reset_all, undo, withdraw
from budgeting.scenarios.stored import scenario
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind

FIFTH = Rule("fifth", RuleKind.LIMIT_EACH, Subject(SubjectKind.ORGANISATION), percent=Decimal(20))
BALANCED = Rule("balance", RuleKind.BALANCED, Subject(SubjectKind.ALL))


@pytest.fixture
def town(prepared, monkeypatch):
    monkeypatch.setattr(deciding, "is_single_user", lambda: False)
    return prepared(build_ruled_town, (BALANCED, FIFTH))


def moved(store, *moves, who=ANA):
    draft = begun(store, identity=who)
    return add_moves(store, who, draft.scenario_id, moves, seen=0)


def handed_in(store, who=ANA):
    return submit(store, who, moved(store, roads_to_care("300.00"), who=who), "for the council")


def test_a_draft_is_submitted_and_adopted_by_another_person(town):
    """State, reason and person are kept; the moves stay."""
    submitted = handed_in(town)
    adopted = adopt(town, RUTH, submitted, "Decision 7")
    assert (ScenarioState.SUBMITTED, "for the council", "ana") == (
        submitted.state,
        submitted.reason,
        submitted.changed_by,
    )
    assert (ScenarioState.ADOPTED, "Decision 7", "ruth", submitted.moves) == (
        adopted.state,
        adopted.reason,
        adopted.changed_by,
        adopted.moves,
    )
    assert adopted == scenario(town, adopted.scenario_id)


def test_a_broken_rule_is_named_and_nothing_is_submitted(town):
    """Three hundred of fifteen hundred is a fifth; one cent more is not."""
    draft = moved(town, roads_to_care("300.01"))
    with pytest.raises(ScenarioInvalid, match=r"breaks rules: Office 1 may change by at most"):
        submit(town, ANA, draft)
    assert scenario(town, draft.scenario_id).is_draft


def test_every_broken_rule_is_named(town):
    """Balance and limit at once."""
    with pytest.raises(ScenarioInvalid) as refused:
        submit(town, ANA, moved(town, more(CARE, "300.01")))
    assert 2 == len(refused.value.message.values["rules"])


def test_rules_that_were_set_meanwhile_are_kept_as_well(town):
    """The scenario was begun before; what it breaks now is named."""
    submitted = handed_in(town)
    locked = Rule("care", RuleKind.PROTECTED, CARE, reason="by law")
    save_rules(town, RUTH, TOWN, [locked], seen=1)
    with pytest.raises(ScenarioInvalid, match="Protected: Care of children"):
        adopt(town, RUTH, submitted)


def test_what_moves_nothing_is_not_submitted(town):
    """There is nothing to decide on."""
    with pytest.raises(ScenarioInvalid, match="moves nothing"):
        submit(town, ANA, begun(town))


def test_the_author_does_not_adopt_their_own(town):
    """A second person does; the author may still reject it."""
    submitted = handed_in(town, RUTH)
    with pytest.raises(NotAllowed, match="another person adopts it"):
        adopt(town, RUTH, submitted)
    assert ScenarioState.REJECTED is reject(town, RUTH, submitted, "thought again").state


def test_who_is_alone_adopts_their_own(town, monkeypatch):
    """Where nobody signs in there is no second person."""
    monkeypatch.setattr(deciding, "is_single_user", lambda: True)
    assert ScenarioState.ADOPTED is adopt(town, RUTH, handed_in(town, RUTH)).state


def test_an_editor_does_not_decide(town):
    """It takes a reviewer."""
    for act in (adopt, reject):
        with pytest.raises(NotAllowed, match="decide on a scenario"):
            act(town, BEN, handed_in(town), "why")


def test_rejecting_takes_a_reason(town):
    """Who made it reads why."""
    submitted = handed_in(town)
    with pytest.raises(ScenarioInvalid, match="for a reason"):
        reject(town, RUTH, submitted, " ")
    assert "too late" == reject(town, RUTH, submitted, " too late ").reason


def test_only_what_is_submitted_is_decided_on(town):
    """A draft is not, and nothing is decided twice."""
    draft = moved(town, roads_to_care())
    with pytest.raises(NotAllowed, match="is draft; this takes one that is submitted"):
        adopt(town, RUTH, draft)
    adopted = adopt(town, RUTH, submit(town, ANA, draft))
    with pytest.raises(NotAllowed, match="is adopted"):
        reject(town, RUTH, adopted, "why")


@pytest.mark.parametrize("is_decided", [False, True])
def test_moves_are_frozen_from_submitting_on(town, is_decided):
    """No way of changing a move or the name is open; a copy is a draft again."""
    frozen = handed_in(town)
    if is_decided:
        frozen = adopt(town, RUTH, frozen)
    number = frozen.scenario_id
    for change in (
        lambda: add_moves(town, ANA, number, [roads_to_care()], seen=9),
        lambda: reset_all(town, ANA, number, seen=9),
        lambda: undo(town, ANA, number, seen=9),
        lambda: redo(town, ANA, number, seen=9),
        lambda: rename(town, ANA, number, "x", "", seen=frozen.version),
        lambda: withdraw(town, ANA, number, "x", seen=frozen.version),
        lambda: submit(town, ANA, frozen),
    ):
        with pytest.raises(NotAllowed, match="no draft any more"):
            change()
    assert (frozen, True) == (scenario(town, number), copy(town, ANA, number, "Anew").is_draft)


def test_what_changed_after_it_was_shown_is_not_submitted(town):
    """A colleague's move that nobody has read is not handed in with the others."""
    shown = moved(town, roads_to_care("10.00"))
    add_moves(town, BEN, shown.scenario_id, [roads_to_care("20.00")], seen=1)
    with pytest.raises(ScenarioChanged, match="ben was faster"):
        submit(town, ANA, shown)


def test_the_event_of_adopting_tells_what_each_line_changes_by(town):
    """The audit trail alone says what was decided."""
    adopt(town, RUTH, handed_in(town))
    event = ask(town, "from core.audit_events order by sequence desc limit 1")[0]
    assert ("adopt-scenario", "ruth") == (event["action"], event["user_name"])
    assert '"organisation=1/12;economic_class=612", "300.00"' in event["details"]


def test_a_guest_without_rights_submits_nothing(town):
    """A viewer looks."""
    with pytest.raises(NotAllowed, match="make a scenario"):
        submit(town, Identity("vera", Role.VIEWER), moved(town, roads_to_care()))
