"""What the guess promises: a table that nobody described is understood, or asked about; never half."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from budgeting.imports.answers import Answers
from budgeting.imports.guessing.guess import Guess, guess
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.meaning.interpretation import Interpretation, interpret
from budgeting.imports.readers import read
from budgeting.imports.source import FileLayout, NumberStyle, SourceFile, SourceTable
from budgeting.model import Direction, Severity, Stage

LEDGERS = Path(__file__).parent.parent / "fixtures" / "ledgers"
EXPECTED = tomllib.loads((LEDGERS / "expected.toml").read_text(encoding="utf-8"))
SOMEBODY = MunicipalityRule("xx", "Exampletown", "XX", "XXX", is_fictional=True)
POINT, COMMA = NumberStyle(".", ","), NumberStyle(",", ".")


def table_of(written: str) -> SourceTable:
    return read(SourceFile("any.csv", written.encode()))


def guessed(*rows: str) -> Guess:
    return guess(table_of("\n".join(rows)))


def interpreted(table: SourceTable, found: Guess, expected: dict[str, Any]) -> Interpretation:
    """Answer what is asked, and nothing else."""
    said = expected.get("answers", {})
    is_with_points = table.layout.delimiter == ","
    style = (POINT if is_with_points else COMMA) if "number-style" in found.asks else None
    answers = Answers(
        municipality=SOMEBODY,
        fiscal_year=said.get("year") if "fiscal-year" in found.asks else None,
        stage=Stage(said["stage"]) if "stage" in found.asks and "stage" in said else None,
        direction=Direction(expected["direction"]) if "direction" in found.asks else None,
        country_code="NO" if "country" in found.asks else None,
        currency_code="NOK" if "currency" in found.asks else None,
        layout=FileLayout(style=style),
    )
    return interpret(table, mapping_from_entries("guessed", found.entries), answers, SOMEBODY)


def sums_of(meaning: Interpretation) -> dict[tuple[int, str, str], Decimal]:
    """Return the sums by year, direction and stage, as of the last date of each."""
    sums: dict[tuple[int, str, str], dict[str, Decimal]] = {}
    for batch in meaning.batches:
        for column in batch.amounts:
            amount = pc.sum(batch.lines[column.column]).as_py()
            key = (batch.fiscal_year, batch.direction.value, column.stage.value)
            if amount is not None:
                of_day = sums.setdefault(key, {})
                day = str(column.as_of or "")
                of_day[day] = of_day.get(day, Decimal(0)) + amount
    return {key: of_day[max(of_day)] for key, of_day in sums.items()}


def dimensions_of(found: Guess) -> dict[str, str]:
    return {
        level["code"]: block["dimension"]
        for block in found.entries.get("classification", [])
        for level in block["levels"]
        if "code" in level
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_ledger_of_any_country_gives_its_totals(name):
    """A ledger of another country gives its totals once the questions it leaves open are answered."""
    table = read(SourceFile(f"{name}.csv", (LEDGERS / f"{name}.csv").read_bytes()))
    meaning = interpreted(table, guess(table), EXPECTED[name])
    expected = {(y, way, stage): Decimal(n) for y, way, stage, n in EXPECTED[name]["totals"]}
    assert expected == sums_of(meaning)
    assert not [f for f in meaning.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_codes_go_to_their_dimension(name):
    """Every column of codes is taken for a dimension that a finance officer would accept."""
    table = read(SourceFile(f"{name}.csv", (LEDGERS / f"{name}.csv").read_bytes()))
    dimensions = dimensions_of(guess(table))
    others = EXPECTED[name].get("other_dimensions", {})
    wrong = [
        (column, dimensions.get(column))
        for dimension, columns in EXPECTED[name]["dimensions"].items()
        for column in columns
        if dimensions.get(column) not in (dimension, *others.get(column, []))
    ]
    assert [] == wrong


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_column_is_dropped_in_silence(name):
    """Each column is in the mapping, or among the ignored with a reason."""
    table = read(SourceFile(f"{name}.csv", (LEDGERS / f"{name}.csv").read_bytes()))
    found = guess(table)
    used = mapping_from_entries("guessed", found.entries).columns
    assert set() == set(table.header) - set(used) - found.entries.get("ignored", {}).keys()


def test_what_no_word_tells_is_asked():
    """Where no header says what the amounts are, the guess asks and takes nothing for granted."""
    rows = [f"41{n};Palkat {n};{n}00,50;{n}10,50;{n}05,25" for n in range(1, 9)]
    table = table_of("\n".join(["Tili;Selite;Ensimmäinen;Toinen;Kolmas", *rows]))
    assert {"stage", "amounts"} <= set(guess(table).asks)


def test_questions_are_those_that_the_file_leaves_open():
    """A file without year, stage and words of direction is asked for these, and the municipality."""
    found = guessed("Code,Label,Amount", "11,Aa,10.50", "12,Bb,20.00", "13,Cc,7.25", "14,Dd,1.10")
    assert ("municipality", "fiscal-year", "stage", "direction") == found.asks
    assert "stage" not in found.entries["amount"][0]


def test_what_is_known_is_not_asked():
    """What a person has said is not asked again."""
    table = table_of("Code,Label,Amount\n11,Wages,10.50\n12,Materials,20.00\n13,Rents,7.25")
    known = Answers(fiscal_year=2024, stage=Stage.APPROVED, municipality=SOMEBODY)
    assert () == guess(table, known).asks


def test_a_number_that_may_be_read_in_two_ways_is_asked():
    """Numbers such as 2.952, with nothing else to decide, are a question."""
    found = guessed("Code;Label;Approved 2024", "11;Wages;2.952", "12;Rents;1.250", "13;Fuel;3.100")
    assert "number-style" in found.asks


def test_the_year_above_the_table_counts():
    """A year in the title is the fiscal year; a note says so."""
    found = guessed(
        "Budget 2024 - expenditure;;", "Code;Label;Approved", "11;Wages;2952,50", "12;Rents;125,10"
    )
    assert 2024 == found.entries["fiscal_year"]
    assert "fiscal-year" not in found.asks


def test_a_unit_above_the_table_counts():
    """“In thousands” above the table multiplies every amount, and is to be checked."""
    found = guessed(
        "Expenditure 2024 (in thousands);;", "Code;Label;Approved", "11;Wages;2,5", "12;Rents;1,1"
    )
    assert 1000 == found.entries["amount"][0]["factor"]
    assert any(note.suggestion for note in found.notes)


def test_approved_and_change_and_revised():
    """A column that is what two stages differ by is checked, not stored."""
    rows = [
        f"{n},Item {'abcdef'[n]},{n}000.10,{n - 3}0,{n}{(n - 3) * 10:03d}.10" for n in range(4, 6)
    ]
    rows += [
        f"{n},Item {'abcdef'[n]},{n}000.10,-{n}0,{n - 1}{1000 - n * 10}.10" for n in range(1, 4)
    ]
    found = guessed("Code,Label,Approved 2024,Changes 2024,Revised 2024", *rows)
    expected = {"column": "Changes 2024", "earlier": "approved", "later": "revised"}
    assert expected == found.entries["change"]
    assert ["approved", "revised"] == [a["stage"] for a in found.entries["amount"]]


def test_columns_of_sources_and_their_total():
    """Columns that add up to a total in every row are sources of finance; the total is re-added."""
    rows = [f"41{n};Item {'abcdef'[n]};{n}00,50;{n}0,25;{n}{n}0,75" for n in range(1, 6)]
    found = guessed("Konto;Opis;Budžet;Donacije;Ukupno", *rows)
    assert [{"column": "Ukupno", "of": ["Budžet", "Donacije"]}] == found.entries["sum"]
    assert ["fund", "fund"] == [a["member"]["dimension"] for a in found.entries["amount"]]


def test_shares_and_amounts_per_resident_are_left_out():
    """A percentage and an amount per resident follow from the amounts, and are ignored."""
    rows = [f"{n}1,Item {'abcdef'[n]},{n}000.50,{n}.5%,{n}.25" for n in range(1, 6)]
    found = guessed("Code,Label,Actual 2023,Share,Amount per capita", *rows)
    assert {"Share", "Amount per capita"} == found.entries["ignored"].keys()


def test_totals_by_words_are_no_lines():
    """Rows that say total are re-added, not stored, wherever the word stands."""
    table = table_of(
        "Department,Item,Actual 2023\nPolice,Wages,10.50\nPolice,Fuel,2.00\nTotal Police,,12.50\n"
        "Parks,Wages,5.00\nParks,Fuel,1.00\nTotal Parks,,6.00\nGrand total,,18.50\n"
    )
    meaning = interpreted(table, guess(table), {"direction": "expenditure"})
    assert {(2023, "expenditure", "executed"): Decimal("18.50")} == sums_of(meaning)
    assert [True] * 3 == [not total.difference for total in meaning.totals]


def test_a_balance_is_no_statement_of_its_own():
    """What follows from a total, what is carried over to it and from it, is left out with its parts."""
    rows = [
        f"{n};Town {'abcdefgh'[n]};{n}000;{n % 2 * 7};{(n + 1) % 2 * 5};"
        f"{n * 1000 + n % 2 * 7 - (n + 1) % 2 * 5}"
        for n in range(8)
    ]
    rows += [f"{n};Town {n};{n}00;3;2;{n * 100 + 1}" for n in range(8, 20)]
    found = guessed("No;Town;Total revenue;Surplus carried over;Deficit carried over;Total", *rows)
    assert ["Total revenue"] == [amount["column"] for amount in found.entries["amount"]]


def test_unclear_numbers_are_read_as_the_others_of_the_file():
    """“850,000” alone can be read in two ways; another column of the file leaves no doubt."""
    rows = [f"41{n};Item {n};{n},500,000.50;{n}50,000" for n in range(1, 8)]
    found = guessed("Account;Name;Approved 2024;Executed 2024", *rows)
    assert "number-style" not in found.asks
    assert "Executed 2024" == found.entries["file"]["number"][0]["column"]


@pytest.mark.parametrize("place", range(3))
def test_a_cell_as_long_as_a_book_is_no_obstacle(place):
    """A cell of megabytes is looked at in its first words only."""
    rows = [[f"41{n}", f"Item {n}", f"{n}00.50"] for n in range(1, 8)]
    rows[2][place] = "long " * 500_000
    header = ["Account", "Name", "Approved 2024"]
    found = guess(table_of("\n".join(";".join(cells) for cells in [header, *rows])))
    assert "municipality" in found.asks


def test_groups_of_codes_are_no_lines():
    """A code that is the sum of the codes beginning with it is a subtotal, as the figures say."""
    table = table_of(
        "Konto;Opis;Plan 2024\n41;Rashodi za zaposlene;30,50\n411;Plate;20,50\n412;Doprinosi;10,00\n"
        "42;Roba i usluge;9,00\n421;Materijal;4,00\n422;Usluge;5,00\n;Ukupno rashodi;39,50\n"
    )
    meaning = interpreted(table, guess(table), {"direction": "expenditure"})
    assert {(2024, "expenditure", "approved"): Decimal("39.50")} == sums_of(meaning)


def test_rows_that_are_left_of_others_say_the_direction():
    """In a statement of results, what is taken away is expenditure, and what it is taken from revenue."""
    table = table_of(
        "Zeile;Ergebnis 2022;Plan 2023;Plan 2024\n01 Steuern;100,50;110,00;120,00\n"
        "02 Gebühren;50,00;55,00;60,00\n03 Ordentliche Erträge;150,50;165,00;180,00\n"
        "04 Personal;80,00;81,00;82,00\n05 Sachmittel;30,00;31,00;32,00\n"
        "06 Ordentliche Aufwendungen;110,00;112,00;114,00\n07 Ergebnis;40,50;53,00;66,00\n"
    )
    sums = sums_of(interpreted(table, guess(table), {"direction": "mixed"}))
    assert Decimal("150.50") == sums[2022, "revenue", "executed"]
    assert Decimal("114.00") == sums[2024, "expenditure", "approved"]


def test_years_far_behind_the_accounts_are_a_forecast():
    """Accounts, last year's budget, this year's budget: what comes later is a plan."""
    rows = [f"{n}1;Item {'abcdef'[n]};{n}0,5;{n}1,5;{n}2,5;{n}3,5;{n}4,5" for n in range(1, 5)]
    found = guessed(
        "Konto;Bezeichnung;Ergebnis 2022;Plan 2023;Plan 2024;Plan 2025;Plan 2026", *rows
    )
    stages = ["executed", "approved", "approved", "forecast", "forecast"]
    assert stages == [a["stage"] for a in found.entries["amount"]]


def test_a_file_of_many_municipalities():
    """A column of municipalities and one of years are found; the region above them follows."""
    rows = [
        f"{'North' if n < 2 else 'South'},Town {'ABC'[n]},{year},{code},{label},{n + 1}{year}.50"
        for n in range(3)
        for year in (2021, 2022)
        for code, label in (("41", "Wages"), ("42", "Materials"))
    ]
    found = guessed("Region,Municipality,Year,Account,Account name,Actual", *rows)
    assert "Municipality" == found.entries["municipality"]["column"]
    assert "Year" == found.entries["fiscal_year_column"]
    assert "Region" in found.entries["ignored"]


def test_payments_with_dates_are_no_statements():
    """A date in every row is that of a payment: the payments of a year are added up."""
    rows = [f"{n:02d}/0{1 + n % 9}/2023,Parks,Fuel {'ab'[n % 2]},{n}10.50" for n in range(1, 25)]
    found = guessed("Payment date,Department,Expense type,Amount", *rows)
    assert "Payment date" in found.entries["ignored"]
    assert not any("date_column" in amount for amount in found.entries["amount"])


def test_a_few_dates_are_statements():
    """Where a few dates repeat, each is a statement of its own, and they are never added."""
    rows = [
        f"{day},4{n},Item {'abcd'[n]},{n}000.50"
        for day in ("2024-01-01", "2024-09-01")
        for n in range(4)
    ]
    found = guessed("Date,Account,Account name,Budget", *rows)
    assert ("Date", "revised") == tuple(
        found.entries["amount"][0][k] for k in ("date_column", "later_stage")
    )


def test_stages_in_rows():
    """A column that names the stage of each row's amount gives one statement per stage."""
    rows = [
        f"2023;4{n};Item {'abcd'[n]};{phase};{n + 1}00,5"
        for n in range(4)
        for phase in ("Approved", "Executed")
    ]
    table = table_of("\n".join(["Year;Account;Account name;Phase;Amount", *rows]))
    sums = sums_of(interpreted(table, guess(table), {"direction": "expenditure"}))
    assert [Decimal("1002.00")] * 2 == list(sums.values())
    assert {"approved", "executed"} == {stage for _, _, stage in sums}


