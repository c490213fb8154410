"""Corrections: rejected rows are downloaded, corrected, and only they are read again."""

from io import BytesIO

import openpyxl
import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    csv,
    errors,
    examined,
    mapping_of,
    sums,
    told,
    total,
    workbook,
)

from budgeting.imports.corrections import is_corrections, rejected_rows
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.model import Severity
from budgeting.translations import language

ENGLISH = language("en")
FILE = csv("""
    code;label;approved
    1;a;5
    2;b;x6
    3;c;x7
    4;d;8
""")
TWO_SHEETS = """
    [municipality]
    from_sheet = true
    country_code = "ME"
    currency_code = "EUR"
"""


def download(store, source, mapping=None, reader=ENGLISH):
    """Return the workbook of rejected rows of a file."""
    verdict = examined(store, source, mapping)
    return rejected_rows(source, verdict.tables, verdict.findings, reader)


def opened(content):
    return openpyxl.load_workbook(BytesIO(content))


def given_back(book, name="corrected.xlsx"):
    memory = BytesIO()
    book.save(memory)
    return SourceFile(name, memory.getvalue())


def again(store, source, cells, mapping=None, sheet=0):
    """Return the verdict after cells of the downloaded workbook were corrected."""
    book = opened(download(store, source, mapping))
    for cell, value in cells.items():
        book.worksheets[sheet][cell] = value
    return examined(store, source, mapping, corrections=given_back(book))


def rows_of(sheet):
    return [[cell.value for cell in row] for row in sheet]


# --- the download ---------------------------------------------------------


def test_exactly_the_rows_with_errors_are_downloaded(store):
    """With the file's own columns, their row numbers, and what was wrong with them."""
    header, *rows = rows_of(opened(download(store, FILE)).worksheets[0])
    assert ["code", "label", "approved", "paritet_row"] == header[:4]
    assert [["2", "b", "x6", 3], ["3", "c", "x7", 4]] == [row[:4] for row in rows]
    assert "x6" in rows[0][4]
    assert rows[0][5]


def test_two_errors_of_a_row_are_told_together(store):
    """The row stands once, with both sentences."""
    file = csv("code;label;approved;executed\n1;a;5;4\n2;b;x6;x7\n")
    book = opened(download(store, file, mapping_of(APPROVED, EXECUTED)))
    (row,) = rows_of(book.worksheets[0])[1:]
    assert "[approved]" in row[5]
    assert "[executed]" in row[5]


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
def test_the_workbook_is_read_whatever_its_language(store, code):
    """The names by which it is known again are not translated."""
    content = download(store, FILE, reader=language(code))
    assert is_corrections(SourceFile("x.xlsx", content))
    assert "paritet_row" in rows_of(opened(content).worksheets[0])[0]


@pytest.mark.parametrize(
    "source", [FILE, workbook({"rows": [("code",), ("1",)]}), SourceFile("x.xlsx", b"no workbook")]
)
def test_other_files_are_no_corrections(source):
    """A budget, another workbook and rubbish are told from the workbook of rejected rows."""
    assert not is_corrections(source)


# --- given back -----------------------------------------------------------


@pytest.mark.parametrize("six", [6, 6.0, "6", "6.00"])
def test_corrected_rows_take_the_place_of_theirs(store, editor, six):
    """Written as a number or as text, the corrected cell is read, and the file is accepted."""
    verdict = again(store, FILE, {"C2": six, "C3": 7})
    assert [] == errors(verdict)
    assert "26.00" == total(verdict)
    assert {"read": 4, "accepted": 4, "skipped": 0, "rejected": 0} == verdict.rows
    accept(store, verdict, editor)


def test_what_is_not_corrected_is_an_error_again(store):
    """Of two wrong rows one was corrected: the other still refuses the file."""
    verdict = again(store, FILE, {"C2": 6})
    assert [("number", 4, "x7")] == errors(verdict)
    assert "19.00" == total(verdict)


def test_a_note_says_how_many_rows_were_replaced(store):
    """What was read again is no secret."""
    (found,) = told(again(store, FILE, {"C2": 6, "C3": 7}), "corrections")
    assert (Severity.NOTE, 2) == (found.severity, found.message.values["count"])


