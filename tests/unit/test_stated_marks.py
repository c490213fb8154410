"""Marks that a file states: they come, bear on later years and go with the file."""

from datetime import date

import pytest
from fixtures.small_batches import CARE, SCHOOLS, batch, file_of
from fixtures.small_budget import ask, count

from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.undo import undo, what_hangs_on
from budgeting.marks.reviewing import review
from budgeting.reports import build_report

BOB = Identity("bob", Role.REVIEWER)
WHY = "the wrong file"


def stated(store, editor, *rows, categories, **how):
    found = file_of(batch(*rows, categories=categories, **how), gender="india_gbs")
    return accept(store, found, editor).import_id


def categories(store, year=2024):
    rows = ask(
        store,
        "select label, category from mart.line_year_marks inner join core.line_years "
        "using (line_year_id) where fiscal_year = $year order by all",
        year=year,
    )
    return {row["label"]: row["category"] for row in rows}


def is_as_from_scratch(store):
    kept = ask(store, "from mart.line_year_marks order by all")
    return kept == ask(store, "from mart.marks_in_force order by all")


def test_an_undone_file_takes_its_marks_along(store, editor):
    """What the earlier file said of the same line counts again, as if the later had never been."""
    stated(store, editor, SCHOOLS, CARE, categories=["A", "B"])
    later = {"as_of": date(2024, 6, 1)}
    wrong = stated(store, editor, SCHOOLS, CARE, categories=["B", ""], **later)
    assert {"Schools": "B"} == categories(store)
    undo(store, wrong, WHY, editor)
    assert {"Schools": "A", "Care of children": "B"} == categories(store)
    assert is_as_from_scratch(store)


def test_marks_of_an_undone_file_do_not_count_for_another_file(store, editor):
    """The lines are there again by a file that says nothing of gender: nobody has marked them."""
    wrong = stated(store, editor, SCHOOLS, CARE, categories=["A", "B"])
    assert {} == what_hangs_on(store, wrong).marks
    undo(store, wrong, WHY, editor)
    assert 0 == count(store, "mart.orphaned_marks")
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    assert {} == categories(store)


def test_what_a_person_made_of_a_stated_mark_stays(store, editor):
    """A second person has read it: it waits for its line, as every mark does."""
    wrong = stated(store, editor, SCHOOLS, CARE, categories=["A", "B"])
    ids = ask(store, "select classification_id from mart.line_year_marks where category = 'A'")
    review(store, BOB, "smallton", [row["classification_id"] for row in ids])
    assert {"reviewed": 1} == what_hangs_on(store, wrong).marks
    undo(store, wrong, WHY, editor)
    accept(store, file_of(batch(SCHOOLS, CARE)), editor)
    assert {"Schools": "A"} == categories(store)


@pytest.mark.parametrize("said", ["A", ""])
def test_an_earlier_year_that_comes_later_bears_on_the_years_after_it(store, editor, said):
    """The order of the imports does not matter, and undoing gives back what was."""
    stated(store, editor, SCHOOLS, year=2022, categories=["B"])
    accept(store, file_of(batch(SCHOOLS, year=2024)), editor)
    between = stated(store, editor, SCHOOLS, year=2023, categories=[said])
    assert ({"Schools": said} if said else {}) == categories(store)
    assert is_as_from_scratch(store)
    undo(store, between, WHY, editor)
    assert {"Schools": "B"} == categories(store)
    assert is_as_from_scratch(store)


def test_a_line_that_has_nothing_in_one_category_is_one_line(store, editor):
    """A file that prints 0.00 in part A and all of it in part B marks the line once, in B."""
    rows = [(*SCHOOLS[:3], "0.00"), SCHOOLS, CARE]
    stated(store, editor, *rows, year=2023, categories=["A", "B", ""])
    view = {"municipality": "smallton", "year": "2023", "methodology": "india_gbs"}
    facts = build_report(store, "gender_overview", view).facts
    assert (facts["line_count"], facts["marked_line_count"]) == (2, 1)
    assert {"Schools": "B"} == categories(store, 2023)
