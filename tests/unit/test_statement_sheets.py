"""Sums in workbooks: they go on adding when a cell is changed, and never add a sum twice."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pyarrow as pa

from budgeting.exports import export
from budgeting.model import Column, Report, Table, text
from budgeting.translations import language

AMOUNTS = [Decimal(amount) for amount in (1, 2, 3, 4, 4, 7)]


def workbook(amounts=AMOUNTS):
    """Two lines and their sum; a line and its sum; the sum of all."""
    rows = pa.table(
        {
            "label": ["a", "b", "sum", "c", "sum", "total"],
            "amount": pa.array(amounts, pa.decimal128(38, 2)),
            "adds": [0, 0, 2, 0, 1, 5],
        }
    )
    columns = (Column("label", text("Line")), Column("amount", text("Amount"), "money", "EUR"))
    table = Table(columns, rows, sums="adds")
    report = Report("statement", text("Statement"), text("Seven."), {}, {"statement": table})
    return BytesIO(export(report, "xlsx", language("en")))


def cells(**reading):
    sheet = openpyxl.load_workbook(workbook(), **reading).worksheets[0]
    return [sheet.cell(row, 2) for row in range(2, 8)]


def test_sums_are_formulas_over_what_they_add():
    assert [cell.value for cell in cells()] == [
        1,
        2,
        "=SUBTOTAL(9,B2:B3)",
        4,
        "=SUBTOTAL(9,B5)",
        "=SUBTOTAL(9,B2:B6)",
    ]


def test_a_reader_that_does_not_compute_sees_the_same_sums():
    assert [cell.value for cell in cells(data_only=True)] == [1, 2, 3, 4, 4, 7]


def test_sums_stand_out():
    assert [bool(cell.font.bold) for cell in cells()] == [False, False, True, False, True, True]


def test_an_amount_too_large_for_a_sheet_stays_exact_text():
    huge = [*AMOUNTS[:5], Decimal("99999999999999999.99")]
    sheet = openpyxl.load_workbook(workbook(huge)).worksheets[0]
    assert sheet.cell(7, 2).value == "99999999999999999.99"


def test_a_sum_of_what_a_sheet_cannot_hold_is_no_formula():
    """A formula would pass over the amount that is text: the sum stays the number that it is."""
    long = [Decimal("12345678901234.56"), Decimal(-12345678901230), *AMOUNTS[2:]]
    sheet = openpyxl.load_workbook(workbook(long)).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (2, 4, 6, 7)] == [
        "12345678901234.56",
        3,
        "=SUBTOTAL(9,B5)",
        7,
    ]


def test_the_sheet_prints_on_one_width_with_its_heading():
    sheet = openpyxl.load_workbook(workbook()).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddHeader.left.text == "Statement"
    assert sheet.oddHeader.right.text == "Data version 0"


def test_rows_that_belong_together_are_not_sorted_apart():
    assert openpyxl.load_workbook(workbook()).worksheets[0].auto_filter.ref is None
