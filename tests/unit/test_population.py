"""Population: residents by sex and age are read, checked and replaced by a newer count."""

from datetime import date
from textwrap import dedent

import pytest
from fixtures.mapped_files import MANY, csv, errors, told, workbook
from fixtures.small_budget import ask

from budgeting.errors import ImportRefused, NotAllowed
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_text
from budgeting.imports.population import accept_population, examine_population

TOWN = MunicipalityRule("smallton", "Smallton", "XX", "EUR", is_fictional=True)
MAPPING = """
    title = "People"
    [population]
    sex = "sex"
    age = "age"
    people = "people"
    source = "Census"
"""
NEW_YEAR = date(2024, 1, 1)


def read(store, rows, *, more="", town="", **answers):
    """Return the verdict on a file of residents of one town as of the first of January."""
    file = csv(rows) if isinstance(rows, str) else rows
    mapping = mapping_from_text("people", dedent(MAPPING + more) + dedent(town))
    given = {"municipality": TOWN, "as_of": NEW_YEAR, **answers}
    return examine_population(store, file, mapping, Answers(**given))


def bands(verdict):
    return [
        (row["sex"], row["age_from"], row["age_to"], row["people"])
        for row in verdict.people.to_pylist()
    ]


# --- sexes ----------------------------------------------------------------

SEXES = [
    ("Female", "Male"),
    ("women", "men"),
    ("Žene", "Muškarci"),
    ("жене", "мушкарци"),
    ("Moterys", "Vyrai"),
    ("Kvinnor", "Män"),
    ("Frauen", "Männer"),
    ("Mujeres", "Hombres"),
    ("F", "M"),
    ("Ž", "M"),
    ("K", "M"),
    ("M", "H"),
]


@pytest.mark.parametrize(("her", "him"), SEXES)
def test_sexes_are_known_in_every_language(store, her, him):
    """Words and letters mean what they mean beside each other: M is female beside H."""
    verdict = read(store, f"sex;age;people\n{her};0+;5\n{him};0+;4\n")
    assert verdict.totals == {"female": 5, "male": 4, "total": 9}
    assert verdict.is_acceptable


@pytest.mark.parametrize("word", ["Total", "Ukupno", "Both sexes", "Iš viso", "people", ""])
def test_a_row_that_is_no_sex_is_an_error(store, word):
    """Totals of both sexes would count everybody twice; a word that is unknown is not guessed."""
    verdict = read(store, f"sex;age;people\nF;0+;5\nM;0+;4\n{word};0+;9\n")
    assert [("population", 4, word)] == errors(verdict)
    assert not verdict.is_acceptable
    assert verdict.rows == {"read": 3, "accepted": 2, "skipped": 0, "rejected": 1}


def test_a_letter_alone_is_not_guessed(store):
    """M without another letter is a man in one language and a woman in the next."""
    verdict = read(store, "sex;age;people\nM;0-9;5\nM;10+;4\n")
    assert [row for _, row, _ in errors(verdict)] == [2, 3]


# --- ages -----------------------------------------------------------------

AGES = [
    ("0-9", 0, 9),
    ("0–9 godina", 0, 9),
    ("80+", 80, None),
    ("65 ir vyresni", 65, None),
    ("85 and over", 85, None),
    ("under 5", 0, 4),
    ("over 65", 66, None),
    ("7", 7, 7),
    ("0", 0, 0),
]


@pytest.mark.parametrize(("cell", "first", "last"), AGES)
def test_bands_of_ages_have_two_ends(store, cell, first, last):
    """The words of several languages say where a band begins and whether it is open."""
    verdict = read(store, f"sex;age;people\nfemale;{cell};5\n")
    assert [("female", first, last, 5)] == bands(verdict)


@pytest.mark.parametrize("cell", ["", "all", "Ukupno", "9-0", "200", "old"])
def test_a_cell_that_is_no_band_is_an_error(store, cell):
    """A total of all ages would count everybody twice."""
    verdict = read(store, f"sex;age;people\nfemale;0-9;5\nfemale;{cell};6\n")
    assert [("population", 3, cell)] == errors(verdict)


@pytest.mark.parametrize("again", ["5", "6"])
def test_a_band_that_stands_twice_is_an_error(store, again):
    """Which of two counts holds is not for the program to say, not even where they are equal."""
    verdict = read(store, f"sex;age;people\nfemale;0-9;5\nfemale;0-9;{again}\n")
    assert errors(verdict) == [("population", None, "0")]
    assert not verdict.is_acceptable


# --- people ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "people"), [("0", 0), ("1234", 1234), ("1.234", 1234), ("1 234", 1234)]
)
def test_people_are_whole(store, cell, people):
    """A mark before three digits groups them: there are no thousandths of a person."""
    verdict = read(store, f"sex;age;people\nfemale;0-9;{cell}\n")
    assert [("female", 0, 9, people)] == bands(verdict)


