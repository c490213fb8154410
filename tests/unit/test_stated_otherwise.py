"""A file says of a line something else than a person decided: it stays, is told, and settled."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import duckdb
import pytest
from fixtures.small_batches import CARE, SCHOOLS, batch, file_of
from fixtures.small_budget import ask

from budgeting.access import Identity, Role
from budgeting.errors import NotAllowed, NotFound
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.decided import decided_otherwise
from budgeting.imports.stored.undo import undo as undo_import
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.marks.reviewing import approve, review, undo, withdraw
from budgeting.marks.settling import StatedLines
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Severity
from budgeting.reports import build_report
from budgeting.store import _migrate
from budgeting.translations import language

ANA, BOB = Identity("ana", Role.REVIEWER), Identity("bob", Role.REVIEWER)
INDIA = SimpleNamespace(methodology="india_gbs")
LINES = StatedLines("smallton", Direction.EXPENDITURE, 2024, "india_gbs")
LATER = {"as_of": date(2024, 6, 1)}
SEEN = 10**9
SCHOOLS_CODE = "organisation=1/11;economic_class=611"


def stated(store, editor, *categories, rows=(SCHOOLS, CARE), **how):
    said = batch(*rows, categories=list(categories), **how)
    found = accept(store, file_of(said, gender="india_gbs"), editor)
    return found.import_id


def told(store, *categories, **how):
    said = batch(SCHOOLS, CARE, categories=list(categories), **how)
    return [
        (one.severity, language("en").say(one.message))
        for one in decided_otherwise(store, [said], INDIA)
    ]


def categories(store, year=2024):
    rows = ask(
        store,
        "select label, category, state from mart.line_year_marks inner join core.line_years "
        "using (line_year_id) where fiscal_year = $year order by all",
        year=year,
    )
    return {row["label"]: (row["category"], row["state"]) for row in rows}


def is_as_from_scratch(store):
    kept = ask(store, "from mart.line_year_marks order by all")
    return kept == ask(store, "from mart.marks_in_force order by all")


def ids(store, label="Schools"):
    return [
        row["classification_id"]
        for row in ask(
            store,
            "select classification_id from mart.line_year_marks inner join core.line_years "
            "using (line_year_id) where label = $label",
            label=label,
        )
    ]


def marked(store, score=100, **how):
    rules = methodology("india_gbs", "2024")
    said = Classification(rules, (Part(Evidence(score=Decimal(score))),), "because")
    line = MarkedSubject(Subject.LINE, SCHOOLS_CODE)
    mark(store, ANA, "smallton", [line], said, seen=SEEN, **{"from_year": 2024, **how})


def listed(store):
    return [
        (row["label"], row["stated_category"], row["category"], row["decided_by"])
        for row in LINES.to_settle(store).to_pylist()
    ]


def approved(store):
    review(store, BOB, "smallton", ids(store))
    approve(store, BOB, "smallton", ids(store))


# --- what stays, and is told ----------------------------------------------


def test_a_reviewed_mark_stays_against_a_later_file_and_is_told(store, editor):
    """With the line, what the file says, what stands, and who read it; before and after storing."""
    stated(store, editor, "A", "B")
    approved(store)
    assert [
        (
            Severity.WARNING,
            "The file says B of 1/11 · 611 for approved 2024; it is A (read and approved, bob).",
        )
    ] == told(store, "B", "B", **LATER)
    stated(store, editor, "B", "B", **LATER)
    assert {"Schools": ("A", "approved"), "Care of children": ("B", "draft")} == categories(store)
    assert [("Schools", "B", "A", "bob")] == listed(store)
    assert is_as_from_scratch(store)


def test_a_file_that_says_the_same_is_no_news(store, editor):
    """Nothing is told, nothing listed, nothing written."""
    stated(store, editor, "A", "B")
    approved(store)
    assert [] == told(store, "A", "B", **LATER)
    stated(store, editor, "A", "B", **LATER)
    assert ([], ("A", "approved")) == (listed(store), categories(store)["Schools"])


def test_a_mark_that_nobody_but_a_file_gave_gives_way_to_a_newer_file(store, editor):
    """File against file: the newest counts."""
    stated(store, editor, "A", "B")
    assert [] == told(store, "B", "B", **LATER)
    stated(store, editor, "B", "B", **LATER)
    assert ([], ("B", "draft")) == (listed(store), categories(store)["Schools"])


@pytest.mark.parametrize("how", [{}, {"from_year": 2023}, {"from_year": 0}])
def test_a_mark_of_a_person_for_all_stages_stays_as_well(store, editor, how):
    """It counted from an earlier year on and for every stage; a file does not outdo it unseen."""
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    marked(store, **how)
    assert 1 == len(told(store, "B", "B", **LATER))
    stated(store, editor, "B", "B", **LATER)
    assert ("A", "draft") == categories(store)["Schools"]
    assert [("Schools", "B", "A", "ana")] == listed(store)


def test_a_mark_from_a_later_year_says_nothing_of_this_one(store, editor):
    """What a person decided from 2025 on does not stand against a file of 2024."""
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    marked(store, from_year=2025)
    assert [] == told(store, "B", "B", **LATER)
    stated(store, editor, "B", "B", **LATER)
    assert ("B", "draft") == categories(store)["Schools"]


def test_a_withdrawal_stays_until_somebody_settles_it(store, editor):
    """A person took the mark away; the next file does not bring it back unseen."""
    stated(store, editor, "A", "B")
    withdraw(store, ANA, "smallton", ids(store), "not for women")
    assert "where ana withdrew the mark" in told(store, "A", "B", **LATER)[0][1]
    stated(store, editor, "A", "B", **LATER)
    assert "Schools" not in categories(store)
    assert [("Schools", "A", None, "ana")] == listed(store)
    assert is_as_from_scratch(store)


def test_a_file_without_the_category_leaves_a_reviewed_mark_and_tells(store, editor):
    """What a person read stays; of a mark that a person made the file never said anything."""
    stated(store, editor, "A", "B")
    approved(store)
    assert "no longer gives" in told(store, "", "B", **LATER)[0][1]
    stated(store, editor, "", "B", **LATER)
    assert ("A", "approved") == categories(store)["Schools"]
    assert [("Schools", "", "A", "bob")] == listed(store)


def test_a_file_without_a_category_says_nothing_against_a_persons_mark(store, editor):
    """Whoever fills in what the file leaves open contradicts nothing."""
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    marked(store)
    assert [] == told(store, "", "B", **LATER)
    stated(store, editor, "", "B", **LATER)
    assert (("A", "draft"), []) == (categories(store)["Schools"], listed(store))


def test_many_such_lines_are_counted(store, editor):
    """Twenty are named."""
    rows = [(f"1/{place}", "611", f"Line {place}", "1.00") for place in range(23)]
    accept(store, file_of(batch(*rows)), editor)
    rules = methodology("india_gbs", "2024")
    said = Classification(rules, (Part(Evidence(score=Decimal(100))),), "because")
    lines = [
        MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class=611") for row in rows
    ]
    mark(store, ANA, "smallton", lines, said, seen=SEEN)
    other = batch(*rows, categories=["B"] * 23, **LATER)
    found = [language("en").say(one.message) for one in decided_otherwise(store, [other], INDIA)]
    assert (21, True) == (len(found), found[-1].startswith("Of 3 more lines"))


# --- what an undone change restores ---------------------------------------


def test_a_stated_mark_that_an_undo_restored_is_withdrawn_by_a_file_without_it(store, editor):
    """A person marked and took it back: it is the file's word again, and the next file's."""
    stated(store, editor, "B", "B")
    marked(store, stage=None)
    undo(store, ANA, "smallton")
    assert ("B", "draft") == categories(store)["Schools"]
    stated(store, editor, "", "B", **LATER)
    assert "Schools" not in categories(store)
    assert is_as_from_scratch(store)


def test_a_withdrawal_taken_back_is_the_files_word_again(store, editor):
    """Another category of a newer file counts at once."""
    stated(store, editor, "A", "B")
    withdraw(store, ANA, "smallton", ids(store))
    undo(store, ANA, "smallton")
    stated(store, editor, "B", "B", **LATER)
    assert ("B", "draft") == categories(store)["Schools"]


def test_an_undone_file_takes_what_it_said_along(store, editor):
    """Nothing is left to settle."""
    stated(store, editor, "A", "B")
    approved(store)
    wrong = stated(store, editor, "B", "B", **LATER)
    undo_import(store, wrong, "the wrong file", editor)
    assert ([], ("A", "approved")) == (listed(store), categories(store)["Schools"])


# --- settling -------------------------------------------------------------


def build_open_line(store, editor):
    """An approved A against a newer file's B."""
    stated(store, editor, "A", "B")
    approved(store)
    stated(store, editor, "B", "B", **LATER)


