"""A year that is like the one before: told as “as much”, never as nothing more."""

from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
import pytest
from fixtures.programme_town import BUDGET, NURSERIES, build_town, give, judged

from budgeting.model import Table
from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui.overview_parts import largest_change

say = language("en").say

CENT_MORE = BUDGET.replace("1000.00", "1000.01")
CENT_LESS = BUDGET.replace("1000.00", "999.99")


@pytest.fixture
def town(prepared):
    return prepared(build_town)


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (BUDGET, "As much counts for equality as the year before"),
        (CENT_MORE, "0.01\N{NO-BREAK SPACE}EUR more counts for equality"),
        (CENT_LESS, "0.01\N{NO-BREAK SPACE}EUR less counts for equality"),
    ],
)
def test_what_counts_for_equality(town, budget, told):
    build_town(town, 2025, budget)
    give(town, "eu_budget", NURSERIES, (judged("2"), 1))
    given = {"municipality": "smallton", "year": "2025", "methodology": "eu_budget"}
    report = build_report(town, "gender_overview", {**given, "stage": "approved"})
    assert told in say(report.facts["change"])


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (BUDGET, "as much as the year before"),
        (BUDGET.replace("2000.00", "2400.00"), "10.0% more than the year before"),
        (BUDGET.replace("2000.00", "1600.00"), "10.0% less than the year before"),
    ],
)
def test_what_the_explorer_answers(town, budget, told):
    build_town(town, 2025, budget)
    given = {"municipality": "smallton", "year": "2025", "stage": "approved"}
    assert told in say(build_report(town, "budget_explorer", given).answer)


@pytest.mark.parametrize(
    ("change", "told"), [("0.00", "Nothing"), ("0.01", "more"), ("-0.01", "less")]
)
def test_what_heads_the_chart_of_changes(change, told):
    rows = pa.table({"label": ["Roads"], "change": [Decimal(change)]})
    report = SimpleNamespace(tables={"moves": Table((), rows)}, facts={"currency": "EUR"})
    assert told in say(largest_change(report))