@pytest.mark.parametrize("cell", ["1.5", "-3", "many", "5%"])
def test_what_is_no_number_of_people_is_an_error(store, cell):
    """Parts of people, fewer than none, and words are told with their row."""
    verdict = read(store, f"sex;age;people\nfemale;0-9;5\nmale;0-9;{cell}\n")
    assert [("population", 3, cell)] == errors(verdict)
    assert not verdict.is_acceptable


def test_numbers_of_a_workbook_are_people(store):
    """A cell that is a number there needs no marks."""
    rows = [("sex", "age", "people"), ("female", "0-9", 1234), ("male", "0-9", 5)]
    assert read(store, workbook({"x": rows})).totals == {"female": 1234, "male": 5, "total": 1239}


# --- when and whose -------------------------------------------------------

FILE = "sex;age;people\nfemale;0-9;5\nmale;0-9;4\n"


def test_a_missing_date_is_asked_for(store):
    """Neither file nor mapping says it: an error asks, and an answer is enough."""
    assert errors(read(store, FILE, as_of=None)) == [("reference-date", None, None)]
    assert read(store, FILE).is_acceptable


def test_the_date_of_the_mapping_holds(store):
    """Where the mapping says it, nobody is asked."""
    verdict = read(store, FILE, more='    reference_date = "2023-07-01"\n', as_of=None)
    assert verdict.is_acceptable
    assert {date(2023, 7, 1)} == set(verdict.people["reference_date"].to_pylist())


def test_a_missing_municipality_is_asked_for(store):
    """Residents of nobody are not stored."""
    verdict = read(store, FILE, municipality=None)
    assert errors(verdict) == [("municipality", None, None)]
    assert not verdict.is_acceptable


def test_residents_of_many_municipalities_are_told_apart(store):
    """The same band in two towns is no band that stands twice."""
    rows = "town;sex;age;people\nA;female;0-9;5\nB;female;0-9;70\n"
    verdict = read(store, rows, town=MANY, municipality=None)
    assert [(row["municipality_code"], row["people"]) for row in verdict.people.to_pylist()] == [
        ("a", 5),
        ("b", 70),
    ]
    assert verdict.is_acceptable


def test_a_missing_column_is_told(store):
    """It is named, and all rows are rejected."""
    verdict = read(store, "gender;age;people\nfemale;0-9;5\n")
    assert [found.column for found in told(verdict, "missing-column")] == ["sex"]
    assert verdict.rows == {"read": 1, "accepted": 0, "skipped": 0, "rejected": 1}


def test_an_empty_row_is_skipped(store):
    """It is read and counted, and no error."""
    verdict = read(store, FILE + ";;\n")
    assert verdict.rows == {"read": 3, "accepted": 2, "skipped": 1, "rejected": 0}


# --- storing --------------------------------------------------------------


def stored(store):
    rows = ask(
        store,
        "select reference_date, sex, age_from, people from core.populations order by all",
    )
    return [(str(row["reference_date"]), row["sex"], row["people"]) for row in rows]


def test_residents_are_stored(store, editor):
    """As many rows as the file has bands, with date and sex."""
    assert accept_population(store, read(store, FILE), editor) == 2
    assert stored(store) == [("2024-01-01", "female", 5), ("2024-01-01", "male", 4)]


def test_a_newer_count_of_the_same_date_replaces_the_older(store, editor):
    """Corrected, the count is what the file says now, bands that are gone included."""
    accept_population(store, read(store, FILE), editor)
    accept_population(store, read(store, "sex;age;people\nfemale;0-9;6\n"), editor)
    assert stored(store) == [("2024-01-01", "female", 6)]


def test_a_count_of_another_date_stands_beside_it(store, editor):
    """Last year's residents are not forgotten."""
    accept_population(store, read(store, FILE), editor)
    accept_population(store, read(store, FILE, as_of=date(2025, 1, 1)), editor)
    assert len(stored(store)) == 4


def test_a_count_with_errors_is_not_stored(store, editor):
    """Nothing of it, and what was there stays."""
    accept_population(store, read(store, FILE), editor)
    with pytest.raises(ImportRefused):
        accept_population(store, read(store, FILE.replace("4", "4.5")), editor)
    assert stored(store) == [("2024-01-01", "female", 5), ("2024-01-01", "male", 4)]


def test_a_viewer_may_not_store_residents(store, viewer):
    """Importing is for editors."""
    with pytest.raises(NotAllowed):
        accept_population(store, read(store, FILE), viewer)
    assert stored(store) == []


@pytest.mark.parametrize("band", ["5-14", "0-17", "0-4"])
def test_bands_that_overlap_are_an_error(store, band):
    """A child of seven would be counted in both."""
    verdict = read(store, f"sex;age;people\nfemale;0-9;5\nfemale;{band};6\n")
    assert not verdict.is_acceptable
