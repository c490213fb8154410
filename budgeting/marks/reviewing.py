"""Reviewing: what happens to a mark after it was made: second reader, approval, withdrawal, undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotAllowed, NotFound
from budgeting.marks.model import MarkState, Recorded
from budgeting.marks.recording import (
    Act,
    by_whom,
    changed,
    is_single_user,
    next_mark,
    next_numbers,
)
from budgeting.marks.refreshing import refresh_restated, refresh_subjects
from budgeting.model import text
from budgeting.names import mark_state_name
from budgeting.store import Store, Transaction

_IDS = pa.schema([("classification_id", pa.int64())])


def review(
    store: Store,
    identity: Identity,
    municipality_code: str,
    marks: Sequence[int] | pa.Array,
    remark: str = "",
) -> Recorded:
    """Record that a second person has read drafts and agrees: they become reviewed.

    Parameters
    ----------
    marks
        classification_id of a part of each mark, as it stands on the screen.

    Raises
    ------
    NotAllowed
        The role does not permit it, a mark is no draft, or the reader is its author.
    MarkChanged
        A mark was changed since; nothing is written.
    NotFound
        A mark is not one of this municipality.
    """
    reading = _Reading("review", (MarkState.DRAFT,), MarkState.REVIEWED)
    return _read(store, identity, municipality_code, reading, marks=marks, remark=remark)


def approve(
    store: Store,
    identity: Identity,
    municipality_code: str,
    marks: Sequence[int] | pa.Array,
    remark: str = "",
) -> Recorded:
    """Freeze reviewed marks: from now on they change only by a new version with a reason.

    Parameters and errors are those of `review`; a mark must be reviewed.
    """
    reading = _Reading("approve", (MarkState.REVIEWED,), MarkState.APPROVED)
    return _read(store, identity, municipality_code, reading, marks=marks, remark=remark)


def send_back(
    store: Store,
    identity: Identity,
    municipality_code: str,
    marks: Sequence[int] | pa.Array,
    remark: str,
) -> Recorded:
    """Give drafts and reviewed marks back to their authors, with the reason: they are drafts.

    Parameters and errors are those of `review`.
    """
    require(identity, Action.REVIEW_CLASSIFICATION)
    _refuse_silence(remark, text("Say what is missing, then send the mark back."))
    wanted = (MarkState.DRAFT, MarkState.REVIEWED)
    reading = _Reading("send-back", wanted, MarkState.DRAFT, may_be_own=True)
    return _read(store, identity, municipality_code, reading, marks=marks, remark=remark)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a second reader does with marks of the states `wanted`."""

    change: str
    wanted: tuple[MarkState, ...]
    becomes: MarkState
    may_be_own: bool = False


def _read(
    store: Store,
    identity: Identity,
    municipality_code: str,
    reading: _Reading,
    *,
    marks: Sequence[int] | pa.Array,
    remark: str,
) -> Recorded:
    require(identity, Action.REVIEW_CLASSIFICATION)
    told = _change(reading.change, marks, municipality_code, remark)
    with store.transaction(identity, told) as transaction:
        found = _marks(transaction, municipality_code, marks)
        _refuse_states(found, *reading.wanted)
        if not reading.may_be_own:
            _refuse_own(found, identity)
        act = Act(transaction, identity, municipality_code, reading.change, remark)
        return _restate(act, marks, found, reading.becomes)


def withdraw(
    store: Store,
    identity: Identity,
    municipality_code: str,
    marks: Sequence[int] | pa.Array,
    remark: str = "",
    *,
    from_year: int | None = None,
) -> Recorded:
    """Take marks away: their subjects have none any more, unless they inherit one.

    Parameters
    ----------
    marks
        classification_id of a part of each mark.
    from_year
        The first year without the mark; None for all years for which it counted.

    Raises
    ------
    NotAllowed
        The role does not permit it, or an approved mark is withdrawn without a reason.
    MarkChanged
        A mark was changed since; nothing is written.
    NotFound
        A mark is not one of this municipality.
    """
    require(identity, Action.CLASSIFY_LINE)
    with store.transaction(identity, _change("withdraw", marks, municipality_code, remark)) as t:
        found = _marks(t, municipality_code, marks, from_year)
        _refuse_states(found, MarkState.DRAFT, MarkState.REVIEWED, MarkState.APPROVED)
        if any(row["state"] == MarkState.APPROVED for row in found):
            _refuse_silence(
                remark, text("An approved mark is withdrawn for a reason: write it down.")
            )
        act = Act(t, identity, municipality_code, "withdraw", remark)
        return _restate(act, marks, found, MarkState.WITHDRAWN, from_year)


