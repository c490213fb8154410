"""Printed totals are added up again."""

import re
from decimal import Decimal

import numpy as np
import pytest

from budgeting.imports.sheets.row_sums import find_changes, find_row_sums, sum_differences
from budgeting.imports.sheets.sheet import SheetRows
from budgeting.imports.sheets.structure import row_kinds
from budgeting.imports.sheets.totals import confirmed_columns, explicit_totals, printed_totals

WORDS = re.compile(r"^(total|укупн)")


def sheet(*rows):
    """Return rows written as (code, label, amount, …); None is an empty cell."""
    return SheetRows.of(
        range(2, len(rows) + 2),
        ([row[0] for row in rows], [row[1] for row in rows]),
        [f"c{number}" for number in range(len(rows[0]) - 2)],
        [[amount or 0 for amount in row[2:]] for row in rows],
        [[amount is not None for amount in row[2:]] for row in rows],
    )


def totals(*rows, groups=None):
    table = sheet(*rows)
    return printed_totals(table, row_kinds(table, WORDS), groups)


def seen(found):
    return [
        (total.row_number, int(total.difference * 100), total.row_count, total.is_grand)
        for total in found
    ]


LINES = (("1a", "roads", 60), ("1b", "parks", 30))


def test_a_total_is_the_sum_of_the_lines_before_it():
    """A total and a total of totals add lines only, and the last that has all lines is the grand total."""
    found = totals(
        *LINES, ("", "total 1", 90), ("2a", "x", 5), ("", "total 2", 5), ("", "total", 95)
    )
    assert [(4, 0, 2, False), (6, 0, 1, False), (7, 0, 3, True)] == seen(found)
    assert {"c0"} == confirmed_columns(found)


def test_a_difference_is_shown_to_the_cent():
    """Where the lines do not add up, printed, computed and difference are given."""
    (found,) = totals(*LINES, ("", "total", 91))
    assert (Decimal("0.91"), Decimal("0.90"), Decimal("0.01")) == (
        found.printed,
        found.computed,
        found.difference,
    )
    assert found.is_grand
    assert not confirmed_columns([found])


def test_totals_by_code_may_stand_before_their_lines():
    """A group's code says what it is the total of."""
    found = totals(("4", "t", 90), ("41", "a", 60), ("42", "b", 30), ("", "total", 90))
    assert [(2, 0, 2, False), (5, 0, 2, True)] == seen(found)


def test_a_last_subtotal_is_no_grand_total():
    """A sheet that prints no total of all its lines confirms nothing."""
    found = totals(*LINES, ("", "total 1", 90), ("2a", "x", 5), ("", "total 2", 5))
    assert [(4, 0, 2, False), (6, 0, 1, False)] == seen(found)
    assert not confirmed_columns(found)


def test_zero_confirms_nothing():
    """A total of zero agrees with anything, so it is no evidence."""
    assert not confirmed_columns(totals(("1", "a", 0), ("2", "b", 0), ("", "total", 0)))


def test_a_wrong_subtotal_does_not_hide_behind_other_lines():
    """A subtotal that agrees with no run of lines is compared with the lines since the total before."""
    found = totals(
        *LINES, ("", "total 1", 90), ("2a", "x", 5), ("", "total 2", 6), ("", "total", 95)
    )
    assert (6, 1, 1, False) in seen(found)


def test_groups_end_a_run():
    """A total belongs to its organ, even where the organ before it prints none."""
    rows = (("", "x", 5), ("", "a", 60), ("", "b", 30), ("", "total", 91))
    (found, *_) = totals(*rows, ("", "total", 96), groups=np.array([1, 2, 2, 2, 3]))
    assert Decimal("0.91") == found.printed


def test_a_rule_says_what_a_total_adds_and_takes_away():
    """An explicit rule gives result = income - expenses within each plan."""
    rows = sheet(
        ("10", "income", 50), ("17", "spent", 60), ("18", "result", -10),
        ("10", "income", 7), ("17", "spent", 6), ("18", "result", -1),
    )  # fmt: skip
    codes = np.array(["10", "17", "18"] * 2)
    found = explicit_totals(
        rows, codes == "18", codes == "10", codes == "17", np.array([0, 0, 0, 1, 1, 1])
    )
    assert [(4, 0, 2, False), (7, -2, 2, False)] == seen(found)


def test_a_column_that_sums_others_is_found():
    """A total by source is found where it holds in nine rows of ten; its exceptions are differences."""
    rows = [("1", "a", n, n * 2, n * 3) for n in range(1, 10)] + [("1", "a", 1, 1, 9)]
    (found,) = find_row_sums(sheet(*rows))
    assert ("c2", ("c0", "c1"), 9, 10, False) == (
        found.total, found.parts, found.agreeing, found.compared, found.is_copy,
    )  # fmt: skip
    assert [0] * 9 + [7] == sum_differences(sheet(*rows), "c2", ("c0", "c1")).tolist()


@pytest.mark.parametrize(("count", "expected"), [(4, 0), (5, 1)])
def test_few_rows_prove_no_sum(count, expected):
    """Fewer than five rows are chance."""
    rows = [("1", "a", n, n * 2, n * 3) for n in range(1, count + 1)]
    assert expected == len(find_row_sums(sheet(*rows)))


def test_approved_and_change_give_revised():
    """A sum with a part below zero is a change of a budget."""
    rows = [("1", "a", 100 + n, n - 3, 97 + 2 * n) for n in range(6)]
    assert [("c2", ("c0", "c1"))] == [
        (change.total, change.parts) for change in find_changes(sheet(*rows))
    ]
