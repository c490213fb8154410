"""Commands: the same answer for the same file, wherever they run; nothing stored unasked."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pytest
from click.testing import CliRunner, Result

from budgeting import commands, verdict_words
from budgeting.__main__ import main
from budgeting.audit import chain_problems
from budgeting.commands import COMMANDS, perform
from budgeting.imports import context
from budgeting.imports.mappings import mapping_file
from budgeting.imports.source import SourceFile
from budgeting.outcomes import Outcome
from budgeting.settings import settings
from budgeting.store import Store, connect

ROOT = Path(commands.__file__).parent.parent
CALLER = {"user": "clara", "language": "en"}
MAPPING = """
title = "Testville: expenditure"
[file]
encoding = "utf-8"
delimiter = ";"
decimal = ","
group = "."
[municipality]
code = "testville"
name = "Testville"
country_code = "ME"
currency_code = "EUR"
[line]
direction = "expenditure"
label = "words"
[[classification]]
dimension = "programme"
levels = [{ code = "code" }]
[[amount]]
column = "approved"
stage = "approved"
[[amount]]
column = "executed"
stage = "executed"
"""
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


def command_line(*arguments: object, **environment: str) -> Result:
    """Run the command line in this process, as ``python -m budgeting`` would."""
    settings.cache_clear()
    try:
        result = CliRunner().invoke(main, [str(part) for part in arguments], env=environment)
    finally:
        settings.cache_clear()
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


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


# roles, context, demo, audit


def test_role(store: Store) -> None:
    """A role is assigned, replaced, and both are told in the audit chain."""
    for role in ("editor", "reviewer"):
        outcome = perform(store, "role", {**CALLER, "name": "ana@x.org", "role": role})
        assert outcome.exit_code == 0
    assert store.query("user_role", user_name="ana@x.org").to_pylist() == [{"role": "reviewer"}]
    events = store.query("audit_events").to_pylist()
    assert json.loads(events[-1]["details"]) == {"old": "editor", "new": "reviewer"}


DEFLATORS = "municipality_code,fiscal_year,price_index,source\n01,2025,104.25,statistics\n"


def test_load_keeps_codes(store: Store, tmp_path: Path) -> None:
    """A municipality whose code is 01 does not become 1."""
    outcome = perform(
        store, "load", {**CALLER, "table": "deflators"}, [SourceFile("d.csv", DEFLATORS.encode())]
    )
    assert (outcome.exit_code, outcome.output) == (0, b"1 row was added.\n")
    rows = context._rows(
        SourceFile("d.csv", DEFLATORS.encode()), context.CONTEXT_TABLES["deflators"]
    )
    assert rows["municipality_code"].to_pylist() == ["01"]


@pytest.mark.parametrize(
    ("table", "content"),
    [
        ("deflators", "municipality_code,fiscal_year\n01,2025\n"),
        ("deflators", DEFLATORS.replace("104.25", "much")),
        ("deflators", DEFLATORS.replace("104.25", "")),
        ("deflators", DEFLATORS.replace("01", "")),
        ("deflators", ""),
        ("populations", "municipality_code,reference_date,sex,age_from,age_to,people,source\n"
                        "01,2025-01-01,f,0,4,10,register\n"),
    ],
)  # fmt: skip
def test_load_refused(store: Store, table: str, content: str) -> None:
    """Context data that cannot be read is refused with the file's name, and nothing is stored."""
    outcome = perform(
        store, "load", {**CALLER, "table": table}, [SourceFile("d.csv", content.encode())]
    )
    assert (outcome.exit_code, store.data_version) == (1, 0)
    assert "d.csv" in outcome.error


def test_demo_once(store: Store) -> None:
    """The demo fills an empty database and leaves any other alone."""
    assert perform(store, "demo", CALLER).exit_code == 0
    version = store.data_version
    assert store.query("municipalities").num_rows == 3
    again = perform(store, "demo", CALLER)
    assert (again.exit_code, store.data_version) == (0, version)
    assert b"was not added" in again.output


