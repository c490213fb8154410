"""Incidence closes: benefits are the net cost, shares are one, and a change is the sum of its parts."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgeting.amounts import apportioned
from budgeting.gaps import parity_shift
from budgeting.incidence import (
    Use,
    benefit_change,
    decomposition,
    incidence,
    incidence_after_fees,
    total_incidence,
)

MONEY = st.decimals(Decimal("-1e15"), Decimal("1e15"), places=2)
COUNT = st.decimals(0, Decimal("1e9"), places=4) | st.integers(0, 9).map(Decimal)
KNOWN = st.dictionaries(st.sampled_from(["female", "male", "other", "unknown"]), COUNT)
USE = st.builds(
    Use,
    st.dictionaries(st.sampled_from(["female", "male", "other", "unknown"]), st.none() | COUNT),
    st.none() | COUNT,
)
FEES = st.none() | st.decimals(0, Decimal("1e9"), places=2)
PAID = st.builds(Use, st.dictionaries(st.sampled_from(["female", "male", "unknown"]), FEES), FEES)
YEAR = st.tuples(MONEY, USE, PAID)
POSITIVE = st.decimals(Decimal("0.01"), Decimal("1e9"), places=2)


def known(found):
    return [one.benefit for one in found.groups.values() if one.benefit is not None]


def shares(found):
    return [one.share for one in found.groups.values() if one.share is not None]


@given(MONEY, KNOWN)
def test_parts_are_the_whole_and_near_their_weight(total, weights):
    """Parts sum to the total, and each is within a cent of its exact part."""
    parts = apportioned(total, weights)
    if sum(weights.values()):
        assert total == sum(parts.values())
        whole = sum(weights.values())
        for key, part in parts.items():
            assert abs(part - total * weights[key] / whole) < Decimal("0.011")
    else:
        assert {} == parts


@given(MONEY, USE)
def test_benefits_are_the_net_cost(net, use):
    """To the cent, whatever is known of use, and shares of all groups and not known are one."""
    found = incidence(net, use)
    assert net == sum(known(found))
    assert 1 == sum(shares(found))


@given(MONEY, USE, USE)
def test_benefits_after_fees_are_the_net_cost(gross, use, fees):
    """Fees by group and what nobody can be named for are taken from the gross cost once."""
    found = incidence_after_fees(gross, use, fees)
    if found.net is None:
        assert [] == known(found)
    else:
        assert gross - fees.users == found.net == sum(known(found))


@given(st.lists(st.builds(incidence, st.none() | MONEY, USE)))
def test_a_total_is_the_sum_of_its_services(services):
    """Benefits over services are the net costs that are known; shares are one where there are any."""
    total = total_incidence(services)
    nets = [one.net for one in services if one.net is not None]
    assert len(services) - len(nets) == total.not_counted
    assert sum(nets) == sum(known(total))
    assert sum(shares(total)) in (0, 1)


SERVICES = st.dictionaries(
    st.sampled_from(["care", "sports", "bus", "library"]), st.builds(incidence, POSITIVE, USE)
)


@given(SERVICES, SERVICES)
def test_a_change_is_the_sum_of_its_parts(before, after):
    """Exactly, for each group; and what groups gain others lose."""
    found = decomposition(before, after)
    if not before or not after:
        assert found is None
        return
    for change in found.values():
        assert change.after - change.before == change.total
    for year in ("before", "after"):
        assert 1 == sum(getattr(change, year) for change in found.values())
    assert 0 == sum(change.total for change in found.values())


@given(MONEY, KNOWN, KNOWN)
def test_money_that_would_move_comes_from_somebody(net, users, eligible):
    """Parity shifts sum to zero."""
    moved = parity_shift(net, users, eligible)
    assert moved is None or 0 == sum(moved.values())


@given(YEAR, YEAR)
def test_the_change_of_a_benefit_closes_to_the_cent(old, new):
    """Money, users, both and the rest are the change of each group's benefit; so are all groups together."""
    pairs = [
        (incidence(*old[:2]), incidence(*new[:2])),
        (incidence_after_fees(*old), incidence_after_fees(*new)),
    ]
    for before, after in pairs:
        found = benefit_change(before, after)
        if before.net is None or after.net is None:
            assert found is None
            continue
        for one in found.values():
            effects = one.allocation + one.use + one.interaction + one.other
            assert one.after - one.before == effects
        assert after.net - before.net == sum(one.after - one.before for one in found.values())
        assert 0 == sum(one.use + one.interaction for one in found.values())
