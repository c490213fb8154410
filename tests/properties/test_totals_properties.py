"""Whatever tree of codes a sheet prints, its totals add up, and a changed line shows."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from budgeting.imports.sheets.sheet import SheetRows
from budgeting.imports.sheets.structure import RowKind, row_kinds
from budgeting.imports.sheets.totals import confirmed_columns, printed_totals

WORDS = re.compile("^total")
AMOUNT = st.integers(1, 10**7)
# chapter -> its accounts with their amounts; "" stands for no code
TREES = st.dictionaries(
    st.sampled_from("456789"),
    st.dictionaries(st.sampled_from("123456789"), AMOUNT, min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)


def written(tree, *, before, coded, filled):
    """Return rows (code, label, cents) of the sheet of a tree."""
    rows = []
    for chapter, accounts in tree.items():
        code = chapter.ljust(3, "0") if filled else chapter
        total = (
            code if coded else "",
            "chapter" if coded else "total of chapter",
            sum(accounts.values()),
        )
        lines = [(f"{chapter}{account}1", "account", cents) for account, cents in accounts.items()]
        rows += [total, *lines] if before else [*lines, total]
    everything = sum(cents for accounts in tree.values() for cents in accounts.values())
    return [*rows, ("", "total", everything)]


def examined(rows):
    table = SheetRows.of(
        range(2, len(rows) + 2),
        ([row[0] for row in rows], [row[1] for row in rows]),
        ["amount"],
        [row[2] for row in rows],
        [True] * len(rows),
    )
    structure = row_kinds(table, WORDS)
    return structure, printed_totals(table, structure)


SHEETS = st.builds(
    lambda tree, before, coded, filled: written(
        tree, before=before and coded, coded=coded, filled=filled
    ),
    TREES,
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(SHEETS)
def test_every_printed_total_adds_up(rows):
    """A sheet that is right has no difference, and its grand total confirms it."""
    structure, totals = examined(rows)
    assert [row[1] == "account" for row in rows] == structure.are(RowKind.LINE).tolist()
    assert not any(total.difference for total in totals)
    assert {"amount"} == confirmed_columns(totals)


@given(SHEETS, st.data())
def test_a_changed_line_is_seen(rows, data):
    """A line that changes by any amount makes the grand total differ by it."""
    lines = [place for place, row in enumerate(rows) if row[1] == "account"]
    place = data.draw(st.sampled_from(lines))
    change = data.draw(st.integers(-(10**7), 10**7).filter(bool))
    code, label, cents = rows[place]
    chapter = sum(row[2] for row in rows if row[1] == "account" and row[0][0] == code[0])
    assume(chapter + change != 0)  # else the chapter holds the money itself, and nothing is lost
    changed = [*rows[:place], (code, label, cents + change), *rows[place + 1 :]]
    _, totals = examined(changed)
    assert not confirmed_columns(totals)
    assert [-change] == [int(total.difference * 100) for total in totals if total.is_grand]
