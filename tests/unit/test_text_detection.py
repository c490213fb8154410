"""Readers of text files: encoding, delimiter and header are detected; packages and very large files."""

import json
import zipfile
from io import BytesIO

import pytest
from fixtures.text_files import cells, checks_of, numbers, read

from budgeting.imports.readers import descriptor_of, read_all, sheets, source_from_path
from budgeting.imports.readers import read as read_source
from budgeting.imports.source import FileLayout, SourceFile

DETECT = FileLayout()


def test_the_fingerprint_is_of_the_bytes():
    """SHA-256 over exactly what was given."""
    assert (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        == SourceFile("f", b"abc").sha256
    )


BOSNIAN = "šifra;opis;iznos\n411;Plaće zaposlenih;5\n412;Doprinosi poslodavca, žene, kuće, đaci;6\n"
CYRILLIC = (
    "шифра;опис;износ\n411;Плате и додаци запослених;5\n412;Социјални доприноси ЉУБАВ џез;6\n"
)
LITHUANIAN = "kodas;pavadinimas;suma\n1;Švietimo įstaigų ąžuolų gatvėje;5\n2;Socialinė parama šeimoms, ūkis;6\n"
SWEDISH = (
    "kod;benämning;belopp\n1;Förskola och äldreomsorg på ön;5\n2;Gator, vägar och ÅTERVINNING;6\n"
)
GERMAN = "Nummer;Bezeichnung;Betrag\n1;Öffentliche Gebühren für Straßen;5\n2;Jugendämter, Gemäße Zuschüsse;6\n"
SPANISH = (
    "código;descripción;importe\n1;Enseñanza y niños;5\n2;MUJERES Y DISEÑO DE PROGRAMACIÓN;6\n"
)
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
TEXTS = [
    *[(BOSNIAN, encoding) for encoding in [*UNICODE, "cp1250"]],
    *[(CYRILLIC, encoding) for encoding in [*UNICODE, "cp1251"]],
    *[(LITHUANIAN, encoding) for encoding in [*UNICODE, "cp1257"]],
    *[(SWEDISH, encoding) for encoding in [*UNICODE, "cp1252", "cp850"]],
    *[(GERMAN, encoding) for encoding in [*UNICODE, "cp1252", "cp850"]],
    *[(SPANISH, encoding) for encoding in [*UNICODE, "cp1252", "cp850"]],
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_the_encoding_is_detected(text, encoding):
    """Every letter is right, and the layout says which encoding it was."""
    table = read(text, DETECT, encoding)
    expected = [tuple(row.split(";")) for row in text.splitlines()]
    assert (expected[0], expected[1:]) == (table.header, cells(table))
    assert encoding == table.layout.encoding


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_what_was_detected_can_be_stated(text, encoding):
    """The layout that was found, stated, gives the same table without a doubt."""
    found = read(text, DETECT, encoding)
    again = read(text, found.layout, encoding)
    assert (found.rows, found.layout, ()) == (again.rows, again.layout, again.findings)


def test_an_encoding_that_fits_as_well_is_told_where_letters_differ():
    """ "Č" alone may be "È": the note shows a word in both readings."""
    (note,) = read("naziv;b\nČelik;4\n", DETECT, "cp1250").findings
    assert ("encoding", "note") == (note.check, note.severity)
    assert "Èelik" in str(note.message)


def test_an_encoding_that_gives_the_same_letters_is_not_told():
    """German letters stand at the same places in cp1250 and cp1252."""
    assert () == read(GERMAN, DETECT, "cp1252").findings


def test_a_byte_that_is_none_in_the_encoding_of_the_file_is_an_error_at_its_row():
    """One wrong byte does not make a UTF-8 file a western one."""
    content = BOSNIAN.encode().replace(b"Doprinosi", b"Dopri\xffnosi")
    table = read(content, DETECT)
    assert (["encoding"], 3, "0xFF") == (
        checks_of(table),
        table.findings[0].row_number,
        table.findings[0].value,
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected(delimiter):
    """By how evenly it splits the rows, whatever quoted cells hold."""
    rows = [["code", "a, label; of | all", "amount"], ["1", "x, y; z", "5"], ["2", "|||", "6"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    table = read(text, DETECT)
    assert (delimiter, tuple(rows[0]), 2) == (
        table.layout.delimiter,
        table.header,
        table.rows.num_rows,
    )


def test_decimal_commas_do_not_split_a_file():
    """Semicolons do, although every row has as many commas."""
    table = read("a;b;c\nx;1,50;2,50\ny;3,20;4,20\nz;5,00;1,00\n", DETECT)
    assert (";", ("a", "b", "c")) == (table.layout.delimiter, table.header)


def test_a_banner_does_not_confuse_the_delimiter_or_the_header():
    """Rows above the header are kept with their numbers, and are no error."""
    table = read("Budget of the town, revised\n\nin dinars\na;b\nx;1\ny;2\n", DETECT)
    assert (("a", "b"), 4, ()) == (table.header, table.layout.header_row, table.findings)
    assert [(1, "Budget of the town, revised"), (3, "in dinars")] == [
        (number, row[0]) for number, row in table.above
    ]
    assert [5, 6] == numbers(table)


def test_a_file_without_a_header_has_numbered_columns():
    """The first row is read, not taken for names."""
    table = read("001;Town;14825;27520.16\n002;Town;56393;89437.48\n", DETECT)
    assert (("#1", "#2", "#3", "#4"), 0, [1, 2]) == (
        table.header,
        table.layout.header_row,
        numbers(table),
    )


def test_years_are_names_of_columns():
    """A header of words and years is one; the same years in every row are data."""
    assert ("unit", "2014", "2015") == read("unit;2014;2015\nx;1,5;2\ny;3;4\n", DETECT).header
    assert 0 == read("x;2014;5\ny;2015;6\n", DETECT).layout.header_row


def test_a_header_of_two_rows_is_joined():
    """A word over several columns stands in the name of each of them."""
    table = read(
        "Code;Name;2014;;2015;\n;;Plan;Done;Plan;Done\n411;Wages;1;2;3;4\n412;Rent;5;6;7;8\n",
        DETECT,
    )
    assert ("Code", "Name", "2014 Plan", "2014 Done", "2015 Plan", "2015 Done") == table.header
    assert (1, 2, [3, 4]) == (table.layout.header_row, table.layout.header_rows, numbers(table))


@pytest.mark.parametrize("numbering", ["1;2;3;4", "1;2;3;4=2+3", "(1);(2);(3);(4)"])
def test_a_row_that_numbers_the_columns_belongs_to_the_header(numbering):
    """It is no name and no data; a note says that it was left out."""
    table = read(f"Code;Name;Plan;Done\n{numbering}\n411;Wages;1;2\n412;Rent;5;6\n", DETECT)
    assert ("Code", "Name", "Plan", "Done") == table.header
    assert (2, [3, 4], ["header"]) == (table.layout.header_rows, numbers(table), checks_of(table))


def test_data_that_count_like_columns_stay_data():
    """1, 2, 3 below three columns of numbers are three amounts."""
    assert [("1", "2", "3"), ("4", "9", "6")] == cells(read("a;b;c\n1;2;3\n4;9;6\n", DETECT))


def test_headings_below_the_header_are_data():
    """Words in a column of words are no second header row."""
    table = read(";Code;Name;Plan\n;;Town hall;\n;;Office of the mayor;\n;411;Wages;5\n", DETECT)
    assert (("Code", "Name", "Plan"), [2, 3, 4]) == (table.header, numbers(table))


def test_the_header_can_be_stated():
    """Another row, several rows, or none: what is stated goes before what is seen."""
    text = "a;b\nc;d\nx;1\n"
    assert ("c", "d") == read(text, FileLayout(header_row=2)).header
    assert ("a c", "b d") == read(text, FileLayout(header_row=1, header_rows=2)).header
    assert (("#1", "#2"), 3) == (
        read(text, FileLayout(header_row=0)).header,
        read(text, FileLayout(header_row=0)).rows.num_rows,
    )


@pytest.mark.parametrize("row", [4, 1_000_000, -1])
def test_a_header_stated_in_a_row_that_is_not_there_is_a_finding(row):
    """The sentence names the row."""
    table = read("a;b\nc;d\nx;1\n", FileLayout(header_row=row))
    assert ["header"] == checks_of(table)


@pytest.mark.parametrize(
    ("header", "severity"),
    [("a;b", "question"), ("a;b;c;d", "error"), ("a;b;c;", None), ("a;b;c", None)],
)
def test_a_header_of_another_width_than_its_rows_is_not_trusted(header, severity):
    """Its names may not stand over their columns; empty cells at its end do not matter."""
    table = read(header + "\nx;1;2\ny;3;4\nz;5;6\n")
    assert ([severity] if severity else []) == [finding.severity for finding in table.findings]
    assert 3 == table.rows.num_rows


def test_a_comment_is_a_skipped_row():
    """A row of one cell that begins with # is no broken row."""
    table = read("a;b\n# from the ministry\nx;1\n")
    assert ((2,), (), [3]) == (table.skipped, table.rejected, numbers(table))


@pytest.mark.parametrize(
    "text", ['a;b;c\nx;1;"y\nz;2;3\nw;4;5\n', 'a;b;c\nx;1;"y\nz;2;3"\nw;4;5\n']
)
def test_rows_that_a_quotation_mark_swallowed_are_not_lost_in_silence(text):
    """A cell of several lines that look like rows is asked about."""
    table = read(text)
    assert {"quote"} == set(checks_of(table)) or table.rejected


def test_the_errors_of_formulas_are_listed_also_from_text():
    """A spreadsheet program writes #REF! into the CSV file."""
    table = read("a;b\nx;#REF!\n#DIV/0!;1\n", FileLayout(header_row=1))
    assert {(2, "b", "#REF!"), (3, "a", "#DIV/0!")} == {
        (error.row_number, error.column, error.value) for error in table.errors
    }
    assert ("x", "#REF!") == cells(table)[0]


def test_every_row_of_a_file_is_in_one_place():
    """Above, header, read, skipped and rejected together are the rows of the file."""
    table = read("Title\na;b\nx;1\n;\nbroken\ny;2\n")
    assert [1, 2, 3, 4, 5, 6] == sorted(
        [n for n, _ in table.above] + [2] + numbers(table) + [*table.skipped, *table.rejected]
    )


NOT_TEXT = {
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00",
    "a PDF file": b"%PDF-1.4\n1;2;3\n",
    "bytes without meaning": bytes(range(256)) * 20,
    "a zip file of something else": None,
    "a zip file cut off": None,
    "half a workbook of old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
}


def zipped(**files):
    packing = BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return packing.getvalue()


NOT_TEXT["a zip file of something else"] = zipped(readme="x")
NOT_TEXT["a zip file cut off"] = zipped(readme="x" * 900)[:60]


@pytest.mark.parametrize("name", NOT_TEXT)
def test_what_is_no_table_is_refused_with_a_sentence(name):
    """Whatever the file is called, its bytes tell; no row is read."""
    source = SourceFile("budget.csv", NOT_TEXT[name])
    table = read_source(source)
    assert (["error"], 0) == (
        [finding.severity for finding in table.findings],
        table.rows.num_rows,
    )
    assert table.findings[0].suggestion is not None
    assert [table.findings] == [found.findings for found in read_all(source)]


DESCRIPTOR = {
    "name": "budget",
    "resources": [{"name": "lines", "path": "data/lines.csv", "dialect": {"delimiter": "|"}}],
}
ROWS = "code|amount\n411|1;5\n412|2;5\n"


def package(**more):
    files = {"datapackage.json": json.dumps(DESCRIPTOR), "data/lines.csv": ROWS, **more}
    return SourceFile("budget.zip", zipped(**files))


def test_a_fiscal_data_package_is_read_by_its_descriptor():
    """The descriptor names the file and the delimiter."""
    table = read_source(package())
    assert (("code", "amount"), [("411", "1;5"), ("412", "2;5")]) == (table.header, cells(table))
    assert ("lines",) == sheets(package())
    assert DESCRIPTOR == descriptor_of(package())


def test_a_folder_and_a_descriptor_are_read_like_the_zip_file(tmp_path):
    """The same files give the same bytes, so that the same package is known again."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/lines.csv").write_text(ROWS)
    (tmp_path / "datapackage.json").write_text(json.dumps(DESCRIPTOR))
    folder = source_from_path(tmp_path)
    assert folder.sha256 == source_from_path(tmp_path / "datapackage.json").sha256
    assert cells(read_source(package())) == cells(read_source(folder))


def test_files_outside_the_folder_of_a_descriptor_are_not_read(tmp_path):
    """A descriptor that points elsewhere gives a finding."""
    (tmp_path / "secret.csv").write_text(ROWS)
    (tmp_path / "in").mkdir()
    stated = {"resources": [{"name": "x", "path": "../secret.csv"}]}
    (tmp_path / "in/datapackage.json").write_text(json.dumps(stated))
    assert ["package"] == checks_of(read_source(source_from_path(tmp_path / "in")))


@pytest.mark.parametrize(
    "source",
    [
        SourceFile("datapackage.json", json.dumps(DESCRIPTOR).encode()),
        SourceFile("p.zip", zipped(**{"datapackage.json": json.dumps(DESCRIPTOR)})),
        SourceFile("p.zip", zipped(**{"datapackage.json": "{"})),
        SourceFile("p.zip", zipped(**{"datapackage.json": "[]"})),
        SourceFile("p.zip", zipped(**{"datapackage.json": '{"resources": 5}'})),
    ],
)
def test_a_package_without_its_rows_is_a_finding(source):
    """With advice what to pack."""
    assert ["package"] == checks_of(read_source(source))


def test_a_text_file_has_one_sheet_without_a_name():
    """And no descriptor."""
    source = SourceFile("f.csv", b"a;b\nx;1\n")
    assert (("",), None) == (sheets(source), descriptor_of(source))
    assert ["f.csv" if table.sheet else "" for table in read_all(source)] == [""]


def test_five_hundred_columns_are_read():
    """A wide file is no bad file."""
    text = ";".join(f"c{n}" for n in range(500)) + "\n" + ";".join(["1"] * 500) + "\n"
    table = read(text, DETECT)
    assert (500, 1, ()) == (len(table.header), table.rows.num_rows, table.findings)


@pytest.mark.parametrize(("columns", "checks"), [(2_000, []), (2_001, ["too-large"])])
def test_two_thousand_columns_are_the_most(columns, checks):
    """More are refused with a sentence."""
    text = ";".join(f"c{n}" for n in range(columns)) + "\n" + ";".join(["1"] * columns) + "\n"
    assert checks == checks_of(read(text, DETECT))


def test_a_cell_of_ten_megabytes_is_read():
    """It is text like any other."""
    table = read('a;b\n"' + "z" * 10_000_000 + '";1\n', DETECT)
    assert [10_000_000] == [len(cell) for cell in table.rows["a"].to_pylist()]
