"""Marking: a person classifies a budget line, programme or organisation, or many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotAllowed
from budgeting.marks.model import (
    ALL_YEARS,
    Classification,
    MarkedSubject,
    Part,
    Recorded,
    as_table,
)
from budgeting.marks.recording import (
    PARTS,
    Act,
    known_subjects,
    part_rows,
    record,
    refuse_frozen,
    refuse_if_changed,
    with_key,
)
from budgeting.methodologies import Methodology, unwritten
from budgeting.model import Stage, text
from budgeting.names import dimension_name
from budgeting.store import Store

_SUBJECTS_TOLD = 20  # in an audit event; all of them are in core.classifications


def mark(
    store: Store,
    identity: Identity,
    municipality_code: str,
    subjects: Sequence[MarkedSubject] | pa.Table,
    classification: Classification,
    *,
    seen: int,
    from_year: int = ALL_YEARS,
    stage: Stage | None = None,
    change: str = "mark",
) -> Recorded:
    """Give all `subjects` the same mark, in one transaction; it is a draft.

    Parameters
    ----------
    subjects
        What is marked; or a table with direction, subject and subject_code.
    seen
        The newest mark_id that the reader saw, as `standing.newest_mark` told it.
    from_year
        The first fiscal year for which it counts; it goes on counting until a later mark.
    stage
        The stage to which it is limited; None for all.
    change
        ``mark``, or where the mark was taken from: ``carry-over`` or ``reattach``.

    Raises
    ------
    NotAllowed
        The role does not permit it, the methodology marks no such subjects or gives no category,
        shares are impossible, words that a category needs are not written, or a reason is missing:
        for a category that demands one, or for a new version of an approved mark.
    EvidenceInvalid
        The evidence is not what the methodology asks for.
    MarkChanged
        Somebody was faster; nothing is written.
    NotFound
        A subject is in no stored budget.
    """
    require(identity, Action.CLASSIFY_LINE)
    methodology, reason = classification.methodology, classification.reason.strip()
    rows = part_rows(classification)
    _refuse_without_reason(methodology, rows)
    for part, row in zip(classification.parts, rows, strict=True):
        _refuse_unwritten(methodology, row["category"], part)
    keys = with_key(as_table(subjects), from_year, stage.value if stage else None)
    _refuse_subjects(methodology, keys)
    told = Change("mark", _told(methodology, keys), municipality_code, reason)
    with store.transaction(identity, told) as transaction:
        act = Act(transaction, identity, municipality_code, change)
        refuse_if_changed(act, methodology.code, keys, seen)
        known = known_subjects(act, keys)
        if not reason:
            refuse_frozen(act, methodology.code, keys)
        parts = pa.Table.from_pylist(rows, schema=PARTS)
        mark_id = record(act, methodology.code, keys, parts, known)
        transaction.details = _details(mark_id, methodology, keys, rows)
    return Recorded(mark_id, keys.num_rows)


def _refuse_without_reason(methodology: Methodology, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise where nothing is said, or a category demands a reason that is not given."""
    if not rows:
        raise NotAllowed(text("A mark needs at least one part of the amount."))
    for row in rows:
        category = methodology.category(row["category"])
        if category.is_reason_required and not row["reason"]:
            raise NotAllowed(
                text(
                    "{methodology} demands a reason for the category “{category}”. Write it down, "
                    "then mark.",
                    methodology=methodology.labels,
                    category=category.labels,
                )
            )


def _refuse_unwritten(methodology: Methodology, code: str, part: Part) -> None:
    """Raise where a category needs words, such as the goal and its indicator, that are not given."""
    missing = unwritten(methodology, code, part.evidence)
    if missing:
        raise NotAllowed(
            text(
                "“{category}” is given only with these words: {fields}. Write them down, then mark.",
                category=methodology.category(code).labels,
                fields=tuple(field.labels for field in missing),
            )
        )


def _refuse_subjects(methodology: Methodology, subjects: pa.Table) -> None:
    """Raise where nothing is to be marked, or what the methodology does not mark."""
    if not subjects.num_rows:
        raise NotAllowed(text("Choose at least one line, programme or organisation to mark."))
    allowed = {kind.value for kind in methodology.subjects}
    other = set(pc.unique(subjects["subject"]).to_pylist()) - allowed
    if other:
        raise NotAllowed(
            text(
                "{methodology} marks {allowed}, not {other}.",
                methodology=methodology.labels,
                allowed=tuple(map(dimension_name, sorted(allowed))),
                other=tuple(map(dimension_name, sorted(other))),
            )
        )


def _told(methodology: Methodology, subjects: pa.Table) -> str:
    if subjects.num_rows == 1:
        return f"{methodology.code}: {subjects['subject_code'][0].as_py()}"
    return f"{methodology.code}: {subjects.num_rows} subjects"


def _details(
    mark_id: int,
    methodology: Methodology,
    subjects: pa.Table,
    rows: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return what the audit event tells of a change that classifies."""
    first = subjects.slice(0, 1).to_pylist()[0]
    return {
        "mark_id": mark_id,
        "methodology": methodology.code,
        "version": methodology.version,
        "fingerprint": methodology.fingerprint,
        "parts": [[row["category"], str(row["amount_share"])] for row in rows],
        "from_year": first["from_year"],
        "stage": first["stage"],
        "subjects": subjects.num_rows,
        "first": subjects["subject_code"].slice(0, _SUBJECTS_TOLD).to_pylist(),
    }
