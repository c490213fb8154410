"""Steps of the town, and rules that cannot all be kept: small enough to be seen by eye."""

from decimal import Decimal

import pytest
from fixtures.small_problem import RULES, problem, rule

from budgeting.optimiser import Conflict, TaggedShare, conflict, optimise, relaxed
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.rounding import rounded
from budgeting.simulation.rules import breaches

# Optimum: line 1 takes 20, line 3 takes 20, line 2 gives 40.
TAGS = TaggedShare({1: Decimal(1), 3: Decimal("0.5")})


def in_steps(step, rules=RULES):
    return rounded(Optimiser(problem(rules), TAGS.curves()).optimum(), Decimal(step))


def test_steps_say_what_they_cost():
    """Steps of 7: line 1 may take 20 and takes 14, line 2 may give 40 and gives 35: 21 for line 3."""
    found = in_steps("7")
    assert {1: Decimal(14), 2: Decimal(-35), 3: Decimal(21)} == found.found.changes
    assert 24.5 == pytest.approx(found.found.gain)
    assert 30 - 24.5 == pytest.approx(found.cost)


def test_cents_cost_nothing():
    """The optimum is in cents already."""
    found = in_steps("0.01")
    assert 0 == pytest.approx(found.cost)


def test_where_no_line_may_change_by_a_step_nothing_changes():
    """A step of 1,000 is more than any line may give."""
    assert {} == in_steps("1000").found.changes


def test_where_no_steps_keep_a_rule_there_are_none():
    """Line 1 must take 15 to 18: no ten is between."""
    rules = (
        rule("balanced"),
        rule("floor", "line", "line 1", amount=115),
        rule("ceiling", "line", "line 1", amount=118),
    )
    assert in_steps("10", rules) is None
    answer = optimise(problem(rules), TAGS, Decimal(10))
    assert answer.rounded is None
    assert Decimal("18.00") == answer.proposed.changes[1]


@pytest.mark.parametrize("step", ["0", "-1", "0.005"])
def test_a_step_is_whole_cents(step):
    """Half a cent cannot be paid."""
    with pytest.raises(ValueError, match="step"):
        in_steps(step)


# --- rules that cannot all be kept ----------------------------------------


def test_the_rules_in_conflict_are_named():
    """Programme p has 300 and may have 330, but needs 350: these two rules, and 20."""
    of = problem((*RULES, rule("floor", "programme", "p", amount=350)))
    found = optimise(of, TAGS, Decimal(1))
    assert isinstance(found, Conflict)
    assert {"limit_each", "floor"} == {bound.rule.kind for bound in found.bounds}
    assert {"p"} == {bound.label for bound in found.bounds}
    assert not found.with_limit
    assert Decimal("20.00") == found.total
    assert conflict(relaxed(of, found.relaxations)) is None


def test_the_limit_of_money_moved_can_be_in_conflict():
    """Programme p needs 100 more, and only 50 may move."""
    of = problem((rule("balanced"), rule("floor", "programme", "p", amount=400)))
    found = conflict(of)
    assert ["floor"] == [bound.rule.kind for bound in found.bounds]
    assert found.with_limit
    assert Decimal("50.00") == found.total
    assert conflict(relaxed(of, found.relaxations)) is None


def test_a_line_that_is_held_keeps_a_rule_from_being_kept():
    """Only line 3 is opened: the floor for programme p cannot be reached."""
    of = problem((rule("floor", "programme", "p", amount=310),), opened=frozenset({3}))
    found = conflict(of)
    assert ["floor"] == [bound.rule.kind for bound in found.bounds]
    assert Decimal("10.00") == found.total


def test_what_the_law_protects_gives_way_last():
    """Line 4 is protected at 400 and may have 380: the ceiling gives way, not the law."""
    of = problem((*RULES, rule("ceiling", "line", "line 4", amount=380)))
    found = conflict(of)
    assert {"protected", "ceiling"} == {bound.rule.kind for bound in found.bounds}
    assert ["ceiling"] == [one.bound.rule.kind for one in found.relaxations]
    assert "Let it be" in str(found.relaxations[0].words("EUR"))


def test_rules_that_the_baseline_breaks_can_stay_as_they_are():
    """Programme p is 50 short of its floor; line 1 still takes 20, and the floor is no further away."""
    of = problem((*RULES, rule("floor", "programme", "p", amount=350)))
    answer = optimise(of.no_worse(), TAGS, Decimal(1))
    changes = answer.optimum.changes
    assert changes[1] + changes.get(2, 0) >= 0
    assert () == breaches(of.bounds, changes)
    assert answer.optimum.gain > 0


def test_where_all_rules_can_be_kept_there_is_no_conflict():
    """The usual case."""
    assert conflict(problem()) is None
