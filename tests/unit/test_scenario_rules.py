"""The rules of a municipality: stored by versions, as a whole, and never so that they say nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.moving_town import ANA, CARE, EDUCATION, RUTH, TOWN, begun, build_town
from fixtures.small_budget import count

from budgeting.errors import NotAllowed, NotFound, ScenarioChanged, ScenarioInvalid
from budgeting.scenarios.rules import RuleSet, rule_set, save_rules
from budgeting.scenarios.stored import scenario
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind

ALL, FUNDS = Subject(SubjectKind.ALL), Subject(SubjectKind.FUND)
BALANCED = Rule("balanced", RuleKind.BALANCED, ALL, reason="Article 3", source="Budget law")
EACH = Rule("tenth", RuleKind.LIMIT_EACH, Subject(SubjectKind.ORGANISATION), percent=Decimal(10))
WITHIN = Rule("within", RuleKind.WITHIN, ALL, Decimal("100.00"))
LOCKED = Rule("care", RuleKind.PROTECTED, CARE, reason="A right by law")
LEAST = Rule("least", RuleKind.FLOOR, EDUCATION, Decimal("1200.00"))


@pytest.fixture
def town(prepared):
    return prepared(build_town)


def save(store, *rules, seen=0, who=RUTH, note=""):
    return save_rules(store, who, TOWN, rules, note, seen=seen)


def test_rules_come_back_as_they_were_saved(town):
    """Order, figures, reasons and sources are kept, and who set them."""
    saved = save(town, BALANCED, EACH, LOCKED, LEAST, note=" for 2025 ")
    assert (1, (BALANCED, EACH, LOCKED, LEAST), "for 2025", "ruth") == (
        saved.version,
        saved.rules,
        saved.note,
        saved.recorded_by,
    )
    assert saved == rule_set(town, TOWN)


def test_a_set_is_replaced_as_a_whole_and_the_one_before_stays(town):
    """The newest version counts; an earlier one can still be read."""
    save(town, BALANCED, EACH)
    save(town, LOCKED, seen=1)
    assert ((LOCKED,), (BALANCED, EACH)) == (
        rule_set(town, TOWN).rules,
        rule_set(town, TOWN, 1).rules,
    )


def test_who_has_set_no_rules_has_none(town):
    """Version 0 is that there are none; another version is not found."""
    assert RuleSet(0) == rule_set(town, TOWN) == rule_set(town, TOWN, 0)
    with pytest.raises(NotFound, match="no version 1"):
        rule_set(town, TOWN, 1)


def test_who_was_slower_overwrites_nothing(town):
    """The version that was seen decides."""
    save(town, BALANCED)
    with pytest.raises(ScenarioChanged, match="ruth was faster"):
        save(town, EACH)
    assert (BALANCED,) == rule_set(town, TOWN).rules


def test_rules_are_set_by_a_reviewer(town):
    """An editor moves money and does not change what it must keep to."""
    with pytest.raises(NotAllowed, match="set the rules"):
        save(town, BALANCED, who=ANA)


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ([BALANCED, replace(EACH, code="balanced")], "Two rules have the code “balanced”"),
        ([replace(BALANCED, code=" ")], "no code"),
        ([BALANCED, WITHIN], "more than one rule on the balance"),
        ([replace(WITHIN, amount=None)], "“within” needs an amount"),
        ([replace(EACH, percent=None)], "“tenth” needs a percentage"),
        ([replace(LEAST, percent=Decimal(1))], "“least” has a percentage"),
        ([replace(BALANCED, amount=Decimal(1))], "“balanced” has an amount"),
        ([replace(LEAST, amount=Decimal("-0.01"))], "below zero"),
        ([replace(LOCKED, reason=" ")], "without a reason"),
        ([replace(BALANCED, subject=CARE)], "on the whole budget"),
        ([Rule("f", RuleKind.EARMARKED, EDUCATION)], "on a fund"),
        ([replace(LEAST, subject=Subject(SubjectKind.PROGRAMME))], "does not say of what"),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(town, rules, why):
    """The sentence names the rule; nothing is stored."""
    with pytest.raises(ScenarioInvalid, match=why):
        save(town, *rules)
    assert 0 == count(town, "core.rule_sets")


@pytest.mark.parametrize(
    "rule",
    [
        WITHIN,
        replace(WITHIN, amount=Decimal("0.00")),
        replace(EACH, percent=Decimal(0)),
        Rule("f", RuleKind.EARMARKED, FUNDS),
    ],
)
def test_the_other_side_of_each_of_these_is_taken(town, rule):
    """Zero is a figure, and all funds are funds."""
    assert (rule,) == save(town, rule).rules


def test_a_rule_about_what_no_budget_has_is_refused(town):
    """It would protect nothing, and nobody would notice."""
    with pytest.raises(NotFound, match="has “9/99”"):
        save(town, replace(LEAST, subject=Subject(SubjectKind.ORGANISATION, "9/99")))


def test_a_scenario_keeps_the_rules_that_it_was_begun_with(town):
    """New rules are for new scenarios, until it is rebased."""
    save(town, BALANCED)
    draft = begun(town)
    save(town, LOCKED, seen=1)
    kept = scenario(town, draft.scenario_id).footing.rules_version
    assert (1, (BALANCED,)) == (kept, rule_set(town, TOWN, kept).rules)
