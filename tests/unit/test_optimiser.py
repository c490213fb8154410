"""The optimum on a budget of four lines, added up by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_problem import problem, rule, town

from budgeting.optimiser import Answer, TaggedShare, Unit, optimise, words_of
from budgeting.optimiser.binding import binding
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.frontier import POINTS
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.relaxing import Relaxation, relaxed
from budgeting.simulation.rules import words
from budgeting.translations import language

TAGS = TaggedShare({1: Decimal(1), 3: Decimal("0.5")})
# Line 1 (of 100) counts wholly and takes its 20; line 3 (of 300) counts half and could take 30 for its
# programme. Line 2 (of 200) alone can give, and may give 40: 20 go to each. 20 x 1 + 20 x 0.5 = 30.
CHANGES = {1: Decimal("20.00"), 2: Decimal("-40.00"), 3: Decimal("20.00")}


@pytest.fixture(scope="module")
def answer():
    return optimise(problem(), TAGS, Decimal(1))


def test_the_optimum_is_the_one_by_hand(answer):
    """The line that counts most takes what it may, the giver gives what it may."""
    assert isinstance(answer, Answer)
    assert CHANGES == answer.optimum.changes
    assert 30 == pytest.approx(answer.optimum.gain)
    assert Decimal("40.00") == answer.optimum.moved


def test_moves_come_in_order_of_worth(answer):
    """The move that brings most per unit of money is the first."""
    told = [(one.giver, one.taker, one.amount, one.gain) for one in answer.transfers]
    assert [(2, 1, Decimal("20.00"), 20.0), (2, 3, Decimal("20.00"), 10.0)] == told


def test_what_binds_says_what_a_unit_more_brings(answer):
    """One more for line 1 instead of line 3 brings a half, one more from line 2 a half."""
    told = {(one.bound.label or "balance", str(one.side)): one.gain for one in answer.binding}
    expected = {("balance", "more"): 0.5, ("Line 1", "more"): 0.5, ("Line 2", "less"): 0.5}
    assert expected == pytest.approx(told)


def test_what_binds_is_said_in_the_unit_of_the_objective(answer):
    """Money as money, people as people, parts as parts; the rule stands before it."""
    say = language("en").say
    first = answer.binding[0]
    told = {unit: say(words_of(first, unit, "EUR")).replace("\xa0", " ") for unit in Unit}
    assert told[Unit.MONEY].endswith("If 1.00 EUR more could be spent, that would bring 0.50 EUR.")
    assert told[Unit.PERSONS].endswith("would bring 0.5 people.")
    assert told[Unit.PART].endswith("would bring 50.0% of what is possible.")
    assert say(words(first.bound, "EUR")) in told[Unit.MONEY]


def test_a_line_held_by_two_rules_says_so():
    """Line 1 may change by 20 as a line, and as a programme of its own: neither alone is in the way."""
    alone = town(programmes={1: "own", 2: "p", 3: "q", 4: "q"})
    rules = (
        rule("balanced"),
        rule("limit_each", percent=20),
        rule("limit", "programme", "own", percent=20),
    )
    answer = optimise(problem(rules, "0.5", alone), TaggedShare({1: Decimal(1)}), Decimal(1))
    assert [True] == [
        one.is_held_by_others for one in answer.binding if one.bound.label == "Line 1"
    ]
    (one,) = (one for one in answer.binding if one.bound.label == "Line 1")
    assert "Other rules hold the same money" in str(words_of(one, Unit.MONEY, "EUR"))


def test_the_frontier_has_two_rates(answer):
    """The first 20 bring 1 each, the next 20 a half, and then line 2 has given what it may."""
    assert POINTS == len(answer.frontier)
    for point in answer.frontier:
        limit = float(point.limit)
        expected = min(limit, 20) + max(0, min(limit, 40) - 20) / 2
        assert expected == pytest.approx(point.gain, abs=1e-6)


def test_money_may_move_up_to_the_limit_and_not_a_cent_more():
    """Where only 3 per cent may move, 30 move: 20 at 1 and 10 at a half."""
    answer = optimise(problem(most_moved="0.03"), TAGS, Decimal(1))
    assert Decimal("30.00") == answer.optimum.moved
    assert 25 == pytest.approx(answer.optimum.gain)
    assert answer.binding[0].bound is None


def test_nothing_moves_where_nothing_is_gained():
    """Equally good answers: the one that moves least is given."""
    answer = optimise(problem(), TaggedShare({}), Decimal(1))
    assert {} == answer.optimum.changes


def test_of_lines_alike_the_largest_gives():
    """Lines 2 and 4 are alike without their rules: line 4 has more, and gives first."""
    rules = (rule("balanced"), rule("ceiling", "line", "line 3", amount=300))
    answer = optimise(problem(rules), TaggedShare({1: Decimal(1)}), Decimal(1))
    assert {1: Decimal("50.00"), 4: Decimal("-50.00")} == answer.optimum.changes


def test_revenue_can_be_opened():
    """Line 1 may get 20 and the rest of the town gives nothing: the fees bring what it gets."""
    baseline = town(revenue={101: "1000.00"})
    of = problem(baseline=baseline, opened=frozenset({1, 101}))
    answer = optimise(of, TAGS, Decimal(1))
    assert {1: Decimal("20.00"), 101: Decimal("20.00")} == answer.optimum.changes
    assert Decimal("20.00") == answer.optimum.moved
    assert [(101, 1)] == [(one.giver, one.taker) for one in answer.transfers]


def test_money_from_lines_that_nobody_marked_is_told(answer):
    """The objective knows nothing of line 2, so it cannot say what its 40 cost."""
    assert Decimal("40.00") == answer.unseen


# --- where the money is to go ---------------------------------------------


def test_money_goes_to_whom_it_is_meant_for_and_they_give_nothing():
    """Line 1 counts most but is not meant; line 3 gets what line 2 may give, a fifth of 200."""
    counted = TaggedShare({1: Decimal(1), 3: Decimal("0.5"), 4: Decimal("0.1")})
    asked = replace(problem(), takers=frozenset({3}))
    found = optimise(asked, counted, Decimal(1)).optimum
    assert {2: Decimal("-30.00"), 3: Decimal("30.00")} == found.changes


def test_who_is_to_get_money_gives_none():
    """Line 3 counts less than line 1, and both are meant: none of it goes from one to the other."""
    counted = TaggedShare({1: Decimal(1), 3: Decimal("0.5")})
    asked = replace(problem(), takers=frozenset({1, 3}))
    found = optimise(asked, counted, Decimal(1)).optimum
    assert {1, 3} == {line for line, change in found.changes.items() if change > 0}


def test_that_money_goes_elsewhere_is_no_rule_that_binds():
    """What only the reader's wish holds is not told as what a rule keeps from being better."""
    counted = TaggedShare({1: Decimal(1), 3: Decimal("0.5")})
    of = problem((rule("balanced"),))
    told = [
        {one.bound.label if one.bound else one.line for one in answer.binding}
        for answer in (
            optimise(of, counted, Decimal(1)),
            optimise(replace(of, takers=frozenset({3})), counted, Decimal(1)),
        )
    ]
    assert [{"", None}] * 2 == told  # the balance, and how much may move


def test_what_must_grow_is_not_told_as_held_from_shrinking():
    """A floor above nothing: a little less of it brings what solving again brings, and is told once."""
    floor = rule("floor", "programme", "q", amount=10)
    of = problem(
        (rule("within", amount=50), floor),
        "0.1",
        town({1: 0, 2: 0, 3: 0, 4: 100, 5: 0}, {1: "p", 2: "p", 3: "p", 4: "p", 5: "q"}),
    )
    curves = (Curve("0", {1: 0.0, 2: 0.0, 3: 0.0, 4: 0.25, 5: -0.5}, (0.25,)),)
    optimiser = Optimiser(of, curves)
    solution = optimiser.settled()
    room = Decimal("0.10")
    found = binding(optimiser, solution, room)
    told = [one for one in found if one.bound and one.bound.rule == floor]
    less = Optimiser(relaxed(of, [Relaxation(one.bound, one.side, room) for one in told]), curves)
    assert [one.gain for one in told] == [
        pytest.approx(less.optimum().gain - optimiser.found(solution).gain)
    ]
    assert told[0].gain > 0
