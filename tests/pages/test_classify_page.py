"""The workbench, as its users meet it: queue, form, second reader, undo, somebody faster."""

from decimal import Decimal

import pytest
from fixtures.small_budget import ask
from fixtures.went_on import succession, went_on

from budgeting.access import Identity, Role
from budgeting.exports import export
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.reports import build_report
from budgeting.translations import language
from budgeting.ui.session import open_store

TOWN = {"municipality": "demo_topolnica", "year": "2026"}
AMRA = Identity("amra@example.org", Role.REVIEWER)
TOWN_ONLY = {"municipality": "demo_topolnica"}
LINES = 295


@pytest.fixture
def bench(visit):
    """The workbench of a small town, in English."""

    def opened(user=None, /, **address):
        return visit("classify", "demo", user, **TOWN, lang="en", **address)

    return opened


def answer(at):
    return next(m.value for m in at.markdown if m.value.startswith("**"))


def table(at):
    return at.dataframe[0].value


def chosen(at) -> str:
    """Return the name of what the form is about: what is bold after the answer of the page."""
    return [m.value for m in at.markdown if m.value.startswith("**")][1].split("**")[1]


def choose_rows(at, *rows):
    at.session_state["classify_table"] = {
        "selection": {"rows": list(rows), "cells": [], "columns": []}
    }
    return at.run()


def press(at, key):
    assert not at.button(key=key).disabled
    return at.button(key=key).click().run()


def tick(at, *words):
    for box in at.checkbox:
        if any(word in box.label for word in words):
            box.set_value(True)
    return at.run()


SIGNIFICANT = ("analysis was made", "no inequality", "shaped", "objective is stated", "indicator",
               "disaggregated", "monitor")  # fmt: skip


# --- the queue ------------------------------------------------------------


def test_the_queue_begins_with_the_largest_line_that_is_not_screened(bench):
    """Nothing is marked: all money is left, the largest line is on top and open in the form."""
    at = bench()
    assert not at.exception
    assert not at.error
    assert f"0.0% of the money is screened; {LINES} lines are left." in answer(at).replace("\\", "")
    amounts = [Decimal(cell.replace(",", "")) for cell in table(at)["Amount"]]
    assert amounts == sorted(amounts, reverse=True)
    assert table(at)["Budget line"][0] == chosen(at)


def test_a_line_without_a_tick_is_marked_with_one_press(bench):
    """None of the criteria is met: one press marks 0, and the next line is there by itself."""
    at = bench()
    first, second = table(at)["Budget line"][:2]
    at = press(at, "classify_mark")
    assert not at.error
    assert f"{LINES - 1} lines are left" in answer(at)
    assert (second, second) == (table(at)["Budget line"][0], chosen(at))
    assert first not in set(table(at)["Budget line"][:50])


def test_a_reason_is_asked_for_where_the_methodology_demands_it(bench):
    """Without the reason that a category demands nothing is written, and it is said what to do."""
    at = press(tick(bench(), *SIGNIFICANT), "classify_mark")
    assert "needs a reason" in at.error[0].value
    assert f"{LINES} lines are left" in answer(at)
    at.text_area[0].set_value("Half of the places are for girls.").run()
    assert "1 – significant objective" in at.button(key="classify_mark").label
    at = press(at, "classify_mark")
    assert not at.error
    assert "Marked" in "".join(caption.value for caption in at.caption)


def test_the_next_line_can_be_answered_as_before(bench):
    """Ticks and reason of the last mark come back with one press, to be read and changed."""
    at = tick(bench(), *SIGNIFICANT)
    at.text_area[0].set_value("Half of the places are for girls.").run()
    ticks = [box.value for box in at.checkbox]
    at = press(press(at, "classify_mark"), "classify_repeat")
    assert ticks == [box.value for box in at.checkbox]
    assert at.text_area[0].value == "Half of the places are for girls."
    assert f"{LINES - 1} lines are left" in answer(at)


def test_many_lines_are_marked_at_once_and_taken_back_at_once(bench):
    """Ticked rows get one mark; one undo takes all of them back."""
    at = press(choose_rows(bench(), 0, 1, 2), "classify_mark")
    assert f"{LINES - 3} lines are left" in answer(at)
    at = press(at, "classify_undo")
    assert f"{LINES} lines are left" in answer(at)


