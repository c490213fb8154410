"""Words of a name with their places, and patterns that find them in every case and compound."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgeting.imports.words.folding import fold

# accents set apart, soft hyphens and joiners belong to the word that they stand in
_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"(?<!\S)(?:[^\W\d_] ){{3,}}[^\W\d_](?!\S)|[^\W_](?:[^\W_]|[{_INSIDE}])*")
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and where it stands in the name as written."""

    folded: str
    start: int
    end: int


def words_of(name: str) -> tuple[Word, ...]:
    """Return the words of a name, folded; what CamelCase takes apart has one place.

    Examples
    --------
    >>> [word.folded for word in words_of("Подршка ŽENAMA – 2. faza")]
    ['podrska', 'zenama', '2', 'faza']
    """
    return tuple(
        Word(folded, found.start(), found.end())
        for found in _WORD.finditer(name)
        for folded in fold(found[0]).split()
    )


@dataclass(frozen=True, slots=True)
class WordPattern:
    """One word of a term: its folded letters, and whether the word may go on on either side."""

    letters: str
    is_open_before: bool
    is_open_after: bool

    def fits(self, word: str) -> bool:
        """Return whether a folded word is meant.

        Examples
        --------
        >>> [word_pattern("žen*").fits(word) for word in ("zenama", "zenski", "kozen")]
        [True, True, False]
        """
        if self.is_open_before:
            return self.letters in word if self.is_open_after else word.endswith(self.letters)
        return word.startswith(self.letters) if self.is_open_after else word == self.letters


def word_pattern(written: str) -> WordPattern | None:
    """Return the pattern of a word such as ``žen*``, ``*frauen*`` or ``rod``; None if it is none.

    An open word needs three letters: with less it would mean half of the dictionary.
    """
    letters = fold(written.strip("*"))
    before, after = written.startswith("*"), written.endswith("*")
    if not letters or " " in letters or "*" in written.strip("*"):
        return None
    if (before or after) and len(letters) < SHORTEST:
        return None
    return WordPattern(letters, before, after)


Phrase = tuple[WordPattern, ...]


def phrases_of(written: str) -> tuple[Phrase, ...] | None:
    """Return what a term looks for: phrases that must all be there; None where it is no term.

    Words between spaces stand next to each other, phrases around a ``+`` anywhere in the name.
    """
    phrases = [[word_pattern(word) for word in part.split()] for part in written.split("+")]
    if any(not phrase or None in phrase for phrase in phrases):
        return None
    return tuple(tuple(word for word in phrase if word) for phrase in phrases)


def places(phrase: Phrase, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield from where to where in the name the words of a phrase stand next to each other."""
    for first in range(len(words) - len(phrase) + 1):
        met = words[first : first + len(phrase)]
        if all(pattern.fits(word.folded) for pattern, word in zip(phrase, met, strict=True)):
            yield met[0].start, met[-1].end
