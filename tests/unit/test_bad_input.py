"""Bad input: each kind is told in a sentence that says what and where, and changes nothing stored."""

import csv
import io
import random
import resource
import struct
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
from fixtures.small_budget import (
    CARE,
    HEADER,
    ROADS,
    SCHOOLS,
    accept_rows,
    ask,
    checks_of,
    count,
    mapping_with,
    small_file,
    small_mapping,
    verdict_on,
)

from budgeting.access import Identity, Role
from budgeting.errors import ImportRefused
from budgeting.exports import export
from budgeting.imports.answers import Answers
from budgeting.imports.corrections import rejected_rows
from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Column, Report, Severity, Stage, Table, text
from budgeting.translations import language

TESTS = Path(__file__).resolve().parents[1]
LONGEST_SENTENCE = 3000
ENGLISH = language("en")


def row_counts(store):
    names = ask(
        store,
        "select schema_name || '.' || table_name as name from duckdb_tables() "
        "where database_name = current_database() order by all",
    )
    return {row["name"]: count(store, row["name"]) for row in names}


@pytest.fixture
def kept(prepared, editor):
    """A store with a budget in it, which must be the same after the test, to the row."""
    store = prepared(accept_rows, editor, SCHOOLS, CARE, ROADS, year=2020)
    before = row_counts(store), store.state
    yield store
    assert before == (row_counts(store), store.state)


def refused(store, source, mapping=None):
    """Examine and try to accept a bad file; return its verdict after what holds for all of them."""
    verdict = examine(store, source, mapping or small_mapping(), Answers(fiscal_year=2024))
    assert not verdict.is_acceptable
    errors = verdict.with_severity(Severity.ERROR)
    assert errors, "refused without a reason"
    for finding in verdict.findings:
        is_note = finding.severity is Severity.NOTE
        assert is_note or finding.suggestion, f"{finding.message} does not say what to do"
        told = f"{finding.message} {finding.suggestion}"
        assert len(told) < LONGEST_SENTENCE, f"nobody reads {len(told)} letters: {told[:200]}"
        assert "Traceback" not in told
        assert "Arrow" not in told
    with pytest.raises(ImportRefused, match="nothing was stored"):
        accept(store, verdict, Identity("edin", Role.EDITOR))
    return verdict


def sheet_of(rows, **options):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **options}) as book:
        page = book.add_worksheet("Budget")
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    return memory.getvalue()


ROWS = [line.split(";") for line in (HEADER, SCHOOLS, CARE, ROADS)]

# --- files that are none --------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"   \r\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
@pytest.mark.parametrize("name", ["small.csv", "small.xlsx"])
def test_an_empty_file_is_called_empty(kept, content, name):
    """A file without a letter is told to be empty, whatever its name."""
    verdict = refused(kept, SourceFile(name, content))
    assert ["empty-file"] == checks_of(verdict)
    assert "empty" in str(verdict.findings[0].message)


def noise():
    return random.Random(3).randbytes(50_000)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(noise(), id="noise"),
        pytest.param(b"%PDF-1.7\n" + noise(), id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + noise(), id="png"),
        pytest.param(b"\x7fELF" + bytes(1000) + noise(), id="program"),
        pytest.param(b"\x1f\x8b\x08" + noise(), id="gzip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(), id="old workbook"),
        pytest.param(b"SQLite format 3\x00" + bytes(5000), id="database"),
    ],
)
def test_a_binary_file_renamed_is_no_table(kept, content):
    """A program, picture or database called .csv is refused for what it is, not cell by cell."""
    verdict = refused(kept, SourceFile("small.csv", content))
    assert len(verdict.findings) <= 12, [str(f.message) for f in verdict.findings][:20]
    assert set(checks_of(verdict)) & {"not-text", "damaged-file", "encoding", "not-a-table"}


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_called_damaged(kept, share):
    """A workbook of which the end is missing cannot be opened, and nothing of it is read."""
    whole = sheet_of(ROWS)
    verdict = refused(kept, SourceFile("small.xlsx", whole[: int(len(whole) * share)]))
    assert ["damaged-file"] == checks_of(verdict)
    assert "damaged" in str(verdict.findings[0].message)


# --- zip bombs ------------------------------------------------------------

FOUR_GIGABYTES = 4 << 30


def zeros_packed(size):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * (size >> 24) + packer.flush()  # after a full flush each block stands alone


@pytest.fixture(scope="module")
def bomb():
    """A workbook whose sheet holds 4 GB of nothing in 4 MB, by its directory as well."""
    whole = zipfile.ZipFile(io.BytesIO(sheet_of(ROWS)))
    packed = zeros_packed(FOUR_GIGABYTES - (1 << 24))
    files = [
        (name, *_packed(whole.read(name))) for name in whole.namelist() if "sheet1" not in name
    ]
    files.append(("xl/worksheets/sheet1.xml", packed, FOUR_GIGABYTES - (1 << 24), 0))
    return files


