"""Totals of a table: found by code, by word or by a rule, re-added, and never stored."""

import pytest
from fixtures.mapped_files import (
    APPROVED,
    BY_CODE,
    EXECUTED,
    STRUCTURE,
    cells,
    csv,
    errors,
    examined,
    mapping_of,
    sums,
    told,
    total,
    workbook,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.answers import Answers
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read as file_read
from budgeting.imports.sheets.totals import confirmed_columns
from budgeting.model import Severity


def read(store, rows, *blocks, **how):
    mapping = mapping_of(*(blocks or (APPROVED, STRUCTURE)))
    return examined(store, rows, mapping, **how)


def printed(verdict):
    """Return row, printed, computed and whether it is the grand total."""
    return [
        (found.row_number, str(found.printed), str(found.computed), found.is_grand)
        for _, found in verdict.printed_totals
    ]


AFTER = """
    code;label;approved
    411;Pay;5
    412;Tax;6
    41;Staff;11
    421;Heat;20
    422;Trips;3
    42;Goods;23
    ;Total;34
"""
BEFORE = """
    code;label;approved
    41;Staff;11
    411;Pay;5
    412;Tax;6
    42;Goods;23
    421;Heat;20
    422;Trips;3
    ;Total;34
"""


@pytest.mark.parametrize("file", [AFTER, BEFORE], ids=["after", "before"])
def test_subtotals_by_code_are_re_added_and_not_stored(store, file):
    """Before or after its lines, a group is a total: it agrees, and its money counts once."""
    verdict = read(store, file)
    assert told(verdict, "printed-total") == []
    assert [computed for _, _, computed, _ in printed(verdict)] == ["11.00", "23.00", "34.00"]
    assert total(verdict) == "34.00"
    assert {"411", "412", "421", "422"} == set(cells(verdict, "economic_class"))


@pytest.mark.parametrize("file", [AFTER, BEFORE], ids=["after", "before"])
@pytest.mark.parametrize("wrong", ["10.99", "11.01"])
def test_a_wrong_subtotal_by_code_is_asked_about(store, file, wrong):
    """A cent of difference is told at the subtotal's row, and the lines are what is stored."""
    verdict = read(store, file.replace("Staff;11", f"Staff;{wrong}"))
    assert [(wrong, Severity.QUESTION)] == [
        (found.value, found.severity) for found in told(verdict, "printed-total")
    ]
    assert total(verdict) == "34.00"


@pytest.mark.parametrize("word", ["Total", "Укупно", "UKUPNO:", "Iš viso", "Summa", "Gesamtsumme"])
def test_totals_by_word_are_found_in_every_language(store, word):
    """A row whose words say that it is a total is no line."""
    verdict = read(store, f"code;label;approved\n1;a;5\n2;b;6\n;{word};11\n")
    assert printed(verdict) == [(4, "11.00", "11.00", True)]
    assert total(verdict) == "11.00"


def test_a_total_that_hides_a_changed_line_is_told(store):
    """A digit of a line that was changed shows at the total, with the difference."""
    verdict = read(store, AFTER.replace("Heat;20", "Heat;21"))
    differences = [str(found.difference) for _, found in verdict.printed_totals]
    assert "-1.00" in differences
    assert not verdict.is_acceptable


def test_a_line_that_is_missing_shows_at_the_total(store):
    """A row that was cut out of the file is missed by what it was added to."""
    verdict = read(store, AFTER.replace("    422;Trips;3\n", ""))
    assert told(verdict, "printed-total")
    assert not verdict.is_acceptable


def test_a_line_that_stands_twice_shows_at_the_total(store):
    """So does a row that was doubled."""
    verdict = read(store, AFTER.replace("    422;Trips;3\n", "    422;Trips;3\n" * 2))
    assert told(verdict, "printed-total")
    assert not verdict.is_acceptable


@settings(deadline=None)
@given(
    amounts=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=9),
    place=st.integers(0, 8),
    change=st.integers(-1000, 1000).filter(bool),
)
def test_no_changed_line_agrees_with_its_grand_total(amounts, place, change):
    """Whatever the amounts, one that was changed is never confirmed by the total it belonged to."""
    changed = [
        amount + change * (number == place % len(amounts)) for number, amount in enumerate(amounts)
    ]
    lines = "".join(f"{number};line;{amount}.00\n" for number, amount in enumerate(changed, 411))
    file = csv(f"code;label;approved\n{lines};Total;{sum(amounts)}.00\n")
    mapping = mapping_of(APPROVED, STRUCTURE)
    meaning = interpret(
        file_read(file, mapping.layout), mapping, Answers(fiscal_year=2024), mapping.municipality
    )
    assert "approved" not in confirmed_columns(meaning.totals)
    assert f"{sum(changed)}.00" == total(meaning)


