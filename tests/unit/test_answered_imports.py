"""Import commands: questions are answered, rows come back corrected, imports are taken back."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from fixtures.command_line import CALLER
from fixtures.import_command_line import (
    BAD,
    GOOD,
    LATER,
    LEDGER,
    NEW,
    file,
    told,
    two_mappings,
    verdict,
)

from budgeting import channel
from budgeting.commands import perform
from budgeting.imports.mappings import mapping_file
from budgeting.imports.readers import read, sheets
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.outcomes import Outcome
from budgeting.store import Store, connect


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with two_mappings(tmp_path, monkeypatch) as folder:
        yield folder


RESIDENTS = "sex;age;people\nF;0-9;12\nM;0-9;13\nF;10+;88\nM;10+;87\n"


def run(store: Store, files: dict[str, str], **stated: object) -> Outcome:
    sources = [SourceFile(name, content.encode()) for name, content in files.items()]
    return perform(store, "import", {**CALLER, "json": True, **stated}, sources)


# questions, rejected rows, corrections


def test_a_printed_total_is_compared(home: Path) -> None:
    """A total that differs from the budget decision's asks, and a reason lets it stand."""
    whole = (file(home, "a.csv", GOOD), "--year", 2024)
    assert verdict(*whole, "--printed-total", "approved=3000.10")["acceptable"]
    found = verdict(*whole, "--printed-total", "approved=3000.11")
    assert (False, ["printed-total"]) == (found["acceptable"], found["open_checks"])
    asked = told("import", *whole, "--printed-total", "approved=3000.11")
    assert "--acknowledge CHECK=REASON for: printed-total" in asked.stdout
    answered = ("--printed-total", "approved=3000.11", "--acknowledge", "printed-total=rounded")
    assert verdict(*whole, *answered, "--accept")["accepted"]


def test_rows_with_errors_are_left_out(home: Path) -> None:
    """Rows with errors are left out for a reason only, and stay counted as rejected."""
    found = verdict(file(home, "a.csv", BAD), "--year", 2024, "--leave-out", "typing error")
    assert found["acceptable"]
    assert found["rows"] == {"read": 2, "accepted": 1, "skipped": 0, "rejected": 1}
    assert "1000.10" == found["totals"]["2024"]["expenditure"]["approved"]


def test_rejected_rows_come_back(home: Path) -> None:
    """Rejected rows are written as a workbook; corrected there, they complete the file."""
    source, rejected = file(home, "a.csv", BAD), home / "out" / "rejected.xlsx"
    whole = (source, "--year", 2024)
    assert told("import", *whole, "--rejected", rejected).exit_code == 1
    written = SourceFile("r.xlsx", rejected.read_bytes())
    rows = read(written, FileLayout(sheet=sheets(written)[0], header_row=1)).rows.to_pylist()
    assert ["2.000,0x"] == [row["approved"] for row in rows]
    corrected = home / "corrected.xlsx"
    with zipfile.ZipFile(rejected) as old, zipfile.ZipFile(corrected, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"2.000,0x", b"2.000,00"))
    found = verdict(*whole, "--corrections", corrected, "--accept")
    assert found["accepted"], found["findings"]
    assert "3000.10" == found["totals"]["2024"]["expenditure"]["approved"]


def test_rejected_rows_travel(file_store: Store) -> None:
    """The workbook of rejected rows reaches a caller in another process."""
    ear = channel.serve(file_store)
    parameters = {**CALLER, "mapping": "testville", "year": 2024, "rejected": True}
    answer = channel.send(
        file_store.target, "import", parameters, [SourceFile("a.csv", BAD.encode())]
    )
    ear.close()
    assert (1, ["rejected.xlsx"]) == (answer.exit_code, [one.name for one in answer.files])
    assert answer.files[0].content.startswith(b"PK")


