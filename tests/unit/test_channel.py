"""The channel: commands work while another process holds the database."""

import json
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from budgeting import channel, commands
from budgeting.channel import channel_file
from budgeting.errors import DatabaseLocked, StoreError
from budgeting.imports.source import SourceFile
from budgeting.outcomes import Outcome
from budgeting.store import Store, connect

ROOT = Path(channel.__file__).parent.parent
CALLER = {"user": "clara", "language": "en"}
HOLDER = """
import sys
from pathlib import Path
from budgeting import channel
from budgeting.store import connect
store = connect(Path(sys.argv[1]))
served = channel.serve(store) if sys.argv[2] == "serve" else None
print("ready", flush=True)
sys.stdin.read()
if served:
    served.close()
store.close()
"""
MADRID = (
    "Centro;Descripcion Centro;Capitulo;Descripcion Capitulo;Economico;Descripcion Economico;"
    "PREV.INICIAL;MODIFICACIONES;PREV.DEFINITIV;D. RECON.NETOS\n"
    "001;Madrid;1;Impuestos;11200;Rústicos;100,00;0,50;100,50;90,10\n"
)


class Holder:
    """A second process that holds a database, as a running Paritet does."""

    def __init__(self, database: Path, mode: str = "serve") -> None:
        self.database = database
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(database), mode],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout.readline() == "ready\n"

    def command(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "budgeting", *map(str, arguments), "--database", self.database],
            cwd=ROOT, env={**os.environ, "PARITET_USER": "clara"},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip

    def holds(self) -> bool:
        try:
            connect(self.database).close()
        except DatabaseLocked:
            return self.process.poll() is None
        return False

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.communicate("", timeout=30)


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Holder]:
    running = Holder(tmp_path / "live" / "p.duckdb")
    yield running
    running.end()


@pytest.fixture
def served(file_store: Store) -> Iterator[Store]:
    ear = channel.serve(file_store)
    yield file_store
    ear.close()


@pytest.fixture
def arguments(tmp_path: Path) -> tuple[object, ...]:
    path = tmp_path / "ingresos.csv"
    path.write_bytes(MADRID.encode("cp1252"))
    return ("import", path, "--mapping", "es_madrid_revenue", "--year", 2025, "--json", "--accept")


def address(database: Path) -> dict:
    return json.loads(channel_file(database).read_text())


def test_commands_while_held(holder: Holder, arguments: tuple, tmp_path: Path) -> None:
    """Import, report, backup and restore work while another process holds the file."""
    backup = tmp_path / "backups" / "before.db"
    assert holder.command("role", "ana", "editor").returncode == 0
    assert holder.command("backup", backup).returncode == 0
    imported = holder.command(*arguments)
    assert json.loads(imported.stdout)["accepted"], imported.stderr
    report = ("report", "overview", "--param", "municipality=es_madrid", "--param", "year=2025",
              "--param", "direction=revenue")  # fmt: skip
    assert "100.50" in holder.command(*report).stdout
    assert holder.holds()
    restored = holder.command("restore", backup)
    assert "before.db was restored" in restored.stdout, restored.stderr
    assert holder.command(*report).returncode == 1, "the import came after the backup"
    assert json.loads(holder.command(*arguments).stdout)["accepted"], "and can be done again"
    assert "3 audit events" in holder.command("audit").stdout
    assert holder.holds()


def test_backup_opens(holder: Holder, tmp_path: Path) -> None:
    """A backup made through the channel opens by itself; the live file is still held after it."""
    holder.command("role", "ana", "editor")
    holder.command("backup", tmp_path / "b.db")
    assert holder.holds()
    copy = connect(tmp_path / "b.db")
    assert copy.query("user_role", user_name="ana").to_pylist() == [{"role": "editor"}]
    assert copy.query("audit_events").to_pylist()[0]["user_name"] == "clara"
    copy.close()


def test_same_answer(holder: Holder, arguments: tuple, tmp_path: Path) -> None:
    """A command prints and exits the same through the channel as directly."""
    commands_asked = (arguments, arguments, ("report", "nope"), ("restore", arguments[1]))
    through = [holder.command(*asked) for asked in commands_asked]
    alone = Holder(tmp_path / "alone" / "p.duckdb", "hold")
    alone.end()
    direct = [alone.command(*asked) for asked in commands_asked]
    for one, other in zip(through, direct, strict=True):
        assert (one.returncode, one.stdout, one.stderr) == (
            other.returncode, other.stdout, other.stderr,
        )  # fmt: skip
    assert [one.returncode for one in through] == [0, 1, 1, 1]


def test_file_is_private(holder: Holder) -> None:
    """The channel file can be read by its owner only, and is gone when the process ends well."""
    path = channel_file(holder.database)
    assert path.stat().st_mode & 0o777 == 0o600
    assert address(holder.database)["pid"] == holder.process.pid
    holder.end()
    assert not path.exists()
    assert [one.name for one in path.parent.iterdir()] == [holder.database.name]


def test_killed(holder: Holder) -> None:
    """After kill -9 the leftover channel file is ignored and the command works directly."""
    holder.command("role", "ana", "editor")
    holder.process.kill()
    holder.process.wait()
    assert channel_file(holder.database).exists()
    outcome = holder.command("audit")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "1 audit event." in outcome.stdout
    reborn = Holder(holder.database)
    assert reborn.command("role", "eva", "editor").returncode == 0
    assert reborn.holds()
    reborn.end()


