"""Marking: who may, what is written, what counts for each line, and what happens when two are at it."""

import threading
from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask, count

from budgeting.access import Identity, Role
from budgeting.errors import EvidenceInvalid, MarkChanged, NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.imports.stored.undo import what_hangs_on
from budgeting.marks import reviewing
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, MarkState, Part
from budgeting.marks.reviewing import approve, review, send_back, undo, withdraw
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Stage

ANA, BOB = Identity("ana", Role.REVIEWER), Identity("bob", Role.REVIEWER)
PARK = ("3/31", "911", "Park", "7.00")
SCHEMES = methodology("india_gbs", "2005")
OF_ALL = replace(SCHEMES, subjects=tuple(Subject))
NOTHING_SEEN = 0


@pytest.fixture
def budget(store, editor):
    """Three lines in two years."""
    for year in (2023, 2024):
        accept(store, file_of(batch(*ROWS, year=year)), editor)
    return store


@pytest.fixture
def several_users(monkeypatch):
    """Somebody signs in, so a second reader is another person."""
    monkeypatch.setattr(reviewing, "is_single_user", lambda: False)


def line(row, direction=Direction.EXPENDITURE):
    code = f"organisation={row[0]};economic_class={row[1]}"
    return MarkedSubject(Subject.LINE, code, direction)


def scored(*scores, reason="", shares=None):
    wanted = shares or ["1"] * len(scores)
    parts = tuple(
        Part(Evidence(score=Decimal(score)), Decimal(share))
        for score, share in zip(scores, wanted, strict=True)
    )
    return Classification(SCHEMES, parts, reason)


def marked(store, *subjects, who=ANA, what=None, seen=10**9, **how):
    return mark(store, who, "smallton", subjects, what or scored(100), seen=seen, **how)


def counting(store, year=2024):
    """Return label, stage, category, state and whose mark it is, of all that counts in a year."""
    rows = ask(
        store,
        """
        select label, stage, category, state, subject
        from mart.line_year_marks inner join core.line_years using (line_year_id)
        where fiscal_year = $year order by label, stage, share_before
        """,
        year=year,
    )
    return [tuple(row.values()) for row in rows]


def ids(store):
    found = ask(store, "select distinct classification_id from mart.line_year_marks order by 1")
    return [row["classification_id"] for row in found]


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


# --- states ---------------------------------------------------------------


def test_a_second_person_reviews_and_approves(budget, several_users):
    """Draft, reviewed, approved: each step names who made it; the author stays."""
    marked(budget, line(SCHOOLS))
    with pytest.raises(NotAllowed, match="another person"):
        review(budget, ANA, "smallton", ids(budget))
    review(budget, BOB, "smallton", ids(budget))
    with pytest.raises(NotAllowed, match="another person"):
        approve(budget, ANA, "smallton", ids(budget))
    approve(budget, BOB, "smallton", ids(budget), "read with the office")
    rows = ask(budget, "from core.classifications order by mark_id")
    assert [("draft", None, "ana"), ("reviewed", "bob", "bob"), ("approved", "bob", "bob")] == [
        (row["state"], row["reviewer"], row["recorded_by"]) for row in rows
    ]
    assert {"ana"} == {row["author"] for row in rows}


def test_a_single_user_reviews_what_they_marked(budget):
    """Where nobody signs in there is nobody else."""
    marked(budget, line(SCHOOLS))
    review(budget, ANA, "smallton", ids(budget))
    assert MarkState.REVIEWED == counting(budget)[0][3]


def test_only_what_was_reviewed_is_approved(budget):
    """A draft is not approved, and nothing is reviewed twice."""
    marked(budget, line(SCHOOLS))
    with pytest.raises(NotAllowed, match="reviewed"):
        approve(budget, BOB, "smallton", ids(budget))
    review(budget, BOB, "smallton", ids(budget))
    with pytest.raises(NotAllowed, match="draft"):
        review(budget, BOB, "smallton", ids(budget))


def test_a_mark_is_sent_back_with_a_reason(budget):
    """It is a draft again, and says what is missing."""
    marked(budget, line(SCHOOLS))
    review(budget, BOB, "smallton", ids(budget))
    with pytest.raises(NotAllowed):
        send_back(budget, BOB, "smallton", ids(budget), " ")
    send_back(budget, BOB, "smallton", ids(budget), "which girls?")
    newest = ask(budget, "from core.classifications order by mark_id desc")[0]
    assert ("draft", "which girls?", None) == tuple(
        newest[name] for name in ("state", "remark", "reviewer")
    )


