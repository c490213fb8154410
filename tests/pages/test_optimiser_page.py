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


def test_several_objectives_are_weighed_and_written_out(visit):
    """Without a weight each counts alike; the address keeps what differs, and says so in the answer."""
    page = visit("optimiser", **TOWN, objective="all", weights="parity:0,tagged:0,use_gaps:3")
    assert not page.exception
    assert "close gaps between use and need (75.0%); serve people in need (25.0%)" in shown(page)
    assert 3.0 == one(page.number_input, "Close gaps between use and need").value
    one(page.number_input, "Close gaps between use and need").set_value(1.0)
    page.run()
    assert "close gaps between use and need (50.0%); serve people in need (50.0%)" in shown(page)
    assert "parity:0,tagged:0" == ",".join(sorted(page.query_params["weights"].split(",")))


def test_what_a_person_in_need_counts_is_asked_and_kept(page):
    assert "counts" not in page.query_params.get("groups", "")
    one(page.number_input, "Women").set_value(2.0)
    page.run()
    assert "female:2" == page.query_params["groups"]
    assert "serve people in need, a woman counting 2 and a man 1" in shown(page)


def test_weights_that_somebody_spoilt_count_as_none(visit):
    page = visit("optimiser", **TOWN, objective="all", weights="parity:-1,x:y", groups="female:99")
    assert not page.exception
    assert 1.0 == one(page.number_input, "Women").value
