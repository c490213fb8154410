"""What holds for every stored scenario: undo restores, nobody loses a move, accepted ones keep rules."""

from contextlib import suppress
from decimal import Decimal

import pytest
from fixtures.moving_town import (
    ANA,
    BEN,
    CARE,
    EDUCATION,
    INCOME,
    ROADS,
    RUTH,
    SCHOOLS,
    TOWN,
    begun,
    build_ruled_town,
)
from fixtures.small_budget import ask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgeting.errors import BudgetingError, MoveInvalid, NotFound, ScenarioInvalid
from budgeting.scenarios import deciding
from budgeting.scenarios.deciding import adopt, submit
from budgeting.scenarios.exchange import open_scenario, written_scenario
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.order import is_closed, virement_order
from budgeting.scenarios.rules import rule_set, save_rules
from budgeting.scenarios.saving import add_moves, redo, reset_all, reset_one, undo
from budgeting.scenarios.stored import known_scenario, scenario
from budgeting.scenarios.writing import made
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import level, virement
from budgeting.simulation.rules import Rule, RuleKind, bounds

SUBJECTS = (SCHOOLS, CARE, ROADS, EDUCATION, Subject(SubjectKind.ALL))
AMOUNTS = st.integers(1, 300_000).map(lambda cents: Decimal(cents) / 100)
MOVES = st.one_of(
    st.builds(virement, st.sampled_from(SUBJECTS), st.sampled_from(SUBJECTS), AMOUNTS),
    st.builds(level, st.sampled_from((*SUBJECTS, INCOME)), AMOUNTS),
    st.builds(lambda subject, cut: level(subject, -cut), st.sampled_from(SUBJECTS), AMOUNTS),
)
RULES = (
    Rule("within", RuleKind.WITHIN, Subject(SubjectKind.ALL), Decimal("500.00")),
    Rule("half", RuleKind.LIMIT_EACH, Subject(SubjectKind.ORGANISATION), percent=Decimal(50)),
    Rule("least", RuleKind.FLOOR, SCHOOLS, Decimal("400.00")),
)
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def town(prepared, monkeypatch):
    monkeypatch.setattr(deciding, "is_single_user", lambda: True)
    return prepared(build_ruled_town, RULES)


def state(of):
    return [(one.number, one.move) for one in of.standing]


def acts(drawn, store, number, who):
    """Do what was drawn to a scenario; return its state after each act that went through."""
    found = []
    for what in drawn:
        now = scenario(store, number)
        with suppress(MoveInvalid, NotFound):
            if what == "reset":
                reset_all(store, who, number, seen=now.sequence)
            elif what == "one":
                reset_one(store, who, number, now.standing[0].number if now.standing else 0, seen=0)
            else:
                saved = add_moves(store, who, number, [what], seen=now.sequence)
                assert saved == scenario(store, number)
            found.append(state(scenario(store, number)))
    return found


ACTS = st.lists(st.one_of(MOVES, st.sampled_from(["reset", "one"])), max_size=6)


@given(ACTS)
@SLOW
def test_undoing_restores_every_state_and_redoing_comes_back(town, drawn):
    """Back through all states to the first one, and forth to the last."""
    number = begun(town).scenario_id
    states = [[], *(acts(drawn, town, number, ANA) if drawn else [])]
    back = [states[-1]]
    for _ in states[1:]:
        seen = scenario(town, number).sequence
        back.append(state(undo(town, ANA, number, seen=seen)))
    assert states == back[::-1]
    forth = [back[-1]]
    for _ in states[1:]:
        seen = scenario(town, number).sequence
        forth.append(state(redo(town, ANA, number, seen=seen)))
    assert states == forth


@given(ACTS)
@SLOW
def test_what_saving_returns_is_what_is_stored(town, drawn):
    """Also as the page keeps it until the next change, and after undoing and redoing."""
    number = begun(town).scenario_id
    acts(drawn, town, number, ANA)
    for again in (undo, undo, redo):
        with suppress(MoveInvalid, NotFound):
            saved = again(town, ANA, number, seen=scenario(town, number).sequence)
            assert saved == known_scenario(town, number) == scenario(town, number)


