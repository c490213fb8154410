"""Terms: the rows of ``data/vocabulary/*.csv``, and how well a header matches them."""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from budgeting.errors import MappingInvalid
from budgeting.imports.words.folding import fold
from budgeting.model import text
from budgeting.settings import DATA

FOLDER = DATA / "vocabulary"

# how much a word counts that is not written as in the vocabulary
INFLECTED, SHORTENED, COMPOUND = 0.95, 0.85, 0.8
_SHORTEST_STEM = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a vocabulary file: what a term means, in one language.

    ``words`` are folded; a term of symbols alone, such as "%", has none. ``extra`` is what stands
    between the language and the term in files that have such a column.
    """

    meaning: str
    language: str
    term: str
    words: tuple[str, ...]
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a meaning was found in a header: its words `start` to `end`, and how well they fit."""

    meaning: str
    start: int
    end: int
    quality: float


@cache
def terms(name: str) -> tuple[Term, ...]:
    """Return the terms of ``data/vocabulary/<name>.csv``, in the order of the file."""
    return read_terms(FOLDER / f"{name}.csv")


def read_terms(path: Path) -> tuple[Term, ...]:
    """Return the terms of a vocabulary file.

    The first column is the meaning, the last one the term, and ``language`` stands between where
    the file has it.

    Raises
    ------
    MappingInvalid
        A row has too few or too many cells or an empty one that must be filled, or gives a term
        that the same language already has another meaning; the text names file and row.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = list(csv.reader(lines)) or [[]]
    if header[-1:] != ["term"]:
        raise MappingInvalid(text("The last column of {path} must be “term”.", path=path.name))
    seen: dict[tuple[str, ...], str] = {}
    found = []
    for number, row in enumerate(rows, start=2):
        if row:
            _refuse_broken(path, number, header, row)
            term = _term(header, row)
            _refuse_contradiction(path, number, seen, term)
            found.append(term)
    return tuple(found)


def _refuse_broken(path: Path, number: int, header: list[str], row: list[str]) -> None:
    needed = [cell for name, cell in zip(header, row, strict=False) if name != "beside"]
    if len(row) != len(header) or not all(cell.strip() for cell in needed):
        raise MappingInvalid(
            text(
                "{path}, row {row}: each row needs {columns}.",
                path=path.name,
                row=number,
                columns=", ".join(header),
            )
        )


def _term(header: list[str], row: list[str]) -> Term:
    cells = dict(zip(header, row, strict=True))
    extra = "".join(cells[name] for name in header[1:-1] if name != "language")
    written = cells["term"].strip()
    return Term(row[0], cells.get("language", ""), written, tuple(fold(written).split()), extra)


def _refuse_contradiction(
    path: Path, number: int, seen: dict[tuple[str, ...], str], term: Term
) -> None:
    key = (term.language, term.extra, " ".join(term.words) or term.term)
    if not term.language:
        key = ("", "", term.term)
    if seen.setdefault(key, term.meaning) != term.meaning:
        raise MappingInvalid(
            text(
                "{path}, row {row}: “{term}” already means “{meaning}” in this language. Delete one.",
                path=path.name,
                row=number,
                term=term.term,
                meaning=seen[key],
            )
        )


def phrases(name: str, meanings: Collection[str] = ()) -> Mapping[str, frozenset[str]]:
    """Return folded terms of a file with all that they mean in any language."""
    found = defaultdict(set)
    for term in terms(name):
        if term.words and (not meanings or term.meaning in meanings):
            found[" ".join(term.words)].add(term.meaning)
    return {phrase: frozenset(meant) for phrase, meant in found.items()}


def whole_words(*listed: str) -> re.Pattern[str]:
    """Return a pattern that finds any of the folded phrases as whole words, the longest first."""
    longest_first = sorted(set(listed), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@dataclass(frozen=True, slots=True)
class Header:
    """A header as words.

    ``dotted`` are those that a dot marks as shortened, ``known`` those that some term has as they
    are.
    """

    words: tuple[str, ...]
    dotted: frozenset[str]
    known: frozenset[str]

    def shortest(self, word: str, term: Term) -> int:
        """Return from how many letters on a word may be the beginning of a term's longer one."""
        if word in self.dotted:
            return 1
        if word in self.known:
            return len(word) + 1
        return _SHORTEST_STEM - 1 if len(term.words) == 1 else _SHORTEST_STEM - 2


