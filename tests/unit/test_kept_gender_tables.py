"""Tables of the gender overview are kept by what they follow from: by no less, and not for longer."""

from dataclasses import replace

import pytest
from fixtures.small_batches import ROADS
from unit.test_opened_numbers import VIEW, build_town, marked

from budgeting.model import Stage
from budgeting.reports import build_report, read_gender_view
from budgeting.reports.gender import overview

OTHERS = {
    "stage": Stage.EXECUTED,
    "by": "programme",
    "within": (("organisation", "1"),),
    "convention": "eu_funds",
}


@pytest.fixture
def store(prepared):
    return prepared(build_town)


def made(store, name, view):
    """Return the rows of a table that is made anew for just this view."""
    return overview._made(store, name, view).rows.to_pylist()


@pytest.mark.parametrize("name", overview.TABLES)
def test_a_table_follows_from_no_choice_that_it_is_not_kept_by(store, name):
    view = read_gender_view(dict(VIEW))
    for choice in overview._NOT_OF[name]:
        other = replace(view, **{choice: OTHERS[choice]})
        assert made(store, name, view) == made(store, name, other), choice


@pytest.mark.parametrize("name", overview.TABLES)
def test_a_table_is_kept_by_each_choice_that_it_follows_from(store, name):
    view = read_gender_view(dict(VIEW))
    for choice, other in OTHERS.items():
        if made(store, name, view) != made(store, name, replace(view, **{choice: other})):
            assert choice not in overview._NOT_OF[name]


@pytest.mark.parametrize("name", overview.TABLES)
def test_a_table_is_the_same_one_until_a_mark_is_made(store, name):
    asked = {**VIEW, "table": name}
    before = build_report(store, "gender_overview", asked).tables
    assert [name] == list(before)
    assert before[name] is build_report(store, "gender_overview", asked).tables[name]
    marked(store, ROADS, ("2", "1"))
    assert before[name] is not build_report(store, "gender_overview", asked).tables[name]


def test_all_tables_are_those_that_are_asked_for_one_by_one(store):
    whole = build_report(store, "gender_overview", VIEW).tables
    assert tuple(whole) == overview.TABLES
    for name, table in whole.items():
        asked = build_report(store, "gender_overview", {**VIEW, "table": name})
        assert asked.tables[name].rows.equals(table.rows)


def test_lines_of_a_number_are_those_of_today(store):
    asked = {**VIEW, "number": "not_screened"}
    before = build_report(store, "marked_lines", asked).facts
    marked(store, ROADS, ("2", "1"))
    after = build_report(store, "marked_lines", asked).facts
    assert after["line_count"] == before["line_count"] - 1
    assert after["total"] < before["total"]