def test_locked_without_channel(tmp_path: Path) -> None:
    """A locked database without a channel gives one sentence and exit code 1, no trace."""
    silent = Holder(tmp_path / "p.duckdb", "hold")
    outcome = silent.command("audit")
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Another program holds the database")
    assert len(outcome.stderr.splitlines()) == 1
    silent.end()


def test_locked_with_leftover(holder: Holder) -> None:
    """A leftover channel file beside a database that a third process holds is told apart."""
    holder.process.kill()
    holder.process.wait()
    silent = Holder(holder.database, "hold")
    outcome = silent.command("audit")
    assert outcome.returncode == 1
    assert f"(process {holder.process.pid}) no longer answers" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1
    silent.end()


def test_unreadable_channel_file(file_store: Store) -> None:
    """A channel file that says something else is no channel."""
    for content in ("", "[1]", '{"port": 1}', "\0"):
        channel_file(file_store.target).write_text(content)
        assert channel.address_of(file_store.target) is None


def test_broken_clients(served: Store) -> None:
    """Callers that babble, hang up, stay silent or do not know the key do not end the channel."""
    where = address(served.target)
    key = bytes.fromhex(where["key"])
    silent = socket.create_connection((where["address"], where["port"]))
    with socket.create_connection((where["address"], where["port"])) as babbling:
        babbling.sendall(b"GET / HTTP/1.1\r\n\r\n" * 100)
    with pytest.raises((channel.AuthenticationError, EOFError, OSError)):
        Client((where["address"], where["port"]), authkey=b"guess")
    for message in (b"", b"not json", b"[]", b'{"command": "audit"}', b'{"files": 3}'):
        with Client((where["address"], where["port"]), authkey=key) as caller:
            caller.send_bytes(message)
    with Client((where["address"], where["port"]), authkey=key) as leaving:
        leaving.send_bytes(b'{"command": "audit", "parameters": {}, "files": ["half"]}')
    assert channel.send(served.target, "audit", CALLER).exit_code == 0
    silent.close()


class Bomb:
    """Something that does harm when it is unpickled."""

    def __reduce__(self) -> tuple:
        return os.mkdir, (os.environ["BOMB"],)


def test_nothing_is_unpickled(
    served: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a caller with the key cannot have objects unpickled."""
    monkeypatch.setenv("BOMB", str(tmp_path / "crater"))
    where = address(served.target)
    key = bytes.fromhex(where["key"])
    with Client((where["address"], where["port"]), authkey=key) as caller:
        caller.send_bytes(pickle.dumps(Bomb()))
        with pytest.raises((EOFError, OSError)):
            caller.recv_bytes()
    assert not (tmp_path / "crater").exists()


def test_many_callers(served: Store) -> None:
    """Several callers at once are all answered, and the audit chain stays whole."""

    def assign(number: int) -> Outcome:
        return channel.send(
            served.target, "role", {**CALLER, "name": f"u{number}", "role": "viewer"}
        )

    with ThreadPoolExecutor(8) as pool:
        assert {outcome.exit_code for outcome in pool.map(assign, range(24))} == {0}
    told = channel.send(served.target, "audit", CALLER)
    assert (told.exit_code, told.output.splitlines()[0]) == (0, b"24 audit events.")


def test_large_files(served: Store) -> None:
    """Files of any size and any bytes travel whole."""
    content = bytes(range(256)) * 40_000
    seen = {}

    def weigh(store: Store, parameters: object, files: list[SourceFile]) -> Outcome:
        seen["files"] = files
        return Outcome(0, files[1].content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(commands.COMMANDS, "weigh", weigh)  # type: ignore[arg-type]
        files = [SourceFile("empty", b""), SourceFile("šljiva.bin", content)]
        assert channel.send(served.target, "weigh", CALLER, files).output == content
    assert seen["files"] == files


def test_bug_through_channel(served: Store, caplog: pytest.LogCaptureFixture) -> None:
    """A bug gives the caller a reference number, the log the trace; the channel goes on."""
    outcome = channel.send(served.target, "no-such-command", CALLER)
    assert outcome.exit_code == 3
    assert "reference number" in outcome.error
    assert "Traceback" in caplog.text
    assert channel.send(served.target, "audit", CALLER).exit_code == 0


def test_server_ends_meanwhile(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends before it answers is told in a sentence that says what to look at."""

    def leave(*_: object) -> Outcome:
        raise EOFError

    monkeypatch.setattr(channel, "perform", leave)
    with pytest.raises(StoreError, match="before it answered"):
        channel.send(served.target, "audit", CALLER)


def test_foreign_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A port that another program has taken over since is a leftover, also if it never answers."""
    monkeypatch.setattr(channel, "HANDSHAKE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as foreign:
        where = {"address": "127.0.0.1", "port": foreign.getsockname()[1], "key": "00", "pid": 7}
        channel_file(tmp_path / "p.duckdb").write_text(json.dumps(where))
        with pytest.raises(DatabaseLocked, match="process 7"):
            channel.send(tmp_path / "p.duckdb", "audit", CALLER)


def test_close(file_store: Store) -> None:
    """A closed channel takes no more commands and leaves a successor's file alone."""
    first = channel.serve(file_store)
    second = channel.serve(file_store)
    first.close()
    assert channel.send(file_store.target, "audit", CALLER).exit_code == 0
    where = channel.address_of(file_store.target)
    second.close()
    second.close()
    assert not channel_file(file_store.target).exists()
    with pytest.raises(OSError, match="refused"):
        Client((where.address, where.port))


def test_in_memory(store: Store) -> None:
    """A store in memory is not served."""
    channel.serve(store).close()
