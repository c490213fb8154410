"""Measures on who benefits: parity with ranges, who pays, why a benefit changed, how use is spread."""

from decimal import Decimal

import pytest

from budgeting.indices import RankedGroup, concentration_index
from budgeting.reports import build_report

TOWN = {"municipality": "demo_vrbograd", "year": "2025", "stage": "executed"}


def rows(report, table):
    return report.tables[table].rows.to_pylist()


def by_sex(report, table):
    return {row["sex"]: row for row in rows(report, table)}


@pytest.fixture
def sheet(demo_store):
    return lambda **asked: build_report(demo_store, "service_sheet", TOWN | asked)


# --- women against men ----------------------------------------------------


def test_the_parity_index_is_take_up_of_women_over_that_of_men(sheet):
    """On the sheet and among the gaps it is the same, with UNESCO's band beside it."""
    users = by_sex(sheet(service="home_care"), "users")
    taken = users["female"]["take_up"] / users["male"]["take_up"]
    index, parity, adjusted = rows(sheet(service="home_care"), "measures")
    assert taken == pytest.approx(parity["value"])
    assert 2 - 1 / taken == pytest.approx(adjusted["value"])
    assert ("0.8–1.25", "0.97–1.03") == (index["band"], parity["band"])
    assert ("above", "above", "above") == (index["parity"], parity["parity"], adjusted["parity"])


def test_indices_hold_their_ranges(sheet):
    """A survey's index lies inside its range, and the range is one."""
    for row in rows(sheet(service="sports_facilities"), "measures"):
        assert row["low"] < row["value"] < row["high"]


def test_an_assumption_stands_to_no_band(sheet):
    """Staff judged how many use it: an index is shown, with no range and no verdict."""
    for row in rows(sheet(service="sports_clubs"), "measures"):
        assert row["value"] is not None
        assert (None, None, None) == (row["low"], row["high"], row["parity"])


def test_the_gaps_say_where_women_and_men_take_part_alike(demo_store):
    """The verdict follows UNESCO's band, both ends inside, and never for an assumption."""
    gaps = build_report(demo_store, "gaps", TOWN)
    within = [row for row in rows(gaps, "gaps") if row["gpi_parity"] == "within"]
    assert len(within) == gaps.facts["at_parity"] > 0
    assert all(0.97 <= row["gpi"] <= 1.03 for row in within)
    assert all(row["grade"] in "ABC" for row in rows(gaps, "gaps") if row["gpi_parity"])


# --- intensity ------------------------------------------------------------


def test_hours_beside_heads_share_the_same_money(sheet):
    """Benefits by hours and by heads each sum to the net cost; hours per user tell why they differ."""
    report = sheet(service="home_care")
    women, men = rows(report, "intensity")
    assert report.facts["net"] == women["benefit"] + men["benefit"]
    assert report.facts["net"] == pytest.approx(
        women["heads_benefit"] + men["heads_benefit"], abs=Decimal("0.01")
    )
    assert (120.0, 110.0) == (women["per_user"], men["per_user"])


# --- who pays -------------------------------------------------------------


def test_fees_by_sex_are_those_of_the_budget(sheet):
    """What women and men pay sums to the revenue line, whatever was invoiced to them."""
    report = sheet(service="home_care")
    paid = by_sex(report, "payers")
    assert (
        report.facts["fees"] == paid["all"]["paid"] == paid["female"]["paid"] + paid["male"]["paid"]
    )
    assert report.facts["are_fees_recorded"]
    assert paid["female"]["share"] != paid["female"]["use_share"]


def test_without_records_every_user_is_taken_to_pay_the_same(sheet):
    """Then shares of fees are shares of users, and the sheet says that it is an assumption."""
    report = sheet(service="preschool")
    paid = by_sex(report, "payers")
    assert not report.facts["are_fees_recorded"]
    assert paid["female"]["share"] == pytest.approx(paid["female"]["use_share"], abs=1e-6)


