"""Readers of workbooks: exact numbers, errors that are not lost, and which sheets are read."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from fixtures.workbooks import (
    AS_XLS,
    HEADER,
    KINDS,
    ROWS,
    SHEET1,
    book_of,
    cells,
    changed,
    checks_of,
    number,
    ods,
    read,
    row,
    table_of,
    words,
    xls,
    xlsx,
)

from budgeting.imports.readers import read_all, sheets
from budgeting.imports.source import FileLayout, SourceFile


def errors_of(table):
    return [(error.row_number, error.column, error.value) for error in table.errors]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_a_workbook_have_their_exact_text(kind):
    """A point, no exponent, no noise behind 15 digits; and their value beside it."""
    table = read(KINDS[kind])
    assert [("411", "Wages", "1234.56", "4048580"), ("412", "Rent", "0.3", "-7")] == cells(table)
    assert ({"Plan", "Done"}, [4048580.0, -7.0]) == (
        set(table.typed),
        table.typed["Done"].to_pylist(),
    )
    assert ("Budget", 1, ()) == (table.sheet, table.layout.header_row, table.findings)
    assert ("Budget",) == sheets(SourceFile("f", KINDS[kind]))


def test_rows_have_the_numbers_that_a_spreadsheet_shows():
    """Also where the sheet begins with empty rows and columns; empty rows are counted."""

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write_row(3, 2, HEADER)
        sheet.write_row(4, 2, ["411", "Wages", 1, 2])
        sheet.write_row(6, 2, ["412", "Rent", 3, 4])

    table = read(xlsx(fill))
    assert ([5, 7], (6,), 4) == (
        table.rows["row_number"].to_pylist(),
        table.skipped,
        table.layout.header_row,
    )
    assert tuple(HEADER) == table.header


def test_a_column_of_words_and_numbers_tells_which_is_which():
    """The cells that are words are null among the numbers."""
    table = read(book_of(["Code", "Plan"], ["a", 1.5], ["b", "2,50"], ["c", "  -  "], ["d", 4]))
    assert ["1.5", "2,50", "  -  ", "4"] == table.rows["Plan"].to_pylist()
    assert [1.5, None, None, 4.0] == table.typed["Plan"].to_pylist()


def test_dates_and_truth_are_text():
    """Dates are written as ISO 8601."""

    def fill(book):
        sheet = book.add_worksheet("s")
        day, moment = (
            book.add_format({"num_format": written}) for written in ("d.m.yyyy", "d.m.yyyy h:mm:ss")
        )
        sheet.write_row(0, 0, ["Date", "Time", "Truth", "Plan"])
        sheet.write_datetime(1, 0, date(2014, 1, 2), day)
        sheet.write_datetime(1, 1, datetime(2014, 1, 2, 3, 4, 5), moment)
        sheet.write_boolean(1, 2, True)
        sheet.write_number(1, 3, 5)

    assert [("2014-01-02", "2014-01-02T03:04:05", "TRUE", "5")] == cells(read(xlsx(fill)))


def with_errors(book):
    sheet = book.add_worksheet("s")
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["411", "Wages", 1, 2])
    sheet.write_row(2, 0, ["412", "Rent"])
    sheet.write_formula(2, 2, "=C2/0", None, "#DIV/0!")
    sheet.write_formula(2, 3, "=C2+#REF!", None, "#REF!")


ERRORS = {
    "xlsx": xlsx(with_errors),
    "ods": ods(
        table_of(
            "s",
            row(words(*HEADER)),
            row(words("411", "Wages") + number(1) + number(2)),
            row(
                words("412", "Rent")
                + "".join(
                    f'<table:table-cell office:value-type="string" calcext:value-type="error" '
                    f'table:formula="of:=1/0"><text:p>{error}</text:p></table:table-cell>'
                    for error in ("#DIV/0!", "#REF!")
                )
            ),
        )
    ),
    "xls": xls(("s", AS_XLS | {(2, 2): "#DIV/0!", (2, 3): "#REF!"})),
}


@pytest.mark.parametrize("kind", ERRORS)
def test_the_error_of_a_formula_is_no_empty_cell(kind):
    """It stands in the row as a spreadsheet shows it, and is listed with its place."""
    table = read(ERRORS[kind])
    assert [(3, "Plan", "#DIV/0!"), (3, "Done", "#REF!")] == errors_of(table)
    assert ("412", "Rent", "#DIV/0!", "#REF!") == cells(table)[1]


def test_a_formula_that_was_never_computed_is_no_empty_cell():
    """A program wrote the formula but no value: that is a warning, and the cell an error."""
    book = openpyxl.Workbook()
    for values in (HEADER, ["411", "Wages", 1, 2], ["412", "Total", "=C2", "=D2"]):
        book.active.append(values)
    packing = BytesIO()
    book.save(packing)
    table = read(packing.getvalue())
    assert ["formula-without-result"] == checks_of(table)
    assert [(3, "Plan"), (3, "Done")] == [place[:2] for place in errors_of(table)]


def test_a_formula_whose_result_is_no_word_is_an_empty_cell():
    """An empty result is a result."""

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["411", "Wages", 1, 2])
        sheet.write_formula(2, 0, '=IF(A2="x","y","")', None, "")
        sheet.write_row(2, 1, ["Rent", 1, 2])

    content = changed(xlsx(fill), SHEET1, lambda xml: xml.replace(b"</f><v>0</v>", b"</f><v></v>"))
    content = changed(
        content, SHEET1, lambda xml: xml.replace(b'<c r="A3">', b'<c r="A3" t="str">')
    )
    assert ((), ()) == (read(content).errors, read(content).findings)


def test_merged_cells_of_a_header_name_every_column_under_them():
    """Several rows, cells merged across and down, under a banner."""

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.merge_range("A1:F1", "Budget of the town")
        sheet.merge_range("A3:A4", "Code")
        sheet.merge_range("B3:B4", "Name")
        sheet.merge_range("C3:D3", "2014")
        sheet.merge_range("E3:F3", "2015")
        sheet.write_row(3, 2, ["Plan", "Done", "Plan", "Done"])
        sheet.write_row(4, 0, ["411", "Wages", 1, 2, 3, 4])
        sheet.write_row(5, 0, ["412", "Rent", 5, 6, 7, 8])

    table = read(xlsx(fill))
    assert ("Code", "Name", "2014 Plan", "2014 Done", "2015 Plan", "2015 Done") == table.header
    assert (3, 2, [5, 6]) == (
        table.layout.header_row,
        table.layout.header_rows,
        table.rows["row_number"].to_pylist(),
    )
    assert [1] == [number for number, _ in table.above]


def sheets_of(book):
    cover, data, empty, hidden = (
        book.add_worksheet(name) for name in ("Cover", "Budget", "Empty", "Old")
    )
    cover.write(0, 0, "Budget of the town")
    empty.hide()
    hidden.hide()
    for sheet in (data, hidden):
        for at, values in enumerate(ROWS):
            sheet.write_row(at, 0, values)


def test_the_first_sheet_with_a_table_is_read():
    """Not the cover; a note says that there are others."""
    table = read(xlsx(sheets_of))
    assert ("Budget", ["other-sheets"]) == (table.sheet, checks_of(table))


def test_a_sheet_is_read_by_its_name():
    """A name that is not there is a finding with the names that are."""
    assert "Old" == read(xlsx(sheets_of), FileLayout(sheet="Old")).sheet
    missing = read(xlsx(sheets_of), FileLayout(sheet="New"))
    assert ["sheet"] == checks_of(missing)
    assert "Cover, Budget, Empty, Old" in str(missing.findings[0].message)


def test_all_sheets_with_rows_are_read_hidden_ones_too():
    """A hidden sheet says so; every finding names its sheet."""
    tables = read_all(SourceFile("f", xlsx(sheets_of)))
    assert ["Budget", "Old"] == [table.sheet for table in tables if len(table.header) > 1]
    assert "hidden-sheet" in checks_of(tables[-1])
    assert {table.sheet for table in tables} >= {
        f.sheet for table in tables for f in table.findings
    }
    assert "Empty" not in {table.sheet for table in tables}
