"""What a sum tree promises: a row is the sum of its neighbours where figures and codes agree."""

import numpy as np
import pytest

from budgeting.imports.guessing.sum_tree import SumTree, sum_tree
from budgeting.imports.sheets.sheet import SheetRows


def tree_of(*rows: tuple) -> SumTree | None:
    """Return the tree of rows of code, words and amounts; words with "total" announce one."""
    codes, labels = [row[0] for row in rows], [row[1] for row in rows]
    amounts = [list(row[2:]) for row in rows]
    cents = [[0 if one is None else one * 100 for one in row] for row in amounts]
    known = [[one is not None for one in row] for row in amounts]
    names = [f"column {number}" for number in range(len(amounts[0]))]
    sheet = SheetRows.of(range(1, len(rows) + 1), (codes, labels), names, cents, known)
    return sum_tree(sheet, np.array(["total" in label for label in labels]))


LINES = (("411", "pay", 10), ("421", "heat", 20), ("423", "travel", 30))


def test_a_total_after_its_lines():
    """The total is the sum of the rows above it."""
    tree = tree_of(*LINES, ("", "total", 60))
    assert {3: {0, 1, 2}} == {place: set(parts) for place, parts in tree.parts.items()}
    assert tree.is_closed


def test_a_total_that_is_off_by_one_has_no_parts():
    """A sum that nearly agrees is none."""
    assert tree_of(*LINES, ("", "total", 61)) is None


def test_a_group_before_its_lines_and_a_total_after_them():
    """The group stands above its members by its code, the total below everything."""
    tree = tree_of(
        ("42", "goods", 50), ("421", "heat", 20), ("423", "travel", 30), ("", "total", 50)
    )
    assert {0: {1, 2}, 3: {0}} == {place: set(parts) for place, parts in tree.parts.items()}


def test_a_line_may_be_as_large_as_the_lines_after_it():
    """Codes of the same length are no parts of each other, whatever round figures say."""
    tree = tree_of(
        ("411", "pay", 50), ("421", "heat", 20), ("423", "travel", 30), ("", "total", 100)
    )
    assert {3} == set(tree.parts)


def test_all_columns_must_agree():
    """A row that is the sum in one column and not in the other is no sum."""
    rows = (("421", "heat", 20, 2), ("423", "travel", 30, 3))
    assert {2} == set(tree_of(*rows, ("", "total", 50, 5)).parts)
    assert tree_of(*rows, ("", "total", 50, 6)) is None


def test_a_column_without_a_figure_does_not_count():
    """A total that prints one of two columns is compared in that one."""
    rows = (("421", "heat", 20, 2), ("423", "travel", 30, 3))
    assert {2} == set(tree_of(*rows, ("", "total", 50, None)).parts)


def test_a_total_of_zero_is_the_sum_of_nothing():
    """Zeros agree with everything and confirm nothing."""
    assert tree_of(("421", "heat", 0), ("423", "travel", 0), ("", "total", 0)) is None


def test_a_row_without_a_code_needs_two_parts_or_the_word():
    """One line above a row of the same amount is a line again, where nothing says total."""
    rows = (("421", "heat", 20), ("423", "travel", 30))
    assert tree_of(*rows, ("", "the rest", 30)) is None
    assert {2} == set(tree_of(*rows, ("", "total of travel", 30)).parts)


def test_totals_of_totals():
    """Each total takes the lines since the one before it, the last takes the totals."""
    tree = tree_of(
        ("421", "heat", 20), ("423", "travel", 30), ("", "total of one", 50),
        ("421", "heat", 1), ("423", "travel", 2), ("", "total of two", 3),
        ("", "total of all", 53),
    )  # fmt: skip
    assert {2: {0, 1}, 5: {3, 4}, 6: {2, 5}} == {k: set(v) for k, v in tree.parts.items()}
    assert tree.is_closed


