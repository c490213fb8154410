"""A problem in which no line may change: its rules are kept already, or they never can be."""

from decimal import Decimal

import pytest
from fixtures.small_problem import problem, rule

from budgeting.optimiser import Conflict, TaggedShare, optimise

NOTHING = TaggedShare({})


@pytest.mark.parametrize(("least", "is_kept"), [(400, True), (401, False)])
def test_a_rule_that_nothing_can_reach_is_a_conflict_and_no_failure(least, is_kept):
    """Line 4 has 400 and nobody may move: a floor of 400 is kept, one of 401 is named."""
    floor = rule("floor", "line", "line 4", amount=least)
    found = optimise(problem((floor,), opened=frozenset()), NOTHING, Decimal(1))
    if is_kept:
        assert {} == found.optimum.changes
    else:
        assert isinstance(found, Conflict)
        assert [floor] == [one.rule for one in found.bounds]
