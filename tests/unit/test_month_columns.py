"""Month columns: the answer to what columns of months hold, as entries of a mapping."""

import pytest

from budgeting.imports.guessing.column_roles import Header
from budgeting.imports.guessing.month_columns import (
    MonthColumns,
    can_be_added,
    meaning_of_months,
    months_of,
    with_months,
)
from budgeting.imports.mappings.mapping_file import mapping_from_entries

HEADER = Header(("Code", "Words", "Plan", "January", "February", "March"))
ENTRIES = {
    "title": "A ledger",
    "line": {"direction": "expenditure", "label": "Words"},
    "classification": [{"dimension": "economic_class", "levels": [{"code": "Code"}]}],
    "amount": [{"column": "Plan", "stage": "approved", "factor": 1000}],
    "ignored": {"January": "one month alone"},
}


@pytest.mark.parametrize("meaning", list(MonthColumns))
def test_the_answer_is_kept_in_the_mapping(meaning):
    """Whatever is said of the months, the mapping can be used and says it."""
    entries = with_months(ENTRIES, HEADER, meaning)
    assert meaning is meaning_of_months(entries, HEADER)
    assert 1 == len(ENTRIES["amount"])
    mapping_from_entries("told", entries)


def test_single_months_have_a_length_and_amounts_to_date_have_none():
    """Both have the month as date, the stage executed and the unit of the file."""
    single = with_months(ENTRIES, HEADER, MonthColumns.SINGLE)
    march = {
        "column": "March",
        "stage": "executed",
        "as_of": "{fiscal_year}-03",
        "months": 1,
        "factor": 1000,
    }
    assert march == single["amount"][-1]
    to_date = with_months(single, HEADER, MonthColumns.TO_DATE)
    assert {key: said for key, said in march.items() if key != "months"} == to_date["amount"][-1]
    assert ENTRIES["amount"] == with_months(single, HEADER, MonthColumns.UNUSED)["amount"]


@pytest.mark.parametrize(
    ("names", "are_months"),
    [
        (("Q1", "Q2"), True),
        (("Executed January", "Executed February", "Year"), True),
        (("January",), False),
        (("Plan January", "Plan February"), False),
        (("I-III", "I-VI"), False),
        (("Approved", "Executed"), False),
    ],
)
def test_only_columns_that_leave_it_open_are_asked_about(names, are_months):
    """Two months or more of what is spent, not since January by their own words."""
    assert are_months == bool(months_of(Header(names)))


@pytest.mark.parametrize(
    ("names", "can_be"),
    [
        (("Q1", "Q2", "Q3"), True),
        (("February", "January"), True),
        (("February", "March"), False),
        (("January", "March"), False),
        (("Q1", "Q3"), False),
    ],
)
def test_months_with_a_gap_cannot_be_added(names, can_be):
    """Without every month since January nothing is known to date."""
    assert can_be == can_be_added(Header(names))
