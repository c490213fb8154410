"""Mapping files: what is unknown or contradicts itself is refused by name; what is saved is read."""

import tomllib
from textwrap import dedent

import pytest
from fixtures.mapped_files import (
    APPROVED,
    BY_CODE,
    EXECUTED,
    LINE,
    STRUCTURE,
    TOWN,
    examined,
    mapping_of,
    total,
)
from hypothesis import given
from hypothesis import strategies as st

from budgeting.errors import MappingInvalid
from budgeting.imports.mappings.mapping_file import (
    FOLDER,
    mapping_from_entries,
    mapping_from_text,
    mapping_named,
    mapping_names,
    save_mapping,
    saved_folder,
)
from budgeting.settings import settings
from budgeting.translations import language


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The folder of saved mappings of an installation of its own."""
    monkeypatch.setenv("PARITET_DATABASE", str(tmp_path / "paritet.duckdb"))
    settings.cache_clear()
    yield saved_folder()
    settings.cache_clear()


def refused(*blocks, **parts):
    with pytest.raises(MappingInvalid, match=r"small\.toml cannot be used") as caught:
        mapping_of(*blocks, **parts)
    return str(caught.value)


# --- unknown entries ------------------------------------------------------

UNKNOWN = {
    "at the top": ({"top": 'subtitle = "x"'}, "subtitle"),
    "of the file": ({"top": '[file]\nquote = "x"'}, "[file]"),
    "of a number": ({"top": '[[file.number]]\ncolumn = "a"\ndecimal = ","\nmark = "x"'}, "mark"),
    "of the municipality": ({"town": TOWN + '\n    mayor = "x"'}, "mayor"),
    "of the line": ({"line": LINE + '\n    colour = "x"'}, "colour"),
    "of a classification": ({"codes": BY_CODE + "\n    may_be_empt = true"}, "may_be_empt"),
    "of a level": (
        {"codes": BY_CODE.replace('"code" }', '"code", lable = "x" }')},
        "lable",
    ),
}
UNKNOWN_BLOCKS = {
    "of an amount": (APPROVED + '\n    unit = "x"', "unit"),
    "of a member": (
        APPROVED + '\n    member = { dimension = "fund", code = "a", name = "x" }',
        "name",
    ),
    "of a change": (
        '[change]\ncolumn = "x"\nearlier = "approved"\nlater = "executed"\nwhy = "x"',
        "why",
    ),
    "of a sum": ('[[sum]]\ncolumn = "x"\nof = ["a"]\nplus = ["b"]', "plus"),
    "of a row": ('[[row]]\nkind = "line"\nwhere = { code = "1" }\nif = "x"', "if"),
    "of a total": ('[[total]]\ncolumn = "a"\nmatches = "b"\nplus = "c"\nless = "d"', "less"),
    "of the structure": (STRUCTURE + '\n    codes = "x"', "codes"),
    "of the gender": ('[gender]\ncolumn = "a"\nmethodology = "b"\ncategory = "x"', "category"),
}


@pytest.mark.parametrize("place", UNKNOWN)
def test_an_unknown_entry_is_refused_by_name(place):
    """A misspelt entry that was passed over would change sums in silence."""
    parts, name = UNKNOWN[place]
    assert name in refused(**parts)


@pytest.mark.parametrize("place", UNKNOWN_BLOCKS)
def test_an_unknown_entry_of_a_block_is_refused_by_name(place):
    """So is one of an amount, a sum, a row, a total and every other block."""
    block, name = UNKNOWN_BLOCKS[place]
    assert f"“{name}” is not an entry" in refused(APPROVED, EXECUTED, block)


# --- missing and contradicting entries ------------------------------------

MISSING = {
    "the column of an amount": ('[[amount]]\nstage = "approved"', "column"),
    "the columns of a sum": ('[[sum]]\ncolumn = "x"', "of"),
    "the stage before a change": ('[change]\ncolumn = "x"\nlater = "executed"', "earlier"),
    "the kind of a row": ('[[row]]\nwhere = { code = "1" }', "kind"),
    "what a total adds": ('[[total]]\ncolumn = "a"\nmatches = "b"', "plus"),
    "the code of a member": (APPROVED + '\n    member = { dimension = "fund" }', "code"),
}


@pytest.mark.parametrize("entry", MISSING)
def test_a_missing_entry_is_named(entry):
    """The sentence says which entry a block lacks."""
    block, name = MISSING[entry]
    assert f"“{name}” is missing" in refused(EXECUTED, block)


WHERE = 'where = { code = "1" }'
CONTRADICTIONS = {
    "a kind of row that there is not": (f'[[row]]\nkind = "sum"\n{WHERE}', "skip, total, heading"),
    "rows skipped without a reason": (f'[[row]]\nkind = "skip"\n{WHERE}', "need a reason"),
    "rows skipped with an empty reason": (
        f'[[row]]\nkind = "skip"\n{WHERE}\nreason = ""',
        "need a reason",
    ),
    "a rule for no row": ('[[row]]\nkind = "line"', "where or unless"),
    "a factor of zero": (APPROVED + "\n    factor = 0", "factor"),
    "a factor below zero": (APPROVED + "\n    factor = -1000", "factor"),
    "an unknown order of dates": (APPROVED + '\n    date_style = "Y/D/M"', "date_style"),
    "an unknown later stage": (APPROVED + '\n    later_stage = "spent"', "spent"),
    "a member of no dimension": (
        APPROVED + '\n    member = { dimension = "colour", code = "a" }',
        "colour",
    ),
    "a member and a date in rows": (
        APPROVED + '\n    date_column = "day"\n    member = { dimension = "fund", code = "a" }',
        "date_column",
    ),
    "a broken pattern": ("[[row]]\nkind = \"line\"\nwhere = { code = '(' }", "position"),
    "a change of a stage that is not there": (
        '[change]\ncolumn = "x"\nearlier = "approved"\nlater = "revised"',
        "two stages",
    ),
    "two columns of one statement": (
        '[[amount]]\ncolumn = "other"\nstage = "executed"',
        "same statement",
    ),
}


@pytest.mark.parametrize("contradiction", CONTRADICTIONS)
def test_a_contradiction_of_a_block_is_refused(contradiction):
    """It is told when the mapping is read, before any file is."""
    block, words = CONTRADICTIONS[contradiction]
    assert words in refused(EXECUTED, block)


PARTS = {
    "both ways of saying the direction": (
        {"line": LINE + '\n    direction_column = "way"'},
        "direction",
    ),
    "a column of directions without words": (
        {"line": '[line]\nlabel = "a"\ndirection_column = "way"\nexpenditure = "out"'},
        "revenue",
    ),
    "no words for a line": ({"line": '[line]\ndirection = "revenue"'}, "label"),
    "a level without a code": (
        {"codes": BY_CODE.replace('code = "code"', 'label = "code"')},
        "one of code, text and heading",
    ),
    "a level with two codes": (
        {"codes": BY_CODE.replace('code = "code"', 'code = "code", text = "1"')},
        "one of code, text and heading",
    ),
    "a link that is no function": (
        {
            "codes": BY_CODE.replace("economic_class", "programme")
            + dedent("""
            [[classification]]
            dimension = "fund"
            link = { table = "es_programme_cofog", from = "programme" }
        """)
        },
        "links lead to COFOG",
    ),
    "no code at all": ({"codes": ""}, "identified_by_label"),
    "an encoding that there is not": ({"top": '[file]\nencoding = "latin-x"'}, "latin-x"),
    "one mark for two things": ({"top": '[file]\ndecimal = ","\ngroup = ","'}, "marks"),
    "a municipality without a currency": (
        {"town": TOWN.replace('currency_code = "EUR"', "")},
        "currency_code",
    ),
}


@pytest.mark.parametrize("contradiction", PARTS)
def test_a_contradiction_of_a_part_is_refused(contradiction):
    """Direction, words, codes, file and municipality each say one thing."""
    parts, words = PARTS[contradiction]
    assert words in refused(**parts)


def test_text_that_is_no_toml_is_refused_with_its_place():
    """The sentence has the line and the column of what cannot be read."""
    with pytest.raises(MappingInvalid, match=r"small\.toml cannot be used.*line 1"):
        mapping_from_text("small", "title = Small")


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_refused(written):
    """Whatever is written instead of a mapping, a sentence refuses it."""
    with pytest.raises(MappingInvalid):
        mapping_from_text("small", written)


# --- written and read again -----------------------------------------------


@pytest.mark.parametrize("name", [path.stem for path in sorted(FOLDER.glob("*.toml"))])
def test_the_entries_of_a_mapping_make_the_same_mapping(name):
    """Written from its entries and read again, a committed mapping means the same."""
    first = mapping_named(name)
    again = mapping_from_entries(name, first.entries)
    left_out = {"text", "sha256"}
    for field in set(type(first).__slots__) - left_out:
        assert getattr(first, field) == getattr(again, field), field


def test_marks_and_letters_survive_being_written():
    """Quotes, backslashes of patterns and letters of other scripts are read back as they were."""
    pattern = r"^(?P<code>\d+)\s*[\"'] \\ (?P<label>.*)$"
    entries = mapping_of().entries | {"title": 'Општина "Ub" \\ 2024\n'}
    entries["classification"] = [
        {"dimension": "fund", "levels": [{"code": "Извор", "pattern": pattern}]}
    ]
    again = mapping_from_entries("small", entries)
    assert (entries["title"], pattern) == (
        str(again.title),
        again.classifications[0].levels[0].pattern,
    )


def test_a_saved_mapping_is_found_and_means_the_same(beside, store):
    """Saved from the page, it is in the list, and gives the same lines as before."""
    mapping = mapping_of(APPROVED, STRUCTURE)
    path = save_mapping(mapping, "smallton_2024")
    assert beside / "smallton_2024.toml" == path
    assert "smallton_2024" in mapping_names()
    saved = mapping_named("smallton_2024")
    assert (mapping.text, mapping.sha256, "smallton_2024") == (saved.text, saved.sha256, saved.name)
    assert total(examined(store, "code;label;approved\n1;a;5\n", saved)) == "5.00"


def test_a_saved_mapping_goes_before_the_committed_one(beside):
    """What was corrected here is used in the place of what came with Paritet."""
    name = next(iter(sorted(path.stem for path in FOLDER.glob("*.toml"))))
    assert str(mapping_named(name).title) != "Small"
    save_mapping(mapping_of(), name)
    assert str(mapping_named(name).title) == "Small"
    assert mapping_names().count(name) == 1


def test_saving_again_replaces(beside):
    """The later mapping of a name is the one that is used, and no other file is left."""
    save_mapping(mapping_of(), "mine")
    save_mapping(mapping_of(APPROVED, EXECUTED), "mine")
    assert len(mapping_named("mine").amounts) == 2
    assert [path.name for path in beside.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    "name", ["", "Mine", "my mapping", "../mine", "mine.toml", "моја", "a/b", "a\n"]
)
def test_a_name_that_is_no_name_is_refused(beside, name):
    """Small letters, digits and underscores: nothing is written anywhere else."""
    with pytest.raises(MappingInvalid, match="small letters"):
        save_mapping(mapping_of(), name)
    assert not beside.exists() or not list(beside.iterdir())


LATE = {
    "a pattern that the rows cannot be searched for": "[[row]]\nkind = \"line\"\nwhere = { code = '^(?!9)' }",
    "a factor of parts": APPROVED + "\n    factor = 1.5",
    "a year in quotes": APPROVED + '\n    year = "2024"',
    "a sign in quotes": APPROVED + '\n    negated = "false"',
    "a broken pattern of a category": '[gender]\ncolumn = "g"\nmethodology = "m"\ncategories = { A = \'(\' }',
    "a heading without any row that is one": BY_CODE.replace(
        "economic_class", "organisation"
    ).replace('code = "code"', 'heading = "^Office"'),
    "a fund in a column and in a column of funds": BY_CODE.replace("economic_class", "fund")
    + APPROVED.replace('"approved"', '"executed"')
    + '    member = { dimension = "fund", code = "a" }\n',
}


@pytest.mark.parametrize("contradiction", LATE)
def test_what_could_only_go_wrong_later_is_refused_when_it_is_read(contradiction):
    """A mapping that is read can be used: it never crashes at the first file."""
    refused(EXECUTED, LATE[contradiction])


@pytest.mark.parametrize(
    "more",
    [
        "pattern = '^[0-9]+'",
        "pattern = '^(?P<code>[0-9]+)(?=x)'",
        'labels = "no_such_classification"',
    ],
)
def test_a_level_that_cannot_be_read_is_refused(more):
    """A pattern without a code, one that is not understood, a table that is not there."""
    refused(codes=BY_CODE.replace('"code" }', f'"code", {more} }}'))


def test_a_classification_that_is_not_there_is_refused():
    """Codes cannot be held against nothing."""
    refused(codes=BY_CODE + '    known = "no_such_classification"\n')


def test_a_reference_date_that_is_none_is_refused():
    """The date of a count of residents is a date."""
    with pytest.raises(MappingInvalid):
        mapping_from_text(
            "p",
            'title = "P"\n[population]\nsex = "s"\nage = "a"\npeople = "p"\nsource = "c"\n'
            'reference_date = "soon"',
        )


# --- the title --------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('"Budget"', {"en": "Budget", "sr": "Budget", "sr-Latn": "Budget"}),
        (
            '{ en = "Budget", sr = "Буџет" }',
            {"en": "Budget", "sr": "Буџет", "sr-Latn": "Budžet", "lt": "Budget"},
        ),
        ('{ sr = "Буџет" }', {"en": "Буџет", "sr-Latn": "Budžet"}),
    ],
)
def test_a_title_is_read_in_the_language_of_the_reader(title, expected):
    """A title in several languages is shown in the reader's; where that is missing, in English, else any."""
    mapping = mapping_from_entries("small", {**tomllib.loads(f"title = {title}"), **REST})
    assert expected == {code: language(code).say(mapping.title) for code in expected}


@pytest.mark.parametrize("title", [{}, {"en": ""}, {"en": 3}, {"en": " "}])
def test_a_title_that_says_nothing_is_refused(title):
    """A mapping that nobody could name is told at once."""
    with pytest.raises(MappingInvalid, match="title"):
        mapping_from_entries("small", {"title": title, **REST})


def test_every_committed_mapping_has_a_serbian_title():
    """Readers choose among titles: each is written in both languages of the demo."""
    for name in mapping_names():
        assert {"en", "sr"} <= set(mapping_named(name).title.words), name


REST = {
    key: entry for key, entry in mapping_named("demo_expenditure").entries.items() if key != "title"
}
