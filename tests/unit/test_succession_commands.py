"""Lines that continue others, on the command line: listed, confirmed, taken back."""

import pytest
from click.testing import CliRunner
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of
from fixtures.small_budget import ask
from fixtures.went_on import code_of

from budgeting.__main__ import main
from budgeting.commands import perform
from budgeting.imports.stored.acceptance import accept

CALLER = {"user": "clara", "language": "en"}
PLACE = {"municipality": "smallton", "year": 2025}
MOVED = ("1/13", "612", "Care of children", "500.00")
PARK = ("3/31", "911", "Park", "7.00")


def build_two_years(store, editor):
    """2024: schools, care, roads. 2025: schools, care under another code, a park."""
    accept(store, file_of(batch(*ROWS)), editor)
    accept(store, file_of(batch(SCHOOLS, MOVED, PARK, year=2025)), editor)


@pytest.fixture
def two_years(prepared, editor):
    return prepared(build_two_years, editor)


def said(store, **stated):
    outcome = perform(store, "successors", {**CALLER, **PLACE, **stated})
    return outcome.exit_code, outcome.output.decode() + outcome.error


def links(store):
    rows = ask(store, "select change, amount_share::varchar as share from mart.line_successors")
    return sorted((row["change"], row["share"]) for row in rows)


def test_the_list_names_what_is_proposed_with_the_codes_that_options_take(two_years):
    """Nothing is confirmed by looking."""
    code, words = said(two_years)
    assert 0 == code
    assert f"({code_of(CARE)}) → “Care of children” ({code_of(MOVED)}), moved" in words
    assert [] == links(two_years)


def test_what_is_proposed_is_confirmed_at_once_and_taken_back(two_years):
    """The list then shows it with its number and who confirmed it."""
    assert (0, "1 succession was confirmed.\n") == said(two_years, proposed=True, reason="seen")
    assert [("moved", "1.000000")] == links(two_years)
    assert "Confirmed 1: “Care of children”" in said(two_years)[1]
    assert "clara" in said(two_years)[1]
    assert (1, "No line is proposed; nothing was confirmed.") == said(two_years, proposed=True)
    assert (0, "1 succession was taken back.\n") == said(two_years, withdraw=[1])
    assert [] == links(two_years)


def test_parts_are_named_by_repeating_the_option(two_years):
    """A split has one earlier line, a merger one later one."""
    parts = [(code_of(CARE), code_of(MOVED), "0.6"), (code_of(CARE), code_of(PARK), "0.4")]
    assert 0 == said(two_years, split=parts)[0]
    assert [("split", "0.400000"), ("split", "0.600000")] == links(two_years)
    assert "40.0% of it" in said(two_years)[1]
    said(two_years, withdraw=[1])
    merged = [(code_of(row), code_of(PARK)) for row in (CARE, ROADS)]
    assert 0 == said(two_years, merged=merged, renamed=[])[0]
    assert [("merged", "1.000000")] * 2 == links(two_years)


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"renamed": [("a", "b")]}, "in no budget before 2025"),
        ({"split": [("a", "b", "half")]}, "“half” is no part of a line"),
        ({"withdraw": [7]}, "taken back already"),
        ({"merged": [("a", "b")]}, "Two or more lines are merged"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(two_years, stated, words):
    """Exit code 1, and nothing is written."""
    code, told = said(two_years, **stated)
    assert 1 == code
    assert words in told
    assert [] == links(two_years)


def test_the_options_of_the_command_line(tmp_path):
    """Two codes an option; confirming and taking back are two calls; a database must be there."""
    database = tmp_path / "none.duckdb"
    place = ["successors", "--municipality", "x", "--year", "2025", "--database", str(database)]
    run = CliRunner().invoke
    assert 2 == run(main, [*place, "--renamed", "a"]).exit_code
    assert 2 == run(main, [*place, "--withdraw", "1", "--proposed"]).exit_code
    assert 1 == run(main, place).exit_code
    assert not database.exists()
