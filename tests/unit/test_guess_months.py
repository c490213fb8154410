"""Columns of months and quarters: what the guess makes of them, by their figures."""

import pytest

from budgeting.imports.guessing.guess import guess
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile

ITEMS = ("Wages", "Fuel", "Rent", "Books", "Paint")
SINGLE = ([5, 7, 3], [4, 4, 9], [8, 1, 2], [6, 6, 5], [9, 2, 7])
TO_DATE = tuple([a, a + b, a + b + c] for a, b, c in SINGLE)
MONTHS = ("January", "February", "March")


def guessed(
    rows, *, names=MONTHS, last=None, stage="Executed", total="Total executed", items=ITEMS
):
    """Guess a table of these rows; `last` is what the column of the whole year has of a row."""
    header = ["Code", "Label", *(f"{stage} {name} 2023" for name in names)]
    lines = []
    for place, (item, row) in enumerate(zip(items, rows, strict=False), start=1):
        cells = [f"{place}1", item, *(f"{number}000.50" for number in row)]
        lines.append([*cells, f"{last(row)}"] if last else cells)
    table = [header + ([f"{total} 2023"] if last else []), *lines]
    written = "\n".join(",".join(row) for row in table)
    return guess(read(SourceFile("any.csv", written.encode())))


def year(row):
    return f"{sum(row)}00{len(row) * 50 // 100}.{len(row) * 50 % 100:02d}"


def columns_of(found):
    """Return the amounts' columns with date and months."""
    return [(a["column"], a.get("as_of"), a.get("months")) for a in found.entries["amount"]]


JANUARY_TO_MARCH = [
    (f"Executed {month} 2023", f"{{fiscal_year}}-0{place}", 1)
    for place, month in enumerate(MONTHS, start=1)
]


def test_months_that_the_year_is_the_sum_of_are_single():
    """The printed year is re-added, the months are added up to date, and nothing is asked."""
    found = guessed(SINGLE, last=year)
    assert JANUARY_TO_MARCH == columns_of(found)
    names = [name for name, _, _ in JANUARY_TO_MARCH]
    assert [{"column": "Total executed 2023", "of": names}] == found.entries["sum"]
    assert "amounts" not in found.asks


def test_months_that_end_at_the_year_and_only_grow_are_to_date():
    """The last month says the same as the year, which is left out."""
    found = guessed(TO_DATE, last=lambda row: f"{row[-1]}000.50")
    assert [(n, d, None) for n, d, _ in JANUARY_TO_MARCH] == columns_of(found)
    assert ["Total executed 2023"] == list(found.entries["ignored"])
    assert "amounts" not in found.asks


@pytest.mark.parametrize(("rows", "months"), [(SINGLE, 1), (TO_DATE, None)])
def test_without_a_printed_year_the_figures_tell(rows, months):
    """Single months fall now and then; amounts to date never do."""
    found = guessed(rows)
    assert [(n, d, months) for n, d, _ in JANUARY_TO_MARCH] == columns_of(found)
    assert "amounts" not in found.asks


def test_quarters_are_told_apart_as_months_are():
    """Three months each, added up."""
    found = guessed(SINGLE, names=("Q1", "Q2", "Q3"), last=year)
    assert [3, 3, 3] == [a["months"] for a in found.entries["amount"]]
    assert ["03", "06", "09"] == [a["as_of"][-2:] for a in found.entries["amount"]]


@pytest.mark.parametrize(
    "rows",
    [
        [[5, 5, 5]] * 5,
        [[5, 6, 7]] * 5,
        TO_DATE[:2],
        [[0, 0, 5]] * 5,
    ],
    ids=["the same each month", "slowly growing", "two rows", "one month"],
)
def test_months_that_could_be_either_are_asked_about(rows):
    """Nobody can tell salaries that grow from amounts to date: the columns are left out and asked for."""
    found = guessed(rows)
    assert "amounts" in found.asks
    assert [] == found.entries.get("amount", [])


def test_a_total_that_fits_neither_reading_is_asked_about():
    """Something else is in it: the months are left out, and it is asked which columns are meant."""
    found = guessed(SINGLE, last=lambda row: f"{sum(row)}999.00")
    assert "amounts" in found.asks
    assert not any("months" in amount for amount in found.entries["amount"])


@pytest.mark.parametrize("names", [("February", "March", "April"), ("January", "March", "April")])
def test_single_months_with_a_gap_are_not_added_up(names):
    """Without every month since January, nothing is known to date."""
    found = guessed(SINGLE, names=names)
    assert "amounts" in found.asks
    to_date = guessed(TO_DATE, names=names)
    assert "amounts" not in to_date.asks


def test_the_months_of_a_plan_are_no_statements():
    """A plan by months is one plan: its year is taken."""
    found = guessed(SINGLE, last=year, stage="Approved", total="Approved budget")
    assert [("Approved budget 2023", None, None)] == columns_of(found)
    assert "amounts" not in found.asks


def test_months_to_come_do_not_decide():
    """Columns of zeros at the end are no fall: the file is of March."""
    names = (*MONTHS, "April", "May")
    rows = [[*row, "", ""] for row in TO_DATE]
    table = [["Code", "Label", *(f"Executed {name} 2023" for name in names)]]
    table += [
        [f"{n}1", item, *(f"{cell}000.50" if cell else "0.00" for cell in row)]
        for n, (item, row) in enumerate(zip(ITEMS, rows, strict=True), start=1)
    ]
    written = "\n".join(",".join(row) for row in table)
    found = guess(read(SourceFile("any.csv", written.encode())))
    assert not any("months" in amount for amount in found.entries["amount"])
    assert 5 == len(found.entries["amount"])