def _packed(content):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(), len(content), zlib.crc32(content)


def zip_of(files, told=None):
    """Write a zip by hand; `told` replaces the unpacked size that the directory tells."""
    body, directory = b"", b""
    for name, packed, size, checksum in files:
        said = size if told is None or size < FOUR_GIGABYTES >> 1 else told
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, 8, 0, 33, checksum, len(packed), said, len(name), 0
        )
        directory += b"PK\x01\x02\x14\x00" + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\x03\x04" + common + name.encode() + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("told", [None, 5000], ids=["told", "told to be small"])
def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(kept, bomb, told):
    """4 GB in 4 MB are refused in seconds and in little memory, also where the directory lies."""
    content = zip_of(bomb, told)
    assert len(content) < 6 << 20
    before, started = peak_megabytes(), time.monotonic()
    verdict = refused(kept, SourceFile("small.xlsx", content))
    assert ["too-large"] == checks_of(verdict)
    assert "larger than any budget" in str(verdict.findings[0].message)
    assert time.monotonic() - started < 30
    assert peak_megabytes() - before < 500


# --- tables that are odd --------------------------------------------------


def test_five_hundred_columns_are_read(kept):
    """Many columns are no fault: the budget among them is read, the rest is kept as received."""
    more = [f"extra {n}" for n in range(492)]
    header = ";".join([HEADER, *more])
    source = small_file(
        *[f"{row};{';'.join(['1'] * 492)}" for row in (SCHOOLS, ROADS)], header=header
    )
    verdict = examine(kept, source, small_mapping(), Answers(fiscal_year=2024))
    assert verdict.is_acceptable
    assert (500, "3345.67") == (
        len(verdict.tables[0].header),
        str(verdict.totals[2024]["expenditure"]["approved"]),
    )


HUGE = "x" * 10_000_000


@pytest.mark.parametrize("column", ["org", "label", "approved", "cofog"])
def test_a_cell_of_ten_megabytes_is_told_in_short(kept, column):
    """A huge cell ends in a verdict within seconds, and no sentence repeats it whole."""
    cells = dict(zip(HEADER.split(";"), SCHOOLS.split(";"), strict=True)) | {column: HUGE}
    started = time.monotonic()
    verdict = verdict_on(kept, ";".join(cells.values()), CARE)
    assert time.monotonic() - started < 30
    for finding in verdict.findings:
        assert len(f"{finding.message}{finding.suggestion}") < LONGEST_SENTENCE, finding.check
        assert len(finding.value or "") < LONGEST_SENTENCE, finding.check
    if column == "approved":
        found = verdict.with_severity(Severity.ERROR)[0]
        assert ("number", 2, "approved") == (found.check, found.row_number, found.column)


def test_a_huge_header_is_told_in_short(kept):
    """Where a column name has ten megabytes, the finding does not."""
    header = HEADER.replace("approved", HUGE)
    verdict = refused(kept, small_file(SCHOOLS, header=header))
    assert "missing-column" in checks_of(verdict)


def test_a_column_that_stands_twice_is_named(kept):
    """Of two columns of one name nobody knows which is meant: the name and its places are told."""
    header = HEADER.replace("executed", "approved")
    verdict = refused(kept, small_file(SCHOOLS, header=header))
    told = [f for f in verdict.findings if f.check == "repeated-column"]
    assert told
    assert "approved" in str(told[0].message)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("words", FORMULAS)
def test_a_cell_that_looks_like_a_formula_is_kept_and_never_run(store, editor, words):
    """It is stored as it stands in the file; no export of it begins a formula."""
    accept_rows(store, editor, f"1;A;11;611;09.1;{words};1,00;1,00")
    stored = store_labels(store)
    assert [words] == stored
    exported = export(report_of(stored), "csv", ENGLISH).decode("utf-8-sig")
    rows = list(csv.reader(line for line in exported.splitlines() if line[:1] != "#"))
    assert ["'" + words] == rows[-1]
    cell = openpyxl.load_workbook(io.BytesIO(export(report_of(stored), "xlsx", ENGLISH)))
    found = [c for sheet in cell for row in sheet for c in row if c.value == words]
    assert ["s"] == [c.data_type for c in found]


def store_labels(store):
    return [row["label"] for row in ask(store, "select label from core.line_years")]


def report_of(labels):
    table = Table((Column("label", text("Budget line")),), pa.table({"label": labels}))
    return Report("x", text("T"), text("A"), {}, {"groups": table}, {}, (), (), 1)


@pytest.mark.parametrize("words", FORMULAS)
def test_the_workbook_of_rejected_rows_holds_no_formula(kept, words):
    """What looks like a formula is text in the workbook of rejected rows, and is read back so."""
    source = small_file(f"1;A;11;611;09.1;{words};wrong;1,00")
    verdict = refused(kept, source)
    content = rejected_rows(source, verdict.tables, verdict.findings, ENGLISH)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book.worksheets[0] for cell in row if cell.value == words]
    assert ["s"] == [cell.data_type for cell in cells]


