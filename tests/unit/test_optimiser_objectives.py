"""Objectives on two services, added up by hand: sport costs 1 a user, home care 3."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from fixtures.small_problem import PARTS, SERVICES, problem, service

from budgeting.incidence import Use
from budgeting.intervals import Range
from budgeting.model import Money, Share
from budgeting.optimiser import (
    BenefitParity,
    NextUsers,
    TaggedShare,
    Unit,
    UnmetNeed,
    UseGaps,
    gain_value,
    robustness,
    weighted,
)
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.optimum import Optimiser
from budgeting.simulation.effects import benefit_change, line_effects, service_effects

SPORT, HOME_CARE = SERVICES
HALF = Decimal("0.5")


def optimum(objective):
    return Optimiser(problem(), objective.curves()).optimum()


def curve_of(objective):
    (curve,) = objective.curves()
    return curve


# --- unmet need -----------------------------------------------------------


def test_need_is_met_until_it_is_met():
    """Ten wait for each: 10 for sport, 30 for home care; line 2 gives these 40."""
    found = optimum(UnmetNeed(SERVICES, PARTS, NextUsers.AS_WAITING))
    assert {1: Decimal("10.00"), 2: Decimal("-40.00"), 3: Decimal("30.00")} == found.changes
    assert 20 == pytest.approx(found.gain)


def test_a_group_counts_what_it_is_given():
    """Eight of ten who wait are women: where men count nothing, 16 are met."""
    need = UnmetNeed(SERVICES, PARTS, NextUsers.AS_WAITING, {"male": Decimal(0)})
    assert 16 == pytest.approx(optimum(need).gain)


def test_more_of_a_group_than_need_it_count_nothing():
    """By those who do not come, 7 of 10 are women; but only 2 men wait: 7 + 2."""
    curve = curve_of(UnmetNeed((SPORT,), PARTS, NextUsers.AS_NEED))
    assert [5, 9, 9, -2] == pytest.approx([curve.gain(money) for money in (5, 10, 50, -2)])


def test_a_place_taken_counts_at_least_as_one_given():
    """Women alone count: eight of ten who come are women, and so is who would go."""
    curve = curve_of(UnmetNeed((SPORT,), PARTS, NextUsers.AS_WAITING, {"male": Decimal(0)}))
    assert [8, -0.8] == pytest.approx([curve.gain(10), curve.gain(-1)])


def test_a_place_taken_counts_by_todays_users_where_that_is_more():
    """Men alone count: two of ten who come are men, and seven of ten who would go."""
    curve = curve_of(UnmetNeed((SPORT,), PARTS, NextUsers.AS_WAITING, {"female": Decimal(0)}))
    assert [2, -0.7] == pytest.approx([curve.gain(10), curve.gain(-1)])


@pytest.mark.parametrize(
    ("unknown", "reason"),
    [
        ({"serves_persons": False}, "everybody has it"),
        ({"net": None}, "the net cost of one user"),
        ({"net": Decimal(0)}, "the net cost of one user"),
        ({"waiting": {}}, "the rule about the next users"),
        ({"waiting": {"female": Decimal(0), "male": Decimal(0)}}, "the rule about the next users"),
        ({"use": service("a", 1, (0, 0)).use}, "the net cost of one user"),
    ],
)
def test_a_service_that_cannot_be_counted_is_named(unknown, reason):
    """What is not known is not guessed: the service is left out, with the reason."""
    need = UnmetNeed((replace(SPORT, **unknown),), PARTS, NextUsers.AS_WAITING)
    assert () == need.curves()
    (left_out,) = need.left_out()
    assert "sport" == left_out.code
    assert str(left_out.reason).startswith(reason)


# --- gaps -----------------------------------------------------------------


def test_a_gap_closes_by_those_who_come():
    """Ten more, eight of them women: the gap of 40 gets 8 - 2 smaller. Home care's would grow."""
    gaps = UseGaps(SERVICES, PARTS, NextUsers.AS_WAITING)
    found = optimum(gaps)
    assert {1: Decimal("10.00"), 3: Decimal("-10.00")} == found.changes
    assert 6 == pytest.approx(found.gain)
    assert ["home care"] == [one.code for one in gaps.left_out()]


def test_with_shares_held_fixed_no_money_closes_a_gap():
    """The next users as today's: every service is left out, and nothing moves."""
    gaps = UseGaps(SERVICES, PARTS, NextUsers.AS_TODAY)
    assert ["sport", "home care"] == [one.code for one in gaps.left_out()]
    assert {} == optimum(gaps).changes
    assert "no money closes a gap" in str(gaps.formula.values["rule"])


def test_a_gap_closes_no_further_than_to_parity():
    """Two women are short: a hundred more places bring 2."""
    even = service("sport", 100, (49, 51), (100, 100), (80, 20))
    curve = curve_of(UseGaps((even,), PARTS, NextUsers.AS_WAITING))
    assert [0.6, 2, 2] == pytest.approx([curve.gain(money) for money in (1, 10, 100)])