def test_a_row_that_was_deleted_stays_as_it_was(store):
    """To delete a row of the workbook is not to correct it: it is an error again."""
    book = opened(download(store, FILE))
    book.worksheets[0]["C2"] = 6
    book.worksheets[0].delete_rows(3)
    verdict = examined(store, FILE, corrections=given_back(book))
    assert [("number", 4, "x7")] == errors(verdict)
    assert 4 == verdict.rows["read"]


def test_the_order_of_the_workbook_does_not_matter(store):
    """Sorted by somebody, each row still goes to its place."""
    book = opened(download(store, FILE))
    sheet = book.worksheets[0]
    second, third = ([cell.value for cell in sheet[place]] for place in (2, 3))
    for column, (one, other) in enumerate(zip(third, second, strict=True), start=1):
        sheet.cell(2, column).value, sheet.cell(3, column).value = one, other
    sheet["C2"], sheet["C3"] = 7, 6
    verdict = examined(store, FILE, corrections=given_back(book))
    (batch,) = verdict.batches
    assert [(2, "1", "5.00"), (3, "2", "6.00"), (4, "3", "7.00"), (5, "4", "8.00")] == [
        (row["row_number"], row["economic_class"], str(row["amount_0"]))
        for row in batch.lines.to_pylist()
    ]


def test_a_number_of_the_workbook_is_exact_beside_another_style(store):
    """1234.5 typed into a spreadsheet is that, though the file writes 5.000,50."""
    file = csv("code;label;approved\n1;a;5.000,50\n2;b;x6\n")
    assert "6235.00" == total(again(store, file, {"C2": 1234.5}))


def test_corrected_codes_are_read_as_text(store):
    """A code that was corrected stands where the corrected one belongs."""
    functions = '[[classification]]\ndimension = "function"\nlevels = [{ code = "f" }]'
    file = csv("code;label;f;approved\n1;a;09.1;5\n2;b;77;6\n")
    verdict = again(store, file, {"C2": "10.4"}, mapping_of(APPROVED, functions))
    assert [] == errors(verdict)
    assert ["09/09.1", "10/10.4"] == verdict.batches[0].lines["function"].to_pylist()


def test_the_workbook_of_another_file_is_refused(store):
    """Rows never take the place of rows of a file that they do not come from."""
    content = download(store, FILE)
    other = csv("code;label;approved\n1;a;5\n2;b;x6\n3;c;x7\n4;d;9\n")
    verdict = examined(store, other, corrections=SourceFile("c.xlsx", content))
    (found,) = told(verdict, "corrections")
    assert (Severity.ERROR, "small.csv") == (found.severity, found.value)
    assert not verdict.is_acceptable
    assert "14.00" == total(verdict)


def test_a_workbook_that_names_no_file_is_refused(store):
    """Without the sheet that names the file, nothing says where its rows belong."""
    book = opened(download(store, FILE))
    del book["paritet_file"]
    book.worksheets[0]["C2"] = 6
    verdict = examined(store, FILE, corrections=given_back(book))
    assert "corrections" in [check for check, *_ in errors(verdict)]


def test_each_sheet_gets_its_own_rows_back(store):
    """Of two sheets with the same row numbers, the corrections go to the right one."""
    header = ("code", "label", "approved")
    one = [header, ("1", "a", "x1"), ("2", "b", 20)]
    two = [header, ("1", "a", 300), ("2", "b", "x4")]
    file = workbook({"One": one, "Two": two})
    mapping = mapping_of(town=TWO_SHEETS)
    book = opened(download(store, file, mapping))
    assert ["rows 1", "rows 2", "paritet_file"] == book.sheetnames
    book["rows 1"]["C2"], book["rows 2"]["C2"] = 1, 4000
    verdict = examined(store, file, mapping, corrections=given_back(book))
    assert [] == errors(verdict)
    assert ["21.00", "4300.00"] == list(sums(verdict).values())


def test_a_formula_error_is_gone_with_its_correction(store):
    """A cell that ended in an error and was corrected is a figure; the question is no more."""
    file = csv("code;label;approved;executed\n1;a;5;4\n2;b;x6;#REF!\n")
    mapping = mapping_of(APPROVED, EXECUTED)
    assert told(examined(store, file, mapping), "formula-error")
    verdict = again(store, file, {"C2": 6, "D2": 70}, mapping)
    assert [] == told(verdict, "formula-error")
    assert "85.00" == total(verdict)
