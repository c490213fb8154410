"""Submitting: what a guest says, as often as they like; the newest counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from budgeting.access import Action, Identity, require
from budgeting.errors import MeetingInvalid
from budgeting.meetings.model import STEPS, Meeting
from budgeting.meetings.opening import refuse_closed
from budgeting.model import text
from budgeting.store import Store


def submit(
    store: Store, identity: Identity, of: Meeting, participant: str, steps: Sequence[int]
) -> int:
    """Store what a guest says of each topic; return the number of the submission in the meeting.

    It writes no event and changes no state of the store: what guests do makes nothing be read again.

    Raises
    ------
    NotAllowed
        The meeting is closed.
    MeetingInvalid
        A step is missing, too many, or none of the five.
    """
    require(identity, Action.TAKE_PART)
    if len(steps) != len(of.topics) or not set(steps) <= set(STEPS):
        raise MeetingInvalid(text("What was submitted does not fit this meeting. Open it again."))
    with store.without_event() as transaction:
        state = transaction.query("meeting_state", meeting_id=of.meeting_id).to_pylist()[0]
        if state["is_closed"]:
            refuse_closed(replace(of, closed_at=datetime.now(UTC)))
        number = int(state["submission_count"]) + 1
        transaction.run(
            "add_meeting_submission",
            meeting_id=of.meeting_id,
            sequence=number,
            participant=participant,
            steps=list(steps),
            submitted_at=datetime.now(UTC),
        )
    return number