def test_rows_of_which():
    """Rows that begin with a dash and are less than the row above them are some of its parts."""
    tree = tree_of(
        ("421", "heat, of which", 20), ("", "- schools", 5), ("", "- offices", 6),
        ("423", "travel", 30), ("", "total", 50),
    )  # fmt: skip
    left_out = {*tree.of_which, *tree.excerpts}
    assert {1, 2} == left_out
    assert {0, 3} == set(tree.parts[4]) - left_out


def test_rows_with_a_dash_that_are_more_than_the_row_above_are_lines():
    """What is more than the row above is no part of it."""
    tree = tree_of(
        ("421", "heat", 20), ("", "- schools", 15), ("", "- offices", 6),
        ("423", "travel", 30), ("", "total", 71),
    )  # fmt: skip
    assert [] == tree.of_which


def test_excerpts_between_a_total_and_its_lines():
    """Rows that count some of the lines again stand between these and the total: left out."""
    tree = tree_of(
        ("421", "heat", 20), ("423", "travel", 30), ("", "from the state", 45),
        ("", "total", 50),
    )  # fmt: skip
    assert [2] == tree.excerpts
    assert {0, 1} == set(tree.parts[3]) - set(tree.excerpts)


def test_numbered_words_stand_for_codes():
    """“1.1” and “1.2” are parts of “1.”, and “2.” is not."""
    tree = tree_of(
        ("", "1. taxes", 50), ("", "1.1. on income", 20), ("", "1.2. on land", 30),
        ("", "2. fees", 70), ("", "total", 120),
    )  # fmt: skip
    assert {1, 2} == set(tree.parts[0])
    assert {0, 3} == set(tree.parts[4])


MIXED = (
    ("51.02", "council", 61_234),
    ("10", "pay", 41_233), ("10.01", "salaries", 41_233),
    ("20", "goods", 20_001), ("20.01", "paper", 10_000), ("20.05", "furniture", 10_001),
)  # fmt: skip


def test_codes_of_several_kinds_are_no_obstacle():
    """Where exact figures explain every row up to one total, a longer code may stand above."""
    tree = tree_of(("49.02", "total", 61_234), *MIXED)
    assert tree.is_closed
    assert {0, 1, 2, 4} == set(tree.parts)


def test_figures_that_do_not_explain_every_row_do_not_override_codes():
    """With one wrong figure nothing is closed, and codes decide alone."""
    tree = tree_of(("49.02", "total", 61_235), *MIXED)
    assert not tree.is_closed
    assert not tree.is_bold


def test_round_figures_do_not_override_codes():
    """Figures of few digits meet by chance."""
    rows = (("411", "a", 300), ("421", "b", 100), ("423", "c", 200))
    assert tree_of(*rows, ("511", "d", 1)) is None


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_rows_are_no_tree(count):
    """Two rows with figures tell nothing."""
    assert tree_of(*LINES[:2], ("", "total", 30))
    assert tree_of(*LINES[:count], ("", "heading", None)) is None


def test_few_sums_in_a_long_sheet_are_chance():
    """A tree tells something when it is closed, or has sums enough to explain most rows."""
    lines = [(f"4{n:03d}", "line", 7 * n + 1) for n in range(1, 30)]
    found = tree_of(*lines, ("", "total of two", 7 * 28 + 1 + 7 * 29 + 1))
    assert found is not None
    assert not found.is_telling


def test_a_row_that_announces_its_parts():
    """Rows of the same code below “of which” are parts of it; a row of another code is none."""
    rows = (("411", "pay", 9), ("423", "services, of which:", 20), ("423", "audit", 5))
    tree = tree_of(*rows, ("426", "paper", 6), ("", "total", 35))
    assert {2} == {*tree.of_which, *tree.excerpts}
    assert {0, 1, 3} == set(tree.parts[4]) - {2}


def test_rows_that_are_more_than_what_announces_them_are_lines():
    """What is above the amount of the row that announces it is no part of it."""
    rows = (("411", "pay", 9), ("423", "services, of which:", 20), ("423", "audit", 25))
    tree = tree_of(*rows, ("426", "paper", 6), ("", "total", 60))
    assert [] == tree.of_which
    assert {0, 1, 2, 3} == set(tree.parts[4])
