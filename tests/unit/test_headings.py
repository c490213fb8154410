"""Headings: rows without money say whose the rows below them are."""

import pytest
from fixtures.mapped_files import (
    APPROVED,
    BY_CODE,
    STRUCTURE,
    cells,
    examined,
    mapping_of,
    total,
)

OFFICES = """
    [[classification]]
    dimension = "organisation"
    levels = [{ heading = '^Office (?P<code>\\d+)[ :]*(?P<label>.*)$' }]
"""
PROGRAMMES = """
    [[classification]]
    dimension = "programme"
    levels = [
        { heading = '^Programme (?P<code>\\d+)[ :]*(?P<label>.*)$' },
        { heading = '^Activity (?P<code>[\\d/-]+)[ :]*(?P<label>.*)$' },
    ]
"""


def headed(*blocks, codes=OFFICES + PROGRAMMES + BY_CODE):
    return mapping_of(APPROVED, *(blocks or (STRUCTURE,)), codes=codes)


def read(store, rows, mapping=None):
    return examined(store, "code;label;approved\n" + rows, mapping or headed())


def test_a_heading_holds_for_the_rows_below_it(store):
    """Every row belongs to the last heading above it; a row above the first to none."""
    rows = """0;x;1
;Office 1: Education;
1;a;20
2;b;300
;Office 2: Works;
1;a;4000
"""
    verdict = read(store, rows)
    assert ["", "1", "1", "2"] == cells(verdict, "organisation")
    assert "4321.00" == total(verdict)
    assert {("1", "Education"), ("2", "Works")} == {
        (member.code, member.label)
        for member in verdict.batches[0].members
        if member.dimension == "organisation"
    }


def test_a_lower_heading_stands_under_the_upper_one(store):
    """An activity is a member of its programme, and its path says so."""
    rows = ";Programme 5: Care;\n1;a;5\n;Activity 5-1: Nursery;\n1;a;6\n"
    verdict = read(store, rows)
    assert ["5", "5/5-1"] == cells(verdict, "programme")
    assert [("5", "", "Care"), ("5/5-1", "5", "Nursery")] == [
        (member.path_code, member.parent_path_code, member.label)
        for member in verdict.batches[0].members
        if member.dimension == "programme"
    ]


def test_an_upper_heading_ends_the_lower_one(store):
    """The rows of a new programme do not go on with the activity of the one before."""
    rows = ";Programme 5;\n;Activity 5-1;\n1;a;5\n;Programme 6;\n1;a;6\n;Activity 6-1;\n1;a;7\n"
    assert ["5/5-1", "6", "6/6-1"] == cells(read(store, rows), "programme")


def test_a_heading_of_the_same_level_takes_the_place(store):
    """The second activity of a programme follows on the first, under the same programme."""
    rows = ";Programme 5;\n;Activity 1;\n1;a;5\n;Activity 2;\n1;a;6\n"
    assert ["5/1", "5/2"] == cells(read(store, rows), "programme")


def test_a_new_organisation_ends_the_old_programme(store):
    """What a later dimension had is over; what an earlier one had goes on."""
    rows = ";Office 1;\n;Programme 5;\n1;a;5\n;Office 2;\n1;a;6\n;Programme 7;\n1;a;7\n"
    verdict = read(store, rows)
    assert ["1", "2", "2"] == cells(verdict, "organisation")
    assert ["5", "", "7"] == cells(verdict, "programme")


def test_a_new_programme_does_not_end_the_organisation(store):
    """Several programmes of one office are all of that office."""
    rows = ";Office 1;\n;Programme 5;\n1;a;5\n;Programme 6;\n1;a;6\n"
    assert ["1", "1"] == cells(read(store, rows), "organisation")


def test_the_order_of_the_mapping_says_what_ends_what(store):
    """With the programme first, a new programme ends the organisation, and not the other way."""
    rows = ";Programme 5;\n;Office 1;\n1;a;5\n;Office 2;\n2;b;6\n;Programme 6;\n1;a;7\n"
    verdict = read(store, rows, headed(codes=PROGRAMMES + OFFICES + BY_CODE))
    assert ["5", "5", "6"] == cells(verdict, "programme")
    assert ["1", "2", ""] == cells(verdict, "organisation")


def test_words_that_are_no_heading_change_nothing(store):
    """A row of words that no pattern knows leaves organisation and programme as they were."""
    rows = ";Office 1;\n;Programme 5;\n1;a;5\n;Current expenditure;\n2;b;6\n"
    verdict = read(store, rows)
    assert [("1", "5"), ("1", "5")] == list(
        zip(cells(verdict, "organisation"), cells(verdict, "programme"), strict=True)
    )


def test_a_line_is_no_heading_whatever_it_is_called(store):
    """A row with money is a line, even if its words would head others."""
    rows = ";Office 1;\n1;a;5\n2;Office 2;6\n3;c;7\n"
    verdict = read(store, rows)
    assert ["1", "1", "1"] == cells(verdict, "organisation")
    assert "18.00" == total(verdict)


def test_a_heading_is_skipped_and_counted(store):
    """It is read, not accepted, and its reason is told with the fates."""
    verdict = read(store, ";Office 1;\n1;a;5\n;Office 2;\n1;a;6\n")
    assert {"read": 4, "accepted": 2, "skipped": 2, "rejected": 0} == verdict.rows
    assert {"a budget line": 2, "a heading": 2} == {
        str(reason): count for reason, count, _ in verdict.fates
    }


def test_the_same_words_twice_are_one_member(store):
    """An office whose rows stand in two places is one office."""
    verdict = read(store, ";Office 1;\n1;a;5\n;Office 2;\n1;a;6\n;Office 1;\n2;b;7\n")
    assert ["1", "2", "1"] == cells(verdict, "organisation")
    assert ["1", "2"] == sorted(
        m.code for m in verdict.batches[0].members if m.dimension == "organisation"
    )


def test_a_heading_without_a_code_is_its_words(store):
    """Where the pattern names no code, the words tell the organisations apart."""
    words = OFFICES.replace("Office (?P<code>\\d+)[ :]*(?P<label>.*)$", "Office")
    rows = ";Office of schools:;\n1;a;5\n;Office of works;\n1;a;6\n"
    verdict = read(store, rows, headed(codes=words + BY_CODE))
    assert ["Office of schools", "Office of works"] == cells(verdict, "organisation")


def test_a_slash_in_a_code_makes_no_level(store):
    """Activity 1/2 is one code, not activity 2 of programme 1."""
    verdict = read(store, ";Programme 5;\n;Activity 1/2;\n1;a;5\n")
    assert ["5/1%2F2"] == cells(verdict, "programme")
    assert ["1/2"] == [member.code for member in verdict.batches[0].members if member.depth == 2]


@pytest.mark.parametrize("first", [";Office 1;\n", ""])
def test_a_rule_makes_rows_headings(store, first):
    """Without a structure, a [[row]] says which rows head the others."""
    rule = """
        [[row]]
        kind = "heading"
        where = { code = '^$', label = '^Office' }
    """
    verdict = read(store, f"{first}1;a;5\n;Office 2;\n2;b;6\n", headed(rule))
    assert ["1" if first else "", "2"] == cells(verdict, "organisation")
