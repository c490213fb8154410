"""What a gender overview is about: a part or the whole, this version or another, whole lines or parts."""

import re
from decimal import Decimal

import pytest
from fixtures.marks import two_years_of
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of

from budgeting.access import Identity, Role
from budgeting.audit import Change
from budgeting.imports.stored.acceptance import accept
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, files, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui.gender_parts import group_finding

ANA = Identity("ana", Role.ADMINISTRATOR)
VIEW = {"municipality": "smallton", "year": "2024", "methodology": "eu_budget"}


@pytest.fixture
def store(prepared):
    return prepared(two_years_of, ANA)


def marked(store, row, category="2", share="1"):
    subject = MarkedSubject(Subject.LINE, f"organisation={row[0]};economic_class={row[1]}")
    part = Part(Evidence(category=category), Decimal(share))
    what = Classification(methodology("eu_budget"), (part,), "because")
    mark(store, ANA, "smallton", [subject], what, seen=10**9)


def overview(store, **changed):
    return build_report(store, "gender_overview", {**VIEW, **changed})


def told(*texts):
    return " ".join(language("en").say(one) for one in texts)


def test_within_a_member_the_answer_names_it(store):
    """A share of one organisation is not told as a share of the budget."""
    marked(store, ROADS)
    assert told(overview(store).answer).startswith("61.0% of Smallton's approved budget")
    inside = overview(store, within="organisation:2")
    assert told(inside.answer).startswith("100.0% of Smallton (organisation 2)'s approved budget")
    assert "about all of the budget" in told(*inside.notes)
    assert told(inside.facts["change"]).startswith("All of the budget: ")
    assert "about all of the budget" not in told(*overview(store).notes)


def test_within_a_member_the_largest_lines_are_its_own(store):
    """What the tagged amount rests on is asked of the amount that is shown."""
    for row in ROWS:
        marked(store, row)
    inside = overview(store, within="organisation:1").tables["largest"].rows.to_pylist()
    assert [("Schools", 1000), ("Care of children", 500)] == [
        (row["label"], row["amount"]) for row in inside
    ]
    assert sum(row["share"] for row in inside) == pytest.approx(1)


@pytest.mark.parametrize(("share", "left"), [("0.5", 3), ("0.999999", 3), ("1", 2)])
def test_a_line_is_left_until_all_of_it_is_marked(store, share, left):
    """The overview and the queue of the workbench say the same of a line of which a part is marked."""
    marked(store, SCHOOLS, share=share)
    queue = build_report(store, "classification_queue", {**VIEW, "stage": "approved"}).facts
    assert (overview(store).facts["open_line_count"], queue["open_count"]) == (left, left)


def test_marks_of_another_version_are_told_in_every_year(store):
    """They count for nothing in a year before: its row and a note beside the change say so."""
    marked(store, CARE)
    assert "other_version" not in {one.key for one in overview(store).tables["years"].columns}
    cursor = store._connection.cursor()
    cursor.execute(
        "update mart.line_year_marks set methodology_version = 'old' where line_year_id in "
        "(select line_year_id from core.line_years where fiscal_year = 2023)"
    )
    with store.transaction(ANA, Change("test", "smallton")) as transaction:
        transaction.run("leave_all_to_add_up")
    report = overview(store)
    years = report.tables["years"]
    assert [500, 0] == years.rows["other_version"].to_pylist()
    assert "other_version" in {one.key for one in years.columns}
    assert "500.00" in told(*report.notes)
    assert "looks like reclassification" in told(*report.notes)


def test_refunds_that_outweigh_what_is_tagged_leave_no_whole(store):
    """An organisation has a part of what is tagged only where there is some."""
    refund = (*ROADS[:3], "-1000.00")
    accept(store, file_of(batch(SCHOOLS, refund, stage="executed")), ANA)
    marked(store, SCHOOLS)
    marked(store, ROADS)
    shown = overview(store, stage="executed", by="organisation")
    assert (shown.facts["high"], shown.facts["high_share"]) == (0, None)
    assert "no more than zero" in told(group_finding(shown))


def test_a_category_that_its_file_has_lost_counts_as_one_of_another_version(
    store, tmp_path, monkeypatch
):
    """Somebody edits the file and keeps its version: the money stays in sight, and counts for nothing."""
    marked(store, SCHOOLS, "0*")
    original = (files.FOLDER / "eu_budget_2021-2027.toml").read_text()
    lost = re.sub(
        r'\[\[category\]\]\ncode = "0\*".*?(?=\[\[category\]\])', "", original, flags=re.DOTALL
    )
    (tmp_path / "eu_budget_2021-2027.toml").write_text(lost.replace('"0*" = 0, ', ""))
    monkeypatch.setattr(files, "own_folder", lambda: tmp_path)
    report = overview(store)
    assert (report.facts["other_version"], report.facts["not_screened"]) == (
        1000,
        Decimal("2845.67"),
    )
    assert [0] == report.tables["change"].rows["after"].to_pylist()
    lines = build_report(store, "marked_lines", {**VIEW, "category": "other-version"})
    assert lines.facts["total"] == 1000
    assert lines.tables["lines"].rows["category"].to_pylist()[0].startswith("marked under another")
    statement = build_report(store, "gender_budget_statement", VIEW)
    assert "1,000.00" in told(*statement.notes)
