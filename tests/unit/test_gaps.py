"""Gaps, capital, indices and intervals: bands at both ends, and nothing made of what is not known."""

import math
from decimal import Decimal

import pytest

from budgeting.capital import annuity, straight_line
from budgeting.gaps import (
    PARITY,
    REPRESENTATION,
    coverage_ratio,
    gpi,
    gpia,
    parity_shift,
    representation_index,
    standing,
    take_up,
    unmet_need,
)
from budgeting.incidence import Use
from budgeting.indices import (
    Index,
    RankedGroup,
    concentration_index,
    concentration_of_persons,
    erreygers,
    lorenz_distance,
    theil_between,
    wagstaff,
)
from budgeting.intervals import (
    Range,
    RangeKind,
    coverage_range,
    is_ranked,
    range_kind,
    share_range,
    wilson,
)

COST, RATE = Decimal("500000.00"), Decimal("0.03")


def counts(women, men, **more):
    groups = {"female": women, "male": men, **more}
    return {group: None if n is None else Decimal(n) for group, n in groups.items()}


# --- capital --------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "rate", "years", "expected"),
    [
        (COST, RATE, 1, "515000.00"),
        (COST, Decimal(0), 25, "20000.00"),
        (COST, RATE, 0, None),
        (COST, Decimal(0), 0, None),
        (COST, RATE, None, None),
        (COST, None, 25, None),
        (None, RATE, 25, None),
        (COST, Decimal(-1), 25, None),
    ],
)
def test_capital_with_its_bounds(cost, rate, years, expected):
    """One year pays all with its interest; no rate is a straight line; no life is not known."""
    assert (None if expected is None else Decimal(expected)) == annuity(cost, rate, years)


@pytest.mark.parametrize(("years", "expected"), [(1, COST), (0, None), (None, None)])
def test_a_straight_line_needs_a_year(years, expected):
    """The shortest life is one year."""
    assert expected == straight_line(COST, years)


# --- gaps -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "band", "expected"),
    [
        ("0.7999", REPRESENTATION, "below"),
        ("0.8", REPRESENTATION, "within"),
        ("1.25", REPRESENTATION, "within"),
        ("1.2501", REPRESENTATION, "above"),
        ("0.9699", PARITY, "below"),
        ("0.97", PARITY, "within"),
        ("1.03", PARITY, "within"),
        ("1.0301", PARITY, "above"),
    ],
)
def test_bands_hold_both_their_ends(value, band, expected):
    """An index on the bound of its band is within it."""
    assert expected == standing(Decimal(value), band)


def test_what_is_not_known_stands_nowhere():
    """Nothing is flagged that is not known."""
    assert standing(None, PARITY) is None
    assert gpia(None) is None


@pytest.mark.parametrize("divided", [take_up, coverage_ratio, gpi])
def test_nothing_is_divided_by_nobody(divided):
    """Zero or not known below the line is not known; zero above it is zero."""
    assert divided(Decimal(1), Decimal(0)) is None
    assert divided(Decimal(1), None) is None
    assert divided(None, Decimal(1)) is None
    assert divided(Decimal(0), Decimal(4)) == 0
    assert Decimal("0.25") == divided(Decimal(1), Decimal(4))


@pytest.mark.parametrize(("index", "adjusted"), [("0.9", "0.9"), ("1", "1"), ("2", "1.5")])
def test_the_adjusted_index_bends_above_one(index, adjusted):
    """Twice as many women are as far from parity as half as many."""
    assert Decimal(adjusted) == gpia(Decimal(index))


def test_representation_compares_those_who_have_both_counts():
    """Users without recorded sex, and groups without a population, are in neither share."""
    people = counts(500, 500)
    assert 1 == representation_index(counts(50, 50), people, "female")
    more = counts(50, 50, unknown=900, other=3)
    assert 1 == representation_index(more, people, "female")
    assert Decimal("1.2") == representation_index(counts(60, 40), people, "female")