def test_an_approved_mark_changes_only_by_a_new_version_with_a_reason(budget):
    """Without a reason nothing is written; with one it is a draft again, and the old one is kept."""
    marked(budget, line(SCHOOLS))
    review(budget, BOB, "smallton", ids(budget))
    approve(budget, BOB, "smallton", ids(budget))
    with pytest.raises(NotAllowed, match="approved"):
        marked(budget, line(SCHOOLS), what=scored(40))
    with pytest.raises(NotAllowed):
        send_back(budget, BOB, "smallton", ids(budget), "no")
    marked(budget, line(SCHOOLS), what=scored(40, reason="counted anew"))
    assert [("Schools", None, "B", "draft", "line")] == counting(budget)
    assert 4 == count(budget, "core.classifications")


def test_a_withdrawn_mark_counts_no_more(budget):
    """From the year on that is given; an approved one for a reason only."""
    marked(budget, line(SCHOOLS), from_year=2023)
    review(budget, BOB, "smallton", ids(budget))
    approve(budget, BOB, "smallton", ids(budget))
    with pytest.raises(NotAllowed, match="reason"):
        withdraw(budget, ANA, "smallton", ids(budget))
    withdraw(budget, ANA, "smallton", ids(budget), "another scheme now", from_year=2024)
    assert (1, []) == (len(counting(budget, 2023)), counting(budget, 2024))


def test_a_withdrawal_does_not_reach_over_a_later_mark(budget):
    """A mark of 2024 is not taken away by withdrawing that of 2023 from 2024 on."""
    marked(budget, line(SCHOOLS), from_year=2023)
    named = ids(budget)
    marked(budget, line(SCHOOLS), what=scored(40), from_year=2024)
    with pytest.raises(MarkChanged):
        withdraw(budget, ANA, "smallton", named, from_year=2024)


# --- undo -----------------------------------------------------------------


def test_undo_takes_back_ones_own_changes_one_after_the_other(budget):
    """What stood before counts again; at the end there is nothing left to take back."""
    marked(budget, line(SCHOOLS), what=scored(40))
    marked(budget, line(SCHOOLS), line(CARE), what=scored(100))
    undo(budget, ANA, "smallton")
    assert [("Schools", None, "B", "draft", "line")] == counting(budget)
    undo(budget, ANA, "smallton")
    assert [] == counting(budget)
    with pytest.raises(NotFound):
        undo(budget, ANA, "smallton")


def test_a_withdrawal_under_several_methodologies_is_taken_back_as_a_whole(budget):
    """What counts again is what the marks say, under each of them."""
    of_eu = Classification(methodology("eu_budget"), (Part(Evidence(category="2")),), "because")
    marked(budget, line(SCHOOLS))
    marked(budget, line(SCHOOLS), what=of_eu)
    before = counting(budget)
    withdraw(budget, ANA, "smallton", ids(budget))
    undo(budget, ANA, "smallton")
    assert (sorted(before, key=str), 2) == (sorted(counting(budget), key=str), len(before))


def test_undo_takes_back_nobody_elses_change(budget):
    """Bob has changed nothing, and what Bob has built on is not taken from under him."""
    marked(budget, line(SCHOOLS))
    with pytest.raises(NotFound):
        undo(budget, BOB, "smallton")
    review(budget, BOB, "smallton", ids(budget))
    with pytest.raises(MarkChanged, match="bob"):
        undo(budget, ANA, "smallton")
    undo(budget, BOB, "smallton")
    assert "draft" == counting(budget)[0][3]


# --- two at once ----------------------------------------------------------


def test_who_comes_second_is_told_by_whom_and_what(budget):
    """The mark of the first stays; the second sees name and category, and nothing is written."""
    first = marked(budget, line(SCHOOLS), seen=NOTHING_SEEN)
    with pytest.raises(MarkChanged, match="ana was faster") as told:
        marked(budget, line(SCHOOLS), who=BOB, what=scored(40), seen=NOTHING_SEEN)
    assert (first.mark_id, "A", "ana") == tuple(
        told.value.context[name] for name in ("mark_id", "category", "recorded_by")
    )
    assert 1 == count(budget, "core.classifications")
    marked(budget, line(SCHOOLS), who=BOB, what=scored(40), seen=first.mark_id)
    assert "B" == counting(budget)[0][2]


def test_other_lines_do_not_disturb(budget):
    """Whoever marks another line meanwhile is no conflict."""
    marked(budget, line(SCHOOLS), seen=NOTHING_SEEN)
    marked(budget, line(CARE), who=BOB, seen=NOTHING_SEEN)
    assert 2 == len(counting(budget))


