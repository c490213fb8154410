"""Files of methodologies that are refused: each fault with its place and its reason."""

from textwrap import dedent

import pytest
from fixtures.small_methodologies import (
    CONVENTION,
    CRITERION,
    ENTRY,
    PARTS,
    SCORE,
    installation,
    small,
    told,
)

from budgeting.methodologies import (
    faults,
    methodology,
)
from budgeting.methodologies.model import RuleKind
from budgeting.translations import language

CHOICE = '[[field.choice]]\ncode = "1"\nlabel.en = "1"\n'
EXPENSE = '\n[[expense]]\nid = "e"\nlabel.en = "E"\ncodes = { RS = ["41", "41"] }\n'
TARGET = '\n[[target]]\nname = "t"\nshare = 0.1\nconvention = "all"\nlabel.en = "T"\n'
FIELD = '\n[[field]]\nid = "goal"\nrequired_for = ["yes"]\nlabel.en = "Goal"\n'


@pytest.fixture
def beside(tmp_path, monkeypatch):
    with installation(tmp_path, monkeypatch) as folder:
        yield folder


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
