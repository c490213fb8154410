"""The store: the only place that talks to DuckDB.

One connection per process, one cursor per call. Questions are ``sql/queries/*.sql``, changes are
``sql/commands/*.sql``; every change runs in a transaction that ends with its audit event.
"""

import logging
import os
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from budgeting.access import Identity
from budgeting.audit import OF_MARKS, OF_MOVES, OF_SCENARIOS, RESTORE, Change, event_of
from budgeting.database_files import copy_in_another_process, why_not_open
from budgeting.errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    MigrationFailed,
    NotAllowed,
    NotFound,
)
from budgeting.gate import Gate
from budgeting.model import text
from budgeting.sql_files import (
    DIMENSIONS,
    SQL,
    Statement,
    check_names,
    column_of,
    statement_named,
    statements,
)
from budgeting.states import States

__all__ = ["DIMENSIONS", "Store", "Transaction", "connect", "read_through"]

LOG = logging.getLogger(__name__)
_ROWS_AT_ONCE = 100_000
_ROW_GROUP = 122_880  # rows that DuckDB compresses and writes together

# Two cursors on one chain head would fork the audit chain silently; DuckDB lets one process hold
# the file, so one lock per process is enough.
_WRITE_LOCK = threading.RLock()
_NO_ROOM = re.compile(r"(?i)no space|not enough space|disk full|file too large|could not write")


class Store:
    """The database of an installation.

    Open with `connect`. All methods may be called from any thread.
    """

    def __init__(self, target: Path | None, connection: duckdb.DuckDBPyConnection) -> None:
        self.target = target
        self._connection = connection
        self._gate = Gate()
        self._states = States()

    @property
    def state(self) -> str:
        """Hash of the newest audit event; never comes back after a restore."""
        return self._states.newest

    @property
    def listed_state(self) -> str:
        """Hash of the newest audit event that changed anything but moves in scenarios."""
        return self._states.listed

    @property
    def budget_state(self) -> str:
        """Hash of the newest audit event that changed anything but scenarios."""
        return self._states.budget

    @property
    def lines_state(self) -> str:
        """Hash of the newest audit event that changed anything but scenarios and marks."""
        return self._states.lines

    @property
    def data_version(self) -> int:
        """Sequence of the newest audit event: what screens and downloads are stamped with."""
        return self._states.data_version

    def query(self, name: str, /, **parameters: Any) -> pa.Table:
        """Ask the question in ``sql/queries/<name>.sql``.

        Parameters
        ----------
        name
            File name without suffix.
        parameters
            Exactly those that the file's header lists: ``$name`` values are bound, ``@name`` Arrow
            tables are read as relations, ``{name}`` is one of `DIMENSIONS`.

        Returns
        -------
        pyarrow.Table
            Grain as the file's first line says; money as decimal.

        Raises
        ------
        UnknownQuery, WrongParameters
            Naming what is missing or too many.
        """
        with self._gate.shared():
            cursor = self._connection.cursor()
            try:
                return _ask(cursor, name, parameters)
            finally:
                cursor.close()

    @contextmanager
    def transaction(self, identity: Identity, change: Change) -> Iterator["Transaction"]:
        """Open one transaction that ends with the audit event of `change`, or leaves nothing."""
        with _WRITE_LOCK:  # until the version is noted: a later change must not be overtaken
            with self.without_event() as transaction:
                yield transaction
                event = _append_event(transaction, identity, change)
                transaction.sealed = event["event_hash"]
            self._states = self._states.after(change.action, event)

    @contextmanager
    def without_event(self) -> Iterator["Transaction"]:
        """Open one transaction for what only follows, or for a log that says itself who and when."""
        with _WRITE_LOCK, self._gate.shared():
            cursor = self._connection.cursor()
            cursor.begin()
            try:
                yield Transaction(cursor)
                cursor.commit()
            except BaseException as error:
                with suppress(duckdb.Error):  # the first error is the one to tell
                    cursor.rollback()
                if isinstance(error, duckdb.Error) and _NO_ROOM.search(str(error)):
                    raise DiskFull(
                        text("The disk has no space left for the change; nothing was stored.")
                    ) from error
                raise
            finally:
                cursor.close()

    def backup(self, destination: Path) -> None:
        """Copy the whole database to `destination` while readers go on; the copy opens by itself.

        The copy is written beside its name and moved into place, so that an interrupted backup
        never looks like one.
        """
        if self.target is None:
            raise NotFound(text("A database in memory cannot be backed up."))
        if destination.resolve() == self.target.resolve():
            raise NotAllowed(text("{path} is the live database itself.", path=str(destination)))
        destination.parent.mkdir(parents=True, exist_ok=True)
        unfinished = destination.with_name(destination.name + ".unfinished")
        with _WRITE_LOCK, self._gate.shared():
            cursor = self._connection.cursor()
            cursor.execute(statements("maintenance")["checkpoint"].sql)
            cursor.close()
            copy_in_another_process(self.target, unfinished)
        os.replace(unfinished, destination)

    def restore(self, origin: Path, identity: Identity) -> Path:
        """Replace the database by the backup `origin`; return where the replaced one was kept.

        The backup is opened and upgraded as a copy first: one that cannot be read changes nothing.
        """
        if self.target is None:
            raise NotFound(text("A database in memory cannot be restored."))
        if not origin.is_file():
            raise NotFound(text("There is no file {path}.", path=str(origin)))
        incoming = self.target.with_name(self.target.name + ".incoming")
        shutil.copyfile(origin, incoming)
        try:
            read_through(incoming)
            connect(incoming).close()
        except BaseException:
            incoming.unlink(missing_ok=True)
            raise
        replaced_version = self.data_version
        kept = self.target.with_name(f"{self.target.name}.before-restore-{_stamp()}")
        with _WRITE_LOCK, self._gate.exclusive():
            self._connection.close()
            os.replace(self.target, kept)
            os.replace(incoming, self.target)
            self._connection = _open(self.target)
            self._refresh_version()
        with self.transaction(identity, Change(RESTORE, origin.name)) as transaction:
            transaction.details, transaction.after = {"kept": kept.name}, replaced_version
        return kept

    def close(self) -> None:
        """Release the file; the store cannot be used afterwards."""
        with _WRITE_LOCK, self._gate.exclusive():
            self._connection.close()

    def _refresh_version(self) -> None:
        head = self._newest("audit_head")
        listed = self._newest("listed_head", of_moves=OF_MOVES)
        budget = self._newest("budget_head", of_scenarios=OF_SCENARIOS)
        lines = self._newest("lines_head", of_scenarios=OF_SCENARIOS, of_marks=OF_MARKS)
        self._states = States(
            head.get("sequence", 0),
            *(found.get("event_hash", "") for found in (head, listed, budget, lines)),
        )

    def _newest(self, name: str, **parameters: Any) -> dict[str, Any]:
        return next(iter(_ask(self._connection, name, parameters).to_pylist()), {})


