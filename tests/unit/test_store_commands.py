"""Commands on the store: roles, context, demo, audit, backup, and a fault of the program itself."""

import json
from pathlib import Path

import pyarrow.compute as pc
import pytest
from fixtures.command_line import CALLER, command_line

from budgeting import commands
from budgeting.audit import chain_problems
from budgeting.commands import COMMANDS, perform
from budgeting.imports import context
from budgeting.imports.source import SourceFile
from budgeting.outcomes import Outcome
from budgeting.store import Store

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
