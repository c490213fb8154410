"""Marks after they are made: states, undo, two at once, and imports below them."""

import threading

import pytest
from fixtures.marks import ANA, BOB, counting, ids, line, marked, scored, two_years_of
from fixtures.small_batches import CARE, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask, count

from budgeting.errors import MarkChanged, NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.imports.stored.undo import what_hangs_on
from budgeting.marks import reviewing
from budgeting.marks.model import Classification, MarkedSubject, MarkState, Part
from budgeting.marks.reviewing import approve, review, send_back, undo, withdraw
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Stage


@pytest.fixture
def budget(prepared, editor):
    return prepared(two_years_of, editor)


PARK = ("3/31", "911", "Park", "7.00")
NOTHING_SEEN = 0


@pytest.fixture
def several_users(monkeypatch):
    """Somebody signs in, so a second reader is another person."""
    monkeypatch.setattr(reviewing, "is_single_user", lambda: False)


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
