"""How far a further group is from its part: indices against all others, with ranges, by hand."""

from decimal import Decimal
from math import log

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows

from budgeting.intervals import Range, wilson
from budgeting.reports import build_report
from budgeting.reports.beneficiaries.two_parts import distance, ends, parity, theil
from budgeting.services.defining import define
from budgeting.services.figures import record
from budgeting.services.model import (
    Figure,
    Grade,
    Indicator,
    IndicatorRole,
    Service,
    ServiceIndicator,
    Unit,
)
from budgeting.translations import language
from budgeting.ui.benefit_findings import group_equality_finding

TOWN = "smallton"
RURAL, LOW, HIGH = ("rural", ""), ("income", "low"), ("income", "high")


def counted(code, group, count, grade=Grade.A, *, sample=None, sex="all"):
    return Figure(code, 2024, sex, Decimal(count), grade, "list", group=group, sample_size=sample)


def described(store, editor, *figures):
    """One service with these figures of users and of those it is meant for."""
    accept_rows(store, editor, SCHOOLS)
    roles = {"users": IndicatorRole.USERS, "eligible": IndicatorRole.ELIGIBLE}
    indicators = [Indicator(code, code.title(), Unit.PERSONS) for code in roles]
    record(store, editor, TOWN, indicators, figures, seen=0)
    links = tuple(ServiceIndicator(code, role) for code, role in roles.items())
    define(store, editor, TOWN, Service("care", "Care", indicators=links))
    return store


def report(store, group="rural"):
    return build_report(store, "groups", {"municipality": TOWN, "year": "2024", "group": group})


def rows(store, group="rural"):
    return report(store, group).tables["equality"].rows.to_pylist()


MEANT = [counted("eligible", ("", ""), 500, sex=sex) for sex in ("female", "male")]
RURAL_CARE = (
    *(counted("users", ("", ""), 100), counted("users", RURAL, 20)),
    *(*MEANT, counted("eligible", RURAL, 400)),
)


def test_a_group_stands_against_all_others(store, editor):
    """20 of 100 users and 400 of 1,000 meant: half its part; take-up 5 % against 13.33 %."""
    [row] = rows(described(store, editor, *RURAL_CARE))
    assert (0.2, 0.4, "below", "A") == (
        row["share"],
        row["reference_share"],
        row["group_part"],
        row["grade"],
    )
    assert 0.5 == pytest.approx(row["index"])
    assert (20 / 400) / (80 / 600) == pytest.approx(row["gpi"])
    assert 0.2 == pytest.approx(row["distance"])
    assert 0.2 * log(0.2 / 0.4) + 0.8 * log(0.8 / 0.6) == pytest.approx(row["theil"])


def test_the_sentence_names_where_a_group_falls_shortest(store, editor):
    """Half of its part, and a fifth of the use would move."""
    said = language("en").say(group_equality_finding(report(described(store, editor, *RURAL_CARE))))
    assert "Care" in said
    assert "50.0% of their part" in said
    assert "20.0% of the use" in said


def test_whose_part_nobody_recorded_may_belong_to_the_group(store, editor):
    """Low 20, high 50 of 100: the thirty of no recorded income may all have a low one."""
    figures = [
        *(counted("users", ("", ""), 100), counted("users", LOW, 20), counted("users", HIGH, 50)),
        *(*MEANT, counted("eligible", LOW, 400)),
    ]
    [row] = rows(described(store, editor, *figures), "income/low")
    assert (parity(0.2, 0.4), parity(0.5, 0.4)) == pytest.approx((row["low"], row["high"]))


def test_a_survey_has_its_sampling_error(store, editor):
    """Twenty of a hundred asked: Wilson's interval of the share, taken to the index."""
    surveyed = (
        counted("users", g, n, Grade.C, sample=100) for g, n in ((("", ""), 100), (RURAL, 20))
    )
    [row] = rows(described(store, editor, *surveyed, *RURAL_CARE[2:]))
    low, high = ends(parity, 0.4, wilson(Decimal(20), Decimal(100)))
    assert (low, high) == pytest.approx((row["low"], row["high"]))
    assert row["low"] < row["gpi"] < row["high"]


def test_an_assumption_has_neither_band_nor_range(store, editor):
    """What nobody counted stands to no band."""
    assumed = (counted("users", g, n, Grade.D) for g, n in ((("", ""), 100), (RURAL, 20)))
    [row] = rows(described(store, editor, *assumed, *RURAL_CARE[2:]))
    assert (None, None, None) == (row["group_part"], row["low"], row["high"])
    assert row["index"] is not None


@pytest.mark.parametrize("missing", range(5))
def test_without_one_of_the_four_counts_there_is_no_index(store, editor, missing):
    """Users and those meant, of the group and in all by sex: without one nothing is divided."""
    figures = [one for number, one in enumerate(RURAL_CARE) if number != missing]
    assert [] == rows(described(store, editor, *figures))


def test_few_of_a_group_have_no_index(store, editor):
    """Three of a hundred are hidden; an index would tell them."""
    few = (RURAL_CARE[0], counted("users", RURAL, 3), *RURAL_CARE[2:])
    assert [] == rows(described(store, editor, *few))


def test_an_index_reaches_its_least_value_inside_the_range():
    """A range around equal parts holds the distance 0; the parity index has no bound where others have none."""
    around = Range(0.3, 0.6)
    assert (0, pytest.approx(0.2)) == ends(distance, 0.4, around)
    assert 0 == ends(theil, 0.4, around)[0]
    assert (parity(0.3, 0.4), None) == ends(parity, 0.4, Range(0.3, 1.0))
    assert (None, None) == ends(parity, None, around)


def test_the_demo_has_such_groups(demo_store):
    """Children in villages against all others, with the four indices of each service."""
    asked = {"municipality": "demo_vrbograd", "year": "2025", "group": "rural"}
    found = build_report(demo_store, "groups", asked).tables["equality"].rows.to_pylist()
    preschool = next(row for row in found if row["code"] == "preschool")
    assert 197 / 1267 == pytest.approx(preschool["share"])
    assert preschool["low"] <= preschool["gpi"] <= preschool["high"]
    ranked = [row["index"] for row in found if row["grade"] in "ABC"]
    assert sorted(ranked) == ranked
