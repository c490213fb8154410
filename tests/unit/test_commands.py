"""Commands: the same answer for the same file, wherever they run; nothing stored unasked."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from fixtures.command_line import CALLER, command_line
from fixtures.import_command_line import MAPPING as TESTVILLE

from budgeting import commands, verdict_words
from budgeting.commands import perform
from budgeting.imports.mappings import mapping_file
from budgeting.imports.source import SourceFile
from budgeting.outcomes import Outcome
from budgeting.store import Store, connect

ROOT = Path(commands.__file__).parent.parent
MAPPING = TESTVILLE.replace("[file]", '[file]\nencoding = "utf-8"\ndelimiter = ";"') + (
    '[[amount]]\ncolumn = "executed"\nstage = "executed"\n'
)
GOOD = "code;words;approved;executed\n01;Nurseries;1.000,10;400,05\n\n02;Roads;2.000,00;\n"
BAD = "code;words;approved;executed\n01;Nurseries;1.000,10;400,05\n02;Roads;2000,0x;\n"
MADRID = (
    "Centro;Descripcion Centro;Capitulo;Descripcion Capitulo;Economico;Descripcion Economico;"
    "PREV.INICIAL;MODIFICACIONES;PREV.DEFINITIV;D. RECON.NETOS\n"
    "001;Madrid;1;Impuestos;11200;Rústicos;100,00;0,50;100,50;90,10\n"
)


@pytest.fixture
def testville(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mappings"
    folder.mkdir()
    (folder / "testville.toml").write_text(MAPPING, encoding="utf-8")
    monkeypatch.setattr(mapping_file, "FOLDER", folder)


def run_import(store: Store, content: str, **stated: object) -> Outcome:
    parameters = {**CALLER, "mapping": "testville", "year": 2025, "json": True, **stated}
    return perform(store, "import", parameters, [SourceFile("b.csv", content.encode())])


@pytest.fixture
def madrid_file(tmp_path: Path) -> Path:
    path = tmp_path / "ingresos.csv"
    path.write_bytes(MADRID.encode("cp1252"))
    return path


# import


@pytest.mark.usefixtures("testville")
def test_import_json(store: Store) -> None:
    """The verdict as JSON has exactly the promised entries, amounts as text."""
    outcome = run_import(store, GOOD)
    verdict = json.loads(outcome.output)
    assert outcome.exit_code == 0
    assert verdict.pop("findings")["error"] == 0
    assert {"name", "sha256", "source", "reason"} == set(verdict.pop("mapping"))
    assert [("utf-8", ";", 1)] == [
        (one["encoding"], one["delimiter"], one["header_row"]) for one in verdict.pop("detection")
    ]
    assert {"printed_totals", "statements", "fates", "comparison", "open_checks", "table"} <= set(
        verdict
    )
    assert {
        "file": "b.csv",
        "state": "acceptable",
        "accepted": False,
        "acceptable": True,
        "import_id": None,
        "source_file_id": None,
        "source_file_ids": [],
        "rows": {"read": 3, "accepted": 2, "skipped": 1, "rejected": 0},
        "totals": {"2025": {"expenditure": {"approved": "3000.10", "executed": "400.05"}}},
    }.items() <= verdict.items()


@pytest.mark.usefixtures("testville")
def test_import_asks_first(store: Store) -> None:
    """Nothing is stored without --accept, and with it everything under the caller's name."""
    run_import(store, GOOD)
    assert store.data_version == 0
    verdict = json.loads(run_import(store, GOOD, accept=True).output)
    assert (verdict["accepted"], verdict["source_file_id"]) == (True, 1)
    event = store.query("audit_events").to_pylist()[0]
    assert (event["action"], event["user_name"]) == ("accept-import", "clara")


@pytest.mark.usefixtures("testville")
def test_import_refused(store: Store) -> None:
    """A file with an error is refused whole, with row, column, value and what to do."""
    outcome = run_import(store, BAD, accept=True)
    verdict = json.loads(outcome.output)
    assert (outcome.exit_code, store.data_version) == (1, 0)
    assert (verdict["accepted"], verdict["acceptable"]) == (False, False)
    first = next(item for item in verdict["findings"]["list"] if item["severity"] == "error")
    assert set(first) == {
        "check", "severity", "message", "suggestion", "sheet", "row", "column", "value",
    }  # fmt: skip
    assert (first["check"], first["row"], first["column"]) == ("number", 3, "approved")
    assert first["value"] == "2000,0x"
    assert first["suggestion"]


@pytest.mark.usefixtures("testville")
def test_import_dated(store: Store) -> None:
    """The stated date reaches the amounts."""
    run_import(store, GOOD, accept=True, as_of="2025-09-30")
    vintages = store.query("audit_events").to_pylist()
    assert json.loads(vintages[0]["details"])["fiscal_years"] == [2025]
    files = json.loads(
        perform(
            store, "report", {**CALLER, "name": "source_files", "chosen": {}, "format": "json"}
        ).output
    )
    rows = next(iter(files["tables"].values()))
    assert date(2025, 9, 30).isoformat() in rows[0].values()


@pytest.mark.usefixtures("testville")
@pytest.mark.parametrize(
    ("content", "stated", "next_step"),
    [
        (GOOD, {}, "--accept"),
        (GOOD, {"accept": True}, "Stored as import 1"),
        (BAD, {}, "Nothing was stored."),
    ],
)
def test_import_words(store: Store, content: str, stated: dict, next_step: str) -> None:
    """Without --json a reader sees totals, findings with their places, and what to do next."""
    told = run_import(store, content, json=False, **stated).output.decode()
    assert next_step in told.splitlines()[-1]
    assert "1,000.10\u00a0EUR" in told if content is BAD else "3,000.10\u00a0EUR" in told
    if content is BAD:
        assert "[row 3, column “approved”, value “2000,0x”]" in told


