"""Shapes of files of use: a column for each sex, the template, and what is guessed."""

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows
from fixtures.use_files import checks, counts, file_of

from budgeting.access import Identity
from budgeting.imports.answers import Answers
from budgeting.imports.guessing.choice import fitting_mappings, guessed
from budgeting.imports.mappings.mapping_file import mapping_from_text, mapping_named
from budgeting.imports.mappings.templates import template
from budgeting.imports.source import SourceFile
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import examine_use
from budgeting.services.model import Grade, Unit
from budgeting.store import Store
from budgeting.translations import language


@pytest.fixture
def town(prepared, editor: Identity) -> Store:
    return prepared(accept_rows, editor, SCHOOLS)


def test_a_wide_file_has_a_column_for_each_sex(town, editor):
    """Women and men stand side by side; the year and the unit are asked for."""
    wide = mapping_from_text(
        "wide",
        """
title = "Use, wide"
[municipality]
code = "smallton"
name = "Smallton"
country_code = "XX"
currency_code = "EUR"
[use]
label = "Service"
[[use.figure]]
column = "Women"
sex = "female"
[[use.figure]]
column = "Men"
sex = "male"
""",
    )
    file = file_of("Home care;63;21", "Library;;9", "Pool;;", header="Service;Women;Men")
    asked = examine_use(town, file, wide, Answers())
    assert {"fiscal-year", "unit", "data-grade"} == set(checks(asked))
    said = Answers(fiscal_year=2024, unit=Unit.PERSONS, grade=Grade.A)
    verdict = examine_use(town, file, wide, said)
    assert (3, 2, 1, 0) == counts(verdict)
    accept_use(town, verdict, editor)
    assert 3 == len(town.query("indicators", municipality_code="smallton")) + 1


# --- the template ---------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
def test_the_example_of_the_template_is_read_in_every_language(town, code):
    """Filled in as the example shows, it comes in; only the municipality is asked for."""
    file = SourceFile("example.xlsx", template("use", language(code), is_filled=True))
    asked = Answers(municipality_code="smallton")
    verdict = examine_use(town, file, mapping_named("template_use"), asked)
    assert ((3, 3, 0, 0), True) == (counts(verdict), verdict.is_acceptable)
    assert [("female", 212), ("male", 71), ("female", 25440)] == [
        (one.sex, one.figure) for one in verdict.figures
    ]


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
@pytest.mark.parametrize("kind", ["use", "population"])
def test_a_filled_in_template_is_recognised(code, kind):
    """Its mapping is the only one that fits: nobody has to choose it."""
    file = SourceFile("example.xlsx", template(kind, language(code), is_filled=True))
    assert [f"template_{kind}"] == [one.name for one in fitting_mappings(file, Answers())]


def test_a_template_of_expenditure_is_not_taken_for_one_of_revenue():
    """Both have the same columns: which of the two it is, is asked and not guessed."""
    file = SourceFile("example.xlsx", template("revenue", language("en"), is_filled=True))
    assert () == fitting_mappings(file, Answers())


# --- guessed --------------------------------------------------------------


def guessed_of(words: str):
    file = SourceFile("unknown.csv", words.encode())
    found, mapping = guessed(file, Answers())
    return file, found, mapping


def test_a_column_for_each_sex_is_guessed(town, editor):
    """Women, men and their total stand side by side; what the file does not say is asked."""
    file, found, mapping = guessed_of(
        "Service;Year;Women;Men;Total\nHome care;2024;63;21;84\nLibrary;2024;230;118;348\n"
    )
    assert ("municipality", "unit", "data-grade") == found.asks
    said = Answers(municipality_code="smallton", unit=Unit.PERSONS, grade=Grade.B)
    verdict = examine_use(town, file, mapping, said)
    assert ((2, 2, 0, 0), []) == (counts(verdict), checks(verdict))
    assert {"female", "male"} == {one.sex for one in verdict.figures}
    assert {2024} == {one.fiscal_year for one in verdict.figures}


def test_a_row_for_each_sex_is_guessed_by_its_units(town):
    """Beside a column of units a column of sexes says who is counted."""
    file, found, mapping = guessed_of(
        "What;Year;Unit;Sex;Number;Grade\nUsers of care;2024;persons;women;63;A\n"
        "Users of care;2024;persons;men;21;A\nHours of care;2024;hours;women;2540;B\n"
    )
    assert ("municipality",) == found.asks
    said = Answers(municipality_code="smallton")
    verdict = examine_use(town, file, mapping, said)
    assert ((3, 3, 0, 0), True) == (counts(verdict), verdict.is_acceptable)


def test_planned_and_counted_are_told_apart_by_the_headers():
    """“planned women” is of another kind than “actual women”."""
    _, _, mapping = guessed_of(
        "Service;planned_women;planned_men;actual_women;actual_men\nCare;60;20;63;21\nPool;1;2;3;4\n"
    )
    assert [
        ("planned", "female"),
        ("planned", "male"),
        ("actual", "female"),
        ("actual", "male"),
    ] == [(one.kind, one.sex) for one in mapping.use.figures]


@pytest.mark.parametrize(
    "words",
    [
        "Code;Name;Approved;Executed\n411;Pay;100.00;50.00\n421;Energy;20.00;10.00\n",
        "Sex;Age;Residents\nF;0-9;100\nM;0-9;110\nF;10+;900\nM;10+;800\n",
    ],
)
def test_budgets_and_residents_are_not_taken_for_use(words):
    """Money without sexes, and residents without units, are what they were."""
    _, found, _ = guessed_of(words)
    assert "use" not in found.entries
