"""Carrying: marks of a new year, of changed lines, of other codes, and of another version."""

from dataclasses import replace
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of
from fixtures.small_budget import ask
from fixtures.went_on import code_of, succession, went_on

from budgeting.access import Identity, Role
from budgeting.errors import MarkChanged, NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.marks.carrying import carry, to_confirm
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.rescoring import rescore
from budgeting.marks.reviewing import approve, review
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject

ANA = Identity("ana", Role.REVIEWER)
OLD, NEW = methodology("india_gbs", "2005"), methodology("india_gbs", "2024")
LATER = 10**9
LONGER_NAME = (*SCHOOLS[:2], "Schools and kindergartens", "1200.00")
PARK = ("3/31", "911", "Park", "7.00")


def build_marked_year(store, editor):
    """Three lines of 2024, two of them marked from that year on."""
    accept(store, file_of(batch(*ROWS)), editor)
    for row, score in ((SCHOOLS, 100), (CARE, 40)):
        marked(store, row, score)


@pytest.fixture
def marked_year(prepared, editor):
    return prepared(build_marked_year, editor)


def line(row):
    return MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class={row[1]}")


def marked(store, row, score, version=OLD, **how):
    said = Classification(version, (Part(Evidence(score=Decimal(score))),), "because")
    mark(store, ANA, "smallton", [line(row)], said, seen=LATER, **{"from_year": 2024, **how})


def confirmable(store, year=2025):
    found = to_confirm(store, "smallton", "expenditure", year, "india_gbs").to_pylist()
    return [(row["kind"], row["label"], row["changed_fields"]) for row in found]


def named(store, label, year):
    return ask(
        store,
        "select min(mark.classification_id) as id from mart.line_year_marks as mark "
        "inner join core.line_years using (line_year_id) where label = $label and fiscal_year = $year",
        label=label,
        year=year,
    )[0]["id"]


def categories(store, year):
    rows = ask(
        store,
        "select label, category, state, methodology_version from mart.line_year_marks "
        "inner join core.line_years using (line_year_id) where fiscal_year = $year order by label",
        year=year,
    )
    return {
        row["label"]: (row["category"], row["state"], row["methodology_version"]) for row in rows
    }


def is_as_from_scratch(store):
    kept = ask(store, "from mart.line_year_marks order by all")
    return kept == ask(store, "from mart.marks_in_force order by all")


# --- a new year -----------------------------------------------------------


def test_a_new_year_lists_what_changed_and_what_is_new(marked_year, editor):
    """Unchanged lines carry their marks silently; a new name and a new line are listed."""
    accept(marked_year, file_of(batch(LONGER_NAME, CARE, ROADS, PARK, year=2025)), editor)
    assert [("changed", "Schools and kindergartens", ["label"]), ("new", "Park", [])] == (
        confirmable(marked_year)
    )
    assert "A" == categories(marked_year, 2025)["Schools and kindergartens"][0]


def test_what_is_confirmed_is_listed_no_more(marked_year, editor):
    """Confirming writes the same mark for the new year, as a draft of who confirms."""
    accept(marked_year, file_of(batch(LONGER_NAME, CARE, ROADS, year=2025)), editor)
    mark_of = named(marked_year, "Schools and kindergartens", 2025)
    how = {"seen": LATER, "from_year": 2025}
    carry(marked_year, ANA, "smallton", {mark_of: line(SCHOOLS)}, "carry-over", **how)
    assert [] == confirmable(marked_year)
    newest = ask(marked_year, "from core.classifications order by mark_id desc")[0]
    assert ("carry-over", "A", 2025, "draft", "because") == tuple(
        newest[name] for name in ("change", "category", "from_year", "state", "reason")
    )


def test_the_first_year_has_nothing_to_confirm(marked_year):
    """Without an earlier year no line is new."""
    assert [] == confirmable(marked_year, 2024)


def test_a_line_that_continues_a_marked_one_is_listed_until_it_has_its_mark(marked_year, editor):
    """A confirmed successor takes the mark of the line before it by hand, not by itself."""
    accept(marked_year, file_of(batch(CARE, ROADS, PARK, year=2025)), editor)
    went_on(marked_year, succession("renamed", [code_of(SCHOOLS)], [code_of(PARK)]))
    assert [("successor", "Park", ["renamed"])] == confirmable(marked_year)
    mark_of = named(marked_year, "Schools", 2024)
    how = {"seen": LATER, "from_year": 2025}
    carry(marked_year, ANA, "smallton", {mark_of: line(PARK)}, "carry-over", **how)
    assert [] == confirmable(marked_year)
    assert ("A", "draft", "2005") == categories(marked_year, 2025)["Park"]
    assert is_as_from_scratch(marked_year)


def test_an_orphaned_mark_is_attached_to_another_line_by_hand(marked_year, editor):
    """The line has another code now; its mark is given to it with who and why."""
    other = accept(marked_year, file_of(batch(PARK, stage="executed")), editor)
    marked(marked_year, PARK, 40)
    undo_import(marked_year, other.import_id, "wrong", editor)
    orphan = ask(marked_year, "from mart.orphaned_marks")[0]["classification_id"]
    how = {"seen": LATER, "from_year": 2024, "remark": "the park is a road now"}
    carry(marked_year, ANA, "smallton", {orphan: line(ROADS)}, "reattach", **how)
    assert ("B", "draft", "2005") == categories(marked_year, 2024)["Roads"]


