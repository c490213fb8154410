"""Verdict: a file is refused, asked about or acceptable, and every row and cent has its fate."""

from decimal import Decimal

import pyarrow.compute as pc
import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    STRUCTURE,
    csv,
    errors,
    examined,
    mapping_of,
    told,
    total,
)
from fixtures.prepared import store_after
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.errors import ImportRefused
from budgeting.imports.meaning.fates import REJECTED
from budgeting.imports.source import FileLayout, NumberStyle
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import LINE_REASON
from budgeting.model import Severity

FUNCTIONS = """
    [[classification]]
    dimension = "function"
    levels = [{ code = "f" }]
"""


def reasons(**given):
    return {name.replace("_", "-"): reason for name, reason in given.items()}


# --- questions and reasons ------------------------------------------------

WRONG_TOTAL = "code;label;approved\n1;a;5\n2;b;6\n;Total;12\n"


def totalled(store, **how):
    return examined(store, WRONG_TOTAL, mapping_of(APPROVED, STRUCTURE), **how)


def test_a_wrong_total_blocks_until_there_is_a_reason(store, editor):
    """The difference is a question: without a reason it refuses, with one it is stored."""
    asked = totalled(store)
    assert asked.open_checks == ("printed-total",)
    with pytest.raises(ImportRefused):
        accept(store, asked, editor)
    answered = totalled(store, reasons=reasons(printed_total="rounded by the printer"))
    assert answered.open_checks == ()
    assert answered.is_acceptable
    accept(store, answered, editor)


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_empty_reason_is_none(store, reason):
    """Somebody has to say something."""
    assert totalled(store, reasons={"printed-total": reason}).open_checks == ("printed-total",)


def test_a_reason_counts_only_for_its_check(store):
    """Acknowledging one kind of question leaves the others open."""
    rows = "code;label;approved\n1;a;5\n2;b;#REF!\n3;c;6\n;Total;12\n"
    mapping = mapping_of(APPROVED, STRUCTURE)
    both = examined(store, rows, mapping)
    assert {"printed-total", "formula-error"} == set(both.open_checks)
    one = examined(store, rows, mapping, reasons=reasons(printed_total="known"))
    assert one.open_checks == ("formula-error",)
    other = examined(store, rows, mapping, reasons=reasons(rejected_rows="known"))
    assert {"printed-total", "formula-error"} == set(other.open_checks)


def test_a_reason_does_not_make_an_error_acceptable(store):
    """What cannot be read is no question: no reason but that for leaving rows out helps."""
    rows = "code;label;approved\n1;a;5\n2;b;6x\n"
    verdict = examined(store, rows, reasons=reasons(number="we know"))
    assert errors(verdict) == [("number", 3, "6x")]
    assert not verdict.is_acceptable


# --- rows with errors -----------------------------------------------------

WITH_ERRORS = "code;label;f;approved\n1;a;09.1;5\n2;b;09.1;6x\n3;c;77;7\n4;d;09.1;8\n"


def erring(store, **how):
    return examined(store, WITH_ERRORS, mapping_of(APPROVED, FUNCTIONS), **how)


def test_a_row_with_an_error_refuses_the_file(store, editor):
    """Half a file is never stored in silence."""
    verdict = erring(store)
    assert sorted((check, row) for check, row, _ in errors(verdict)) == [
        ("number", 3),
        ("unknown-function", 4),
    ]
    with pytest.raises(ImportRefused):
        accept(store, verdict, editor)


def test_with_a_reason_exactly_the_rows_with_errors_are_left_out(store, editor):
    """The other rows are stored; the errors stay as warnings, so that the import keeps them."""
    verdict = erring(store, reasons=reasons(rejected_rows="two rows come later"))
    assert verdict.is_acceptable
    assert total(verdict) == "13.00"
    assert verdict.rows == {"read": 4, "accepted": 2, "skipped": 0, "rejected": 2}
    assert {3, 4} == {
        found.row_number
        for found in verdict.with_severity(Severity.WARNING)
        if found.check in ("number", "unknown-function")
    }
    accept(store, verdict, editor)


def test_rows_left_out_are_counted_with_their_money(store):
    """The money of a rejected row is told, as far as it could be read."""
    verdict = erring(store, reasons=reasons(rejected_rows="later"))
    money = {reason: (count, amounts) for reason, count, amounts in verdict.fates}
    assert (2, {"approved": Decimal("7.00")}) == money[REJECTED]
    assert (2, {"approved": Decimal("13.00")}) == money[LINE_REASON]


def test_an_error_of_the_file_is_no_row_to_leave_out(store):
    """A missing year or column is not answered by leaving rows out."""
    verdict = examined(
        store,
        "code;label;approved\n1;a;5\n",
        fiscal_year=None,
        reasons=reasons(rejected_rows="later"),
    )
    assert errors(verdict) == [("fiscal-year", None, None)]
    assert not verdict.is_acceptable


def test_a_file_of_which_all_rows_are_left_out_is_refused(store):
    """There is nothing to store."""
    verdict = examined(
        store, "code;label;approved\n1;a;5x\n", reasons=reasons(rejected_rows="later")
    )
    assert not verdict.is_acceptable
    assert verdict.rows["rejected"] == 1


# --- rows and money close -------------------------------------------------