_DOTTED = re.compile(r"([^\W\d_]+)\.")


def header_of(written: str, known: frozenset[str]) -> Header:
    """Return the words of a header, compounds such as "Kontonummer" taken apart at `known` words."""
    dotted = {part for found in _DOTTED.findall(written) for part in fold(found).split()[-1:]}
    words = [part for word in fold(written).split() for part in _parts(word, known)]
    return Header(tuple(words), frozenset(dotted), known & frozenset(words))


_LINKS = ("", "s", "n", "en", "es", "er", "e")


def _parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    if word in known:
        return (word,)
    for end in range(len(word) - 2, 3, -1):
        if word[end:] in known:
            for link in _LINKS:
                first = word[:end].removesuffix(link)
                if len(first) >= _SHORTEST_STEM - 1 and first in known:
                    return (first, word[end:])
    return (word,)


@dataclass(frozen=True, slots=True)
class TermIndex:
    """The terms of a file, by the letter with which they begin and by their only word."""

    by_letter: Mapping[str, tuple[Term, ...]]
    by_word: Mapping[str, tuple[Term, ...]]
    words: frozenset[str] = field(default=frozenset())

    def matches(self, header: Header) -> Iterator[Match]:
        """Yield every place of the header at which a term stands."""
        for start, word in enumerate(header.words):
            for term in self.by_letter.get(word[0], ()):
                quality = _quality(term, header, start)
                if quality:
                    yield Match(term.meaning, start, start + len(term.words), quality)
            if word not in header.known:
                yield from self._compounds(word, start)

    def _compounds(self, word: str, start: int) -> Iterator[Match]:
        """Yield terms that a longer word ends in: “Sachkonto” is a “Konto”."""
        for cut in range(3, len(word) - _SHORTEST_STEM + 1):
            for term in self.by_word.get(word[cut:], ()):
                yield Match(term.meaning, start, start + 1, COMPOUND)


@cache
def term_index(name: str) -> TermIndex:
    """Return the terms of a file, prepared for matching."""
    by_letter, by_word = defaultdict(list), defaultdict(list)
    for term in terms(name):
        if term.words:
            by_letter[term.words[0][0]].append(term)
        if len(term.words) == 1:
            by_word[term.words[0]].append(term)
    return TermIndex(
        {letter: tuple(found) for letter, found in by_letter.items()},
        {word: tuple(found) for word, found in by_word.items()},
        frozenset(word for term in terms(name) for word in term.words),
    )


def _quality(term: Term, header: Header, start: int) -> float:
    """Return how well a term fits the words from `start`, 0 where one of them does not."""
    words = header.words[start : start + len(term.words)]
    if len(words) < len(term.words):
        return 0.0
    weights = [
        _likeness(meant, word, header.shortest(word, term))
        for meant, word in zip(term.words, words, strict=True)
    ]
    # "d." stands for "derechos" only beside a word that is really there
    if not all(weights) or max(map(len, words)) <= _longest_missing(term):
        return 0.0
    letters = sum(len(meant) for meant in term.words)
    return sum(w * len(m) for w, m in zip(weights, term.words, strict=True)) / letters


def _longest_missing(term: Term) -> int:
    return min(2, max(len(word) for word in term.words) - 1)


def _likeness(meant: str, word: str, shortest: int) -> float:
    """Return how well a word fits one of a term; it is no shortening below `shortest` letters."""
    if meant == word:
        return 1.0
    if _is_inflected(meant, word):
        return INFLECTED
    if len(meant) > len(word) >= shortest and meant.startswith(word):
        return SHORTENED
    return 0.0


def _is_inflected(one: str, other: str) -> bool:
    """Return whether two words differ in an ending of at most two letters."""
    longest = max(len(one), len(other))
    shared = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    if shared == _SHORTEST_STEM - 1:
        return len(one) == len(other) == _SHORTEST_STEM
    return shared >= _SHORTEST_STEM and longest - shared <= 2  # noqa: PLR2004
