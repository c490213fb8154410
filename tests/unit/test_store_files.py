"""Files of the store: backup, restore, upgrade, and databases that cannot be opened."""

import gzip
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest
from fixtures.small_budget import CARE, ROADS, SCHOOLS, accept_rows, add_town, ask, count

from budgeting.audit import chain_problems
from budgeting.errors import (
    BudgetingError,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseTooNew,
    MigrationFailed,
    NotFound,
)
from budgeting.sql_files import SQL
from budgeting.store import connect


def events_of(store):
    return store.query("audit_events").to_pylist()


TESTS = Path(__file__).resolve().parents[1]
VERSION_1 = TESTS / "fixtures" / "schema_v1.duckdb.gz"
NEWEST = max(int(path.name[:4]) for path in (SQL / "schema").glob("*.sql"))


def contents(store):
    """Return every row of every table, as a thing that can be compared."""
    tables = ask(
        store,
        "select schema_name || '.' || table_name as name from duckdb_tables() "
        "where database_name = current_database() order by all",
    )
    return {row["name"]: ask(store, f"from {row['name']} order by all") for row in tables}


def in_another_process(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])},
    )


# --- backup and restore ---------------------------------------------------


class Readers:
    """Threads that ask in a loop until told to stop; `errors` is what went wrong meanwhile."""

    def __init__(self, store, number=4):
        self.store, self.errors, self.answers = store, [], 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(number)]

    def _ask(self):
        while not self._stop.is_set():
            try:
                self.store.query("audit_events")
                self.store.query("municipalities")
                self.answers += 1
            except Exception as error:  # whatever it is, the test shows it
                self.errors.append(repr(error))
                return

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def test_a_backup_made_under_readers_opens_by_itself_and_is_equal(file_store, tmp_path, editor):
    """A copy made while others read, right after a write, holds everything."""
    with Readers(file_store) as readers:
        for number, row in enumerate((SCHOOLS, CARE, ROADS)):
            accept_rows(file_store, editor, row)
            file_store.backup(tmp_path / f"{number}.duckdb")
    assert [] == readers.errors
    assert readers.answers > 0
    alone = tmp_path / "elsewhere" / "alone.duckdb"
    alone.parent.mkdir()
    shutil.copyfile(tmp_path / "2.duckdb", alone)
    copy = connect(alone)
    assert contents(file_store) == contents(copy)
    assert 3 == copy.data_version
    copy.close()


def test_a_backup_leaves_no_unfinished_file(file_store, tmp_path):
    """Beside a finished backup lies nothing else."""
    file_store.backup(tmp_path / "kept" / "b.duckdb")
    assert ["b.duckdb"] == sorted(os.listdir(tmp_path / "kept"))


def test_writes_go_on_after_a_backup_onto_the_live_file(file_store, editor):
    """A backup onto the live file itself does not cost a later change."""
    add_town(file_store, editor, "before")
    with suppress(BudgetingError):  # refusing is right, too
        file_store.backup(file_store.target)
    add_town(file_store, editor, "after")
    target = file_store.target
    file_store.close()
    again = connect(target)
    assert 2 == count(again, "core.municipalities")
    again.close()


def test_a_database_in_memory_is_neither_backed_up_nor_restored(store, tmp_path, administrator):
    """Without a file, both say so."""
    with pytest.raises(NotFound, match="in memory"):
        store.backup(tmp_path / "b.duckdb")
    with pytest.raises(NotFound, match="in memory"):
        store.restore(tmp_path / "b.duckdb", administrator)


@pytest.fixture
def backed_up(file_store, tmp_path, editor):
    """A database of three towns and its backup, made when it had one."""
    add_town(file_store, editor, "old")
    file_store.backup(tmp_path / "backup.duckdb")
    add_town(file_store, editor, "new")
    add_town(file_store, editor, "newest")
    return tmp_path / "backup.duckdb"


def town_codes(store):
    return sorted(row["municipality_code"] for row in ask(store, "from core.municipalities"))


def test_a_restore_swaps_the_database_under_running_readers(file_store, backed_up, administrator):
    """Readers never meet an error while the database is replaced, and find the older one after."""
    with Readers(file_store) as readers:
        for _ in range(3):
            file_store.restore(backed_up, administrator)
    assert [] == readers.errors
    assert readers.answers > 0
    assert ["old"] == town_codes(file_store)


def test_a_restore_keeps_the_replaced_file(file_store, backed_up, administrator):
    """What was replaced lies beside the database, complete and readable."""
    kept = file_store.restore(backed_up, administrator)
    before = connect(kept)
    assert ["new", "newest", "old"] == town_codes(before)
    before.close()


