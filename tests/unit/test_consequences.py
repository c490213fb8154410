"""What moves bring about: written down with a source, found by the lines that change; rules as files."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.moving_town import ANA, CARE, EDUCATION, ROADS, SCHOOLS, TOWN, build_town
from fixtures.small_budget import count

from budgeting.demo import FOLDER
from budgeting.errors import NotAllowed, NotFound, ScenarioInvalid
from budgeting.model import Stage
from budgeting.scenarios.baseline import stored_baseline
from budgeting.scenarios.consequences import (
    Consequence,
    ConsequenceType,
    Movement,
    brought_about,
    consequences,
    record_consequences,
)
from budgeting.scenarios.files import rules_in, written_rules
from budgeting.scenarios.rules import refuse_contradictions, rule_set
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind, bounds

LESS_CARE = Consequence(
    CARE, Movement.LESS, ConsequenceType.GENDER, "Daughters do it unpaid.", "Survey"
)
MORE_EDUCATION = Consequence(
    EDUCATION, Movement.MORE, ConsequenceType.SOCIAL, "Children get a place.", "Office"
)
BOTH = (LESS_CARE, MORE_EDUCATION)


@pytest.fixture
def town(prepared):
    return prepared(build_town)


def test_consequences_come_back_as_they_were_written(town):
    """Subject, movement, type, words and source."""
    record_consequences(town, ANA, TOWN, BOTH)
    assert BOTH == consequences(town, TOWN)


def test_the_newest_words_of_a_subject_movement_and_type_count(town):
    """Others stay beside them; empty words take them away, and the rows remain."""
    record_consequences(town, ANA, TOWN, BOTH)
    newer = replace(LESS_CARE, words="Some move to a home.")
    social = replace(LESS_CARE, type=ConsequenceType.SOCIAL)
    record_consequences(town, ANA, TOWN, [newer, social])
    assert (MORE_EDUCATION, newer, social) == consequences(town, TOWN)
    record_consequences(town, ANA, TOWN, [replace(newer, words="")])
    assert (MORE_EDUCATION, social) == consequences(town, TOWN)
    assert 5 == count(town, "core.consequences")


@pytest.mark.parametrize(
    ("wrong", "error", "why"),
    [
        (replace(LESS_CARE, words="x" * 141), ScenarioInvalid, "longer than 140"),
        (replace(LESS_CARE, source=" "), ScenarioInvalid, "no source"),
        (
            replace(LESS_CARE, subject=Subject(SubjectKind.PROGRAMME)),
            ScenarioInvalid,
            "no line or programme",
        ),
        (replace(LESS_CARE, subject=replace(CARE, code="x")), NotFound, "has “x”"),
    ],
)
def test_what_nobody_could_check_is_refused(town, wrong, error, why):
    """All of them are written, or none."""
    with pytest.raises(error, match=why):
        record_consequences(town, ANA, TOWN, [MORE_EDUCATION, wrong])
    assert 0 == count(town, "core.consequences")


def test_words_of_140_characters_fit(town):
    """The longest that is allowed."""
    record_consequences(town, ANA, TOWN, [replace(LESS_CARE, words="x" * 140)])
    assert 1 == count(town, "core.consequences")


def test_who_only_looks_writes_nothing_down(town, viewer):
    """A viewer is told which role it takes."""
    with pytest.raises(NotAllowed):
        record_consequences(town, viewer, TOWN, BOTH)


def test_a_consequence_is_told_where_its_subject_has_more_or_less():
    """What moves inside a subject brings about neither; a line tells what its programme has."""
    lines = (("1/11", "611", 1), ("1/12", "612", 2), ("2/21", "821", 3))
    baseline = Baseline(
        tuple(
            Line(
                number,
                f"organisation={place};economic_class={code}",
                "",
                Decimal(100),
                members={"organisation": (place[0], place)},
            )
            for place, code, number in lines
        )
    )
    less_schools = replace(LESS_CARE, subject=SCHOOLS)
    known = (*BOTH, less_schools, replace(MORE_EDUCATION, subject=ROADS))
    ten = Decimal(10)
    assert (MORE_EDUCATION,) == brought_about(known, baseline, {2: ten, 3: -ten})
    assert (less_schools,) == brought_about(known, baseline, {1: -ten, 2: ten})
    assert () == brought_about(known, baseline, {})


# --- files ----------------------------------------------------------------

RULES = (
    Rule("balance", RuleKind.BALANCED, Subject(SubjectKind.ALL), reason='a "b" č'),
    Rule("each", RuleKind.GIVES_EACH, Subject(SubjectKind.PROGRAMME), percent=Decimal("7.5")),
    Rule("least", RuleKind.FLOOR, CARE, Decimal("1200.10"), source="Law"),
)


def test_rules_and_consequences_written_as_a_file_are_read_as_they_were():
    """Nothing is lost, and no figure changes on the way."""
    assert (RULES, BOTH) == rules_in("rules.toml", written_rules(RULES, BOTH))


@pytest.mark.parametrize(
    "written",
    [
        "[[rule",
        "[[rules]]\ncode = 'a'",
        "[[rule]]\ncode = 'a'",
        "[[rule]]\ncode = 'a'\nkind = 'florr'",
        "[[rule]]\ncode = 'a'\nkind = 'floor'\namount = 'much'",
        "[[rule]]\ncode = 'a'\nkind = 'floor'\nprogramme = '1'\nfund = '2'",
        "[[rule]]\ncode = 'a'\nkind = 'floor'\nprograme = '1'",
        "[[consequence]]\nline = 'a'\nmovement = 'up'\ntype = 'legal'\nwords = ''\nsource = ''",
        "rule = 1",
    ],
)
def test_a_file_that_says_something_else_is_refused_by_name(written):
    """A misspelt entry would be a rule that nobody keeps."""
    with pytest.raises(ScenarioInvalid, match=r"The file rules\.toml cannot be used"):
        rules_in("rules.toml", written)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/rules.toml")), ids=lambda p: p.parent.name)
def test_the_rules_of_the_demo_are_stored_and_can_be_kept(demo_store, path):
    """The file is what is stored; no rule contradicts itself."""
    rules, written = rules_in(path.name, path.read_text(encoding="utf-8"))
    refuse_contradictions(rules)
    assert rules == rule_set(demo_store, path.parent.name).rules
    assert (written, 15) == (consequences(demo_store, path.parent.name), len(written))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/rules.toml")), ids=lambda p: p.parent.name)
def test_the_budgets_of_the_demo_keep_their_rules(demo_store, path):
    """Who begins a scenario in this year's budget begins with nothing broken; every rule says something."""
    town = path.parent.name
    rules = rule_set(demo_store, town).rules
    for one in demo_store.query("vintages", municipality_code=town).to_pylist():
        is_spending = one["direction"] == "expenditure" and one["fiscal_year"] == 2026
        if is_spending and one["stage"] in ("approved", "revised"):
            footing = demo_store.query(
                "scenario_footing", municipality_code=town, vintage_id=one["vintage_id"]
            ).to_pylist()[0]
            vintages = [footing["vintage_id"], footing["revenue_vintage_id"]]
            stage = Stage(one["stage"])
            lines = stored_baseline(demo_store, town, 2026, vintages, "BAM", stage=stage)
            found = bounds(rules, lines)
            assert {rule.code for rule in rules if rule.fiscal_year is None} == {
                bound.rule.code for bound in found
            }
            assert [] == [bound.label for bound in found if not keeps(bound)]


def keeps(bound):
    return (bound.low is None or bound.low <= bound.base) and (
        bound.high is None or bound.base <= bound.high
    )
