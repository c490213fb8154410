"""Use of an earlier year in place of one in which nobody recorded it: never later, never silent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgeting.incidence import Use
from budgeting.reports.beneficiaries.carried import Told
from budgeting.reports.scenarios.carried import carried_use
from budgeting.services.lists import Carrying
from budgeting.services.model import FigureKind, Grade, IndicatorRole
from budgeting.simulation.effects import ServiceState

YEAR, ACTUAL = 2027, FigureKind.ACTUAL
ROLES = (IndicatorRole.USERS, IndicatorRole.WAITING, IndicatorRole.ELIGIBLE, IndicatorRole.FEES)


def figure(role, year, grade, count=10, *, kind="actual"):
    """A row of ``service_figures`` of women, as it may be shown."""
    return {
        "role": role,
        "fiscal_year": year,
        "kind": kind,
        "age_from": None,
        "age_to": None,
        "group_kind": "",
        "group_code": "",
        "figure": Decimal(count),
        "shown": Decimal(count),
        "unit": "money" if role == "fees" else "persons",
        "unit_label": "",
        "counts": "",
        "is_part": True,
        "indicator_code": role,
        "sex": "female",
        "data_grade": grade,
        "sample_size": None,
        "design_effect": None,
    }


recorded = st.lists(
    st.builds(
        figure,
        st.sampled_from([role.value for role in ROLES]),
        st.integers(YEAR - 6, YEAR + 3),
        st.sampled_from([grade.value for grade in Grade]),
        st.integers(0, 100),
        kind=st.sampled_from(["actual", "actual", "planned"]),
    ),
    max_size=12,
    unique_by=lambda row: (row["role"], row["fiscal_year"], row["kind"]),
)
limits = st.builds(Carrying, st.integers(0, 5), st.integers(0, 4))


def years_of_users(figures):
    return {
        row["fiscal_year"]
        for row in figures
        if (row["role"], row["kind"]) == ("users", ACTUAL.value)
    }


@given(recorded, limits)
def test_with_users_of_the_year_itself_nothing_changes(figures, limit):
    """Whoever counted this year is not overruled, in any role, nor is what is missing beside it filled."""
    figures = [*(one for one in figures if one["fiscal_year"] != YEAR or one["role"] != "users")]
    figures.append(figure("users", YEAR, "A"))
    own, carried = (Told(figures, YEAR, ACTUAL, one) for one in (None, limit))
    assert [own.counts(role) for role in ROLES] == [carried.counts(role) for role in ROLES]


@given(recorded, limits)
def test_what_the_year_tells_of_a_role_stays(figures, limit):
    """Also where users are carried, a waiting list of the year itself is the one that counts."""
    own, carried = (Told(figures, YEAR, ACTUAL, one) for one in (None, limit))
    for role in ROLES:
        if own.counts(role):
            assert own.counts(role) == carried.counts(role)


@given(recorded, limits)
def test_it_comes_from_the_nearest_earlier_year_and_never_from_a_later_one(figures, limit):
    """As near as users were counted, at most so many years back; without such a year nothing is carried."""
    told = Told(figures, YEAR, ACTUAL, limit)
    known = years_of_users(figures)
    before = {year for year in known if YEAR - limit.years <= year < YEAR}
    expected = None if YEAR in known else max(before, default=None)
    assert expected == told.earlier
    found = {one.carried_from for role in ROLES for one in told.counts(role)} - {None}
    assert found <= {expected}
    assert (expected is not None) == bool(found)


@given(recorded, limits)
def test_a_carried_grade_is_worse_by_the_steps_that_are_set_and_nothing_else_changes(
    figures, limit
):
    """The numbers are those of the earlier year; only their grade falls, to E at the worst."""
    told = Told(figures, YEAR, ACTUAL, limit)
    if told.earlier is None:
        return
    [then] = Told(figures, told.earlier, ACTUAL).counts(IndicatorRole.USERS)
    [now] = told.counts(IndicatorRole.USERS)
    assert then.use == now.use
    assert then.grade == now.recorded_grade
    assert Grade(then.grade).worse(limit.steps) == now.grade
    assert now.grade >= then.grade


def test_how_far_back_it_goes_ends_where_it_is_set_to_end():
    """Three years: figures of 2024 still stand in for 2027, those of 2023 do not."""
    limit = Carrying(3, 1)
    assert 2024 == Told([figure("users", 2024, "A")], YEAR, ACTUAL, limit).earlier
    assert Told([figure("users", 2023, "A")], YEAR, ACTUAL, limit).earlier is None


def test_a_plan_of_users_is_no_count():
    """Planned users of last year say nothing of who came."""
    planned = [figure("users", 2026, "A", kind="planned")]
    assert Told(planned, YEAR, ACTUAL, Carrying(3, 1)).earlier is None


states = st.lists(st.one_of(st.none(), st.integers(2024, 2026)), max_size=8).map(
    lambda years: [
        ServiceState(f"s{at}", "", "B", Decimal(1), Use(), use_as_in=year)
        for at, year in enumerate(years)
    ]
)


@given(states)
def test_whatever_is_carried_is_said_and_nothing_else(services):
    """Each earlier year has a sentence with its count of services; without one there is none."""
    found = carried_use(services)
    carried = [one.use_as_in for one in services if one.use_as_in]
    told = [(int(one.values["earlier"]), one.count) for one in found.notes(YEAR)]
    assert {year: carried.count(year) for year in carried} == dict(told)
    assert len(carried) == sum(count for _, count in told)
    assert bool(carried) == (found.words is not None)
