"""Part: a question to the store against the same SQL in bare DuckDB on the same file."""

import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import duckdb

from budgeting.model import Direction, Stage
from budgeting.reports.scope import NO_VINTAGE, scope, stored_years, vintage_id
from budgeting.sql_files import DIMENSIONS, statements
from budgeting.store import Store, connect
from tests.bench.figures import Figure, figure

PART = "The question behind a click (explore.sql)"
REFERENCE = "bare DuckDB, same SQL"
STAGES = (Stage.APPROVED, Stage.REVISED, Stage.COMMITTED, Stage.EXECUTED)


def measure(databases: dict[str, Path], wanted: int) -> list[Figure]:
    """Return the figure of each database, by the name that it goes by."""
    return [_of_database(name, path, wanted) for name, path in databases.items()]


def _of_database(name: str, path: Path, wanted: int) -> Figure:
    """Ask both in turn; both must answer the same."""
    store = connect(path)
    bare = duckdb.connect(str(path))  # the same database instance, as DuckDB shares it
    sql = statements("queries")["explore"].sql
    ours: list[float] = []
    theirs: list[float] = []
    questions = list(_questions(store))
    for number in range(wanted):
        question = questions[number % len(questions)]
        column = DIMENSIONS[question["dimension"]]
        bound = {key: value for key, value in question.items() if key != "dimension"}
        asked = sql.replace("{dimension}", column)
        answer = _timed(lambda q=question: store.query("explore", **q), ours)
        same = _timed(lambda s=asked, b=bound: bare.execute(s, b).to_arrow_table(), theirs)
        if not answer.equals(same):
            raise ValueError(f"{name}: the store and bare DuckDB answer {question} differently")
    bare.close()
    store.close()
    reference = figure(PART, name, theirs)
    return figure(PART, name, ours, against=REFERENCE, against_middle=reference.middle)


def _timed(ask: Callable[[], Any], measured: list[float]) -> Any:
    begin = time.perf_counter()
    answer = ask()
    measured.append((time.perf_counter() - begin) * 1000)
    return answer


def _questions(store: Store) -> Iterator[dict[str, Any]]:
    kept = {f"{dimension}_ids": None for dimension in DIMENSIONS}
    for row, dimension in product(stored_years(store)[:6], DIMENSIONS):
        where = scope(store, row["municipality_code"], row["fiscal_year"], Direction.EXPENDITURE)
        bound = {stage.value: vintage_id(where.newest(stage)) for stage in STAGES}
        yield {
            **bound,
            **kept,
            "compared": NO_VINTAGE,
            "measure": bound["revised"],
            "dimension": dimension,
            "depth": 1,
        }
