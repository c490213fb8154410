"""Charts: no decimal reaches Vega, no data stands in a spec, and each is told in words."""

import json
import shutil
from decimal import Decimal

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui import charts

GIVEN = {"municipality": "demo_vrbograd", "year": "2026"}


@pytest.fixture(scope="module")
def overview(demo_store):
    return build_report(demo_store, "overview", GIVEN)


@pytest.mark.parametrize(("table", "measure"), [("groups", "revised"), ("moves", "change")])
def test_a_chart_draws_double_and_says_the_exact_amount(overview, table, measure):
    """Amounts are doubles in the axis's unit; the exact ones go along as words."""
    rows = overview.tables[table].rows.to_pylist()
    assert {Decimal} == {type(row[measure]) for row in rows}
    points = charts._points(rows, measure, "BAM", language("en"))
    assert [] == [field.name for field in points.schema if pa.types.is_decimal(field.type)]
    assert pa.float64() == points.schema.field("amount").type
    unit = charts.unit_of(rows, measure)
    assert [float(row[measure]) / unit for row in rows] == points["amount"].to_pylist()
    exact = [
        Decimal(words.split()[0].replace(",", "").replace("\u2212", "-"))
        for words in points["exact"].to_pylist()
    ]
    assert [row[measure] for row in rows] == exact


@pytest.mark.parametrize(
    ("amount", "unit"),
    [("0", 1000), ("999999.99", 1000), ("-999999.99", 1000), ("-1000000", 1_000_000)],
)
def test_the_unit_is_that_of_the_largest_amount(amount, unit):
    """Millions from a million, whatever the sign, and thousands below."""
    rows = [{"amount": Decimal(1)}, {"amount": Decimal(amount)}]
    assert unit == charts.unit_of(rows, "amount")


@pytest.mark.parametrize("spec", [charts._bar_spec, charts._change_spec])
@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
def test_a_spec_has_no_data(spec, code):
    """Data goes as Arrow beside the spec; the fields are those of the points."""
    made = spec(code, "BAM", 1_000_000)
    assert {"data", "datasets"} & set(made) == set()
    assert {"amount", "label", "exact"} == set(fields_of(made))
    assert "http" not in json.dumps({k: v for k, v in made.items() if k != "$schema"})


def fields_of(part):
    if isinstance(part, dict):
        yield from [part["field"]] if "field" in part else []
        for value in part.values():
            yield from fields_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from fields_of(value)


@pytest.mark.parametrize(("code", "mark"), [("en", "."), ("sr", ",")])
def test_the_axis_writes_numbers_as_the_language_does(code, mark):
    """The decimal mark of the axis is the reader's."""
    made = charts._bar_spec(code, "BAM", 1000)
    assert mark == made["config"]["locale"]["number"]["decimal"]


SCRIPT = """
from pathlib import Path
from budgeting.reports import build_report
from budgeting.store import connect
from budgeting.ui import charts
store = connect(Path("DEMO"))
shown = build_report(store, "overview", {"municipality": "demo_topolnica", "year": "2026"})
charts.amount_bars(shown, "revised")
charts.change_bars(shown)
store.close()
"""


def test_a_chart_is_told_in_words(demo_store, demo_file, tmp_path):
    """Who does not see a chart hears every label with its exact amount."""
    copy = shutil.copy(demo_file, tmp_path)
    at = AppTest.from_string(SCRIPT.replace("DEMO", str(copy)), default_timeout=120).run()
    assert not at.exception
    told = [element.proto.alt for element in at.main if "vega" in element.type]
    report = build_report(demo_store, "overview", {**GIVEN, "municipality": "demo_topolnica"})
    rows = [report.tables["groups"].rows.to_pylist()[:12], report.tables["moves"].rows.to_pylist()]
    for words, shown, measure in zip(told, rows, ("revised", "change"), strict=True):
        said = [f"{row['code']} {row['label']}".strip() for row in shown]
        amounts = [f"{row[measure]:,.2f} BAM" for row in shown]
        assert [f"{name}: {amount}" for name, amount in zip(said, amounts, strict=True)] == [
            part.replace("\u2212", "-") for part in words.split("; ")
        ]
