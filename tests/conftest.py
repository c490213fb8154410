"""What every test may ask for."""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [path for path in (str(HERE.parent), str(HERE)) if path not in sys.path]

from fixtures.prepared import store_after  # noqa: E402

from budgeting.access import Identity, Role  # noqa: E402
from budgeting.demo import build_demo  # noqa: E402
from budgeting.store import Store, connect  # noqa: E402

NO_TEST_DATA = "PARITET_TEST_DATA is not set: the real budgets are not part of the project"


UNWRITTEN: list[Store] = []


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Let one worker more than there are processors run: one that drives a browser mostly waits."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)  # before xdist, which reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Let one worker run all journeys of a file: its browser and its servers are started once."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    return (yield)


@pytest.fixture
def prepared():
    """Open stores in which something was done: ``prepared(accept_rows, editor, SCHOOLS)``."""
    with ExitStack() as opened:
        yield lambda build, *given, **how: opened.enter_context(
            closing(store_after(build, *given, **how))
        )


@pytest.fixture
def store():
    """An empty database in memory: that of the test before, where nothing was written to it."""
    opened = UNWRITTEN.pop() if UNWRITTEN else store_after()
    yield opened
    if is_unwritten(opened):
        UNWRITTEN.append(opened)
    else:
        opened.close()


def is_unwritten(opened: Store) -> bool:
    """Tell whether a store is open and has no event: every change leaves one."""
    try:
        return not opened.query("audit_head").num_rows
    except Exception:  # closed by the test
        return False


@pytest.fixture
def file_store(tmp_path):
    """An empty database in a file of its own."""
    opened = connect(tmp_path / "live" / "paritet.duckdb")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory) -> Path:
    """A database file with the demo towns, built once for all workers; copied, and never opened."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    path = folder / "demo.duckdb"
    with (folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            with closing(connect(unfinished)) as building:
                build_demo(building)
            unfinished.rename(path)
    return path


@pytest.fixture(scope="session")
def demo_store(demo_file, tmp_path_factory) -> Store:
    """The three demo towns; shared, so no test writes to it."""
    return connect(Path(shutil.copy(demo_file, tmp_path_factory.mktemp("demo"))))


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
