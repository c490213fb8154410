"""Classes: which columns are codes and labels, of which dimension, and which levels they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from budgeting.classifications import cofog_codes
from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column, Contents, contents_of, follows
from budgeting.imports.sheets.sheet import Truths
from budgeting.model import text
from budgeting.names import dimension_name

_FUNCTIONAL = 0.85
_NAMED = 0.6
_ENTITIES = {
    "organisation": "organisation",
    "programme": "programme",
    "activity": "programme",
    "function": "function",
    "economic": "economic_class",
    "fund": "fund",
}
_ORDER = ("organisation", "programme", "function", "economic_class", "fund")
_SPLIT = r"^(?P<code>[\d][\w.]*)\s*[-–—:.=)]*\s+(?P<label>\D.*)$"
_EMPTY_ALLOWED = 0.5
_PREFIXED = 0.95
_FEWEST = 3
_CLEAR = 0.08
_MOST_COLUMNS = 40  # of so many, only neighbours are compared


@dataclass
class Class:
    """A column that tells lines apart, with its label, and what speaks for each dimension."""

    code: Column
    label: Column | None
    scores: dict[str, float] = field(default_factory=dict)
    pattern: str | None = None

    @property
    def text(self) -> Column:
        """The column with the words."""
        return self.label or self.code

    @property
    def is_coded(self) -> bool:
        """Whether words stand beside codes, or behind them in the same cell."""
        return _is_split(self.code) if self.label is None else self.code.is_codes


def classes_in(draft: Draft, rows: Truths) -> list[Class]:
    """Return the code columns with their labels, and the columns of words that repeat.

    `rows` are those that may be budget lines.
    """
    free = [c for c in draft.open if c.filled and c.distinct]
    labels: dict[str, Column] = {}
    for code in [c for c in free if c.is_codes and not c.is_dates]:
        words = [c for c in free if c.is_words and c not in labels.values()]
        if len(free) > _MOST_COLUMNS:
            words = [c for c in words if abs(c.place - code.place) == 1]
        found = _label_of(code, words, rows)
        if found:
            labels[code.name] = found
    used = {column.name for column in labels.values()}
    classes = [
        Class(code, labels.get(code.name))
        for code in free
        if code.name not in used and (code.is_codes or code.is_words)
    ]
    classes = _paired(classes, rows) if len(classes) <= _MOST_COLUMNS else classes
    for one in classes:
        one.scores = _scores(one)
    if len(classes) <= _MOST_COLUMNS:
        _share_scores(classes, rows)
    return classes


def _share_scores(classes: list[Class], rows: Truths) -> None:
    """Give codes that begin with the codes of another column the same dimension as these."""
    for upper in classes:
        for lower in classes:
            if upper is not lower and _begins_with(lower.code, upper.code, rows):
                shared = {
                    name: max(score, lower.scores[name]) for name, score in upper.scores.items()
                }
                upper.scores, lower.scores = dict(shared), dict(shared)


def _begins_with(lower: Column, upper: Column, rows: Truths) -> bool:
    """Tell whether each code of a column begins with the shorter code of another in its row."""
    used = lower.has_text & upper.has_text & rows
    if not (lower.is_codes and upper.is_codes) or upper.distinct < _FEWEST or not used.any():
        return False
    pairs = set(
        zip(lower.text.places[used].tolist(), upper.text.places[used].tolist(), strict=True)
    )
    begins = [
        lower.text.values[a] != upper.text.values[b]
        and lower.text.values[a].startswith(upper.text.values[b])
        for a, b in pairs
    ]
    return bool(sum(begins) >= _PREFIXED * len(begins))


def _paired(classes: list[Class], rows: Truths) -> list[Class]:
    """Join columns of words that say the same twice: the one with numbers or shorter is the code."""
    left = list(classes)
    for one in classes:
        for other in classes:
            if (
                one is not other
                and {one.code, other.code} <= {c.code for c in left}
                and _is_twin(one, other, rows)
            ):
                left = [c for c in left if c is not other]
                one.label = other.code
    return left


def _is_twin(one: Class, other: Class, rows: Truths) -> bool:
    if one.label or other.label or not (one.code.is_words and other.code.is_words):
        return False
    if min(one.code.distinct, other.code.distinct) < _FEWEST or not _is_code_like(
        one.code, other.code
    ):
        return False
    both = (follows(one.code, other.code, rows), follows(other.code, one.code, rows))
    return bool(min(both) >= _PREFIXED)


def _is_code_like(one: Column, other: Column) -> bool:
    digits = [column.share(lambda t: any(map(str.isdigit, t))) for column in (one, other)]
    lengths = [np.mean([len(v) for v in column.values]) for column in (one, other)]
    return (digits[0], -lengths[0]) > (digits[1], -lengths[1])


def _label_of(code: Column, words: list[Column], rows: Truths) -> Column | None:
    """Return the column whose words go with the codes: beside them, or of the same meaning."""
    best: tuple[float, Column] | None = None
    for word in words:
        fits, kinship = follows(word, code, rows), _kinship(code, word)
        distance = word.place - code.place
        is_beside = distance == 1 and (kinship >= 0.5 * _NAMED or word.role("line_label") >= 0.9)  # noqa: PLR2004
        if fits < _FUNCTIONAL / 1.4 and not is_beside:
            continue
        score = max(fits, _FUNCTIONAL if is_beside else 0.0) + kinship
        score += 0.6 if distance == 1 else 0.2 if distance == -1 else 0.0
        if (best is None or score > best[0]) and score >= _FUNCTIONAL + 0.5:
            best = (score, word)
    return best[1] if best else None


def _kinship(code: Column, word: Column) -> float:
    """Return how well two headers go together: the same entity, or a label of none beside a code."""
    shared = [
        min(code.role(f"{e}_code"), word.role(f"{e}_label")) for e in (*_ENTITIES, "municipality")
    ]
    own = max((word.role(f"{e}_label") for e in _ENTITIES), default=0.0)
    if max(shared) < _NAMED and own >= _NAMED and _entity(code):
        return -0.4
    return 0.5 * max(shared)


def _entity(column: Column) -> bool:
    return max(column.role(f"{e}_code") for e in _ENTITIES) >= _NAMED


def _scores(one: Class) -> dict[str, float]:
    """Return for each dimension how much the headers and the words of a class speak for it."""
    contents = contents_of(one.text)
    scores = dict.fromkeys(_ORDER, 0.0)
    for entity, dimension in _ENTITIES.items():
        header = max(one.code.role(f"{entity}_code"), 0.9 * one.code.role(f"{entity}_label"))
        beside = one.label.role(f"{entity}_label", f"{entity}_code") if one.label else 0.0
        scores[dimension] = max(scores[dimension], header, 0.9 * beside)
    _add_contents(scores, contents)
    if scores["function"] and not _is_cofog(one.code):
        scores["programme"] = max(scores["programme"], 0.9 * scores["function"])
        scores["function"] = 0.0
    elif _is_cofog(one.code):
        scores["function"] += 0.8
    return scores


def _add_contents(scores: dict[str, float], contents: Contents) -> None:
    scores["economic_class"] += 0.8 * contents.of("spending", "income", "either")
    for name in ("organisation", "programme", "fund"):
        scores[name] += 0.8 * contents.of(name)


def _is_cofog(column: Column) -> bool:
    known = sum(value in cofog_codes() for value in column.values)
    dotted = any("." in value for value in column.values)
    return bool(column.values) and dotted and known >= 0.8 * len(column.values)


def draft_classes(draft: Draft, classes: list[Class], rows: Truths) -> list[Class]:
    """Put the classes into the draft as [[classification]] blocks; return those that are in it."""
    kept = [one for one in classes if _tells_lines_apart(draft, one, rows)]
    by_dimension: dict[str, list[Class]] = {}
    for one in sorted(kept, key=lambda one: -max(one.scores.values())):
        by_dimension.setdefault(_dimension(draft, one, by_dimension), []).append(one)
    blocks = []
    for dimension in sorted(by_dimension, key=_ORDER.index):
        levels = _in_order(by_dimension[dimension], rows)
        blocks.append(_block(dimension, levels, rows))
        _note_levels(draft, dimension, levels)
    if blocks:
        draft.entries["classification"] = blocks
    return kept


def _tells_lines_apart(draft: Draft, one: Class, rows: Truths) -> bool:
    """Leave out what is the same everywhere, numbers every row, or is mostly empty."""
    used = one.code.has_text & rows
    values = len(np.unique(one.code.text.places[used]))
    reason = None
    if not used.any():
        reason = "empty in every line"
    elif values == 1 and rows.sum() > 1 and max(one.scores.values()) < _NAMED:
        reason = "the same in every line"
    elif one.label is None and one.code.is_codes and values > 30 and values >= 0.95 * used.sum():  # noqa: PLR2004
        reason = "a number of each row"
    elif used.sum() < _EMPTY_ALLOWED * rows.sum() and one.code.is_words:
        reason = "empty in most lines"
    if reason is None:
        return True
    for column in (one.code, one.label):
        if column:
            draft.ignore(column, reason)
    return False


def _dimension(draft: Draft, one: Class, used: dict[str, list[Class]]) -> str:
    """Return the dimension that most speaks for; one that nothing tells goes where there is room."""
    ranked = sorted(one.scores, key=lambda name: -one.scores[name])
    best = ranked[0]
    first, second = one.scores[best], one.scores[ranked[1]]
    if first >= 0.3 or (first >= _CLEAR and first >= 1.8 * second):  # noqa: PLR2004
        close = [name for name in ranked if one.scores[name] >= 0.9 * one.scores[best]]
        free = [name for name in close if name not in used]
        return free[0] if free else best
    free = [
        name for name in ("programme", "organisation", "economic_class", "fund") if name not in used
    ]
    chosen = free[0] if free else "programme"
    draft.note(
        text(
            "Nothing tells what it is; it is kept as {dimension}.", dimension=dimension_name(chosen)
        ),
        one.code,
        text("Check the classification, and choose the right one."),
    )
    return chosen


def _in_order(classes: Iterable[Class], rows: Truths) -> list[Class]:
    """Return levels from the top down: what has fewer codes stands above, then what stands left."""
    return sorted(classes, key=lambda one: (_count(one, rows), one.code.place))


def _count(one: Class, rows: Truths) -> int:
    return len(np.unique(one.code.text.places[one.code.has_text & rows]))


def _block(dimension: str, levels: list[Class], rows: Truths) -> dict[str, Any]:
    if dimension == "function":
        levels = levels[-1:]
    block: dict[str, Any] = {"dimension": dimension, "levels": [_level(one) for one in levels]}
    if any((~one.code.has_text & rows).any() for one in levels):
        block["may_be_empty"] = True
    return block


def _level(one: Class) -> dict[str, Any]:
    level: dict[str, Any] = {"code": one.code.name}
    if one.label:
        level["label"] = one.label.name
    elif one.code.is_words and _is_split(one.code):
        level["pattern"] = _SPLIT
    return level


def _is_split(column: Column) -> bool:
    """Tell whether every text is a code with words behind it."""
    return column.distinct > 1 and column.share(lambda t: re.match(_SPLIT, t) is not None) == 1


def _note_levels(draft: Draft, dimension: str, levels: list[Class]) -> None:
    for one in levels:
        draft.take(one.code, f"code of {dimension}")
        if one.label:
            draft.take(one.label, f"label of {dimension}")
        draft.note(
            text("It is taken for {dimension}.", dimension=dimension_name(dimension)), one.code
        )
