"""Meetings: a link lets guests in and into nothing else, the newest of each counts, closed is closed."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.moving_town import CARE, RUTH, statement
from fixtures.small_budget import ask, count
from fixtures.town_meeting import ANA, GUEST, PEOPLE, STREETS, TOWN, build_town, meeting_on, says

from budgeting.access import Action, Identity, Role, is_allowed
from budgeting.errors import MeetingInvalid, NotAllowed, NotFound
from budgeting.meetings.joining import Door, enter, participant_of
from budgeting.meetings.model import Meeting, Topic, tally
from budgeting.meetings.opening import changeable, close, hash_of, new_link, open_meeting
from budgeting.meetings.stored import meeting, meetings, said, said_by
from budgeting.model import Stage
from budgeting.scenarios.baseline import stored_baseline
from budgeting.scenarios.rules import save_rules
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind

VERA = Identity("vera", Role.VIEWER)


@pytest.fixture
def town(prepared):
    return prepared(build_town)


@pytest.fixture
def held(town):
    return meeting_on(town)


# --- opening --------------------------------------------------------------


def test_a_meeting_comes_back_as_it_was_opened(town, held):
    """Name, step, topics with what they have, and who opened it; the list has it."""
    assert held == meeting(town, held.meeting_id)
    assert ("Evening of budgets", Decimal(5), "ana", True) == (
        held.name,
        held.step_percent,
        held.opened_by,
        held.is_open,
    )
    spent = {topic.subject: topic.amount for topic in held.topics}
    whole = ask(town, "select sum(amount) as amount from mart.cube where amount is not null")
    assert {PEOPLE, STREETS} == set(spent)
    assert sum(spent.values()) + Decimal("3845.67") == whole[0]["amount"]
    assert ["Evening of budgets"] == meetings(town, TOWN)["name"].to_pylist()


def test_who_may_only_look_cannot_open_link_or_close(town, held):
    """Leading a meeting takes an editor."""
    for act in (
        lambda: meeting_on(town, VERA),
        lambda: new_link(town, VERA, held.meeting_id),
        lambda: close(town, VERA, held.meeting_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert (1, 0, 0) == tuple(
        count(town, f"core.{name}") for name in ("meetings", "meeting_links", "meeting_closings")
    )


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"name": "  "}, "name"),
        ({"name": "n" * 121}, "name"),
        ({"subjects": ()}, "topics"),
        ({"subjects": (PEOPLE, PEOPLE)}, "topics"),
        ({"subjects": (Subject(SubjectKind.ORGANISATION, "9"),)}, "Nothing of “9” can be changed"),
        ({"subjects": (PEOPLE, CARE)}, "share budget lines"),
        ({"step": "0"}, "A step"),
        ({"step": "50.0001"}, "A step"),
        ({"step": "0.00001"}, "A step"),
    ],
)
def test_an_impossible_meeting_is_refused_and_nothing_is_written(town, how, told):
    """Names, topics and steps are held to their bounds, each in a sentence."""
    with pytest.raises(MeetingInvalid, match=told):
        meeting_on(town, **how)
    assert (0, 0) == (count(town, "core.meetings"), count(town, "core.meeting_topics"))


@pytest.mark.parametrize("how", [{"name": "n" * 120}, {"step": "50"}, {"step": "0.0001"}])
def test_the_bounds_themselves_are_allowed(town, how):
    """The longest name, the largest and the smallest step."""
    assert meeting_on(town, **how).is_open


def test_what_the_rules_lock_is_no_topic(town):
    """Where every line is protected, nothing is offered and nothing taken; part of it is enough."""
    reason = {"reason": "A right by law"}
    lock = Rule("roads", RuleKind.PROTECTED, STREETS, **reason)
    part = Rule("care", RuleKind.PROTECTED, CARE, **reason)
    save_rules(town, RUTH, TOWN, (lock, part), seen=0)
    baseline = stored_baseline(town, TOWN, 2024, [statement(town)], "EUR", stage=Stage.REVISED)
    assert (PEOPLE,) == changeable(town, TOWN, baseline, SubjectKind.ORGANISATION)
    with pytest.raises(MeetingInvalid, match="Nothing of"):
        meeting_on(town)
    assert (PEOPLE,) == tuple(one.subject for one in meeting_on(town, subjects=(PEOPLE,)).topics)


def test_a_topic_whose_free_lines_have_too_little_is_refused(town):
    """Nobody can submit what could not be done: the largest step down is tried when it is opened."""
    save_rules(
        town, RUTH, TOWN, (Rule("care", RuleKind.PROTECTED, CARE, reason="A right"),), seen=0
    )
    with pytest.raises(MeetingInvalid, match="has only"):
        meeting_on(town, subjects=(PEOPLE,), step="50")


def test_a_statement_that_is_not_there_is_refused(town):
    """A meeting is about a stored statement of expenditure."""
    with pytest.raises(NotFound):
        open_meeting(town, ANA, TOWN, 999, name="No budget", subjects=(PEOPLE,))


# --- the link -------------------------------------------------------------


def test_a_link_leads_to_its_meeting_and_its_token_is_nowhere(town, held):
    """The token has 128 bits; the database has its hash only."""
    token = new_link(town, ANA, held.meeting_id)
    assert held == enter(town, token)
    assert len(token) == 22
    assert [hash_of(token)] == [row["token_hash"] for row in ask(town, "from core.meeting_links")]
    assert token not in str(ask(town, "from core.audit_events"))


def test_links_made_later_leave_the_earlier_ones_alone(town, held):
    """Who lost the link makes another one; the guests who are in stay in."""
    links = {new_link(town, ANA, held.meeting_id) for _ in range(2)}
    assert len(links) == 2
    assert {held.meeting_id} == {enter(town, token).meeting_id for token in links}


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "' or 1=1 --"])
def test_another_token_leads_nowhere(town, held, token):
    """Only the very token opens the door."""
    new_link(town, ANA, held.meeting_id)
    with pytest.raises(NotFound):
        enter(town, token, door=Door())


def test_who_tries_many_tokens_waits_and_those_inside_do_not(town, held):
    """The next guess is not looked up, from the same address only, and for a minute only."""
    right, inside = (new_link(town, ANA, held.meeting_id) for _ in range(2))
    door = Door(most=3)
    assert held == enter(town, inside, "10.0.0.1", door)
    for guess in "abc":
        with pytest.raises(NotFound):
            enter(town, guess, "10.0.0.1", door)
    with pytest.raises(NotAllowed):
        enter(town, right, "10.0.0.1", door)
    assert held == enter(town, inside, "10.0.0.1", door)
    assert held == enter(town, right, "10.0.0.2", door)


def test_the_door_opens_again_after_its_time():
    """A wrong token is forgotten when its time is over, and not a moment before."""
    door = Door(most=1, seconds=60)
    door.note("there", 100.0)
    assert (True, False) == (door.is_shut("there", 159.9), door.is_shut("there", 160.0))


def test_a_guest_may_take_part_and_nothing_else():
    """Of all actions the role of a guest permits one."""
    assert [Action.TAKE_PART] == [one for one in Action if is_allowed(GUEST.role, one)]


def test_a_browser_is_somebody_else_in_each_meeting(town, held):
    """Who took part in two meetings cannot be told from what is stored."""
    other = meeting_on(town, name="Another evening")
    assert participant_of(held, "secret") == participant_of(held, "secret")
    assert participant_of(held, "secret") != participant_of(other, "secret")
    assert "secret" not in participant_of(held, "secret")


# --- submitting -----------------------------------------------------------


def test_the_newest_submission_of_each_guest_counts(town, held):
    """Both are kept; what is counted is what each said last."""
    says(town, held, "a", 2, -2)
    says(town, held, "b", 1, 0)
    says(town, held, "a", 0, -1)
    assert {(0, -1): 1, (1, 0): 1} == said(town, held.meeting_id)
    assert 3 == count(town, "core.meeting_submissions")
    assert (0, -1) == said_by(town, held.meeting_id, participant_of(held, "a"))
    assert said_by(town, held.meeting_id, participant_of(held, "c")) is None


def test_a_submission_changes_no_state_of_the_store(town, held):
    """What is kept for a state of the store stays; links and submissions write no event."""
    before = (town.state, town.budget_state, town.data_version)
    new_link(town, ANA, held.meeting_id)
    says(town, held, "a", 1, 1)
    assert before == (town.state, town.budget_state, town.data_version)


def test_opening_and_closing_change_no_state_of_a_budget(town):
    """What is computed from budgets and rules stays; what shows meetings is read anew, also after a restart."""
    before, newest = (town.budget_state, town.lines_state), town.state
    close(town, ANA, meeting_on(town).meeting_id)
    assert before == (town.budget_state, town.lines_state)
    assert newest != town.state
    town._refresh_version()
    assert before == (town.budget_state, town.lines_state)


@pytest.mark.parametrize("steps", [(), (1,), (1, 1, 1), (3, 0), (0, -3)])
def test_what_does_not_fit_the_meeting_is_refused(town, held, steps):
    """One of five steps for each topic, no more and no fewer."""
    with pytest.raises(MeetingInvalid):
        says(town, held, "a", *steps)
    assert 0 == count(town, "core.meeting_submissions")


def test_nothing_is_submitted_to_a_closed_meeting(town, held):
    """Also by who came in before: what they hold is from when it was open."""
    says(town, held, "a", 1, 0)
    closed = close(town, ANA, held.meeting_id)
    assert (False, "ana") == (closed.is_open, closed.closed_by)
    assert held.is_open
    with pytest.raises(NotAllowed, match="closed"):
        says(town, held, "a", 2, 0)
    for again in (
        lambda: close(town, ANA, held.meeting_id),
        lambda: new_link(town, ANA, held.meeting_id),
    ):
        with pytest.raises(NotAllowed, match="closed"):
            again()
    assert {(1, 0): 1} == said(town, held.meeting_id)


def test_opening_and_closing_are_in_the_audit_trail(town, held):
    """Two events; the second seals what was said."""
    says(town, held, "a", 1, 0)
    close(town, ANA, held.meeting_id)
    events = ask(town, "from core.audit_events where action like '%meeting' order by sequence")
    assert ["open-meeting", "close-meeting"] == [row["action"] for row in events]
    assert '"said": [[[1, 0], 1]]' in events[1]["details"]


# --- what they say together -----------------------------------------------


def test_means_are_apart_and_the_spread_is_told(held):
    """Five guests: two up, two down, one as it is; added up by hand."""
    people = tally(held, {(2, 0): 1, (1, 0): 1, (0, 0): 1, (-1, 0): 1, (-2, 0): 1}).voices[0]
    assert (5, 2, 2, (1, 1, 1, 1, 1)) == (
        people.participants,
        people.more,
        people.less,
        people.counts,
    )
    assert (Decimal("7.5"), Decimal("-7.5"), Decimal(0)) == (
        people.mean_more,
        people.mean_less,
        people.mean,
    )
    assert (Decimal(-10), Decimal(10), Decimal(50).sqrt()) == (
        people.lowest,
        people.highest,
        people.deviation,
    )


def test_without_guests_nothing_is_said(held):
    """No mean of nobody, and no zero in its place."""
    silent = tally(held, {}).voices[0]
    assert (0, None, None, None, None, None, None) == (
        silent.participants,
        silent.mean,
        silent.mean_more,
        silent.mean_less,
        silent.lowest,
        silent.highest,
        silent.deviation,
    )


def test_who_would_spend_more_is_counted_in_money(held):
    """One step up of a small topic and one down of a large one spends less."""
    topics = (Topic(PEOPLE, "small", Decimal(10)), Topic(STREETS, "large", Decimal(100)))
    of: Meeting = replace(held, topics=topics)
    found = tally(of, {(1, -1): 3, (2, 0): 1, (0, 0): 2})
    assert (6, 1, 3) == (found.participants, found.spending_more, found.spending_less)
