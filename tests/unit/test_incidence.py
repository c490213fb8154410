"""Who benefits: what is known is divided by use, what is not known stays a part of every total."""

from decimal import Decimal

import pytest

from budgeting.incidence import (
    Covered,
    Standing,
    Use,
    attributed,
    benefit_change,
    coverage,
    decomposition,
    fee_change,
    fee_incidence,
    incidence,
    incidence_after_fees,
    net_cost,
    overheads_by_cost,
    standing_of,
    total_incidence,
    unit_cost,
    use_per_head,
)
from budgeting.incidence.shared import ServiceKind, Treatment

NET = Decimal("1000.00")


def use(women, men, total=None, **more):
    groups = {"female": women, "male": men, **more}
    known = {group: None if n is None else Decimal(n) for group, n in groups.items()}
    return Use(known, None if total is None else Decimal(total))


def benefits(found):
    return {group: str(one.benefit) for group, one in found.groups.items()}


# --- use ------------------------------------------------------------------


def test_what_the_total_leaves_is_not_known():
    """A stated total is not added: what it has beyond the groups is of unknown group."""
    assert {"female": 60, "male": 30, "unknown": 10} == use(60, 30, 100).closed
    assert {"female": 60, "male": 30, "unknown": 10} == use(60, 30, 100, unknown=4).closed
    assert {"female": 60, "unknown": 40} == use(60, None, 100).closed


def test_a_missing_group_without_a_total_leaves_the_whole_not_known():
    """Nothing tells how many there are, so nothing is divided."""
    assert use(60, None).closed is None
    assert use(60, None).users is None
    assert Use().closed is None
    assert Use(total=Decimal(5)).closed == {"unknown": 5}


@pytest.mark.parametrize(("total", "contradicted"), [(90, False), (89, True)])
def test_groups_that_exceed_their_total_count(total, contradicted):
    """A total below its groups is contradicted, and the groups are what is counted."""
    found = use(60, 30, total)
    assert contradicted is found.is_contradicted
    assert found.users == 90


def test_users_of_unknown_group_exceed_a_total_too():
    """Also those whose group is not known are counted persons."""
    assert use(60, 30, 95, unknown=10).is_contradicted
    assert use(60, 30, 95, unknown=10).users == 100


# --- incidence ------------------------------------------------------------


def test_users_of_unknown_group_have_their_part():
    """Ten of a hundred users without recorded sex have a tenth of the money."""
    found = incidence(NET, use(60, 30, 100), {"female": Decimal(400)})
    assert {"female": "600.00", "male": "300.00", "unknown": "100.00"} == benefits(found)
    assert Decimal("10.00") == found.unit_cost
    assert Decimal("1.50") == found.groups["female"].per_head
    assert found.groups["male"].per_head is None


@pytest.mark.parametrize("unknown_use", [use(60, None), Use(), use(0, 0), use(None, None)])
def test_without_known_use_all_money_is_not_known(unknown_use):
    """No users, or users that nobody counted: no unit cost, and no benefit is made up."""
    found = incidence(NET, unknown_use)
    assert NET == found.groups["unknown"].benefit
    assert found.groups["unknown"].share == 1
    assert found.unit_cost is None
    assert not found.is_known
    assert all(found.groups[g].benefit is None for g in found.groups if g != "unknown")


def test_one_user_is_enough_to_divide():
    """The other side of nobody."""
    found = incidence(NET, use(1, 0))
    assert {"female": "1000.00", "male": "0.00", "unknown": "0.00"} == benefits(found)
    assert (NET, True) == (found.unit_cost, found.is_known)


def test_a_cost_that_is_not_known_divides_into_nothing():
    """Shares of use are still told; money is not known, also of nobody."""
    found = incidence(None, use(60, 40))
    assert {"female": "None", "male": "None", "unknown": "None"} == benefits(found)
    assert Decimal("0.600000") == found.groups["female"].share
    assert found.unit_cost is None


def test_fees_that_are_not_known_leave_the_net_cost_not_known():
    """A service without fees says zero; silence is not zero."""
    assert net_cost(NET, None) is None
    assert net_cost(None, Decimal(0)) is None
    assert Decimal("1000.00") == net_cost(NET, Decimal(0))


