"""Benefit incidence, indices and intervals: what was published or worked out by hand comes out."""

from decimal import Decimal

import pytest

from budgeting.capital import annuity, straight_line
from budgeting.gaps import gpi, gpia, parity_shift, representation_index
from budgeting.incidence import Use, incidence, net_cost, total_incidence
from budgeting.indices import RankedGroup, concentration_index, concentration_of_persons
from budgeting.intervals import wilson

# A table worked out by hand, independently of this program: three services of one town.
# gross, fees, users F, M, eligible F, M; unit cost, benefits F, M, share, index, shift to women
SERVICES = {
    "kindergarten": (
        ("1800000.00", "300000.00", 312, 288, 410, 395),
        ("2500.00", "780000.00", "720000.00", "0.520000", "1.021", "-16024.84"),
    ),
    "sports": (
        ("900000.00", "90000.00", 380, 620, 9000, 8600),
        ("810.00", "307800.00", "502200.00", "0.380000", "0.743", "106404.55"),
    ),
    "home care": (
        ("650000.00", "65000.00", 168, 72, 2100, 1500),
        ("2437.50", "409500.00", "175500.00", "0.700000", "1.200", "-68250.00"),
    ),
}


def by_sex(women, men):
    return {"female": Decimal(women), "male": Decimal(men)}


def service(name):
    gross, fees, women, men, *_ = SERVICES[name][0]
    return incidence(net_cost(Decimal(gross), Decimal(fees)), Use(by_sex(women, men)))


@pytest.mark.parametrize("name", SERVICES)
def test_the_table_of_three_services(name):
    """Unit cost, benefits, share, representation index and parity shift, to the last digit."""
    (_, _, women, men, could_women, could_men), expected = SERVICES[name]
    found = service(name)
    used, could = by_sex(women, men), by_sex(could_women, could_men)
    assert expected == (
        str(found.unit_cost),
        str(found.groups["female"].benefit),
        str(found.groups["male"].benefit),
        str(found.groups["female"].share),
        str(representation_index(used, could, "female").quantize(Decimal("0.001"))),
        str(parity_shift(found.net, used, could)["female"]),
    )


def test_the_total_of_three_services():
    """Women have 1,497,300 of 2,895,000: 51.72 per cent."""
    total = total_incidence(map(service, SERVICES))
    assert Decimal("2895000.00") == total.net
    assert Decimal("1497300.00") == total.groups["female"].benefit
    assert Decimal("1397700.00") == total.groups["male"].benefit
    assert Decimal("0.5172") == round(total.groups["female"].share, 4)


def test_capital_a_year():
    """500,000 over 25 years cost 28,713.94 a year at 3 per cent, and 20,000 in a straight line."""
    assert Decimal("28713.94") == annuity(Decimal(500_000), Decimal("0.03"), 25)
    assert Decimal("20000.00") == straight_line(Decimal(500_000), 25)


BIRTHS = (29_939, 28_776, 26_528, 24_689, 19_739)
DEATHS_OF_A_THOUSAND = (154.7, 152.9, 119.5, 86.9, 54.3)


def indian_deaths():
    return [
        RankedGroup(births, births * rate / 1000, rate / 1000 * (1 - rate / 1000))
        for births, rate in zip(BIRTHS, DEATHS_OF_A_THOUSAND, strict=True)
    ]


def test_the_concentration_index_of_indian_child_deaths():
    """Deaths before the age of five are concentrated among the poor: C = -0.1694.

    Source: World Bank, Quantitative Techniques for Health Equity Analysis, Technical Note 7; India
    1982-92, births and under-five mortality by fifths of wealth.
    """
    groups = indian_deaths()
    assert 15_419 == round(sum(group.total for group in groups))
    assert -0.1694 == round(concentration_index(groups).value, 4)


def test_the_standard_error_for_groups_is_that_for_persons():
    """Deaths are 0 or 1, so groups with their variance say the same as every single birth would."""
    groups = [
        RankedGroup(size, deaths, deaths / size * (1 - deaths / size))
        for size, deaths in zip((300, 290, 260), (46, 44, 31), strict=True)
    ]
    amounts, ranks = [], []
    for rank, group in enumerate(groups):
        amounts += [1.0] * group.total + [0.0] * (group.size - group.total)
        ranks += [rank] * group.size
    one, other = concentration_index(groups), concentration_of_persons(amounts, ranks)
    assert other.value == pytest.approx(one.value, abs=1e-12)
    assert other.standard_error == pytest.approx(one.standard_error, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "sample", "low", "high"),
    [(380, 1000, 0.3504, 0.4105), (12, 15, 0.5481, 0.9295)],
)
def test_wilson_intervals(count, sample, low, high):
    """380 of 1000 are 35.04 to 41.05 per cent; 12 of 15 are 54.8 to 93.0 (Wilson 1927)."""
    found = wilson(count, sample)
    assert (low, high) == (round(found.low, 4), round(found.high, 4))


def test_the_adjusted_parity_index():
    """0.95 for women and 0.90 for men are 1.0556, adjusted 1.0526 (UNESCO)."""
    index = gpi(Decimal("0.95"), Decimal("0.90"))
    assert (Decimal("1.0556"), Decimal("1.0526")) == (round(index, 4), round(gpia(index), 4))
