"""How good the term rules are: what they suggest for names whose stance a person has given.

The labels are part of the tests, not of the product; ``python -m tests.labels.measure`` writes
what was measured to ``data/terms/measured.toml``, for the methods page.
"""

import tomllib
from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import tomli_w

from budgeting.methodologies.model import Stance
from budgeting.suggestions.by_terms import TermMatcher
from budgeting.suggestions.model import Suggestion
from budgeting.suggestions.terms import FOLDER

MEASURED = FOLDER / "measured.toml"
GROUPS = {
    "relevant": frozenset({Stance.PRINCIPAL, Stance.SIGNIFICANT}),
    "principal": frozenset({Stance.PRINCIPAL}),
}
"""What is looked for: anything for equality, and what is mainly for equality."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A name and the stance that a person gave it; `part` says which rows belong together."""

    name: str
    stance: Stance
    part: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of names of one list and part: labelled so, suggested so, and both.

    ``has_others`` tells whether the list holds names that are not of the group; without such
    names, precision would be 1 whatever the rules say, and means nothing.
    """

    language: str
    part: str
    group: str
    names: int
    labelled: int
    suggested: int
    right: int
    has_others: bool

    @property
    def precision(self) -> Decimal | None:
        """The part of the suggestions that is right; None where that is not known."""
        known = self.has_others and self.suggested
        return Decimal(self.right) / self.suggested if known else None

    @property
    def recall(self) -> Decimal | None:
        """The part of what is labelled so that is suggested; None where nothing is."""
        return Decimal(self.right) / self.labelled if self.labelled else None


@dataclass(frozen=True, slots=True)
class Miss:
    """A name for which the rules say another stance than the label; "" where none fires."""

    language: str
    part: str
    name: str
    labelled: str
    suggested: str
    words: tuple[str, ...]


def measure(language: str, labels: Iterable[Labelled], matcher: TermMatcher) -> list[Measure]:
    """Return the measures of every part of a list of labels, for each group of stances."""
    found = [(label, _stance(matcher.suggestion(label.name))) for label in labels]
    return [
        _counted(language, part, group, [pair for pair in found if pair[0].part == part])
        for part in dict.fromkeys(label.part for label, _ in found)
        for group in GROUPS
    ]


def _counted(
    language: str, part: str, group: str, pairs: list[tuple[Labelled, Stance | None]]
) -> Measure:
    stances: Set[Stance] = GROUPS[group]
    labelled = [label.stance in stances for label, _ in pairs]
    suggested = [stance in stances for _, stance in pairs]
    right = sum(a and b for a, b in zip(labelled, suggested, strict=True))
    return Measure(
        language=language,
        part=part,
        group=group,
        names=len(pairs),
        labelled=sum(labelled),
        suggested=sum(suggested),
        right=right,
        has_others=not all(labelled),
    )


def misses(language: str, labels: Iterable[Labelled], matcher: TermMatcher) -> list[Miss]:
    """Return the names whose suggested stance is another one than the label's.

    No suggestion and the suggestion “none” are the same here: neither says that the line is for
    equality.
    """
    found = []
    for label in labels:
        suggestion = matcher.suggestion(label.name)
        stance = _stance(suggestion)
        if (stance or Stance.NONE) != label.stance:
            words = tuple(dict.fromkeys(w.written for w in suggestion.words)) if suggestion else ()
            found.append(
                Miss(language, label.part, label.name, label.stance.value, stance or "", words)
            )
    return found


def _stance(suggestion: Suggestion | None) -> Stance | None:
    return suggestion.stance if suggestion else None


@dataclass(frozen=True, slots=True)
class Measured:
    """What ``data/terms/measured.toml`` holds."""

    measures: tuple[Measure, ...]
    misses: tuple[Miss, ...]


@cache
def measured() -> Measured:
    """Return the stored measures; empty where none are stored."""
    if not MEASURED.is_file():
        return Measured((), ())
    return from_toml(MEASURED.read_text(encoding="utf-8"))


def as_toml(figures: Measured) -> str:
    """Return measures and misses as a text that `from_toml` reads."""
    tables = {
        "measure": [asdict(one) for one in figures.measures],
        "miss": [{**asdict(one), "words": list(one.words)} for one in figures.misses],
    }
    return "# Written by: python -m tests.labels.measure\n\n" + tomli_w.dumps(tables)


def from_toml(written: str) -> Measured:
    """Return the measures and misses of a text that `as_toml` wrote."""
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads(written)
    return Measured(
        tuple(Measure(**one) for one in tables.get("measure", [])),
        tuple(Miss(**{**one, "words": tuple(one["words"])}) for one in tables.get("miss", [])),
    )
