"""Pieces of lines in order of money: whatever is marked, what is kept is what reading every line finds."""

from decimal import Decimal

import numpy as np
import pytest
from fixtures.small_budget import ask
from hypothesis import given, settings
from hypothesis import strategies as st
from test_marks_properties import (
    ACTS,
    AMOUNTS,
    LINES,
    SCHEMES,
    a_town,
    do,
    one_store,  # noqa: F401
)

from budgeting.model import Direction, Stage
from budgeting.reports.gender.money import EVERYTHING
from budgeting.reports.gender.pieces import Pieces, cents, pieces_of
from budgeting.reports.scope import scope

WEIGHTS = st.sampled_from([Decimal(0), Decimal(1), Decimal("0.4")])


def slowly(store, vintage):
    """Return what every line of a statement is cut into, by the view of marked amounts."""
    lines = ask(
        store,
        "select line_year_id, amount, organisation_id from core.budget_amounts "
        "inner join core.line_years using (line_year_id) where vintage_id = $vintage",
        vintage=vintage.vintage_id,
    )
    marked = ask(
        store,
        "select line_year_id, category, amount, is_last_part from mart.marked_amounts "
        "where vintage_id = $vintage and methodology = 'india_gbs'",
        vintage=vintage.vintage_id,
    )
    pieces = []
    for line in lines:
        parts = [row for row in marked if row["line_year_id"] == line["line_year_id"]]
        pieces += [(line, part["category"], part["amount"]) for part in parts]
        if not any(part["is_last_part"] for part in parts):
            rest = line["amount"] - sum((part["amount"] for part in parts), Decimal(0))
            pieces.append((line, None, rest))
    return pieces


@settings(max_examples=12, deadline=None)
@given(
    amounts=AMOUNTS,
    acts=ACTS,
    stage=st.sampled_from((Stage.APPROVED, Stage.EXECUTED)),
    count=st.integers(1, len(LINES) + 1),
    counts=st.fixed_dictionaries(dict.fromkeys((*SCHEMES.stances, None), WEIGHTS)),
)
def test_pieces_are_those_of_every_line(
    one_store,  # noqa: F811
    *,
    amounts,
    acts,
    stage,
    count,
    counts,
):
    """Order, sums, lines counted, and the largest of them, whatever counts and in any narrowing."""
    code = a_town(one_store, amounts)
    for act in acts:
        do(one_store, code, act)
    vintage = scope(one_store, code, 2024, Direction.EXPENDITURE).newest(stage)
    cut, found = slowly(one_store, vintage), pieces_of(one_store, vintage, SCHEMES)
    weights = [counts[None], *(counts[saying[1]] for saying in found.sayings)]
    for member in (None, *{line["organisation_id"] for line, *_ in cut}):
        kept = {**EVERYTHING, "organisation": None if member is None else [member]}
        places = np.flatnonzero(found.within(kept) & found.weighing(weights))
        expected = sorted(
            (-abs(amount), line["line_year_id"], amount, counts[of])
            for line, of, amount in cut
            if member in (None, line["organisation_id"]) and counts[of] > 0
        )
        whole = sum((amount * weight for *_, amount, weight in expected), Decimal(0))
        assert whole == found.weighted(places, weights)
        rows = list(found.rows(places, weights, Decimal(0)))
        assert expected == sorted(
            (-abs(row["amount"]), row["line_year"], row["amount"], row["weight"]) for row in rows
        )
        in_order = [(-abs(row["amount"]), row["line_year"]) for row in rows]
        assert in_order == sorted(in_order)
        assert cents(whole) == sum((row["counted"] for row in rows), Decimal(0))
        together = {}
        for _, line_year, amount, _weight in expected:
            together[line_year] = together.get(line_year, 0) + amount
        assert len(together) == found.line_count(places)
        first = sorted(together.items(), key=lambda one: (-one[1], one[0]))[:count]
        assert first == found.largest(places, count)


@settings(max_examples=12, deadline=None)
@given(amounts=AMOUNTS, acts=ACTS, stage=st.sampled_from((Stage.APPROVED, Stage.EXECUTED)))
def test_pages_together_are_the_number(one_store, *, amounts, acts, stage):  # noqa: F811
    """What stands before a page is known without its rows: cut anywhere, the pieces are the same."""
    code = a_town(one_store, amounts)
    for act in acts:
        do(one_store, code, act)
    vintage = scope(one_store, code, 2024, Direction.EXPENDITURE).newest(stage)
    found = pieces_of(one_store, vintage, SCHEMES)
    weights = [Decimal("0.333333333333333333")] * (len(found.sayings) + 1)
    places = np.arange(len(found))
    whole = list(found.rows(places, weights, Decimal(0)))
    for at in range(len(found) + 1):
        before = found.weighted(places[:at], weights)
        assert whole[at:] == list(found.rows(places[at:], weights, before))


@pytest.mark.parametrize("largest", [10**18 - 1, 1 - 10**18])
def test_the_largest_amount_that_there_is_is_read(one_store, largest):  # noqa: F811
    code = a_town(one_store, {(2024, "approved"): [largest, 0, 0]})
    vintage = scope(one_store, code, 2024, Direction.EXPENDITURE).newest(Stage.APPROVED)
    found = pieces_of(one_store, vintage, SCHEMES)
    assert Decimal(largest).scaleb(-2) == found.weighted(np.arange(len(found)), [Decimal(1)])


@pytest.mark.parametrize("largest", [10**18 - 1, 1 - 10**18])
def test_sums_beyond_64_bits_are_exact(largest):
    """Twelve lines with the largest amount that there is are more than 64 bits hold."""
    count = 12
    found = Pieces(
        sayings=(),
        line=np.arange(count),
        line_year=np.arange(count),
        mark=np.full(count, -1),
        said=np.zeros(count, np.int16),
        is_part=np.zeros(count, bool),
        cents=np.full(count, largest),
        members={},
    )
    assert Decimal(count * largest).scaleb(-2) == found.weighted(np.arange(count), [Decimal(1)])
