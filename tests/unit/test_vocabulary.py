"""The words of budget files: what is the same word, and what a word says."""

import csv

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.errors import MappingInvalid
from budgeting.imports.words.terms import FOLDER, read_terms, terms
from budgeting.imports.words.vocabulary import (
    direction_of,
    fold,
    folded,
    roles_of,
    stage_of,
    year_in,
)
from budgeting.model import Direction, Sex, Stage

FILES = sorted(path.stem for path in FOLDER.glob("*.csv"))
DIMENSIONS = ("organisation", "programme", "activity", "function", "economic", "fund")
MEANINGS = {
    "columns": {
        *DIMENSIONS, "code", "label", "fiscal_year", "date", "period", "municipality", "currency",
        "unit", "percentage", "per_resident", "row_number", "total", "amount", "sex", "age",
        "people", "gender_category", "direction", "stage", "fund_amount", "kind", "filler",
    },
    "stages": {*Stage, "change", "authorised", "other"},
    "directions": {*Direction},
    "totals": {"total", "elimination", "of_which"},
    "headings": {*DIMENSIONS, "economic_class"} - {"economic"},
    "sexes": {*Sex, "both"},
    "ages": {"and_over", "over", "under", "to", "from", "years"},
    "periods": {*map(str, range(1, 13)), "quarter", "half", "cumulative"},
}  # fmt: skip
# what a municipality with budgets in one of these languages cannot do without
LANGUAGES = ("en", "sr", "mk", "sl", "lt", "sv", "de", "es")


# --- one spelling ---------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "spelling"),
    [
        ("Опис", "opis"),
        ("Oпис", "opis"),  # Latin O
        ("Рacxoди", "rashodi"),  # Latin a, c, x, o
        ("Ukupnо", "ukupno"),  # Cyrillic о
        ("ПРИМАЊА И ЏЕПАРАЦ", "primanja i dzeparac"),
        ("У к у п н о   р а с х о д и :", "ukupno rashodi"),
        ("CRED_INICIAL", "cred inicial"),
        ("DescripcionCentro", "descripcion centro"),
        ("PREV.DEFINITIV", "prev definitiv"),
        ("Plan2021", "plan 2021"),
        ("građani", "gradjani"),
        ("грађани", "gradjani"),
        ("Straße", "strasse"),
        ("Ålesund, Łódź, Sønderborg", "alesund lodz sonderborg"),
        ("Iš viso: ĖŲ", "is viso eu"),
        ("ekono-\nmska", "ekonomska"),
        ("Haupt- und Nebenkosten", "haupt und nebenkosten"),
        ("\ufeffGodi\u00adna\u200b\u00a0 2", "godina 2"),
        ("GmbH", "gmbh"),
        (" – ", ""),
    ],
)
def test_one_word_has_one_spelling(written, spelling):
    """Script, case, accents, spacing and the way compounds are written make no difference."""
    assert spelling == fold(written)


def test_three_letters_in_a_row_are_not_a_spaced_word():
    """Only four single letters or more are one word; "a b c" stays a list."""
    assert ("a b c", "abcd") == (fold("a b c"), fold("a b c d"))


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text()), max_size=20))
def test_a_column_is_folded_like_its_texts(texts):
    """The fast way over a column gives what the single texts give, for every text."""
    expected = [None if text is None else fold(text) for text in texts]
    assert expected == folded(pa.chunked_array([texts], pa.string())).to_pylist()


# --- the files ------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_every_vocabulary_file_can_be_read(name):
    """No shipped file contradicts itself, and each gives terms."""
    assert terms(name)