def test_residents_by_sex_and_age():
    """A table of sex, age and people is a population file, with the places as municipalities."""
    rows = [
        f"Town {t},{a},{s},{100 + len(a)}"
        for t in "ABC"
        for a in ("0-14", "15-64", "65+")
        for s in "FM"
    ]
    found = guessed("place,age group,sex,population", *rows)
    assert "population" == found.entries["population"]["people"]
    assert "place" == found.entries["municipality"]["column"]
    assert ("reference-date",) == found.asks


def test_a_table_without_amounts_is_no_budget():
    """A look-up table gives no mapping, and the question which column holds amounts."""
    found = guessed("Code,Label", "01,Education", "02,Health", "03,Culture")
    assert ({}, ("amounts",)) == (found.entries, found.asks)


def test_every_decision_has_a_note():
    """Each column that the mapping uses is told, with what to check where it is doubtful."""
    found = guessed("Code,Label,Approved 2024", "11,Wages,10.50", "12,Rents,20.00", "13,Fuel,7.25")
    assert {"Code", "Approved 2024", "Label"} <= {note.column for note in found.notes}
    assert all(note.severity is Severity.NOTE for note in found.notes)


CELLS = some.text(
    some.characters(codec="utf-8", exclude_characters='\x00"'), max_size=8
) | some.sampled_from(
    ["12", "1.234", "1,5", "-", "Total", "2024", "411", "Ukupno", "%", "01.02.2024", ""]
)


@settings(max_examples=120, deadline=None)
@given(some.lists(some.lists(CELLS, min_size=3, max_size=5), min_size=1, max_size=12))
def test_no_table_breaks_the_guess(rows):
    """Whatever stands in a table, there is a guess, and its entries are a mapping or none."""
    found = guess(table_of("\n".join(";".join(cells) for cells in rows)))
    if found.entries:
        assert mapping_from_entries("guessed", found.entries).name == "guessed"
