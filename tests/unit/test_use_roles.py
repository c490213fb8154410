"""Roles in files of use: what the page shows of a mapping, and the mapping after a column was changed."""

import pytest

from budgeting.errors import MappingInvalid
from budgeting.imports.guessing.column_roles import Header
from budgeting.imports.guessing.gaps import gaps
from budgeting.imports.guessing.use_roles import (
    UseColumn,
    UseRole,
    as_budget,
    as_use,
    uses_of,
    with_use,
)
from budgeting.imports.mappings.mapping_file import (
    mapping_from_entries,
    mapping_from_text,
    mapping_named,
    mapping_names,
)
from budgeting.imports.mappings.reapply import Move, moved, renamed
from budgeting.imports.readers import read
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.model import Sex
from budgeting.services.model import FigureKind

HEADER = Header(("What", "Area", "Women", "Men", "Unit", "Year"))
EMPTY = {"title": "Use", "use": {}}
WOMEN = UseColumn(UseRole.FIGURE, sex="female")
MEN = UseColumn(UseRole.FIGURE, sex="male")


def given(entries=EMPTY, **meanings):
    """Return the entries after columns were given meanings, one after the other."""
    for column, meaning in meanings.items():
        said = meaning if isinstance(meaning, UseColumn) else UseColumn(meaning)
        entries = with_use(entries, HEADER, column, said)
    return entries


def test_a_mapping_of_use_is_made_column_by_column():
    """What is counted and a column for each sex are enough."""
    entries = given(What=UseRole.LABEL, Women=WOMEN, Men=MEN)
    assert [] == gaps(entries)
    rule = mapping_from_entries("made", entries).use
    assert (("What",), ["female", "male"]) == (rule.label, [one.sex for one in rule.figures])


def test_what_is_missing_of_use_is_said():
    """Without what is counted or figures, and with two columns of the same, the page says which."""
    assert ["Say which column says what is counted.", "Say which column holds the figures."] == [
        str(words) for words in gaps(EMPTY)
    ]
    same = given(What=UseRole.LABEL, Women=UseRole.FIGURE, Men=UseRole.FIGURE)
    assert ["Two columns hold the same figures"] == [str(one).split(":")[0] for one in gaps(same)]


def test_ages_that_are_none_are_refused():
    """A band that cannot be read would be taken for all ages."""
    entries = given(What=UseRole.LABEL, Women=UseColumn(UseRole.FIGURE, age="old"))
    assert 1 == len(gaps(entries))
    with pytest.raises(MappingInvalid):
        mapping_from_entries("made", entries)


def test_one_column_says_the_unit():
    """Another column that says it takes the place of the first, and of what was stated."""
    stated = {**EMPTY, "use": {"unit_text": "persons"}}
    entries = given(given(stated, Area=UseRole.UNIT), Unit=UseRole.UNIT)
    assert "Unit" == entries["use"]["unit"]
    assert "unit_text" not in entries["use"]
    assert UseRole.UNUSED is uses_of(entries, HEADER)["Area"].role


def test_several_columns_say_what_is_counted():
    """They stand in the order of the file; taken out one by one, none is left."""
    entries = given(Area=UseRole.LABEL, What=UseRole.LABEL)
    assert ["What", "Area"] == entries["use"]["label"]
    entries = given(entries, What=UseRole.UNUSED, Area=UseRole.PLACE)
    assert ("Area", None) == (entries["use"]["place"], entries["use"].get("label"))


@pytest.mark.parametrize("name", [name for name in mapping_names() if mapping_named(name).use])
def test_giving_a_column_what_it_means_changes_nothing(name):
    """Of every mapping that comes with Paritet, each column can be given its meaning again."""
    mapping = mapping_named(name)
    header = Header(mapping.columns)
    before = uses_of(mapping.entries, header)
    for column, meaning in before.items():
        again = uses_of(with_use(mapping.entries, header, column, meaning), header)
        assert before == again


def test_every_meaning_can_be_given_and_is_shown_again():
    """Whatever a column means, the page shows it so."""
    for role in UseRole:
        assert role is uses_of(given(Year=role), HEADER)["Year"].role
    said = UseColumn(UseRole.FIGURE, "other", FigureKind.PLANNED, 2024, "0-9", "minority/roma")
    assert said == uses_of(given(Women=said), HEADER)["Women"]
    why = UseColumn(UseRole.UNUSED, reason="a note")
    assert why == uses_of(given(Area=why), HEADER)["Area"]


def test_rows_of_a_budget_can_be_counts_and_back():
    """A file that was taken for a budget keeps its words and its numbers as figures, and the other way."""
    budget = {
        "title": "A file",
        "fiscal_year_column": "Year",
        "line": {"label": "What", "direction": "expenditure"},
        "amount": [{"column": "Women", "stage": "approved"}, {"column": "Men"}],
    }
    use = as_use(budget)
    meant = {name: one.role for name, one in uses_of(use, HEADER).items()}
    assert UseRole.FIGURE is meant["Women"] is meant["Men"]
    assert (UseRole.LABEL, UseRole.YEAR) == (meant["What"], meant["Year"])
    back = as_budget(use)
    assert ("What", ["Women", "Men"]) == (
        back["line"]["label"],
        [rule["column"] for rule in back["amount"]],
    )


LAST_YEAR = """
title = "Use"
[use]
label = "Service"
[[use.figure]]
column = "Women 2024"
sex = "female"
year = 2024
[[use.figure]]
column = "Men 2024"
sex = "male"
year = 2024
"""


def test_next_years_file_is_read_by_this_years_mapping():
    """Columns with another year are proposed, women for women; confirmed, the year goes with them."""
    mapping = mapping_from_text("last", LAST_YEAR)
    source = SourceFile("use.csv", b"Service,Women 2025,Men 2025\nCare,63,21\nPool,5,7\n")
    changes = moved(mapping, read(source, FileLayout()))
    pairs = {one.old: one.new for one in changes if one.kind is Move.RENAMED}
    assert {"Women 2024": "Women 2025", "Men 2024": "Men 2025"} == pairs
    rule = renamed(mapping, pairs).use
    assert [("Women 2025", 2025, Sex.FEMALE), ("Men 2025", 2025, Sex.MALE)] == [
        (one.column, one.year, one.sex) for one in rule.figures
    ]


def test_women_are_never_taken_for_men():
    """A column of men does not stand for one of women, wherever it stands."""
    mapping = mapping_from_text("last", LAST_YEAR)
    source = SourceFile("use.csv", b"Service,Men 2025,Boys\nCare,63,21\nPool,5,7\n")
    changes = moved(mapping, read(source, FileLayout()))
    assert {"Men 2024": "Men 2025"} == {
        one.old: one.new for one in changes if one.kind is Move.RENAMED
    }
