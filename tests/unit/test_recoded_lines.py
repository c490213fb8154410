"""Lines that were planned under one code and executed under another, within one year."""

from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, SCHOOLS, batch, file_of
from fixtures.went_on import IVO, code_of, succession, went_on

from budgeting.errors import SuccessionInvalid
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.successions.confirming import withdraw

CODED_ANEW = ("1/11", "614", "Schools", "900.00")
RECODED = succession("recoded", [code_of(SCHOOLS)], [code_of(CODED_ANEW)])
VIEW = {"municipality": "smallton", "year": "2024"}


def build_year(store, editor):
    """2024: schools approved under one code, executed under another; roads and care in both."""
    accept(store, file_of(batch(SCHOOLS, CARE, ROADS)), editor)
    spent = (CODED_ANEW, (*CARE[:3], "450.00"), (*ROADS[:3], "2000.00"))
    accept(store, file_of(batch(*spent, stage="executed")), editor)


@pytest.fixture
def year(prepared, editor):
    return prepared(build_year, editor)


def found(store, span="year", **view):
    return build_report(store, "line_successors", {**VIEW, "span": span, **view})


def lines(store, **view):
    asked = {**VIEW, "by": "line", "stage": "approved", **view}
    report = build_report(store, "budget_explorer", asked)
    return report, {
        row["label"] + row["code"][-3:]: (row["approved"], row["executed"], row["previous"])
        for row in report.tables["groups"].rows.to_pylist()
    }


def money(*amounts):
    return tuple(None if amount is None else Decimal(amount) for amount in amounts)


def marked(store, editor, row):
    what = Classification(methodology("eu_budget"), (Part(Evidence(category="2")),), "because")
    mark(store, editor, "smallton", [MarkedSubject(Subject.LINE, code_of(row))], what, seen=10**9)


# --- proposed, and never by itself ----------------------------------------


def test_it_is_proposed_and_nothing_follows_before_a_person_says_so(year):
    rows = found(year).tables["proposed"].rows.to_pylist()
    assert [("Schools", "Schools", "recoded")] == [
        (row["gone_label"], row["new_label"], row["becoming"]) for row in rows
    ]
    _, shown = lines(year)
    assert money("1000.00", None, None) == shown["Schools611"]
    assert money(None, "900.00", None) == shown["Schools614"]


def test_lines_of_the_year_before_are_proposed_apart(year):
    """The span of years knows nothing of it: no year before is stored."""
    assert found(year, "years").facts["proposed_count"] == 0


@pytest.mark.parametrize(("label", "proposed"), [("Schools", 1), ("Sports hall and pool", 0)])
def test_only_alike_lines_are_proposed(store, editor, label, proposed):
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    other = ("1/11", "614", label, "900.00")
    accept(store, file_of(batch(other, CARE, stage="executed")), editor)
    assert found(store).facts["proposed_count"] == proposed


# --- what may be said -----------------------------------------------------


def test_two_lines_beside_each_other_in_a_statement_are_two_lines(year, editor):
    accept(year, file_of(batch(CODED_ANEW, SCHOOLS, CARE, ROADS, stage="revised")), editor)
    with pytest.raises(SuccessionInvalid, match="they are two lines"):
        went_on(year, RECODED, year=2024)


@pytest.mark.parametrize("change", ["renamed", "moved"])
def test_a_rename_still_needs_a_year_before(year, change):
    with pytest.raises(SuccessionInvalid, match="in no budget before 2024"):
        went_on(year, succession(change, [code_of(SCHOOLS)], [code_of(CODED_ANEW)]), year=2024)


def test_a_line_of_another_year_has_no_other_code_in_this_one(year, editor):
    accept(year, file_of(batch(CARE, year=2025)), editor)
    with pytest.raises(SuccessionInvalid, match="is not in the budget of 2025"):
        went_on(year, RECODED, year=2025)


# --- planned against executed ---------------------------------------------


@pytest.mark.parametrize(("stage", "code"), [("approved", "611"), ("executed", "614")])
def test_planned_and_executed_stand_in_one_row(year, stage, code):
    """With the code that the chosen stage has; all sums stay."""
    before, _ = lines(year, stage=stage)
    went_on(year, RECODED, year=2024)
    after, shown = lines(year, stage=stage)
    assert money("1000.00", "900.00", None) == shown[f"Schools{code}"]
    assert len(shown) == 3
    totals = ("total", "total_approved", "total_executed", "line_count")
    assert [before.facts[one] for one in totals] == [after.facts[one] for one in totals]


