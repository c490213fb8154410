"""Published gender budget statements: imported with their marks, they come out as they were printed."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from budgeting.__main__ import main
from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.settings import settings
from budgeting.store import connect

# Government of India, Union Budget 2023-24, Statement 13: actuals 2021-22, budget and revised
# estimates 2022-23, budget estimates 2023-24, in crore rupees
PART_A = ("96108.28", "26772.89", "90564.35", "88044.21")
PART_B = ("113419.49", "144233.58", "127922.41", "135175.54")
GRAND = ("209527.77", "171006.47", "218486.76", "223219.75")
COLUMNS = ("executed_before", "approved_before", "revised_before", "main")


@pytest.fixture(scope="module")
def india(test_data, tmp_path_factory):
    """A database file with India's statement of 2023-24."""
    path = tmp_path_factory.mktemp("india") / "p.duckdb"
    name = "in_gbs/MRF_13_Union_Budget.csv"
    store = connect(path)
    file = SourceFile(name, (test_data / name).read_bytes())
    verdict = examine(store, file, mapping_named("in_gbs"), Answers())
    accept(store, verdict, Identity("Ada", Role.ADMINISTRATOR))
    store.close()
    return path


@pytest.fixture
def command(india, monkeypatch):
    """Return a function that asks the command line for the statement."""
    monkeypatch.setenv("PARITET_DATABASE", str(india))
    settings.cache_clear()

    def asked(**given):
        chosen = [part for name, value in given.items() for part in ("--param", f"{name}={value}")]
        answer = CliRunner().invoke(main, ["report", "gender_budget_statement", *chosen])
        assert answer.exit_code == 0, answer.stderr
        return json.loads(answer.stdout)

    yield asked
    settings.cache_clear()


def totals(report):
    """The totals of the parts and of all of them, each in four columns."""
    rows = {row["programme"]: row for row in report["tables"]["statement"]}
    return {
        name: tuple(row[column] for column in COLUMNS)
        for name, row in rows.items()
        if name.startswith("Total") and name != "Total"
    }


def test_indias_statement_of_2023(command):
    """Parts, grand total and all four columns are the printed ones, to the last digit.

    Source: Government of India, Ministry of Finance: Union Budget 2023-24, Expenditure Profile,
    Statement 13, Gender Budget.
    """
    report = command(municipality="in_union", year=2023, methodology="india_gbs")
    assert {
        "Total: A – only for women": PART_A,
        "Total: B – at least 30 % for women": PART_B,
        "Total of the statement": GRAND,
    } == totals(report)
    assert "0.00" == report["facts"]["not_screened"]


def test_the_only_municipality_and_its_newest_year_need_no_naming(command):
    """Without municipality and year it is the same statement."""
    report = command(methodology="india_gbs")
    assert ("in_union", "2023") == (
        report["parameters"]["municipality"],
        report["parameters"]["year"],
    )
    assert GRAND == totals(report)["Total of the statement"]


def test_a_scheme_that_moved_from_b_to_a_stands_in_both(command):
    """Urban housing was in part B in the budget of 2022-23, and in part A before and since.

    Source: the same statement, demand no. 60.
    """
    rows = command(methodology="india_gbs")["tables"]["statement"]
    housing = {
        row["part"][0]: tuple(row[column] or "0.00" for column in COLUMNS)
        for row in rows
        if row["programme"] == "Pradhan Mantri Awas Yojana (Urban)"
    }
    assert {
        "A": ("59963.04", "0.00", "28708.01", "25103.03"),
        "B": ("0.00", "22955.06", "0.00", "0.00"),
    } == housing


def test_in_rupees_the_cents_are_the_same(command):
    """Crore is a way of writing: nothing is rounded by it."""
    in_rupees = totals(command(methodology="india_gbs", unit="1"))["Total of the statement"]
    assert tuple(Decimal(amount) * 10_000_000 for amount in GRAND) == tuple(
        Decimal(amount) for amount in in_rupees
    )
