"""The page Find a reallocation: what it proposes can be taken over, and what it needs is said."""

import pytest

TOWN = {"municipality": "demo_vrbograd", "year": "2026", "stage": "revised"}


def shown(at) -> str:
    return " ".join(one.value for one in [*at.markdown, *at.caption, *at.subheader])


def one(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


@pytest.fixture
def page(visit):
    return visit("optimiser", **TOWN, objective="unmet_need", most="1")


def test_the_best_moves_are_proposed_with_what_keeps_them_from_more(page):
    assert not page.exception
    assert "would do most for “serve people in need”" in shown(page)
    assert {"Moves in order of worth", "What more room would bring"} <= {
        heading.value for heading in page.subheader
    }
    assert len(page.dataframe[0].value) > 1
    assert one(page.button, "Take the chosen moves over into the scenario").disabled


def test_what_an_objective_needs_and_nobody_entered_is_said(visit):
    page = visit("optimiser", **TOWN, objective="tagged")
    assert not page.exception
    assert "cannot be worked out for Vrbograd in 2026" in shown(page)


def test_the_objective_is_kept_in_the_address(page):
    assert page.query_params["objective"] == "unmet_need"
    assert [box.value for box in page.selectbox if box.label == "At most moved, of the budget"] == [
        "1"
    ]


def test_money_can_be_kept_to_chosen_services(visit):
    """The address names home care: nothing but its lines gets money, and the field says so."""
    page = visit("optimiser", **TOWN, objective="unmet_need", source="any", to="home_care,nothing")
    assert not page.exception
    assert ["home_care"] == one(page.multiselect, "Money goes to").value
    assert {"Home carers, paid by the hour"} == set(page.dataframe[0].value["To"])
    assert "home_care" == page.query_params["to"]
