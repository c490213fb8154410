"""Gender overview: intervals that close, changes that are what they are, lines behind numbers."""

from decimal import Decimal

import pytest
from fixtures.small_budget import CARE, ROADS, SCHOOLS, accept_rows

from budgeting.access import Identity, Role
from budgeting.errors import EvidenceInvalid, NotFound, UnknownMethodology
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, Confidence, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Stage
from budgeting.reports import build_report

AMRA = Identity("Amra", Role.ADMINISTRATOR)
NEWEST = 10**9
VIEW = {"municipality": "smallton", "year": "2024", "stage": "approved"}


@pytest.fixture
def store(prepared):
    return prepared(accept_rows, AMRA, SCHOOLS, CARE, ROADS)


def evidence(category):
    """Ticks that give a category of the OECD marker."""
    method = methodology("oecd_dac")
    required = method.category(category).requires
    return Evidence({one.id: Decimal(one.id in required) for one in method.criteria})


def marked(store, organisation, *parts, confidence=Confidence.HIGH, **how):
    """Mark an organisation by (category, share) parts."""
    shares = tuple(Part(evidence(category), Decimal(share)) for category, share in parts)
    return mark(
        store,
        AMRA,
        "smallton",
        [MarkedSubject(Subject.ORGANISATION, organisation)],
        Classification(methodology("oecd_dac"), shares, "said so", confidence),
        seen=NEWEST,
        **how,
    )


def overview(store, **changed):
    return build_report(store, "gender_overview", {**VIEW, **changed})


def column(table, name):
    return table.rows[name].to_pylist()


def test_without_marks_all_of_it_is_not_screened(store):
    found = overview(store).facts
    assert (found["not_screened"], found["total"]) == (Decimal("3845.67"), Decimal("3845.67"))
    assert (found["low"], found["high"], found["screened_share"]) == (0, 0, 0.0)


def test_the_interval_runs_from_principal_to_significant(store):
    marked(store, "1/11", ("2", 1))
    marked(store, "1/12", ("1", 1))
    found = overview(store).facts
    assert (found["low"], found["high"]) == (Decimal("1000.00"), Decimal("1500.00"))
    assert found["not_screened"] == Decimal("2345.67")


def test_every_table_closes_with_what_is_not_screened(store):
    marked(store, "1", ("1", "0.333333"), ("0", "0.333333"))
    report = overview(store)
    *rows, not_screened, whole = column(report.tables["categories"], "amount")
    assert sum(rows) + not_screened == whole == Decimal("3845.67")
    for row in report.tables["groups"].rows.to_pylist():
        parts = ("principal", "significant", "unclear", "none", "not_screened")
        assert sum(row[name] for name in parts) == row["total"]


def test_a_doubtful_mark_widens_what_could_be(store):
    marked(store, "1/11", ("2", 1), confidence=Confidence.LOW)
    found = overview(store).facts
    assert (found["low"], found["doubtful_low"]) == (Decimal("1000.00"), 0)
    assert found["doubtful_high"] == Decimal("1000.00")


def test_a_certain_mark_does_not(store):
    marked(store, "1/11", ("2", 1))
    assert overview(store).facts["doubt"] is None


def test_planned_and_executed_stand_side_by_side(store):
    marked(store, "1/11", ("2", 1))
    stages = overview(store).tables["stages"].rows.to_pylist()
    assert [(row["stage"], row["high"]) for row in stages] == [
        ("approved", Decimal("1000.00")),
        ("executed", Decimal("900.50")),
    ]


def test_a_mark_of_one_stage_counts_in_it_alone(store):
    marked(store, "1/11", ("2", 1), stage=Stage.APPROVED)
    stages = overview(store).tables["stages"].rows.to_pylist()
    assert [row["high"] for row in stages] == [Decimal("1000.00"), 0]


def test_relabelling_appears_as_reclassification(store):
    """The same line in both years: unmarked before, principal now, and 100 more money."""
    accept_rows(store, AMRA, SCHOOLS.replace("1.000,00", "1.100,00"), CARE, ROADS, year=2025)
    marked(store, "1/11", ("2", 1), from_year=2025)
    change = overview(store, year="2025").tables["change"].rows.to_pylist()[-1]
    assert (change["reclassification"], change["volume"], change["new_lines"]) == (1100, 0, 0)
    assert (change["before"], change["after"]) == (0, Decimal("1100.00"))


def test_more_money_under_the_same_mark_is_volume(store):
    accept_rows(store, AMRA, SCHOOLS.replace("1.000,00", "1.100,00"), CARE, ROADS, year=2025)
    marked(store, "1/11", ("2", 1))
    change = overview(store, year="2025").tables["change"].rows.to_pylist()[-1]
    assert (change["reclassification"], change["volume"]) == (0, Decimal("100.00"))


def test_a_new_line_is_a_new_line(store):
    accept_rows(
        store, AMRA, SCHOOLS, CARE, ROADS, "1;Education;13;611;09.1;Nursery;70,00;", year=2025
    )
    marked(store, "1", ("1", 1))
    change = overview(store, year="2025").tables["change"].rows.to_pylist()[-1]
    assert (change["new_lines"], change["change"]) == (Decimal("70.00"), Decimal("70.00"))


def test_the_lines_behind_a_number_sum_to_it(store):
    marked(store, "1", ("1", "0.5"))
    found = overview(store).facts
    for category, amount in (("1", found["high"]), ("not-screened", found["not_screened"])):
        report = build_report(store, "marked_lines", {**VIEW, "category": category})
        lines = report.tables["lines"]
        assert report.facts["total"] == amount == sum(column(lines, "amount"))


def test_a_line_in_two_parts_is_one_line(store):
    marked(store, "1/11", ("2", "0.5"), ("1", "0.5"))
    report = build_report(store, "marked_lines", {**VIEW, "within": "organisation:1/11"})
    assert (report.answer.count, report.facts["row_count"]) == (1, 2)


def test_a_line_says_from_whom_its_mark_comes_and_why(store):
    marked(store, "1", ("1", 1))
    report = build_report(store, "marked_lines", {**VIEW, "category": "1"})
    first = report.tables["lines"].rows.to_pylist()[0]
    assert first["inherited"] == "from organisation 1"
    assert (first["reason"], first["author"], first["mark_state"]) == ("said so", "Amra", "draft")


def test_drilling_keeps_the_total_of_the_row(store):
    marked(store, "1", ("1", "0.25"))
    rows = overview(store, by="organisation").tables["groups"].rows.to_pylist()
    inside = overview(store, by="organisation", within="organisation:1").facts
    row = next(row for row in rows if row["code"] == "1")
    assert (inside["total"], inside["high"]) == (row["total"], row["significant"])


def test_methodologies_stand_side_by_side(store):
    marked(store, "1/11", ("2", 1))
    assert len(column(overview(store).tables["methodologies"], "methodology")) == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"methodology": "nobody"}, UnknownMethodology),
        ({"convention": "nobody"}, EvidenceInvalid),
        ({"stage": "forecast"}, NotFound),
        ({"within": "organisation:77"}, NotFound),
    ],
)
def test_what_is_not_there_is_refused(store, changed, refusal):
    with pytest.raises(refusal):
        overview(store, **changed)