@pytest.mark.parametrize(
    ("users", "people"),
    [
        (counts(60, None), counts(500, 500)),
        (counts(60, 40), counts(500, None)),
        (counts(60, 40), counts(0, 500)),
        (counts(0, 0), counts(500, 500)),
        ({}, counts(500, 500)),
    ],
)
def test_representation_of_what_is_not_known(users, people):
    """One group alone, nobody, or no population: no index."""
    assert representation_index(users, people, "female") is None


def test_needs_that_are_met_cost_nothing():
    """Need less users is never below zero; users beyond it are told; the bound is equality."""
    price = Decimal("10.00")
    short, met, beyond = (unmet_need(Decimal(n), Decimal(5), price) for n in (6, 5, 4))
    assert (1, 0, Decimal("10.00")) == (short.persons, short.beyond, short.cost)
    assert (0, 0, 0) == (met.persons, met.beyond, met.cost)
    assert (0, 1, 0) == (beyond.persons, beyond.beyond, beyond.cost)


def test_needs_that_are_not_known():
    """Without need or users there is no gap; without unit cost there is no price."""
    assert unmet_need(None, Decimal(5), Decimal(1)) is None
    assert unmet_need(Decimal(5), None, Decimal(1)) is None
    assert unmet_need(Decimal(6), Decimal(5), None).cost is None


def test_money_that_would_move_sums_to_zero():
    """What one group would gain the other would lose, to the cent."""
    moved = parity_shift(Decimal("100.00"), counts(1, 2, other=3), counts(1, 1, other=1))
    assert sum(moved.values()) == 0
    assert Decimal("16.67") == moved["female"]
    assert parity_shift(None, counts(1, 2), counts(1, 1)) is None
    assert parity_shift(Decimal(1), counts(0, 0), counts(1, 1)) is None
    assert parity_shift(Decimal(1), counts(1, 2), counts(1, None)) is None


# --- indices --------------------------------------------------------------


def test_the_concentration_index_of_persons_is_its_formula():
    """C = 2 / (n mu) sum y R - 1 with ranks in the middle, for persons of different rank."""
    amounts, n = [3.0, 0.0, 1.0, 5.0, 2.0], 5
    mean = sum(amounts) / n
    ranks = [(place + 0.5) / n for place in range(n)]
    formula = 2 / (n * mean) * sum(y * r for y, r in zip(amounts, ranks, strict=True)) - 1
    assert formula == pytest.approx(concentration_of_persons(amounts, range(n)).value)


def test_equals_have_no_order():
    """Persons of equal rank give the same index in whatever order they come."""
    one = concentration_of_persons([5.0, 0.0, 1.0], [1, 1, 2])
    other = concentration_of_persons([0.0, 5.0, 1.0], [1, 1, 2])
    assert one == other


def test_an_even_spread_has_no_concentration():
    """Everybody has the same: zero, and the standard error of nothing that varies is zero."""
    found = concentration_index([RankedGroup(10, 20, 0.0), RankedGroup(30, 60, 0.0)])
    assert 0 == pytest.approx(found.value)
    assert 0 == pytest.approx(found.standard_error, abs=1e-7)


def test_without_variances_there_is_no_standard_error():
    """A group whose spread nobody knows makes the error not known."""
    groups = [RankedGroup(10, 5, 0.25), RankedGroup(10, 8)]
    assert concentration_index(groups).standard_error is None


@pytest.mark.parametrize(
    "groups",
    [[], [RankedGroup(5, 5)], [RankedGroup(5, 0), RankedGroup(5, 0)], [RankedGroup(0, 0)] * 2],
)
def test_nothing_to_rank(groups):
    """One group, nobody, or nothing that is spread: no index."""
    assert concentration_index(groups) is None


