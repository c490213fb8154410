"""Each number of the gender overview opens to its lines, whose sum it is, to the cent."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, SCHOOLS, batch, file_of
from fixtures.went_on import code_of

from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, Confidence, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.reports.gender import lines
from budgeting.reports.gender.changed_lines import CHANGE_NUMBERS
from budgeting.reports.gender.numbers import NUMBERS

ANA, BOB = Identity("ana", Role.ADMINISTRATOR), Identity("bob", Role.ADMINISTRATOR)
VIEW = {"municipality": "smallton", "year": "2024"}
ODD = ("1", "4", "Odd cents", "33.33")
REFUND = ("2", "5", "Refund", "-70.07")
HALF = ("2", "6", "Half a cent", "0.01")
ROWS = (SCHOOLS, CARE, ROADS, ODD, REFUND, HALF)


def evidence(method, category):
    if method.code == "india_gbs":
        return Evidence(score=Decimal(category))
    required = method.category(category).requires
    return Evidence({one.id: Decimal(one.id in required) for one in method.criteria})


def marked(store, row, *parts, method=None, confidence=Confidence.HIGH, from_year=0):
    method = method or methodology("oecd_dac")
    found = tuple(Part(evidence(method, code), Decimal(share)) for code, share in parts)
    what = Classification(method, found, "because", confidence)
    subject = [MarkedSubject(Subject.LINE, code_of(row))]
    return mark(store, ANA, "smallton", subject, what, seen=10**9, from_year=from_year)


def build_town(store):
    """Two years; lines in two parts, doubtful, approved, of another version, refunds, odd cents."""
    accept(store, file_of(batch(*ROWS[:-1], year=2023)), ANA)
    dearer = [(*row[:3], str(round(Decimal(row[3]) * Decimal("1.1"), 2))) for row in ROWS[1:]]
    accept(store, file_of(batch(*dearer, year=2024)), ANA)
    accept(store, file_of(batch(*ROWS, stage="executed")), ANA)
    store._connection.cursor().execute(
        "insert into core.deflators by name select 'smallton' as municipality_code, fiscal_year, "
        "price_index, 'statistics' as source from (values (2023, 100), (2024, 103.7)) as known"
        "(fiscal_year, price_index)"
    )
    marked(store, SCHOOLS, ("2", "1"))
    marked(store, CARE, ("1", "0.333333"), ("2", "0.333333"), confidence=Confidence.LOW)
    marked(store, ODD, ("1", "0.5"), ("0", "0.5"), confidence=Confidence.MEDIUM)
    marked(store, REFUND, ("1", "1"))
    marked(store, CARE, ("2", "0.7"), ("1", "0.3"), from_year=2024)
    marked(store, HALF, ("1", "0.5"))
    marked(store, ODD, ("37", "0.9"), method=methodology("india_gbs", "2005"))
    marked(store, CARE, ("81", "1"), method=methodology("india_gbs", "2005"))
    approve_one(store)


@pytest.fixture
def store(prepared):
    return prepared(build_town)


def approve_one(store):
    newest = "select max(classification_id) from core.classifications where subject_code = ?"
    for read in (review, approve):
        seen = store._connection.cursor().execute(newest, [code_of(ODD)]).fetchall()
        read(store, BOB, "smallton", [seen[0][0]])


def overview(store, **changed):
    return build_report(store, "gender_overview", {**VIEW, **changed})


def opened(store, **asked):
    """Return the number that lines make up, having added up all of them on every page."""
    found, pages = Decimal(0), 1
    name = "changed_lines" if "part" in asked else "marked_lines"
    column = "part" if "part" in asked else "counted"
    page = 1
    while page <= pages:
        report = build_report(store, name, {**VIEW, **asked, "page": str(page)})
        found += sum(row.get(column, row.get("amount")) for row in rows_of(report))
        pages, page = report.facts["page_count"], page + 1
    assert report.facts["total"] == found
    return found


def rows_of(report):
    return report.tables["lines"].rows.to_pylist()


# numbers of the key figures, of the tables and of bars, by the names that they have there
FACTS = ("total", "low", "high", "counted", "screened", "not_screened", "approved")
DOUBTS = ("doubtful_low", "doubtful_high")
STANCES = ("principal", "significant", "unclear", "none", "without_stance", "not_screened", "total")
TOLD = ("total", "low", "high", "counted", "not_screened")
VIEWS = ({}, {"stage": "executed"}, {"convention": "eu_funds"}, {"within": "organisation:1"})


@pytest.mark.parametrize("page_size", [1, 100])
@pytest.mark.parametrize("view", VIEWS)
def test_the_figures_that_head_the_page_are_the_sum_of_their_lines(
    store, view, page_size, monkeypatch
):
    monkeypatch.setattr(lines, "LINES_PER_PAGE", page_size)
    facts = overview(store, **view).facts
    for number in (*FACTS, *DOUBTS):
        assert (number, facts[number]) == (number, opened(store, number=number, **view))


def test_lines_left_are_as_many_as_their_lines(store):
    facts = overview(store).facts
    report = build_report(store, "marked_lines", {**VIEW, "number": "not_screened"})
    assert facts["open_line_count"] == len({row["line_id"] for row in rows_of(report)})


@pytest.mark.parametrize("method", ["oecd_dac", "india_gbs", "austria_outcome"])
def test_a_piece_of_a_bar_is_the_sum_of_its_lines(store, method):
    groups = overview(store, by="organisation", methodology=method).tables["groups"]
    for row in groups.rows.to_pylist():
        within = f"organisation:{row['path_code']}"
        for number in (*STANCES, "other_version"):
            found = opened(store, number=number, within=within, methodology=method)
            assert (number, row[number]) == (number, found)


def test_stages_years_and_methodologies_open_each_to_their_own(store):
    tables = overview(store, version="2016").tables
    asked = {"stages": ("stage",), "years": ("year",), "methodologies": ("methodology", "version")}
    for name, keys in asked.items():
        for row in tables[name].rows.to_pylist():
            where = {key: row.get(f"{key}_code", row[key]) for key in keys}
            for number in TOLD:
                if row[number] is not None:
                    assert row[number] == opened(store, number=number, **where)


def test_what_is_marked_and_not_for_equality_is_the_rest_of_what_is_screened(store):
    for view in ({}, {"methodology": "india_gbs", "version": "2005"}):
        facts = overview(store, **view).facts
        rest = opened(store, number="not_for_equality", **view)
        meant = facts["counted"] if facts["high"] is None else facts["high"]
        assert facts["screened"] - meant == rest


def test_a_category_and_a_largest_line_open_to_their_lines(store):
    tables = overview(store).tables
    for row in tables["categories"].rows.to_pylist():
        if row["category"]:
            assert row["amount"] == opened(store, category=row["category"])
    for row in tables["largest"].rows.to_pylist():
        found = opened(store, number="counting", line=str(row["line_id"]))
        assert row["amount"] == found


@pytest.mark.parametrize("view", [{}, {"convention": "eu_funds"}])
def test_every_part_of_the_change_is_the_sum_of_its_lines(store, view):
    """Price, volume, reclassification, new and ended lines; of every category and of what counts."""
    rows = overview(store, **view).tables["change"].rows.to_pylist()
    assert {"1", "2", None} <= {row["category"] for row in rows}
    assert all(any(row[part] for row in rows) for part in ("price", "reclassification"))
    for row in rows:
        for part in CHANGE_NUMBERS:
            found = opened(store, part=part, category=row["category"] or "", **view)
            assert (row["category"], part, row[part]) == (row["category"], part, found)


def test_bounds_that_change_places_open_to_what_they_are(store):
    """Of a refund with equality as a significant aim the lower bound is all of it."""
    view = {"within": "organisation:2"}
    facts = overview(store, **view).facts
    assert facts["low"] < 0 <= facts["high"]
    for number in ("low", "high", *DOUBTS):
        assert facts[number] == opened(store, number=number, **view)


def test_lines_that_count_in_part_say_for_how_much(store):
    """Of a number with weights each line says what it brings, with its author and reason."""
    report = build_report(
        store, "marked_lines", {**VIEW, "number": "counted", "convention": "eu_funds"}
    )
    assert {"weight", "counted"} <= {column.key for column in report.tables["lines"].columns}
    assert {0.4, 1.0} == {row["weight"] for row in rows_of(report)}
    assert {("ana", "because")} == {(row["author"], row["reason"]) for row in rows_of(report)}


def test_every_number_has_a_name_of_its_own():
    assert len({str(number.name) for number in NUMBERS.values()}) == len(NUMBERS)
