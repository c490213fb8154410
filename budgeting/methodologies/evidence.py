"""What a person gives for a mark, and what a methodology makes of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from budgeting.errors import EvidenceInvalid
from budgeting.model import Text, text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person gives for a mark; only what was answered.

    Parameters
    ----------
    ticks
        Value by criterion: 1 or 0 for yes and no, points where the criterion has points.
    score
        The number that bands divide; of a checklist with points, the sum of a sheet filled in
        elsewhere.
    key
        What a lookup looks up.
    category
        A person's own judgement.
    texts
        Words by field: goal, indicator and the like, told in statements; they decide no category.
    """

    ticks: Mapping[str, Decimal] = field(default_factory=dict)
    score: Decimal | None = None
    key: str | None = None
    category: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """Return the evidence as JSON, numbers as exact text; `evidence_from_json` reads it."""
        parts = {
            "ticks": {name: str(value) for name, value in sorted(self.ticks.items())} or None,
            "score": None if self.score is None else str(self.score),
            "key": self.key,
            "category": self.category,
            "texts": dict(sorted(self.texts.items())) or None,
        }
        known = {name: part for name, part in parts.items() if part is not None}
        return json.dumps(known, ensure_ascii=False)


def evidence_from_json(written: str) -> Evidence:
    """Return the evidence that `Evidence.as_json` wrote.

    Raises
    ------
    EvidenceInvalid
        The text is something else.
    """
    try:
        parts = json.loads(written or "{}")
        score = parts.pop("score", None)
        ticks = {name: Decimal(value) for name, value in parts.pop("ticks", {}).items()}
        texts = parts.pop("texts", {})
        if not all(isinstance(words, str) for words in texts.values()):
            raise ValueError("words are text")
        return Evidence(
            ticks=ticks, score=None if score is None else Decimal(score), texts=texts, **parts
        )
    except (ValueError, TypeError, AttributeError, InvalidOperation) as error:
        raise EvidenceInvalid(
            text("“{written}” is not evidence as Paritet writes it.", written=written)
        ) from error


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a methodology makes of evidence.

    Parameters
    ----------
    category
        Code; None where the evidence gives none, which is “not screened” and never a zero.
    score
        The score that was classified; None where the rule has none.
    met, missing
        Criteria that are met, and those still missing for the next stronger category.
    threshold
        Where the category begins on the score; None for the weakest and without scores.
    why
        The same in a sentence.
    amount_coefficient
        How much of the amount counts under the convention, 0 to 1; None without a category.
    """

    category: str | None
    score: Decimal | None
    met: tuple[str, ...]
    missing: tuple[str, ...]
    threshold: Decimal | None
    why: Text
    amount_coefficient: Decimal | None