# --- what a total confirms ------------------------------------------------

TWO = """
    code;label;approved;executed
    1;a;5;4
    2;b;6;7
    ;Total;{approved};{executed}
"""


@pytest.mark.parametrize(
    ("approved", "executed", "open_stages"),
    [
        ("11", "11", []),
        ("11", "", ["executed"]),
        ("", "11", ["approved"]),
        ("12", "11", ["approved"]),
    ],
)
def test_a_grand_total_confirms_exactly_its_columns(store, approved, executed, open_stages):
    """A column without a printed total, or with a wrong one, is confirmed by nothing, and that is said."""
    file = TWO.format(approved=approved, executed=executed)
    verdict = read(store, file, APPROVED, EXECUTED, STRUCTURE)
    said = [str(found.message.values["statement"]) for found in told(verdict, "unconfirmed-total")]
    assert open_stages == [statement.rpartition(", ")[2] for statement in said]


def test_subtotals_alone_confirm_nothing(store):
    """Groups that agree leave the sum of all of them without a word."""
    verdict = read(store, AFTER.replace("    ;Total;34\n", ""))
    assert [found.value for found in told(verdict, "unconfirmed-total")] == ["34.00"]


def test_each_sheet_is_confirmed_by_its_own_total(store):
    """A total in one sheet says nothing of another."""
    sheet = """
        [municipality]
        from_sheet = true
        country_code = "ME"
        currency_code = "EUR"
    """
    header = ("code", "label", "approved")
    one = [header, ("1", "a", 5), ("2", "b", 6), ("", "Total", 11)]
    file = workbook({"One": one, "Two": [header, ("1", "a", 7), ("2", "b", 8)]})
    verdict = examined(store, file, mapping_of(APPROVED, STRUCTURE, town=sheet))
    assert [found.value for found in told(verdict, "unconfirmed-total")] == ["26.00"]


# --- rules ----------------------------------------------------------------

RESULT = """
    [[total]]
    column = "code"
    matches = '^result$'
    plus = '^in'
    minus = '^out'
    within = ["plan"]
"""
PLANS = """
    plan;code;label;approved
    A;in1;fees;50
    A;out1;pay;60
    A;result;result;-10
    B;in1;fees;7
    B;out1;pay;6
    B;result;result;{last}
"""


@pytest.mark.parametrize(("last", "told_rows"), [("1", []), ("2", [7])])
def test_a_rule_says_what_a_total_adds_and_takes_away(store, last, told_rows):
    """A result is income less expenses of its own plan; a difference is told at its row."""
    verdict = read(store, PLANS.format(last=last), APPROVED, RESULT)
    assert told_rows == [found.row_number for found in told(verdict, "printed-total")]
    assert total(verdict) == "123.00"


