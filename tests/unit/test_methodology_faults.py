"""Methodology files: a broken one is refused with file, key and reason; one of your own is used at once."""

import os
import re
import shutil
from decimal import Decimal
from textwrap import dedent

import pytest

from budgeting.errors import UnknownMethodology
from budgeting.methodologies import (
    Evidence,
    classify,
    faults,
    methodologies,
    methodology,
    own_folder,
)
from budgeting.methodologies.files import FOLDER
from budgeting.methodologies.model import RuleKind
from budgeting.settings import ROOT, settings
from budgeting.translations import language

PACKAGE = ROOT / "budgeting" / "methodologies"
TOP = """
    code = "small"
    version = "1"
    source = "The town council"
    measures = "intent"
    subjects = ["line"]
    rule = "{rule}"
    label = { en = "Small" }
"""
CATEGORIES = """
    [[category]]
    code = "yes"
    {condition}
    label.en = "Yes"

    [[category]]
    code = "no"
    label.en = "No"
"""
CONVENTION = """
    [[convention]]
    name = "all"
    coefficients = { yes = 1, no = 0 }
    label.en = "All"
"""
SCORE = '\n[score]\nmaximum = 10\nunit = "points"\nlabel.en = "the score"\n'
CHOICE = '[[field.choice]]\ncode = "1"\nlabel.en = "1"\n'
EXPENSE = '\n[[expense]]\nid = "e"\nlabel.en = "E"\ncodes = { RS = ["41", "41"] }\n'
CRITERION = '\n[[criterion]]\nid = "a"\nlabel.en = "A"\n'
ENTRY = '\n[[entry]]\nkeys = ["1"]\ncategory = "yes"\n'
TARGET = '\n[[target]]\nname = "t"\nshare = 0.1\nconvention = "all"\nlabel.en = "T"\n'
FIELD = '\n[[field]]\nid = "goal"\nrequired_for = ["yes"]\nlabel.en = "Goal"\n'
PARTS = {
    "judgement": ("", ""),
    "bands": (SCORE, "from = 5"),
    "checklist": (CRITERION, 'requires = ["a"]'),
    "lookup": (ENTRY, ""),
}


