"""What the guess promises of workbooks: sheets named after places are municipalities, others are not."""

import io
from decimal import Decimal

import pytest
import xlsxwriter
from fixtures.prepared import store_after

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.guessing.choice import guessed
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.imports.verdict import examine
from budgeting.model import Stage

EDITOR = Identity("tester", Role.EDITOR)
HEADER = ("Konto", "Opis", "Plan", "Izvršenje")
LINES = (("411", "Plate", 100.5, 90.25), ("421", "Stalni troškovi", 40.25, 30.5))
SAID = Answers(fiscal_year=2024, country_code="ME", currency_code="EUR")
PLACES = ("Gornji Grad", "Selo", "Brdo")


def workbook(names: tuple[str, ...], headers: tuple[str, ...] = HEADER) -> SourceFile:
    """Return a workbook in which the nth sheet has n times the amounts, and their total."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        for times, name in enumerate(names, 1):
            page = book.add_worksheet(name)
            lines = [(code, words, *(times * one for one in sums)) for code, words, *sums in LINES]
            sums = tuple(sum(column) for column in zip(*(line[2:] for line in lines), strict=True))
            for number, row in enumerate((headers, *lines, ("", "UKUPNO RASHODI", *sums))):
                page.write_row(number, 0, row)
    return SourceFile("budgets.xlsx", memory.getvalue())


def test_sheets_of_places_are_municipalities():
    """Three sheets with the same columns and names of places are three budgets, each with its sum."""
    source = workbook(PLACES)
    found, mapping = guessed(source, Answers())
    assert found.entries["municipality"]["from_sheet"]
    verdict = examine(store_after(), source, mapping, SAID)
    sums = {
        one.municipality.name: one.amount
        for one in verdict.statements
        if one.stage == Stage.APPROVED
    }
    expected = {name: n * Decimal("140.75") for n, name in enumerate(PLACES, 1)}
    assert expected == sums


def test_that_sheets_are_municipalities_is_to_be_checked():
    """It is said first, and as a doubt: nothing in the file proves it."""
    found, _ = guessed(workbook(PLACES), Answers())
    assert "municipality of its name" in str(found.notes[0].message)
    assert found.notes[0].suggestion is not None
    assert {"country", "currency"} <= set(found.asks)
    assert "municipality" not in found.asks


@pytest.mark.parametrize(
    "names",
    [
        PLACES[:2],
        ("Sheet1", "Sheet2", "Sheet3"),
        ("2022", "2023", "2024"),
        ("Rashodi", "Prihodi", "Selo"),
        ("Kultura", "Sport", "Selo"),
        ("Januar", "Februar", "Mart"),
        ("Plan", "Izvršenje", "Rebalans"),
    ],
    ids=" ".join,
)
def test_other_sheets_are_no_municipalities(names):
    """Two sheets, numbers, years, directions, programmes, months and stages are no places."""
    found, _ = guessed(workbook(names), Answers())
    assert "municipality" not in found.entries


def test_a_sheet_that_was_chosen_stands_alone():
    """Who chooses a sheet has said that it is not about all of them."""
    found, _ = guessed(workbook(PLACES), Answers(layout=FileLayout(sheet="Selo")))
    assert "municipality" not in found.entries
