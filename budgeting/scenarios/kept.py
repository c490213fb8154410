"""Kept baselines: the lines that scenarios start from, as they were, whatever is imported later."""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa

from budgeting.model import Direction
from budgeting.scenarios.baseline import stored_baseline
from budgeting.scenarios.model import Footing
from budgeting.simulation.model import Baseline, Line, SubjectKind
from budgeting.store import DIMENSIONS, Store, Transaction

_KEPT = 8
_GONE = -1_000_000_000  # below the numbers of new lines
_LINES = pa.schema(
    [
        ("baseline", pa.string()),
        ("place", pa.int32()),
        ("direction", pa.string()),
        ("line_code", pa.string()),
        ("label", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        *((name, pa.list_(pa.string())) for name in DIMENSIONS),
        ("services", pa.list_(pa.string())),
    ]
)


@lru_cache(maxsize=_KEPT)
def fingerprint(baseline: Baseline) -> str:
    """Return the SHA-256 over codes, amounts and members of the lines, in their order.

    Labels are left out: a line that is called otherwise is the same line.
    """
    digest = hashlib.sha256()
    for line in baseline.lines:
        members = {name: codes for name, codes in line.members.items() if codes}
        told = [line.direction.value, line.code, f"{line.amount:.2f}", members]
        digest.update(json.dumps(told, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def keep(transaction: Transaction, baseline: Baseline) -> str:
    """Keep the lines of a baseline, once, and return their fingerprint."""
    name = fingerprint(baseline)
    if not transaction.query("is_baseline_kept", baseline=name)["is_kept"][0].as_py():
        rows = [_row(name, place, line) for place, line in enumerate(baseline.lines)]
        lines = pa.Table.from_pylist(rows, schema=_LINES)
        transaction.run("add_baseline_lines", batch_lines=lines)
    return name


def current_baseline(store: Store, footing: Footing) -> Baseline:
    """Return the lines of a scenario's statements as they are stored today."""
    return stored_baseline(
        store,
        footing.municipality_code,
        footing.fiscal_year,
        footing.vintage_ids,
        footing.currency_code,
        stage=footing.stage,
    )


def kept_baseline(store: Store, footing: Footing) -> Baseline:
    """Return the lines of a scenario as they were when it was begun or rebased.

    Where nothing has changed since, this is the very baseline that `current_baseline` returns.
    A line that no budget has any more gets a negative number.
    """
    current = current_baseline(store, footing)
    return (
        current if fingerprint(current) == footing.baseline else _drifted(store, footing, current)
    )


@lru_cache(maxsize=_KEPT)
def _drifted(store: Store, footing: Footing, current: Baseline) -> Baseline:
    rows = store.query(
        "kept_baseline_lines",
        baseline=footing.baseline,
        municipality_code=footing.municipality_code,
    ).to_pylist()
    return replace(current, lines=tuple(_line(row) for row in rows))


def _row(name: str, place: int, line: Line) -> dict[str, Any]:
    return {
        "baseline": name,
        "place": place,
        "direction": line.direction.value,
        "line_code": line.code,
        "label": line.label,
        "amount": line.amount,
        **{one: list(line.members.get(one, ())) for one in DIMENSIONS},
        "services": list(line.members.get(SubjectKind.SERVICE.value, ())),
    }


def _line(row: dict[str, Any]) -> Line:
    members = {one: tuple(row[one]) for one in DIMENSIONS if row[one]}
    if row["services"]:
        members[SubjectKind.SERVICE.value] = tuple(row["services"])
    return Line(
        _GONE - row["place"] if row["line_id"] is None else row["line_id"],
        row["line_code"],
        row["label"],
        row["amount"],
        Direction(row["direction"]),
        members,
    )
