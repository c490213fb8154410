"""Stored meetings: rows to values."""

from functools import lru_cache
from typing import Any

import pyarrow as pa

from budgeting.errors import NotFound
from budgeting.meetings.model import Meeting, Steps, Topic
from budgeting.model import Direction, Stage, text
from budgeting.scenarios.model import Footing
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.store import Store, Transaction

_KEPT = 64


def meeting(store: Store, meeting_id: int) -> Meeting:
    """Return a meeting; read once for each state of the store, which guests do not change.

    Raises
    ------
    NotFound
        There is none.
    """
    return _meeting(store, store.state, meeting_id)


@lru_cache(maxsize=_KEPT)
def _meeting(store: Store, _state: str, meeting_id: int) -> Meeting:
    rows = store.query("meeting", meeting_id=meeting_id).to_pylist()
    if not rows:
        raise NotFound(text("There is no meeting {number}.", number=str(meeting_id)))
    row = rows[0]
    topics = store.query("meeting_topics", meeting_id=meeting_id).to_pylist()
    return Meeting(
        row["meeting_id"],
        row["name"],
        _footing(row),
        row["step_percent"],
        tuple(_topic(one) for one in topics),
        row["opened_by"],
        row["opened_at"],
        row["closed_by"] or "",
        row["closed_at"],
    )


def meetings(store: Store, municipality_code: str) -> pa.Table:
    """Return the meetings of a municipality, one row each, the newest first.

    Columns: meeting_id, name, fiscal_year, stage, opened_by, opened_at, closed_at.
    """
    return store.query("meetings", municipality_code=municipality_code)


def said(reading: Store | Transaction, meeting_id: int) -> dict[Steps, int]:
    """Return which steps the guests of a meeting submitted last, and how many of them."""
    rows = reading.query("meeting_submissions", meeting_id=meeting_id).to_pylist()
    return {tuple(row["steps"]): row["participant_count"] for row in rows}


def said_by(store: Store, meeting_id: int, participant: str) -> Steps | None:
    """Return the steps that one guest submitted last; None before the first time."""
    rows = store.query(
        "meeting_submission", meeting_id=meeting_id, participant=participant
    ).to_pylist()
    return tuple(rows[0]["steps"]) if rows else None


def _footing(row: dict[str, Any]) -> Footing:
    return Footing(
        row["municipality_code"],
        row["fiscal_year"],
        Stage(row["stage"]),
        row["currency_code"],
        row["vintage_id"],
        row["revenue_vintage_id"],
        row["data_version"],
        row["baseline"],
        row["rules_version"],
    )


def _topic(row: dict[str, Any]) -> Topic:
    subject = Subject(
        SubjectKind(row["subject_kind"]), row["subject_code"], Direction(row["direction"])
    )
    return Topic(subject, row["label"], row["amount"])
