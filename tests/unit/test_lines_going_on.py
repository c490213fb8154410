"""Lines that go on as others, in what is compared and traced: explorer, budget line, list to confirm."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of
from fixtures.small_budget import ask
from fixtures.went_on import code_of, succession, went_on

from budgeting.imports.stored.acceptance import accept
from budgeting.reports import build_report

PARK = ("3/31", "911", "Park", "700.00")
SQUARE = ("3/32", "912", "Square", "299.99")
RENAMED = succession("renamed", [code_of(SCHOOLS)], [code_of(PARK)])
PARTS = succession("split", [code_of(SCHOOLS)], [code_of(PARK), code_of(SQUARE)], ("0.7", "0.3"))


def build_two_years(store, editor):
    """2024: schools, care, roads. 2025: care, park, square."""
    accept(store, file_of(batch(*ROWS)), editor)
    accept(store, file_of(batch(CARE, PARK, SQUARE, year=2025)), editor)


@pytest.fixture
def two_years(prepared, editor):
    return prepared(build_two_years, editor)


def lines(store, **view):
    asked = {"municipality": "smallton", "year": "2025", "by": "line", "stage": "approved", **view}
    report = build_report(store, "budget_explorer", asked)
    rows = report.tables["groups"].rows.to_pylist()
    return report, {row["label"]: (row["approved"], row["previous"]) for row in rows}


def money(*amounts):
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


def number_of(store, row):
    rows = ask(store, f"from core.budget_lines where line_code = '{code_of(row)}'")
    return str(rows[0]["line_id"])


# --- the explorer ---------------------------------------------------------


def test_without_a_person_a_new_line_is_compared_with_nothing(two_years):
    """However alike lines are, nothing is followed by itself."""
    _, shown = lines(two_years)
    assert (money("700.00", None), money(None, "1000.00")) == (shown["Park"], shown["Schools"])


def test_a_renamed_line_is_compared_with_what_it_was(two_years):
    """One row with both amounts, and the totals stay."""
    before, _ = lines(two_years)
    went_on(two_years, RENAMED)
    after, shown = lines(two_years)
    assert money("700.00", "1000.00") == shown["Park"]
    assert "Schools" not in shown
    for total in ("total_approved", "total_previous", "line_count"):
        assert before.facts[total] == after.facts[total]


def test_each_part_of_a_split_line_has_its_part_of_the_year_before(store, editor):
    """Cut at whole cents, and together the whole."""
    accept(store, file_of(batch((*SCHOOLS[:3], "100.01"), ROADS)), editor)
    accept(store, file_of(batch(PARK, SQUARE, ROADS, year=2025)), editor)
    went_on(store, PARTS)
    _, shown = lines(store)
    assert (Decimal("70.01"), Decimal("30.00")) == (shown["Park"][1], shown["Square"][1])


def test_a_merged_line_has_the_sum_of_the_year_before(two_years):
    """Schools and roads became the park: it had what both had."""
    merged = succession("merged", [code_of(SCHOOLS), code_of(ROADS)], [code_of(PARK)])
    went_on(two_years, merged)
    assert money("700.00", "3345.67") == lines(two_years)[1]["Park"]


def test_a_line_that_went_out_of_the_view_has_gone_from_it(two_years):
    """Within office 1 the schools have ended; within office 3 the park is new; both views close."""
    went_on(two_years, RENAMED)
    report, shown = lines(two_years, within="organisation:1")
    assert money(None, "1000.00") == shown["Schools"]
    assert Decimal("1500.00") == report.facts["total_previous"]
    _, shown = lines(two_years, within="organisation:3")
    assert {"Park": money("700.00", None), "Square": money("299.99", None)} == shown


# --- the budget line ------------------------------------------------------


def behind(store, row):
    found = build_report(store, "budget_line", {"line": number_of(store, row)}).tables
    amounts = [
        (row["fiscal_year"], row["code"], row["amount"])
        for row in found["amounts"].rows.to_pylist()
    ]
    links = [
        (row["relation"], row["label"], row["fiscal_year"], row["becoming"], row["amount_share"])
        for row in found["links"].rows.to_pylist()
    ]
    return amounts, links


def test_a_renamed_line_shows_its_amounts_under_the_code_that_it_had(two_years, editor):
    """Twice renamed: the amounts of all years, each with its code; who confirmed stands below."""
    accept(two_years, file_of(batch(CARE, ROADS, year=2026)), editor)
    went_on(two_years, RENAMED)
    went_on(two_years, succession("moved", [code_of(PARK)], [code_of(ROADS)]), year=2026)
    amounts, links = behind(two_years, ROADS)
    assert [
        ("2026", "2/21 · 821", Decimal("2345.67")),
        ("2025", "3/31 · 911", Decimal("700.00")),
        ("2024", "2/21 · 821", Decimal("2345.67")),
        ("2024", "1/11 · 611", Decimal("1000.00")),
    ] == amounts
    assert [("continues", "Park", 2026, "moved", 1)] == links
    _, links = behind(two_years, PARK)
    assert [
        ("continued_by", "Roads", 2026, "moved", 1),
        ("continues", "Schools", 2025, "renamed", 1),
    ] == links


def test_a_part_of_a_line_shows_no_amounts_of_the_whole(two_years):
    """The line before it is named with the part that goes on; its amounts are its own."""
    went_on(two_years, PARTS)
    amounts, links = behind(two_years, PARK)
    assert [("2025", "3/31 · 911", Decimal("700.00"))] == amounts
    assert [("continues", "Schools", 2025, "split", Decimal("0.7"))] == links


def test_a_line_that_is_called_as_it_was_two_years_before_ends_the_search(store, editor):
    """Renamed there and back: every amount once."""
    for year, row in ((2023, SCHOOLS), (2024, CARE), (2025, SCHOOLS)):
        accept(store, file_of(batch(row, year=year)), editor)
    went_on(store, succession("renamed", [code_of(SCHOOLS)], [code_of(CARE)]), year=2024)
    went_on(store, succession("renamed", [code_of(CARE)], [code_of(SCHOOLS)]), year=2025)
    amounts, _ = behind(store, SCHOOLS)
    assert [2025, 2024, 2023] == [int(year) for year, *_ in amounts]


# --- the report of successors ---------------------------------------------


def report_of(store, **asked):
    return build_report(
        store, "line_successors", {"municipality": "smallton", "year": "2025", **asked}
    )


def test_the_report_tells_proposed_confirmed_and_open_lines(store, editor):
    """A line of the same words was moved, another renamed; what is confirmed is proposed no more."""
    moved, renamed = (
        ("1/13", "612", "Care of children", "500.00"),
        ("2/22", "821", "Road", "2345.67"),
    )
    accept(store, file_of(batch(*ROWS)), editor)
    accept(store, file_of(batch(SCHOOLS, moved, renamed, PARK, year=2025)), editor)
    found = report_of(store)
    assert "3 lines of 2025 are new and 2 of 2024 are gone; 2 of them" in str(found.answer)
    assert [
        ("Care of children", "1/13 · 612", "moved"),
        ("Road", "2/22 · 821", "renamed"),
    ] == sorted(
        (row["new_label"], row["new_code"], row["becoming"])
        for row in found.tables["proposed"].rows.to_pylist()
    )
    went_on(store, succession("moved", [code_of(CARE)], [code_of(moved)]))
    tables = report_of(store).tables
    assert ["Roads"] == tables["proposed"].rows["gone_label"].to_pylist()
    assert ["moved"] == tables["confirmed"].rows["becoming"].to_pylist()
    assert (["Roads"], {"Road", "Park"}, ["Schools"]) == (
        tables["gone"].rows["label"].to_pylist(),
        set(tables["new"].rows["label"].to_pylist()),
        tables["both"].rows["label"].to_pylist(),
    )


def test_the_report_of_the_first_year_is_empty(two_years):
    """It says why, and every table is there."""
    found = report_of(two_years, year="2024")
    assert "no year before 2024" in str(found.answer)
    assert [0] * 5 == [table.rows.num_rows for table in found.tables.values()]


def test_the_report_notes_links_that_are_not_followed(two_years, editor):
    """The schools are in 2025 after all: statements with both lines are compared without the link."""
    went_on(two_years, RENAMED)
    assert () == report_of(two_years).notes[1:]
    accept(two_years, file_of(batch(SCHOOLS, year=2025, stage="executed"), name="e"), editor)
    assert "as well: 1" in str(report_of(two_years).notes[-1])