@pytest.mark.usefixtures("testville")
def test_import_many_findings(store: Store) -> None:
    """Very many findings are cut on paper, and the paper says so; JSON has them all."""
    rows = "".join(f"{number:02d};Line;x{number};\n" for number in range(60))
    content = "code;words;approved;executed\n" + rows
    told = run_import(store, content, json=False).output.decode()
    everything = json.loads(run_import(store, content).output)["findings"]
    assert told.count("is not an amount") == verdict_words.FINDINGS_SHOWN
    left_out = len(everything["list"]) - verdict_words.FINDINGS_SHOWN
    assert f"{left_out} more findings" in told
    assert everything["error"] == 60


# the command line itself


def test_command_line_import(madrid_file: Path, tmp_path: Path) -> None:
    """From a file to a report: import, look, accept, report in every format."""
    database = tmp_path / "p.duckdb"
    whole = ("import", madrid_file, "--mapping", "es_madrid_revenue", "--year", 2025,
             "--as-of", "2025-12-31", "--database", database)  # fmt: skip
    looked = command_line(*whole, "--json")
    assert json.loads(looked.stdout)["acceptable"], looked.stderr
    assert "0 audit events" in command_line("audit", "--database", database).stdout
    assert "Stored as import 1" in command_line(*whole, "--accept").stdout
    assert command_line(*whole).exit_code == 1, "the same file a second time"
    asked = ("report", "overview", "--param", "municipality=es_madrid", "--param", "year=2025",
             "--param", "direction=revenue", "--database", database)  # fmt: skip
    answer = command_line(*asked)
    assert "100.50" in answer.stdout, answer.stderr
    sheet = tmp_path / "out" / "r.xlsx"
    assert command_line(*asked, "--format", "xlsx", "--output", sheet).stdout == ""
    assert sheet.read_bytes()[:2] == b"PK"
    assert "100,50" in command_line(*asked, "--format", "csv", "--language", "sr").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "missing.csv", "--mapping", "x"),
        ("import", __file__, "--mapping", "x", "--mapping", "y"),
        ("import", __file__, "--mapping", "x", "--as-of", "yesterday"),
        ("report",),
        ("report", "overview", "--param", "year"),
        ("report", "overview", "--format", "odt"),
        ("role", "ana", "queen"),
        ("load", "weather", __file__),
        ("fly",),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    """Wrong usage ends with exit code 2 and says what is wrong."""
    outcome = command_line(*arguments)
    assert outcome.exit_code == 2
    assert "Error:" in outcome.stderr


def test_bad_use(madrid_file: Path, tmp_path: Path) -> None:
    """Bad use ends with exit code 1 and one sentence, never a trace."""
    database = tmp_path / "p.duckdb"
    (tmp_path / "wall").write_text("")
    command_line("role", "ana", "editor", "--database", database)
    for arguments, words in (
        (("import", madrid_file, "--mapping", "nope"), "There is no mapping"),
        (("report", "nope"), "There is no report"),
        (("backup", database), "is the database itself"),
        (("backup", tmp_path / "wall" / "b.db"), "cannot be written"),
        (("report", "data_dictionary", "--output", database), "is the database itself"),
    ):
        outcome = command_line(*arguments, "--database", database)
        assert outcome.exit_code == 1, arguments
        assert words in outcome.stderr
        assert "Traceback" not in outcome.stderr
        assert len(outcome.stderr.splitlines()) == 1


def test_no_trace(tmp_path: Path) -> None:
    """Run as a program, bad use is one sentence on the error stream too."""
    arguments = ("role", "ana", "editor", "--database", tmp_path / "p.duckdb")
    (tmp_path / "p.duckdb").write_bytes(b"junk" * 1000)
    outcome = subprocess.run(
        [sys.executable, "-m", "budgeting", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("The file ")
    assert len(outcome.stderr.splitlines()) == 1


def test_reading_creates_nothing(tmp_path: Path) -> None:
    """A mistyped database is told; reading, checking and backing up do not create an empty one."""
    for arguments in (("audit",), ("backup", tmp_path / "b"), ("report", "data_dictionary")):
        outcome = command_line(*arguments, "--database", tmp_path / "typo.duckdb")
        assert (outcome.exit_code, "There is no database" in outcome.stderr) == (1, True)
    assert not list(tmp_path.iterdir())


def test_bad_settings() -> None:
    """A setting that cannot be read is a sentence too."""
    outcome = command_line("audit", PARITET_PORT="many")
    assert outcome.exit_code == 1
    assert outcome.stderr.startswith("The setting PARITET_PORT")


def test_lists() -> None:
    """The command line says which reports and mappings there are, each in one line."""
    assert "\noverview: A fiscal year" in "\n" + command_line("report", "--list").stdout
    assert "es_madrid_revenue: Madrid: revenue" in command_line("mappings").stdout


def test_settings_count(tmp_path: Path) -> None:
    """Without --database the one of the settings is used, under the name of the settings."""
    environment = {"PARITET_DATABASE": str(tmp_path / "x.duckdb"), "PARITET_USER": "iva@x.org"}
    assert command_line("role", "ana", "editor", **environment).exit_code == 0
    store = connect(tmp_path / "x.duckdb")
    assert store.query("audit_events").to_pylist()[0]["user_name"] == "iva@x.org"
    store.close()