def test_a_negative_net_cost_is_divided_as_well():
    """Where fees exceed the cost, users pay more than they get."""
    found = incidence(Decimal("-0.05"), use(1, 1))
    assert {"female": "-0.03", "male": "-0.02", "unknown": "0.00"} == benefits(found)


def test_hours_beside_heads():
    """Those who stay longer have more of the money than their heads say."""
    heads, hours = use(60, 40), use(900, 200)
    assert {"female": Decimal(15), "male": Decimal(5)} == use_per_head(hours, heads)
    by_heads, by_hours = (incidence(NET, one).groups["female"].share for one in (heads, hours))
    assert (Decimal("0.6"), Decimal("0.818182")) == (by_heads, by_hours)


def test_hours_of_nobody_are_not_divided():
    """A group without users, or without hours, has no hours per user."""
    assert {"female": None, "male": None} == use_per_head(use(5, None), use(0, 3))


def test_unit_cost_is_rounded_to_the_even_cent():
    """Half a cent favours neither side."""
    assert Decimal("0.02") == unit_cost(Decimal("0.05"), use(1, 1))


# --- fees -----------------------------------------------------------------


def test_what_each_group_paid_is_taken_from_its_own_part():
    """Women have 600 of the cost and paid 300, men 400 and paid 50."""
    found = incidence_after_fees(NET, use(60, 40), use("300.00", "50.00"))
    assert {"female": "300.00", "male": "350.00", "unknown": "0.00"} == benefits(found)
    assert Decimal("650.00") == found.net


def test_fees_that_nobody_can_be_named_for_are_not_known():
    """Of 350 paid, 300 by women: the rest of the fees and of the benefit is of unknown group."""
    found = incidence_after_fees(NET, use(60, 40), use("300.00", None, "350.00"))
    assert {"female": "300.00", "male": "None", "unknown": "350.00"} == benefits(found)
    nothing = incidence_after_fees(NET, use(60, 40), use("300.00", None))
    assert {"female": "None", "male": "None", "unknown": "None"} == benefits(nothing)
    assert nothing.net is None


def test_who_pays():
    """Fees by payer are divided as they were paid, not by use."""
    found = fee_incidence(use("60.00", None, "100.00"))
    assert {"female": "60.00", "male": "None", "unknown": "40.00"} == benefits(found)


def change(elasticity=None, before=("10", "10"), after=("12", "12")):
    sexes = ("female", "male")
    fees = [dict(zip(sexes, map(Decimal, fee), strict=True)) for fee in (before, after)]
    return fee_change(use(100, 50).by_group, *fees, elasticity)


def test_a_fee_with_and_without_effects_on_take_up():
    """Without them 300 more are paid; women who stay away lower it and pay a smaller part."""
    assert [Decimal("1500.00"), Decimal("1800.00")] == [change().paid_before, change().paid_after]
    stays = change({"female": Decimal("-0.5"), "male": Decimal(0)})
    women, men = stays.groups["female"], stays.groups["male"]
    assert (Decimal(90), Decimal("1080.00")) == (women.users_after, women.paid_after)
    assert (Decimal(50), Decimal("600.00")) == (men.users_after, men.paid_after)
    assert Decimal("1680.00") == stays.paid_after


def test_an_effect_that_is_not_known_is_not_none():
    """A group without an elasticity has no users after the change, and there is no total."""
    found = change({"female": Decimal("-0.5")})
    assert found.groups["male"].users_after is None
    assert found.paid_after is None
    assert Decimal("1500.00") == found.paid_before


def test_nobody_stays_away_more_than_all():
    """Use does not go below zero, whatever the elasticity."""
    found = change({"female": Decimal("-5.01"), "male": Decimal("-5")}, after=("12", "12"))
    assert [Decimal(0), Decimal(0)] == [one.users_after for one in found.groups.values()]


def test_from_a_free_service_no_percentage_leads_anywhere():
    """A first fee has effects that an elasticity cannot tell; no change of fee has none."""
    known = {"female": Decimal("-0.5"), "male": Decimal("-0.5")}
    found = change(known, before=("0", "0"), after=("5", "0"))
    assert found.groups["female"].users_after is None
    assert Decimal(50) == found.groups["male"].users_after


# --- what nobody uses alone -----------------------------------------------


