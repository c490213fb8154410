"""What amounts are counted in: thousands or crore, which currency, which months."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from budgeting.imports.words.folding import fold
from budgeting.imports.words.terms import Term, phrases, terms, whole_words

_LONGEST_EXACT = 3  # a currency's letters are written as in the vocabulary: “KM” is not “km”
_IN_A_YEAR = {"quarter": 4, "half": 2}


@lru_cache(maxsize=2**14)
def unit_factor_in(text: str) -> int | None:
    """Return the factor of the unit that a text names, None for none and for several.

    “mil.” alone is a thousand in some languages and a million in others, so it is None.

    Examples
    --------
    >>> unit_factor_in("u hiljadama KM"), unit_factor_in("Mio. €"), unit_factor_in("mil.")
    (1000, 1000000, None)
    """
    said = _longest(_unit_words().finditer(fold(text)))
    factors = set().union(*(_units()[phrase] for phrase in said))
    factors |= {term.meaning for term in _with_signs("units") if _stands_in(term, text)}
    return int(factors.pop()) if len(factors) == 1 else None


def _longest(found: Iterable[re.Match[str]]) -> set[str]:
    """Return the longest phrases: “mil KM” says more than “mil”."""
    said = {match[0] for match in found}
    longest = max((len(phrase.split()) for phrase in said), default=0)
    return {phrase for phrase in said if len(phrase.split()) == longest}


@cache
def _units() -> Mapping[str, frozenset[str]]:
    signs = {" ".join(term.words) for term in _with_signs("units")}
    return {phrase: meant for phrase, meant in phrases("units").items() if phrase not in signs}


@cache
def _unit_words() -> re.Pattern[str]:
    # "1 000 000 RSD" is an amount, not "000 RSD"
    return re.compile(rf"(?<!\d ){whole_words(*_units()).pattern}")


@cache
def _with_signs(name: str) -> tuple[Term, ...]:
    """Return terms with a sign that folding drops, such as "T€" and "'000"."""
    return tuple(term for term in terms(name) if re.search(r"[^\w\s.]", term.term))


def _stands_in(term: Term, text: str) -> bool:
    begin = r"(?<!\w)" if term.term[0].isalnum() else r"(?<![\d])"
    return re.search(begin + re.escape(term.term) + r"(?!\w)", text) is not None


@lru_cache(maxsize=2**14)
def currency_in(text: str) -> str | None:
    """Return the ISO 4217 code of the currency that a text names, None for none and for several.

    Examples
    --------
    >>> currency_in("Iznos (KM)"), currency_in("12 km"), currency_in("tūkst. Eur")
    ('BAM', None, 'EUR')
    """
    exact, spelt = _currency_words()
    found = {_exact_currencies()[match] for match in exact.findall(text)}
    found |= {code for match in spelt.findall(fold(text)) for code in phrases("currencies")[match]}
    return found.pop() if len(found) == 1 else None


@cache
def _exact_currencies() -> Mapping[str, str]:
    return {term.term: term.meaning for term in terms("currencies") if _is_exact(term)}


def _is_exact(term: Term) -> bool:
    has_sign = not term.term.replace(" ", "").isalpha()
    return has_sign or len(term.term) <= _LONGEST_EXACT


@cache
def _currency_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    longest_first = sorted(_exact_currencies(), key=len, reverse=True)
    exact = "|".join(
        rf"(?<![^\W\d_]){re.escape(term)}(?![^\W\d_])" if term[0].isalpha() else re.escape(term)
        for term in longest_first
    )
    spelt = (" ".join(term.words) for term in terms("currencies") if not _is_exact(term))
    return re.compile(exact), whole_words(*spelt)


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6} | {
    "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12,
}  # fmt: skip
_ROMAN_RANGE = re.compile(r"(?<![\w.])([IVX]+)\s*[-–—/]\s*([IVX]+)(?![\w])")
_SHORT_PART = re.compile(r"(?<!\w)(?:([qkth])([1-4])|([1-4])([qkth]))(?!\w)")


@lru_cache(maxsize=2**14)
def months_in(text: str) -> tuple[int, int] | None:
    """Return the first and last month that a text names, None where it names none.

    “Q2” is April to June, “I-VI” and “kumulativno juni” are January to June.

    Examples
    --------
    >>> months_in("Q2"), months_in("I-VI 2023"), months_in("mart"), months_in("kumulativno mart")
    ((4, 6), (1, 6), (3, 3), (1, 3))
    """
    folded = fold(text)
    span = _roman_months(text) or _part_of_year(folded) or _named_months(folded)
    if span and _cumulative_words().search(folded):
        return 1, span[1]
    return span


def _roman_months(text: str) -> tuple[int, int] | None:
    found = _ROMAN_RANGE.search(text)
    if not found:
        return None
    first, last = (_ROMAN.get(numeral.lower(), 0) for numeral in found.groups())
    return (first, last) if 0 < first < last else None


def _named_months(folded: str) -> tuple[int, int] | None:
    months = [int(n) for word in folded.split() for n in _month_names().get(word, ())]
    if not months or len(set(months)) > 2:  # noqa: PLR2004
        return None
    return (months[0], months[-1]) if months[0] <= months[-1] else None


def _part_of_year(folded: str) -> tuple[int, int] | None:
    """Return the months of a quarter or half: “Q2”, “2. kvartal”, “Halbjahr 1”."""
    short = _SHORT_PART.search(folded)
    if short:
        letter, number = short[1] or short[4], int(short[2] or short[3])
        return _months_of("half" if letter == "h" else "quarter", number)
    for kind in _IN_A_YEAR:
        names = whole_words(*_period_names(kind)).pattern
        found = re.search(rf"(?<!\w)(\w+) {names}|{names} (\w+)", folded)
        if found:
            said = [number for number in map(_numeral, found.groups()) if number]
            return _months_of(kind, said[0]) if said else None
    return None


def _numeral(word: str | None) -> int:
    if not word:
        return 0
    return int(word) if word.isdecimal() and len(word) == 1 else _ROMAN.get(word, 0)


def _months_of(kind: str, number: int) -> tuple[int, int] | None:
    length = 12 // _IN_A_YEAR[kind]
    last = number * length
    return (last - length + 1, last) if 1 <= last <= 12 else None  # noqa: PLR2004


@cache
def _period_names(kind: str) -> tuple[str, ...]:
    return tuple(name for name, meant in phrases("periods").items() if kind in meant)


@cache
def _month_names() -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for term in terms("periods"):
        if term.meaning.isdecimal():
            names[" ".join(term.words)].add(term.meaning)
    return {name: frozenset(numbers) for name, numbers in names.items()}


@cache
def _cumulative_words() -> re.Pattern[str]:
    return whole_words(*_period_names("cumulative"))