@pytest.fixture
def open_line(prepared, editor):
    return prepared(build_open_line, editor)


def settle(store, *, is_file_right, who=ANA, remark=""):
    return LINES.settle(
        store, who, [SCHOOLS_CODE], is_file_right=is_file_right, seen=SEEN, remark=remark
    )


def test_keeping_what_stands_leaves_it_approved(open_line):
    """The line is listed no more, and the event says who kept it."""
    assert 1 == settle(open_line, is_file_right=False)
    assert ([], ("A", "approved")) == (listed(open_line), categories(open_line)["Schools"])
    events = ask(open_line, "from core.audit_events order by sequence")
    assert "settle-marks" == events[-1]["action"]


def test_taking_what_the_file_says_makes_a_draft_of_who_settles(open_line):
    """An approved mark gives way only for a reason."""
    with pytest.raises(NotAllowed):
        settle(open_line, is_file_right=True)
    assert 1 == settle(open_line, is_file_right=True, remark="the ministry corrected it")
    assert ([], ("B", "draft")) == (listed(open_line), categories(open_line)["Schools"])
    assert is_as_from_scratch(open_line)


def test_a_newer_decision_of_a_person_settles_it_too(open_line):
    """Who marks the line anew has looked at it."""
    marked(open_line, 10)
    assert [] == listed(open_line)