def test_a_restore_is_an_event_in_a_whole_chain(file_store, backed_up, administrator):
    """The chain of the backup goes on with the restore, told with its author."""
    file_store.restore(backed_up, administrator)
    events = events_of(file_store)
    assert [] == chain_problems(events)
    assert ("restore", administrator.name) == (events[-1]["action"], events[-1]["user_name"])


def test_restores_within_a_second_keep_every_replaced_file(file_store, backed_up, administrator):
    """A replaced database is never overwritten by the next one that is replaced."""
    kept = {file_store.restore(backed_up, administrator) for _ in range(4)}
    assert (4, True) == (len(kept), all(path.is_file() for path in kept))


def test_no_two_states_of_a_database_are_alike(file_store, tmp_path, editor, administrator):
    """Each change and each restore gives a state never seen before: caches are keyed by it."""
    seen = [file_store.state]
    add_town(file_store, editor, "old")
    seen.append(file_store.state)
    file_store.backup(tmp_path / "backup.duckdb")
    for code in ("new", "newest"):
        add_town(file_store, editor, code)
        seen.append(file_store.state)
    for _ in range(2):
        file_store.restore(tmp_path / "backup.duckdb", administrator)
        seen.append(file_store.state)
    file_store.query("municipalities")
    assert (6, seen[-1]) == (len(set(seen)), file_store.state)


@pytest.mark.parametrize("content", [b"", b"hello", b"not a database " * 5000])
def test_restoring_what_is_no_database_changes_nothing(
    file_store, backed_up, administrator, content
):
    """A file that cannot be read leaves the database, its version and its folder as they were."""
    garbage = backed_up.with_name("garbage.duckdb")
    garbage.write_bytes(content)
    before = contents(file_store), file_store.data_version, os.listdir(file_store.target.parent)
    with pytest.raises(DatabaseDamaged):
        file_store.restore(garbage, administrator)
    after = contents(file_store), file_store.data_version, os.listdir(file_store.target.parent)
    assert before == after


def test_restoring_a_database_of_another_program_changes_nothing(
    file_store, backed_up, administrator
):
    """A DuckDB file that never was Paritet's is not a backup."""
    foreign = backed_up.with_name("foreign.duckdb")
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("create table recipes (name varchar)")
    before = town_codes(file_store)
    with pytest.raises(BudgetingError):
        file_store.restore(foreign, administrator)
    assert before == town_codes(file_store)


def test_restoring_a_backup_that_is_cut_short_changes_nothing(file_store, tmp_path, administrator):
    """A backup that opens but of which a part is missing is refused before it replaces anything."""
    rows = [f"1;A;{n};{n % 90};09.1;line {n};1,00;1,00" for n in range(20_000)]
    accept_rows(file_store, administrator, *rows)
    file_store.backup(tmp_path / "whole.duckdb")
    content = (tmp_path / "whole.duckdb").read_bytes()
    cut = tmp_path / "cut.duckdb"
    cut.write_bytes(content[: int(len(content) * 0.9)])
    connect(tmp_path / "whole.duckdb").close()  # the whole one opens
    with pytest.raises(DatabaseDamaged):
        file_store.restore(cut, administrator)
    assert 20_000 == len(ask(file_store, "from staging.source_rows"))


def test_restoring_a_file_that_is_not_there_is_refused(file_store, tmp_path, administrator):
    """The path is named, and nothing is left behind."""
    with pytest.raises(NotFound, match=r"nowhere\.duckdb"):
        file_store.restore(tmp_path / "nowhere.duckdb", administrator)
    assert [file_store.target.name] == [
        name for name in os.listdir(file_store.target.parent) if not name.endswith(".wal")
    ]


# --- databases that cannot be opened --------------------------------------


@pytest.mark.parametrize("content", [b"", b"hello", b"<html>" * 10_000])
def test_a_file_that_is_no_database_is_called_damaged(tmp_path, content):
    """The sentence names the file and says to restore a backup; the file stays as it is."""
    path = tmp_path / "paritet.duckdb"
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match=r"paritet\.duckdb.*Restore a backup"):
        connect(path)
    assert content == path.read_bytes()


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_database_cut_short_is_called_damaged(file_store, tmp_path, editor, part):
    """Half a copy, as a full disk leaves it, is damaged and not merely an error."""
    accept_rows(file_store, editor, SCHOOLS, CARE, ROADS)
    file_store.backup(tmp_path / "whole.duckdb")
    content = (tmp_path / "whole.duckdb").read_bytes()
    cut = tmp_path / "cut.duckdb"
    cut.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(DatabaseDamaged):
        connect(cut)


