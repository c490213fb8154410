"""Amounts carried over the next years, by hand."""

from decimal import Decimal

import pytest

from budgeting.simulation.years import carried

D = Decimal


def test_an_amount_grows_by_its_rate_each_year():
    assert carried(D("100.00"), D("0.10")) == (D("110.00"), D("121.00"), D("133.10"))
    assert carried(D("100.00"), D("-0.50"), 2) == (D("50.00"), D("25.00"))
    assert carried(D("43.18"), D(0)) == (D("43.18"),) * 3


def test_each_year_is_rounded_by_itself():
    assert carried(D("0.10"), D("0.04")) == (D("0.10"), D("0.11"), D("0.11"))


def test_nothing_shrinks_by_all_it_has_or_more():
    with pytest.raises(ValueError, match="nothing shrinks"):
        carried(D("1.00"), D(-1))
