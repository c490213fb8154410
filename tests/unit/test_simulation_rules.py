"""Rules set bounds on sums of lines; what breaks them is told, on both sides of each boundary."""

from decimal import Decimal

import pytest

from budgeting.model import Direction
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind, bounds, breaches, locked, rule_words, words

D = Decimal
ALL = Subject(SubjectKind.ALL)
SPORT = Subject(SubjectKind.PROGRAMME, "sport")
GRANT = Subject(SubjectKind.FUND, "grant")
WAGES = Subject(SubjectKind.ECONOMIC_CLASS, "411")


@pytest.fixture
def town() -> Baseline:
    """Return two lines of sport, one of care, and revenue of the general fund and a grant."""
    members = {"programme": ("sport",), "fund": ("general",)}
    return Baseline(
        (
            Line(1, "s1", "Clubs", D("1000.00"), members=members),
            Line(2, "s2", "Pool", D("500.00"), members=members | {"economic_class": ("4", "411")}),
            Line(
                3, "c1", "Care", D("300.00"), members={"programme": ("care",), "fund": ("grant",)}
            ),
            Line(4, "r1", "Tax", D("1500.00"), Direction.REVENUE, {"fund": ("general",)}),
            Line(5, "r2", "Grant", D("300.00"), Direction.REVENUE, {"fund": ("grant",)}),
        ),
        "EUR",
        {SPORT: "Sport and youth"},
    )


def broken(town: Baseline, rule: Rule, changes: dict[int, str]) -> list[tuple[str, Decimal]]:
    """Return what the changes break of a rule, and by how much."""
    found = breaches(bounds([rule], town), {line: D(change) for line, change in changes.items()})
    return [(one.bound.label, one.beyond) for one in found]


def test_a_balanced_budget_stays_balanced(town: Baseline) -> None:
    rule = Rule("b", RuleKind.BALANCED, ALL)
    assert broken(town, rule, {1: "-10", 3: "10"}) == []
    assert broken(town, rule, {1: "10", 4: "10"}) == []
    assert broken(town, rule, {1: "0.01"}) == [("", D("0.01"))]


def test_the_balance_may_change_up_to_the_amount(town: Baseline) -> None:
    rule = Rule("b", RuleKind.WITHIN, ALL, D("100.00"))
    assert broken(town, rule, {1: "100"}) == broken(town, rule, {1: "-100"}) == []
    assert broken(town, rule, {1: "100.01"}) == [("", D("0.01"))]
    assert broken(town, rule, {4: "100.01"}) == [("", D("0.01"))]


def test_a_programme_changes_by_at_most_its_percentage_of_the_baseline(town: Baseline) -> None:
    rule = Rule("l", RuleKind.LIMIT, SPORT, percent=D(10))
    assert broken(town, rule, {1: "150"}) == broken(town, rule, {1: "-150"}) == []
    assert broken(town, rule, {1: "150.01"}) == [("Sport and youth", D("0.01"))]
    assert broken(town, rule, {1: "-100", 2: "-60"}) == [("Sport and youth", D("10.00"))]


def test_a_limit_holds_for_each_line_and_for_each_programme(town: Baseline) -> None:
    lines = Rule("l", RuleKind.LIMIT_EACH, ALL, percent=D(10))
    assert broken(town, lines, {1: "100", 2: "50.01"}) == [("Pool", D("0.01"))]
    programmes = Rule("p", RuleKind.LIMIT_EACH, Subject(SubjectKind.PROGRAMME), percent=D(10))
    assert broken(town, programmes, {2: "150"}) == []
    assert broken(town, programmes, {2: "-150.02", 3: "30"}) == [("Sport and youth", D("0.02"))]


def test_who_gives_at_most_a_percentage_may_take_more(town: Baseline) -> None:
    each = Rule("g", RuleKind.GIVES_EACH, Subject(SubjectKind.PROGRAMME), percent=D(10))
    assert broken(town, each, {1: "-150", 3: "150"}) == []
    assert broken(town, each, {1: "-150.01", 3: "150.01"}) == [("Sport and youth", D("0.01"))]
    assert broken(town, Rule("g", RuleKind.GIVES, SPORT, percent=D(0)), {1: "-0.01", 3: "0.01"})


