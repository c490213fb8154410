"""The audit chain: how one event seals the event before it, and how the seals are checked.

Pure: the store appends events, the command line and the tests verify them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from budgeting.access import Identity
from budgeting.model import Text, text

# A restore goes on counting from where the replaced database stood, so that a data version on a
# printout never means two things; only there may the chain leave numbers out.
RESTORE = "restore"
# names of actions that change scenarios or meetings, and no budget; of these, those of moves only
OF_SCENARIOS = ".*-(scenario|meeting)"
OF_MOVES = "(add-moves|reset-moves?|undo|redo)-scenario"
OF_MARKS = "mark|.*-marks?"  # names of actions that change marks, and neither lines nor amounts
SEALED_FIELDS = (
    "sequence",
    "happened_at",
    "user_name",
    "role",
    "action",
    "municipality_code",
    "subject",
    "reason",
    "details",
    "previous_hash",
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a write does, as its audit event will tell it."""

    action: str
    subject: str
    municipality_code: str = ""
    reason: str = ""


def seal(event: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the sealed fields of `event`, in their order, as JSON."""
    sealed = json.dumps([event[field] for field in SEALED_FIELDS], ensure_ascii=False)
    return hashlib.sha256(sealed.encode()).hexdigest()


def event_of(
    identity: Identity,
    change: Change,
    details: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    *,
    after: int = 0,
) -> dict[str, Any]:
    """Return the sealed event of a change, which follows the event `before`; None for the first.

    Parameters
    ----------
    details
        What else the event tells, as values that JSON can hold or that have words.
    after
        Number that its own must exceed, whatever stands before it.
    """
    event: dict[str, Any] = {
        "sequence": max(after, before["sequence"] if before else 0) + 1,
        "happened_at": datetime.now(UTC).isoformat(),
        "user_name": identity.name,
        "role": identity.role.value,
        "action": change.action,
        "municipality_code": change.municipality_code,
        "subject": change.subject,
        "reason": change.reason,
        "details": json.dumps(details, ensure_ascii=False, default=str),
        "previous_hash": before["event_hash"] if before else "",
    }
    return event | {"event_hash": seal(event)}


def chain_problems(events: Iterable[Mapping[str, Any]]) -> Sequence[Text]:
    """Return what is wrong with a chain of events, oldest first; empty when it is whole.

    Notices an altered field, a missing or repeated event, and a fork (two events that seal the
    same predecessor). It cannot notice that the newest events were cut off: compare the last hash
    with one that was written down elsewhere.
    """
    problems: list[Text] = []
    previous_hash, expected = "", 1
    for event in events:
        number = event["sequence"]
        is_next = number == expected or (event["action"] == RESTORE and number > expected)
        if not is_next or event["previous_hash"] != previous_hash:
            problems.append(
                text("Event {number} does not follow the event before it.", number=number)
            )
        if seal(event) != event["event_hash"]:
            problems.append(text("Event {number} was altered after it was written.", number=number))
        previous_hash, expected = event["event_hash"], number + 1
    return problems
