"""Headings: rows that say to which organisation, programme or activity the rows below belong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from budgeting.imports.words.folding import fold
from budgeting.imports.words.terms import terms

_CODE = r"(?:[^\W\d_]{1,3}[-. ]?)?\d[\w]*(?:[./-]\d\w*)*|[IVXLC]{1,6}(?!\w)"
_MARKS = r"[\s.:;,)(№#–—-]*"
_CODE_AFTER = re.compile(rf"{_MARKS}(?P<code>{_CODE})(?!\w){_MARKS}(?P<rest>.*)", re.DOTALL)
_CODE_BEFORE = re.compile(rf"\s*(?P<code>{_CODE})[\s.:)–—-]+(?P<rest>\D.*)", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 12  # of a l e t t e r - s p a c e d term


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names: a dimension or "activity", its code ("" where none) and its words."""

    dimension: str
    code: str
    rest: str


@lru_cache(maxsize=2**14)
def heading_of(label: str) -> tuple[str, str, str] | None:
    """Return dimension, code and own words of a label that heads other rows, None for any other.

    The dimension is one of the model's, or "activity" for activities and projects. A word such as
    “program” heads rows only with a code or a colon; “Odjeljenje za …” does so alone, and is then
    part of its own words.

    Examples
    --------
    >>> heading_of("Програм 15: Опште услуге"), heading_of("Program javnih radova")
    (('programme', '15', 'Опште услуге'), None)
    """
    before = _CODE_BEFORE.match(label)
    found = _word_first(label) or (before and _code_first(before["code"], before["rest"]))
    return (found.dimension, found.code, found.rest) if found else None


def _word_first(label: str) -> Heading | None:
    named = _name_at_start(label)
    if named is None:
        return None
    dimension, heads_alone, end = named
    rest = label[end:]
    code = _CODE_AFTER.match(rest)
    if code:
        return Heading(dimension, code["code"].strip(), code["rest"].strip())
    if heads_alone:
        return Heading(dimension, "", label.strip())
    if rest.lstrip().startswith(":"):
        return Heading(dimension, "", rest.lstrip(" :\t").strip())
    return None


def _code_first(code: str, rest: str) -> Heading | None:
    """Return the heading of “01 programa. Name” and “4.01 Odjeljenje za …”."""
    named = _name_at_start(rest)
    if named is None:
        return None
    dimension, heads_alone, end = named
    own = rest[end:]
    if heads_alone:
        return Heading(dimension, code.strip(), rest.strip())
    if not own.strip() or own.lstrip()[0] in ".:–—-":
        return Heading(dimension, code.strip(), own.strip(" .:–—-"))
    return None


def _name_at_start(label: str) -> tuple[str, bool, int] | None:
    """Return dimension, whether it heads alone, and where the longest heading term ends."""
    words = _WORD.finditer(label[:200])
    if label[:1].isdigit():
        return None
    ends = [word.end() for _, word in zip(range(_MOST_WORDS), words, strict=False)]
    for end in reversed(ends):
        if named := _names().get(fold(label[:end])):
            return *named, end
    return None


@cache
def _names() -> Mapping[str, tuple[str, bool]]:
    """Return per folded term its dimension and whether it heads without a code; the first wins."""
    names: dict[str, tuple[str, bool]] = {}
    for term in terms("headings"):
        names.setdefault(" ".join(term.words), (term.meaning, term.extra == "yes"))
    return names