@pytest.mark.parametrize(("change", "factor"), [("-100", "0"), ("10", "1.1"), ("100", "2")])
def test_a_fee_that_changes_is_paid_by_as_many_where_use_stays(sheet, change, factor):
    """Without effect on use everybody pays the changed fee."""
    paid = by_sex(sheet(service="home_care", fee=change), "payers")
    for row in paid.values():
        assert row["paid_after"] == pytest.approx(
            row["paid"] * Decimal(factor), abs=Decimal("0.02")
        )
    assert {None} == {row["paid_with_effect"] for row in paid.values()}


def test_use_that_answers_to_a_fee_is_counted(sheet):
    """A fee that rises by half loses 15 of 100 women at -0.3, and no man at 0."""
    asked = {"fee": "50", "elasticity_women": "-0.3", "elasticity_men": "0"}
    report = sheet(service="home_care", **asked)
    users, paid = by_sex(report, "users"), by_sex(report, "payers")
    assert users["female"]["users"] * 0.85 == pytest.approx(paid["female"]["users_after"])
    assert users["male"]["users"] == pytest.approx(paid["male"]["users_after"])
    both = paid["female"]["paid_with_effect"] + paid["male"]["paid_with_effect"]
    assert both == paid["all"]["paid_with_effect"]
    assert asked == {name: report.parameters[name] for name in asked}


# --- why it changed -------------------------------------------------------


@pytest.mark.parametrize("service", ["home_care", "preschool", "library", "violence", "parks"])
def test_the_change_of_a_benefit_is_the_sum_of_its_effects(sheet, service):
    """More or less money, other users, both together and other records: to the cent."""
    found = rows(sheet(service=service), "change")
    assert found
    for row in found:
        effects = row["allocation"] + row["use"] + row["interaction"] + row["other"]
        assert row["after"] - row["before"] == effects


# --- distance from equal shares -------------------------------------------


@pytest.mark.parametrize("treatment", ["", "exclude", "population", "survey"])
def test_distance_from_equal_shares_lies_in_its_range(demo_store, treatment):
    """Whatever is done with money for everybody, an index lies between its bounds."""
    report = build_report(demo_store, "who_benefits", TOWN | {"treatment": treatment})
    for row in rows(report, "equality"):
        assert row["low"] <= row["value"] <= row["high"], row["index_name"]


def test_money_for_everybody_closes_whatever_is_chosen(demo_store):
    """Left out it is not attributable; by population it is an assumption of grade E; all are the budget."""
    asked = {name: TOWN | {"treatment": name} for name in ("exclude", "population", "survey")}
    found = {name: build_report(demo_store, "who_benefits", given) for name, given in asked.items()}
    for report in found.values():
        parts = {row["standing"]: row["amount"] for row in rows(report, "coverage")}
        assert report.facts["budget"] == sum(parts.values())
    assert not [row for row in rows(found["exclude"], "shared") if row["women"] is not None]
    assert {"E"} == {row["grade"] for row in rows(found["population"], "shared")}
    parks = [row for row in rows(found["survey"], "shared") if row["women"] is not None]
    assert ["Parks and green areas"] == [row["name"] for row in parks]
    lighting = next(row for row in rows(found["survey"], "shared") if "lighting" in row["name"])
    assert lighting["net"] == lighting["not_known"]


# --- spread over income ---------------------------------------------------


def test_the_concentration_index_is_that_of_the_groups(demo_store):
    """Support to pupils goes to those who are worst off: the index of its three groups."""
    report = build_report(demo_store, "groups", TOWN | {"group": "income/low"})
    spread = {row["code"]: row for row in rows(report, "spread")}
    people, users = (860, 2015, 907), (450, 57, 12)
    groups = [RankedGroup(float(p), float(u)) for p, u in zip(people, users, strict=True)]
    assert concentration_index(groups).value == pytest.approx(spread["pupil_support"]["value"])
    assert spread["pupil_support"]["value"] < 0 < spread["preschool"]["value"]


def test_only_a_survey_has_a_standard_error(demo_store):
    """A register has none; its range is as if those of no recorded income were all poor, or all rich."""
    report = build_report(demo_store, "groups", TOWN | {"group": "income/high"})
    for row in rows(report, "spread"):
        assert (row["grade"] == "C") is (row["standard_error"] is not None), row["name"]
        assert row["low"] - 1e-12 <= row["value"] <= row["high"] + 1e-12
