"""Checks: each looks at one thing in what a file means, and is silent at the other side of it."""

from datetime import date
from decimal import Decimal

import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    LINE,
    errors,
    examined,
    mapping_of,
    told,
)

from budgeting.model import Severity

REVISED = APPROVED.replace("approved", "revised")


# --- executed above the budget --------------------------------------------


def rows_above(verdict):
    return [
        (found.message.values["count"], found.row_number, str(found.message.values["excess"]))
        for found in told(verdict, "executed-above-budget")
    ]


@pytest.mark.parametrize(("executed", "found"), [("5", []), ("5.01", [(1, 2, "0.01")])])
def test_a_line_of_which_more_was_executed_is_told(store, executed, found):
    """A cent above the budget is a note with its row and the excess; all of the budget is none."""
    rows = f"code;label;approved;executed\n1;a;5;{executed}\n2;b;6;1\n"
    assert found == rows_above(examined(store, rows, mapping_of(APPROVED, EXECUTED)))


@pytest.mark.parametrize(("revised", "found"), [("9", []), ("8", [(1, 2, "1.00")])])
def test_the_revised_budget_is_the_limit_where_there_is_one(store, revised, found):
    """What was approved first does not count beside a later budget."""
    rows = f"code;label;approved;revised;executed\n1;a;5;{revised};9\n"
    verdict = examined(store, rows, mapping_of(APPROVED, REVISED, EXECUTED))
    assert found == rows_above(verdict)


def test_rows_of_one_line_are_added_before_they_are_compared(store):
    """A line that stands in two rows has the budget of both."""
    rows = "code;label;approved;executed\n1;a;5;9\n1;b;5;1\n"
    assert rows_above(examined(store, rows, mapping_of(APPROVED, EXECUTED))) == []


def test_money_that_was_spent_without_a_budget_is_above_it(store):
    """An empty budget allows nothing."""
    rows = "code;label;approved;executed\n1;a;5;1\n2;b;;3\n"
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED))
    assert rows_above(verdict) == [(1, 3, "3.00")]


def test_more_revenue_than_planned_is_no_finding(store):
    """Only spending is limited by the budget."""
    rows = "code;label;approved;executed\n1;a;5;9\n"
    revenue = LINE.replace("expenditure", "revenue")
    assert rows_above(examined(store, rows, mapping_of(APPROVED, EXECUTED, line=revenue))) == []


# --- repeated rows and shared lines ---------------------------------------


REPEATED = [
    ("1;a;5", "1;a;5", True),
    ("1;a;5", "1;a;5.00", True),
    ("1;a;5", "1;a;5.01", False),
    ("1;a;5", "1;b;5", False),
    ("1;a;5", "2;a;5", False),
]


@pytest.mark.parametrize(("first", "second", "is_told"), REPEATED)
def test_a_row_that_stands_twice_is_told(store, first, second, is_told):
    """The same codes, words and amounts again are a warning at the second row."""
    verdict = examined(store, f"code;label;approved\n{first}\n{second}\n")
    assert ([(Severity.WARNING, 3)] if is_told else []) == [
        (found.severity, found.row_number) for found in told(verdict, "repeated-rows")
    ]


def test_rows_that_share_their_codes_are_counted(store):
    """The note says how many rows become how many lines."""
    rows = "code;label;approved\n1;a;5\n1;b;6\n1;c;7\n2;d;8\n2;e;9\n3;f;1\n"
    (found,) = told(examined(store, rows), "rows-share-a-line")
    assert (
        found.severity,
        found.message.values["count"],
        found.message.values["lines"],
    ) == (Severity.NOTE, 5, 2)


# --- eliminations ---------------------------------------------------------

LABELS = [
    ("Konsolidacija", True),
    ("Консолидација", True),
    ("Internal transfers", True),
    ("Transfers to households", False),
    ("Pay", False),
]


@pytest.mark.parametrize(("label", "is_told"), LABELS)
def test_lines_that_call_themselves_eliminations_are_told(store, label, is_told):
    """Transfers inside the consolidated budget would count the same money twice."""
    verdict = examined(store, f"code;label;approved\n1;a;5\n2;{label};6\n")
    assert ([(Severity.WARNING, 3)] if is_told else []) == [
        (found.severity, found.row_number) for found in told(verdict, "eliminations")
    ]


def test_a_mapping_that_knows_its_eliminations_is_not_told_of_them(store):
    """Where the rows are stored as eliminations, there is nothing to warn of."""
    rows = "code;label;approved\n1;Konsolidacija;5\n"
    line = LINE + "    elimination = true\n"
    assert told(examined(store, rows, mapping_of(line=line)), "eliminations") == []


# --- dates ----------------------------------------------------------------


@pytest.mark.parametrize("as_of", [None, date(2024, 6, 30)])
def test_execution_without_a_date_is_told(store, as_of):
    """Nobody compares half a year with a whole one by mistake: without a date there is a note."""
    rows = "code;label;approved;executed\n1;a;5;4\n"
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED), as_of=as_of)
    assert (1 if as_of is None else 0) == len(told(verdict, "no-date"))


# --- columns --------------------------------------------------------------


def test_every_missing_column_is_told_at_once(store):
    """The error names the column and those that there are; no row is accepted."""
    rows = "kod;label;approved\n1;a;5\n"
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED))
    assert [found.column for found in told(verdict, "missing-column")] == ["code", "executed"]
    assert "kod, label, approved" in str(told(verdict, "missing-column")[0].suggestion)
    assert verdict.rows == {"read": 1, "accepted": 0, "skipped": 0, "rejected": 1}


@pytest.mark.parametrize(
    "header", ["CODE;Label;Approved", " code ;label;approved", "Cоde;label;approved"]
)
def test_a_column_is_known_by_its_words(store, header):
    """Case, spaces and letters of another script that look the same make no other column."""
    assert errors(examined(store, f"{header}\n1;a;5\n")) == []


# --- totals that a person was told ----------------------------------------


def test_two_decisions_of_a_stage_are_not_added(store):
    """A second rebalance replaces the first: the total of the verdict is never their sum."""
    rebalances = "".join(
        f'[[amount]]\ncolumn = "{name}"\nstage = "revised"\ndecision_number = "{number}"\n'
        for name, number in (("x", "1"), ("y", "2"))
    )
    verdict = examined(store, "code;label;x;y\n1;a;5;9\n", mapping_of(rebalances))
    assert Decimal(14) != verdict.totals[2024]["expenditure"]["revised"]
