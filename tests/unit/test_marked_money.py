"""Marked money, added up: one table of the overview is that of all of them; what waits is found."""

from decimal import Decimal

import pytest
from fixtures.marks import two_years_of
from fixtures.small_batches import CARE, ROADS, SCHOOLS
from fixtures.small_budget import ask, count

from budgeting.access import Identity, Role
from budgeting.audit import Change
from budgeting.errors import UnknownReport
from budgeting.marks import refreshing
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.reports.gender.overview import TABLES

ANA = Identity("ana", Role.ADMINISTRATOR)
VIEW = {"municipality": "smallton", "year": "2024", "methodology": "eu_budget"}
WAITING = "mart.statements_to_add_up"


@pytest.fixture
def store(prepared):
    return prepared(two_years_of, ANA)


def marked(store, *rows, share="1"):
    subjects = [
        MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class={row[1]}")
        for row in rows
    ]
    part = Part(Evidence(category="2"), Decimal(share))
    what = Classification(methodology("eu_budget"), (part,), "because")
    mark(store, ANA, "smallton", subjects, what, seen=10**9)


def overview(store, **changed):
    return build_report(store, "gender_overview", {**VIEW, **changed})


def rows(report, table):
    return report.tables[table].rows.to_pylist()


@pytest.mark.parametrize("table", TABLES)
def test_one_table_is_that_of_the_whole_report(store, table):
    """A page that shows one table shows what the file with all of them holds."""
    marked(store, SCHOOLS, share="0.333333")
    whole, shown = overview(store), overview(store, table=table)
    assert {table} == set(shown.tables)
    assert rows(whole, table) == rows(shown, table)
    assert {name: whole.facts[name] for name in shown.facts} == shown.facts


def test_without_a_table_all_of_them_are_there(store):
    assert set(TABLES) == set(overview(store).tables)


def test_a_table_that_there_is_not_is_refused(store):
    with pytest.raises(UnknownReport):
        overview(store, table="everything")


def test_a_change_of_few_lines_is_added_up_at_once(store):
    marked(store, SCHOOLS, CARE)
    assert 0 == count(store, WAITING)
    assert 2 * len({SCHOOLS, CARE}) == sum(
        row["line_count"] for row in ask(store, "from mart.marked_totals")
    )


@pytest.mark.parametrize(("many", "waiting"), [(2, 0), (1, 2)])
def test_a_change_of_many_lines_waits_for_the_first_look(store, monkeypatch, many, waiting):
    """One line has two line-years: as many as `MANY` are added up, one more is left, and found."""
    monkeypatch.setattr(refreshing, "MANY", many)
    marked(store, SCHOOLS)
    assert waiting == count(store, WAITING)
    assert Decimal("1000.00") == overview(store).facts["high"]
    assert 0 == count(store, WAITING)


@pytest.mark.parametrize("many", [0, refreshing.MANY])
def test_many_lines_at_once_wait_as_well(store, monkeypatch, many):
    """The shorter way of lines without any earlier mark leaves and adds up the same."""
    monkeypatch.setattr(refreshing, "MANY", many)
    marked(store, SCHOOLS, CARE, ROADS)
    facts = overview(store, by="organisation", table="years").facts
    assert (facts["not_screened"], facts["open_line_count"]) == (0, 0)
    years = overview(store, table="years").tables["years"].rows["high"].to_pylist()
    assert [facts["total"], facts["total"]] == years


def test_to_add_up_is_no_change(store):
    """It follows from what is stored: no event, and the version of the data stays."""
    marked(store, SCHOOLS)
    before = overview(store)
    with store.transaction(ANA, Change("test", "smallton")) as transaction:
        transaction.run("leave_all_to_add_up")
    events = count(store, "core.audit_events")
    version, state = store.data_version, store.state
    after = overview(store)
    assert (events, version, state) == (
        count(store, "core.audit_events"),
        store.data_version,
        store.state,
    )
    assert rows(before, "categories") == rows(after, "categories")


def test_a_derivation_that_fails_leaves_nothing(store):
    marked(store, SCHOOLS)
    kept = count(store, "mart.marked_totals")

    def fail():
        with store.without_event() as transaction:
            transaction.run("leave_all_to_add_up")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (0, kept) == (count(store, WAITING), count(store, "mart.marked_totals"))


@pytest.mark.parametrize("within", ["", "organisation:1"])
@pytest.mark.parametrize("by", ["organisation", "function", "economic_class"])
def test_the_groups_of_a_part_are_that_part(store, within, by):
    """Whatever is kept and however it is divided: the rows sum to what heads the page."""
    marked(store, SCHOOLS, share="0.333333")
    marked(store, ROADS)
    report = overview(store, within=within, by=by)
    found, facts = rows(report, "groups"), report.facts
    assert facts["total"] == sum(row["total"] for row in found)
    assert facts["not_screened"] == sum(row["not_screened"] for row in found)
    assert facts["high"] == sum(row["principal"] + row["significant"] for row in found)