def undo(store: Store, identity: Identity, municipality_code: str) -> Recorded:
    """Take back one's own last change of marks of a municipality; what stood before it counts again.

    Called again, it takes back the change before that one. What an import stated is taken back by
    undoing the import.

    Raises
    ------
    NotFound
        There is nothing to take back.
    MarkChanged
        Somebody has gone on from there; nothing is written.
    """
    require(identity, Action.CLASSIFY_LINE)
    with store.transaction(identity, Change("undo-mark", "", municipality_code)) as transaction:
        last = _last_change(transaction, identity, municipality_code)
        mark_id = next_mark(transaction)
        transaction.run("undo_marks", mark_id=mark_id, undoes=last["mark_id"], **by_whom(identity))
        subjects = transaction.query("subjects_of_change", mark_id=mark_id)
        refresh_subjects(
            transaction, municipality_code, subjects, last["methodology"], last["from_year"]
        )
        transaction.details = {"mark_id": mark_id, "undoes": last["mark_id"]}
    return Recorded(mark_id, last["subject_count"])


def _last_change(
    transaction: Transaction, identity: Identity, municipality_code: str
) -> Mapping[str, Any]:
    rows: list[dict[str, Any]] = transaction.query(
        "last_change", municipality_code=municipality_code, recorded_by=identity.name
    ).to_pylist()
    if not rows:
        raise NotFound(text("There is no change of yours to take back."))
    if rows[0]["newer_mark_id"]:
        raise changed(_newer(rows[0], rows[0]["newer_subject_code"]))
    return rows[0]


def _change(action: str, marks: Sequence[int] | pa.Array, code: str, remark: str) -> Change:
    return Change(f"{action}-mark", f"{len(marks)} marks", code, remark.strip())


def _marks(
    transaction: Transaction,
    municipality_code: str,
    marks: Sequence[int] | pa.Array,
    from_year: int | None = None,
) -> list[dict[str, Any]]:
    """Return the marks as the reader saw them, or raise where they are not so any more."""
    found: list[dict[str, Any]] = transaction.query(
        "named_marks", from_year=from_year, batch_ids=_ids(marks)
    ).to_pylist()
    if not found or any(row["municipality_code"] != municipality_code for row in found):
        raise NotFound(text("These marks are not marks of “{code}”.", code=municipality_code))
    for row in found:
        if row["newer_mark_id"]:
            raise changed(_newer(row, row["subject_code"]))
    return found


def _ids(marks: Sequence[int] | pa.Array) -> pa.Table:
    return pa.table([pa.array(marks, pa.int64())], schema=_IDS)


def _newer(row: Mapping[str, Any], subject_code: str) -> dict[str, Any]:
    named = {name: row[f"newer_{name}"] for name in ("mark_id", "category", "state")}
    by_whom = {"recorded_by": row["newer_by"], "recorded_at": row["newer_at"]}
    return {**named, **by_whom, "subject_code": subject_code}


def _refuse_states(found: Sequence[Mapping[str, Any]], *wanted: MarkState) -> None:
    for row in found:
        if row["state"] not in wanted:
            raise NotAllowed(
                text(
                    "The mark of “{code}” is {state}; this takes a mark that is {wanted}.",
                    code=row["subject_code"],
                    state=mark_state_name(row["state"]),
                    wanted=tuple(map(mark_state_name, wanted)),
                )
            )


def _refuse_own(found: Sequence[Mapping[str, Any]], identity: Identity) -> None:
    if is_single_user():
        return
    for row in found:
        if row["author"] == identity.name:
            raise NotAllowed(
                text(
                    "{name} made the mark of “{code}”; the second reader is another person.",
                    name=identity.name,
                    code=row["subject_code"],
                )
            )


def _refuse_silence(remark: str, message: Any) -> None:
    if not remark.strip():
        raise NotAllowed(message)


def _restate(
    act: Act,
    marks: Sequence[int] | pa.Array,
    found: Sequence[Mapping[str, Any]],
    state: MarkState,
    from_year: int | None = None,
) -> Recorded:
    numbers = next_numbers(act.transaction)
    copies = act.transaction.query("parts_to_restate", batch_ids=_ids(marks))
    is_read = state in (MarkState.REVIEWED, MarkState.APPROVED)
    act.transaction.run(
        "restate_marks",
        **numbers,
        from_year=from_year,
        state=state.value,
        reviewer=act.identity.name if is_read else None,
        change=act.change,
        remark=act.remark.strip(),
        **by_whom(act.identity),
        batch_copies=copies,
    )
    mark_id = numbers["mark_id"]
    if state is MarkState.WITHDRAWN:
        subjects = act.transaction.query("subjects_of_change", mark_id=mark_id)
        refresh_subjects(act.transaction, act.municipality_code, subjects, None)
    else:
        refresh_restated(act.transaction, numbers["first_id"], copies)
    act.transaction.details = {"mark_id": mark_id, "state": state.value, "marks": len(found)}
    return Recorded(mark_id, len(found))
