"""What every test may ask for."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [path for path in (str(HERE.parent), str(HERE)) if path not in sys.path]

from budgeting.access import Identity, Role  # noqa: E402
from budgeting.demo import build_demo  # noqa: E402
from budgeting.store import Store, connect  # noqa: E402

NO_TEST_DATA = "PARITET_TEST_DATA is not set: the real budgets are not part of the project"


@pytest.fixture
def store():
    """An empty database in memory."""
    opened = connect(None)
    yield opened
    opened.close()


@pytest.fixture
def file_store(tmp_path):
    """An empty database in a file of its own."""
    opened = connect(tmp_path / "live" / "paritet.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_store() -> Store:
    """The three demo towns in memory; shared, so no test writes to it."""
    opened = connect(None)
    build_demo(opened)
    return opened


@pytest.fixture
def viewer() -> Identity:
    return Identity("vera@example.org", Role.VIEWER)


@pytest.fixture
def editor() -> Identity:
    return Identity("edin@example.org", Role.EDITOR)


@pytest.fixture
def administrator() -> Identity:
    return Identity("ada@example.org", Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of real budgets; only without the variable is the test skipped."""
    folder = os.environ.get("PARITET_TEST_DATA")
    if not folder:
        pytest.skip(NO_TEST_DATA)
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"PARITET_TEST_DATA names {path}, which is not a folder")
    return path
