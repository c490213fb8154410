"""Suggestions by other lines: as last year, and like lines that somebody has approved."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import overload

import pyarrow as pa

from budgeting.imports.words.folding import fold
from budgeting.marks.model import Confidence
from budgeting.methodologies.model import Stance
from budgeting.model import Share, Text, plural_text, text
from budgeting.suggestions.model import Ground, LikeLine, Suggestion
from budgeting.suggestions.similar import MOST, KnownNames

SURE = Decimal("0.80")
"""Similarity from which lines alike are reliable: one word in five may differ."""

_SAME = Decimal("1.00")


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its mark in one year.

    ``line`` is its stable key. ``category`` is that of the whole line; a mark of several parts is
    nothing that another line could be marked like, and does not belong here.
    """

    line: str
    name: str
    category: str
    fiscal_year: int
    confidence: Confidence = Confidence.HIGH


class MarkedLines(Sequence[MarkedLine]):
    """Marked lines as the store gives them; each is made when it is looked at, which few are.

    Parameters
    ----------
    rows
        One row per line: line_code, label, category, fiscal_year and confidence.
    """

    def __init__(self, rows: pa.Table) -> None:
        names = ("line_code", "label", "category", "fiscal_year", "confidence")
        self._columns = [rows[name].to_pylist() for name in names]

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, place: int) -> MarkedLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[MarkedLine]: ...
    def __getitem__(self, place: int | slice) -> MarkedLine | Sequence[MarkedLine]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        line, name, category, year, confidence = (column[place] for column in self._columns)
        return MarkedLine(line, name, category, year, Confidence(confidence))

    @property
    def names(self) -> Sequence[str]:
        """What the lines are called, in their order."""
        names: list[str] = self._columns[1]
        return names


def as_last_year(
    lines: Mapping[str, str],
    earlier: Sequence[MarkedLine],
    predecessors: Mapping[str, Sequence[str]],
    ended: Set[str],
    stances: Mapping[str, Stance | None],
) -> dict[str, Suggestion]:
    """Return a suggestion for each line that continues a marked one of the year before.

    A confirmed link decides. Without one, a line of the same words that is gone this year does.
    The same line needs no suggestion: its mark goes on by itself.

    Parameters
    ----------
    lines
        The lines of this year that want a mark: stable key and name.
    earlier
        Marked lines of the year before.
    predecessors
        The lines that a line continues, by confirmed links.
    ended
        Which of the earlier lines this year no longer has.
    stances
        Stance of every category of the methodology.
    """
    by_line = {mark.line: mark for mark in earlier}
    by_words = defaultdict(list)
    for mark in earlier:
        if mark.line in ended:
            by_words[fold(mark.name)].append(mark)
    suggestions = {}
    for line, name in lines.items():
        linked = [by_line[code] for code in predecessors.get(line, ()) if code in by_line]
        if marks := linked or by_words.get(fold(name), []):
            suggestions[line] = _as_earlier(marks, stances, is_linked=bool(linked))
    return suggestions


def _as_earlier(
    marks: Sequence[MarkedLine], stances: Mapping[str, Stance | None], is_linked: bool
) -> Suggestion:
    category = _common(marks)
    shown = tuple(_like(mark, _SAME) for mark in marks)
    stance = None if category is None else stances.get(category)
    confidence = Confidence.LOW
    if category is not None:
        # a link was confirmed by a person; equal words can be chance
        confidence = marks[0].confidence if is_linked else Confidence.MEDIUM
    why = _why_earlier(marks, category, is_linked)
    return Suggestion(Ground.LAST_YEAR, stance, category, confidence, why, lines=shown)


def _why_earlier(marks: Sequence[MarkedLine], category: str | None, is_linked: bool) -> Text:
    year = str(marks[0].fiscal_year)
    if category is None:
        return text("The lines that it continues had different categories in {year}.", year=year)
    if is_linked:
        return text(
            "It continues a line that was {category} in {year}.", category=category, year=year
        )
    return text("A line of the same words was {category} in {year}.", category=category, year=year)


def like_approved(
    lines: Mapping[str, str],
    approved: Sequence[MarkedLine],
    stances: Mapping[str, Stance | None],
) -> dict[str, Suggestion]:
    """Return a suggestion for each line that other, approved ones resemble, with these lines.

    The most similar line decides; where others that are shown say otherwise, the confidence is low.
    """
    written = approved.names if isinstance(approved, MarkedLines) else [m.name for m in approved]
    # one more than is shown, because a line that is approved itself is most like itself
    found = _known(tuple(written)).alike(list(lines.values()), most=MOST + 1)
    suggestions = {}
    for line, likes in zip(lines, found, strict=True):
        pairs = [(approved[like.place], like.similarity) for like in likes]
        if others := [pair for pair in pairs if pair[0].line != line][:MOST]:
            suggestions[line] = _like_them(others, stances)
    return suggestions


@lru_cache(maxsize=4)
def _known(names: tuple[str, ...]) -> KnownNames:
    """Return approved names made ready; most changes of marks approve nothing, so they stay."""
    return KnownNames(names)


def _like_them(
    pairs: Sequence[tuple[MarkedLine, Decimal]], stances: Mapping[str, Stance | None]
) -> Suggestion:
    (nearest, similarity), marks = pairs[0], [mark for mark, _ in pairs]
    agree = _common(marks) is not None
    confidence = Confidence.LOW
    if agree:
        confidence = Confidence.HIGH if similarity >= SURE else Confidence.MEDIUM
    why = _why_alike(len(marks), Share(similarity), agree)
    lines = tuple(_like(mark, likeness) for mark, likeness in pairs)
    stance = stances.get(nearest.category)
    return Suggestion(Ground.ALIKE, stance, nearest.category, confidence, why, lines=lines)


def _why_alike(count: int, similarity: Share, agree: bool) -> Text:
    if not agree:
        return text(
            "Approved lines alike have different categories; the nearest is {similarity} the same.",
            similarity=similarity,
        )
    return plural_text(
        "An approved line is {similarity} the same.",
        "{count} approved lines of one category are alike; the nearest is {similarity} the same.",
        count,
        similarity=similarity,
    )


def _common(marks: Sequence[MarkedLine]) -> str | None:
    categories = {mark.category for mark in marks}
    return categories.pop() if len(categories) == 1 else None


def _like(mark: MarkedLine, similarity: Decimal) -> LikeLine:
    return LikeLine(mark.line, mark.name, mark.category, similarity, mark.fiscal_year)
