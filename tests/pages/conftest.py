"""Pages without a browser: the application itself, on a database of the test's own."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from budgeting.settings import ROOT, settings
from budgeting.ui import session

PATIENCE = 120  # seconds: never an hour, whatever else the machine does
Visit = Callable[..., AppTest]


def forget() -> None:
    """Make the process read its settings and open its store anew."""
    if session._open.cache_info().currsize:
        session._open().close()
    session._open.cache_clear()
    settings.cache_clear()


@pytest.fixture
def visit(tmp_path, monkeypatch, demo_file) -> Iterator[Visit]:
    """Open a page: ``visit("methods", "empty", lang="sr")``; the rest is its address."""
    database = tmp_path / "paritet.duckdb"
    forget()

    def opened(
        page: str = "overview", data: str = "demo", user: dict | None = None, /, **address: str
    ) -> AppTest:
        if data == "demo" and not database.exists():
            shutil.copyfile(demo_file, database)
        monkeypatch.setenv("PARITET_DATABASE", str(database))
        forget()
        at = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
        if user is not None:
            monkeypatch.setenv("PARITET_SIGN_IN", "header")
            at.user = user
        at.query_params.update(address)
        # AppTest runs the page's file, as a new process does; the page goes through the router
        return at.switch_page(f"pages/{page}.py").run()

    yield opened
    forget()
