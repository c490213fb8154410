"""The tabs of the gender overview: one at a time, each at its address, and none of them lost."""

import pytest
from pages.reading import findings

from budgeting.reports.gender.lines import LINES_PER_PAGE
from budgeting.ui import gender_tables
from budgeting.ui.session import report
from budgeting.ui.tables import _written_table

JASENIK = {"municipality": "demo_jasenik", "year": "2025"}
HEADS = {  # what heads a tab: nothing of this budget is marked
    "stages": "Planned and executed: nothing is screened, so what counts is not known",
    "years": "meant for equality, and screened",
    "change": "counts for equality",
    "categories": "What each category holds",
    "largest": "The lines on which this rests most",
    "methodologies": "Methodologies side by side",
    "groups": "lines,",
}


@pytest.mark.parametrize("table", HEADS)
def test_a_tab_has_its_address_and_is_the_only_one(visit, table):
    at = visit("gender_overview", **JASENIK, table=table)
    assert not at.exception
    shown = findings(at)
    assert [table] == [name for name, words in HEADS.items() if any(words in one for one in shown)]
    assert table == at.query_params["table"]


def test_an_address_without_a_tab_or_with_another_one_opens_the_first(visit):
    for address in ({}, {"table": "everything"}):
        assert HEADS["stages"] in findings(visit("gender_overview", **JASENIK, **address))


def test_within_a_part_a_tab_about_all_of_the_budget_says_so(visit):
    said = "This is about all of the budget."
    for table, expected in (("years", True), ("categories", False)):
        at = visit("gender_overview", **JASENIK, table=table, within="function:09")
        assert expected == (said in [one.value for one in at.caption])


def test_the_lines_and_their_reasons_are_a_tab(visit):
    at = visit("gender_overview", **JASENIK, table="groups", category="not-screened")
    assert "Lines of" in [one.label for one in at.selectbox]
    columns = list(at.dataframe[-1].value.columns)
    assert {"Reason", "Author", "Second reader", "Mark"} <= set(columns)


def test_the_file_holds_every_table(visit):
    """What is downloaded is the whole report, whichever tab is open."""
    visit("gender_overview", **JASENIK, table="years")
    shown = {**JASENIK, "methodology": "oecd_dac", "language": "en"}
    assert len(report("gender_overview", shown).tables) == len(HEADS)


def listed(at):
    """The lines on the screen: two may have the same codes, and tell themselves apart by a label."""
    return set(at.dataframe[-1].value[["Codes", "Budget line"]].itertuples(index=False))


def test_pages_of_lines_are_turned(visit):
    """The second page goes on where the first ends, stands in the address and says where it is."""
    town = {"municipality": "demo_topolnica", "year": "2026", "table": "groups"}
    at = visit("gender_overview", **town)
    first = listed(at)
    at = at.pagination[0].set_value(2).run()
    assert not at.exception
    assert "2" == at.query_params["page"]
    assert len(listed(at)) == len(first) == LINES_PER_PAGE
    assert not first & listed(at)
    assert any(
        f"{LINES_PER_PAGE + 1} to {2 * LINES_PER_PAGE} of" in one.value for one in at.caption
    )


def test_the_first_page_of_lines_is_written_before_it_is_asked_for(visit, monkeypatch):
    """What is found out while the page is looked at is what the next click shows, cells and all."""
    wishes = []
    monkeypatch.setattr(gender_tables.AHEAD, "wish", lambda _key, steps: wishes.append(steps))
    town = {"municipality": "demo_topolnica", "year": "2026", "stage": "executed"}
    at = visit("gender_overview", **town)
    for step in wishes[-1]():
        step()
    known = _written_table.cache_info().misses
    at.button_group[0].set_value("groups").run()
    assert LINES_PER_PAGE == len(at.dataframe[-1].value)
    assert known == _written_table.cache_info().misses