def test_indices_of_something_that_one_has_or_has_not():
    """Wagstaff divides by what is missing to one, Erreygers multiplies by four times the mean."""
    index = Index(0.2, None, 0.6)
    assert (0.5, 0.48) == (pytest.approx(wagstaff(index)), pytest.approx(erreygers(index)))
    assert wagstaff(Index(0.2, None, 1.0)) is None
    assert wagstaff(Index(0.2, None, 0.0)) is None
    assert erreygers(Index(0.2, None, 1.01)) is None
    assert 0.8 == erreygers(Index(0.2, None, 1.0))


def test_theil_by_hand():
    """x ln(x / p): 0.8 ln 1.6 + 0.2 ln 0.4; a group that has nothing adds nothing."""
    even = {"female": 0.5, "male": 0.5}
    by_hand = 0.8 * math.log(1.6) + 0.2 * math.log(0.4)
    assert by_hand == pytest.approx(theil_between({"female": 0.8, "male": 0.2}, even))
    assert math.log(2) == pytest.approx(theil_between({"female": 1.0, "male": 0.0}, even))
    assert theil_between(even, {"female": 0.0, "male": 1.0}) is None


def test_what_is_not_known_is_in_neither_share():
    """The rest counts as the whole; one group alone is compared with nobody."""
    even = {"female": 0.5, "male": 0.5}
    assert 0.25 == lorenz_distance({"female": 0.15, "male": 0.45, "unknown": 0.4}, even)
    assert lorenz_distance({"female": 1.0}, even) is None
    assert theil_between({}, {}) is None
    assert lorenz_distance({"female": 0.0, "male": 0.0}, even) is None


# --- intervals ------------------------------------------------------------


@pytest.mark.parametrize(
    ("grade", "kind", "ranked"),
    [
        ("A", RangeKind.COVERAGE, True),
        ("B", RangeKind.COVERAGE, True),
        ("C", RangeKind.CONFIDENCE, True),
        ("D", RangeKind.ASSUMPTION, False),
        ("E", RangeKind.ASSUMPTION, False),
        (None, RangeKind.ASSUMPTION, False),
    ],
)
def test_only_samples_have_confidence(grade, kind, ranked):
    """Registers have a coverage range, surveys confidence; assumptions have neither and no rank."""
    assert (kind, ranked) == (range_kind(grade), is_ranked(grade))


def test_wilson_at_its_ends():
    """Nobody of some and all of some stay inside 0 and 1; nobody asked has no interval."""
    none, every = wilson(0, 10), wilson(10, 10)
    assert 0 == none.low
    assert 0 < none.high < 0.3
    assert 1 == pytest.approx(every.high)
    assert wilson(0, 0) is None
    assert wilson(11, 10) is None
    assert wilson(1, 10, 0) is None


def test_a_design_effect_makes_a_sample_smaller():
    """A sample of 1000 with effect 2 is as sure as one of 500."""
    assert wilson(190, 500) == wilson(380, 1000, 2)


def test_a_register_goes_as_far_as_those_whom_nobody_recorded():
    """None of them women, or all of them; also those whom the register does not hold."""
    use = Use(counts(60, 30), Decimal(100))
    assert Range(0.6, 0.7) == coverage_range(use, "female")
    assert Range(0.3, 0.85) == coverage_range(use, "female", Decimal("0.5"))
    assert coverage_range(use, "other") is None
    assert coverage_range(use, "female", Decimal(0)) is None
    assert coverage_range(use, "female", Decimal("1.01")) is None
    assert coverage_range(Use(counts(0, 0)), "female") is None


def test_a_share_has_the_range_of_its_grade():
    """Coverage for a register, Wilson for a survey with a known sample, nothing for a proxy."""
    use = Use(counts(38_000, 62_000))
    asked = {"sample": Decimal(1000)}
    assert Range(0.38, 0.38) == share_range("A", use, "female", **asked)
    assert wilson(380, 1000) == share_range("C", use, "female", **asked)
    assert share_range("C", use, "female") is None
    assert share_range("D", use, "female", **asked) is None
    assert share_range("C", Use(), "female", **asked) is None
