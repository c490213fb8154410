"""Reports: totals close, drilled views close with their parents, only the same day is compared."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from fixtures.small_budget import accept_rows

from budgeting.errors import UnknownReport
from budgeting.model import Direction, Stage
from budgeting.reports import build_report
from budgeting.reports.budget_explorer import LINES_PER_PAGE
from budgeting.reports.scope import scope
from budgeting.store import DIMENSIONS

TOWNS = ("demo_vrbograd", "demo_jasenik", "demo_topolnica")
STAGES = ("approved", "revised", "committed", "executed")
MONEY = (*STAGES, "previous")
CASES = [
    case
    for case in product(TOWNS, ("expenditure", "revenue"), STAGES)
    if case[1:] != ("revenue", "committed")
]


def explore(store, town="demo_topolnica", **given):
    return build_report(store, "budget_explorer", {"municipality": town, "year": "2026", **given})


def rows_of(report, table="groups"):
    return report.tables[table].rows.to_pylist()


def added(rows, column):
    known = [row[column] for row in rows if row[column] is not None]
    return sum(known, Decimal(0)) if known else None


def assert_closes(report):
    """Every column of amounts adds up to its total, "not known" included."""
    rows = rows_of(report)
    for column in MONEY:
        assert added(rows, column) == report.facts[f"total_{column}"], column
    assert sum(row["line_count"] for row in rows) == report.facts["line_count"]


# --- totals close ---------------------------------------------------------


@pytest.mark.parametrize(("town", "direction", "stage"), CASES)
def test_every_breakdown_closes(demo_store, town, direction, stage):
    """Each dimension divides the same total to the cent, with a search and without."""
    for words in ("", "a", "1"):
        totals = set()
        whole = explore(demo_store, town, direction=direction, stage=stage, words=words)
        for by in whole.facts["choices"][:-1]:
            report = explore(demo_store, town, direction=direction, stage=stage, by=by, words=words)
            assert report.facts["by"] == by
            assert_closes(report)
            totals.add((report.facts["total"], report.facts["line_count"]))
        assert totals == {(whole.facts["total"], whole.facts["line_count"])}
        assert words or whole.facts["total"] is not None


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("words", ["", "a"])
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_what_is_opened_closes_with_its_row(demo_store, town, words, dimension):
    """Behind every row stands a view whose total is the row's, whatever divides it next."""
    parent = explore(demo_store, town, by=dimension, words=words, stage="executed")
    opened = 0
    for row in rows_of(parent):
        view = {"within": f"{dimension}:{row['path_code']}", "words": words, "stage": "executed"}
        for by in ("function", "organisation", "line"):
            child = explore(demo_store, town, by=by, **view)
            for column in MONEY:
                assert child.facts[f"total_{column}"] == row[column]
            if child.facts["by"] != "line":
                assert child.facts["line_count"] == row["line_count"]
                assert_closes(child)
            opened += 1
    assert opened


def test_pages_of_lines_are_all_lines_once(demo_store):
    """The pages together hold each budget line once and add up to the total of all."""
    first = explore(demo_store, "demo_vrbograd", by="line")
    pages = [
        rows_of(explore(demo_store, "demo_vrbograd", by="line", page=str(page)))
        for page in range(1, first.facts["page_count"] + 1)
    ]
    lines = [row for page in pages for row in page]
    assert len(pages) > 1
    assert [len(page) for page in pages[:-1]] == [LINES_PER_PAGE] * (len(pages) - 1)
    assert len({row["path_code"] for row in lines}) == len(lines) > LINES_PER_PAGE
    assert added(lines, "revised") == first.facts["total"]
    amounts = [abs(row["revised"]) for row in lines if row["revised"] is not None]
    assert amounts == sorted(amounts, reverse=True)


@pytest.mark.parametrize("stage", STAGES)
def test_lines_are_counted_alike_in_every_breakdown(demo_store, stage):
    """The answer names as many budget lines line by line as it does function by function."""
    counts = {
        explore(demo_store, stage=stage, by=by).facts["line_count"] for by in ("function", "line")
    }
    assert len(counts) == 1


