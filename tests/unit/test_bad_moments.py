"""Bad moments: two people at once, a full disk, a kill: an import is stored whole or not at all."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fixtures.small_budget import (
    CARE,
    ROADS,
    SCHOOLS,
    accept_rows,
    ask,
    count,
    verdict_on,
)

from budgeting.access import Identity, Role
from budgeting.audit import chain_problems
from budgeting.errors import ImportRefused
from budgeting.imports.stored.acceptance import accept
from budgeting.store import connect

TESTS = Path(__file__).resolve().parents[1]


def row_counts(store):
    names = ask(
        store,
        "select schema_name || '.' || table_name as name from duckdb_tables() "
        "where database_name = current_database() order by all",
    )
    return {row["name"]: count(store, row["name"]) for row in names}


def test_of_two_who_accept_at_once_the_second_is_told(file_store):
    """Two people examined the same year: one import is stored, the other says what happened."""
    first = verdict_on(file_store, SCHOOLS, CARE, name="first.csv")
    second = verdict_on(file_store, SCHOOLS, ROADS, name="second.csv")
    start, told = threading.Barrier(2), []

    def accept_as(verdict, name):
        start.wait()
        try:
            accept(file_store, verdict, Identity(name, Role.EDITOR))
            told.append("stored")
        except ImportRefused as refusal:
            told.append(str(refusal.message))

    people = [
        threading.Thread(target=accept_as, args=one) for one in ((first, "ana"), (second, "bob"))
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert 1 == told.count("stored")
    (other,) = [words for words in told if words != "stored"]
    assert len(other) > 20
    assert (1, 1) == (count(file_store, "core.imports"), file_store.data_version)
    assert [] == chain_problems(file_store.query("audit_events").to_pylist())


def test_of_two_who_accept_the_same_file_at_once_one_is_stored(file_store):
    """The very same file, accepted by two people in one moment, is stored once."""
    verdicts = [verdict_on(file_store, SCHOOLS, CARE) for _ in range(2)]
    start, told = threading.Barrier(2), []

    def accept_it(verdict):
        start.wait()
        try:
            accept(file_store, verdict, Identity("x", Role.EDITOR))
            told.append("stored")
        except ImportRefused as refusal:
            told.append(str(refusal.message))

    people = [threading.Thread(target=accept_it, args=(one,)) for one in verdicts]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert 1 == told.count("stored")
    assert 2 == count(file_store, "core.line_years")


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from budgeting.access import Identity, Role
from budgeting.errors import BudgetingError
from budgeting.imports.stored.acceptance import accept
from budgeting.store import connect
from fixtures.small_budget import verdict_on
path = Path(sys.argv[1])
store = connect(path)
rows = [f"{n % 7};A;{n};{n % 90};09.1;line {n} of {n * 7919};{n % 900},00;1,00" for n in range(20000)]
verdict = verdict_on(store, *rows, year=2025)
assert verdict.is_acceptable, verdict.findings[:3]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
wal = path.with_name(path.name + ".wal")
largest = max(path.stat().st_size, wal.stat().st_size if wal.exists() else 0)
resource.setrlimit(resource.RLIMIT_FSIZE, (largest + int(sys.argv[2]),) * 2)
try:
    accept(store, verdict, Identity("x", Role.EDITOR))
    print("stored")
except BudgetingError as error:
    print("told", error.message)
except BaseException as error:
    print("raised", type(error).__name__, str(error)[:200])
try:
    print("then", len(store.query("municipalities").to_pylist()))
except BaseException as error:
    print("then", type(error).__name__, str(error)[:200])
"""


def in_another_process(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
    )


@pytest.mark.parametrize("room", [0, 4096, 300_000, 1_000_000])
def test_a_full_disk_is_told_and_leaves_the_database_as_it_was(tmp_path, editor, room):
    """Where the disk is full in the middle of an import, nothing is stored and a sentence says so."""
    path = tmp_path / "paritet.duckdb"
    first = connect(path)
    accept_rows(first, editor, SCHOOLS, CARE, year=2020)
    before = row_counts(first), first.state
    first.close()
    said, errors = in_another_process(FULL_DISK, path, room).communicate(timeout=120)
    reopened = connect(path)
    after = row_counts(reopened), reopened.state
    events = reopened.query("audit_events").to_pylist()
    reopened.close()
    assert (before, []) == (after, chain_problems(events))
    assert said.startswith("told"), said + errors[-500:]
    assert "disk" in said.lower() or "space" in said.lower()


ACCEPTING = """
import sys
from pathlib import Path
from budgeting.access import Identity, Role
from budgeting.imports.stored.acceptance import accept
from budgeting.store import connect
from fixtures.small_budget import verdict_on
store = connect(Path(sys.argv[1]))
rows = [f"{n % 7};A;{n};{n % 90};09.1;line {n};{n % 900},05;1,00" for n in range(3000)]
verdict = verdict_on(store, *rows, year=2000 + store.data_version)
print("before", flush=True)
accept(store, verdict, Identity("x", Role.EDITOR))
print("after", flush=True)
sys.stdin.read()
"""
OF_A_FILE = {
    "staging.source_rows": 3000,
    "core.line_years": 3000,
    "core.line_year_sources": 3000,
    "core.budget_amounts": 6000,
    "core.imports": 1,
    "core.source_files": 1,
    "core.fiscal_years": 1,
    "core.vintages": 2,
}


def test_an_acceptance_that_is_killed_is_stored_whole_or_not_at_all(tmp_path):
    """Killed at twenty random moments, the database holds all of a file or nothing of it."""
    path, chance = tmp_path / "paritet.duckdb", random.Random()
    connect(path).close()
    stored = in_between = 0
    for _ in range(20):
        importer = in_another_process(ACCEPTING, path)
        assert "before\n" == importer.stdout.readline()
        time.sleep(chance.uniform(0, 0.25))
        importer.send_signal(signal.SIGKILL)
        said, _ = importer.communicate()
        reopened = connect(path)
        files = count(reopened, "core.imports")
        in_between += "after" not in said
        assert files in {stored + ("after" in said), stored + 1}
        assert {table: files * n for table, n in OF_A_FILE.items()} == {
            table: count(reopened, table) for table in OF_A_FILE
        }
        events = reopened.query("audit_events").to_pylist()
        assert (files, []) == (reopened.data_version, chain_problems(events))
        reopened.close()
        stored = files
    assert in_between > 0  # else no kill ever hit an acceptance and the test showed nothing
