"""Opening and closing a meeting, and the links that lead to it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import combinations
from secrets import token_urlsafe

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import MeetingInvalid, MoveInvalid, NotAllowed
from budgeting.meetings.model import STEPS, Meeting, Topic, moves
from budgeting.meetings.stored import meeting, said
from budgeting.model import Direction, text
from budgeting.scenarios.kept import kept_baseline
from budgeting.scenarios.model import Footing
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.writing import footing_of
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.moves import changes
from budgeting.simulation.outcome import rulebook
from budgeting.store import Store, Transaction

LONGEST_NAME, MOST_TOPICS = 120, 12
MOST_PERCENT = Decimal(100) / max(STEPS)  # much less than that would be less than nothing
_TOKEN_BYTES = 16  # 128 bits
_PERCENT_DIGITS = Decimal("0.0001")
_TOPICS = pa.schema(
    [
        ("place", pa.int32()),
        ("direction", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_code", pa.string()),
        ("label", pa.string()),
        ("amount", pa.decimal128(18, 2)),
    ]
)


def open_meeting(
    store: Store,
    identity: Identity,
    municipality_code: str,
    vintage_id: int,
    *,
    name: str,
    subjects: Sequence[Subject],
    step_percent: Decimal = Decimal(5),
) -> Meeting:
    """Open a meeting about some topics of a budget, and return it; `new_link` lets guests in.

    Parameters
    ----------
    vintage_id
        Statement of expenditure; the revenue beside it is found.
    subjects
        Of which guests say whether they should have more; no two may share a budget line.
    step_percent
        By how many per cent one of the two steps up or down changes a topic.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    MeetingInvalid
        It has no name, no topics or too many, a topic cannot be changed, or the step is impossible.
    NotFound
        There is no such statement.
    """
    require(identity, Action.LEAD_MEETING)
    told = _named(name)
    _refuse_impossible(subjects, step_percent)
    change = Change("open-meeting", told, municipality_code)
    with store.transaction(identity, change) as transaction:
        footing = footing_of(store, transaction, municipality_code, vintage_id)
        number = transaction.query("next_meeting")["meeting_id"][0].as_py()
        baseline = kept_baseline(store, footing)
        topics = tuple(_topics(baseline, subjects))
        new = Meeting(number, told, footing, step_percent, topics, identity.name, datetime.now(UTC))
        _refuse_unchangeable(new, baseline, _locked(store, footing, baseline))
        _write(transaction, new)
    return meeting(store, number)


def changeable(
    store: Store, municipality_code: str, baseline: Baseline, kind: SubjectKind
) -> tuple[Subject, ...]:
    """Return what a meeting can be about: what has money of which the rules do not lock all."""
    rules = rule_set(store, municipality_code).rules
    locked = rulebook(rules, baseline).locked
    return tuple(
        one
        for one in baseline.top_subjects(kind, Direction.EXPENDITURE)
        if _can_change(baseline, one, locked)
    )


def _can_change(baseline: Baseline, subject: Subject, locked: frozenset[int]) -> bool:
    lines = baseline.lines_of(subject)
    return bool(set(lines) - locked) and baseline.amount_of(lines) > 0


def new_link(store: Store, identity: Identity, meeting_id: int) -> str:
    """Return the token of a new link to an open meeting; those made before lead there as well.

    Only its hash is stored: who loses it makes another one.

    Raises
    ------
    NotAllowed
        The role does not permit it, or the meeting is closed.
    NotFound
        There is no such meeting.
    """
    require(identity, Action.LEAD_MEETING)
    refuse_closed(meeting(store, meeting_id))
    token = token_urlsafe(_TOKEN_BYTES)
    with store.without_event() as transaction:
        transaction.run(
            "add_meeting_link",
            token_hash=hash_of(token),
            meeting_id=meeting_id,
            recorded_by=identity.name,
            recorded_at=datetime.now(UTC),
        )
    return token


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return sha256(token.encode()).hexdigest()


def close(store: Store, identity: Identity, meeting_id: int) -> Meeting:
    """Close a meeting for good: its links lead nowhere, its results stay as they are.

    Raises
    ------
    NotAllowed
        The role does not permit it, or it is closed already.
    NotFound
        There is no such meeting.
    """
    require(identity, Action.LEAD_MEETING)
    of = meeting(store, meeting_id)
    change = Change("close-meeting", of.name, of.footing.municipality_code)
    with store.transaction(identity, change) as transaction:
        state = transaction.query("meeting_state", meeting_id=meeting_id).to_pylist()[0]
        if state["is_closed"]:
            refuse_closed(replace(of, closed_at=datetime.now(UTC)))
        transaction.run(
            "close_meeting",
            meeting_id=meeting_id,
            closed_by=identity.name,
            closed_at=datetime.now(UTC),
        )
        # what guests said has no events of its own: this one seals it
        found = [[list(steps), count] for steps, count in said(transaction, meeting_id).items()]
        transaction.details = {
            "meeting_id": meeting_id,
            "submissions": state["submission_count"],
            "said": found,
        }
    return meeting(store, meeting_id)


def refuse_closed(of: Meeting) -> None:
    """Raise `NotAllowed` where a meeting is closed."""
    if not of.is_open:
        raise NotAllowed(
            text("The meeting “{name}” is closed: nothing is taken any more.", name=of.name)
        )


def _named(name: str) -> str:
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise MeetingInvalid(
            text("A meeting has a name of 1 to {most} characters.", most=LONGEST_NAME)
        )
    return told


def _refuse_impossible(subjects: Sequence[Subject], step_percent: Decimal) -> None:
    if not subjects or len(subjects) > MOST_TOPICS or len(set(subjects)) < len(subjects):
        raise MeetingInvalid(
            text("A meeting has 1 to {most} topics. Choose others.", most=MOST_TOPICS)
        )
    if not 0 < step_percent <= MOST_PERCENT or step_percent != step_percent.quantize(
        _PERCENT_DIGITS
    ):
        raise MeetingInvalid(
            text(
                "A step changes a topic by more than 0 and at most {most} per cent.",
                most=int(MOST_PERCENT),
            )
        )


def _locked(store: Store, footing: Footing, baseline: Baseline) -> frozenset[int]:
    rules = rule_set(store, footing.municipality_code, footing.rules_version).rules
    return rulebook(rules, baseline).locked


def _topics(baseline: Baseline, subjects: Sequence[Subject]) -> Iterator[Topic]:
    for one in subjects:
        amount = baseline.amount_of(baseline.lines_of(one))
        yield Topic(one, baseline.label_of(one), amount)


def _refuse_unchangeable(new: Meeting, baseline: Baseline, locked: frozenset[int]) -> None:
    """Raise where a topic has nothing to change, or two have the same lines."""
    lines = {topic: set(baseline.lines_of(topic.subject)) for topic in new.topics}
    for topic in new.topics:
        if not _can_change(baseline, topic.subject, locked):
            raise MeetingInvalid(
                text("Nothing of “{topic}” can be changed. Leave it out.", topic=topic.label)
            )
    for one, other in combinations(new.topics, 2):
        if lines[one] & lines[other]:
            raise MeetingInvalid(
                text(
                    "“{one}” and “{other}” share budget lines. Choose one of them.",
                    one=one.label,
                    other=other.label,
                )
            )
    try:
        changes(baseline, moves(new, baseline, [min(STEPS)] * len(new.topics)), locked)
    except MoveInvalid as error:
        raise MeetingInvalid(error.message) from error


def _write(transaction: Transaction, new: Meeting) -> None:
    footing = new.footing
    columns = {
        "meeting_id": new.meeting_id,
        "municipality_code": footing.municipality_code,
        "fiscal_year": footing.fiscal_year,
        "stage": footing.stage.value,
        "currency_code": footing.currency_code,
        "vintage_id": footing.vintage_id,
        "revenue_vintage_id": footing.revenue_vintage_id,
        "data_version": footing.data_version,
        "baseline": footing.baseline,
        "rules_version": footing.rules_version,
        "name": new.name,
        "step_percent": new.step_percent,
        "opened_by": new.opened_by,
        "opened_at": new.opened_at,
    }
    rows = [
        {
            "place": place,
            "direction": topic.subject.direction.value,
            "subject_kind": topic.subject.kind.value,
            "subject_code": topic.subject.code,
            "label": topic.label,
            "amount": topic.amount,
        }
        for place, topic in enumerate(new.topics)
    ]
    transaction.run("add_meeting", **columns)
    topics = pa.Table.from_pylist(rows, schema=_TOPICS)
    transaction.run("add_meeting_topics", meeting_id=new.meeting_id, batch_topics=topics)
    transaction.details = {**columns, "topics": rows}