def test_audit_whole(store: Store) -> None:
    """A whole chain is told with its length and its newest hash."""
    perform(store, "role", {**CALLER, "name": "a", "role": "viewer"})
    outcome = perform(store, "audit", CALLER)
    newest = store.query("audit_events").to_pylist()[-1]["event_hash"]
    assert outcome == Outcome(0, f"1 audit event.\nNewest hash: {newest}\n".encode())


def test_audit_altered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An altered event is named, with exit code 1."""
    for name in ("a", "b"):
        perform(store, "role", {**CALLER, "name": name, "role": "viewer"})
    events = store.query("audit_events")
    users = events.column_names.index("user_name")
    altered = events.set_column(
        users, "user_name", pc.replace_substring(events["user_name"], "c", "k")
    )
    assert chain_problems(altered.to_pylist())
    monkeypatch.setattr(store, "query", lambda name: altered)
    outcome = perform(store, "audit", CALLER)
    assert outcome.exit_code == 1
    assert "Event 1 was altered" in outcome.error
    assert "Event 2 was altered" in outcome.error


# backup and restore


def test_backup_restore(file_store: Store) -> None:
    """A restored backup has what was there at its time; the replaced database is kept."""
    perform(file_store, "role", {**CALLER, "name": "early", "role": "editor"})
    backup = perform(file_store, "backup", CALLER)
    perform(file_store, "role", {**CALLER, "name": "late", "role": "editor"})
    outcome = perform(file_store, "restore", CALLER, [SourceFile("monday.db", backup.output)])
    assert outcome.exit_code == 0
    assert b"monday.db" in outcome.output
    assert file_store.query("user_role", user_name="early").num_rows == 1
    assert file_store.query("user_role", user_name="late").num_rows == 0
    left = {path.name.partition("-2")[0] for path in file_store.target.parent.iterdir()}
    name = file_store.target.name
    assert left - {f"{name}.wal"} == {name, f"{name}.before-restore"}


def test_restore_junk(file_store: Store) -> None:
    """What is not a backup changes nothing and is told by its own name."""
    perform(file_store, "role", {**CALLER, "name": "early", "role": "editor"})
    outcome = perform(file_store, "restore", CALLER, [SourceFile("junk.db", b"junk" * 5000)])
    assert outcome.exit_code == 1
    assert outcome.error.startswith("The file junk.db is not a backup")
    assert file_store.query("user_role", user_name="early").num_rows == 1
    name = file_store.target.name
    assert {path.name for path in file_store.target.parent.iterdir()} <= {name, f"{name}.wal"}


def test_restore_over_damage(file_store: Store, tmp_path: Path) -> None:
    """A damaged database is replaced by a backup, as the sentence about the damage advises."""
    perform(file_store, "role", {**CALLER, "name": "early", "role": "editor"})
    good, damaged = tmp_path / "good.db", tmp_path / "damaged.duckdb"
    good.write_bytes(perform(file_store, "backup", CALLER).output)
    damaged.write_bytes(b"not a database" * 1000)
    told = command_line("audit", "--database", damaged)
    assert (told.exit_code, "restore FILE" in told.stderr) == (1, True)
    assert command_line("restore", damaged, "--database", damaged).exit_code == 1
    assert damaged.read_bytes().startswith(b"not a database")
    outcome = command_line("restore", good, "--database", damaged)
    assert outcome.exit_code == 0, outcome.stderr
    assert "2 audit events" in command_line("audit", "--database", damaged).stdout
    kept = next(tmp_path.glob("damaged.duckdb.before-restore-*"))
    assert kept.read_bytes().startswith(b"not a database")


def test_backup_in_memory(store: Store) -> None:
    """A database in memory cannot be backed up, in a sentence."""
    assert "in memory" in perform(store, "backup", CALLER).error


# what goes wrong


def test_bug(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug gives the reader a reference number and the log the trace under it."""

    def break_down(*_: object) -> Outcome:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(commands, "COMMANDS", {**COMMANDS, "audit": break_down})
    outcome = perform(store, "audit", CALLER)
    assert outcome.exit_code == 3
    assert "secret detail" not in outcome.error
    reference = caplog.records[-1].args[0]
    assert str(reference) in outcome.error
    assert "secret detail" in caplog.text


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
