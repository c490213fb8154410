"""Sums inside a row: a printed total of columns and a printed change are held to the cent."""

import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    STRUCTURE,
    errors,
    examined,
    mapping_of,
    told,
    total,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.answers import Answers
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile
from budgeting.model import Severity

FUNDS = """
    [[amount]]
    column = "c"
    stage = "approved"
    member = { dimension = "fund", code = "c" }

    [[amount]]
    column = "s"
    stage = "approved"
    member = { dimension = "fund", code = "s" }

    [[sum]]
    column = "t"
    of = ["c", "s"]
"""


def asked(verdict, check="sum-of-row"):
    return [(f.row_number, f.column, f.value, f.severity) for f in told(verdict, check)]


ROWS = [
    ("5;4;9", None),
    ("5;4;9.01", "9.01"),
    ("5;4;8.99", "8.99"),
    ("5;;5", None),
    ("5;;6", "6.00"),
    ("0;0;0", None),
    ("-5;4;-1", None),
    ("-5;4;9", "9.00"),
    ("0.10;0.20;0.30", None),
]


@pytest.mark.parametrize(("row", "printed"), ROWS)
def test_a_printed_total_of_columns_is_held_to_the_cent(store, row, printed):
    """A cent more or less is a question with row, column and the printed total; equal needs none."""
    verdict = examined(store, f"code;label;c;s;t\n1;a;{row}\n", mapping_of(FUNDS))
    wanted = [] if printed is None else [(2, "t", printed, Severity.QUESTION)]
    assert wanted == asked(verdict)
    assert (printed is None) == verdict.is_acceptable


def test_a_wrong_total_of_columns_changes_no_amount(store):
    """What is stored are the columns; the total that differs is only asked about."""
    verdict = examined(store, "code;label;c;s;t\n1;a;5;4;90\n", mapping_of(FUNDS))
    assert total(verdict) == "9.00"


def test_the_question_says_all_three_numbers(store):
    """Printed, computed and difference stand in the sentence."""
    verdict = examined(store, "code;label;c;s;t\n1;a;5;4;10.50\n", mapping_of(FUNDS))
    (found,) = told(verdict, "sum-of-row")
    for number in ("10.50", "9.00", "1.50"):
        assert number in str(found.message)


def test_each_row_is_held_to_its_own_sum(store):
    """Two differences that cancel each other out are two questions."""
    rows = "code;label;c;s;t\n1;a;5;4;10\n2;b;5;4;8\n3;c;5;4;9\n"
    verdict = examined(store, rows, mapping_of(FUNDS))
    assert [row for row, *_ in asked(verdict)] == [2, 3]


def test_a_total_less_a_column_is_held(store):
    """What a sum takes away is taken away: 5 + 4 - 2 is 7."""
    minus = FUNDS + '    minus = ["d"]\n'
    rows = "code;label;c;s;d;t\n1;a;5;4;2;7\n2;b;5;4;2;11\n"
    verdict = examined(store, rows, mapping_of(minus))
    assert asked(verdict) == [(3, "t", "11.00", Severity.QUESTION)]


def test_totals_of_the_sheet_are_no_rows_of_their_own(store):
    """A subtotal is compared with its lines, not with its own columns as a line is."""
    rows = "code;label;c;s;t\n1;a;5;4;9\n2;b;1;1;2\n;Total;6;5;12\n"
    verdict = examined(store, rows, mapping_of(FUNDS, STRUCTURE))
    assert asked(verdict) == []
    assert asked(verdict, "printed-total") == [(4, "t", "12.00", Severity.QUESTION)]


def test_a_part_that_cannot_be_read_is_an_error(store):
    """The cell itself is told, so nobody looks for the difference elsewhere."""
    verdict = examined(store, "code;label;c;s;t\n1;a;5;4x;9\n", mapping_of(FUNDS))
    assert errors(verdict) == [("number", 2, "4x")]


cents = st.integers(-(10**6), 10**6)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(cents, cents, st.sampled_from([0, 0, 1, -1, 100])), min_size=1))
def test_exactly_the_rows_that_differ_are_told(rows):
    """Whatever the amounts, a row is asked about if and only if its total is not the sum."""
    written = [f"1;a;{c}.00;{s}.00;{c + s + more}.00" for c, s, more in rows]
    file = SourceFile("x.csv", "\n".join(["code;label;c;s;t", *written]).encode())
    mapping = mapping_of(FUNDS)
    meaning = interpret(
        read(file, mapping.layout), mapping, Answers(fiscal_year=2024), mapping.municipality
    )
    assert [place for place, (*_, more) in enumerate(rows, start=2) if more] == [
        found.row_number for found in meaning.findings if found.check == "sum-of-row"
    ]


CHANGE = """
    [change]
    column = "moved"
    earlier = "approved"
    later = "executed"
"""
CHANGES = [
    ("5;7;2", None),
    ("5;7;2.01", "2.01"),
    ("7;5;-2", None),
    ("7;5;2", "2.00"),
    ("5;7;", None),
]


@pytest.mark.parametrize(("row", "stated"), CHANGES)
def test_a_stated_change_is_held_to_the_cent(store, row, stated):
    """A change that is not the difference is a warning with its row; no change says nothing."""
    rows = f"code;label;approved;executed;moved\n1;a;{row}\n"
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED, CHANGE))
    wanted = [] if stated is None else [(2, "moved", stated, Severity.WARNING)]
    assert wanted == asked(verdict, "change")


def test_an_empty_total_of_columns_is_asked_about_and_is_not_zero(store):
    """A sum that others print and this row does not: it may stand in a column that was swapped."""
    found = examined(store, "code;label;c;s;t\n1;a;5;4;\n2;b;1;1;2\n", mapping_of(FUNDS))
    assert [("sum-of-row", 2)] == [
        (f.check, f.row_number) for f in found.findings if f.check == "sum-of-row"
    ]
    assert "prints no sum" in str(
        next(f.message for f in found.findings if f.check == "sum-of-row")
    )


def test_a_change_is_held_to_the_stages_of_its_own_year(store):
    """With columns of two years, one year's change is not compared with the other's stages."""
    years = "".join(
        f'[[amount]]\ncolumn = "{name}"\nstage = "{stage}"\nyear = {year}\n'
        for name, stage, year in (
            ("p23", "approved", 2023), ("r23", "executed", 2023),
            ("p24", "approved", 2024), ("r24", "executed", 2024),
        )
    )  # fmt: skip
    rows = "code;label;p23;r23;p24;r24;moved\n1;a;5;7;50;70;2\n"
    assert asked(examined(store, rows, mapping_of(years, CHANGE)), "change") == []
