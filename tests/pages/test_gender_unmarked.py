"""A year of which nothing is marked: what counts is not known, and never nil."""

from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui.gender_tables import stage_finding
from budgeting.ui.session import open_store
from budgeting.ui.stance_charts import interval_bar

UNMARKED = {"municipality": "demo_jasenik", "year": "2025"}


def test_what_nobody_screened_is_not_known(visit):
    """Neither the heading nor a bar of planned and spent says 0 % where nothing is marked."""
    visit("gender_overview", **UNMARKED)
    given = {**UNMARKED, "methodology": "india_gbs", "language": "en"}
    shown = build_report(open_store(), "gender_overview", given)
    assert "nothing is screened" in str(stage_finding(shown))
    rows = shown.tables["stages"].rows.to_pylist()
    bars = [interval_bar(row, "stage", language("en")) for row in rows]
    assert {"not known"} == {words for bar in bars for words, _opens in bar.numbers}
    assert [["not_screened"]] * len(bars) == [
        [one.opens["number"] for one in bar.pieces] for bar in bars
    ]
