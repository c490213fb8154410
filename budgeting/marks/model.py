"""What a mark consists of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import pyarrow as pa

from budgeting.methodologies import Evidence, Methodology
from budgeting.methodologies.model import Subject
from budgeting.model import Direction

ALL_YEARS = 0  # a mark that counts from the first year on

SUBJECTS = pa.schema(
    [("direction", pa.string()), ("subject", pa.string()), ("subject_code", pa.string())]
)


class Confidence(StrEnum):
    """How sure the author is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class MarkState(StrEnum):
    """Where a mark stands; one that is withdrawn or undone does not count."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class MarkedSubject:
    """What a mark is of; ``code`` is the year-free line_code or path_code."""

    kind: Subject
    code: str
    direction: Direction = Direction.EXPENDITURE


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an amount and what was found of it; ``amount_share`` is 0 to 1."""

    evidence: Evidence
    amount_share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Classification:
    """What a person says about one or more subjects.

    Parameters
    ----------
    methodology
        In the version that is applied.
    parts
        Evidence by part of the amount; what they leave of it is not screened.
    reason
        Why, in the author's words; some categories demand it.
    evidence_link
        Where the evidence can be read.
    """

    methodology: Methodology
    parts: tuple[Part, ...]
    reason: str = ""
    confidence: Confidence = Confidence.HIGH
    evidence_link: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change that was written: its number, and how many subjects it changed."""

    mark_id: int
    subject_count: int


def as_table(subjects: Sequence[MarkedSubject] | pa.Table) -> pa.Table:
    """Return subjects as a table of `SUBJECTS`."""
    if isinstance(subjects, pa.Table):
        return subjects.select(SUBJECTS.names).cast(SUBJECTS)
    return pa.table(
        [
            [subject.direction.value for subject in subjects],
            [subject.kind.value for subject in subjects],
            [subject.code for subject in subjects],
        ],
        schema=SUBJECTS,
    )
