"""The command line with real published budgets: what it prints is what was published."""

import json
import os
from decimal import Decimal

import pytest
from click.testing import CliRunner

from budgeting.__main__ import main
from budgeting.settings import settings


@pytest.fixture(scope="module")
def published(test_data):
    """The printed totals; amounts as exact decimals."""
    content = (test_data / "expected_totals.json").read_text(encoding="utf-8")
    return json.loads(content, parse_float=Decimal, parse_int=Decimal)


@pytest.fixture
def ask(test_data, tmp_path, monkeypatch):
    """Return a function that runs a command on a file of the real budgets, and what it answers."""
    monkeypatch.setenv("PARITET_DATABASE", str(tmp_path / "p.duckdb"))
    settings.cache_clear()

    def asked(command, name, *options):
        path = os.path.join(test_data, name)
        answer = CliRunner().invoke(main, [command, path, *map(str, options), "--json"])
        assert answer.exit_code in (0, 1), answer.stderr
        return json.loads(answer.stdout)

    yield asked
    settings.cache_clear()


def total(found, year, direction, stage):
    return Decimal(found["totals"][str(year)][direction][stage])


def fits(seen, name):
    return seen["readable"] and [name] == seen["fitting"]


def test_madrid(ask, published):
    """Madrid 2022: found by its columns, approved and executed as printed."""
    assert fits(ask("inspect", "es_madrid/2022_gastos.csv"), "es_madrid")
    found = ask("import", "es_madrid/2022_gastos.csv", "--year", 2022, "--accept")
    assert (True, "fitting") == (found["accepted"], found["mapping"]["source"])
    for stage, column in (("approved", "CRED_INICIAL"), ("executed", "OBL_RECONOC")):
        printed = published[f"es_madrid (gastos, {column} EUR)"]["2022"]
        assert printed == total(found, 2022, "expenditure", stage)


def test_serbian_sheet(ask, published):
    """One sheet of the Serbian workbook: its total, which the sheet prints and confirms."""
    name = "rs_municipal/raw/Rashodi2015.xlsx"
    assert fits(ask("inspect", name), "rs_municipal")
    seen = ask("inspect", name, "--sheet", "Звездара")
    assert "Звездара" == seen["sheet"]
    found = ask("import", name, "--sheet", "Звездара", "--year", 2015)
    printed = published["rs_municipal 2015 expenditure RSD"]["Zvezdara"]
    assert printed == total(found, 2015, "expenditure", "approved")
    grand = {Decimal(one["printed"]) for one in found["printed_totals"] if one["is_grand"]}
    assert printed in grand
    assert ["Звездара"] == [line["sheet"] for line in found["table"]]


def test_macedonia(ask, published):
    """Macedonia's package as a folder: its statements are kept apart, empty rows are skipped."""
    assert fits(ask("inspect", "fdp_macedonia"), "fdp")
    found = ask("import", "fdp_macedonia", "--stage", "approved")
    expected = published["fdp_macedonia"]
    sums = {}
    for one in found["statements"]:
        sums[one["as_of"]] = sums.get(one["as_of"], 0) + Decimal(one["total"])
    assert {day: expected[day] for day in sums} == sums
    assert len(sums) == 3
    assert expected["rows"] == found["rows"]["read"]


def test_india(ask, published):
    """India: the totals of both parts together, and all printed subtotals added up again."""
    name = "in_gbs/MRF_13_Union_Budget.csv"
    assert fits(ask("inspect", name), "in_gbs")
    found = ask("import", name)
    grand = published[name]["Grand"]
    crore = 10_000_000
    assert total(found, 2023, "expenditure", "approved") in (
        grand["2023-24 BE"],
        grand["2023-24 BE"] * crore,
    )
    assert published[name]["scheme_rows"] == found["rows"]["accepted"]
    assert [] == [one for one in found["printed_totals"] if Decimal(one["difference"])]


def test_cologne(ask, published):
    """Cologne: line 17 of every year is printed among the totals."""
    name = "de_koeln/gesamtergebnisplan/_source/gesamtergebnisplan.csv"
    assert fits(ask("inspect", name), "de_koeln_source")
    found = ask("import", name)
    lines = [one for one in found["printed_totals"] if "17" in one["label"][:4]]
    printed = {abs(Decimal(one["printed"])) for one in lines}
    (expected,) = (
        entry for name, entry in published.items() if name.startswith("de_koeln line 17")
    )
    years = {year: value for year, value in expected.items() if year != "note"}
    assert set(years.values()) <= printed


def test_croatia(ask, published):
    """Croatia: the revenue of towns and municipalities, year by year."""
    name = "hr_jls/proracuni_jls_cp1250.csv"
    assert fits(ask("inspect", name), "hr_jls")
    found = ask("import", name)
    for year, printed in published[name]["ukupni_prihodi_i_primici grop"].items():
        assert printed == total(found, year, "revenue", "executed")


def test_lithuania(ask, published):
    """Lithuania: residents by sex."""
    name = "lt_population_sex/lt-age-sex-dist10-level3.csv"
    assert fits(ask("inspect", name), "lt_population")
    found = ask("import", name, "--as-of", "2021-01-01", "--accept")
    expected = published["lt_population_sex"]
    assert found["accepted"]
    assert (expected["women"], expected["men"], expected["total"]) == (
        found["totals"]["female"],
        found["totals"]["male"],
        found["totals"]["total"],
    )
    assert expected["rows"] == found["rows"]["accepted"]
