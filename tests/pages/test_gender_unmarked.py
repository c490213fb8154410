"""A year of which nothing is marked: what counts is not known, and never nil."""

from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui.gender_tables import stage_finding
from budgeting.ui.session import open_store
from budgeting.ui.stance_charts import _interval_bar

UNMARKED = {"municipality": "demo_jasenik", "year": "2025"}


def test_what_nobody_screened_is_not_known(visit):
    """Neither the heading nor a bar of planned and spent says 0 % where nothing is marked."""
    visit("gender_overview", **UNMARKED)
    given = {**UNMARKED, "methodology": "india_gbs", "language": "en"}
    shown = build_report(open_store(), "gender_overview", given)
    assert "nothing is screened" in str(stage_finding(shown))
    rows = shown.tables["stages"].rows.to_pylist()
    bars = [_interval_bar(row, "stage", language("en")) for row in rows]
    assert all(bar[0]["label"].endswith(": not known") for bar in bars)
    assert {"nothing is screened"} == {bar[0]["told"] for bar in bars}
