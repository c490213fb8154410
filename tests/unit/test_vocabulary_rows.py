"""The vocabulary: words of rows, of people and of measures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.words.terms import terms
from budgeting.imports.words.vocabulary import (
    age_band,
    currency_in,
    direction_of,
    elimination_words,
    fold,
    heading_of,
    months_in,
    of_which_words,
    roles_of,
    sex_of,
    stage_of,
    total_words,
    unit_factor_in,
    year_in,
)
from budgeting.model import Sex

# --- rows -----------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    ["УКУПНО:", "У к у п н о", "I. Ukupni prihodi", "Rashodi ukupno", "Iš viso", "Summe der Erträge",
     "Totalt", "TOTAL CAPÍTULO 1", "Skupaj", "Razem 2023"],
)  # fmt: skip
def test_a_total_is_found(label):
    """A total begins or ends with a word of a total, in any script."""
    assert total_words().search(fold(label))


@pytest.mark.parametrize("label", ["Gesamtschule", "Totalitarizam", "Nabavka opreme", "2023", ""])
def test_what_only_resembles_a_total_is_none(label):
    """A comprehensive school is not a total."""
    assert not total_words().search(fold(label))


def test_eliminations_and_parts_are_found():
    """Consolidation, and rows that are part of the row above, have words of their own."""
    assert elimination_words().search(fold("Interne Verrechnungen"))
    assert of_which_words().search(fold("Од тога: плате"))
    assert not of_which_words().search(fold("Plate od toga"))


@pytest.mark.parametrize(
    ("label", "heading"),
    [
        ("Програм 15: Опште услуге", ("programme", "15", "Опште услуге")),
        ("Р А З Д Е О 2", ("organisation", "2", "")),
        ("Programska aktivnost 0602-0001 Rad", ("activity", "0602-0001", "Rad")),
        ("Einzelplan 05", ("organisation", "05", "")),
        ("01 programa. Savivaldybė", ("programme", "01", "Savivaldybė")),
        ("4.01 Odjeljenje za finansije", ("organisation", "4.01", "Odjeljenje za finansije")),
        ("Odjeljenje za finansije", ("organisation", "", "Odjeljenje za finansije")),
        ("Program javnih radova", None),
        ("Plate i dodaci", None),
        ("411 Plate", None),
    ],
)
def test_a_heading_gives_dimension_code_and_words(label, heading):
    """A word such as “program” heads rows only with a code or a colon."""
    assert heading == heading_of(label)


# --- people ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "among", "sex"),
    [
        ("Žene", (), Sex.FEMALE),
        ("Мушкарци", (), Sex.MALE),
        ("Moterų skaičius", (), Sex.FEMALE),
        ("Men", (), Sex.MALE),
        ("Women and men", (), "both"),
        ("nepoznato", (), Sex.UNKNOWN),
        ("M", (), None),
        ("M", ("M", "F"), Sex.MALE),
        ("M", ("M", "K"), Sex.MALE),
        ("M", ("M", "Ž"), Sex.MALE),
        ("M", ("M", "V"), None),  # Lithuanian moterys or Dutch mannen
        ("M", ("M", "H"), Sex.FEMALE),
        ("K", ("M", "K"), Sex.FEMALE),
        ("Program", (), None),
    ],
)
def test_a_letter_is_a_sex_only_beside_its_other(cell, among, sex):
    """ "M" is a man, a moteris or a mujer; where the column does not decide, nobody guesses."""
    assert sex == sex_of(cell, among)


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("0-9", (0, 9)),
        ("0–14 godina", (0, 14)),
        ("80+", (80, None)),
        ("65 ir vyresni", (65, None)),
        ("85 år och äldre", (85, None)),
        ("over 65", (66, None)),
        ("<1", (0, 0)),
        ("under 5", (0, 4)),
        ("de 15 a 19 años", (15, 19)),
        ("between 15 and 19", (15, 19)),
        ("7", (7, 7)),
        ("130", (130, 130)),
        ("131", None),
        ("9-0", None),
        ("3 bis unter 6", None),
        ("Ukupno", None),
        ("", None),
    ],
)
def test_an_age_band_has_two_ends(cell, band):
    """Bands are inclusive, an open one has no end, and what is no band is none."""
    assert band == age_band(cell)


# --- measures -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "factor", "currency"),
    [
        ("u hiljadama KM", 1000, "BAM"),
        ("T€", 1000, "EUR"),
        ("USD '000", 1000, "USD"),
        ("(000 RSD)", 1000, "RSD"),
        ("1.000.000 RSD", None, "RSD"),
        ("Mio. €", 1_000_000, "EUR"),
        ("mil.", None, None),
        ("mil. KM", 1_000_000, "BAM"),
        ("Rs in crore", 10_000_000, None),
        ("tūkst. Eur", 1000, "EUR"),
        ("tkr", 1000, None),  # Swedish or Norwegian
        ("12 km", None, None),
        ("EUR / USD", None, None),
        ("Opis", None, None),
    ],
)
def test_a_text_says_unit_and_currency(text, factor, currency):
    """What can be two units or two currencies is neither."""
    assert (factor, currency) == (unit_factor_in(text), currency_in(text))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Q1", (1, 3)),
        ("4. kvartal", (10, 12)),
        ("5. kvartal", None),
        ("I-VI 2023", (1, 6)),
        ("VI-I", None),
        ("Utfall jan-mar", (1, 3)),
        ("mart", (3, 3)),
        ("kumulativno mart", (1, 3)),
        ("Halbjahr 2", (7, 12)),
        ("Program", None),
    ],
)
def test_a_text_says_its_months(text, months):
    """Months, quarters and halves; a cumulative one begins in January."""
    assert months == months_in(text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(sorted({t.term for n in ("columns", "stages") for t in terms(n)})),
        max_size=4,
    )
)
def test_no_score_is_above_one(words):
    """However many terms a header has, its scores stay comparable: more than 0, at most 1."""
    header = " ".join(words)
    scores = [score for _, score in roles_of(header)] + [stage_of(header)[1]]
    assert [] == [score for score in scores if not 0 <= score <= 1]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    """Whatever stands in a cell, each question has an answer or None."""
    answers = (roles_of, stage_of, year_in, direction_of, heading_of, sex_of, age_band, months_in)
    for answer in (*answers, unit_factor_in, currency_in):
        answer(text)
