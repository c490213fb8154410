"""Sex, age and group together: told where figures count them at once, never put together from parts."""

from decimal import Decimal

import pytest

from budgeting.model import Sex
from budgeting.reports import build_report
from budgeting.reports.beneficiaries.crossings import Crossing, crossed
from budgeting.services.model import IndicatorRole
from budgeting.suppression import Bracket

TOWN = {"municipality": "demo_vrbograd", "year": "2025", "stage": "executed"}


def figure(sex, count, ages=None, group=("", "")):
    return {
        "role": "users",
        "fiscal_year": 2025,
        "kind": "actual",
        "sex": sex,
        "age_from": ages and ages[0],
        "age_to": ages and ages[1],
        "group_kind": group[0],
        "group_code": group[1],
        "figure": Decimal(1),
        "shown": count if isinstance(count, Bracket) else Decimal(count),
        "indicator_code": "users",
        "label": "Users",
        "unit": "persons",
        "unit_label": "",
        "counts": None,
        "is_part": False,
        "data_grade": "A",
        "sample_size": None,
        "design_effect": None,
    }


def found(figures, **who):
    one = crossed(figures, IndicatorRole.USERS, 2025, Crossing(**who))
    return one and one.value


OLD = [
    figure("female", 30, (65, 74)),
    figure("male", 10, (65, 74)),
    figure("female", 50, (75, None)),
    figure("male", 20, (75, None)),
]


@pytest.mark.parametrize(
    ("ages", "sex", "expected"),
    [
        ((65, None), Sex.FEMALE, 80),
        ((65, None), None, 110),
        ((75, None), Sex.MALE, 20),
        ((60, None), Sex.FEMALE, None),
        ((65, 79), Sex.FEMALE, None),
        ((64, 74), Sex.FEMALE, None),
        (None, Sex.FEMALE, None),
    ],
)
def test_ages_are_put_together_only_without_a_gap(ages, sex, expected):
    """65 to 74 and 75 and older are 65 and older; what begins earlier or ends inside is not known."""
    assert expected == found(OLD, ages=ages, sex=sex)


def test_a_sex_of_one_table_and_an_age_of_another_tell_nothing():
    """Women there are, and old people there are: how many old women is not known."""
    figures = [figure("female", 60), figure("male", 40), figure("all", 30, (65, None))]
    assert found(figures, sex=Sex.FEMALE, ages=(65, None)) is None
    assert 30 == found(figures, ages=(65, None))


def test_a_group_is_counted_in_its_own_ages():
    """Rural women of 75 and older are counted; of 65 to 74 nobody counted rural ones."""
    rural = {"group_kind": "rural"}
    figures = [*OLD, figure("female", 12, (75, None), ("rural", ""))]
    assert 12 == found(figures, sex=Sex.FEMALE, ages=(75, None), **rural)
    assert found(figures, sex=Sex.FEMALE, ages=(65, None), **rural) is None


def test_hidden_parts_make_a_hidden_whole():
    """A band of one to four beside thirty is thirty-one to thirty-four."""
    few = Bracket(Decimal(1), Decimal(4), is_small=True)
    figures = [figure("female", 30, (65, 74)), figure("female", few, (75, None))]
    assert Bracket(Decimal(31), Decimal(34)) == found(figures, sex=Sex.FEMALE, ages=(65, None))


# --- on the page ----------------------------------------------------------


def of_group(demo_store, **who):
    return build_report(demo_store, "groups", TOWN | who)


def rows(report, table):
    return report.tables[table].rows.to_pylist()


def test_women_over_65_in_villages(demo_store):
    """The library counts them; home care counts rural women from 75 on only, so it is asked."""
    report = of_group(demo_store, group="rural", sex="female", ages="65-")
    assert ["library"] == [row["code"] for row in rows(report, "members")]
    asked = {row["code"]: row for row in rows(report, "missing") if row["role"] == "users"}
    care = asked["home_care"]
    assert ("women", "65+", "persons in rural areas") == (
        *(care["sex_asked"], care["ages"]),
        care["group"],
    )
    assert "Users of home care" == care["needed"]
    assert "all of them, sex, ages, group" == care["exists"]


def test_the_need_of_a_group_is_told_by_sex_with_its_cost(demo_store):
    """Who waits for home care in villages, and what serving them would cost at today's unit cost."""
    sheet = build_report(demo_store, "service_sheet", TOWN | {"service": "home_care"})
    report = of_group(demo_store, group="rural")
    care = {row["sex"]: row for row in rows(report, "needs") if "Home care" in row["name"]}
    assert (238, 67) == (care["female"]["waiting"], care["male"]["waiting"])
    for row in care.values():
        assert row["waiting"] * sheet.facts["unit_cost"] == row["waiting_cost"]
        assert row["eligible"] - row["users"] == row["without"]
    costs = [row["waiting_cost"] for row in rows(report, "needs") if row["waiting_cost"]]
    assert report.facts["cost"] == sum(costs)


def test_whom_a_service_is_meant_for_is_cut_to_the_crossing(demo_store):
    """Women over 65 among those home care is meant for are those of the census."""
    sheet = build_report(demo_store, "service_sheet", TOWN | {"service": "home_care"})
    women = next(row for row in rows(sheet, "users") if row["sex"] == "female")
    report = of_group(demo_store, sex="female", ages="65-")
    need = next(row for row in rows(report, "needs") if "Home care" in row["name"])
    assert women["eligible"] == need["eligible"]
    assert women["users"] == need["users"]


def test_a_service_for_others_is_meant_for_nobody_of_the_crossing(demo_store):
    """Primary schools are for children: of women over 65 they are meant for none."""
    report = of_group(demo_store, sex="female", ages="65-")
    assert "primary" not in {row["code"] for row in rows(report, "members")}