@given(st.lists(st.tuples(st.booleans(), MOVES), max_size=8), st.data())
@SLOW
def test_interleaved_saves_of_two_persons_lose_nothing(town, drawn, data):
    """Each saves on what they saw, which may be old; all moves that went through stand, in order."""
    number = begun(town).scenario_id
    seen, expected, told = {True: 0, False: 0}, [], {True: [], False: []}
    for is_ana, move in drawn:
        try:
            saved = add_moves(town, ANA if is_ana else BEN, number, [move], seen=seen[is_ana])
        except MoveInvalid:
            continue
        expected.append((is_ana, move))
        told[is_ana] += [entry.move_number for entry in saved.joined]
        if data.draw(st.booleans()):
            seen[is_ana] = saved.sequence
    now = scenario(town, number)
    assert expected == [(one.author == "ana", one.move) for one in now.standing]
    for is_ana, numbers in told.items():
        mine = {one.number for one in now.standing if one.author == ("ana" if is_ana else "ben")}
        assert not mine & set(numbers)


@given(st.lists(st.tuples(st.booleans(), MOVES), max_size=6))
@SLOW
def test_undoing_all_of_one_leaves_all_of_the_other(town, drawn):
    """As long as nobody's money rests on another's move."""
    number = begun(town).scenario_id
    for is_ana, move in drawn:
        with suppress(MoveInvalid):
            add_moves(town, ANA if is_ana else BEN, number, [move], seen=0)
    with suppress(NotFound, MoveInvalid):
        while True:
            undo(town, ANA, number, seen=scenario(town, number).sequence)
    now = scenario(town, number)
    everything_of_ben = [one for one in now.added if one.author == "ben"]
    assert everything_of_ben == [one for one in now.standing if one.author == "ben"]


@given(st.lists(MOVES, max_size=4))
@SLOW
def test_every_rule_holds_in_every_accepted_scenario(town, drawn):
    """What is adopted keeps each bound; what breaks one is a draft; the order closes; the file reopens."""
    of = begun(town)
    for move in drawn:
        with suppress(MoveInvalid):
            of = add_moves(town, ANA, of.scenario_id, [move], seen=of.sequence)
    try:
        of = adopt(town, RUTH, submit(town, ANA, of))
    except ScenarioInvalid:
        assert scenario(town, of.scenario_id).is_draft
        assert not of.moves or made(town, of).breaches
        return
    found, baseline = made(town, of), kept_baseline(town, of.footing)
    for bound in bounds(rule_set(town, TOWN).rules, baseline):
        reached = bound.reached(found.changes)
        assert bound.low is None or bound.low <= reached
        assert bound.high is None or reached <= bound.high
    assert is_closed(virement_order(town, of))
    opened = open_scenario(town, BEN, "a.json", written_scenario(town, of.scenario_id)).scenario
    assert (of.moves, of.footing) == (opened.moves, opened.footing)


TABLES = (
    "core.scenarios",
    "core.scenario_moves",
    "core.baseline_lines",
    "core.rule_sets",
    "core.budget_rules",
    "core.consequences",
    "core.audit_events",
)


def everything(store):
    return {table: ask(store, f"from {table} order by all") for table in TABLES}


class Killed(BaseException):
    """The process ends here."""


WRITES = {
    "begin": lambda store, number: begun(store, "Another"),
    "add": lambda store, number: add_moves(
        store, ANA, number, [virement(ROADS, CARE, Decimal("7.00"))], seen=0
    ),
    "undo": lambda store, number: undo(store, ANA, number, seen=1),
    "reset": lambda store, number: reset_all(store, ANA, number, seen=1),
    "submit": lambda store, number: submit(store, ANA, scenario(store, number)),
    "rules": lambda store, number: save_rules(store, RUTH, TOWN, [], seen=1),
    "open": lambda store, number: open_scenario(
        store, ANA, "a.json", written_scenario(store, number)
    ),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("error", [Killed, BudgetingError])
def test_what_is_cut_off_anywhere_leaves_nothing_half_written(town, monkeypatch, name, error):
    """After each statement of a change, up to its audit event: all of it, or nothing."""
    from budgeting.store import Transaction

    of = add_moves(town, ANA, begun(town).scenario_id, [virement(ROADS, CARE, Decimal(9))], seen=0)
    before, run = everything(town), Transaction.run
    count = 0

    def until(left):
        def cut(self, command, /, **parameters):
            nonlocal count
            run(self, command, **parameters)
            count += 1
            if count == left:
                raise error() if error is Killed else error("cut")

        return cut

    for left in range(1, 20):
        count = 0
        monkeypatch.setattr(Transaction, "run", until(left))
        try:
            WRITES[name](town, of.scenario_id)
        except (Killed, BudgetingError):
            assert before == everything(town)
        else:
            break
    assert 2 <= left < 19  # at least the change itself and its event
    assert before != everything(town)
