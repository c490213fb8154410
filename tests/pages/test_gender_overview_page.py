"""The gender overview as its readers meet it: marks move it, and nothing of it is silent."""

from decimal import Decimal

import pytest
from pages.reading import findings, key_figures, visible

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.ui.session import open_store

JASENIK = {"municipality": "demo_jasenik", "year": "2025"}
AMRA = Identity("Amra", Role.ADMINISTRATOR)


def mark_programme(code, category):
    method = methodology("oecd_dac")
    required = method.category(category).requires
    ticks = {one.id: Decimal(one.id in required) for one in method.criteria}
    said = Classification(method, (Part(Evidence(ticks)),), "said so")
    subjects = [MarkedSubject(Subject.PROGRAMME, code)]
    mark(open_store(), AMRA, "demo_jasenik", subjects, said, seen=10**9)


def metric(at, label):
    return key_figures(at)[label]


@pytest.fixture
def marked(visit):
    """A town whose preschools are marked as significant."""
    visit("gender_overview", **JASENIK)
    mark_programme("2001", "1")
    return lambda **address: visit("gender_overview", **{**JASENIK, **address})


def test_without_a_mark_everything_is_left(visit):
    at = visit("gender_overview", **JASENIK)
    assert not at.exception
    assert (metric(at, "Screened"), metric(at, "Meant for equality")) == ("0.0%", "0.0%")
    assert "Nobody has marked a line" in " ".join(visible(at))


def test_a_mark_moves_the_overview(marked):
    at = marked()
    assert metric(at, "Meant for equality") == "0.0% – 8.1%"
    assert metric(at, "Screened") == "8.1%"


def test_the_finding_names_the_largest_part(marked):
    assert any("is in Education" in one for one in findings(marked()))


def test_what_is_screened_and_not_meant_for_equality_is_no_empty_chart(visit):
    visit("gender_overview", **JASENIK)
    mark_programme("2001", "0")
    headings = findings(visit("gender_overview", **JASENIK))
    assert "8.1% of the money is screened; the rest is outlined" in headings


def test_counting_otherwise_changes_the_counted_amount_alone(marked):
    full, part = marked(), marked(convention="eu_funds")
    assert metric(full, "Meant for equality") == metric(part, "Meant for equality")
    assert metric(full, "Counted") != metric(part, "Counted")


def test_the_view_can_be_drilled_and_left(marked):
    at = marked(within="function:09")
    assert metric(at, "Meant for equality") == "0.0% – 43.7%"
    next(button for button in at.button if button.label == "All of the budget").click().run()
    assert metric(at, "Meant for equality") == "0.0% – 8.1%"


def test_another_methodology_knows_nothing_of_these_marks(marked):
    at = marked(methodology="eu_budget")
    assert "Nobody has marked a line" in " ".join(visible(at))


def test_a_viewer_may_look(visit):
    at = visit("gender_overview", "demo", {"email": "vera@example.org"}, **JASENIK)
    assert not at.error
    assert metric(at, "Screened") == "0.0%"


def test_where_nothing_is_found_something_else_can_be_chosen(visit):
    """A link into a part that the budget does not have says so, and its choices are there."""
    at = visit("gender_overview", **JASENIK, within="function:77")
    assert ["This budget has no function (COFOG) 77."] == [one.value for one in at.error]
    assert {"Fiscal year", "Stage", "Break down by"} <= {one.label for one in at.selectbox}
    assert "Municipality · Methodology · What counts" in visible(at)