def small(rule="bands", more=""):
    """Return the text of a small methodology that is right, of one kind of rule."""
    parts, condition = PARTS[rule]
    top = dedent(TOP).replace("{rule}", rule)
    return (
        top
        + parts
        + dedent(CATEGORIES).replace("{condition}", condition)
        + dedent(CONVENTION)
        + more
    )


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The folder of own methodologies of an installation of its own."""
    monkeypatch.setenv("PARITET_DATABASE", str(tmp_path / "paritet.duckdb"))
    settings.cache_clear()
    folder = own_folder()
    (folder / "cases").mkdir(parents=True)
    yield folder
    settings.cache_clear()


def told(folder, written, name="small_1.toml"):
    """Write a file, and return key and reason of what is wrong with it."""
    (folder / name).write_text(written, encoding="utf-8")
    found = faults()
    assert {name} >= {fault.file for fault in found}
    return {(fault.key, str(fault.reason)) for fault in found}


# --- files that are right -------------------------------------------------


@pytest.mark.parametrize("rule", PARTS)
def test_each_kind_of_rule_can_be_written_in_a_few_lines(beside, rule):
    """The small files of this test are right, so that only what is changed below is wrong."""
    assert set() == told(beside, small(rule))
    assert RuleKind(rule) == methodology("small").rule


# --- one fault of each sort -----------------------------------------------

READING = {
    "no TOML": ("code = = 1", "", "not valid TOML in line 1, column 8"),
    "an end that comes too early": ('code = "small', "", "not valid TOML"),
    "a misspelt entry": (("rule =", "rulle ="), "rulle", "Is “rule” meant?"),
    "a missing entry": (('version = "1"', ""), "version", "missing"),
    "a text that is a number": (('version = "1"', "version = 1"), "version", "text in quotes"),
    "an empty text": (
        ('source = "The town council"', 'source = " "'),
        "source",
        "not an empty one",
    ),
    "a code in capitals": (('code = "small"', 'code = "Small"'), "code", "cannot stand here"),
    "a file of another name": (('code = "small"', 'code = "tiny"'), "code", "tiny_1.toml"),
    "a word that is none": (('"intent"', '"intentt"'), "measures", "Is “intent” meant?"),
    "a subject that is none": (('["line"]', '["lime"]'), "subjects", "Is “line” meant?"),
    "no subject": (('["line"]', "[]"), "subjects", "At least one"),
    "a list that is a text": (('["line"]', '"line"'), "subjects", "list of texts"),
    "a date in quotes": (("[score]", "[score]"), "valid_from", "date without quotes"),
    "a flag in quotes": (
        ('code = "yes"', 'code = "yes"\nqueue = "true"'),
        "category[1].queue",
        "true",
    ),
    "a number in quotes": (("from = 5", 'from = "5"'), "category[1].from", "without quotes"),
    "a negative number": (("from = 5", "from = -5"), "category[1].from", "zero or more"),
    "no number": (("from = 5", "from = nan"), "category[1].from", "zero or more"),
    "no words": (('label = { en = "Small" }', "label = {}"), "label", "in at least one language"),
    "words in no language": (
        ('label = { en = "Small" }', 'label = { eng = "Small" }'),
        "label.eng",
        "“en”",
    ),
    "words that are a text": (('label = { en = "Small" }', 'label = "Small"'), "label", "table"),
    "a block in single brackets": (
        ("[[convention]]", "[convention]"),
        "convention",
        "[[convention]]",
    ),
    "two beginnings": (("from = 5", "from = 5\nabove = 4"), "category[1].above", "either"),
    "a scale of no unit": (('unit = "points"', 'unit = "euros"'), "score.unit", "percent"),
}


@pytest.mark.parametrize("fault", READING)
def test_what_cannot_be_read_is_told_with_its_place(beside, fault):
    """Syntax, misspelt and missing entries, wrong kinds of value: each by key and reason."""
    change, key, reason = READING[fault]
    written = change if isinstance(change, str) else small().replace(*change)
    if fault == "a date in quotes":
        written = 'valid_from = "2024-01-01"\n' + written
    found = told(beside, written)
    assert any(key == place and reason in said for place, said in found), found


CONTRADICTIONS = {
    "no category can be weakest": (
        "bands",
        ('code = "no"\n', 'code = "no"\nfrom = 1\n'),
        "category[2]",
    ),
    "a category without a beginning": ("bands", ("from = 5\n", ""), "category[1].from"),
    "a category beyond the scale": ("bands", ("from = 5", "from = 11"), "category[1].from"),
    "categories in no order": (
        "bands",
        (
            '[[category]]\ncode = "no"',
            '[[category]]\ncode = "so"\nfrom = 6\nlabel.en = "So"\n[[category]]\ncode = "no"',
        ),
        "category[2].from",
    ),
    "bands without a scale": ("bands", (SCORE, ""), "score"),
    "a criterion for bands": ("bands", (SCORE, SCORE + CRITERION), "criterion"),
    "a table for bands": ("bands", (SCORE, SCORE + ENTRY), "entry"),
    "judgement in bands": (
        "bands",
        ("subjects", "judgement_allowed = true\nsubjects"),
        "judgement_allowed",
    ),
    "a condition in a judgement": (
        "judgement",
        ('code = "yes"', 'code = "yes"\nrequires = []\nfrom = 1'),
        "category[1].from",
    ),
    "a checklist without criteria": ("checklist", (CRITERION, ""), "criterion"),
    "a criterion that is not there": ("checklist", ('["a"]', '["b"]'), "category[1].requires"),
    "a criterion twice": ("checklist", (CRITERION, CRITERION * 2), "criterion"),
    "an element that is not there": (
        "checklist",
        ('id = "a"', 'id = "a"\nelement = "e"'),
        "criterion[1].element",
    ),
    "values that fall": (
        "checklist",
        ('id = "a"', 'id = "a"\nvalues = [1, 0]'),
        "criterion[1].values",
    ),
    "points that do not add up": ("checklist", (CRITERION, CRITERION + SCORE), "score.maximum"),
    "a lookup without a table": ("lookup", (ENTRY, ""), "entry"),
    "an entry of no category": (
        "lookup",
        ('category = "yes"', 'category = "maybe"'),
        "entry[1].category",
    ),
    "a key twice": ("lookup", ('["1"]', '["1", "1"]'), "entry"),
    "a category twice": ("judgement", ('code = "no"', 'code = "yes"'), "category"),
    "no convention": ("judgement", (dedent(CONVENTION), ""), "convention"),
    "a choice twice": (
        "judgement",
        (dedent(CONVENTION), FIELD + 2 * CHOICE + dedent(CONVENTION)),
        "field[1].choice",
    ),
    "an economic code twice": (
        "judgement",
        (dedent(CONVENTION), EXPENSE + dedent(CONVENTION)),
        "expense",
    ),
    "a convention twice": ("judgement", (dedent(CONVENTION), dedent(CONVENTION) * 2), "convention"),
    "a category without a coefficient": (
        "judgement",
        ("yes = 1, ", ""),
        "convention[1].coefficients",
    ),
    "a coefficient of no category": (
        "judgement",
        ("yes = 1", "yes = 1, so = 1"),
        "convention[1].coefficients",
    ),
    "a coefficient above one": (
        "judgement",
        ("yes = 1", "yes = 40"),
        "convention[1].coefficients.yes",
    ),
    "a coefficient of no score": (
        "judgement",
        ('name = "all"', 'name = "all"\nof_score = true'),
        "convention[1].of_score",
    ),
    "an end before the beginning": (
        "judgement",
        ("subjects", "valid_from = 2025-01-01\nvalid_to = 2024-12-31\nsubjects"),
        "valid_to",
    ),
    "a target of no convention": (
        "judgement",
        (dedent(CONVENTION), dedent(CONVENTION) + TARGET.replace('"all"', '"some"')),
        "target[1].convention",
    ),
    "a field twice": ("judgement", (dedent(CONVENTION), dedent(CONVENTION) + FIELD * 2), "field"),
    "a field for a category that is not there": (
        "judgement",
        (dedent(CONVENTION), dedent(CONVENTION) + FIELD.replace('"yes"', '"maybe"')),
        "field[1].required_for",
    ),
    "a target above the whole": (
        "judgement",
        (dedent(CONVENTION), dedent(CONVENTION) + TARGET.replace("0.1", "5")),
        "target[1].share",
    ),
}


@pytest.mark.parametrize("fault", CONTRADICTIONS)
def test_what_contradicts_itself_is_told_with_its_place(beside, fault):
    """Categories that nothing could reach, names that are not there, money counted more than once."""
    rule, change, key = CONTRADICTIONS[fault]
    assert change[0] in small(rule)
    found = told(beside, small(rule).replace(*change, 1))
    assert key in {place for place, _ in found}, found


def test_all_faults_of_a_file_are_told_at_once(beside):
    """Whoever corrects a file sees everything that is wrong with it."""
    written = small().replace("from = 5", "form = 5").replace('"intent"', '"x"')
    assert {"measures", "category[1].form"} <= {key for key, _ in told(beside, written)}


def test_bytes_that_are_no_text_are_told(beside):
    """A file in another encoding is refused, not read wrongly."""
    (beside / "small_1.toml").write_bytes(small().replace("Small", "Större").encode("latin-1"))
    assert [("small_1.toml", "")] == [(fault.file, fault.key) for fault in faults()]


def test_a_reason_is_told_in_the_readers_language(beside):
    """File and key are as in the file; the reason is a sentence with its values."""
    told(beside, small().replace("from = 5", 'from = "5"'))
    (fault,) = faults()
    assert ("small_1.toml", "category[1].from") == (fault.file, fault.key)
    assert language("en").say(fault.reason).startswith("This is a number")


# --- broken files beside others -------------------------------------------


def test_a_broken_file_does_not_stop_the_others(beside):
    """Whatever is wrong with one, all that came with Paritet can be used."""
    before = methodologies()
    told(beside, "code =")
    assert before == methodologies()
    with pytest.raises(UnknownMethodology, match=r"small_1\.toml"):
        methodology("small")


def test_a_methodology_that_fails_its_own_case_is_refused(beside):
    """Where file and case contradict each other, neither is believed."""
    case = '[[case]]\nscore = {score}\ngives = "yes"\n'
    cases = beside / "cases" / "small_1.toml"
    cases.write_text(case.format(score=5), encoding="utf-8")
    assert set() == told(beside, small())
    cases.write_text(case.format(score=4.99), encoding="utf-8")
    (fault,) = faults()
    assert ("cases/small_1.toml", "case[1]") == (fault.file, fault.key)
    assert "The case says “yes”, the methodology gives “no”." == str(fault.reason)
    for wrong, key in (
        ('[[case]]\nscore = 11\ngives = "yes"\n', "case[1]"),
        ('[[case]]\nscore = 5\ngives = "yes"\ncoefficient = 0.5\n', "case[1]"),
        ('[[case]]\nscor = 5\ngives = "yes"\n', "case[1].scor"),
        ('[[target_case]]\ntarget = "x"\ncounted = 1\nbudget = 1\nmet = true\n', "target_case[1]"),
    ):
        cases.write_text(wrong, encoding="utf-8")
        assert key in {fault.key for fault in faults()}


def test_a_broken_version_of_ones_own_does_not_fall_back_in_silence(beside):
    """A file of the same name stands for the one that came with Paritet, broken or not."""
    (beside / "oecd_dac_2016.toml").write_text("code =", encoding="utf-8")
    with pytest.raises(UnknownMethodology, match=r"oecd_dac_2016\.toml"):
        methodology("oecd_dac")
    (beside / "oecd_dac_2016.toml").unlink()
    assert "2016" == methodology("oecd_dac").version


# --- one's own ------------------------------------------------------------

OWN = """
# Our town: two steps.
code = "our_town"
version = "1"
valid_from = 2025-01-01
source = "Decision of the town council of 12 March 2025"
measures = "intent"
subjects = ["line", "programme"]
rule = "checklist"

