"""Consequences: what people have written down that more or less money of a subject brings about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ScenarioInvalid
from budgeting.model import Direction, text
from budgeting.scenarios.rules import refuse_unknown
from budgeting.simulation.model import ZERO, Baseline, Subject, SubjectKind
from budgeting.simulation.rules import Changes
from budgeting.store import Store

LONGEST = 140
_CONSEQUENCES = pa.schema(
    [
        ("direction", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_code", pa.string()),
        ("movement", pa.string()),
        ("type", pa.string()),
        ("words", pa.string()),
        ("source", pa.string()),
    ]
)


class Movement(StrEnum):
    """Which way money moves."""

    MORE = "more"
    LESS = "less"


class ConsequenceType(StrEnum):
    """What kind of consequence it is."""

    LEGAL = "legal"
    SOCIAL = "social"
    POLITICAL = "political"
    GENDER = "gender"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What more or less money of a subject brings about, in at most 140 characters."""

    subject: Subject
    movement: Movement
    type: ConsequenceType
    words: str
    source: str


def consequences(store: Store, municipality_code: str) -> tuple[Consequence, ...]:
    """Return what is written down in a municipality: of a subject, movement and type the newest."""
    rows = store.query("consequences", municipality_code=municipality_code).to_pylist()
    return tuple(
        Consequence(
            Subject(
                SubjectKind(row["subject_kind"]), row["subject_code"], Direction(row["direction"])
            ),
            Movement(row["movement"]),
            ConsequenceType(row["type"]),
            row["words"],
            row["source"],
        )
        for row in rows
    )


def brought_about(
    of: Iterable[Consequence], baseline: Baseline, changes: Changes
) -> tuple[Consequence, ...]:
    """Return what changes of lines bring about: those of subjects that have more, or less, by them."""
    return tuple(one for one in of if one.movement is _movement(baseline, one.subject, changes))


def record_consequences(
    store: Store, identity: Identity, municipality_code: str, written: Sequence[Consequence]
) -> None:
    """Write consequences down, all of them in one transaction; each takes the place of an older one.

    Empty words take the older one away.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    ScenarioInvalid
        Words are longer than 140 characters, or nobody is named who says so.
    NotFound
        No stored budget has the subject.
    """
    require(identity, Action.MAKE_SCENARIO)
    for one in written:
        _refuse_impossible(one)
    told = Change("record-consequences", f"{len(written)} consequences", municipality_code)
    with store.transaction(identity, told) as transaction:
        refuse_unknown(transaction, municipality_code, [one.subject for one in written])
        table = _table(written)
        transaction.run(
            "add_consequences",
            municipality_code=municipality_code,
            recorded_by=identity.name,
            recorded_at=datetime.now(UTC),
            batch_consequences=table,
        )
        transaction.details = {"consequences": table.to_pylist()}


def _movement(baseline: Baseline, subject: Subject, changes: Changes) -> Movement | None:
    lines = baseline.lines_of(subject)
    change = sum((changes[line_id] for line_id in lines if line_id in changes), ZERO)
    if not change:
        return None
    return Movement.MORE if change > 0 else Movement.LESS


def _refuse_impossible(one: Consequence) -> None:
    if len(one.words) > LONGEST:
        raise ScenarioInvalid(
            text(
                "“{words}” is longer than {most} characters. Shorten it.",
                words=one.words,
                most=LONGEST,
            )
        )
    if one.words and not one.source.strip():
        raise ScenarioInvalid(text("“{words}” has no source. Say who says so.", words=one.words))
    if one.subject.kind is not SubjectKind.ALL and not one.subject.code:
        raise ScenarioInvalid(text("“{words}” is of no line or programme.", words=one.words))


def _table(written: Sequence[Consequence]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "direction": one.subject.direction.value,
                "subject_kind": one.subject.kind.value,
                "subject_code": one.subject.code,
                "movement": one.movement.value,
                "type": one.type.value,
                "words": one.words.strip(),
                "source": one.source.strip(),
            }
            for one in written
        ],
        schema=_CONSEQUENCES,
    )
