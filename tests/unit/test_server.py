"""The launcher from outside: a process of its own, a free port, a database of its own."""

import inspect
import json
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.requests import Request
from streamlit import config
from streamlit.runtime import runtime_util

from budgeting import __version__, server
from budgeting.server import SECURITY_HEADERS
from budgeting.settings import ROOT, Settings

START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def launched(database: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start the server from a working directory that is not the repository."""
    environment = {
        **os.environ,
        "PARITET_DATABASE": str(database),
        "PARITET_PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "budgeting.server"],
        cwd=database.parent,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answer(process: subprocess.Popen[str], port: int, path: str) -> tuple[bytes, dict[str, str]]:
    """Return body and headers; waits for a server that is still starting."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as response:
                return response.read(), {k.lower(): v for k, v in response.headers.items()}
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert process.poll() is None, process.stdout.read()
            assert time.monotonic() < deadline, "the server did not answer in time"
            time.sleep(0.1)


class Running(NamedTuple):
    process: subprocess.Popen[str]
    port: int
    database: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    port = free_port()
    database = tmp_path_factory.mktemp("server") / "live.duckdb"
    with launched(database, port) as process:
        answer(process, port, "/healthz")
        yield Running(process, port, database)


def test_healthz_tells_version_and_data_version(running):
    body, headers = answer(running.process, running.port, "/healthz")
    assert json.loads(body) == {"status": "ok", "version": __version__, "data_version": 0}
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/healthz", "/_stcore/health"])
def test_every_answer_carries_the_security_headers(running, path):
    _, headers = answer(running.process, running.port, path)
    assert {name: headers.get(name.lower()) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_the_page_is_allowed_nothing_from_outside(running):
    _, headers = answer(running.process, running.port, "/")
    assert "http" not in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_and_says_nothing_more(tmp_path, ending):
    port = free_port()
    with launched(tmp_path / "live.duckdb", port) as process:
        answer(process, port, "/healthz")
        process.send_signal(ending)
        output, _ = process.communicate(timeout=20)
    assert process.returncode == 0, output
    assert output == f"Paritet is ready: http://127.0.0.1:{port}  (Ctrl-C ends it)\n"
    assert not (tmp_path / "live.duckdb.wal").exists()


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with launched(tmp_path / "live.duckdb", port) as process:
            output, _ = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert output.startswith(f"Port {port} is taken")
    assert f"PARITET_PORT={port + 1}" in output
    assert output.count("\n") == 1


def test_a_damaged_database_is_told_in_one_sentence(tmp_path):
    database = tmp_path / "live.duckdb"
    database.write_bytes(b"this is no database" * 1000)
    with launched(database, free_port()) as process:
        output, _ = process.communicate(timeout=START_SECONDS)
    assert process.returncode == 1
    assert str(database) in output
    assert "Restore a backup" in output
    assert output.count("\n") == 1


def test_a_database_in_use_is_told_in_one_sentence(running):
    with launched(running.database, free_port()) as second:
        output, _ = second.communicate(timeout=START_SECONDS)
    assert second.returncode == 1
    assert str(running.database) in output
    assert output.count("\n") == 1


def test_healthz_is_503_when_the_store_does_not_answer(monkeypatch):
    def broken():
        raise RuntimeError("no store")

    monkeypatch.setattr(server, "_store", broken)
    response = server.health(Request({"type": "http"}))
    assert response.status_code == 503
    assert json.loads(response.body)["status"] == "unavailable"


def test_open_to_the_network_without_sign_in_is_warned_of(caplog):
    server.warn_if_open(Settings(address="0.0.0.0"))
    assert "PARITET_SIGN_IN" in caplog.text


@pytest.mark.parametrize(
    "chosen", [Settings(), Settings(address="::1"), Settings(address="0.0.0.0", sign_in="oidc")]
)
def test_what_is_closed_is_not_warned_of(caplog, chosen):
    server.warn_if_open(chosen)
    assert caplog.text == ""


def test_the_configuration_names_only_options_that_streamlit_has():
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    unknown = [name for name in _options(written) if name not in config._config_options_template]
    assert unknown == []


def _options(table: dict, prefix: str = "") -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _options(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_streamlit_still_rests_longer_than_we_let_it_after_sending():
    """What we set is there, is what the loop that sends waits for, and is less than Streamlit's own."""
    name, ours = server.REST_AFTER_SENDING
    assert ours < getattr(runtime_util, name)
    assert f"asyncio.sleep({name})" in inspect.getsource(server.sending.Runtime)