class Transaction:
    """An open transaction: runs ``sql/commands/*.sql`` and asks what it has itself changed."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self.details: Mapping[str, Any] = {}
        self.after = 0  # the number that its event must exceed
        self.sealed = ""  # hash of its event once it is written: the state that it leads to

    def run(self, name: str, /, **parameters: Any) -> None:
        """Run the command in ``sql/commands/<name>.sql`` with exactly its parameters."""
        _execute(self._cursor, statement_named("commands", name), parameters)

    def query(self, name: str, /, **parameters: Any) -> pa.Table:
        """Ask a question inside the transaction."""
        return _ask(self._cursor, name, parameters)


def connect(target: Path | None) -> Store:
    """Open the database at `target` (None: in memory), creating or upgrading it as needed.

    Raises
    ------
    DatabaseLocked, DatabaseTooNew, DatabaseDamaged, MigrationFailed
        Each with a sentence that says what to do.
    """
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    connection = _open(target)
    try:
        is_upgraded = _migrate(connection)
        _create_views(connection)
        if is_upgraded:
            _derive_anew(connection)
        store = Store(target, connection)
        store._refresh_version()
    except BaseException:
        connection.close()
        raise
    return store


def _open(target: Path | None) -> duckdb.DuckDBPyConnection:
    name = ":memory:" if target is None else str(target)
    try:
        return duckdb.connect(name)
    except duckdb.Error as error:
        raise why_not_open(name, str(error)) from error


def _migrations() -> list[tuple[int, Path]]:
    return [(int(path.name[:4]), path) for path in sorted((SQL / "schema").glob("*.sql"))]


def _migrate(connection: duckdb.DuckDBPyConnection, until: int | None = None) -> bool:
    """Apply the migrations that `connection` lacks, each in a transaction of its own.

    Returns whether it was an older database, with rows from which something is derived.
    """
    has_schema = _ask(connection, "has_schema", {}).to_pylist()[0]["has_schema"]
    rows = _ask(connection, "schema_version", {}).to_pylist() if has_schema else []
    current = rows[0]["version"] if rows else 0
    known = _migrations()
    if current > known[-1][0]:
        raise DatabaseTooNew(
            text(
                "The database has schema version {found}; this Paritet knows versions up to {known}. "
                "Install the newer Paritet again, or restore a backup made before the upgrade.",
                found=current,
                known=known[-1][0],
            )
        )
    for version, path in known:
        if current < version and (until is None or version <= until):
            _apply_migration(connection, version, path)
    return 0 < current < known[-1][0]


def _derive_anew(connection: duckdb.DuckDBPyConnection) -> None:
    """Derive again what counts for line-years: an upgrade may have changed marks or the rule."""
    connection.begin()
    for command in (
        "drop_all_line_year_marks",
        "add_all_line_year_marks",
        "leave_all_to_add_up",
    ):
        _execute(connection, statement_named("commands", command), {})
    connection.commit()


def _apply_migration(connection: duckdb.DuckDBPyConnection, version: int, path: Path) -> None:
    connection.begin()
    try:
        connection.execute(path.read_text(encoding="utf-8"))
        recorded = {"version": version, "name": path.stem, "applied_at": datetime.now(UTC)}
        _execute(connection, statement_named("commands", "record_schema_version"), recorded)
        connection.commit()
    except duckdb.Error as error:
        connection.rollback()
        raise MigrationFailed(
            text(
                "Upgrading the database to version {version} failed; it is unchanged. ({reason})",
                version=version,
                reason=str(error).splitlines()[0],
            )
        ) from error
    LOG.info("database upgraded to version %s", version)


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    for statement in statements("views").values():
        connection.execute(statement.sql)
    connection.commit()


def _ask(cursor: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, Any]) -> pa.Table:
    sql, bound = _prepare(cursor, statement_named("queries", name), parameters)
    # cursor.sql would keep a copy of the answer where something is bound: four times as slow
    answer = cursor.execute(sql, bound) if bound else cursor.sql(sql)
    return answer.to_arrow_table()


def _execute(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, parameters: Mapping[str, Any]
) -> None:
    sql, bound = _prepare(cursor, statement, parameters)
    cursor.execute(sql, bound)


def _prepare(
    cursor: duckdb.DuckDBPyConnection, statement: Statement, parameters: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Check the names, register tables, and fill in the dimension's column."""
    check_names(statement, parameters)
    sql, bound = statement.sql, {}
    for name, value in parameters.items():
        if isinstance(value, pa.Table):
            cursor.register(name, _in_row_groups(value))
        elif name == "dimension":
            sql = sql.replace("{dimension}", column_of(str(value)))
        else:
            bound[name] = value
    return sql, bound


