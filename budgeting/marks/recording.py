"""Recording: how a change of marks is written, and what may stand against writing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Identity
from budgeting.errors import MarkChanged, NotAllowed, NotFound
from budgeting.marks.model import Classification
from budgeting.marks.refreshing import refresh_known, refresh_new_lines, subject_ids
from budgeting.methodologies import classify, rule_fingerprint
from budgeting.methodologies.model import Subject
from budgeting.model import plural_text, text
from budgeting.names import mark_state_name
from budgeting.settings import settings
from budgeting.store import Transaction

SHARE = pa.decimal128(20, 18)
_STEP = Decimal(1).scaleb(-18)
PARTS = pa.schema(
    [
        ("parts_id", pa.int32()),
        ("number", pa.int32()),
        ("methodology_version", pa.string()),
        ("rule_fingerprint", pa.string()),
        ("category", pa.string()),
        ("share_before", SHARE),
        ("amount_share", SHARE),
        ("score", pa.decimal128(9, 4)),
        ("evidence", pa.string()),
        ("evidence_link", pa.string()),
        ("reason", pa.string()),
        ("confidence", pa.string()),
    ]
)
KEYS = pa.schema(
    [
        ("direction", pa.string()),
        ("subject", pa.string()),
        ("subject_code", pa.string()),
        ("from_year", pa.int32()),
        ("stage", pa.string()),
        ("parts_id", pa.int32()),
        ("place", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Act:
    """A change of marks that is being written: by whom, where, and what it is."""

    transaction: Transaction
    identity: Identity
    municipality_code: str
    change: str
    remark: str = ""


def is_single_user() -> bool:
    """Return whether nobody signs in, so that there is no second person to read a mark."""
    return settings().sign_in == "none"


def shares_before(shares: Sequence[Decimal]) -> list[Decimal]:
    """Return for every part what the parts before it cover.

    Raises
    ------
    NotAllowed
        A share is not above 0, or together they are more than the whole.
    """
    before, covered = [], Decimal(0)
    for share in shares:
        if share <= 0:
            raise NotAllowed(text("Every part of a mark needs a share above 0."))
        before.append(covered)
        covered += share
    if covered > 1:
        raise NotAllowed(
            text("The parts of a mark cover more than the whole amount. Lower their shares.")
        )
    return before


def part_rows(classification: Classification) -> list[dict[str, Any]]:
    """Return the rows of `PARTS` of one mark, classified.

    Raises
    ------
    NotAllowed
        A part gets no category, or the shares are impossible.
    EvidenceInvalid
        The evidence is not what the methodology asks for.
    """
    shares = [part.amount_share.quantize(_STEP) for part in classification.parts]
    fingerprint = rule_fingerprint(classification.methodology)
    rows: list[dict[str, Any]] = []
    for part, share, before in zip(
        classification.parts, shares, shares_before(shares), strict=True
    ):
        outcome = classify(classification.methodology, part.evidence)
        if outcome.category is None:
            raise NotAllowed(
                text("Without evidence there is no category. Answer the criteria, then mark.")
            )
        rows.append(
            {
                "parts_id": 0,
                "number": len(rows),
                "methodology_version": classification.methodology.version,
                "rule_fingerprint": fingerprint,
                "category": outcome.category,
                "share_before": before,
                "amount_share": share,
                "score": outcome.score,
                "evidence": part.evidence.as_json(),
                "evidence_link": classification.evidence_link.strip(),
                "reason": classification.reason.strip(),
                "confidence": classification.confidence.value,
            }
        )
    return rows


def with_key(subjects: pa.Table, from_year: int, stage: str | None) -> pa.Table:
    """Return subjects with the year and stage of their marks, all of the same parts."""
    count = subjects.num_rows
    return (
        subjects.append_column("from_year", pa.repeat(pa.scalar(from_year, pa.int32()), count))
        .append_column("stage", pa.repeat(pa.scalar(stage, pa.string()), count))
        .append_column("parts_id", pa.repeat(pa.scalar(0, pa.int32()), count))
        .append_column("place", pa.array(np.arange(count)))
    )


def next_mark(transaction: Transaction) -> int:
    """Return the number of the change that is written now."""
    return next_numbers(transaction)["mark_id"]


def next_numbers(transaction: Transaction) -> dict[str, int]:
    """Return mark_id and first_id of the change that is written now."""
    numbers: dict[str, int] = transaction.query("next_mark").to_pylist()[0]
    return numbers


def record(act: Act, methodology: str, subjects: pa.Table, parts: pa.Table, known: pa.Table) -> int:
    """Write marks and what follows from them; return the number of the change.

    Parameters
    ----------
    subjects
        direction, subject, subject_code, from_year, stage, parts_id and place of each mark.
    parts
        Rows of `PARTS`.
    known
        The same subjects, as `known_subjects` found them.
    """
    numbers = next_numbers(act.transaction)
    numbers["part_count"] = pc.max(parts["number"]).as_py() + 1
    are_new = _are_new_lines(act, methodology, subjects, parts)
    act.transaction.run(
        "add_marks",
        **numbers,
        municipality_code=act.municipality_code,
        methodology=methodology,
        author=act.identity.name,
        change=act.change,
        remark=act.remark,
        **by_whom(act.identity),
        batch_marks=_marks(subjects, parts),
    )
    from_year = pc.min(subjects["from_year"]).as_py()
    if are_new:
        about = {**numbers, "methodology": methodology, "from_year": from_year}
        refresh_new_lines(act.transaction, known, parts, about)
    else:
        refresh_known(act.transaction, known, methodology, from_year)
    mark_id: int = numbers["mark_id"]
    return mark_id


def _marks(subjects: pa.Table, parts: pa.Table) -> pa.Table:
    """Return every subject with every part of its mark.

    Joined here and not by the database, which writes rows twice as fast when they come in order.
    """
    parts = parts.sort_by([("parts_id", "ascending"), ("number", "ascending")])
    owned, wanted = parts["parts_id"].to_numpy(), subjects["parts_id"].to_numpy()
    first = np.searchsorted(owned, wanted)
    counts = np.searchsorted(owned, wanted, side="right") - first
    marked = np.repeat(np.arange(len(wanted)), counts)
    begins = np.repeat(np.cumsum(counts) - counts, counts)
    part = np.repeat(first, counts) + np.arange(len(marked)) - begins
    rows = subjects if len(parts) == 1 else subjects.take(marked)
    for name in parts.schema.names[1:]:
        rows = rows.append_column(name, parts[name].take(part))
    return rows.drop_columns(["parts_id"])


def _are_new_lines(act: Act, methodology: str, subjects: pa.Table, parts: pa.Table) -> bool:
    """Return whether lines get their first mark, the same for all, of all stages and from one year."""
    limits = pc.min_max(subjects["from_year"]).as_py()
    are_alike = (
        limits["min"] == limits["max"]
        and subjects["stage"].null_count == subjects.num_rows
        and pc.unique(subjects["subject"]).to_pylist() == [Subject.LINE.value]
        and len(pc.unique(parts["parts_id"])) == 1
    )
    return are_alike and not _newer(act, methodology, subjects, 0)


def by_whom(identity: Identity) -> dict[str, Any]:
    """Return who records a change, and when."""
    return {"recorded_by": identity.name, "recorded_at": datetime.now(UTC)}


# --- what may stand against it --------------------------------------------


def known_subjects(act: Act, subjects: pa.Table) -> pa.Table:
    """Return the identifiers of subjects.

    Raises
    ------
    NotFound
        A subject is in no stored budget.
    NotAllowed
        A subject was chosen twice.
    """
    known = subject_ids(act.transaction, act.municipality_code, subjects)
    if subjects.num_rows == known.num_rows == _different(known):
        return known
    unknown = act.transaction.query(
        "unknown_subjects", municipality_code=act.municipality_code, batch_subjects=subjects
    )
    if not unknown.num_rows:
        raise NotAllowed(text("A line, programme or organisation was chosen twice."))
    raise NotFound(
        plural_text(
            "“{code}” is in no stored budget; nothing was written.",
            "{count} subjects, “{code}” among them, are in no stored budget; nothing was written.",
            unknown.num_rows,
            code=unknown["subject_code"][0].as_py(),
        )
    )


def _different(known: pa.Table) -> int:
    """Return how many subjects there are; identifiers are of their kind."""
    kinds = pc.unique(known["subject"]).to_pylist()
    ids = (known["subject_id"].filter(pc.equal(known["subject"], kind)) for kind in kinds)
    return sum(pc.count_distinct(one).as_py() for one in ids)


def refuse_if_changed(act: Act, methodology: str, subjects: pa.Table, seen: int) -> None:
    """Raise `MarkChanged` where a subject has a mark that is newer than the reader saw."""
    newer = _newer(act, methodology, subjects, seen)
    if newer:
        raise changed(newer[0])


def _newer(act: Act, methodology: str, subjects: pa.Table, seen: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = act.transaction.query(
        "marks_changed_since",
        municipality_code=act.municipality_code,
        methodology=methodology,
        seen=seen,
        batch_subjects=subjects,
    ).to_pylist()
    return found


def refuse_frozen(act: Act, methodology: str, subjects: pa.Table) -> None:
    """Raise `NotAllowed` where a subject has an approved mark: that takes a reason."""
    approved = act.transaction.query(
        "approved_marks",
        municipality_code=act.municipality_code,
        methodology=methodology,
        batch_subjects=subjects,
    )
    if approved.num_rows:
        raise NotAllowed(
            text(
                "The mark of “{code}” is approved. A new version of it needs a reason: write it down.",
                code=approved["subject_code"][0].as_py(),
            )
        )


def changed(newer: Mapping[str, Any]) -> MarkChanged:
    """Return the exception that says who was faster, when, and with what."""
    return MarkChanged(
        text(
            "{name} was faster: on {day} at {time} UTC “{code}” became {category} ({state}). Nothing "
            "of yours was written. Look at it, then repeat.",
            name=newer["recorded_by"],
            day=newer["recorded_at"].astimezone(UTC).date(),
            time=newer["recorded_at"].astimezone(UTC).strftime("%H:%M:%S"),
            code=newer["subject_code"],
            category=newer["category"],
            state=mark_state_name(newer["state"]),
        ),
        **newer,
    )
