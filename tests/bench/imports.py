"""Part: large files, read, checked and accepted, against what DuckDB and calamine do with them.

Each measurement has a process of its own, so that its first call is a first call and its memory is its
own. import_files.py says what the files are.
"""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import python_calamine

from budgeting.access import Identity, Role
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping_file import mapping_from_text
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import Verdict, examine
from budgeting.store import Store, connect
from tests.bench.figures import Figure, figure
from tests.bench.import_files import (
    COMMA,
    GROUPED,
    MAPPING,
    POINT,
    STAGES,
    WRITINGS,
    Writing,
    write_text,
    write_workbook,
)
from tests.bench.servers import ROOT

PART = "Import of {rows:,} lines"
CREATE, CREATE_FIRST = "DuckDB, typed create table", "the same, first in a process"
BARE, BARE_FIRST = "bare calamine, to_python", "the same, first in a process"
READ_AND_CHECK, IN_ALL, WORKBOOK = 3.0, 6.0, 2.0  # the targets
YEAR = 2025
BUILDER = Identity("benchmark", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of a task, of its first run in a process and of later ones, and its peak memory.

    ``processor`` are seconds of all processors in the last run: where other programs want them too,
    these say more than the clock does.
    """

    first: float
    later: tuple[float, ...]
    processor: float
    mebibytes: float


def measure(folder: Path, rows: int, workbook_rows: int, passes: int) -> list[Figure]:
    """Return the figures of text files of so many rows, and of a workbook."""
    figures = []
    for writing in (POINT, COMMA, GROUPED):
        path = folder / f"ledger-{writing.name}.csv"
        _measured("write_text", path, writing.name, rows, YEAR, passes=1)
        figures += _of_text(path, writing, rows, passes)
    path = folder / "ledger.xlsx"
    _measured("write_workbook", path, workbook_rows, passes=1)
    return [*figures, *_of_workbook(path, workbook_rows, passes)]


def _of_text(path: Path, writing: Writing, rows: int, passes: int) -> list[Figure]:
    size = path.stat().st_size / 1e6
    part = f"{PART.format(rows=rows)} ({size:.0f} MB, amounts like {writing.example})"
    create = _measured("create", path, writing.name, passes=passes)
    against = (CREATE, CREATE_FIRST, READ_AND_CHECK)
    found = _measured("check", path, passes=passes)
    figures = _pair(part, "read and check, nothing stored", found, create, against)
    if writing is not GROUPED:
        return figures
    stored, before = path.with_name("stored.duckdb"), path.with_name("before.csv")
    _measured("write_text", before, writing.name, rows, YEAR - 1, passes=1)
    _measured("accept_once", before, YEAR - 1, stored, passes=1)
    found = _measured("check_beside", path, stored, passes=passes)
    figures += _pair(part, "the same, last year stored", found, create, against)
    found = _measured("accept", path, YEAR, path.with_name("new.duckdb"), passes=passes)
    against = (CREATE, CREATE_FIRST, IN_ALL)
    return [*figures, *_pair(part, "read, check and accept", found, create, against)]


def _of_workbook(path: Path, rows: int, passes: int) -> list[Figure]:
    part = f"{PART.format(rows=rows)} in a workbook ({path.stat().st_size / 1e6:.0f} MB)"
    bare = _measured("calamine", path, passes=passes)
    against = (BARE, BARE_FIRST, WORKBOOK)
    return [
        *_pair(part, "read", _measured("read_file", path, passes=passes), bare, against),
        *_pair(
            part,
            "read and check, nothing stored",
            _measured("check", path, passes=passes),
            bare,
            (BARE, BARE_FIRST, None),
        ),
    ]


def _pair(
    part: str,
    name: str,
    found: Measured,
    reference: Measured,
    against: tuple[str, str, float | None],
) -> list[Figure]:
    """Return what later runs take and what the first one takes, each against the same of the reference."""
    later, first, target = against
    ratio = found.processor / reference.processor
    remark = (
        f"{found.mebibytes:,.0f} MiB, the reference {reference.mebibytes:,.0f} MiB; "
        f"processor {found.processor:.2f} s, {ratio:.2f}x"
    )
    middle = figure(part, later, [1000 * seconds for seconds in reference.later]).middle
    return [
        figure(
            part,
            name,
            [1000 * seconds for seconds in found.later],
            against=later,
            against_middle=middle,
            target=target,
            remark=remark,
        ),
        figure(
            part,
            f"{name}, first in a process",
            [1000 * found.first],
            against=first,
            against_middle=1000 * reference.first,
            target=target,
        ),
    ]


def _measured(task: str, *given: Any, passes: int) -> Measured:
    """Run a task so often in a process of its own; once more where there is a first run apart."""
    command = [sys.executable, "-m", "tests.bench.imports", str(passes), task, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    first, *later = found["seconds"]
    return Measured(first, tuple(later), found["processor"], found["mebibytes"])


def main(given: Sequence[str]) -> None:
    """Run one task in this process and print what it took: the first run, then `passes` more."""
    passes, task, *words = given
    run = TASKS[task](*words)
    seconds = []
    for _ in range(int(passes) + 1 if task not in _ONCE else 1):
        begin, processor = time.perf_counter(), time.process_time()
        ended = run()
        seconds.append(time.perf_counter() - begin)
        processor = time.process_time() - processor
        if ended is not None:
            ended()
    print(json.dumps({"seconds": seconds, "processor": processor, "mebibytes": _peak()}))


def _peak() -> float:
    """Return the most memory that this process had; `resource` alone would count its parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        if found:
            return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


Run = Callable[[], Callable[[], None] | None]
"""What is measured; it may return what is to be done after the watch has stopped."""


def _write_text(path: str, writing_name: str, rows: str, year: str) -> Run:
    return lambda: write_text(Path(path), WRITINGS[writing_name], int(rows), int(year))


def _write_workbook(path: str, rows: str) -> Run:
    return lambda: write_workbook(Path(path), int(rows), YEAR)


def _create(path: str, writing_name: str) -> Run:
    """Create the table with the types that it has: what reading and checking are set against."""
    writing = WRITINGS[writing_name]
    with Path(path).open(encoding="utf-8") as file:
        names = file.readline().strip().split(writing.delimiter)
    types = {name: "decimal(18, 2)" if name in STAGES else "varchar" for name in names}
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    options = [
        f"delim = '{writing.delimiter}', header = true, columns = {{{columns}}}",
        f"decimal_separator = '{writing.decimal}'",
        *([f"thousands = '{writing.group}'"] if writing.group else []),
    ]
    sql = f"create table ledger as select * from read_csv('{path}', {', '.join(options)})"

    def run() -> Callable[[], None]:
        connection = duckdb.connect()
        connection.execute(sql)
        return connection.close

    return run


def _calamine(path: str) -> Run:
    content = Path(path).read_bytes()

    def run() -> Callable[[], None]:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
        return rows.clear

    return run


def _read_file(path: str) -> Run:
    def run() -> None:
        if not read(_source(path)).rows.num_rows:
            raise ValueError(f"nothing was read of {path}")

    return run


def _check(path: str) -> Run:
    store = connect(None)

    def run() -> None:
        _examined(store, path, YEAR)

    return run


def _check_beside(path: str, database: str) -> Run:
    store = connect(Path(database))

    def run() -> None:
        _examined(store, path, YEAR)

    return run


def _accept(path: str, year: str, database: str) -> Run:
    """Read, check and accept into a new database, as a server does whose database is open."""

    def run() -> Callable[[], None]:
        verdict = _examined(stores[-1], path, int(year))
        accept(stores[-1], verdict, BUILDER)
        return renew

    def renew() -> None:
        stores.pop().close()
        stores.append(_new(Path(database)))

    stores = [_new(Path(database))]
    return run


def _accept_once(path: str, year: str, database: str) -> Run:
    store = _new(Path(database))

    def run() -> Callable[[], None]:
        accept(store, _examined(store, path, int(year)), BUILDER)
        return store.close

    return run


def _new(database: Path) -> Store:
    database.unlink(missing_ok=True)
    return connect(database)


def _source(path: str) -> SourceFile:
    return SourceFile(Path(path).name, Path(path).read_bytes())


def _examined(store: Store, path: str, year: int) -> Verdict:
    mapping = mapping_from_text("benchmark", MAPPING)
    verdict = examine(store, _source(path), mapping, Answers(fiscal_year=year))
    if not verdict.is_acceptable:
        raise ValueError(f"{path} cannot be accepted: {verdict.findings[:3]}")
    return verdict


TASKS: dict[str, Callable[..., Run]] = {
    "write_text": _write_text,
    "write_workbook": _write_workbook,
    "create": _create,
    "calamine": _calamine,
    "read_file": _read_file,
    "check": _check,
    "check_beside": _check_beside,
    "accept": _accept,
    "accept_once": _accept_once,
}
_ONCE = ("write_text", "write_workbook", "accept_once")


if __name__ == "__main__":
    main(sys.argv[1:])