def test_settling_takes_a_role_and_something_to_settle(open_line, viewer):
    """A viewer settles nothing, and nothing is settled twice."""
    with pytest.raises(NotAllowed):
        settle(open_line, is_file_right=False, who=viewer)
    settle(open_line, is_file_right=False)
    with pytest.raises(NotFound):
        settle(open_line, is_file_right=False)


def test_a_missing_category_is_not_taken_over(store, editor):
    """The mark is withdrawn by hand, or kept."""
    stated(store, editor, "A", "B")
    approved(store)
    stated(store, editor, "", "B", **LATER)
    with pytest.raises(NotFound):
        settle(store, is_file_right=True, remark="because")
    assert 1 == settle(store, is_file_right=False)


def test_the_report_lists_them_for_the_workbench(open_line):
    """Page and command line take the same table."""
    view = {"municipality": "smallton", "year": "2024", "methodology": "india_gbs"}
    found = build_report(open_line, "marks_to_confirm", view)
    assert (1, ["B"]) == (
        found.facts["stated_count"],
        found.tables["stated"].rows["stated_category"].to_pylist(),
    )


# --- an older database ----------------------------------------------------

KEY = (
    "'smallton', 'expenditure', 'line', 'x', 'india_gbs', '2005', 'A', 2024, 'approved', 0, 1, null"
)


def test_an_upgrade_finds_the_file_of_a_stated_mark_and_of_what_was_read_of_it():
    """By the moment of the import; marks of persons and of a file of marks have none."""
    connection = duckdb.connect()
    _migrate(connection, until=5)
    connection.execute(
        "insert into core.imports values (7, 'f', '', '', '', '', null, null, null, 0, 0, 0, 0, '', "
        "'edin', '2024-01-01 00:00:00+00', null, null, null)"
    )
    rows = [
        (1, "as stated in the file", "import", "", "edin", "2024-01-01"),
        (2, "as stated in the file", "review", "", "bob", "2024-02-01"),
        (3, "because", "mark", "", "ana", "2024-03-01"),
        (4, "because", "import", "marks.csv", "edin", "2024-01-01"),
    ]
    for number, reason, change, remark, name, day in rows:
        connection.execute(
            f"insert into core.classifications values ({number}, {number}, {KEY}, '{{}}', '', "
            f"'{reason}', 'high', 'edin', null, 'draft', '{change}', '{remark}', null, '{name}', "
            f"'{day} 00:00:00+00')"
        )
    _migrate(connection)
    found = connection.sql(
        "select import_id, rule_fingerprint from core.classifications order by mark_id"
    ).fetchall()
    assert [(7, ""), (7, ""), (None, ""), (None, "")] == found
