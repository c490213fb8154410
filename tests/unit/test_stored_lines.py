"""Stored lines: what a file's rows become in the store: numbers, sums, cells and the cube."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of
from fixtures.small_budget import ask
from hypothesis import given
from hypothesis import strategies as st

from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.source import SourceTable
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.cube import cube_of
from budgeting.imports.stored.line_numbers import LineNumbers, LineYears
from budgeting.imports.stored.received import quoted_cells
from budgeting.imports.stored.sums import MONEY, summed

_MARKS = 'a"\\\n\0\x1fč ž𝄞'
LARGEST = Decimal("9999999999999999.99")
CENT = Decimal("0.01")


# --- sums -----------------------------------------------------------------


def sums_of(places, amounts):
    cells = pa.chunked_array([pa.array(amounts, MONEY)])
    found = summed(np.array(places, np.int64), cells).to_pylist()
    return {row["place"]: (row["amount"], row["count"]) for row in found}


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5) | st.integers(0, 10**9), st.none() | st.integers(-(10**15), 10**15)
        )
    )
)
def test_amounts_of_a_place_are_added_up_exactly(rows):
    """Each place has the exact sum and the number of its amounts; null is no amount."""
    expected = {}
    for place, cents in rows:
        if cents is not None:
            total, count = expected.get(place, (Decimal(0), 0))
            expected[place] = (total + Decimal(cents).scaleb(-2), count + 1)
    amounts = [None if cents is None else Decimal(cents).scaleb(-2) for _, cents in rows]
    found = sums_of([place for place, _ in rows], amounts)
    assert expected == found
    assert sorted(found) == list(found)


def test_a_slice_of_amounts_is_read_from_where_it_begins():
    """The amounts of a part are its own, whatever stands before them in the same table."""
    cells = pa.chunked_array([pa.array([Decimal(n) for n in range(6)], MONEY)]).slice(2, 3)
    found = summed(np.array([1, 1, 0], np.int64), cells)
    assert [Decimal(4), Decimal(5)] == found["amount"].to_pylist()


def test_a_sum_has_at_most_16_digits_before_the_mark():
    """The largest amount that can be stored is; a cent more is refused and never wraps around."""
    assert {0: (LARGEST, 2)} == sums_of([0, 0], [LARGEST - CENT, CENT])
    assert {0: (-LARGEST, 2)} == sums_of([0, 0], [-LARGEST + CENT, -CENT])
    for amounts in ([LARGEST, CENT], [-LARGEST, -CENT], [LARGEST] * 20, [-LARGEST] * 19):
        with pytest.raises(ImportRefused):
            sums_of([0] * len(amounts), amounts)


def test_large_amounts_that_cancel_out_are_added_up():
    """A sum on the way may be longer than 64 bits as long as the whole is not."""
    assert {0: (CENT, 31)} == sums_of([0] * 31, [LARGEST] * 15 + [-LARGEST] * 15 + [CENT])


# --- the cells of a row ----------------------------------------------------


@given(st.lists(st.lists(st.text(_MARKS), min_size=2, max_size=2), max_size=5))
def test_every_cell_is_kept_as_received(rows):
    """Quotes, backslashes, control characters and every other mark come back as they were."""
    columns = [pa.array([row[place] for row in rows], pa.string()) for place in (0, 1)]
    numbers = pa.array(range(2, len(rows) + 2), pa.int32())
    table = pa.table([numbers, *columns], ["row_number", "Code", "code"])
    quoted = quoted_cells(SourceTable(("Code", "code"), table))
    cells = [quoted["cell 0"].to_pylist(), quoted["cell 1"].to_pylist()]
    stored = [f'["{first}","{second}"]' for first, second in zip(*cells, strict=True)]
    assert rows == [json.loads(text) for text in stored]


@pytest.mark.parametrize("label", ['"', "\\", "\x1f", "a\nb", 'č\t\\"', "", " ", "\x00"])
def test_the_stored_cells_are_a_json_list(store, editor, label):
    """What stands in the database can be read as JSON and gives every cell back."""
    accept(store, file_of(batch((SCHOOLS[0], SCHOOLS[1], label, SCHOOLS[3]))), editor)
    assert label == json.loads(ask(store, "from staging.source_rows")[0]["cells"])[1]


# --- numbers ----------------------------------------------------------------


def test_lines_are_numbered_in_the_order_of_their_first_rows():
    """Rows that share all codes are one line, and sheets of one year share theirs."""
    first, second = batch(SCHOOLS, ROADS, SCHOOLS), batch(ROADS, CARE, sheet="B")
    lines = LineNumbers([(7, first), (8, second)])
    assert ([0, 1, 0], [1, 2]) == tuple(lines.of_rows()[n].tolist() for n in (7, 8))
    assert 3 == lines.codes.num_rows


def test_a_line_of_two_years_is_one_line_with_two_line_years():
    """The line is the same in both years; what it is called then belongs to the year."""
    years = [batch(SCHOOLS, ROADS, year=2024), batch(ROADS, CARE, year=2025)]
    lines = LineNumbers(list(enumerate(years)))
    assert ([0, 1], [2, 3]) == tuple(lines.of_rows()[n].tolist() for n in (0, 1))
    assert 3 == lines.codes.num_rows


# --- the cube ---------------------------------------------------------------

CUBE = "from mart.cube order by all"


def rebuilt(store, editor):
    """Return the cube as it is made from what is stored."""
    newest = ask(store, "select max(import_id) as import_id from core.imports")[0]
    with store.transaction(editor, Change("accept-import", "again")) as transaction:
        transaction.run("drop_cube", **newest)
        transaction.run("build_cube", **newest)
    return ask(store, CUBE)


def test_the_cube_of_a_file_is_that_of_what_is_stored(store, editor):
    """Made from the file or from the store, the cube has the same rows: at first, beside, corrected."""
    later = {"as_of": date(2024, 6, 30)}
    for found in (
        file_of(batch(*ROWS, SCHOOLS)),
        file_of(batch(SCHOOLS, CARE, **later)),
        file_of(batch(SCHOOLS, CARE, ROADS, **later), batch(CARE, year=2025), name="c"),
    ):
        accept(store, found, editor)
        made = ask(store, CUBE)
        assert made
        assert made == rebuilt(store, editor)


def test_lines_that_differ_only_in_their_label_are_one_combination():
    """Combinations of members are counted and added up; they come ordered by programme."""
    members = {"programme_id": [9, 1, 1], "organisation_id": [2, 3, 3]}
    ids = np.array([5, 6, 7])
    lines = LineYears(ids, {name: np.array(own) for name, own in members.items()}, {})
    figures = pa.table(
        {
            "vintage_id": pa.array([4, 4, 4, 6], pa.int32()),
            "place": [0, 1, 2, 2],
            "amount": pa.array([Decimal(1), Decimal(2), Decimal(3), Decimal(8)], MONEY),
        }
    )
    names = ("vintage_id", "programme_id", "organisation_id", "line_count", "amount")
    assert [(4, 1, 3, 2, Decimal(5)), (4, 9, 2, 1, Decimal(1)), (6, 1, 3, 1, Decimal(8))] == [
        tuple(row[name] for name in names) for row in cube_of(figures, lines).to_pylist()
    ]


def test_combinations_of_many_members_stay_apart():
    """However large the numbers of members are, two combinations are never taken for one."""
    members = {f"{n}_id": np.array([2**30, 2**30 + 1] * 8) for n in range(5)}
    members["programme_id"] = np.arange(16) + 2**30
    lines = LineYears(np.arange(16), members, {})
    amounts = pa.array([Decimal(n) for n in range(16)], MONEY)
    vintages = pa.array([1] * 16, pa.int32())
    figures = pa.table({"vintage_id": vintages, "place": np.arange(16), "amount": amounts})
    found = cube_of(figures, lines)
    assert [Decimal(n) for n in range(16)] == found["amount"].to_pylist()
    assert (np.arange(16) + 2**30).tolist() == found["programme_id"].to_pylist()
