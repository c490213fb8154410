"""Sex and age as files write them: “Žene”, “65 ir vyresni”, “0–14 godina”."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from typing import Literal

from budgeting.imports.words.folding import fold
from budgeting.imports.words.terms import phrases, terms, whole_words
from budgeting.model import Sex

_OLDEST = 130
_LONGEST_HEADER = 4  # words; a longer text is about a sex, it does not name one
SexWord = Sex | Literal["both"]


def sex_of(cell: str, among: Collection[str] = ()) -> SexWord | None:
    """Return the sex that a cell or a header names; "both" for a total of the sexes.

    A letter is read by the other letters of its column, `among`: "M" is male beside "F", "K" or
    "Ž", and female beside "H". Without them, or where they allow both, it is None.

    Examples
    --------
    >>> sex_of("Žene"), sex_of("M"), sex_of("M", ["M", "K"]), sex_of("M", ["M", "H"])
    (<Sex.FEMALE: 'female'>, None, <Sex.MALE: 'male'>, <Sex.FEMALE: 'female'>)
    """
    words = re.sub(r"\d+", "", fold(cell)).strip()
    if len(words) == 1:
        return _by_letter(words, {fold(other) for other in among})
    found = _sexes().get(words) or frozenset(
        meaning for match in _named_sexes().findall(words) for meaning in _sexes()[match]
    )
    return _sex_word(next(iter(found))) if len(found) == 1 else None


def sex_of_header(header: str) -> SexWord | None:
    """Return the sex that a header names; None for a longer one, which is about a sex and names none.

    Examples
    --------
    >>> sex_of_header("actual_women"), sex_of_header("Women who asked for help in the year")
    (<Sex.FEMALE: 'female'>, None)
    """
    words = header.replace("_", " ").strip()
    return sex_of(words) if words and len(words.split()) <= _LONGEST_HEADER else None


def _sex_word(meaning: str) -> SexWord:
    return "both" if meaning == "both" else Sex(meaning)


def _by_letter(letter: str, among: set[str]) -> SexWord | None:
    letters = [term for term in terms("sexes") if term.extra and term.words == (letter,)]
    beside = {term.meaning for term in letters if fold(term.extra) in among - {letter}}
    return Sex(beside.pop()) if len(beside) == 1 else None


@cache
def _sexes() -> Mapping[str, frozenset[str]]:
    return {phrase: meant for phrase, meant in phrases("sexes").items() if len(phrase) > 1}


@cache
def _named_sexes() -> re.Pattern[str]:
    """Return what finds a sex among other words, as in “Broj žena”."""
    sexes = {Sex.FEMALE.value, Sex.MALE.value}
    return whole_words(*(phrase for phrase, meant in _sexes().items() if meant <= sexes))


# one letter for each kind of word in an age; y says nothing, as in “years”
_KINDS = {"and_over": "o", "over": "v", "under": "u", "to": "t", "from": "f", "years": "y"}
_SIGNS = {"<": "u", ">": "v", "≥": "f", "+": "o", "-": "t", "–": "t", "—": "t", "−": "t"}
_PIECE = re.compile(r"(\d+)|>=|[<>≥+–—−-]|[^\W\d_]+")


@lru_cache(maxsize=2**14)
def age_band(cell: str) -> tuple[int, int | None] | None:
    """Return the first and last age of a band, the last None where it is open; None for no band.

    “Over 65” begins at 66 and “under 5” ends at 4. A single age is a band of one year.

    Examples
    --------
    >>> age_band("0–14 godina"), age_band("65 ir vyresni"), age_band("<1"), age_band("Ukupno")
    ((0, 14), (65, None), (0, 0), None)
    """
    kinds, numbers = _age_words(cell)
    bands = {_band(said, numbers) for said in kinds} - {None}
    return bands.pop() if len(bands) == 1 else None


def _age_words(cell: str) -> tuple[set[str], list[int]]:
    """Return what kinds of words an age can consist of, in order, and its numbers."""
    pieces = [found[0] for found in _PIECE.finditer(cell)]
    numbers = [int(piece) for piece in pieces if piece.isdecimal()]
    choices = list(_choices(pieces))
    return {"".join(said).replace("y", "") for said in product(*choices)}, numbers


def _choices(pieces: list[str]) -> Iterator[str]:
    """Yield for each number, sign or known phrase the letters of what it can be; "?" for the rest."""
    longest = max(len(phrase.split()) for phrase in _age_phrases())
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        size = 1
        if piece.isdecimal():
            yield "n"
        elif piece in _SIGNS or piece == ">=":
            yield _SIGNS.get(piece, "f")
        else:
            size = next((n for n in range(longest, 0, -1) if _phrase(pieces, place, n)), 1)
            yield _phrase(pieces, place, size) or "?"
        place += size


def _phrase(pieces: list[str], place: int, size: int) -> str:
    words = pieces[place : place + size]
    return _age_phrases().get(" ".join(map(fold, words)), "") if len(words) == size else ""


@cache
def _age_phrases() -> Mapping[str, str]:
    return {
        phrase: "".join(sorted(_KINDS[meaning] for meaning in meant))
        for phrase, meant in phrases("ages").items()
    }


def _band(said: str, numbers: list[int]) -> tuple[int, int | None] | None:
    if not numbers or max(numbers) > _OLDEST:
        return None
    first = numbers[0]
    match said:
        case "n":
            return first, first
        case "no" | "fn" | "fno":
            return first, None
        case "vn":
            return first + 1, None
        case "un" if first > 0:
            return 0, first - 1
        case "ntn" | "fntn" | "fnfn" if first <= numbers[1]:
            return first, numbers[1]
    return None