def test_what_is_new_and_changed(store: Store) -> None:
    """Beside what is stored, the answer counts new, changed and gone lines with their money."""
    stated = {"mapping": "testville", "year": 2024}
    assert run(store, {"a.csv": GOOD}, **stated, accept=True).exit_code == 0
    later = LATER.replace("02;Roads", "03;Parks")
    found = json.loads(run(store, {"b.csv": later}, **stated).output)
    statement = found["comparison"][0]["statements"][0]
    counted = {fate: statement[fate]["lines"] for fate in ("new", "changed", "same", "gone")}
    assert {"new": 1, "changed": 1, "same": 0, "gone": 1} == counted
    assert "2000.00" == statement["gone"]["stored"]


# residents


def test_residents(home: Path) -> None:
    """A population mapping brings in residents by sex; without a date it asks."""
    whole = (file(home, "p.csv", RESIDENTS), "--municipality", "novi", *NEW[2:])
    assert not verdict(*whole)["acceptable"]
    found = verdict(*whole, "--as-of", "2024-01-01", "--accept")
    assert (True, {"female": 100, "male": 100, "total": 200}) == (
        found["accepted"],
        found["totals"],
    )
    assert (
        "4 rows of residents" in told("import", *whole, "--as-of", "2025-01-01", "--accept").stdout
    )


def test_residents_stand_alone(home: Path) -> None:
    """Residents among budget files are refused in a sentence."""
    both = (file(home, "p.csv", RESIDENTS), file(home, "a.csv", GOOD))
    result = told("import", *both, "--year", 2024, "--accept")
    assert (1, True) == (result.exit_code, "import it by itself" in result.stderr)


# imports and undo


def test_undo(home: Path) -> None:
    """An import is listed, undone after a look, and stays on record."""
    assert "no imports" in told("imports", "--database", made(home)).stdout
    verdict(file(home, "a.csv", GOOD), "--year", 2024, "--accept")
    assert "1: a.csv, testville, 2024" in told("imports").stdout
    looked = told("undo", 1)
    assert "Nothing hangs on it." in looked.stdout
    assert "--yes" in looked.stdout
    assert None is json.loads(told("imports", "--json").stdout)[0]["undone_at"]
    assert "was undone" in told("undo", 1, "--reason", "wrong year", "--yes").stdout
    assert "wrong year" in told("imports").stdout
    assert verdict(file(home, "a.csv", GOOD), "--year", 2025, "--accept")["import_id"] == 2


def test_an_undo_without_a_reason_changes_nothing(home: Path) -> None:
    """To look at what hangs on an import needs no reason; to take it back needs one that says something."""
    verdict(file(home, "a.csv", GOOD), "--year", 2024, "--accept")
    for reason in ((), ("--reason", " ")):
        refused = told("undo", 1, "--yes", *reason)
        assert (2, True) == (refused.exit_code, "--reason" in refused.stderr)
    assert None is json.loads(told("imports", "--json").stdout)[0]["undone_at"]


def made(home: Path) -> Path:
    connect(home / "empty.duckdb").close()
    return home / "empty.duckdb"


def test_undo_of_nothing(home: Path) -> None:
    """An import that is not there is a sentence."""
    result = told("undo", 7, "--reason", "x", "--database", made(home))
    assert (1, "There is no import 7.\n") == (result.exit_code, result.stderr)


def test_template(home: Path) -> None:
    """A template is a workbook of its kind, in the language asked for."""
    output = home / "t.xlsx"
    assert told("template", "population", "--output", output).exit_code == 0
    table = read(SourceFile("t.xlsx", output.read_bytes()), FileLayout(sheet="Data", header_row=1))
    assert ("Sex", "Age", "Residents") == table.header


# inspect


