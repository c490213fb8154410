"""The page of ceilings: requests beside them, setting them, and the way to the lines of an organisation."""

import pytest

from budgeting.ui.scenarios import ceilings

REQUESTS = {"municipality": "demo_jasenik", "year": "2027"}
VIEWER = {"email": "vera@example.org"}


def said(at) -> str:
    return " ".join(part.value for part in [*at.markdown, *at.warning, *at.caption, *at.subheader])


@pytest.fixture
def page(visit):
    return visit("ceilings", **REQUESTS)


def test_requests_stand_beside_their_ceilings(page):
    assert not page.exception
    shown = page.dataframe[0].value
    assert "118,070.00" in list(shown["Gap, BAM"])
    assert "17,959,770.00" == list(shown["Asked for, BAM"])[-1]
    assert "399,540.00 BAM above the ceilings, 62,770.00 BAM below them" in said(page).replace(
        "\xa0", " "
    )
    assert "a scenario cannot be handed in like this" in said(page).replace("\xa0", " ")


def test_a_ceiling_that_is_typed_is_set_and_the_gap_follows(page, monkeypatch):
    """Streamlit's test cannot type into a table, so what it holds is given."""
    typed = {"edited_rows": {5: {"ceiling": 1509070.0}, 0: {"ceiling": None}}}
    held = {"typed_ceilings": typed, "because": "Letter 7"}
    monkeypatch.setattr(ceilings, "held", lambda _desk, name: held[name])
    next(one for one in page.button if one.label == "Set these ceilings").click()
    page.run()
    assert not page.exception
    gaps = list(page.dataframe[0].value["Gap, BAM"])
    assert ("–", "0.00") == (gaps[0], gaps[5])
    assert "281,470.00 BAM above the ceilings, 60,660.00 BAM below them" in said(page).replace(
        "\xa0", " "
    )


def test_who_may_only_look_sets_no_ceilings(visit):
    page = visit("ceilings", "demo", VIEWER, **REQUESTS)
    assert len(page.dataframe[0].value) == 10
    assert "Set these ceilings" not in [button.label for button in page.button]


def test_beside_another_budget_the_requests_are_one_click_away(visit):
    page = visit("ceilings", municipality="demo_jasenik")
    assert "2026" == page.selectbox(key="choice_year_en").value
    next(one for one in page.button if one.label == "Show the requests for 2027").click()
    page.run()
    assert "17,959,770.00" == list(page.dataframe[0].value["Asked for, BAM"])[-1]


def test_only_the_lines_of_an_organisation_are_offered_until_all_are_wanted(visit):
    page = visit("simulator", **REQUESTS, lines_of="06")
    few = next(one for one in page.selectbox if one.label == "What changes").options
    next(
        one for one in page.button if one.label == "Only lines of Culture and sport: show all"
    ).click()
    page.run()
    all_of_them = next(one for one in page.selectbox if one.label == "What changes").options
    assert 0 < len(few) < len(all_of_them)
    assert set(few) < set(all_of_them)
