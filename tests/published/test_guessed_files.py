"""What the guess promises of real files: most give their published total without a correction.

The answers are those that no file gives: municipality, year, stage, direction.
"""

from decimal import Decimal

import pyarrow.compute as pc
import pytest
from fixtures.prepared import store_after
from published.every_guess import walk
from published.guess_cases import cases

from budgeting.imports.answers import Answers
from budgeting.imports.guessing.column_roles import ColumnRole, Header, Role, with_role
from budgeting.imports.guessing.guess import guess
from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read, source_from_path
from budgeting.imports.source import FileLayout
from budgeting.imports.verdict import examine
from budgeting.model import Direction, Severity, Stage

SOMEBODY = MunicipalityRule("xx", "Example", "XX", "XXX", is_fictional=True)
RAW = "rs_municipal/raw/Rashodi2015.xlsx"
SEVERAL = "reason several-bodies"
OUT, IN = "expenditure", "revenue"
APPROVED, REVISED, EXECUTED = "approved", "revised", "executed"

TOTALS = [
    *[
        (RAW, sheet, {(2015, OUT, APPROVED): total})
        for sheet, total in {
            "Нови Београд": "632461000",
            "Звездара": "574933719",
            "Пријепоље": "1000508517",
            "Инђија": "3031518000",
            "Краљево": "3494127167",
            "Ваљево": "2449462000",
            "Чачак": "3333000000",
        }.items()
    ],
    *[
        (
            f"es_madrid/{year}_gastos.csv",
            "",
            {(2015, OUT, APPROVED): plan, (2015, OUT, EXECUTED): spent},
        )
        for year, plan, spent in (
            (2016, "4757654845", "5070372396.09"),
            (2021, "5753037862", "5573095102.77"),
            (2022, "6161081568", "6077569338.44"),
            (2023, "5721776274", "5817577154.50"),
        )
    ],
    (
        "in_gbs/MRF_13_Union_Budget.csv",
        "",
        {
            (2021, OUT, EXECUTED): "209527.77",
            (2022, OUT, APPROVED): "171006.47",
            (2022, OUT, REVISED): "218486.76",
            (2023, OUT, APPROVED): "223219.75",
        },
    ),
    (
        "fdp_macedonia/MFBudzetIRebalansNaRMmk-MK.csv",
        "",
        {
            (2014, OUT, APPROVED): "76218172560",
            (2014, OUT, REVISED): "70980834264",
            (2015, OUT, APPROVED): "58832533192",
        },
    ),
    ("ba_fiskalni_monitor/rashodi.csv", "", {(2011, OUT, EXECUTED): "386458008.03"}),
    ("ba_fiskalni_monitor/prihodi.csv", "", {(2011, IN, EXECUTED): "385085648.45"}),
]


@pytest.fixture(scope="module")
def walks(test_data):
    """Every real table as a new user brings it."""
    return [walk(case, test_data) for case in cases(test_data)]


@pytest.mark.xdist_group("every guess")
def test_two_thirds_of_the_real_tables_need_no_correction(walks):
    """The way every real table is written is detected, and most are right."""
    assert [] == [one.case.name for one in walks if not one.is_detected]
    right = [one for one in walks if one.needs_no_correction]
    assert 3 * len(right) >= 2 * len(walks), [
        (one.case.name, one.corrections) for one in walks if one not in right
    ]


@pytest.mark.xdist_group("every guess")
def test_no_table_of_many_towns_becomes_one_budget_unasked(walks):
    """Where the guess does not find the column of towns, a question blocks until a person says it."""
    many = [one for one in walks if one.case.bodies > 1]
    silent = [one for one in many if one.corrections and SEVERAL not in one.questions]
    assert [] == [one.case.name for one in silent]
    asked = [one for one in many if SEVERAL in one.questions]
    assert (3, 6) == (len(asked), len(many))


@pytest.mark.parametrize("book", ["Izvorni_Prihodi_2016", "IZVORNI_PRIHODI_2019_FINAL"])
def test_towns_are_told_apart_once_their_column_is_named(test_data, book):
    """One choice on the page; three pairs of towns that differ in a full stop are asked about."""
    source = source_from_path(test_data / f"hr_jls/{book}.xlsx")
    table = read(source)
    meant = ColumnRole(Role.MUNICIPALITY)
    header = Header(table.header, table.positions)
    entries = with_role(guess(table).entries, header, "Naziv subjekta", meant)
    answers = Answers(stage=Stage.EXECUTED, country_code="HR", currency_code="HRK")
    verdict = examine(store_after(), source, mapping_from_entries("guessed", entries), answers)
    assert 555 + 21 - 3 == len(verdict.municipalities)
    assert ("names-of-municipality",) == verdict.open_checks
    assert 3 == len(verdict.with_severity(Severity.QUESTION))


@pytest.mark.parametrize(("file", "sheet", "totals"), TOTALS, ids=lambda value: str(value)[:40])
def test_a_published_file_needs_no_correction(test_data, file, sheet, totals):
    """With the answers to its questions and nothing corrected, the file gives its published totals."""
    table = read(source_from_path(test_data / file), FileLayout(sheet=sheet or None))
    found = guess(table)
    ways = {way for _, way, _ in totals}
    stage = Stage(next(iter(totals))[2])
    answers = Answers(
        fiscal_year=2015 if "fiscal-year" in found.asks else None,
        stage=stage if "stage" in found.asks else None,
        direction=Direction(ways.pop()) if "direction" in found.asks else None,
        municipality=SOMEBODY,
    )
    meaning = interpret(table, mapping_from_entries("guessed", found.entries), answers, SOMEBODY)
    sums: dict[tuple[int, str, str], Decimal] = {}
    for batch in meaning.batches:
        for column in batch.amounts:
            key = (batch.fiscal_year, batch.direction.value, column.stage.value)
            sums[key] = sums.get(key, Decimal(0)) + (
                pc.sum(batch.lines[column.column]).as_py() or 0
            )
    assert {key: Decimal(total) for key, total in totals.items()}.items() <= sums.items()


def test_residents_are_understood(test_data):
    """The file of residents is one, with its places as municipalities."""
    table = read(source_from_path(test_data / "lt_population_sex/lt-age-sex-dist10-level3.csv"))
    found = guess(table)
    assert ("sex", "age", "population") == tuple(
        found.entries["population"][name] for name in ("sex", "age", "people")
    )
    assert "administrative_level_3" == found.entries["municipality"]["column"]


@pytest.mark.parametrize("part", ["gesamtergebnisplan", "teilergebnisplan"])
def test_a_statement_of_results_is_understood(test_data, part):
    """Cologne's lines are told from their results; line 17 is what the lines before it add up to."""
    table = read(source_from_path(test_data / f"de_koeln/{part}/_source/{part}.csv"))
    entries = guess(table).entries
    seventeen = next(total for total in entries["total"] if "17" in total["matches"])
    assert all(f"{number}" in seventeen["plus"] for number in range(11, 17))
    stages = [(amount["stage"], amount["year"]) for amount in entries["amount"]]
    assert [("executed", 2010), ("approved", 2011), ("approved", 2012)] == stages[:3]
    assert [("forecast", year) for year in (2013, 2014, 2015)] == stages[3:]


@pytest.mark.parametrize("name", ["areas_funcionales", "clasificacion_organica"])
def test_look_up_tables_are_no_budgets(test_data, name):
    """A table of codes and labels is not taken for a budget."""
    assert {} == guess(read(source_from_path(test_data / f"es_madrid/{name}.csv"))).entries
