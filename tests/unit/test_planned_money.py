"""Planned against spent money: by service and for whom, from two statements of one year."""

from decimal import Decimal

import pytest
from fixtures.small_budget import SCHOOLS, accept_rows

from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.services import figures
from budgeting.services.defining import define
from budgeting.services.model import (
    Figure,
    Grade,
    Indicator,
    IndicatorRole,
    Service,
    ServiceIndicator,
    ServiceLine,
    Unit,
)
from budgeting.translations import language
from budgeting.ui.benefit_findings import money_finding

TOWN = {"municipality": "smallton", "year": "2024"}
PARTS = ("female", "male", "other", "unknown", "not_attributable")
SIDES = ("planned", "spent")


def rows(report, name="money"):
    return report.tables[name].rows.to_pylist()


def by_name(report):
    return {row["name"]: row for row in rows(report)}


def known(amounts):
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def said(report):
    return language("en").say(money_finding(report))


def described(store, editor, code, organisation, users=(), **kept):
    """Describe a service that an organisation pays for, with its users by sex where given."""
    indicator = Indicator(f"{code}_users", code.title(), Unit.PERSONS)
    counted = [
        Figure(indicator.code, 2024, sex, Decimal(count), Grade.A, "register")
        for sex, count in zip(("female", "male"), users, strict=False)
    ]
    link = (ServiceIndicator(indicator.code, IndicatorRole.USERS),) if counted else ()
    if counted:
        figures.record(store, editor, "smallton", [indicator], counted, **kept)
    line = ServiceLine(Subject.ORGANISATION, organisation)
    define(
        store,
        editor,
        "smallton",
        Service(code, code.title(), lines=(line,), indicators=link),
    )


def build_town(store, editor):
    """Schools: 900.50 of 1,000.00 spent, three in four users are girls. Sports: nothing spent yet."""
    accept_rows(store, editor, SCHOOLS, "2;Works;21;611;08.1;Sports;300,00;")
    described(store, editor, "schools", "1", (75, 25), seen=0)
    described(store, editor, "sports", "2")


@pytest.fixture
def town(prepared, editor):
    return prepared(build_town, editor)


def test_planned_and_spent_money_stand_beside_each_other_by_sex(town):
    """Of 1,000.00 and of 900.50, three quarters go to women; a plan of which nothing is known is none."""
    found = by_name(build_report(town, "gaps", TOWN | {"stage": "approved"}))
    schools = found["Schools"]
    assert (Decimal("1000.00"), Decimal("900.50")) == (schools["planned"], schools["spent"])
    assert (Decimal("750.00"), Decimal("675.38")) == (
        schools["female_planned"],
        schools["female_spent"],
    )
    assert (0.9005, 0.75, 0.75, "A") == (
        schools["execution"],
        schools["women_share"],
        schools["low"],
        schools["grade"],
    )
    sports = found["Sports"]
    assert (Decimal("300.00"), None, None) == (
        sports["planned"],
        sports["spent"],
        sports["execution"],
    )


def test_what_has_no_second_side_is_in_no_sum(town):
    """Sports were planned and nothing is known to be spent: they stand below the sum of the others."""
    report = build_report(town, "gaps", TOWN | {"stage": "approved"})
    assert ["Schools", "All services with both", "Sports"] == [row["name"] for row in rows(report)]
    assert [0, 1, 0] == [row["added"] for row in rows(report)]
    assert (Decimal("1000.00"), Decimal("900.50")) == (
        report.facts["planned"],
        report.facts["spent"],
    )
    assert "900.50" in said(report)
    assert "675.38" in said(report)


def test_without_an_execution_nothing_is_said_to_be_spent(store, editor):
    """A year with a plan only: spent is not known, and not zero."""
    accept_rows(store, editor, "1;Education;11;611;09.1;Schools;1.000,00;")
    described(store, editor, "schools", "1", (75, 25), seen=0)
    report = build_report(store, "gaps", TOWN)
    assert [(Decimal("1000.00"), None)] == [(row["planned"], row["spent"]) for row in rows(report)]
    assert report.facts["spent"] is None
    assert "no execution of the year is stored" in said(report)


def test_without_a_plan_nothing_is_said_to_be_planned(store, editor):
    """A year with an execution only: planned is not known."""
    accept_rows(store, editor, "1;Education;11;611;09.1;Schools;;900,50")
    described(store, editor, "schools", "1", (75, 25), seen=0)
    report = build_report(store, "gaps", TOWN)
    assert [(None, Decimal("900.50"))] == [(row["planned"], row["spent"]) for row in rows(report)]
    assert "no plan of the year is stored" in said(report)


def test_the_parts_sum_to_the_whole_on_both_sides(demo_store):
    """Women, men, others, not known and not attributable are what was planned, and what was spent."""
    for stage in ("approved", "revised", "executed"):
        asked = {"municipality": "demo_vrbograd", "year": "2025", "stage": stage}
        found = rows(build_report(demo_store, "gaps", asked))
        assert len(found) > 25
        for row in found:
            for side in ("planned", "spent"):
                if row[side] is not None:
                    assert row[side] == known(row[f"{part}_{side}"] for part in PARTS), row["name"]


def test_the_sum_is_that_of_the_rows_above_it(demo_store):
    """Every amount of the row of sums adds up what stands above it."""
    report = build_report(demo_store, "gaps", {"municipality": "demo_jasenik", "year": "2025"})
    at = next(number for number, row in enumerate(rows(report)) if row["added"])
    above, total = rows(report)[:at], rows(report)[at]
    assert total["added"] == at > 10
    for name in ("planned", "spent", *(f"{part}_{side}" for part in PARTS for side in SIDES)):
        assert total[name] == (known(row[name] for row in above) or total[name]), name
    assert total["low"] <= total["women_share"] <= total["high"]


def test_a_statement_asked_for_is_the_plan(demo_store):
    """What was approved is set against what was spent where the reader asks for it, else the revised."""
    asked = {"municipality": "demo_vrbograd", "year": "2025"}
    approved, revised, executed = (
        build_report(demo_store, "gaps", asked | {"stage": stage})
        for stage in ("approved", "revised", "executed")
    )
    assert approved.facts["planned"] != revised.facts["planned"] == executed.facts["planned"]
    assert approved.facts["spent"] == revised.facts["spent"] == executed.facts["spent"]
    assert ["revised", "executed"] == [
        next(word for word in ("revised", "executed") if word in str(source))
        for source in revised.sources
    ]


def test_a_year_in_progress_says_until_when_money_was_spent(demo_store):
    """2026 runs to the end of September; 2025 is over, and its sentence has no day."""
    asked = {"municipality": "demo_vrbograd", "stage": "revised"}
    assert "By Sep 30, 2026" in said(build_report(demo_store, "gaps", asked | {"year": "2026"}))
    assert "By " not in said(build_report(demo_store, "gaps", asked | {"year": "2025"}))