HOLDER = """
import sys
from pathlib import Path
from budgeting.store import connect
store = connect(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_database_held_by_another_process_is_called_locked(tmp_path):
    """While another process holds the file, opening it says so; afterwards it opens."""
    path = tmp_path / "paritet.duckdb"
    holder = in_another_process(HOLDER, path)
    try:
        assert "open\n" == holder.stdout.readline()
        with pytest.raises(DatabaseLocked, match="Another program holds"):
            connect(path)
    finally:
        holder.communicate("")
    connect(path).close()


def test_a_database_of_a_newer_paritet_is_refused(tmp_path):
    """Schema version 99 is named beside the newest known one, and stays as it is."""
    path = tmp_path / "paritet.duckdb"
    connect(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into core.schema_versions values (99, '0099_later', now())")
    with pytest.raises(DatabaseTooNew, match=f"version 99; this Paritet knows .* to {NEWEST}"):
        connect(path)
    with duckdb.connect(str(path)) as connection:
        versions = connection.sql("select max(version) from core.schema_versions").fetchone()
    assert (99,) == versions


# --- upgrade --------------------------------------------------------------


@pytest.fixture
def version_1(tmp_path):
    """A database as version 1 wrote it, with a handful of rows."""
    path = tmp_path / "old" / "paritet.duckdb"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(VERSION_1.read_bytes()))
    return path


TABLES_OF_VERSION_1 = {
    "core.municipalities": "municipality_code, name, country_code, is_fictional",
    "core.line_years": "line_year_id, line_id, municipality_code, fiscal_year, direction, label, "
    "organisation_id, programme_id, function_id, economic_class_id, fund_id, is_elimination",
    "core.member_labels": "member_id, fiscal_year, label",
    "core.members": "*",
    "core.vintages": "*",
    "core.budget_amounts": "*",
    "core.audit_events": "*",
    "mart.cube": "*",
}


def rows_as_of_version_1(path):
    with duckdb.connect(str(path)) as connection:
        return {
            table: connection.sql(f"select {columns} from {table} order by all").fetchall()
            for table, columns in TABLES_OF_VERSION_1.items()
        }


def schema_versions(path):
    with duckdb.connect(str(path)) as connection:
        found = connection.sql("select version from core.schema_versions order by 1").fetchall()
    return [version for (version,) in found]


def test_the_kept_database_is_of_version_1(version_1):
    """The fixture is what it says: version 1, with rows in it and no search text."""
    assert [1] == schema_versions(version_1)
    assert all(rows_as_of_version_1(version_1).values())


def test_an_upgrade_keeps_every_row(version_1):
    """Opening a version-1 database upgrades it; every value that it had is still there."""
    before = rows_as_of_version_1(version_1)
    connect(version_1).close()
    assert before == rows_as_of_version_1(version_1)


def test_an_upgrade_is_recorded(version_1):
    """Every step up to the newest is recorded once, however often the database is opened."""
    connect(version_1).close()
    connect(version_1).close()
    assert list(range(1, NEWEST + 1)) == schema_versions(version_1)


def test_an_upgrade_fills_the_search_text(version_1):
    """Labels written before search existed are found by it afterwards."""
    upgraded = connect(version_1)
    lines = ask(upgraded, "select label, search_text from core.line_years order by label")
    labels = ask(upgraded, "select search_text from core.member_labels order by 1")
    upgraded.close()
    assert [("Šume i putevi", "sume i putevi"), ("Дечија заштита", "decija zastita")] == [
        (row["label"], row["search_text"]) for row in lines
    ]
    assert ["djaci", "obrazovanje", "sumarstvo"] == [row["search_text"] for row in labels]


def test_an_upgraded_database_takes_a_new_file(version_1, editor):
    """After the upgrade the chain goes on and an import is accepted."""
    upgraded = connect(version_1)
    events = len(events_of(upgraded))
    accept_rows(upgraded, editor, SCHOOLS)
    assert ([], events + 1) == (chain_problems(events_of(upgraded)), upgraded.data_version)
    upgraded.close()


def test_a_failing_upgrade_leaves_the_older_version_unchanged(version_1):
    """An upgrade step that fails halfway is undone: version 1, the same rows, no new column."""
    with duckdb.connect(str(version_1)) as connection:
        # migration 2 adds a macro, then this column to line_years, then one to member_labels
        connection.execute("alter table core.member_labels add column search_text varchar")
    before = rows_as_of_version_1(version_1)
    with pytest.raises(MigrationFailed, match="version 2 failed; it is unchanged"):
        connect(version_1)
    assert ([1], before) == (schema_versions(version_1), rows_as_of_version_1(version_1))
    with duckdb.connect(str(version_1)) as connection:
        columns = connection.sql(
            "select column_name from duckdb_columns() where table_name = 'line_years'"
        ).fetchall()
    assert ("search_text",) not in columns