[label]
en = "Our town's marker"
sr = "Маркер нашег града"

[[criterion]]
id = "goal"
label.en = "There is an equality goal"
label.sr = "Постоји циљ равноправности"

[[category]]
code = "yes"
stance = "principal"
requires = ["goal"]
label.en = "With a goal"
label.sr = "Са циљем"

[[category]]
code = "no"
stance = "none"
label.en = "Without a goal"
label.sr = "Без циља"

[[convention]]
name = "full"
coefficients = { yes = 0.75, no = 0 }
label.en = "Three quarters count"
label.sr = "Рачунају се три четвртине"
"""


def test_a_methodology_of_ones_own_is_used_at_once(beside):
    """A text file beside the database is enough: labels, criteria, coefficients, without a restart."""
    with pytest.raises(UnknownMethodology):
        methodology("our_town")
    (beside / "our_town_1.toml").write_text(OWN, encoding="utf-8")
    own = methodology("our_town")
    assert () == faults()
    outcome = classify(own, Evidence(ticks={"goal": Decimal(1)}))
    assert ("yes", Decimal("0.75")) == (outcome.category, outcome.amount_coefficient)
    assert "Маркер нашег града" == language("sr").say(own.labels)
    assert "Marker našeg grada" == language("sr-Latn").say(own.labels)
    assert "Постоји циљ равноправности" in language("sr").say(outcome.why)


def test_a_changed_file_is_read_anew(beside):
    """What was edited counts from the next question on, and its fingerprint tells that it was."""
    path = beside / "our_town_1.toml"
    path.write_text(OWN, encoding="utf-8")
    before = methodology("our_town")
    path.write_text(OWN.replace("yes = 0.75", "yes = 0.50"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    after = methodology("our_town")
    assert (Decimal("0.75"), Decimal("0.50")) == (
        before.convention().coefficients["yes"],
        after.convention().coefficients["yes"],
    )
    assert before.fingerprint != after.fingerprint
    path.unlink()
    with pytest.raises(UnknownMethodology):
        methodology("our_town")


def test_a_copy_can_be_kept_as_ones_own_version(beside):
    """Copied, renamed and changed, a methodology stands beside the one it came from."""
    written = (FOLDER / "uganda_certificate_2015.toml").read_text(encoding="utf-8")
    written = written.replace('version = "2015"', 'version = "2015-town"')
    name = "uganda_certificate_2015-town.toml"
    assert set() == told(beside, written.replace("from = 50", "from = 65"), name)
    score = Evidence(score=Decimal(60))
    assert "certified" == classify(methodology("uganda_certificate", "2015"), score).category
    assert (
        "not_certified" == classify(methodology("uganda_certificate", "2015-town"), score).category
    )
    shutil.rmtree(beside)
    assert 1 == sum(one.code == "uganda_certificate" for one in methodologies())


def test_the_example_of_the_guide_works(beside):
    """What docs/methodologies.md tells a municipality to write can be used as it stands, with its cases."""
    guide = (ROOT / "docs" / "methodologies.md").read_text(encoding="utf-8")
    written, cases = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    (beside / "cases" / "zelengrad_2026.toml").write_text(cases, encoding="utf-8")
    assert set() == told(beside, written, "zelengrad_2026.toml")
    own = methodology("zelengrad")
    outcome = classify(own, Evidence(ticks={"goal": Decimal(1)}))
    assert ("partial", Decimal("0.4")) == (outcome.category, outcome.amount_coefficient)
    (beside / "cases" / "zelengrad_2026.toml").write_text(
        cases.replace("coefficient = 0.4", "coefficient = 0.5"), encoding="utf-8"
    )
    assert ["case[2]"] == [fault.key for fault in faults()]


def test_every_entry_is_in_the_guide():
    """What a file may hold is named in docs/methodologies.md."""
    guide = (ROOT / "docs" / "methodologies.md").read_text(encoding="utf-8")
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in (PACKAGE / "reading.py", PACKAGE / "cases.py")
    )
    entries = set(
        re.findall(
            r'\.(?:written|flag|number|numbers|names|tables?|day|labels|one_of|some_of|has)\("(\w+)"',
            written,
        )
    )
    assert {"code", "met_from", "of_score", "counted"} <= entries
    assert [] == sorted(entry for entry in entries if not re.search(rf"[`\[]{entry}\b", guide))