def test_a_rule_over_all_lines_is_the_grand_total(store):
    """What adds every line of the sheet confirms its sum."""
    rule = """
        [[total]]
        column = "code"
        matches = '^all$'
        plus = '.'
    """
    verdict = read(store, "code;label;approved\n1;a;5\n2;b;6\nall;all;11\n", APPROVED, rule)
    assert printed(verdict) == [(4, "11.00", "11.00", True)]
    assert told(verdict, "unconfirmed-total") == []


def test_a_row_rule_makes_a_total(store):
    """Without a structure, a [[row]] of the kind total is re-added and not stored."""
    rule = """
        [[row]]
        kind = "total"
        where = { label = '^Together' }
    """
    verdict = read(store, "code;label;approved\n1;a;5\n2;b;6\n9;Together;12\n", APPROVED, rule)
    assert [found[:3] for found in printed(verdict)] == [(4, "12.00", "11.00")]
    assert total(verdict) == "11.00"


def test_a_row_rule_makes_a_line_of_what_looks_like_a_total(store):
    """A line that is called a total stays a line where the mapping says so."""
    rule = """
        [[row]]
        kind = "line"
        where = { code = '^9' }
    """
    rows = "code;label;approved\n1;a;5\n2;b;6\n9;Total aid;11\n"
    verdict = read(store, rows, APPROVED, STRUCTURE, rule)
    assert total(verdict) == "22.00"
    assert list(sums(verdict).values()) == ["22.00"]


def test_of_two_row_rules_the_first_decides(store):
    """A row that both would take is what the first says."""
    rules = """
        [[row]]
        kind = "line"
        where = { code = '^9' }

        [[row]]
        kind = "skip"
        where = { label = 'x' }
        reason = "not ours"
    """
    verdict = read(store, "code;label;approved\n1;x;5\n9;x;6\n", APPROVED, rules)
    assert total(verdict) == "6.00"


LEAF = STRUCTURE + """    leaf = '^\\d{3}$'"""


def test_rows_whose_code_is_no_leaf_are_skipped_with_that_reason(store):
    """Where the mapping says what a line's code looks like, other codes are none, and told so."""
    rows = "code;label;approved\n411;a;5\n01;source;7\n412;b;6\n"
    verdict = read(store, rows, APPROVED, LEAF)
    assert total(verdict) == "11.00"
    assert {
        str(reason): str(money["approved"])
        for reason, _, money in verdict.fates
        if str(reason) != "a budget line"
    } == {"its code is not that of a budget line": "7.00"}


@pytest.mark.parametrize(
    "row",
    [";Total;1x1", "41;Staff;1x1", ";Reserve;1x1"],
    ids=["total", "group", "line without code"],
)
def test_a_figure_that_cannot_be_read_makes_no_heading(store, row):
    """A damaged figure is an error at its row: its money is not passed over as if there were none."""
    mapping = mapping_of(APPROVED, STRUCTURE, codes=BY_CODE + "    may_be_empty = true\n")
    verdict = examined(store, f"code;label;approved\n411;a;5\n412;b;7\n{row}\n", mapping)
    assert errors(verdict) == [("number", 4, "1x1")]


DOUBLED = """
    code;label;approved
    41;Staff;11
    411;Pay;5
    412;Tax;6
    499;Reserve;7
    499;Reserve;7
    4991;Fixed;
    4992;Current;
    ;Total;18
"""


@pytest.mark.parametrize(
    ("other", "rows"),
    [
        ("499;Reserve;7", [5]),
        ("499;Reserves;7", []),
        ("49;Reserve;7", []),
        ("499;Reserve;7.01", []),
    ],
    ids=["the same", "other words", "a code above", "a cent more"],
)
def test_a_subtotal_that_repeats_a_line_is_told(store, other, rows):
    """The printed total shows that the row is not added; that it stands twice is told all the same."""
    file = DOUBLED.replace("499;Reserve;7", other, 1)
    verdict = read(store, file)
    found = [found.row_number for found in told(verdict, "repeated-rows")]
    assert rows == found
    if rows:
        assert "18.00" == total(verdict)
