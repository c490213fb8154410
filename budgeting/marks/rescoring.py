"""Rescoring: marks made under another version of a methodology, or before its file was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import EvidenceInvalid, NotAllowed
from budgeting.marks.recording import by_whom, next_numbers
from budgeting.marks.refreshing import refresh_restated
from budgeting.methodologies import (
    Evidence,
    Methodology,
    classify,
    evidence_from_json,
    rule_fingerprint,
    unwritten,
)
from budgeting.model import Text, plural_text, text
from budgeting.store import Store

_OUTCOMES = pa.schema(
    [
        ("evidence", pa.string()),
        ("category", pa.string()),
        ("new_category", pa.string()),
        ("new_score", pa.decimal128(9, 4)),
        ("is_reason_required", pa.bool_()),
        ("obstacle", pa.string()),
    ]
)


class Obstacle(StrEnum):
    """Why a mark cannot be scored again without a person."""

    EVIDENCE = "evidence"
    CRITERION = "criterion"
    WORDS = "words"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Rescored:
    """What scoring again did.

    ``part_count`` parts were written, ``changed_count`` of them in marks that have another category
    now; ``left`` counts by `Obstacle` the marks that stay as they were and in the queue.
    """

    mark_id: int
    part_count: int
    changed_count: int
    left: Mapping[str, int]

    @property
    def left_count(self) -> int:
        """Marks that stay as they were."""
        return sum(self.left.values())

    @property
    def why_left(self) -> tuple[Text, ...]:
        """A sentence for each reason why marks were left."""
        return tuple(_why_left(Obstacle(kind), count) for kind, count in self.left.items())


def _why_left(obstacle: Obstacle, count: int) -> Text:
    if obstacle is Obstacle.EVIDENCE:
        return plural_text(
            "The answers of one mark do not fit this version.",
            "The answers of {count} marks do not fit this version.",
            count,
        )
    if obstacle is Obstacle.CRITERION:
        return plural_text(
            "One mark does not answer every criterion of this version.",
            "{count} marks do not answer every criterion of this version.",
            count,
        )
    if obstacle is Obstacle.WORDS:
        return plural_text(
            "One mark lacks words that its category needs, such as a goal.",
            "{count} marks lack words that their category needs, such as a goal.",
            count,
        )
    return plural_text(
        "One mark lacks the reason that its category needs.",
        "{count} marks lack the reason that their category needs.",
        count,
    )


def rescore(
    store: Store,
    identity: Identity,
    municipality_code: str,
    methodology: Methodology,
    reason: str,
) -> Rescored:
    """Apply the rules of a methodology to the evidence of marks made under others.

    Others are those of another version, and those of this one before its file was changed. Each
    answer is classified once, however many lines gave it. A mark whose category stays keeps its
    state; another becomes a draft. What the rules cannot decide from what is written, or what they
    want written and is not, stays as it was and in the queue.

    Raises
    ------
    NotAllowed
        The role does not permit it, or no reason is given.
    """
    require(identity, Action.CLASSIFY_LINE)
    if not reason.strip():
        raise NotAllowed(text("Marks are scored again for a reason: write it down."))
    told = Change("rescore-marks", methodology.code, municipality_code, reason.strip())
    rules = {
        "methodology_version": methodology.version,
        "rule_fingerprint": rule_fingerprint(methodology),
    }
    about = {"municipality_code": municipality_code, "methodology": methodology.code, **rules}
    with store.transaction(identity, told) as transaction:
        asked = transaction.query("marks_of_other_versions", **about).to_pylist()
        outcomes = pa.Table.from_pylist(_outcomes(methodology, asked), schema=_OUTCOMES)
        parts = transaction.query("rescored_parts", **about, batch_outcomes=outcomes)
        copies = parts.filter(pc.equal(parts["obstacle"], ""))
        numbers = next_numbers(transaction)
        transaction.run(
            "rescore_marks",
            **numbers,
            **rules,
            remark=reason.strip(),
            **by_whom(identity),
            batch_copies=copies,
        )
        refresh_restated(transaction, numbers["first_id"], copies)
        changed = pc.sum(copies["is_changed"]).as_py() or 0
        done = Rescored(numbers["mark_id"], copies.num_rows, changed, _left(parts))
        transaction.details = {**about, **asdict(done)}
    return done


def _left(parts: pa.Table) -> dict[str, int]:
    is_left = pc.and_(parts["is_first_part"], pc.not_equal(parts["obstacle"], ""))
    counts = parts["obstacle"].filter(is_left).value_counts().to_pylist()
    return {one["values"]: one["counts"] for one in counts}


def _outcomes(methodology: Methodology, asked: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, **_outcome(methodology, row["evidence"], row["category"])} for row in asked]


def _outcome(methodology: Methodology, written: str, category: str) -> dict[str, Any]:
    """Return what the rules make of an answer, or the obstacle to it."""
    try:
        evidence = evidence_from_json(written)
        outcome = classify(methodology, evidence)
        # stated without evidence, as by a file: the category itself is all there is
        new = methodology.category(outcome.category or category)
    except EvidenceInvalid:
        return {"obstacle": Obstacle.EVIDENCE.value}
    return {
        "new_category": new.code,
        "new_score": outcome.score,
        "is_reason_required": new.is_reason_required,
        "obstacle": _missing(methodology, evidence, new.code),
    }


def _missing(methodology: Methodology, evidence: Evidence, category: str) -> str:
    """Return what nobody has answered or written yet that the rules ask for; empty for nothing.

    A criterion that is not answered was not asked: it would count as not met without anybody's word.
    """
    if evidence.ticks and {one.id for one in methodology.criteria} - set(evidence.ticks):
        return Obstacle.CRITERION.value
    return Obstacle.WORDS.value if unwritten(methodology, category, evidence) else ""
