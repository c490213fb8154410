"""Readers of workbooks: exact numbers, errors that are not lost, and files that would do harm."""

import struct
import time
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pyarrow.compute as pc
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from budgeting.imports.readers import read as read_source
from budgeting.imports.readers import read_all, sheets
from budgeting.imports.source import FileLayout, SourceFile

HEADER = ["Code", "Name", "Plan", "Done"]


def xlsx(fill):
    """Return the bytes of a workbook that `fill` writes."""
    packing = BytesIO()
    with xlsxwriter.Workbook(packing, {"in_memory": True}) as book:
        fill(book)
    return packing.getvalue()


def book_of(*rows, name="Budget"):
    def fill(book):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return xlsx(fill)


def ods(body, **more):
    """Return the bytes of an OpenDocument spreadsheet with these sheets."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    packing = BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        opened.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        opened.writestr("content.xml", content)
        for member, text in more.items():
            opened.writestr(member, text)
    return packing.getvalue()


def words(*cells):
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
        for c in cells
    )


def number(value, repeated=1):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" '
        f'table:number-columns-repeated="{repeated}"><text:p>{value}</text:p></table:table-cell>'
    )


def row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def table_of(name, *rows):
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def xls(*sheets_of_cells):
    """Return the bytes of an XLS file: BIFF8 records in a compound document of one stream."""

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def sheet(cells):
        parts = [record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
        for (at, column), value in cells.items():
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str) and value.startswith("#"):
                parts.append(
                    record(0x205, place + bytes([{"#REF!": 0x17, "#DIV/0!": 7}[value], 1]))
                )
            elif isinstance(value, str):
                text = value.encode("utf-16-le")
                parts.append(record(0x204, place + struct.pack("<HB", len(value), 1) + text))
            else:
                parts.append(record(0x203, place + struct.pack("<d", value)))
        return b"".join(parts) + record(0x0A, b"")

    bodies = [sheet(cells) for _, cells in sheets_of_cells]
    names = [name.encode("utf-16-le") for name, _ in sheets_of_cells]
    head = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + record(0x42, b"\xb0\x04")
    at = len(head) + sum(12 + len(name) for name in names) + 4
    bounds = b""
    for name, body in zip(names, bodies, strict=True):
        bounds += record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    stream = head + bounds + record(0x0A, b"") + b"".join(bodies)
    stream += b"\0" * (max(4096, -(-len(stream) // 512) * 512) - len(stream))
    return compound(stream)


def compound(stream):
    count = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, count + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))

    def entry(name, kind, child, start, size):
        text = name.encode("utf-16-le")
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<III", start, size, 0)
        )

    none = b"\0" * 64 + struct.pack("<HBBIII", 0, 0, 0, *[0xFFFFFFFF] * 3) + b"\0" * 48
    directory = (
        entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
        + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
        + none * 2
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    header += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + struct.pack("<128I", *table) + directory + stream


def changed(content, member, change):
    """Return a zip file in which one member is changed."""
    packing = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as old,
        zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == member else old.read(name))
    return packing.getvalue()


def read(content, layout=FileLayout()):  # noqa: B008
    return read_source(SourceFile("f", content), layout)


def cells(table):
    return [tuple(row[name] for name in table.header) for row in table.rows.to_pylist()]


def checks_of(table):
    return [finding.check for finding in table.findings]


def errors_of(table):
    return [(error.row_number, error.column, error.value) for error in table.errors]


SHEET1 = "xl/worksheets/sheet1.xml"
ROWS = [HEADER, ["411", "Wages", 1234.5600000000001, 4048580.0], ["412", "Rent", 0.1 + 0.2, -7]]
AS_XLS = {(r, c): value for r, cells_ in enumerate(ROWS) for c, value in enumerate(cells_)}
AS_ODS = table_of(
    "Budget",
    row(words(*HEADER)),
    *[row(words(code, name) + number(plan) + number(done)) for code, name, plan, done in ROWS[1:]],
)
KINDS = {"xlsx": book_of(*ROWS), "ods": ods(AS_ODS), "xls": xls(("Budget", AS_XLS))}


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
