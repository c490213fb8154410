"""The page Scenarios: the list, handing in, deciding as another person, and copies."""

from decimal import Decimal

import pytest

from budgeting.access import Identity, Role
from budgeting.model import Direction, Stage
from budgeting.reports.scope import scope
from budgeting.scenarios import saving
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import virement
from budgeting.ui.session import open_store

AMRA, MIRZA = Identity("Amra", Role.EDITOR), Identity("Mirza", Role.REVIEWER)
TOWN = "demo_vrbograd"


def one(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def shown(at) -> str:
    return " ".join(part.value for part in [*at.markdown, *at.caption, *at.subheader, *at.warning])


def service(code: str) -> Subject:
    return Subject(SubjectKind.SERVICE, code)


@pytest.fixture
def page(visit):
    """Return the page with a scenario of Amra's that keeps all rules."""
    visit("scenarios", municipality=TOWN)
    store = open_store()
    statement = scope(store, TOWN, 2026, Direction.EXPENDITURE).newest(Stage.REVISED)
    begun = saving.begin(store, AMRA, TOWN, statement.vintage_id, "More home care")
    move = virement(service("sports_clubs"), service("home_care"), Decimal("1000.00"), "winter")
    saving.add_moves(store, AMRA, begun.scenario_id, [move], seen=begun.sequence)
    return visit("scenarios", municipality=TOWN, scenario=str(begun.scenario_id))


def test_the_list_says_what_there_is(page):
    assert not page.exception
    assert "Vrbograd has 1 scenario\\: 0 adopted, 0 to be decided, 1 in the making." in shown(page)
    assert list(page.dataframe[0].value["Scenario"]) == ["More home care"]


def test_without_scenarios_it_says_how_to_begin(visit):
    page = visit("scenarios", municipality=TOWN)
    assert "Nobody has made a scenario for Vrbograd yet" in shown(page)


def press(at, label):
    one(at.button, label).click()
    return at.run()


def test_a_draft_is_handed_in_and_adopted(page):
    press(page, "Hand it in to be decided on")
    assert "submitted; 1 move; begun by Amra" in shown(page)
    one(page.text_input, "Reason, or number of the decision").set_value("02-15/2026")
    press(page, "Adopt")
    assert "adopted; 1 move; begun by Amra" in shown(page)
    assert "02-15/2026" in shown(page)
    assert not [button for button in page.button if button.label == "Adopt"]


def test_an_open_scenario_stands_beside_its_budget(page):
    assert "“More home care” changes women’s benefit by" in shown(page)
    assert {"Download XLSX", "Download CSV"} <= {
        one.proto.label for one in page.get("download_button")
    }


def test_rejecting_needs_a_reason(page):
    press(page, "Hand it in to be decided on")
    press(page, "Reject")
    assert "A scenario is rejected for a reason: write it down." in shown(page)
    one(page.text_input, "Reason, or number of the decision").set_value("too late in the year")
    press(page, "Reject")
    assert "rejected; 1 move" in shown(page)


def test_a_copy_has_the_same_moves(page):
    press(page, "Make a copy")
    assert list(page.dataframe[0].value["Scenario"]) == ["More home care, copy", "More home care"]


def test_who_may_only_look_changes_nothing(page, visit):
    seen = visit(
        "scenarios", "demo", {"email": "vera@example.org"}, municipality=TOWN, scenario="1"
    )
    assert "More home care" in shown(seen)
    assert {"Make a copy", "Hand it in to be decided on"}.isdisjoint(
        button.label for button in seen.button
    )
