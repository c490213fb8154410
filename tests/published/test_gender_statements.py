"""Published gender budget statements: imported with their marks, they come out as they were printed."""

import json
from decimal import Decimal

import pytest
from click.testing import CliRunner
from fixtures.programme_town import build_town, give, rows_of, statement

from budgeting.__main__ import main
from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.methodologies import Evidence, methodology
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


# --- printed examples, in the layout of their country ---------------------

SERBIA = """
    org,org_name,prog,prog_name,act,act_name,code,fund,label,approved,executed
    1,Office,2601-08,IPA 2008,02,Project 02,421,01,Costs,303000,
    1,Office,2601-08,IPA 2008,02,Project 02,422,01,Travel,1100000,
    1,Office,2601-08,IPA 2008,02,Project 02,423,01,Services,66157000,
    1,Office,2601-08,IPA 2008,02,Project 02,426,01,Material,7870000,
    1,Office,2601-08,IPA 2008,02,Project 02,512,01,Machines,2000000,
    1,Office,2601-08,IPA 2008,02,Project 02,515,01,Software,1000000,
    1,Office,2601-08,IPA 2008,07,Project 07,423,01,Services,17500000,
    1,Office,2601-08,IPA 2008,07,Project 07,426,01,Material,2500000,
"""
SHEET = """
    org,org_name,prog,prog_name,act,act_name,code,fund,label,approved,executed
    1,Agency,1,Services,1,Programme,411,01,Programme,1000000.00,
    1,Agency,1,Services,2,Other,411,01,Other,9000000.00,
"""
SCORES = """
    org,org_name,prog,prog_name,act,act_name,code,fund,label,approved,executed
    1,Union,1,Equality,1,Two,411,01,Two,2.00,
    1,Union,1,Equality,2,One,411,01,One,10.00,
    1,Union,1,Equality,3,Zero,411,01,Zero,83.00,
    1,Union,1,Equality,4,Open,411,01,Open,5.00,
"""


def test_a_serbian_programme_rolls_up_in_the_programme_table(store):
    """Projects of 78,430,000 and 20,000,000 make a programme of 98,430,000 dinars, all of source 01.

    Source: Republic of Serbia, budget law of 2011, programme 2601-08 (IPA 2008).
    """
    build_town(store, budget=SERBIA)
    words = {"goal": "g", "indicator": "i", "baseline": "1", "target": "2"}
    required = methodology("rs_programme").category("met").requires
    evidence = Evidence(dict.fromkeys(required, Decimal(1)), texts=words)
    give(store, "rs_programme", "2601-08", (evidence, 1))
    rows = rows_of(statement(store, "rs_programme"))
    assert [Decimal(78430000), Decimal(20000000), Decimal(98430000)] == [
        row["main"] for row in rows[:3]
    ]
    assert [row["main"] for row in rows] == [row["budget"] for row in rows]


def test_half_of_a_million_is_attributed_in_the_gad_plan(store):
    """Eight points and a yearly budget of 1,000,000 make 500,000 pesos: 5 % of ten million.

    Source: worked example in a guide to gender and development budgets for agencies of the
    Philippines, after the Philippine Commission on Women.
    """
    build_town(store, budget=SHEET)
    give(store, "ph_hgdg", "1/1", (Evidence(score=Decimal(8)), 1))
    report = statement(store, "ph_hgdg")
    row = next(row for row in rows_of(report) if row["score"])
    assert ("8", Decimal(1000000), Decimal(500000)) == (row["score"], row["main"], row["gad"])
    assert "is met" in str(report.facts["findings"][0])


def test_the_scores_of_the_union_are_its_printed_shares(store):
    """Score 2 has 2 %, 1 has 10 %, 0 has 83 %, 0* has 5 %: together all of it.

    Source: European Commission, gender contribution of the EU budget 2021-24, as summarised by the
    European Parliament's Legislative Observatory.
    """
    build_town(store, budget=SCORES)
    for place, score in enumerate(("2", "1", "0", "0*"), start=1):
        give(store, "eu_budget", f"1/{place}", (Evidence(category=score), 1))
    rows = rows_of(statement(store, "eu_budget"))
    shares = [row["share"] for row in rows if row["programme"].startswith("Total: ")]
    without, not_screened, whole = (row["share"] for row in rows[-3:])
    assert ([0.02, 0.10, 0.05], 0.83) == (shares, without)
    assert (0.0, 1.0) == (not_screened, whole)
