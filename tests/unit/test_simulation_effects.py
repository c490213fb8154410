"""What a scenario changes: marked money, benefit by sex, people served; each by hand."""

from decimal import Decimal

from budgeting.incidence import Use
from budgeting.simulation.effects import (
    Part,
    ServiceState,
    benefit_change,
    line_effects,
    served,
    service_effects,
    unmet_by_sex,
)

D = Decimal
CLUBS = ServiceState(
    "clubs",
    "Sports clubs",
    "B",
    D("810000.00"),
    Use({"female": D(380), "male": D(620)}),
    {"female": D(9000), "male": D(8600)},
)
HOME_CARE = ServiceState(
    "home_care",
    "Home care",
    "A",
    D("100000.00"),
    Use({"female": D(60), "male": D(40)}),
    waiting={"female": D(15), "male": D(5)},
)


def test_parts_of_a_line_are_cut_at_the_cents_that_the_store_cuts_at():
    halves = Part("a", D(0), D("0.5")), Part("b", D("0.5"), D("0.5"))
    assert [one.of(D("0.25")) for one in halves] == [D("0.13"), D("0.12")]
    assert [one.of(D("-0.25")) for one in halves] == [D("-0.13"), D("-0.12")]


def test_money_of_categories_changes_with_the_lines_that_they_mark():
    parts = {
        1: (Part("2", D(0), D("0.4")), Part("0", D("0.4"), D("0.6"))),
        2: (Part("2", D(0), D(1)),),
    }
    amounts = {1: D("100.00"), 2: D("50.00"), 3: D("10.00")}
    changes = {1: D("-10.00"), 2: D("4.00"), 3: D("6.00")}
    assert line_effects(parts, amounts, changes) == {"2": D("0.00"), "0": D("-6.00")}
    assert line_effects(parts, amounts, {}) == {}


def test_benefit_follows_use_that_is_held_fixed():
    [effect] = service_effects([CLUBS, HOME_CARE], {"clubs": D("-81000.00")})
    assert effect.benefit == {
        "female": D("-30780.00"),
        "male": D("-50220.00"),
        "unknown": D("0.00"),
    }
    assert effect.people == D(-100)
    assert served(effect, "female").low == served(effect, "female").high == D(-38)


def test_other_users_move_benefit_without_money():
    users = {"clubs": {"female": D(500), "male": D(500)}}
    [effect] = service_effects([CLUBS], {}, users)
    assert effect.money == 0
    assert effect.benefit == {"female": D("97200.00"), "male": D("-97200.00"), "unknown": D("0.00")}


def test_no_more_people_are_served_than_wait():
    [just] = service_effects([HOME_CARE], {"home_care": D("20000.00")})
    assert (just.people, just.is_capped) == (D(20), False)
    [more] = service_effects([HOME_CARE], {"home_care": D("20000.01")})
    assert (more.people, more.is_capped) == (D(20), True)
    [less] = service_effects([HOME_CARE], {"home_care": D("-100000.01")})
    assert (less.people, less.is_capped) == (D(-100), True)


def test_who_comes_next_is_said_under_each_rule_that_has_figures():
    [effect] = service_effects([HOME_CARE], {"home_care": D("10000.00")})
    found = served(effect, "female")
    assert (found.as_today, found.as_waiting, found.as_unmet) == (D(6), D("7.5"), None)
    assert (found.low, found.high) == (D(6), D("7.5"))


def test_unmet_need_is_who_waits_else_who_stays_away():
    assert unmet_by_sex(HOME_CARE) == {"female": D(15), "male": D(5)}
    assert unmet_by_sex(CLUBS) == {"female": D(8620), "male": D(7980)}


def test_what_is_not_known_stays_not_known():
    nobody = ServiceState("x", "X", None, D("500.00"), Use())
    [effect] = service_effects([nobody], {"x": D("100.00")})
    assert effect.benefit == {"unknown": D("100.00")}
    assert effect.people is None
    assert served(effect, "female").low is None


def test_benefits_of_several_services_sum_to_their_money():
    effects = service_effects([CLUBS, HOME_CARE], {"clubs": D("-0.07"), "home_care": D("10.01")})
    assert sum(benefit_change(effects).values()) == D("9.94")