def test_not_attributable_until_somebody_chooses():
    """Excluded there is no incidence; by population or a survey there is; without one, not known."""
    people, asked = use(52, 48), use(30, 70)
    assert attributed(Treatment.EXCLUDE, NET, population=people, survey=asked) is None
    by_people = attributed(Treatment.POPULATION, NET, population=people, survey=asked)
    assert Decimal("520.00") == by_people.groups["female"].benefit
    by_survey = attributed(Treatment.SURVEY, NET, population=people, survey=asked)
    assert Decimal("300.00") == by_survey.groups["female"].benefit
    assert not attributed(Treatment.SURVEY, NET, population=people).is_known


def test_overheads_by_direct_cost_close():
    """A cent that cannot be divided is not lost."""
    parts = overheads_by_cost(Decimal("0.01"), {"care": Decimal(1), "sports": Decimal(1)})
    assert {"care": Decimal("0.01"), "sports": Decimal("0.00")} == parts
    assert {} == overheads_by_cost(NET, {"care": Decimal(0)})


@pytest.mark.parametrize(
    ("kind", "treatment", "users", "grade", "expected"),
    [
        (ServiceKind.INDIVIDUAL, Treatment.EXCLUDE, use(1, 0), "A", Standing.EXPLAINED),
        (ServiceKind.INDIVIDUAL, Treatment.EXCLUDE, use(1, 0), "C", Standing.EXPLAINED),
        (ServiceKind.INDIVIDUAL, Treatment.EXCLUDE, use(1, 0), "D", Standing.ASSUMED),
        (ServiceKind.INDIVIDUAL, Treatment.EXCLUDE, use(0, 0), "A", Standing.NOT_KNOWN),
        (ServiceKind.INDIVIDUAL, Treatment.EXCLUDE, use(None, None, 9), "A", Standing.NOT_KNOWN),
        (ServiceKind.OVERHEAD, Treatment.EXCLUDE, use(1, 0), "A", Standing.NOT_ATTRIBUTABLE),
        (ServiceKind.NON_EXCLUDABLE, Treatment.POPULATION, use(1, 0), "A", Standing.ASSUMED),
        (ServiceKind.NON_EXCLUDABLE, Treatment.POPULATION, Use(), "E", Standing.NOT_KNOWN),
        (ServiceKind.NON_EXCLUDABLE, Treatment.SURVEY, use(1, 1), "C", Standing.EXPLAINED),
        (ServiceKind.NON_EXCLUDABLE, Treatment.SURVEY, Use(), None, Standing.NOT_KNOWN),
    ],
)
def test_what_is_known_about_a_service(kind, treatment, users, grade, expected):
    """Proxies and shares of the population are assumptions; users without groups explain nothing."""
    assert expected is standing_of(kind, treatment, users, grade)


def test_coverage_is_the_budget():
    """Explained, assumed, not attributable, not known and outside are the budget."""
    found = coverage(
        Decimal("100.00"),
        [
            Covered(Decimal("30.00"), Standing.EXPLAINED, "A"),
            Covered(Decimal("10.00"), Standing.EXPLAINED, "C"),
            Covered(Decimal("20.00"), Standing.ASSUMED, None),
            Covered(Decimal("5.00"), Standing.NOT_KNOWN),
            Covered(Decimal("15.00"), Standing.NOT_ATTRIBUTABLE),
            Covered(None, Standing.EXPLAINED, "A"),
        ],
    )
    assert Decimal("20.00") == found.outside
    assert (0.4, 0.5, 0.3) == (found.share, found.weak_share, found.weak_share_of_budget)
    assert {"A": 30, "C": 10, "E": 20} == found.by_grade
    assert found.not_counted == 1


def test_a_budget_of_nothing_has_no_coverage():
    """Zero is not divided."""
    found = coverage(Decimal("0.00"), [])
    assert (None, None) == (found.share, found.weak_share)


# --- totals ---------------------------------------------------------------


def test_a_total_adds_what_is_known_and_keeps_what_is_not():
    """A service without use data adds to "not known"; one without cost adds to nothing, and is told."""
    found = total_incidence(
        [incidence(NET, use(60, 40)), incidence(NET, Use()), incidence(None, use(1, 1))],
        {"female": Decimal(100)},
    )
    assert {"female": "600.00", "male": "400.00", "unknown": "1000.00"} == benefits(found)
    assert (Decimal("2000.00"), 1) == (found.net, found.not_counted)
    assert Decimal("0.300000") == found.groups["female"].share
    assert Decimal("6.00") == found.groups["female"].per_head
    assert found.groups["female"].use is None