def test_inspect(home: Path) -> None:
    """Inspecting says how a file is written, what fits and what it would be taken for."""
    seen = json.loads(told("inspect", file(home, "l.csv", LEDGER), "--json").stdout)
    assert ("text", ";", 1, 3) == (
        seen["kind"], seen["delimiter"], seen["header_row"], seen["rows"],
    )  # fmt: skip
    assert {"decimal": ",", "group": "."} == seen["styles"]["Plan 2024"]
    assert [] == seen["fitting"]
    assert mapping_file.mapping_from_text("guess", seen["guess"]["mapping"]).amounts
    assert "municipality" in seen["guess"]["asks"]
    fits = json.loads(told("inspect", file(home, "a.csv", GOOD), "--json").stdout)
    assert ["testville"] == fits["fitting"]
    words = told("inspect", home / "l.csv").stdout
    assert "State --municipality" in words
    assert not (home / "live").exists()


def test_inspect_asks(home: Path) -> None:
    """A number that can be read in two ways is asked about, with exit code 0."""
    content = "code;words;approved\n01;Nurseries;2.952\n02;Roads;1.204\n"
    result = told("inspect", file(home, "a.csv", content), "--json")
    ambiguous = json.loads(result.stdout)["ambiguous"]
    assert (0, ["approved"]) == (result.exit_code, [one["column"] for one in ambiguous])
    decided = told("inspect", home / "a.csv", "--json", "--decimal", "comma", "--group", "point")
    assert [] == json.loads(decided.stdout)["ambiguous"]


# bad input


def workbook(**cells: object) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(GOOD.splitlines()):
            sheet.write_row(row, 0, line.split(";"))
        for place, cell in cells.items():
            sheet.write(place, cell)
    return memory.getvalue()


WIDE = ";".join(f"c{place}" for place in range(500))
BAD_FILES = {
    "empty.csv": b"",
    "blank.csv": b"\n\n  \n",
    "header.csv": b"code;words;approved\n",
    "binary.csv": bytes(range(256)) * 300,
    "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "archive.zip": b"PK\x05\x06" + bytes(18),
    "truncated.xlsx": workbook()[:3000],
    "html.xls": b"<html><table><tr><td>code</td></tr></table></html>",
    "wide.csv": f"{WIDE}\n{WIDE}\n".encode(),
    "cell.csv": b"code;words;approved\n01;" + b"x" * 10_000_000 + b";1,00\n",
    "labels.csv": b"code;words;approved\n01;<script>alert(1)</script>;1,00\n",
    "formulas.csv": b"code;words;approved\n=1;+cmd;-5,00\n@x;=HYPERLINK(1);2,00\n",
    "quotes.csv": b'code;words;approved\n01;"Nurseries;1,00\n02;Roads;2,00\n',
    "ragged.csv": b"code;words;approved\n01;Nurseries;1,00;;;\n02\n",
    "twice.csv": b"code;code;approved\n01;02;1,00\n",
    "formula.xlsx": workbook(C2="=1/0"),
    "datapackage.json": b'{"resources": [{"path": "missing.csv"}]}',
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("mapping", [(), ("--mapping", "testville"), ("--mapping", "people")])
def test_bad_files(home: Path, name: str, mapping: tuple[str, ...]) -> None:
    """Whatever a file holds, the answer is a verdict or a sentence, never a fault or a trace."""
    path = file(home, name, BAD_FILES[name])
    result = told("import", path, *mapping, "--year", 2024, "--municipality", "testville")
    assert result.exit_code in (0, 1), result.stderr
    assert "Traceback" not in result.output
    assert result.stdout.strip() or len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_inspected(home: Path, name: str) -> None:
    """Inspecting a bad file tells what is wrong; exit code 1 where nothing of it can be read."""
    path = file(home, name, BAD_FILES[name])
    words, data = told("inspect", path), told("inspect", path, "--json")
    seen = json.loads(data.stdout)
    assert words.exit_code == data.exit_code == (0 if seen["readable"] else 1)
    assert seen["readable"] or seen["findings"]
    assert "Traceback" not in words.output


def test_a_folder_that_is_no_package(home: Path) -> None:
    """A folder without a descriptor is a sentence."""
    (home / "folder").mkdir()
    for command in ("import", "inspect"):
        result = told(command, home / "folder")
        assert (1, True) == (result.exit_code, "no Fiscal Data Package" in result.stderr)