@pytest.mark.parametrize("name", FILES)
def test_no_row_stands_twice(name):
    """An officer who deletes a row has deleted the term."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        rows = [tuple(row) for row in csv.reader(lines)]
    assert [] == sorted(row for row in set(rows) if rows.count(row) > 1)


@pytest.mark.parametrize("name", MEANINGS)
def test_the_program_knows_every_meaning(name):
    """A misspelt meaning would never be found; a missing one would never be guessed."""
    assert MEANINGS[name] == {term.meaning for term in terms(name)}


@pytest.mark.parametrize("name", ["columns", "stages", "directions", "totals"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_languages_have_every_meaning(name, language):
    """In these languages no column, stage, direction or total is without a word."""
    without = {"filler", "authorised"}
    here = {term.meaning for term in terms(name) if term.language == language}
    assert set() == MEANINGS[name] - here - without


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ("total,en,sum\namount,en,Sum\n", "row 3"),
        ("total,en\n", "row 2"),
        ("total,en,sum\n,en,total\n", "row 3"),
        ("total,en,sum,all\n", "row 2"),
    ],
)
def test_a_broken_vocabulary_is_refused_with_its_row(tmp_path, rows, row):
    """One term with two meanings, or a missing cell, is told with file and row."""
    path = tmp_path / "columns.csv"
    path.write_text("role,language,term\n" + rows, encoding="utf-8")
    with pytest.raises(MappingInvalid) as refused:
        read_terms(path)
    assert row in str(refused.value)
    assert "columns.csv" in str(refused.value)


def test_a_term_can_mean_two_things_in_two_languages(tmp_path):
    """“suma” is an amount here and a total there; both rows are read."""
    path = tmp_path / "columns.csv"
    path.write_text("role,language,term\ntotal,pl,suma\namount,lt,suma\n", encoding="utf-8")
    assert ["total", "amount"] == [term.meaning for term in read_terms(path)]


# --- columns --------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Економ.класификација", "economic_code"),
        ("Ekonomske klasifikacije", "economic_code"),
        ("Oпис", "line_label"),
        ("Descripción del Centro", "organisation_label"),
        ("CodigoPrograma", "programme_code"),
        ("Naziv programske aktivnosti", "activity_label"),
        ("Kontonummer", "economic_code"),
        ("Kontobezeichnung", "economic_label"),
        ("Sachkonto", "economic_code"),
        ("Asignavimų valdytojo pavadinimas", "organisation_label"),
        ("Verksamhetskod", "function_code"),
        ("fund_code", "fund_code"),
        ("Gemeindeschlüssel", "municipality_code"),
        ("Općina", "municipality_name"),
        ("Р. бр.", "row_number"),
        ("ukupan_iznos", "total"),
        ("% izvršenja", "percentage"),
        ("Kronor per invånare", "per_resident"),
        ("Budget year", "fiscal_year"),
        ("Haushaltsjahr", "fiscal_year"),
        ("Belopp (tkr)", "amount"),
        ("2023", "amount"),
        ("Amžiaus grupė", "age"),
        ("Lytis", "sex"),
        ("Gyventojų skaičius", "people"),
        ("Vlastiti prihodi", "fund_amount"),
        ("Grupa prihoda", "economic_label"),
        ("Rashodi po stanovniku", "per_resident"),
        ("Rashod_stanovnik", "per_resident"),
        ("Oddělení / Department", "organisation_code"),
    ],
)
def test_a_header_says_what_its_column_is(header, role):
    """Shortened, inflected, compound or joined: the likeliest role stands first."""
    assert role == roles_of(header)[0][0]


def test_an_exact_term_is_certain_and_a_contained_one_is_not():
    """The whole header scores 1; the same term among other words scores less."""
    assert 1.0 == roles_of("Programme")[0][1]
    assert 1.0 > dict(roles_of("Programme flavour"))["programme_code"] > 0.5


@pytest.mark.parametrize("header", ["Teilfinanzplan", "Planet", "Implant", "zzz", "", "–"])
def test_a_word_inside_another_word_is_not_found(header):
    """“plan” is no stage inside a longer word."""
    assert (None, 0.0) == stage_of(header)


# --- stages and directions ------------------------------------------------


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ("CRED_INICIAL", Stage.APPROVED),
        ("Izvorni plan 2023", Stage.APPROVED),
        ("Усвојени буџет", Stage.APPROVED),
        ("Patvirtinta", Stage.APPROVED),
        ("Ansatz 2024", Stage.APPROVED),
        ("Fastställd budget", Stage.APPROVED),
        ("C_DEFINITIVO", Stage.REVISED),
        ("Rebalans budžeta", Stage.REVISED),
        ("Patikslintas planas", Stage.REVISED),
        ("Revised Estimate 2023-24", Stage.REVISED),
        ("Compromisos", Stage.COMMITTED),
        ("D. RECON.NETOS", Stage.EXECUTED),
        ("OBLIG_REC_NETAS", Stage.EXECUTED),
        ("Извршење", Stage.EXECUTED),
        ("Įvykdymas", Stage.EXECUTED),
        ("Utfall jan-mar 2023", Stage.EXECUTED),
        ("Ergebnis 2021", Stage.EXECUTED),
        ("Projekcija 2026", Stage.FORECAST),
        ("Predlog budžeta", Stage.PROPOSED),
        ("Modificaciones", "change"),
        ("Autorizado", "authorised"),
        ("Pendiente de pago", "other"),
        ("% izvršenja", None),
        ("Budget user", None),
        ("Opis", None),
    ],
)
def test_a_header_says_the_stage_of_its_amounts(header, stage):
    """Stages are found in every first language; a share and a user of the budget have none."""
    assert stage == stage_of(header)[0]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Rashodi i izdaci", Direction.EXPENDITURE),
        ("Presupuesto de gastos 2023", Direction.EXPENDITURE),
        ("ПРИХОДИ", Direction.REVENUE),
        ("Intäkter", Direction.REVENUE),
        ("Prihodi i rashodi", None),
        ("Program", None),
    ],
)
def test_a_text_says_the_direction(text, direction):
    """A text of both directions says neither."""
    assert direction == direction_of(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1989", None),
        ("1990", 1990),
        ("2100", 2100),
        ("2101", None),
        ("2022-2023", 2022),
        ("2022/23", 2022),
        ("1999/00", 1999),
        ("2022-2024", None),
        ("31.12.2023", 2023),
        ("2023-06-15", 2023),
        ("12023", None),
        ("2023,50", None),
        ("Plan2021", 2021),
        ("Plan 2022, izvršenje 2021", None),
    ],
)
def test_a_year_stands_alone_and_a_fiscal_year_is_called_by_its_first(text, year):
    """ "2022-2023" is the fiscal year 2022; where two years are named there is no answer."""
    assert year == year_in(text)


def test_a_word_of_two_languages_counts_half():
    """“Voté” is approved in French, and “vote” an organisation in English: both are said."""
    assert (Stage.APPROVED, 0.5) == stage_of("Voté")
    assert "organisation_code" in dict(roles_of("Voté"))