def test_no_sum_of_the_gender_overview_moves(year, editor):
    marked(year, editor, SCHOOLS)
    asked = {**VIEW, "methodology": "eu_budget"}
    before = build_report(year, "gender_overview", asked)
    went_on(year, RECODED, year=2024)
    after = build_report(year, "gender_overview", asked)
    for name in ("groups", "stages", "years", "categories"):
        assert before.tables[name].rows.equals(after.tables[name].rows)


def test_a_view_that_keeps_one_code_alone_leaves_it_as_it_is(year):
    went_on(year, RECODED, year=2024)
    _, shown = lines(year, within="economic_class:611")
    assert {"Schools611": money("1000.00", None, None)} == shown


# --- marks ----------------------------------------------------------------


def test_the_mark_is_listed_for_the_other_code(year, editor):
    """As of every line that continues one: a person confirms it, nothing moves by itself."""
    marked(year, editor, SCHOOLS)
    asked = {**VIEW, "methodology": "eu_budget"}
    listed = build_report(year, "marks_to_confirm", asked).tables["lines"].rows.to_pylist()
    assert [] == listed
    went_on(year, RECODED, year=2024)
    (row,) = build_report(year, "marks_to_confirm", asked).tables["lines"].rows.to_pylist()
    assert (code_of(CODED_ANEW), "2") == (row["line_code"], row["category"])


# --- years ----------------------------------------------------------------


@pytest.mark.parametrize(("stage", "amount"), [("approved", "1000.00"), ("executed", "900.00")])
def test_the_year_after_is_compared_with_the_code_that_each_statement_had(
    year, editor, stage, amount
):
    """2025 has the new code in both stages: planned before as 611, executed before as 614."""
    accept(year, file_of(batch(CODED_ANEW, CARE, year=2025, stage=stage)), editor)
    went_on(year, RECODED, year=2024)
    _, shown = lines(year, year="2025", stage=stage)
    assert Decimal(amount) == shown["Schools614"][2]
    assert "Schools611" not in shown


def test_the_year_before_is_compared_with_the_code_that_each_statement_has(year, editor):
    for stage in ("approved", "executed"):
        rows = ((*SCHOOLS[:3], "800.00"), CARE)
        accept(year, file_of(batch(*rows, year=2023, stage=stage)), editor)
    went_on(year, RECODED, year=2024)
    for stage, code in (("approved", "611"), ("executed", "614")):
        _, shown = lines(year, stage=stage)
        assert Decimal("800.00") == shown[f"Schools{code}"][2]
        assert len(shown) == 3


def test_a_rename_of_the_year_before_goes_on_through_both_codes(year, editor):
    """2023 had it as a park: approved it is 611 now, executed 614, and it is the same line."""
    park = ("3/31", "911", "Park", "700.00")
    for stage in ("approved", "executed"):
        accept(year, file_of(batch(park, CARE, ROADS, year=2023, stage=stage)), editor)
    went_on(year, succession("renamed", [code_of(park)], [code_of(SCHOOLS)]), year=2024)
    went_on(year, RECODED, year=2024)
    for stage, code in (("approved", "611"), ("executed", "614")):
        report, shown = lines(year, stage=stage)
        assert Decimal("700.00") == shown[f"Schools{code}"][2]
        assert Decimal("3545.67") == report.facts["total_previous"]


# --- traced, and taken back -----------------------------------------------


def test_the_line_shows_its_amounts_under_both_codes(year):
    went_on(year, RECODED, year=2024)
    rows = year._connection.cursor().execute(
        "select line_id from core.budget_lines where line_code = ?", [code_of(CODED_ANEW)]
    )
    report = build_report(year, "budget_line", {"line": str(rows.fetchall()[0][0])})
    amounts = report.tables["amounts"].rows.to_pylist()
    assert {("1/11 · 611", Decimal(1000)), ("1/11 · 614", Decimal(900))} == {
        (row["code"], row["amount"]) for row in amounts
    }


def test_it_is_confirmed_once_and_can_be_taken_back(year):
    number = went_on(year, RECODED, year=2024)
    report = found(year, "years")
    (row,) = report.tables["confirmed"].rows.to_pylist()
    assert ("recoded", "Schools", "Schools") == tuple(
        row[name] for name in ("becoming", "earlier_label", "later_label")
    )
    assert () == report.notes[1:]
    assert found(year).facts["proposed_count"] == 0
    with pytest.raises(SuccessionInvalid, match="Take that back first"):
        went_on(year, RECODED, year=2024)
    withdraw(year, IVO, "smallton", [number])
    assert found(year).facts["proposed_count"] == 1
    assert money("1000.00", None, None) == lines(year)[1]["Schools611"]