def test_where_there_is_no_gap_there_is_nothing_to_close():
    """The same take-up: left out."""
    even = service("sport", 100, (50, 50), (100, 100), (8, 2))
    (left_out,) = UseGaps((even,), PARTS, NextUsers.AS_WAITING).left_out()
    assert "same take-up" in str(left_out.reason)


# --- parity ---------------------------------------------------------------


def test_parity_is_measured_in_money():
    """Women have 30 of 100 and 210 of 300, 40 more than half: sport up by 20, home care down by 30."""
    parity = BenefitParity(SERVICES, PARTS, HALF)
    found = optimum(parity)
    assert {1: Decimal("20.00"), 2: Decimal("10.00"), 3: Decimal("-30.00")} == found.changes
    assert 10 == pytest.approx(found.gain)  # 20 x 0.2 + 30 x 0.2
    assert 240 / 400 == pytest.approx(parity.women_share())
    assert (36 + 189) / 390 == pytest.approx(parity.women_share(found.changes))


def test_parity_is_not_overshot():
    """At parity nothing is to be gained, on either side of it."""
    parity = BenefitParity(SERVICES, PARTS, Decimal("0.6"))
    assert {} == optimum(parity).changes
    assert [-1, -1] == pytest.approx([curve_of(parity).gain(by) for by in (1, -1)])


def test_parity_leaves_out_who_is_not_known_by_sex():
    """A service whose users nobody counted by sex is in neither share."""
    unknown = replace(HOME_CARE, use=replace(HOME_CARE.use, by_group={}, total=Decimal(100)))
    parity = BenefitParity((SPORT, unknown), PARTS, HALF)
    assert ["home care"] == [one.code for one in parity.left_out()]
    assert 0.3 == pytest.approx(parity.women_share())


# --- the same as in the simulator -----------------------------------------

CHANGES = {1: Decimal("12.50"), 2: Decimal("-2.50"), 3: Decimal("-10.00")}


def effects():
    """What the simulator says of the same changes."""
    amounts = {line: problem().baseline.by_id[line].amount for line in CHANGES}
    return service_effects(SERVICES, line_effects(PARTS, amounts, CHANGES))


def gain(objective):
    found = Optimiser(problem(), objective.curves()).optimum()
    cents = np.array([float(CHANGES.get(int(line), 0)) * 100 for line in problem().room.ids])
    return replace(found, cents=cents).gain


def test_people_are_those_of_the_simulator():
    """Ten more for sport, who are all that wait; 10 / 3 fewer for home care."""
    need = UnmetNeed(SERVICES, PARTS, NextUsers.AS_WAITING)
    people = sum(float(one.people) for one in effects())
    assert people == pytest.approx(gain(need))
    assert 10 - 10 / 3 == pytest.approx(gain(need))


def test_benefits_are_those_of_the_simulator():
    """Women's benefit changes by 12.5 x 0.3 - 10 x 0.7; parity counts what that is off a half of both."""
    moved = benefit_change(effects())
    women, both = float(moved["female"]), float(moved["female"] + moved["male"])
    assert 40 - abs(40 + women - both / 2) == pytest.approx(
        gain(BenefitParity(SERVICES, PARTS, HALF))
    )


# --- several --------------------------------------------------------------


def test_several_objectives_are_parts_of_their_best():
    """Alone each reaches 1; together each counts by weight x gain / best."""
    need = UnmetNeed(SERVICES, PARTS, NextUsers.AS_WAITING)
    parity = BenefitParity(SERVICES, PARTS, HALF)
    both = weighted(problem(), [(need, Decimal(3)), (parity, Decimal(1))])
    assert [20, 10] == pytest.approx([best for _, _, best in both.parts])
    changes = {line: float(change) for line, change in optimum(both).changes.items()}
    gains = [
        sum(
            c.gain(sum(w * changes.get(line, 0) for line, w in c.weights.items()))
            for c in one.curves()
        )
        for one in (need, parity)
    ]
    expected = 0.75 * gains[0] / 20 + 0.25 * gains[1] / 10
    assert expected == pytest.approx(optimum(both).gain)
    assert 1 == pytest.approx(optimum(weighted(problem(), [(need, Decimal(2))])).gain)


def test_an_objective_that_nothing_brings_forward_is_named():
    """It counts nothing, instead of dividing by nothing."""
    gaps = UseGaps(SERVICES, PARTS, NextUsers.AS_TODAY)
    both = weighted(problem(), [(gaps, Decimal(1)), (TaggedShare({1: Decimal(1)}), Decimal(1))])
    assert (gaps,) == both.without_gain
    assert 0.5 == pytest.approx(optimum(both).gain)


@pytest.mark.parametrize("weights", [(), (Decimal(0),), (Decimal(2), Decimal(-1))])
def test_weights_are_above_zero(weights):
    """An objective with a weight below zero would be minimised."""
    with pytest.raises(ValueError, match="above zero"):
        weighted(problem(), [(TaggedShare({}), weight) for weight in weights])


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Unit.MONEY, Money(Decimal("1234.57"), "EUR")),
        (Unit.PERSONS, Decimal("1234.57")),
        (Unit.PART, Share(1234.567)),
    ],
)
def test_a_gain_is_written_in_its_unit(unit, expected):
    """Money as money, persons as a number, parts of the best as a share."""
    assert expected == gain_value(unit, 1234.567, "EUR")