def test_each_of_a_kind_is_each_at_the_top(town: Baseline) -> None:
    each = Rule("l", RuleKind.LIMIT_EACH, Subject(SubjectKind.ECONOMIC_CLASS), percent=D(10))
    assert [one.label for one in bounds([each], town)] == ["4"]
    lines = Rule("l", RuleKind.LIMIT_EACH, Subject(SubjectKind.LINE), percent=D(10))
    assert [one.label for one in bounds([lines], town)] == ["Clubs", "Pool", "Care"]


def test_what_a_fund_pays_stays_in_it(town: Baseline) -> None:
    rule = Rule("e", RuleKind.EARMARKED, GRANT)
    assert broken(town, rule, {1: "-10", 2: "10"}) == []
    assert broken(town, rule, {1: "10", 3: "-10"}) == [("grant", D("10"))]
    assert broken(town, rule, {3: "10", 5: "10"}) == []
    every = Rule("e", RuleKind.EARMARKED, Subject(SubjectKind.FUND))
    assert len(broken(town, every, {1: "10", 3: "-10"})) == 2


def test_a_protected_line_does_not_change(town: Baseline) -> None:
    rule = Rule("p", RuleKind.PROTECTED, SPORT, reason="Law on sport, article 138")
    assert locked(bounds([rule], town)) == {1, 2}
    assert broken(town, rule, {3: "5"}) == []
    assert broken(town, rule, {1: "-0.01"}) == [("Clubs", D("0.01"))]


def test_floors_and_ceilings_hold_to_the_cent(town: Baseline) -> None:
    floor = Rule("f", RuleKind.FLOOR, SPORT, D("1400.00"))
    assert broken(town, floor, {1: "-100"}) == []
    assert broken(town, floor, {1: "-100.01"}) == [("Sport and youth", D("0.01"))]
    ceiling = Rule("c", RuleKind.CEILING, WAGES, D("510.00"))
    assert broken(town, ceiling, {2: "10"}) == []
    assert broken(town, ceiling, {2: "10.01"}) == [("411", D("0.01"))]
    share = Rule("w", RuleKind.CEILING_SHARE, WAGES, percent=D("28"))
    assert broken(town, share, {2: "4"}) == []
    assert broken(town, share, {2: "4.01"}) == [("411", D("0.01"))]


def test_what_the_baseline_breaks_counts_once_it_gets_worse(town: Baseline) -> None:
    rule = Rule("c", RuleKind.CEILING, WAGES, D("400.00"))
    assert broken(town, rule, {2: "-50"}) == []
    assert broken(town, rule, {2: "1"}) == [("411", D("101.00"))]


def test_a_rule_about_lines_that_are_not_there_sets_no_bound(town: Baseline) -> None:
    subject = Subject(SubjectKind.PROGRAMME, "space")
    assert all(
        not bounds([Rule("x", kind, subject)], town)
        for kind in set(RuleKind) - {RuleKind.BALANCED, RuleKind.WITHIN}
    )


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (D(0), "{subject} gives nothing away."),
        (D("0.01"), "{subject} may give at most {percent} of what it has."),
    ],
)
def test_a_limit_of_nothing_is_said_so(percent: Decimal, said: str) -> None:
    rule = Rule("g", RuleKind.GIVES, SPORT, percent=percent)
    assert rule_words(rule, "Sport", "EUR").msgid == said


def test_a_rule_is_told_in_a_sentence_with_its_figures(town: Baseline) -> None:
    [bound] = bounds([Rule("l", RuleKind.LIMIT, SPORT, percent=D(10))], town)
    said = words(bound, "EUR")
    assert said.msgid == "{subject} may change by at most {percent}."
    assert said.values["subject"] == "Sport and youth"
    assert said.values["percent"].value == D("0.1")
