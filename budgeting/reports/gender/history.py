"""Mark history: everything that happened to the marks of one line, programme or organisation."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from budgeting.model import Column, Direction, Report, Table, plural_text, text
from budgeting.store import Store

_ROWS = pa.schema(
    [
        ("recorded_at", pa.timestamp("us", "UTC")),
        ("recorded_by", pa.string()),
        ("change", pa.string()),
        ("before", pa.string()),
        ("category", pa.string()),
        ("amount_share", pa.decimal128(20, 18)),
        ("stage", pa.string()),
        ("from_year", pa.string()),
        ("mark_state", pa.string()),
        ("confidence", pa.string()),
        ("author", pa.string()),
        ("reviewer", pa.string()),
        ("reason", pa.string()),
        ("remark", pa.string()),
        ("evidence_link", pa.string()),
        ("methodology_version", pa.string()),
        ("score", pa.decimal128(9, 4)),
        ("evidence", pa.string()),
        ("mark_id", pa.int64()),
        ("classification_id", pa.int64()),
    ]
)
_NONE = "–"


def build(
    store: Store,
    municipality_code: str,
    direction: Direction,
    subject: tuple[str, str],
    methodology_code: str,
) -> Report:
    """Answer what happened to the marks of a subject.

    Parameters
    ----------
    subject
        Kind (line, programme or organisation) and year-free code.

    Returns
    -------
    Report
        Table ``changes``: one row per part of a mark and change of it, the newest first; ``before``
        is the category that counted for the same year and stage until then.
    """
    kind, code = subject
    rows = store.query(
        "mark_history",
        municipality_code=municipality_code,
        direction=direction.value,
        subject=kind,
        subject_code=code,
        methodology=methodology_code,
    ).to_pylist()
    changes = {row["mark_id"] for row in rows}
    return Report(
        name="mark_history",
        title=text("What happened to this mark?"),
        answer=plural_text("One change.", "{count} changes.", len(changes)),
        parameters={
            "municipality": municipality_code,
            "direction": direction.value,
            "subject": kind,
            "code": code,
            "methodology": methodology_code,
        },
        tables={"changes": Table(_COLUMNS, pa.Table.from_pylist(_told(rows), schema=_ROWS))},
        facts={"change_count": len(changes)},
        data_version=store.data_version,
    )


def _told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with the category that counted before each of them."""
    categories: dict[tuple[Any, ...], dict[int, list[str]]] = {}
    for row in rows:
        of_key = categories.setdefault((row["from_year"], row["stage"]), {})
        of_key.setdefault(row["mark_id"], []).append(_counting(row))
    return [
        {
            **row,
            "mark_state": row["state"],
            "from_year": str(row["from_year"]) if row["from_year"] else None,
            "before": _before(categories[row["from_year"], row["stage"]], row["mark_id"]),
        }
        for row in rows
    ]


def _counting(row: Mapping[str, Any]) -> str:
    return _NONE if row["state"] in ("withdrawn", "undone") else str(row["category"])


def _before(of_key: Mapping[int, list[str]], mark_id: int) -> str:
    earlier = max((one for one in of_key if one < mark_id), default=None)
    return _NONE if earlier is None else " + ".join(of_key[earlier])


_COLUMNS = (
    Column("recorded_at", text("when (UTC)"), "date"),
    Column("recorded_by", text("who")),
    Column("change", text("change"), "code"),
    Column("before", text("from"), "code"),
    Column("category", text("to"), "code"),
    Column("amount_share", text("share of the amount"), "share"),
    Column("stage", text("stage"), "code"),
    Column("from_year", text("from the year"), "code"),
    Column("mark_state", text("state"), "code"),
    Column("confidence", text("confidence"), "code"),
    Column("author", text("author")),
    Column("reviewer", text("second reader")),
    Column("reason", text("reason")),
    Column("remark", text("remark")),
    Column("evidence_link", text("evidence")),
    Column("methodology_version", text("version"), "code"),
)
