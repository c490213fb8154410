"""Where only lines whose loss can be counted may give: what any line would bring, and what cannot be said."""

from decimal import Decimal

import pytest
from fixtures.small_problem import RULES, problem, rule

from budgeting.optimiser import TaggedShare, Wider, optimise, wider
from budgeting.reports import build_report

# Line 3 gives 20 to line 1, of 50 that may move: a gain of 20 x 1 - 20 x 0.5. Line 2, which nobody
# marked, could give 40: 20 to line 1 and 20 to line 3.
TAGS = TaggedShare({1: Decimal(1), 3: Decimal("0.5")})
KNOWN = frozenset({1, 3})
VRBOGRAD = {
    "municipality": "demo_vrbograd",
    "year": "2026",
    "objective": "unmet_need",
    "to": "home_care,women_sport",
}


def found(most_moved="0.05", opened=KNOWN, rules=RULES):
    asked = problem(rules, most_moved, opened=opened)
    return wider(asked, optimise(asked, TAGS, Decimal("0.01")))


def test_any_line_would_do_more_at_a_loss_that_nobody_knows():
    """40 instead of 20 would move and bring 30 instead of 10, all from a line of which nothing is known."""
    assert Wider(Decimal("40.00"), pytest.approx(30), Decimal("40.00")) == found()


def test_what_moves_nearly_all_that_may_is_not_held_by_its_source():
    """20 of 22.20 are nine tenths; 20 of 22.30 are less, and then it is said."""
    assert found("0.0222") is None
    assert found("0.0223") is not None


def test_where_all_lines_are_open_there_is_nothing_wider():
    """Nothing more can be opened."""
    assert found(opened=None) is None


def test_where_another_rule_holds_it_the_source_is_not_blamed():
    """Line 2 may not give: any line would do as much as the known ones."""
    assert found(rules=(*RULES, rule("protected", "line", "line 2"))) is None


def test_the_report_says_it_beside_the_moves(demo_store):
    """What may move, what does, what any line would bring, and at which price."""
    report = build_report(demo_store, "optimisation", VRBOGRAD)
    [told] = [one for one in report.facts["beside"] if "Any line" in str(one)]
    assert Decimal("145200") == report.facts["moved"] == told.values["moved"].amount
    assert report.facts["limit"] == told.values["limit"].amount == report.facts["wider_moved"]
    assert told.values["unseen"].amount > 0
    assert told in report.notes


def test_with_any_line_it_is_said_what_nobody_knows_and_nothing_of_the_source(demo_store):
    """863,600 move; what those lines lose stands beside the table."""
    report = build_report(demo_store, "optimisation", VRBOGRAD | {"source": "any"})
    [told] = report.facts["beside"]
    assert report.facts["unseen"] == told.values["amount"].amount
    assert report.facts["wider_moved"] is None


def test_of_several_objectives_one_that_needs_what_is_not_known_is_named(demo_store):
    """Jasenik has no marks for 2027: the other three count, also where the budget breaks rules already."""
    asked = {"municipality": "demo_jasenik", "year": "2027", "objective": "all"}
    report = build_report(demo_store, "optimisation", asked)
    assert report.facts["moved"] > 0
    [told] = [one for one in report.facts["beside"] if "counts nothing" in str(one)]
    assert "money that counts for equality" in str(told)
