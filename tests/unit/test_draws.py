"""Draws: the bounds are those of plain arithmetic, and of nothing but seed, town and services."""

import numpy as np
import pytest

from budgeting.draws import COUNT, Spread, Uncertain, drawn, drawn_towns, exactly
from budgeting.intervals import Range, wilson
from tests.bench.incidence import GROUPS, made, plainly

SPREAD = Spread(90.0, 100.0, 120.0)


def of_one(share, sample, cost=None, count=COUNT):
    shares = {"female": share, "male": 1 - share}
    return drawn("town", [Uncertain(cost or exactly(100.0), shares, sample)], count=count)


def near(one, other, allowed):
    return all(abs(a - b) <= allowed for a, b in ((one.low, other.low), (one.high, other.high)))


def test_the_bounds_are_those_of_plain_numpy():
    """Forty services of four groups: both agree to a twentieth of the interval, in each group."""
    services = made(1, seed=3)["town 0"]
    found = drawn("town", services, count=40_000)
    money, shares = plainly(services, 40_000)
    for place, group in enumerate(GROUPS):
        for ours, theirs in (
            (found.benefits[group], money[place]),
            (found.shares[group], shares[place]),
        ):
            assert near(ours, theirs, (theirs.high - theirs.low) / 20)


@pytest.mark.parametrize("sample", [0.4, 2.0, 15.0, 1000.0, 1_000_000.0])
def test_gammas_of_every_shape_are_those_of_numpy(sample):
    """Also for shapes below one, where nobody of a group was asked: quantiles agree."""
    shapes = np.array([0.9 * sample + 0.5, 0.1 * sample + 0.5])
    parts = np.random.default_rng(5).standard_gamma(shapes[:, None], (2, 400_000))
    low, high = np.quantile(parts[0] / parts.sum(axis=0), [0.025, 0.975])
    found = of_one(0.9, sample, count=400_000).shares["female"]
    assert near(found, Range(low, high), 0.01 * (high - low) + 1e-6)


def test_a_share_of_a_survey_is_near_wilson():
    """For a large sample, draws and Wilson's interval say the same."""
    assert near(of_one(0.38, 1000.0).shares["female"], wilson(380, 1000), 0.002)


def test_a_cost_between_bounds_is_a_triangle():
    """Bounds of the triangle by the inverse of its distribution, without any survey."""
    found = of_one(1.0, None, SPREAD).benefits["female"]
    low = 90 + (0.025 * 30 * 10) ** 0.5
    high = 120 - (0.025 * 30 * 20) ** 0.5
    assert near(found, Range(low, high), 0.3)


def test_what_is_exact_is_not_drawn():
    """Registers and costs to the cent leave nothing open."""
    found = of_one(0.38, None)
    assert (Range(38.0, 38.0), Range(62.0, 62.0)) == tuple(found.benefits.values())
    assert Range(0.38, 0.38) == found.shares["female"]


def test_what_is_not_known_is_not_drawn():
    """Nobody asked those whom nobody recorded: their part stays as it is."""
    shares = {"female": 0.3, "male": 0.5, "unknown": 0.2}
    found = drawn("town", [Uncertain(exactly(100.0), shares, 50.0)])
    assert near(found.benefits["unknown"], Range(20.0, 20.0), 1e-4)
    assert found.benefits["female"].high < 80


def test_a_seed_gives_the_same_on_any_number_of_threads():
    """And a town has the same bounds alone as among others."""
    towns = made(3)
    one, two = (drawn_towns(towns, seed=7, count=500, threads=threads) for threads in (1, 2))
    assert one == two
    assert one["town 1"] == drawn("town 1", towns["town 1"], seed=7, count=500)


def test_seeds_and_towns_differ():
    """Another seed, or another town with the same services, draws other numbers."""
    services = made(1)["town 0"]
    found = [drawn(*asked, count=500) for asked in (("a", services, 1), ("a", services, 2))]
    assert found[0].benefits != found[1].benefits
    assert found[0].benefits != drawn("b", services, 1, count=500).benefits


@pytest.mark.parametrize("count", [1, 2, 3, 501])
def test_any_number_of_draws(count):
    """Odd numbers and a single one, too."""
    assert count == of_one(0.5, 10.0, SPREAD, count).count
    assert 0 < of_one(0.5, 10.0, SPREAD, count).shares["female"].low < 1


def test_nothing_to_draw():
    """No services have no bounds; where all money may be zero or less there are no shares."""
    assert {} == drawn("town", []).benefits
    assert {} == of_one(0.5, 10.0, Spread(-1.0, 0.0, 1.0)).shares
    assert {} == of_one(0.5, None, exactly(0.0)).shares
    with pytest.raises(ValueError, match="0 draws"):
        of_one(0.5, 10.0, count=0)


@pytest.mark.parametrize("bounds", [(2.0, 1.0, 3.0), (1.0, 3.0, 2.0)])
def test_a_spread_is_in_order(bounds):
    """The likely cost lies between the others."""
    with pytest.raises(ValueError, match="out of order"):
        Spread(*bounds)
