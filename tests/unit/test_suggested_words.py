"""Term rules: which words they find, how they are read and refused, what they suggest."""

import pytest

from budgeting.errors import MappingInvalid
from budgeting.marks.model import Confidence
from budgeting.methodologies.model import Category, Stance
from budgeting.suggestions.by_terms import TermMatcher, categories_by_stance
from budgeting.suggestions.terms import languages_of, read_term_rules
from budgeting.suggestions.words import word_pattern, words_of

HEADER = "term,stance,unless,note,source\n"


@pytest.fixture
def rules_of(tmp_path):
    def read(*rows, language="sr"):
        path = tmp_path / f"{language}.csv"
        path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
        return read_term_rules(path)

    return read


@pytest.fixture
def matcher(rules_of):
    return lambda *rows: TermMatcher(rules_of(*rows))


# --- words and their places -----------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Подршка женама", ["podrska", "zenama"]),
        ("PodrškaŽenama_2024", ["podrska", "zenama", "2024"]),
        ("women's shelter", ["women", "s", "shelter"]),
        ("z\u030cene", ["zene"]),
        ("rod\u00adna", ["rodna"]),
        ("Ž E N E", ["zene"]),
        ("", []),
        ("— 5 %", ["5"]),
    ],
)
def test_words_are_folded_one_by_one(name, expected):
    """A name gives the words that folding gives, whatever script, case or joiner."""
    assert expected == [word.folded for word in words_of(name)]


def test_a_word_knows_its_place_in_the_name_as_written():
    """The place of a word is that of the letters in the name, so that a page can underline them."""
    name = "Сигурна кућа – «жене», žrtve"
    assert ["Сигурна", "кућа", "жене", "žrtve"] == [
        name[word.start : word.end] for word in words_of(name)
    ]


@pytest.mark.parametrize(
    ("pattern", "word", "expected"),
    [
        ("rod", "rod", True),
        ("rod", "rodni", False),
        ("rodn*", "rodne", True),
        ("rodn*", "porodne", False),
        ("*haus", "frauenhaus", True),
        ("*haus", "hausbau", False),
        ("*frauen*", "stadtfrauenrat", True),
    ],
)
def test_a_star_leaves_the_word_open_on_its_side(pattern, word, expected):
    """A pattern without a star is the word itself; a star stands for any letters on its side."""
    assert expected == word_pattern(pattern).fits(word)


# --- rules as data --------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    [
        "že*,principal,,,x",
        "*,principal,,,x",
        ",principal,,,x",
        "žen*nasilj,principal,,,x",
        "žen* +,principal,,,x",
        "žen*,principal,+,,x",
        "žen*,main,,,x",
        "žen*,principal,,,",
        "žen*,principal,,",
    ],
)
def test_a_broken_row_is_refused_with_its_file_and_row(rules_of, row):
    """Open words below three letters, empty parts, unknown stances and no source are refused."""
    if row.count(",") < 4:
        row += ","
    with pytest.raises(MappingInvalid, match=r"sr\.csv, row 3"):
        rules_of("majk*,principal,,,x", row)


def test_the_same_term_twice_is_refused(rules_of):
    """Terms that fold alike are one; the text names the row that has it."""
    with pytest.raises(MappingInvalid, match="stands in row 2 already"):
        rules_of("žen*,principal,,,x", "ЖЕН*,significant,,,x")
    with pytest.raises(MappingInvalid, match="stands twice in the row"):
        rules_of("žen*; majk*; zen*,principal,,,x")


def test_a_missing_or_unknown_column_is_refused(tmp_path):
    """The header is part of the file."""
    path = tmp_path / "sr.csv"
    path.write_text("term,stance,note,source,extra\n", encoding="utf-8")
    with pytest.raises(MappingInvalid, match="extra, unless"):
        read_term_rules(path)


def test_english_is_always_one_of_the_languages():
    """A country has its own language and English; one that is not known has English."""
    assert ("lt", "en") == languages_of("LT")
    assert languages_of("BA") == languages_of("ME") == ("sr", "en")
    assert ("en",) == languages_of("XX")