def test_several_marks_are_carried_at_once_with_all_their_parts(marked_year, editor):
    """Each line gets the parts of its own mark."""
    parts = tuple(Part(Evidence(score=Decimal(s)), Decimal("0.5")) for s in (100, 30))
    said = Classification(OLD, parts)
    mark(marked_year, ANA, "smallton", [line(ROADS)], said, seen=LATER, from_year=2024)
    accept(marked_year, file_of(batch(*ROWS, year=2025)), editor)
    wanted = {named(marked_year, row[2], 2024): line(row) for row in ROWS}
    carry(marked_year, ANA, "smallton", wanted, "carry-over", seen=LATER, from_year=2025)
    rows = ask(
        marked_year,
        "select subject_code, list(category order by share_before) as categories "
        "from core.classifications where change = 'carry-over' group by 1 order by 1",
    )
    assert [["A"], ["B"], ["A", "B"]] == [row["categories"] for row in rows]
    assert is_as_from_scratch(marked_year)


def test_carrying_is_refused_as_marking_is(marked_year, viewer):
    """Viewers, unknown marks, and marks that somebody was faster with."""
    mark_of = {named(marked_year, "Schools", 2024): line(ROADS)}
    how = {"seen": LATER, "from_year": 2025}
    with pytest.raises(NotAllowed):
        carry(marked_year, viewer, "smallton", mark_of, "carry-over", **how)
    with pytest.raises(NotFound):
        carry(marked_year, ANA, "smallton", {999: line(ROADS)}, "carry-over", **how)
    same = {named(marked_year, "Schools", 2024): line(SCHOOLS)}
    with pytest.raises(MarkChanged):
        carry(marked_year, ANA, "smallton", same, "carry-over", seen=0, from_year=2025)


# --- another version ------------------------------------------------------


def test_scoring_again_applies_the_new_version_to_the_old_answers(marked_year):
    """20 % is none of the two parts of 2005 and part C of 2024; what stays keeps its state."""
    marked(marked_year, ROADS, 20)
    ids = [named(marked_year, "Schools", 2024)]
    review(marked_year, ANA, "smallton", ids)
    approve(marked_year, ANA, "smallton", [named(marked_year, "Schools", 2024)])
    done = rescore(marked_year, ANA, "smallton", NEW, "the statement has three parts now")
    assert (3, 1, 0) == (done.part_count, done.changed_count, done.left_count)
    assert {
        "Schools": ("A", "approved", "2024"),
        "Care of children": ("B", "draft", "2024"),
        "Roads": ("C", "draft", "2024"),
    } == categories(marked_year, 2024)
    assert is_as_from_scratch(marked_year)


def test_what_the_new_version_cannot_read_stays_as_it_was(marked_year):
    """A stated category that the version does not have is left, and told."""
    fewer = replace(
        NEW,
        categories=tuple(category for category in NEW.categories if category.code != "B"),
    )
    marked_year._connection.cursor().execute(
        "update core.classifications set evidence = '{}' where category = 'B'"
    )
    done = rescore(marked_year, ANA, "smallton", fewer, "because")
    assert (1, 0, 1) == (done.part_count, done.changed_count, done.left_count)
    assert ("B", "draft", "2005") == categories(marked_year, 2024)["Care of children"]


def test_scoring_again_twice_changes_nothing_more(marked_year):
    """What is of the version already is not asked."""
    rescore(marked_year, ANA, "smallton", NEW, "because")
    before = categories(marked_year, 2024)
    assert 0 == rescore(marked_year, ANA, "smallton", NEW, "because").part_count
    assert before == categories(marked_year, 2024)


def test_scoring_again_takes_a_role_and_a_reason(marked_year, viewer):
    """A viewer scores nothing, and nobody without a reason."""
    with pytest.raises(NotAllowed):
        rescore(marked_year, viewer, "smallton", NEW, "because")
    with pytest.raises(NotAllowed):
        rescore(marked_year, ANA, "smallton", NEW, "  ")


# --- lines that became others ---------------------------------------------


def merged_into_a_park(store, editor):
    accept(store, file_of(batch(ROADS, PARK, year=2025)), editor)
    went_on(store, succession("merged", [code_of(SCHOOLS), code_of(CARE)], [code_of(PARK)]))
    (row,) = to_confirm(store, "smallton", "expenditure", 2025, "india_gbs").to_pylist()
    return row


def test_marks_that_contradict_each_other_are_not_proposed_for_the_merged_line(marked_year, editor):
    """A and B became one line: it is listed, and somebody has to mark it anew."""
    row = merged_into_a_park(marked_year, editor)
    assert ("successor", None, None) == (row["kind"], row["classification_id"], row["category"])


def test_a_mark_that_all_lines_of_a_merger_had_is_proposed(marked_year, editor):
    """Both were A."""
    marked(marked_year, CARE, 100)
    row = merged_into_a_park(marked_year, editor)
    assert ("successor", "A") == (row["kind"], row["category"])


def test_each_part_of_a_split_line_is_proposed_its_mark(marked_year, editor):
    """Two lines continue the marked one; the mark of none is taken by itself."""
    lane = ("3/33", "913", "Lane", "8.00")
    accept(marked_year, file_of(batch(CARE, ROADS, PARK, lane, year=2025)), editor)
    parts = [code_of(PARK), code_of(lane)]
    went_on(marked_year, succession("split", [code_of(SCHOOLS)], parts, ("0.5", "0.5")))
    assert [("successor", "Lane", ["split"]), ("successor", "Park", ["split"])] == (
        confirmable(marked_year)
    )
    assert {"Care of children"} == set(categories(marked_year, 2025))


def test_a_line_that_continues_one_without_a_mark_is_not_new(marked_year, editor):
    """Roads were not marked: the park that continues them is neither new nor to be confirmed."""
    accept(marked_year, file_of(batch(SCHOOLS, CARE, PARK, year=2025)), editor)
    assert [("new", "Park", [])] == confirmable(marked_year)
    went_on(marked_year, succession("renamed", [code_of(ROADS)], [code_of(PARK)]))
    assert [] == confirmable(marked_year)
