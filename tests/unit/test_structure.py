"""What rows of a sheet are told to be."""

import re

import pytest

from budgeting.imports.sheets.sheet import SheetRows
from budgeting.imports.sheets.structure import Reason, RowKind, closed_up, row_kinds

WORDS = re.compile(r"^(total|укупн)")
L, T, H, S, B = RowKind.LINE, RowKind.TOTAL, RowKind.HEADING, RowKind.SKIP, RowKind.BLANK


def sheet(*rows):
    """Return rows written as (code, label, amount, …); None is an empty cell."""
    width = max(len(row) for row in rows) - 2
    amounts = [list(row[2:]) + [None] * (width - len(row[2:])) for row in rows]
    return SheetRows.of(
        range(2, len(rows) + 2),
        ([row[0] for row in rows], [row[1] for row in rows]),
        [f"amount {number}" for number in range(width)],
        [[amount or 0 for amount in row] for row in amounts],
        [[amount is not None for amount in row] for row in amounts],
    )


def kinds(*rows):
    return list(row_kinds(sheet(*rows), WORDS).kinds)


def reasons(*rows):
    return list(row_kinds(sheet(*rows), WORDS).reasons)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("41", "411", "412"), [T, L, L]),
        (("411", "412", "41"), [L, L, T]),
        (("400", "410", "411", "4511"), [T, T, L, L]),
        (("411000", "411100", "411200"), [T, L, L]),
        (("463", "4631"), [T, L]),
        (("09", "09.1", "09.10"), [T, L, L]),
        (("499", "499"), [L, L]),
        (("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"), [L] * 11),
    ],
)
def test_a_code_that_others_extend_is_a_total(codes, expected):
    """A row is a total where its code is the group of others, before or after it; numbering is none."""
    assert expected == kinds(*((code, "row", 5) for code in codes))


def test_codes_of_another_block_are_no_children():
    """A code is the group of codes of its own block only: other organs use the same classification."""
    rows = (("", "Office A"), ("463", "x", 5), ("", "Office B"), ("4631", "x", 5))
    assert [H, L, H, L] == kinds(*rows)


def test_a_total_word_makes_a_total():
    """A label with a total word is a total, also with its letters written apart."""
    rows = (("1", "roads", 5), ("", "У к у п н и   р  а с х о д и :", 5))
    assert [L, T] == kinds(*rows)
    assert "Укупни расходи :" == closed_up("У к у п н и   р  а с х о д и :")
    assert "A plan B" == closed_up("A plan B")


def test_headings_and_empty_rows_are_told():
    """A label alone is a heading; a row without words and money is blank."""
    assert [H, L, B, H] == kinds(("", "A", None), ("1", "x", 5), ("", "", 0), ("", "Total", None))


def test_a_second_classification_of_the_same_money_is_skipped():
    """Rows by source that add up to the lines above are left out, and the few like them that do not."""
    block = (
        [("", "Office"), ("411", "pay", 60), ("421", "heat", 40), ("", "By source")],
        [("01", "budget", 70), ("04", "own", 30), ("", "Total office", 100)],
    )
    rows = [*block[0], *block[1], *block[0], *block[1], *block[0], ("01", "budget", 70)]
    assert [H, L, L, H, S, S, T] * 2 + [H, L, L, H, S] == kinds(*rows)
    assert Reason.SECOND_CLASSIFICATION == reasons(*rows)[4]


def test_rows_without_code_that_add_up_to_the_line_above_are_details():
    """What a line is “of which” for is not counted beside it."""
    rows = (("411", "pay", 60), ("421", "heat", 40), ("", "* oil", 30), ("", "* gas", 10))
    assert [L, L, S, S, L] == kinds(*rows, ("422", "x", 7))


def test_a_row_without_code_is_a_total_if_it_adds_up():
    """Among coded rows one without a code is a total if it is the sum of those beside it, else a line."""
    rows = (
        ("", "Taxes", 90),
        ("711", "a", 60),
        ("712", "b", 30),
        ("", "Carried over", 7),
        ("713", "c", 1),
    )
    assert [T, L, L, L, L] == kinds(*rows)
    assert Reason.ADDS_UP == reasons(*rows)[0]


def test_a_group_without_figures_below_it_is_a_line():
    """A group whose members have no figures holds the money itself, where the group above says so."""
    rows = (("49", "r", 14), ("499", "r", 14), ("4991", "a", 0), ("4992", "b", 0))
    assert [T, L, L, L] == kinds(*rows)
    assert Reason.NOT_BROKEN_DOWN == reasons(*rows)[1]


def test_a_code_ending_in_zero_may_stand_beside_the_others():
    """711190 is a line beside 711193 where only both together give 711000."""
    rows = (("711000", "t", 50), ("711111", "a", 6), ("711190", "b", 43), ("711193", "c", 1))
    assert [T, L, L, L] == kinds(*rows)


def test_a_group_that_does_not_add_up_stays_a_total():
    """A wrong subtotal is still a total: its difference is to be seen, not its money counted twice."""
    assert [T, L, L] == kinds(("41", "t", 99), ("411", "a", 60), ("412", "b", 30))


def test_a_twin_of_a_group_code_is_a_line():
    """Of two rows with a group's code the one that is the sum of all others is the total."""
    rows = (("742000", "all", 90), ("742000", "other", 60), ("742100", "fees", 30))
    assert [T, L, L] == kinds(*rows)


def test_a_flat_table_has_only_lines():
    """Without groups and total words every row with an amount is a line."""
    assert [L] * 1000 == kinds(*((f"{411 + row % 9}", "pay", row) for row in range(1000)))


def test_a_ledger_may_use_codes_of_all_levels():
    """A group's code in line after line, which does not add up, is no subtotal."""
    rows = [(("463", "4631", "512")[row % 3], "x", row + 1) for row in range(9)]
    assert [L] * 9 == kinds(*rows)
