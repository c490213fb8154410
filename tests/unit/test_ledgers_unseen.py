"""What the guess promises of ten more countries: their totals, and no word taken for more than it says."""

import pytest
from fixtures.ledgers_unseen_too import UNSEEN
from fixtures.reading_guesses import answered, statements_of

from budgeting.imports.guessing.guess import guess
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.words.vocabulary import directions_of_letters
from budgeting.model import Direction


def table_of(written: str) -> SourceTable:
    return read(SourceFile("any.csv", written.encode()))


@pytest.mark.parametrize("make", UNSEEN, ids=lambda make: make.__name__)
def test_an_unseen_ledger_gives_what_its_lines_add_up_to(make):
    """With its questions answered and nothing corrected, a foreign ledger gives its own sums."""
    ledger = make()
    table = read(SourceFile(ledger.name, ledger.content))
    found = guess(table)
    meaning = answered(table, found, ledger.year, ledger.stage, ledger.direction)
    assert ledger.totals == statements_of(meaning)


UNKNOWN = "Xaba,Xotun,Xapla,Xareal,Xadiff\n" + "".join(
    f"{n}01,Xol {n},{1000 + n}.50,{900 + 40 * n}.50,{39 * n - 100}.00\n" for n in range(9)
)


def test_the_difference_of_columns_without_words_is_no_change_of_a_budget():
    """Planned, spent and the rest look like approved, changed and revised: the stage is asked."""
    found = guess(table_of(UNKNOWN))
    assert {"Xapla"} == {amount["column"] for amount in found.entries["amount"]}
    assert "stage" not in found.entries["amount"][0]
    assert {"stage", "amounts", "direction"} <= set(found.asks)
    assert (
        "the difference of two other columns: it follows from them"
        == (found.entries["ignored"]["Xadiff"])
    )


def test_one_short_word_does_not_say_the_direction():
    """“dan” is a tax in one language and “and” in another: it takes a second word, or a longer one."""
    one = "Code,Name,Approved 2024\n401,Xol dan,12.50\n402,Xel dan,13.75\n403,Xal,14.25\n"
    assert "direction" in guess(table_of(one)).asks
    two = one.replace("Xel dan", "Xel poplatky")
    assert "revenue" == guess(table_of(two)).entries["line"]["direction"]


def test_numbers_of_one_length_before_their_names_are_codes():
    """A column called account that holds eight digits and stands before words is no money."""
    rows = "".join(f"6{n}000000,Xol {n},{1000 * n}.50\n" for n in range(1, 9))
    found = guess(table_of(f"Rekening,Omschrijving,Begroting 2024\n{rows}"))
    assert ["Begroting 2024"] == [amount["column"] for amount in found.entries["amount"]]


@pytest.mark.parametrize(
    ("letters", "income"),
    [("EA", "E"), ("IG", "I"), ("ES", "E"), ("LB", "B"), ("XY", ""), ("ER", "")],
)
def test_letters_say_the_direction_where_languages_agree(letters, income):
    """E and A are Einnahmen and Ausgaben; where languages contradict each other nothing is said."""
    ways = directions_of_letters(letters)
    assert income == "".join(one for one, way in ways.items() if way is Direction.REVENUE)


@pytest.mark.parametrize(
    ("words", "is_told"),
    [
        ("2023 (M$)", True),
        ("2023 (mil. Kč)", True),
        ("2023", False),
        ("2023 (en miles de pesos)", False),
    ],
)
def test_a_unit_that_means_two_things_is_told(words, is_told):
    """“M$” is thousands in one country and millions in another: nothing is multiplied, and it is said."""
    rows = "".join(f"{n}01,Wages of {n},{1000 * n}.50\n" for n in range(1, 9))
    found = guess(table_of(f"Budget {words},,\nCode,Name,Approved\n{rows}"))
    told = [str(note.message) for note in found.notes if "may say a unit" in str(note.message)]
    assert is_told == bool(told)
    if is_told:
        assert "factor" not in found.entries["amount"][0]
