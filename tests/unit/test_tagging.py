"""What marks say about money: every total closes, and a change has no part too many."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgeting.tagging import (
    Interval,
    Overlap,
    change_of,
    fallen,
    largest_share,
    not_screened,
    tagged_interval,
    weighted,
)

STANCES = {"2": "principal", "1": "significant", "0*": "unclear", "0": "none"}
ORDER = ["2", "1", "0*", "0"]
CENTS = st.integers(-(10**13), 10**13).map(lambda cents: Decimal(cents) / 100)


def money(written):
    return Decimal(written)


@given(CENTS, st.dictionaries(st.sampled_from(ORDER), CENTS))
def test_categories_and_not_screened_are_the_budget(total, amounts):
    assert sum(amounts.values(), not_screened(total, amounts)) == total


def test_the_interval_runs_from_principal_to_both():
    amounts = {"2": money("10.00"), "1": money("5.50"), "0*": money("7.00"), "0": money("1.00")}
    assert tagged_interval(amounts, STANCES) == Interval(money("10.00"), money("15.50"))


def test_a_refund_does_not_turn_the_interval_round():
    found = tagged_interval({"2": money("10.00"), "1": money("-4.00")}, STANCES)
    assert (found.low, found.high) == (money("6.00"), money("10.00"))


def test_weights_are_rounded_once():
    """Three thirds of a cent each would vanish one by one."""
    amounts = {"2": money("0.01"), "1": money("0.01"), "0": money("0.01")}
    assert weighted(amounts, dict.fromkeys("210", Decimal("0.4"))) == money("0.01")


def test_a_category_without_coefficient_is_refused():
    """A missing coefficient is never read as zero."""
    with pytest.raises(KeyError):
        weighted({"2": money("1.00")}, {"1": Decimal(1)})


def test_doubtful_marks_fall_and_certain_ones_stay():
    amounts = {
        ("2", "high"): money("1.00"),
        ("2", "medium"): money("2.00"),
        ("2", "low"): money("4.00"),
        ("1", "low"): money("8.00"),
        ("0", "low"): money("16.00"),
    }
    assert fallen(amounts, ORDER) == {
        "2": money("1.00"),
        "1": money("6.00"),
        "0*": money("8.00"),
        "0": money("16.00"),
    }


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(ORDER), st.sampled_from(["low", "medium", "high"])), CENTS
    )
)
def test_falling_moves_money_and_loses_none(amounts):
    assert sum(fallen(amounts, ORDER).values()) == sum(amounts.values())


def test_the_largest_lines_as_a_part():
    assert largest_share(
        [money("1.00"), money("5.00"), money("3.00"), money("1.00")], money("10.00")
    ) == Decimal("0.9")


@pytest.mark.parametrize("total", ["0.00", "-1.00"])
def test_a_total_that_is_no_whole_has_no_parts(total):
    assert largest_share([money("1.00")], money(total)) is None


def test_a_dearer_year_is_price_and_not_policy():
    sums = Overlap(*map(money, ("100.00", "105.00", "100.00", "105.00", "105.00")))
    found = change_of(sums, Decimal("0.05"))
    assert (found.price, found.volume, found.reclassification) == (money("5.00"), 0, 0)


def test_relabelling_is_no_new_money():
    """200 marked now that was there, unmarked, before: all of it is reclassification."""
    sums = Overlap(*map(money, ("0.00", "200.00", "0.00", "0.00", "200.00")))
    found = change_of(sums, Decimal("0.05"))
    assert (found.reclassification, found.volume, found.new_lines) == (money("200.00"), 0, 0)


def test_new_and_ended_lines_stand_apart():
    sums = Overlap(*map(money, ("30.00", "50.00", "10.00", "10.00", "10.00")))
    found = change_of(sums, None)
    assert (found.new_lines, found.ended_lines, found.price) == (
        money("40.00"),
        money("-20.00"),
        None,
    )


@given(
    st.builds(Overlap, CENTS, CENTS, CENTS, CENTS, CENTS),
    st.none() | st.decimals("-0.5", "2", places=4),
)
def test_the_parts_of_a_change_are_the_change(sums, growth):
    assert change_of(sums, growth).total == sums.after - sums.before
