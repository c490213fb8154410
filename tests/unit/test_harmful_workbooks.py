"""Workbooks that are sparse, huge, broken or hostile: they end no process and are told as findings."""

import struct
import time
from io import BytesIO

import pyarrow.compute as pc
import pytest
from fixtures.workbooks import (
    AS_ODS,
    HEADER,
    KINDS,
    ROWS,
    SHEET1,
    book_of,
    cells,
    changed,
    checks_of,
    compound,
    number,
    ods,
    read,
    row,
    table_of,
    words,
    xlsx,
)
from python_calamine import CalamineWorkbook

from budgeting.imports.readers import read_all
from budgeting.imports.source import SourceFile


def sparse(cell):
    """Return a workbook of a few cells and one in the last row and column."""
    rows = book_of(*ROWS)
    return changed(rows, SHEET1, lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"))


FAR = {
    "a far cell": b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a far cell in a near row": b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
    "a far cell written in another way": b"<row r='1048576'><c  s='1' r='XFD1048576'><v>1</v></c></row>",
}


@pytest.mark.parametrize("name", FAR)
def test_a_cell_far_away_does_not_end_the_process(name):
    """A sheet that reaches over billions of cells is refused with a sentence."""
    assert ["too-large"] == checks_of(read(sparse(FAR[name])))


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        b'<row r="1048576"><c r="B1048576" s="1"/></row>',
        b'<row r="9"><c r="XFD9" s="1"/></row>',
    ],
)
def test_a_cell_far_away_that_is_only_formatted_does_not_count(cell):
    """People colour whole columns."""
    assert (2, ()) == (read(sparse(cell)).rows.num_rows, read(sparse(cell)).findings)


def bomb(size):
    return changed(
        book_of(*ROWS),
        SHEET1,
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * size),
    )


def test_a_zip_bomb_is_not_unpacked():
    """A sheet that packs a thousand times is refused before it is opened; a small one is not."""
    before = time.perf_counter()
    assert ["too-large"] == checks_of(read(bomb(60_000_000)))
    assert ["too-large"] == [read_all(SourceFile("f", bomb(60_000_000)))[0].findings[0].check]
    assert time.perf_counter() - before < 20
    assert () == read(bomb(1_000_000)).findings


def test_a_zip_bomb_whose_directory_lies_is_not_unpacked():
    """The size that the file states is not believed."""
    content = bytearray(bomb(60_000_000))
    at = content.rfind(b"PK\x01\x02", 0, content.rfind(SHEET1.encode()))
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert ["too-large"] == checks_of(read(bytes(content)))


def test_an_ods_bomb_is_not_unpacked():
    """One cell that is repeated over a whole sheet."""
    body = table_of("s", row(words(*HEADER)), row(number(1, 16_384), 1_048_576))
    assert ["too-large"] == checks_of(read(ods(body)))


def test_the_empty_cells_behind_an_ods_sheet_do_not_count():
    """Spreadsheet programs write that the rest of the sheet is empty."""
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    body = AS_ODS.replace("</table:table>", row(rest, 1_048_570) + "</table:table>")
    assert (2, ()) == (read(ods(body)).rows.num_rows, read(ods(body)).findings)


def test_entities_of_xml_are_not_unfolded():
    """A document type in a workbook is a damaged workbook."""
    lol = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>'
    mark = b'<?xml version="1.0"?>'
    content = changed(ods(AS_ODS), "content.xml", lambda xml: xml.replace(mark, mark + lol))
    assert ["damaged-file"] == checks_of(read(content))


def test_an_encrypted_workbook_says_so():
    """A zip file that asks for a password."""
    content = bytearray(book_of(*ROWS))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    assert ["encrypted-file"] == checks_of(read(bytes(content)))


def test_a_workbook_with_a_password_is_a_compound_document_and_says_so():
    """XLSX files with a password are stored so."""
    content = compound(b"\0" * 4096).replace(
        "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18),
        "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 34),
    )
    assert ["encrypted-file"] == checks_of(read(content))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_a_finding(kind, part):
    """Never an exception, never half of its rows."""
    content = KINDS[kind][: int(len(KINDS[kind]) * part)]
    table = read(content)
    assert (table.findings and not table.rows.num_rows) or cells(table) == cells(read(KINDS[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_no_flipped_byte_makes_the_reader_raise(kind):
    """Whatever the damage, the answer is rows or a finding."""
    content = KINDS[kind]
    for at in range(0, len(content), max(1, len(content) // 200)):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        table = read(bytes(damaged))
        assert table.findings or table.rows.num_rows


def test_an_empty_workbook_is_a_finding():
    """With its sheet."""
    table = read(book_of(name="Nothing"))
    assert (["empty-file"], "Nothing") == (checks_of(table), table.findings[0].sheet)


@pytest.mark.parametrize(("width", "first"), [(500, "c0"), (20, "x" * 32_000)])
def test_wide_sheets_and_long_cells_are_read(width, first):
    """500 columns, and the longest cell that a spreadsheet holds."""
    header = [first, *[f"c{number}" for number in range(1, width)]]
    table = read(book_of(header, ["a", *range(1, width)], ["b", *range(1, width)]))
    assert (width, 2) == (len(table.header), table.rows.num_rows)


def test_words_that_begin_like_formulas_stay_words():
    """They are neither computed nor left out."""

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, HEADER)
        sheet.write_string(1, 0, "=1+1")
        sheet.write_string(1, 1, "<b>@x</b>")
        sheet.write_row(1, 2, [1, 2])

    assert [("=1+1", "<b>@x</b>", "1", "2")] == cells(read(xlsx(fill)))


def test_a_large_sheet_is_read_in_the_time_of_its_library():
    """Not much slower than the library alone; `make bench` measures how much."""

    def fill(book):
        sheet = book.add_worksheet("s")
        sheet.write_row(0, 0, HEADER)
        for at in range(1, 20_001):
            sheet.write_row(at, 0, [str(at), f"label {at % 100}", at * 1.25, at])

    content = xlsx(fill)
    read(content)
    started = time.process_time()
    CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    bare = time.process_time() - started
    started = time.process_time()
    table = read(content)
    assert time.process_time() - started < 4 * bare + 0.2
    assert (20_000, 250_012_500.0) == (table.rows.num_rows, pc.sum(table.typed["Plan"]).as_py())