def test_the_workbook_of_rejected_rows_says_what_it_cannot_hold(kept):
    """A cell longer than a spreadsheet holds is not emptied without a word."""
    source = small_file(f"1;A;11;611;09.1;{'y' * 40_000};wrong;1,00")
    verdict = refused(kept, source)
    content = rejected_rows(source, verdict.tables, verdict.findings, ENGLISH)
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0][2]]
    assert cells[5], "the label is gone: dropped in again, the row would have none"


HTML = '<script>alert(1)</script><b>Schools</b> & "co"'


def test_html_in_a_label_is_text(store, editor):
    """Marks of HTML are letters like others: the label is stored as it stands in the file."""
    quoted = '"' + HTML.replace('"', '""') + '"'
    accept_rows(store, editor, f"1;{quoted};11;611;09.1;{quoted};1,00;1,00")
    assert [HTML] == [row["label"] for row in ask(store, "select label from core.line_years")]
    assert HTML in [row["label"] for row in ask(store, "select label from core.member_labels")]


def test_html_in_a_finding_is_kept_as_a_value(kept):
    """What a cell holds goes into a finding as it is; the page shows it as text."""
    verdict = refused(kept, small_file(f"1;A;11;611;09.1;Schools;{HTML[:25]};1,00"))
    found = verdict.with_severity(Severity.ERROR)[0]
    assert ("number", HTML[:25]) == (found.check, found.value)


@pytest.mark.parametrize(
    "other", ["1,234.56", "1 234,56", "1'234,56", "1.23", "1,2,3", "1.2345,00"]
)
def test_another_number_style_in_a_column_is_an_error_at_its_row(kept, other):
    """A cell that the column's style cannot read is never guessed: row, column and value are told."""
    verdict = refused(kept, small_file(SCHOOLS, f"1;A;11;611;09.1;Roads;{other};1,00"))
    found = verdict.with_severity(Severity.ERROR)
    assert [("number", 3, "approved", other)] == [
        (f.check, f.row_number, f.column, f.value) for f in found
    ]


def test_mixed_number_styles_without_a_stated_one_are_not_guessed(kept, tmp_path):
    """Where the column itself has two styles, its cells that do not fit are errors or it is asked."""
    free = mapping_with(tmp_path, 'decimal = ","\ngroup = "."\n', "")
    rows = ["1;A;11;611;09.1;a;1.234,56;1", "1;A;12;611;09.1;b;1,234.56;1"]
    verdict = refused(kept, small_file(*rows), free)
    assert {"number", "number-style"} & set(checks_of(verdict))


def test_an_unknown_function_code_is_told_with_its_row(kept):
    """A code that COFOG does not have is a finding with row, column, value and advice."""
    verdict = verdict_on(kept, SCHOOLS, "1;A;12;611;99.7;Care;5,00;")
    found = [f for f in verdict.findings if f.value == "99.7"]
    assert found
    assert (3, "cofog") == (found[0].row_number, found[0].column)
    assert found[0].suggestion


def test_rows_with_the_same_key_are_told(kept):
    """Two rows of the same codes are summed into one line, and the verdict says so."""
    verdict = verdict_on(kept, SCHOOLS, SCHOOLS)
    assert {"rows-share-a-line", "repeated-rows"} <= set(checks_of(verdict))
    assert "2000.00" == str(verdict.totals[2024]["expenditure"]["approved"])


@pytest.mark.parametrize(
    "descriptor",
    [
        "{}",
        "[]",
        '{"resources": []}',
        '{"resources": 5}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "org", "factor": "x"}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "no"}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": [1]}}',
        '{"resources": [{"path": "rows.csv"}], "model": []}',
        '{"resources": [{"path": "../../etc/passwd"}], "model": {"measures": {"a": {"source": "org"}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "approved"}},'
        ' "dimensions": {"d": {"classificationType": "functional", "primaryKey": ["c"],'
        ' "attributes": {"c": {"source": "nowhere"}}}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "approved"}},'
        ' "dimensions": {"d": {"classificationType": "functional"}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "approved",'
        ' "phase": "dreamt", "direction": "sideways", "currency": 5}}}}',
        '{"resources": [{"path": "rows.csv"}], "model": {"measures": {"a": {"source": "approved"}},'
        ' "dimensions": {"d": {"dimensionType": "datetime", "attributes": {"x": {"source": "never"}}}}}}',
    ],
)
def test_a_descriptor_that_is_wrong_is_a_finding(kept, descriptor):
    """A data package whose descriptor is nonsense, or names columns that are not there, is refused."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("datapackage.json", descriptor)
        package.writestr("rows.csv", small_file(SCHOOLS).content)
    answers = Answers(fiscal_year=2024, stage=Stage.APPROVED)
    verdict = examine(kept, SourceFile("p.zip", memory.getvalue()), mapping_named("fdp"), answers)
    assert not verdict.is_acceptable
    assert verdict.with_severity(Severity.ERROR)
