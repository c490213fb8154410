"""Amounts: what is not known stays so, and bands begin exactly where they say."""

from decimal import Decimal

import pytest

from budgeting.amounts import difference, execution_band, ratio, scaled, total_of

KNOWN = Decimal("12.34")


@pytest.mark.parametrize(
    ("executed", "band"),
    [
        ("95.00", 0),
        ("105.00", 0),
        ("94.99", 1),
        ("105.01", 1),
        ("90.00", 1),
        ("110.00", 1),
        ("89.99", 2),
        ("110.01", 2),
        ("85.00", 2),
        ("115.00", 2),
        ("84.99", 3),
        ("115.01", 3),
        ("0", 3),
        ("-1", 3),
    ],
)
def test_a_band_ends_where_it_says(executed, band):
    """Exactly 5, 10 and 15 per cent off still belong to the band, a cent more to the next."""
    assert execution_band(Decimal(executed), Decimal(100)) == band


@pytest.mark.parametrize("approved", [None, Decimal(0), Decimal(-100)])
def test_without_an_approved_amount_there_is_no_band(approved):
    """Nothing approved, nothing to be off from."""
    assert execution_band(Decimal(5), approved) is None


@pytest.mark.parametrize(("one", "other"), [(None, KNOWN), (KNOWN, None), (None, None)])
def test_not_known_is_never_zero(one, other):
    """A missing figure makes the result missing."""
    assert difference(one, other) is None
    assert ratio(one, other) is None
    assert scaled(one, other) is None
    assert execution_band(one, other) is None


def test_a_total_is_of_what_is_known():
    """Nothing known has no total, zero has one."""
    assert total_of([None, KNOWN, Decimal("-0.34")]) == Decimal("12.00")
    assert total_of([None, None]) is None
    assert total_of([]) is None
    assert total_of([Decimal(0)]) == 0


@pytest.mark.parametrize(
    ("amount", "scaled_to"), [("0.05", "0.02"), ("0.15", "0.08"), ("-0.05", "-0.02")]
)
def test_half_a_cent_goes_to_the_even_one(amount, scaled_to):
    """Rounding favours neither side."""
    assert scaled(Decimal(amount), Decimal("0.5")) == Decimal(scaled_to)
