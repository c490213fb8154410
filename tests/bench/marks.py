"""Part: marks of hundreds of thousands of lines, against what DuckDB does with the same rows.

Every pass starts from a copy of the same ledger without marks. The bare insert writes the rows that
marking has written, of both tables; scoring again is set against its own SQL in bare DuckDB.
"""

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, Part
from budgeting.marks.rescoring import rescore
from budgeting.methodologies import Evidence, methodology, rule_fingerprint
from budgeting.sql_files import statements
from budgeting.store import Store, connect
from tests.bench.figures import Figure, figure
from tests.bench.ledger import LAST_YEAR, Size, build, town_code

PART = "Marks of {lines:,} lines"
BARE_INSERT, SAME_SQL = "bare insert of the same rows", "bare DuckDB, same SQL"
EDITOR = Identity("benchmark", Role.ADMINISTRATOR)
TOWN = town_code(0)
TWICE = 2.0
NEWEST = 10**9  # whoever looks now has seen all marks
TABLES = ("core.classifications", "mart.line_year_marks")
SINGLE_LINES = 5


def measure(ledgers: Path, folder: Path, size: Size, passes: int) -> list[Figure]:
    """Return the figures of a ledger of `size`; `ledgers` keeps generated ledgers, without marks."""
    ledger = ledgers / f"marks-{size.towns}-{size.years}-{size.lines}.duckdb"
    build(ledger, size)
    path = folder / "marks.duckdb"
    measured: dict[str, list[float]] = {}
    for _ in range(passes):
        for part in (_marking, _scoring):
            shutil.copyfile(ledger, path)
            for name, milliseconds in part(path, ledger):
                measured.setdefault(name, []).append(milliseconds)
    part_name = PART.format(lines=size.lines)

    def against(name: str, reference: str) -> Figure:
        middle = figure(part_name, reference, measured[reference]).middle
        how = {"against": reference, "against_middle": middle, "target": TWICE}
        return figure(part_name, name, measured[name], **how)

    return [
        against("all lines marked at once", BARE_INSERT),
        against("all marks scored again under a new version", SAME_SQL),
        figure(part_name, "one line more", measured["one line more"]),
    ]


def _marking(path: Path, ledger: Path) -> list[tuple[str, float]]:
    found = []
    with closing(connect(path)) as store:
        lines = _lines(store)
        found.append(("all lines marked at once", timed(lambda: _mark(store, lines, 100))))
        for place in range(SINGLE_LINES):
            one = lines.slice(place, 1)
            found.append(("one line more", timed(lambda one=one: _mark(store, one, 40))))
    with closing(duckdb.connect(str(path))) as connection:
        rows = {
            name: connection.sql(f"from {name} where mark_id = 1").to_arrow_table()
            for name in TABLES
        }
    shutil.copyfile(ledger, path)
    connect(path).close()
    with closing(duckdb.connect(str(path))) as connection:
        found.append((BARE_INSERT, timed(lambda: _insert(connection, rows))))
    return found


def _insert(connection: duckdb.DuckDBPyConnection, rows: dict[str, pa.Table]) -> None:
    connection.begin()
    for name, table in rows.items():
        connection.register("rows_of_table", table)
        connection.execute(f"insert into {name} from rows_of_table")
    connection.commit()


def _scoring(path: Path, _ledger: Path) -> list[tuple[str, float]]:
    """Score again once by the product; then take it back and run the same statements bare."""
    before = path.with_suffix(".before")
    with closing(connect(path)) as store:
        lines = _lines(store)
        tenth = lines.num_rows // 10
        for place in range(10):
            _mark(store, lines.slice(place * tenth, tenth), place * 11)
    shutil.copyfile(path, before)
    newest = methodology("india_gbs", "2024")
    with closing(connect(path)) as store:
        ours = timed(lambda: rescore(store, EDITOR, TOWN, newest, "a new version"))
    with closing(duckdb.connect(str(path))) as connection:
        outcomes = connection.sql(
            "select old.evidence, old.category, any_value(new.category) as new_category, "
            "any_value(new.score) as new_score, false as is_reason_required, '' as obstacle "
            "from core.classifications as old "
            "inner join core.classifications as new using (subject_code) "
            "where old.change = 'mark' and new.change = 'rescore' group by all"
        ).to_arrow_table()
    with closing(duckdb.connect(str(before))) as connection:
        theirs = timed(lambda: _score(connection, outcomes))
    before.unlink()
    return [("all marks scored again under a new version", ours), (SAME_SQL, theirs)]


def _score(connection: duckdb.DuckDBPyConnection, outcomes: pa.Table) -> None:
    about = {
        "municipality_code": TOWN,
        "methodology": "india_gbs",
        "methodology_version": "2024",
        "rule_fingerprint": rule_fingerprint(methodology("india_gbs", "2024")),
    }
    first_id = 10**7
    connection.begin()
    connection.register("batch_outcomes", outcomes)
    asked = statements("queries")["rescored_parts"].sql
    parts = connection.sql(asked, params=about).to_arrow_table()
    connection.register("batch_copies", parts)
    commands = statements("commands")
    connection.execute(
        commands["rescore_marks"].sql,
        {
            "mark_id": 11,
            "first_id": first_id,
            "methodology_version": "2024",
            "rule_fingerprint": about["rule_fingerprint"],
            "remark": "a new version",
            "recorded_by": EDITOR.name,
            "recorded_at": "2026-01-01 00:00:00+00",
        },
    )
    connection.execute(commands["add_restated_line_year_marks"].sql, {"first_id": first_id})
    connection.execute(commands["drop_restated_line_year_marks"].sql)
    connection.commit()


def _mark(store: Store, lines: pa.Table, score: int) -> None:
    schemes = methodology("india_gbs", "2005")
    said = Classification(schemes, (Part(Evidence(score=Decimal(score))),), "as the office says")
    mark(store, EDITOR, TOWN, lines, said, seen=NEWEST, from_year=LAST_YEAR)


def _lines(store: Store) -> pa.Table:
    codes = store._connection.cursor().sql(
        "select direction, 'line' as subject, line_code as subject_code from core.budget_lines "
        "order by line_id"
    )
    return codes.to_arrow_table()


def timed(act: Callable[[], Any]) -> float:
    """Do it and return the milliseconds that it took."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000
