"""Bundles: what several files state together is stored once, or refused with what differs."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import CARE as CARE_ROW
from fixtures.small_budget import SCHOOLS as SCHOOLS_ROW
from fixtures.small_budget import ask, cube_totals, verdict_on

from budgeting.errors import ImportRefused
from budgeting.imports.stored.acceptance import accept_all
from budgeting.imports.stored.bundle import accept_bundle, bundle
from budgeting.imports.stored.repeated import stated_once, stated_twice
from budgeting.imports.stored.undo import undo
from budgeting.model import Severity


def two_files(store, first, second):
    return bundle(
        store, [verdict_on(store, *first, name="a.csv"), verdict_on(store, *second, name="b.csv")]
    )


def columns(*rows, **how):
    """Return what `stated_once` leaves of two files, the second of these rows."""
    kept, findings = stated_once([[batch(*ROWS, sheet="a")], [batch(*rows, sheet="b", **how)]])
    return [len(batches) for batches in kept], [finding.severity for finding in findings]


def test_two_files_that_state_the_same_are_stored_once(store, editor):
    """A note tells it; the amounts stand once, and the lines lead to the rows of both files."""
    files = two_files(store, [SCHOOLS_ROW, CARE_ROW + " "], [SCHOOLS_ROW, CARE_ROW + "  "])
    assert [("stated-twice", Severity.NOTE)] * 2 == [(f.check, f.severity) for f in files.between]
    assert (
        "“a.csv” and “b.csv” state the same 2 budget lines for approved 2024, with the same amounts: "
        "1500.00."
    ) == str(files.between[0].message)
    assert files.is_acceptable
    accept_bundle(store, files, editor)
    totals = cube_totals(store)
    assert [Decimal("1500.00"), Decimal("900.50")] == sorted(totals.values(), reverse=True)
    assert [1, 2] == sorted(
        row["source_file_id"]
        for row in ask(
            store,
            "select distinct source_file_id from core.line_year_sources",
        )
    )
    assert 4 == len(ask(store, "from core.stated_vintages"))


def test_the_later_of_two_equal_files_can_be_taken_back(store, editor):
    """Its source goes, the amounts of the first stay."""
    files = two_files(store, [SCHOOLS_ROW, CARE_ROW + " "], [SCHOOLS_ROW, CARE_ROW + "  "])
    _, second = accept_bundle(store, files, editor)
    undo(store, second.import_id, "sent twice", editor)
    assert Decimal("1500.00") in cube_totals(store).values()
    assert [1] == [
        row["source_file_id"]
        for row in ask(store, "select distinct source_file_id from core.line_year_sources")
    ]


def test_files_that_differ_by_a_cent_are_refused_with_both_sides(store, editor):
    """Both files, both rows and both amounts are named, and nothing is stored."""
    files = two_files(store, [SCHOOLS_ROW, CARE_ROW], [CARE_ROW.replace("500,00", "500,01")])
    error = next(found for found in files.between if found.severity is Severity.ERROR)
    assert (
        "1 budget line stands in both “a.csv” and “b.csv” for approved 2024: 1/12 · 611 · 10/10.4 has "
        "500.00 in row 3 of the one and 500.01 in row 2 of the other."
    ) == str(error.message)
    assert not files.is_acceptable
    with pytest.raises(ImportRefused):
        accept_bundle(store, files, editor)
    assert {} == cube_totals(store)


@pytest.mark.parametrize(
    "rows",
    [
        (*ROWS[:2], (*ROADS[:3], "2345.68")),
        ROWS[:2],
        (*ROWS, ("3/31", "1", "Parks", "0.00")),
        (*ROWS[:2], (*ROADS[:3], None)),
    ],
    ids=["a cent more", "a line less", "a line more", "a line without figure"],
)
def test_a_statement_that_is_not_the_very_same_is_kept(rows):
    """Only the same lines with the same cents are the same statement."""
    assert ([1, 1], []) == columns(*rows)


@pytest.mark.parametrize(
    "how",
    [
        {"year": 2023},
        {"stage": "executed"},
        {"direction": "revenue"},
        {"place": town("other")},
        {"place": town(currency="RSD")},
    ],
)
def test_another_statement_is_not_the_same(how):
    """Another year, stage, direction, place or currency is another statement."""
    assert ([1, 1], []) == columns(*ROWS, **how)


def test_the_order_of_rows_and_their_parts_do_not_matter():
    """The same lines in another order, one of them in two rows, are the same statement."""
    halves = [(*SCHOOLS[:3], "400.00"), (*SCHOOLS[:3], "600.00")]
    assert ([1, 0], [Severity.NOTE]) == columns(ROADS, *halves, CARE)


def test_a_file_of_several_sheets_is_compared_as_a_whole():
    """Two sheets of one file state together what the other file has in one."""
    sheets = [batch(SCHOOLS, sheet="b1"), batch(CARE, ROADS, sheet="b2")]
    kept, findings = stated_once([[batch(*ROWS, sheet="a")], sheets])
    assert ([1, 0], 1) == ([len(batches) for batches in kept], len(findings))


def test_the_same_lines_in_two_sheets_of_one_file_are_refused():
    """Inside one file nobody knows whether the amounts are to be added."""
    found = stated_twice([batch(SCHOOLS, sheet="A"), batch(SCHOOLS, sheet="B")])
    assert [Severity.ERROR] == [finding.severity for finding in found]


def test_the_first_line_that_differs_is_named(store):
    """Of many lines that stand twice, one with two amounts is shown."""
    other = batch(SCHOOLS, (*CARE[:3], "1.00"), sheet="B")
    (found,) = stated_twice([batch(*ROWS, sheet="A"), other])
    assert "2 budget lines" in str(found.message)
    assert "1/12 · 612, has 500.00 in row 3 of the one and 1.00 in row 3" in str(found.message)


def test_equal_files_are_stored_once_whoever_asks(store, editor):
    """Accepted together without a bundle, equal amounts are not added either."""
    first = file_of(batch(*ROWS), name="a")
    accept_all(store, [first, replace(first, source=file_of(name="b").source)], editor)
    assert [Decimal("3845.67")] == list(cube_totals(store).values())
