"""Sums in workbooks: they go on adding when a cell is changed, and never add a sum twice."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pyarrow as pa
import pytest
from fixtures.prepared import store_after
from fixtures.programme_town import (
    NURSERIES,
    PLAYGROUNDS,
    REPAIR,
    build_town,
    give,
    judged,
    statement,
    ticked,
    told,
)

from budgeting.exports import export
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import RuleKind
from budgeting.model import Column, Report, Table, text
from budgeting.reports.statements.layouts import LAYOUTS
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


# --- the sheets of all layouts --------------------------------------------


@pytest.fixture(scope="module")
def town():
    opened = store_after()
    build_town(opened, country="RS")
    give(opened, "ph_gad", PLAYGROUNDS, (judged("client"), "0.333333"))
    for code in {"nepal", *(name for one in LAYOUTS.values() for name in one.methodologies)}:
        for subject, turn in ((NURSERIES, 0), (REPAIR, 1)):
            give(opened, code, subject, (evidence_of(methodology(code), turn), "0.666667"))
    yield opened
    opened.close()


def evidence_of(method, turn):
    category, words = method.categories[turn], told(method)
    if method.rule is RuleKind.BANDS or method.is_points_checklist:
        return Evidence(score=category.threshold.value, texts=words)
    if method.rule is RuleKind.CHECKLIST:
        return replace(ticked(method.code, category.code), texts=words)
    return Evidence(category=category.code, texts=words)


def sheet_of(report, **reading):
    content = BytesIO(export(report, "xlsx", language("en")))
    return openpyxl.load_workbook(content, **reading)


def computed(sheet, formula):
    """What SUBTOTAL gives: the sum of the numbers in a range that are no subtotals themselves."""
    (area,) = re.fullmatch(r"=SUBTOTAL\(9,(\w+(?::\w+)?)\)", formula).groups()
    cells = sheet[area]
    column = [cells] if not isinstance(cells, tuple) else [row[0] for row in cells]
    return sum(Decimal(str(c.value)) for c in column if isinstance(c.value, int | float))


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_a_spreadsheet_computes_is_what_stands_there(town, name):
    """In each layout every formula gives the number that was written beside it, and there are some."""
    report = statement(town, (LAYOUTS[name].methodologies or ("nepal",))[0], layout=name)
    live, still = (sheet_of(report, data_only=one).worksheets[0] for one in (False, True))
    formulas = [cell for row in live.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert formulas
    for cell in formulas:
        assert computed(live, cell.value) == Decimal(str(still[cell.coordinate].value)), cell


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_file_is_stamped(town, name, kind):
    """Whose, which year and stage, methodology with version, layout, data version, share not screened."""
    code = (LAYOUTS[name].methodologies or ("nepal",))[0]
    report = statement(town, code, layout=name, stage="approved")
    if kind == "xlsx":
        about = sheet_of(report).worksheets[-1]
        said = " ".join(str(cell.value) for row in about.iter_rows() for cell in row)
    else:
        said = export(report, "csv", language("en")).decode("utf-8-sig")
    version = methodology(code, on=date(2024, 12, 31)).version
    share = language("en").share(report.facts["not_screened_share"])
    for words in ("smallton", "2024", "approved", code, version, name, f"not screened: {share}"):
        assert words in said
    assert str(report.data_version) in said