def _in_row_groups(rows: pa.Table) -> pa.Table:
    """Return texts in pieces as large as DuckDB compresses them, so that each thread writes whole ones."""
    if rows.num_rows <= _ROW_GROUP or pa.string() not in rows.schema.types:
        return rows
    return pa.Table.from_batches(rows.combine_chunks().to_batches(_ROW_GROUP), rows.schema)


def _append_event(
    transaction: Transaction, identity: Identity, change: Change
) -> Mapping[str, Any]:
    head = transaction.query("audit_head").to_pylist()
    before = head[0] if head else None
    event = event_of(identity, change, transaction.details, before, after=transaction.after)
    transaction.run("append_audit_event", **event)
    return event


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")


def read_through(path: Path) -> None:
    """Read every row of a backup, so that a damaged or foreign one replaces nothing."""
    connection = _open(path)
    try:
        if not _ask(connection, "has_schema", {}).to_pylist()[0]["has_schema"]:
            raise DatabaseDamaged(
                text("The file {path} is not a database of Paritet.", path=path.name)
            )
        for table in _ask(connection, "table_names", {})["table_name"].to_pylist():
            for _ in connection.table(table).to_arrow_reader(_ROWS_AT_ONCE):
                pass
    except duckdb.Error as error:
        raise why_not_open(str(path), str(error)) from error
    finally:
        connection.close()
