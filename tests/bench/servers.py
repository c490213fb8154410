"""Servers under measurement: processes of their own, on loopback, each with its own database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
PARITET = "budgeting.server"
EMPTY = "tests.bench.empty.server"
PATIENCE = 60.0  # seconds until a server must answer
GRACE = 15.0  # seconds it may take to end


@dataclass(frozen=True, slots=True)
class Server:
    """A server process; `log` holds what it said."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def wait(self) -> None:
        """Return once the server answers.

        Raises
        ------
        RuntimeError
            It ended, or did not answer in time.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=PATIENCE) as answer:
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError):
                time.sleep(0.02)
        raise RuntimeError(f"the server does not answer:\n{self.log.read_text()}")

    def wait_for_port(self) -> None:
        """Return once the server listens: before it is warm, and before it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError(f"the server does not listen:\n{self.log.read_text()}")

    def faults(self) -> list[str]:
        """Return the lines of the log that tell of an exception."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if line.startswith("Traceback") or "Error:" in line]


@contextmanager
def started(module: str, database: Path) -> Iterator[Server]:
    """Start a server on a free port, yield it at once, and end it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {name: value for name, value in os.environ.items() if not name.startswith("PARITET_")}
    given |= {"PARITET_DATABASE": str(database), "PARITET_PORT": str(port)}
    given |= {"PARITET_ADDRESS": "127.0.0.1"}
    log = database.with_suffix(f".{port}.log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, env=given, stdout=output, stderr=output
        )
    try:
        yield Server(port, process, log)
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def running(module: str, database: Path) -> Iterator[Server]:
    """Start a server and yield it once it answers; its log must tell of no exception."""
    with started(module, database) as server:
        server.wait()
        try:
            yield server
        except Exception as error:
            error.add_note(f"the server said last:\n{server.log.read_text()[-3000:]}")
            raise
        if faults := server.faults():
            raise RuntimeError(f"the server's log tells of faults: {faults[:5]}\n{server.log}")
