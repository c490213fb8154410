"""A Paritet of one's own: a server on a free port with its own database, and a browser for it."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from budgeting.settings import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = f"No Chromium: none of {', '.join(CHROMIUM)} is on the path"
READY = "Paritet is ready"
PATIENCE = 60_000  # milliseconds: on a loaded machine a page may take its time, never an hour
_SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]')
    const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]
        .filter((chart) => chart.checkVisibility() && chart.getBoundingClientRect().height)
    const parts = [...document.querySelectorAll('[data-testid=stBidiComponentIsolated]')]
    return app?.dataset.testScriptState === 'notRunning'
        && document.querySelector('h1')
        && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]')
        && charts.every((chart) => chart.querySelector('canvas, svg'))
        && parts.every((part) => part.shadowRoot?.querySelector('table'))
}"""


def chromium_path() -> str | None:
    """Return where Chromium is; None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def launch(playwright: Playwright) -> Browser:
    """Start a Chromium that asks nobody but the server of the test."""
    flags = ["--disable-gpu", "--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    return playwright.chromium.launch(executable_path=chromium_path(), args=flags)


@contextmanager
def serving(database: Path, **settings: str) -> Iterator[str]:
    """Serve a database; yield the address of the server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PARITET_")},
        "PARITET_DATABASE": str(database),
        "PARITET_PORT": port,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        **settings,
    }
    log = database.with_suffix(".log")
    with log.open("w", encoding="utf-8") as lines:
        server = subprocess.Popen(
            [sys.executable, "-m", "budgeting.server"],
            cwd=database.parent,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
        )
    try:
        said = server.stdout.readline() if server.stdout else ""
        assert READY in said, f"the server did not start: {said}{log.read_text(encoding='utf-8')}"
        address = f"http://127.0.0.1:{port}"
        urllib.request.urlopen(f"{address}/healthz", timeout=30).close()
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=30)


def settle(page: Page, patience: int = PATIENCE) -> Page:
    """Wait until the page's script has run and its charts are there; return the page."""
    page.wait_for_function(_SETTLED, timeout=patience)
    return page


def visit(page: Page, address: str) -> Page:
    """Open an address and wait until the page is complete."""
    page.goto(address)
    return settle(page)