# --- what they suggest ----------------------------------------------------


def test_words_next_to_each_other_and_words_apart(matcher):
    """A space asks for neighbours; a plus for words anywhere in the name."""
    near, apart = matcher("sigurn* kuć*,principal,,,x"), matcher("nasilj* + žen*,principal,,,x")
    assert near.suggestion("Sigurna kuća") is not None
    assert near.suggestion("Sigurna nova kuća") is None
    assert apart.suggestion("Ženama: zaštita od nasilja") is not None
    assert apart.suggestion("Zaštita od nasilja") is None


def test_words_that_cancel_silence_their_rule_alone(matcher):
    """“unless” silences the rule of its row; other rules go on."""
    asked = matcher("žen*,principal,ženev*; ženidb* + ugovor*,,x", "dec*,significant,,,x")
    assert asked.suggestion("Ženevska konvencija") is None
    assert asked.suggestion("Ugovori o ženidbi") is None
    assert Stance.PRINCIPAL == asked.suggestion("Ženidba").stance
    assert Stance.SIGNIFICANT == asked.suggestion("Ženevska deca").stance


def test_fired_words_are_shown_as_written_with_their_place_rule_and_row(matcher):
    """Each word that fired can be underlined and traced to its row."""
    name = "Помоћ ЖЕНАМА и деци"
    words = matcher("žen*,principal,,,x", "dec*,significant,,,x").suggestion(name).words
    assert [("ЖЕНАМА", "žen*", 2), ("деци", "dec*", 3)] == [
        (word.written, word.rule, word.row) for word in words
    ]
    assert all(word.written == name[word.start : word.end] for word in words)


def test_a_row_lists_terms_of_which_any_fires(matcher):
    """The semicolon separates terms; the one that fired is named."""
    asked = matcher("žen*; majk*; sigurn* kuć*,principal,,,x")
    assert ["majk*"] == [word.rule for word in asked.suggestion("Majke").words]
    assert ["sigurn* kuć*"] == [word.rule for word in asked.suggestion("Sigurna kuća").words]


def test_none_goes_first_then_the_strongest_and_doubt_is_said(matcher):
    """What is bought decides; one word is medium, two that agree high, contradictions low."""
    asked = matcher(
        "žen*,principal,,,x", "dec*,significant,,,x", "kamat*,none,,,x", "mlad*,unclear,,,x"
    )
    expected = {
        "žene": (Stance.PRINCIPAL, Confidence.MEDIUM),
        "žene i deca": (Stance.PRINCIPAL, Confidence.HIGH),
        "kamate": (Stance.NONE, Confidence.MEDIUM),
        "kamate na kredit za žene": (Stance.NONE, Confidence.LOW),
        "mladi": (Stance.UNCLEAR, Confidence.MEDIUM),
    }
    found = {name: asked.suggestion(name) for name in expected}
    assert expected == {name: (one.stance, one.confidence) for name, one in found.items()}
    assert asked.suggestion("asfalt") is None


def test_a_stance_becomes_the_category_of_the_chosen_methodology(matcher):
    """The strongest category of the stance that is not provisional; none where there is none."""
    categories = (
        Category("2", {}, stance=Stance.PRINCIPAL),
        Category("1*", {}, stance=Stance.SIGNIFICANT, is_queue=True),
        Category("1", {}, stance=Stance.SIGNIFICANT),
        Category("1b", {}, stance=Stance.SIGNIFICANT),
        Category("x", {}),
    )
    by_stance = categories_by_stance(categories)
    assert {Stance.PRINCIPAL: "2", Stance.SIGNIFICANT: "1"} == by_stance
    asked = matcher("žen*,principal,,,x", "dec*,significant,,,x", "kamat*,none,,,x")
    assert ["2", "1", None] == [
        asked.suggestion(name, by_stance).category for name in ("žene", "deca", "kamate")
    ]