def test_a_review_of_what_was_changed_meanwhile_is_refused(budget):
    """What the reviewer saw is not what stands there."""
    marked(budget, line(SCHOOLS))
    looked_at = ids(budget)
    marked(budget, line(SCHOOLS), what=scored(40))
    with pytest.raises(MarkChanged):
        review(budget, BOB, "smallton", looked_at)


def test_of_two_threads_one_marks_and_one_is_told(budget):
    """At the same moment, too, one mark stands and nothing is lost."""
    gate, outcomes = threading.Barrier(2), []

    def at_once(who, score):
        gate.wait()
        try:
            marked(budget, line(SCHOOLS), who=who, what=scored(score), seen=NOTHING_SEEN)
            outcomes.append("marked")
        except MarkChanged:
            outcomes.append("told")

    threads = [threading.Thread(target=at_once, args=one) for one in ((ANA, 100), (BOB, 40))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["marked", "told"] == sorted(outcomes)
    assert 1 == count(budget, "core.classifications")


# --- imports --------------------------------------------------------------


def test_marks_of_an_undone_import_wait_for_their_lines(budget, editor):
    """They are listed as orphans, and count again as soon as the code is stored again."""
    other = accept(budget, file_of(batch(PARK, stage="executed")), editor)
    park = MarkedSubject(Subject.LINE, "organisation=3/31;economic_class=911")
    marked(budget, park)
    assert {"draft": 1} == what_hangs_on(budget, other.import_id).marks
    undo_import(budget, other.import_id, "wrong", editor)
    assert ([], 1) == (counting(budget), count(budget, "mart.orphaned_marks"))
    accept(budget, file_of(batch(PARK, stage="executed")), editor)
    assert ([("Park", None, "A", "draft", "line")], 0) == (
        counting(budget),
        count(budget, "mart.orphaned_marks"),
    )


def test_a_new_year_has_the_marks_of_the_year_before(budget, editor):
    """Marks follow the line, not the year."""
    marked(budget, line(SCHOOLS), from_year=2024)
    accept(budget, file_of(batch(*ROWS, year=2025)), editor)
    assert counting(budget, 2024) == counting(budget, 2025)


def test_a_file_of_several_years_marks_each_by_itself(store, editor):
    """A scheme in B in one year and in A in the next is what the file says, in both."""
    files = [
        batch(SCHOOLS, year=2022, categories=["B"]),
        batch(SCHOOLS, year=2023, categories=["A"]),
    ]
    accept(store, file_of(*files, gender="india_gbs"), editor)
    assert ("B", "A") == tuple(counting(store, year)[0][2] for year in (2022, 2023))


def test_a_later_file_without_a_category_ends_what_the_earlier_one_said(store, editor):
    """The first file's category does not go on counting against the second; a person's does."""
    accept(store, file_of(batch(SCHOOLS, CARE, categories=["A", "A"]), gender="india_gbs"), editor)
    marked(store, line(CARE), what=scored(40), stage=Stage.APPROVED, from_year=2024)
    later = batch(SCHOOLS, CARE, year=2025, categories=["", ""])
    accept(store, file_of(later, gender="india_gbs"), editor)
    assert [("Care of children", "approved", "B", "draft", "line")] == counting(store, 2025)
    assert 2 == len(counting(store, 2024))


def test_a_file_does_not_overwrite_what_a_second_person_has_read(store, editor):
    """A reviewed mark of the same year and stage stays."""
    first = accept(store, file_of(batch(SCHOOLS, categories=["A"]), gender="india_gbs"), editor)
    review(store, BOB, "smallton", ids(store))
    undo_import(store, first.import_id, "again", editor)
    accept(store, file_of(batch(SCHOOLS, categories=["B"]), gender="india_gbs"), editor)
    assert [("Schools", "approved", "A", "reviewed", "line")] == counting(store)


def test_towns_do_not_share_marks(budget, editor):
    """The same code elsewhere is another line."""
    accept(budget, file_of(batch(*ROWS, place=town("othertown"))), editor)
    marked(budget, line(SCHOOLS))
    towns = ask(
        budget,
        "select distinct municipality_code from mart.line_year_marks "
        "inner join core.line_years using (line_year_id)",
    )
    assert ["smallton"] == [row["municipality_code"] for row in towns]
    with pytest.raises(NotFound):
        review(budget, BOB, "othertown", ids(budget))
