"""Marking: who may, what is written, what counts for each line, and what happens when two are at it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.marks import SCHEMES, counting, ids, line, marked, scored, two_years_of
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of
from fixtures.small_budget import ask, count

from budgeting.errors import EvidenceInvalid, NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Stage

OF_ALL = replace(SCHEMES, subjects=tuple(Subject))


@pytest.fixture
def budget(prepared, editor):
    return prepared(two_years_of, editor)


# --- what is written ------------------------------------------------------


def test_a_mark_keeps_who_what_why_and_how_it_was_found(budget):
    """Methodology with version, category, score, evidence, reason, confidence, author and time."""
    marked(budget, line(SCHOOLS), what=scored(40, reason="girls are 40 %"), from_year=2024)
    row = ask(budget, "from core.classifications")[0]
    expected = {
        "methodology": "india_gbs",
        "methodology_version": "2005",
        "category": "B",
        "score": Decimal(40),
        "evidence": '{"score": "40"}',
        "reason": "girls are 40 %",
        "confidence": "high",
        "author": "ana",
        "recorded_by": "ana",
        "reviewer": None,
        "state": "draft",
        "change": "mark",
        "from_year": 2024,
        "stage": None,
    }
    assert expected == {name: row[name] for name in expected}


def test_many_subjects_are_one_change_with_one_event(budget):
    """All lines share the number of the change, and the audit trail has one event for them."""
    before = count(budget, "core.audit_events")
    done = marked(budget, line(SCHOOLS), line(CARE), line(ROADS))
    assert (1, 3) == (done.mark_id, done.subject_count)
    assert 3 == len(counting(budget))
    assert before + 1 == count(budget, "core.audit_events")


def test_a_mark_counts_from_its_year_on(budget):
    """The past is not rewritten; without a year it counts for all."""
    marked(budget, line(SCHOOLS), from_year=2024)
    assert ([], 1) == (counting(budget, 2023), len(counting(budget, 2024)))
    marked(budget, line(CARE))
    assert (1, 2) == (len(counting(budget, 2023)), len(counting(budget, 2024)))


def test_a_later_year_has_its_own_mark(budget):
    """What is marked for 2024 leaves 2023 as it was: a move between categories can be seen."""
    marked(budget, line(SCHOOLS), what=scored(40), from_year=2023)
    marked(budget, line(SCHOOLS), what=scored(100), from_year=2024)
    assert ("B", "A") == tuple(counting(budget, year)[0][2] for year in (2023, 2024))


def test_a_line_inherits_from_its_organisation_unless_it_has_its_own(budget):
    """The unit goes before the office, the line before both, and the row says whose mark it is."""
    marked(budget, MarkedSubject(Subject.ORGANISATION, "1"), what=organisations(40))
    assert [
        ("Care of children", None, "B", "draft", "organisation"),
        ("Schools", None, "B", "draft", "organisation"),
    ] == counting(budget)
    marked(budget, MarkedSubject(Subject.ORGANISATION, "1/11"), what=organisations(100))
    marked(budget, line(CARE), what=scored(30))
    assert [("B", "line"), ("A", "organisation")] == [(row[2], row[4]) for row in counting(budget)]


def organisations(score):
    """A methodology that marks organisations, too."""
    return Classification(OF_ALL, (Part(Evidence(score=Decimal(score))),))


def test_a_stage_has_its_own_mark_beside_that_of_all(budget):
    """Where one stage is marked apart, every stage is told by itself."""
    marked(budget, line(SCHOOLS), what=scored(40))
    marked(budget, line(SCHOOLS), what=scored(100), stage=Stage.REVISED)
    found = {row[1]: row[2] for row in counting(budget)}
    assert {stage.value: "B" for stage in Stage} | {"revised": "A"} == found


def test_parts_divide_the_amount_and_leave_the_rest_unscreened(budget):
    """Two parts of one line stand one behind the other."""
    marked(budget, line(SCHOOLS), what=scored(100, 40, shares=["0.25", "0.5"]))
    rows = ask(
        budget,
        "select category, amount from mart.marked_amounts inner join core.vintages using (vintage_id) "
        "where fiscal_year = 2024 order by category",
    )
    assert [("A", Decimal("250.00")), ("B", Decimal("500.00"))] == [
        (row["category"], row["amount"]) for row in rows
    ]


@pytest.mark.parametrize(
    ("shares", "is_possible"),
    [
        (["1"], True),
        (["0.4", "0.6"], True),
        (["0.4", "0.600001"], False),
        (["0"], False),
        (["-0.1"], False),
        (["0.000001"], True),
    ],
)
def test_shares_are_above_nothing_and_within_the_whole(budget, shares, is_possible):
    """Both sides of both boundaries."""
    what = scored(*[100] * len(shares), shares=shares)
    if is_possible:
        marked(budget, line(SCHOOLS), what=what)
        return
    with pytest.raises(NotAllowed):
        marked(budget, line(SCHOOLS), what=what)
    assert [] == counting(budget)


def test_the_same_code_of_revenue_is_another_line(budget, editor):
    """A mark of expenditure says nothing about revenue."""
    accept(budget, file_of(batch(*ROWS, direction="revenue")), editor)
    marked(budget, line(SCHOOLS))
    directions = ask(
        budget,
        "select distinct direction from mart.line_year_marks inner join core.line_years using (line_year_id)",
    )
    assert ["expenditure"] == [row["direction"] for row in directions]


# --- what is refused ------------------------------------------------------


def test_a_viewer_marks_nothing_and_an_editor_reviews_nothing(budget, viewer, editor):
    """Marking takes an editor, reviewing a reviewer."""
    with pytest.raises(NotAllowed):
        marked(budget, line(SCHOOLS), who=viewer)
    marked(budget, line(SCHOOLS), who=editor)
    for act in (review, approve):
        with pytest.raises(NotAllowed):
            act(budget, editor, "smallton", ids(budget))


def test_without_evidence_nothing_is_marked(budget):
    """No answer is not screened, never a category."""
    with pytest.raises(NotAllowed, match="evidence"):
        marked(budget, line(SCHOOLS), what=Classification(SCHEMES, (Part(Evidence()),)))
    with pytest.raises(EvidenceInvalid):
        marked(budget, line(SCHOOLS), what=scored(101))
    with pytest.raises(NotAllowed):
        marked(budget, line(SCHOOLS), what=Classification(SCHEMES, ()))


def test_what_is_not_stored_is_not_marked(budget):
    """An unknown code, an empty choice, one chosen twice, a kind that the methodology does not mark."""
    with pytest.raises(NotFound, match="nowhere"):
        marked(budget, line(SCHOOLS), MarkedSubject(Subject.LINE, "nowhere"))
    for subjects in ((), (line(SCHOOLS), line(SCHOOLS))):
        with pytest.raises(NotAllowed):
            marked(budget, *subjects)
    with pytest.raises(NotAllowed, match="organisation"):
        marked(budget, MarkedSubject(Subject.ORGANISATION, "1"))
    assert 0 == count(budget, "core.classifications")


def test_a_category_that_demands_a_reason_gets_one(budget):
    """Without a reason it is refused, with one it is written."""
    strict = methodology("oecd_dac")
    with pytest.raises(NotAllowed, match="reason"):
        marked(budget, line(SCHOOLS), what=Classification(strict, (Part(Evidence(ticks=ALL)),)))
    said = Classification(strict, (Part(Evidence(ticks=ALL)),), "its objective")
    assert 1 == marked(budget, line(SCHOOLS), what=said).subject_count


ALL = {criterion.id: Decimal(1) for criterion in methodology("oecd_dac").criteria}
