"""Carrying: what becomes of marks when a year or a line changes."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound
from budgeting.marks.model import MarkedSubject, Recorded
from budgeting.marks.recording import (
    KEYS,
    PARTS,
    Act,
    known_subjects,
    record,
    refuse_frozen,
    refuse_if_changed,
)
from budgeting.model import text
from budgeting.store import Store


def to_confirm(
    store: Store, municipality_code: str, direction: str, fiscal_year: int, methodology: str
) -> pa.Table:
    """Return the lines of a year whose marks somebody should look at again.

    Returns
    -------
    pyarrow.Table
        One row per line: ``kind`` is ``changed`` (its name or classification is another than when it
        was marked), ``successor`` (it continues a marked line and has no mark of its own) or ``new``
        (no earlier year has it, and no mark counts for it); ``classification_id`` is the mark that
        counts, or that of the line before it.
    """
    return store.query(
        "marks_to_confirm",
        municipality_code=municipality_code,
        direction=direction,
        fiscal_year=fiscal_year,
        methodology=methodology,
    )


def carry(
    store: Store,
    identity: Identity,
    municipality_code: str,
    marks: Mapping[int, MarkedSubject],
    change: str,
    *,
    seen: int,
    from_year: int,
    remark: str = "",
) -> Recorded:
    """Give subjects the marks of others, or their own again for a new year; they are drafts.

    A mark whose subject has another code now is attached again by hand so, and a changed, split or
    renamed line confirmed.

    Parameters
    ----------
    marks
        classification_id of a part of the mark -> the subject that it is for.
    change
        ``carry-over`` or ``reattach``.
    seen, from_year
        As in `marking.mark`.

    Raises
    ------
    NotAllowed, MarkChanged, NotFound
        As in `marking.mark`.
    """
    require(identity, Action.CLASSIFY_LINE)
    told = Change(f"{change}-marks", f"{len(marks)} marks", municipality_code, remark.strip())
    with store.transaction(identity, told) as transaction:
        act = Act(transaction, identity, municipality_code, change, remark.strip())
        ids = pa.table([pa.array(marks, pa.int64())], names=["classification_id"])
        found = transaction.query("parts_of_marks", batch_ids=ids).to_pylist()
        methodologies = {row["methodology"] for row in found}
        if len(methodologies) != 1 or {row["municipality_code"] for row in found} != {
            municipality_code
        }:
            raise NotFound(
                text("These are not marks of one methodology of “{code}”.", code=municipality_code)
            )
        methodology = methodologies.pop()
        keys = _keys(found, marks, from_year)
        refuse_if_changed(act, methodology, keys, seen)
        known = known_subjects(act, keys)
        if not remark.strip():
            refuse_frozen(act, methodology, keys)
        parts = pa.Table.from_pylist(found, schema=PARTS)
        mark_id = record(act, methodology, keys, parts, known)
        transaction.details = {"mark_id": mark_id, "change": change, "marks": list(marks)}
    return Recorded(mark_id, keys.num_rows)


def _keys(
    found: Sequence[Mapping[str, Any]], marks: Mapping[int, MarkedSubject], from_year: int
) -> pa.Table:
    """Return the subjects as keys of new marks; the parts of each are those of the mark it gets."""
    asked = {row["named_id"]: row for row in found}
    rows = [
        {
            "direction": subject.direction.value,
            "subject": subject.kind.value,
            "subject_code": subject.code,
            "from_year": from_year,
            "stage": asked[named]["stage"],
            "parts_id": asked[named]["parts_id"],
            "place": place,
        }
        for place, (named, subject) in enumerate(marks.items())
        if named in asked
    ]
    return pa.Table.from_pylist(rows, schema=KEYS)