def test_a_programme_is_marked_and_its_lines_inherit(bench):
    """A programme marked as a whole screens its lines; they say from whom they have it."""
    at = bench(by="programme")
    name, left = table(at).iloc[0][["Programme", "Lines left"]]
    count = int(left.split()[0])
    at = press(at, "classify_mark")
    assert f"{LINES - count} lines are left" in answer(at)
    at.selectbox(key="choice_by_en").set_value("line").run()
    at.selectbox(key="choice_show_en").set_value("inherited").run()
    assert count == len(table(at))
    assert {f"0 ← {name}"} == set(table(at)["Mark"])


def test_a_line_of_its_own_mark_keeps_it(bench):
    """The mark of a line stands before the one of its programme."""
    at = bench()
    first = chosen(at)
    at = press(at, "classify_mark")
    at.selectbox(key="choice_by_en").set_value("programme").run()
    at = press(choose_rows(at, *range(len(table(at)))), "classify_mark")
    at.selectbox(key="choice_by_en").set_value("line").run()
    rows = table(at)
    own = rows[rows["Mark"] == "0 · draft"]
    assert [first] == list(own["Budget line"])
    assert all("←" in mark for mark in rows["Mark"].drop(own.index))


@pytest.mark.parametrize("by", ["programme", "organisation", "function"])
def test_the_groups_hold_every_line(bench, by):
    """However the queue is grouped, the groups have all lines."""
    counts = [int(cell.split()[-1]) for cell in table(bench(by=by))["Lines left"]]
    assert sum(counts) == LINES


# --- who ------------------------------------------------------------------


def test_a_viewer_looks_and_cannot_mark(bench):
    """Who may only look sees queue and marks, and no button that changes them."""
    at = bench({"email": "vera@example.org"})
    assert not at.exception
    assert len(table(at)) == 100
    assert [] == [one for one in at.button if one.key == "classify_mark"]


def test_the_second_reader_is_another_person(bench, monkeypatch):
    """The author is refused in a sentence; a second person reviews and approves; all is told."""
    monkeypatch.setenv("PARITET_ADMINISTRATORS", "boris@example.org,ceca@example.org")
    at = bench({"email": "boris@example.org"})
    at = press(at, "classify_mark")
    at.selectbox(key="choice_show_en").set_value("draft").run()
    at = press(at, "classify_review")
    assert "another person" in at.error[0].value
    at.user = {"email": "ceca@example.org"}
    at = press(at.run(), "classify_review")
    assert not at.error
    at.selectbox(key="choice_show_en").set_value("reviewed").run()
    at = press(at, "classify_approve")
    at.selectbox(key="choice_show_en").set_value("approved").run()
    history = at.dataframe[1].value
    assert ["Read and approved", "Reviewed", "Marked"] == list(history["Change"])
    assert ["ceca@example.org", "ceca@example.org", "boris@example.org"] == list(history["Who"])


def test_an_approved_mark_changes_only_with_a_reason(bench):
    """Frozen: without a reason it stays, with one there is a new version."""
    at = press(bench(), "classify_mark")
    for show, key in (("draft", "classify_review"), ("reviewed", "classify_approve")):
        at.selectbox(key="choice_show_en").set_value(show).run()
        at = press(at, key)
    at.selectbox(key="choice_show_en").set_value("approved").run()
    at = press(at, "classify_mark")
    assert "approved" in at.error[0].value
    at.text_area[0].set_value("The programme was changed in May.").run()
    at = press(at, "classify_mark")
    assert not at.error