def test_a_page_too_far_is_the_first(demo_store):
    """An old link to a page that is no more shows lines, not emptiness."""
    far, first = (explore(demo_store, by="line", page=page) for page in ("999", "1"))
    assert rows_of(far) == rows_of(first)


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_constant_prices_close_as_shown(demo_store, year):
    """The total of rounded rows is their sum."""
    report = explore(demo_store, year=year, prices="constant")
    assert report.facts["total"] is not None
    assert_closes(report)


# --- the year before ------------------------------------------------------

ROW = "1;Education;11;611;09.1;Schools;1.000,00;{}"


@pytest.mark.parametrize(
    ("before", "now", "is_comparable"),
    [
        (date(2023, 9, 30), date(2024, 9, 30), True),
        (date(2023, 12, 31), date(2024, 9, 30), False),
        (date(2023, 9, 29), date(2024, 9, 30), False),
        (None, date(2024, 9, 30), False),
        (date(2023, 9, 30), None, False),
        (None, None, True),
    ],
)
def test_only_the_same_day_is_compared(store, editor, before, now, is_comparable):
    """Executed amounts are set against the same day of the year before, else against nothing."""
    accept_rows(store, editor, ROW.format("100,00"), year=2023, as_of=before)
    accept_rows(store, editor, ROW.format("150,00"), year=2024, as_of=now)
    where = scope(store, "smallton", 2024, Direction.EXPENDITURE)
    found = where.year_before(where.newest(Stage.EXECUTED))
    assert (found is not None) == is_comparable
    report = explore(store, "smallton", year="2024", stage="executed")
    assert rows_of(report)[0]["change"] == (Decimal("50.00") if is_comparable else None)


@pytest.mark.parametrize(
    ("executed", "band"), [("950,00", 0), ("949,99", 1), ("899,99", 2), ("849,99", 3)]
)
def test_the_band_of_a_row_is_that_of_its_amounts(store, editor, executed, band):
    """The table marks how far the outturn of a whole year is from the approved amount."""
    accept_rows(store, editor, ROW.format(executed), as_of=date(2024, 12, 31))
    report = explore(store, "smallton", year="2024", stage="executed")
    assert [row["band"] for row in rows_of(report)] == [band]


def test_a_year_in_progress_has_no_band(store, editor):
    """Before its end no year is off what was approved."""
    accept_rows(store, editor, ROW.format("100,00"), as_of=date(2024, 6, 30))
    report = explore(store, "smallton", year="2024", stage="executed")
    assert [row["band"] for row in rows_of(report)] == [None]


# --- what is asked --------------------------------------------------------


def test_constant_prices_without_an_index_are_not_known(demo_store):
    """Topolnica has none for 2026: every amount of the year is missing, none is nominal."""
    report = explore(demo_store, prices="constant")
    assert {row[stage] for row in rows_of(report) for stage in STAGES} == {None}
    assert report.facts["total"] is None


@pytest.mark.parametrize(
    "given", [{"by": "colour"}, {"within": "colour:1"}, {"prices": "x"}, {"colour": "red"}]
)
def test_what_cannot_be_asked_is_refused(demo_store, given):
    """The text names what it cannot be."""
    with pytest.raises(UnknownReport, match=next(iter(given.values())).split(":")[0] + "|colour"):
        explore(demo_store, **given)


@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("direction", ["expenditure", "revenue"])
def test_the_overview_and_the_explorer_agree(demo_store, town, direction):
    """The same year has the same amounts on both pages."""
    given = {"municipality": town, "year": "2026", "direction": direction}
    overview = build_report(demo_store, "overview", given)
    explorer = explore(demo_store, town, direction=direction)
    for stage in STAGES:
        assert overview.facts[stage] == explorer.facts[f"total_{stage}"]
