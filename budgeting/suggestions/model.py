"""What a suggestion is: a stance, where it comes from, and what a reader can check it by."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from budgeting.marks.model import Confidence
from budgeting.methodologies.model import Stance
from budgeting.model import Text


class Ground(StrEnum):
    """Where a suggestion comes from, the firmest first."""

    LAST_YEAR = "last year"
    ALIKE = "lines alike"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class FiredWord:
    """Words of a name at which a rule fired.

    ``name[start:end]`` is ``written``, so that a page can underline them; ``rule`` is the term of
    ``data/terms/<language>.csv`` in row ``row``, and ``stance`` what it says.
    """

    start: int
    end: int
    written: str
    rule: str
    language: str
    row: int
    stance: Stance


@dataclass(frozen=True, slots=True)
class LikeLine:
    """An approved line that a suggestion refers to; ``similarity`` is 0 to 1."""

    line: str
    name: str
    category: str
    similarity: Decimal
    fiscal_year: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a mark could be; a person decides.

    ``category`` is one of the chosen methodology, None where it has none of that stance or none
    was asked for. ``why`` says in a sentence on what the suggestion stands.
    """

    ground: Ground
    stance: Stance | None
    category: str | None
    confidence: Confidence
    why: Text
    words: tuple[FiredWord, ...] = ()
    lines: tuple[LikeLine, ...] = ()