def test_who_was_slower_is_told_and_loses_nothing(bench):
    """Somebody else marked the line meanwhile: it is said, what was entered stays, and may be written."""
    at = tick(bench(), *SIGNIFICANT)
    at.text_area[0].set_value("Mine.").run()
    name = chosen(at)
    code = at.session_state["classify_place"].rows[0]
    rules = methodology("oecd_dac")
    ticks = {one.id: Decimal(0) for one in rules.criteria}
    theirs = Classification(rules, (Part(Evidence(ticks=ticks)),))
    line = MarkedSubject(Subject.LINE, code)
    mark(open_store(), AMRA, TOWN["municipality"], [line], theirs, seen=0, from_year=2026)
    at = press(at, "classify_mark")
    assert "amra@example.org" in at.warning[0].value.replace("\u2060", "")
    assert (name, "Mine.") == (chosen(at), at.text_area[0].value)
    at = press(at, "classify_mine")
    at = press(at, "classify_mark")
    assert not at.warning
    assert "1 – significant" in "".join(caption.value for caption in at.caption)


# --- a new year, another decision -----------------------------------------


def test_marks_count_from_their_year_on(visit):
    """A line marked in 2025 is marked in 2026, too, and not in 2024."""
    town = {"municipality": "demo_topolnica", "lang": "en"}
    at = press(visit("classify", year="2025", **town), "classify_mark")
    for year, is_left in (("2026", False), ("2024", True)):
        at.selectbox(key="choice_year_en").set_value(year).run()
        assert is_left == answer(at).replace("\\", "").startswith("**0.0%")


def to_confirm(at):
    return [one.label for one in at.expander if "to confirm" in one.label]


def test_what_continues_a_marked_line_is_confirmed(visit):
    """A line that continues a marked one is listed, gets its mark with one press, and is not listed again."""
    town = {"municipality": "demo_topolnica", "lang": "en"}
    at = press(visit("classify", year="2025", **town), "classify_mark")
    codes = [
        row["code"]
        for row in ask(
            open_store(),
            """
            (select subject_code as code from core.classifications)
            union all
            (select min(line_code) from core.budget_lines inner join core.line_years using (line_id)
            where budget_lines.municipality_code = 'demo_topolnica'
                and budget_lines.direction = 'expenditure'
            group by line_id having min(fiscal_year) = 2026 order by line_id limit 1)
            """,
        )
    ]
    what = succession("renamed", codes[:1], codes[1:])
    went_on(open_store(), what, year=2026, place="demo_topolnica")
    at.selectbox(key="choice_year_en").set_value("2026").run()
    listed = to_confirm(at)
    at = press(at, "below_confirm")
    assert not at.error
    assert len(listed) == 1
    assert listed != to_confirm(at)
    assert "One mark confirmed." in [caption.value for caption in at.caption]


def test_a_municipality_decides_its_methodologies(bench):
    """The first one decided is the one that the page begins with, with its coefficients."""
    at = bench()
    at = at.toggle(key="classify_decision").set_value(True).run()
    at.multiselect[0].set_value(["eu_budget"]).run()
    at.text_input(key="decided_reason").set_value("The EU asks for it.").run()
    at = press(at, "below_decide")
    assert not at.error
    assert at.multiselect[0].value == ["eu_budget"]
    at.selectbox(key="choice_methodology_en").set_value("eu_budget").run()
    assert [one.label for one in at.radio] == ["Category"]


def test_every_methodology_has_a_form(bench):
    """Whatever a methodology asks, the page asks it; nothing is marked without an answer."""
    at = bench()
    codes = list(at.selectbox(key="choice_methodology_en").options)
    for code in ("ph_hgdg", "india_gbs", "eu_budget", "cpr_eige"):
        at.selectbox(key="choice_methodology_en").set_value(code).run()
        assert not at.exception
        assert at.button(key="classify_mark").label == "Mark"
    assert len(codes) >= 5


def test_marks_go_out_as_a_file_and_come_back(bench):
    """The file of all marks has a row for each; brought in where one was taken back, it is new again."""
    at = press(bench(), "classify_mark")
    file = export(build_report(open_store(), "marks", TOWN_ONLY), "csv", language("en"))
    at = press(at, "classify_undo")
    at = at.toggle(key="classify_exchange").set_value(True).run()
    at = at.file_uploader[0].set_value(("marks.csv", file, "text/csv")).run()
    assert "One mark is new or different." in "".join(caption.value for caption in at.caption)
    at = press(at, "below_import")
    assert not at.error
    assert f"{LINES - 1} lines are left" in answer(at)