# --- curves ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("slopes", "breaks"),
    [((0.0, 1.0), (5.0,)), ((1.0,), (5.0,)), ((2.0, 1.0, 0.0), (5.0, 4.0))],
)
def test_what_is_not_concave_is_no_objective(slopes, breaks):
    """Steeper further on, pieces without breaks, breaks out of order: refused."""
    with pytest.raises(ValueError, match="curve"):
        Curve("", {1: 1.0}, slopes, breaks)


# --- services for one sex, and assumptions --------------------------------

GIRLS = replace(SPORT, use=Use({"female": Decimal(20)}), waiting={"female": Decimal(8)})


def test_a_service_for_one_sex_serves_who_waits_for_it():
    """Twenty girls cost 100: eight more cost 40, and a place less is one girl's."""
    curve = curve_of(UnmetNeed((GIRLS,), PARTS, NextUsers.AS_WAITING))
    assert [8, 8, -2] == pytest.approx([curve.gain(money) for money in (40, 100, -10)])


def test_a_service_for_one_sex_benefits_that_sex():
    """All of its 100 is women's: with home care's 210 of 300, 310 of 400."""
    parity = BenefitParity((GIRLS, HOME_CARE), PARTS, HALF)
    assert () == parity.left_out()
    assert 310 / 400 == pytest.approx(parity.women_share())


def test_a_service_for_one_sex_has_no_gap_inside_it():
    gaps = UseGaps((GIRLS,), PARTS, NextUsers.AS_WAITING)
    assert ["it is for one sex: there is no gap inside it"] == [
        str(one.reason) for one in gaps.left_out()
    ]


@pytest.mark.parametrize("male", [None, Decimal(2)])
def test_a_sex_that_is_not_told_is_not_nobody(male):
    """Where the men are hidden, or some, the service is not for women alone."""
    hidden = replace(GIRLS, use=Use({"female": Decimal(20), "male": male}))
    need = UnmetNeed((hidden,), PARTS, NextUsers.AS_WAITING)
    assert ["sport"] == [one.code for one in need.left_out()]


def test_users_of_unknown_sex_may_be_of_the_other():
    hidden = replace(GIRLS, use=Use({"female": Decimal(20), "unknown": Decimal(1)}))
    assert ["sport"] == [one.code for one in BenefitParity((hidden,), PARTS, HALF).left_out()]


@pytest.mark.parametrize("objective", [UseGaps, UnmetNeed])
def test_nothing_is_recommended_on_an_assumption(objective):
    """Grade C is counted, grade D is left out with the reason; no money moves for it."""
    for grade, left_out in (("C", ["home care"] if objective is UseGaps else []), ("D", None)):
        graded = tuple(replace(one, grade=grade) for one in SERVICES)
        wanted = objective(graded, PARTS, NextUsers.AS_WAITING)
        found = [one.code for one in wanted.left_out()]
        assert (["sport", "home care"] if left_out is None else left_out) == found
        assert bool(optimum(wanted).changes) is (grade == "C")


# --- robustness -----------------------------------------------------------

RANGES = {"sport": Range(0.25, 0.55), "home care": Range(0.6, 0.8)}


def test_moves_stay_in_as_many_draws_as_data_allow():
    """Women's share of sport is evenly between 0.25 and 0.55; above a half, the gap is the men's."""
    gaps = UseGaps(SERVICES, PARTS, NextUsers.AS_WAITING)
    found = robustness(gaps, optimum(gaps), RANGES, count=400)
    assert {1, 3} == found.stays.keys()
    assert (0.5 - 0.25) / 0.3 == pytest.approx(found.stays[1], abs=0.05)
    assert (("sport", "home care"), ()) == (found.drawn, found.not_drawn)
    assert found == robustness(gaps, optimum(gaps), RANGES, count=400)


def test_a_survey_is_drawn_around_what_it_found():
    """Grade C: draws scatter about 0.3, far below the half from which the gap would turn."""
    surveyed = tuple(replace(one, grade="C") for one in SERVICES)
    gaps = UseGaps(surveyed, PARTS, NextUsers.AS_WAITING)
    narrow = {"sport": Range(0.2, 0.4)}
    found = robustness(gaps, optimum(gaps), narrow, count=200)
    assert 1.0 == found.stays[1]
    assert ("home care",) == found.not_drawn


def test_assumptions_are_not_drawn():
    """Grade D has no range: where nothing is drawn there is no robustness to tell."""
    assumed = tuple(replace(one, grade="D") for one in SERVICES)
    gaps = UseGaps(assumed, PARTS, NextUsers.AS_WAITING)
    assert robustness(gaps, optimum(gaps), RANGES) is None
    tags = TaggedShare({1: Decimal(1)})
    assert robustness(tags, optimum(tags), RANGES) is None
