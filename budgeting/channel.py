"""The channel: commands reach the process that holds the database.

DuckDB lets one process hold the file. While Paritet runs, it listens on the loopback interface and
writes where, and the key, into ``<database>.channel``, readable by its owner only. A message is a
JSON header and one blob per file, so is the answer, its output first; nothing is unpickled.
"""

import json
import logging
import os
import secrets
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path
from typing import Any, Protocol

from budgeting.commands import perform
from budgeting.errors import DatabaseLocked, StoreError
from budgeting.imports.source import SourceFile
from budgeting.model import text
from budgeting.outcomes import Outcome
from budgeting.store import Store

LOG = logging.getLogger(__name__)
LOOPBACK = "127.0.0.1"
HEADER_LIMIT = 1_000_000
HANDSHAKE_SECONDS = 5.0
WAITING = 16  # connections that may queue
_BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, AuthenticationError)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a process listens and the key that opens it; the content of a channel file."""

    address: str
    port: int
    key: str
    pid: int


def channel_file(database: Path) -> Path:
    """Return the name of the file that tells how to reach the process holding `database`."""
    return database.with_name(database.name + ".channel")


def address_of(database: Path) -> Address | None:
    """Return what the channel file of `database` says; None where there is none to be read."""
    try:
        return Address(**json.loads(channel_file(database).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def send(
    database: Path, name: str, parameters: Mapping[str, Any], files: Sequence[SourceFile] = ()
) -> Outcome:
    """Let the process that holds `database` run a command, and return its outcome.

    Raises
    ------
    DatabaseLocked
        The channel file is a leftover: nobody answers there.
    StoreError
        The process ended before it answered.
    """
    address = address_of(database)
    connection = _reach(address) if address else None
    if connection is None:
        raise _nobody_answers(database, address)
    header = {"command": name, "parameters": parameters, "files": [file.name for file in files]}
    try:
        with connection:
            connection.send_bytes(json.dumps(header).encode())
            for file in files:
                connection.send_bytes(file.content)
            answer = json.loads(connection.recv_bytes(HEADER_LIMIT))
            output = connection.recv_bytes()
            written = tuple(SourceFile(name, connection.recv_bytes()) for name in answer["files"])
            return Outcome(answer["exit_code"], output, answer["error"], written)
    except _BROKEN as error:
        raise _ended_meanwhile() from error


def _ended_meanwhile() -> StoreError:
    return StoreError(
        text(
            "Paritet ended before it answered. Look whether the change was made "
            "(python -m budgeting audit), and repeat the command if not."
        )
    )


def _reach(address: Address) -> Connection | None:
    """Return a connection on which both sides have shown that they know the key, or None."""
    try:
        connection = Client((address.address, address.port))
    except OSError:
        return None
    try:
        if connection.poll(HANDSHAKE_SECONDS):  # another program there may never say a word
            answer_challenge(connection, bytes.fromhex(address.key))
            deliver_challenge(connection, bytes.fromhex(address.key))
            return connection
    except _BROKEN:
        LOG.debug("no channel at port %s", address.port, exc_info=True)
    connection.close()
    return None


def _nobody_answers(database: Path, address: Address | None) -> DatabaseLocked:
    return DatabaseLocked(
        text(
            "Another program holds the database {path}, and the Paritet that used to take commands "
            "for it (process {pid}) no longer answers. End that program first.",
            path=str(database),
            pid=str(address.pid) if address else "–",
        )
    )


class Served(Protocol):
    """What `serve` returns: something to close when the process ends."""

    def close(self) -> None:
        """Take no more commands."""


def serve(store: Store) -> Served:
    """Take commands for `store` in threads of their own until the returned object is closed.

    A store in memory is not served: no other process could want it.
    """
    return _Channel(store, store.target) if store.target else ExitStack()


class _Channel:
    def __init__(self, store: Store, database: Path) -> None:
        self._store = store
        self._database = database
        self._listener = Listener((LOOPBACK, 0), backlog=WAITING)
        _, port = self._listener.address
        self._address = Address(LOOPBACK, port, secrets.token_hex(32), os.getpid())
        self._is_closing = threading.Event()
        _write_privately(channel_file(database), json.dumps(asdict(self._address)))
        self._thread = threading.Thread(target=self._listen, name="channel", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and remove the file, unless another process has written its own."""
        if self._is_closing.is_set():
            return
        self._is_closing.set()
        if address_of(self._database) == self._address:
            channel_file(self._database).unlink(missing_ok=True)
        with suppress(OSError):  # accept() wakes for a caller only
            Client((self._address.address, self._address.port)).close()
        self._thread.join(HANDSHAKE_SECONDS)
        self._listener.close()

    def _listen(self) -> None:
        while not self._is_closing.is_set():
            try:
                connection = self._listener.accept()
            except OSError:  # this caller has gone; the next one may stay
                self._is_closing.wait(0.1)
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        """Run the commands of one caller, one after the other, until it hangs up."""
        key = bytes.fromhex(self._address.key)
        with suppress(*_BROKEN), connection:
            deliver_challenge(connection, key)
            answer_challenge(connection, key)
            while not self._is_closing.is_set():
                self._answer(connection)

    def _answer(self, connection: Connection) -> None:
        message = json.loads(connection.recv_bytes(HEADER_LIMIT))
        files = [SourceFile(name, connection.recv_bytes()) for name in message["files"]]
        outcome = perform(self._store, message["command"], message["parameters"], files)
        header = {
            "exit_code": outcome.exit_code,
            "error": outcome.error,
            "files": [file.name for file in outcome.files],
        }
        connection.send_bytes(json.dumps(header).encode())
        connection.send_bytes(outcome.output)
        for file in outcome.files:
            connection.send_bytes(file.content)


def _write_privately(path: Path, content: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(unfinished, path)
