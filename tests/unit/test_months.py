"""Months: columns of single months or quarters become amounts since the year began."""

from decimal import Decimal

import pytest
from fixtures.mapped_files import errors, examined, mapping_of, sums, told

from budgeting.errors import MappingInvalid
from budgeting.model import Severity, Stage

FILE = """
    code;label;Jan;Feb;Mar
    1;Wages;10.00;20.00;30.00
    2;Fuel;1.00;;3.00
"""
ENDS = {"Jan": "01", "Feb": "02", "Mar": "03", "Q1": "03", "Q2": "06-30"}


def months(*columns, stage="executed", of=1, rest=""):
    return "\n".join(
        f'[[amount]]\ncolumn = "{column}"\nmonths = {of}\nas_of = "{{fiscal_year}}-{ENDS[column]}"\n'
        + (f'stage = "{stage}"\n' if stage else "")
        + rest
        for column in columns
    )


QUARTER = months("Jan", "Feb", "Mar")


def by_date(verdict):
    """Return the sums by stage and day of 2024."""
    return {(stage, day): amount for (_, _, _, stage, day), amount in sums(verdict).items()}


def test_single_months_are_added_up_since_the_year_began(store):
    """Each date has what was executed until then; a month without a figure adds nothing."""
    verdict = examined(store, FILE, mapping_of(QUARTER))
    assert [] == errors(verdict)
    assert {
        ("executed", "2024-01-31"): "11.00",
        ("executed", "2024-02-29"): "31.00",
        ("executed", "2024-03-31"): "64.00",
    } == by_date(verdict)


def test_quarters_are_added_up_as_months_are(store):
    """The second quarter with the first is the half year."""
    file = "code;label;Q1;Q2\n1;a;5.00;7.00\n"
    verdict = examined(store, file, mapping_of(months("Q1", "Q2", of=3)))
    assert ["5.00", "12.00"] == list(by_date(verdict).values())


def test_columns_since_the_year_began_are_not_added_up(store):
    """Without months, each column is the statement that it is."""
    mapping = mapping_of(QUARTER.replace("months = 1\n", ""))
    assert ["11.00", "20.00", "33.00"] == list(by_date(examined(store, FILE, mapping)).values())


def test_a_line_begins_with_its_first_figure(store):
    """Before a line has a figure nothing is stated for it, not zero."""
    file = "code;label;Jan;Feb;Mar\n1;a;1;2;3\n2;b;;;5\n"
    batch = examined(store, file, mapping_of(QUARTER)).batches[0]
    values = {column.as_of.month: batch.lines[column.column] for column in batch.amounts}
    assert [Decimal("1.00"), None] == values[1].to_pylist()
    assert [Decimal("6.00"), Decimal("5.00")] == values[3].to_pylist()


@pytest.mark.parametrize("nothing", ["", "0.00"])
def test_months_to_come_state_nothing(store, nothing):
    """A file of February has columns for the rest of the year: they would repeat February."""
    file = f"code;label;Jan;Feb;Mar\n1;a;1.00;2.00;{nothing}\n2;b;5.00;6.00;{nothing}\n"
    verdict = examined(store, file, mapping_of(QUARTER))
    assert ["6.00", "14.00"] == list(by_date(verdict).values())
    assert [("Mar", Severity.NOTE)] == [(f.column, f.severity) for f in told(verdict, "months")]
    one = examined(store, file + "3;c;1.00;1.00;0.01\n", mapping_of(QUARTER))
    assert 3 == len(by_date(one))


def test_a_month_without_figures_among_others_is_asked_about(store):
    """What was executed until March lacks February, unless somebody says why it is empty."""
    file = "code;label;Jan;Feb;Mar\n1;a;1.00;;2.00\n"
    verdict = examined(store, file, mapping_of(QUARTER))
    assert ("months",) == verdict.open_checks
    assert ["Feb"] == [found.column for found in told(verdict, "months")]
    zero = examined(store, file.replace(";;", ";0;"), mapping_of(QUARTER))
    assert () == zero.open_checks


def test_months_of_two_stages_are_added_up_apart(store):
    """What was committed is not added to what was executed."""
    committed = months("Feb", stage="committed").replace("-02", "-01")
    verdict = examined(store, FILE, mapping_of(months("Jan"), committed))
    assert {("executed", "2024-01-31"), ("committed", "2024-01-31")} == set(by_date(verdict))


def test_the_printed_year_is_compared_with_its_months(store):
    """A total of the months that differs by a cent is asked about."""
    year = '[[sum]]\ncolumn = "Year"\nof = ["Jan", "Feb", "Mar"]'
    file = "code;label;Jan;Feb;Mar;Year\n1;a;1.00;2.00;3.00;6.00\n2;b;1.00;2.00;3.00;6.01\n"
    verdict = examined(store, file, mapping_of(QUARTER, year))
    assert [3] == [found.row_number for found in told(verdict, "sum-of-row")]


def test_printed_totals_of_all_months_confirm_the_sum_to_date(store):
    """February to date is confirmed where January's and February's own totals are."""
    top = '[[row]]\nkind = "total"\nwhere = { label = "Total" }\n'
    file = "code;label;Jan;Feb;Mar\n1;a;1.00;2.00;3.00\n2;b;1.00;2.00;3.00\n;Total;2.00;{};6.00\n"
    mapping = mapping_of(QUARTER, top)
    assert [] == told(examined(store, file.format("4.00"), mapping), "unconfirmed-total")
    wrong = examined(store, file.format("5.00"), mapping)
    assert ("printed-total",) == wrong.open_checks


@pytest.mark.parametrize("stage", list(Stage))
def test_months_are_of_stages_that_grow_in_a_year(store, stage):
    """Executed and committed amounts are to date; the months of a plan are no statements."""
    verdict = examined(store, FILE, mapping_of(months("Jan", "Feb", stage="")), stage=stage)
    grows = stage in (Stage.EXECUTED, Stage.COMMITTED)
    assert grows == ([] == errors(verdict))
    if grows:
        assert ["11.00", "31.00"] == list(by_date(verdict).values())


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        (months("Feb", "Mar"), "does not follow"),
        (months("Jan", "Mar"), "does not follow"),
        (months("Jan") + months("Q1", of=3), "does not follow"),
        (months("Jan").replace("as_of", "# as_of"), "needs as_of"),
        (months("Jan", of=0), "whole number"),
        (months("Jan", of="true"), "whole number"),
        (months("Jan", stage="approved"), "executed to date"),
    ],
)
def test_a_gap_between_months_is_refused(blocks, reason):
    """Without every month since January nothing can be added up to date."""
    with pytest.raises(MappingInvalid, match=reason):
        mapping_of(blocks)


def test_quarters_may_follow_months():
    """January to March by months, then the second quarter: nothing is missing."""
    mapping = mapping_of(QUARTER + months("Q2", of=3))
    assert [1, 1, 1, 3] == [rule.months for rule in mapping.amounts]