SKIP = """
    [[row]]
    kind = "skip"
    where = { label = '^memo' }
    reason = "a memorandum item"
"""
MIXED = """
    code;label;approved;executed
    ;Office;;
    41;Staff;11;9
    411;Pay;5;4
    412;Tax;6;5

    9;memo: debt;1000;
    421;Heat;20;
    5;nothing;;
    ;Total;31;9
"""


def test_rows_are_skipped_with_the_reason_of_the_mapping(store):
    """The reason stands beside the number of rows and their money."""
    verdict = examined(store, MIXED, mapping_of(APPROVED, EXECUTED, STRUCTURE, SKIP))
    fates = {str(reason): (count, money) for reason, count, money in verdict.fates}
    assert (1, {"approved": Decimal("1000.00")}) == fates["a memorandum item"]


def test_every_row_has_one_fate(store):
    """Read = accepted + skipped + rejected; an empty row is read and skipped as well."""
    verdict = examined(store, MIXED, mapping_of(APPROVED, EXECUTED, STRUCTURE, SKIP))
    assert verdict.rows == {"read": 9, "accepted": 3, "skipped": 6, "rejected": 0}
    assert sum(count for _, count, _ in verdict.fates) == 8


def test_the_money_of_all_fates_is_the_money_of_the_file(store):
    """Column by column: what the lines, the totals and the skipped rows have is all there is."""
    verdict = examined(store, MIXED, mapping_of(APPROVED, EXECUTED, STRUCTURE, SKIP))
    sums = {"approved": Decimal(0), "executed": Decimal(0)}
    for _, _, money in verdict.fates:
        for column, amount in money.items():
            sums[column] += amount
    assert {"approved": Decimal("1073.00"), "executed": Decimal("27.00")} == sums
    lines = {reason: money for reason, _, money in verdict.fates}[LINE_REASON]
    assert {"approved": Decimal("31.00"), "executed": Decimal("9.00")} == lines


CODES = st.sampled_from(["", "4", "41", "411", "412", "x"])
WORDS = st.sampled_from(["", "Pay", "Total", "memo: debt", "Office"])
CELLS = st.sampled_from(["", "0", "5", "-7.25", "1000", "x1", "-", "#REF!"])


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(CODES, WORDS, CELLS, CELLS), min_size=1, max_size=12))
@pytest.mark.parametrize("is_leaving_out", [False, True])
def test_whatever_stands_in_a_file_rows_and_money_close(rows, is_leaving_out, empty):
    """No mixture of lines, totals, headings, memos and rubbish makes a row or a cent disappear."""
    answers = {"reasons": reasons(rejected_rows="later")} if is_leaving_out else {}
    file = "\n".join(["code;label;approved;executed", *map(";".join, rows)])
    mapping = mapping_of(APPROVED, EXECUTED, STRUCTURE, SKIP)
    verdict = examined(empty, csv(file), mapping, **answers)
    counted = verdict.rows
    assert counted["read"] == counted["accepted"] + counted["skipped"] + counted["rejected"]
    assert min(counted.values()) >= 0
    for table, meaning in zip(verdict.tables, verdict.meanings, strict=True):
        if meaning is None:
            continue
        assert table.rows.num_rows == sum(count for _, count, _ in verdict.fates)
        for column, values in meaning.figures.values.items():
            parts = [money.get(column, Decimal(0)) for _, _, money in verdict.fates]
            assert (pc.sum(values).as_py() or 0) == sum(parts)


@pytest.fixture(scope="module")
def empty():
    """A database without anything; nothing is written to it."""
    opened = store_after()
    yield opened
    opened.close()


# --- the mapping's municipality and layout --------------------------------


def test_a_municipality_that_nobody_says_is_asked_for(store):
    """Without one in the mapping and none stated, an error asks."""
    verdict = examined(store, "code;label;approved\n1;a;5\n", mapping_of(town=""))
    assert errors(verdict) == [("municipality", None, None)]


def test_a_layout_that_a_person_states_goes_before_the_mapping(store):
    """Where the detection or the mapping was corrected, the correction holds."""
    mapping = mapping_of(top='[file]\ndecimal = "."\ngroup = ","')
    rows = "code;label;approved\n1;a;1,234\n"
    assert total(examined(store, rows, mapping)) == "1234.00"
    layout = FileLayout(style=NumberStyle(","))
    verdict = examined(store, rows, mapping, layout=layout)
    assert total(verdict) == "1.23"
    assert [found.check for found in verdict.with_severity(Severity.QUESTION)] == ["rounded"]


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(store):
    """2.952 alone may be 2952 or 2.952: an error asks, and a stated style answers."""
    rows = "code;label;approved\n1;a;2.952\n"
    asked = examined(store, rows)
    assert errors(asked) == [("number-style", None, "2.952")]
    said = examined(store, rows, layout=FileLayout(style=NumberStyle(",", ".")))
    assert total(said) == "2952.00"


def test_findings_of_one_kind_stand_in_order_of_what_they_ask(store):
    """Errors first, then questions, warnings and notes."""
    rows = "code;label;approved;executed\n1;a;5;9\n1;b;6x;1\n2;c;#REF!;1\n"
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED))
    order = [list(Severity).index(found.severity) for found in verdict.findings]
    assert sorted(order) == order
    assert told(verdict, "number")


@pytest.mark.parametrize("reason", ["", "  "])
def test_rows_are_not_left_out_for_an_empty_reason(store, reason):
    """Without words, errors stay errors."""
    assert not erring(store, reasons={"rejected-rows": reason}).is_acceptable