def test_a_total_of_nothing_is_not_known():
    """No service, or none with a cost, has no total."""
    assert total_incidence([]).net is None
    assert total_incidence([incidence(None, use(1, 1))]).net is None


def test_negative_benefits_have_no_shares():
    """A part of a whole that is partly negative would not be a part."""
    found = total_incidence(
        [incidence(NET, use(60, 40)), incidence(Decimal("-900.00"), use(100, 0))]
    )
    assert Decimal("-300.00") == found.groups["female"].benefit
    assert found.groups["female"].share is None


# --- change ---------------------------------------------------------------


def effects(one):
    return tuple(map(str, (one.allocation, one.use, one.interaction, one.other)))


def test_a_benefit_grows_by_money_by_users_and_by_both():
    """Twice the money and six women of ten in place of five: 50 by money, 10 by users, 10 by both."""
    before, after = incidence(NET, use(5, 5)), incidence(2 * NET, use(6, 4))
    found = benefit_change(before, after)
    assert ("500.00", "100.00", "100.00", "0.00") == effects(found["female"])
    assert ("500.00", "-100.00", "-100.00", "0.00") == effects(found["male"])


def test_a_benefit_that_somebody_counted_is_no_change_of_use():
    """Where nobody was counted before, all that a group has is what became known."""
    found = benefit_change(incidence(NET, Use()), incidence(NET, use(80, 20)))
    assert ("0.00", "0.00", "0.00", "800.00") == effects(found["female"])
    assert ("0.00", "0.00", "0.00", "-1000.00") == effects(found["unknown"])


def test_what_a_group_pays_itself_is_no_change_of_use():
    """Women who pay 100 more have 100 less of it, and nobody came or went."""
    before, after = (incidence_after_fees(NET, use(5, 5), use(paid, 100)) for paid in (100, 200))
    found = benefit_change(before, after)
    assert "-100.00" == str(found["female"].after - found["female"].before)
    assert ("-50.00", "0.00", "0.00", "-50.00") == effects(found["female"])


def test_a_benefit_without_cost_in_one_year_has_no_change():
    """A cost that is not known is not compared."""
    assert benefit_change(incidence(None, use(5, 5)), incidence(NET, use(5, 5))) is None
    assert benefit_change(incidence(NET, use(5, 5)), incidence(None, use(5, 5))) is None


def test_money_that_moves_is_allocation():
    """Users as they were: only the money moved, to where women are."""
    before = {"care": incidence(NET, use(80, 20)), "sports": incidence(NET, use(40, 60))}
    after = {**before, "care": incidence(3 * NET, use(80, 20))}
    women = decomposition(before, after)["female"]
    assert (0.6, 0.7) == (float(women.before), float(women.after))
    assert women.allocation == women.total == women.after - women.before
    assert (0, 0, 0) == (women.use, women.interaction, women.recording)


def test_use_that_changes_is_use():
    """Money as it was: only who comes changed."""
    before, after = {"care": incidence(NET, use(80, 20))}, {"care": incidence(NET, use(50, 50))}
    women = decomposition(before, after)["female"]
    assert -0.3 == float(women.use) == float(women.total)


def test_use_that_becomes_known_is_no_change_of_use():
    """Women did not gain because somebody counted them."""
    before, after = {"care": incidence(NET, Use())}, {"care": incidence(NET, use(80, 20))}
    found = decomposition(before, after)
    assert 0.8 == float(found["female"].recording) == float(found["female"].total)
    assert -1 == found["unknown"].recording


def test_a_new_service_is_allocation():
    """What one year does not have, its money went to or came from."""
    before = {"care": incidence(NET, use(80, 20))}
    after = {**before, "sports": incidence(NET, use(40, 60))}
    women = decomposition(before, after)["female"]
    assert -0.2 == pytest.approx(float(women.allocation))
    assert women.total == women.allocation


def test_without_net_cost_there_is_nothing_to_compare():
    """A year without money has no shares; a service without cost in one year is in neither."""
    care = incidence(NET, use(80, 20))
    assert decomposition({}, {"care": care}) is None
    before = {"care": care, "sports": incidence(None, use(1, 9))}
    found = decomposition(before, {"care": care, "sports": incidence(NET, use(1, 9))})
    assert found["female"].total == 0
