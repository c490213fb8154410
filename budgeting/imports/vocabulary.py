"""What a text of a budget file says, by the words in ``data/vocabulary``: column, stage, year, total."""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from typing import Literal

from budgeting.imports.folding import fold, folded
from budgeting.imports.heading_words import heading_of
from budgeting.imports.measures import currency_in, months_in, unit_factor_in
from budgeting.imports.persons import age_band, sex_of
from budgeting.imports.terms import (
    Header,
    Match,
    header_of,
    phrases,
    term_index,
    terms,
    whole_words,
)
from budgeting.model import Direction, Sex, Stage

__all__ = [
    "age_band",
    "currency_in",
    "direction_of",
    "elimination_words",
    "fold",
    "folded",
    "heading_of",
    "months_in",
    "of_which_words",
    "roles_of",
    "sex_of",
    "stage_of",
    "total_words",
    "unit_factor_in",
    "year_in",
]

# meanings that a column's words combine with “code” and “label”; alone, the first kind is likelier
_ENTITIES = {
    "organisation": ("code", "label"),
    "programme": ("code", "label"),
    "activity": ("code", "label"),
    "function": ("code", "label"),
    "economic": ("code", "label"),
    "fund": ("code", "label"),
    "municipality": ("name", "code"),
}
_OF_TWO_KINDS = 0.98
_NOT_MONEY = ("percentage", "per_resident")
_ONLY_LIKELY = 0.6
_LEAST = 0.3
_SURE = 0.9
_MONTHS = 12
# part of a header that a term covers: nothing 0.5, all 0.95, and 1 only for the whole header
_FROM, _TO = 0.5, 0.95

StageWord = Stage | Literal["change", "authorised", "other"]


@lru_cache(maxsize=2**14)
def roles_of(header: str) -> tuple[tuple[str, float], ...]:
    """Return what a column can be by its header, best first, each with a score up to 1.

    Roles are ``<what>_code`` and ``<what>_label`` of organisation, programme, activity, function,
    economic and fund, and ``line_code``, ``line_label``, ``fiscal_year``, ``date``, ``period``,
    ``municipality_name``, ``municipality_code``, ``currency``, ``unit``, ``percentage``,
    ``per_resident``, ``row_number``, ``total``, ``amount``, ``sex``, ``age``, ``people``,
    ``gender_category``, ``direction`` and ``stage`` (a column that names directions or stages).

    Examples
    --------
    >>> roles_of("Економ.класификација")[0]
    ('economic_code', 0.934)
    """
    scores = dict(_column_roles(header))
    stage, score = stage_of(header)
    if isinstance(sex_of(header), Sex):
        scores["people"] = max(_ONLY_LIKELY, scores.get("people", 0.0))
    if stage is not None:
        scores["amount"] = max(score, scores.get("amount", 0.0))
    elif direction_of(header) or months_in(header) or _is_only_a_year(header):
        scores["amount"] = max(_ONLY_LIKELY, scores.get("amount", 0.0))
    return _best_first(scores)


def _best_first(scores: dict[str, float]) -> tuple[tuple[str, float], ...]:
    kept = {role: round(score, 3) for role, score in scores.items() if score >= _LEAST}
    return tuple(sorted(kept.items(), key=lambda found: -found[1]))


@lru_cache(maxsize=2**14)
def _column_roles(written: str) -> tuple[tuple[str, float], ...]:
    header = header_of(written, _known_words())
    matches = list(term_index("columns").matches(header))
    by_meaning = _best_of_each(matches)
    by_meaning.pop("filler", None)
    scores: dict[str, float] = {}
    for meaning, match in by_meaning.items():
        for role, score in _roles(meaning, match, matches, header):
            scores[role] = max(score, scores.get(role, 0.0))
    if any(symbol in written for symbol in _symbols("percentage")):
        scores["percentage"] = 1.0
    return tuple(scores.items())


def _roles(
    meaning: str, match: Match, matches: Iterable[Match], header: Header
) -> list[tuple[str, float]]:
    """Return the roles of a meaning, joined with “code” or “label” where these stand beside it."""
    is_money = meaning in ("amount", "total")
    neutral = _neutral_words(("filler", "amount") if is_money else ("filler",))
    alone = _score(header, [match], neutral)
    if meaning in ("code", "label"):
        return [(f"line_{meaning}", alone)] + [("row_number", alone * 0.7)] * (meaning == "code")
    if meaning not in _ENTITIES:
        return [(meaning, alone)]
    likely, less_likely = _ENTITIES[meaning]
    found = {likely: alone, less_likely: alone * _OF_TWO_KINDS}
    for kind in ("code", "label"):
        beside = _beside(match, (m for m in matches if m.meaning == kind))
        if beside:
            name = "name" if (kind, likely) == ("label", "name") else kind
            found[name] = max(found[name], _score(header, [match, beside], neutral))
    return [(f"{meaning}_{kind}", score) for kind, score in found.items()]


def _beside(match: Match, others: Iterable[Match]) -> Match | None:
    apart = [o for o in others if o.end <= match.start or o.start >= match.end]
    return max(apart, key=lambda other: (other.quality, other.end - other.start), default=None)


def _best_of_each(matches: Iterable[Match]) -> dict[str, Match]:
    best: dict[str, Match] = {}
    for match in matches:
        known = best.get(match.meaning)
        if known is None or _weight(match) > _weight(known):
            best[match.meaning] = match
    return best


def _weight(match: Match) -> float:
    return match.quality * (match.end - match.start)


def _score(header: Header, matches: list[Match], neutral: Collection[str]) -> float:
    """Return how much of a header the matches explain, words that say nothing aside."""
    covered = {place for match in matches for place in range(match.start, match.end)}
    inside = sum(len(header.words[place]) for place in covered)
    outside = sum(
        len(word)
        for place, word in enumerate(header.words)
        if place not in covered and word not in neutral and not word.isdigit()
    )
    quality = sum(_weight(match) for match in matches) / len(covered)
    return quality * (_FROM + (_TO - _FROM) * inside / (inside + outside) if outside else 1.0)


@cache
def _known_words() -> frozenset[str]:
    """Return every word of a term; compounds are taken apart at these."""
    names = ("columns", "stages", "directions")
    return frozenset(word for name in names for word in term_index(name).words) - _fillers()


@cache
def _symbols(meaning: str) -> tuple[str, ...]:
    return tuple(
        term.term for term in terms("columns") if term.meaning == meaning and not term.words
    )


@cache
def _neutral_words(meanings: tuple[str, ...]) -> frozenset[str]:
    """Return words that say nothing against a term beside them: fillers, units and currencies."""
    found = {word for name in ("units", "currencies") for word in term_index(name).words}
    for meaning in meanings:
        found |= {w for t in terms("columns") if t.meaning == meaning for w in t.words}
    if "amount" in meanings:
        found |= {w for name in ("directions", "periods") for w in term_index(name).words}
    return frozenset(word for word in found if len(word) > 1 or word in _fillers())


@cache
def _fillers() -> frozenset[str]:
    return frozenset(w for t in terms("columns") if t.meaning == "filler" for w in t.words)


@lru_cache(maxsize=2**14)
def stage_of(header: str) -> tuple[StageWord | None, float]:
    """Return the stage of the amounts in a column by its header, with a score up to 1.

    "change" is the difference of two stages; "authorised" and "other" (paid, pending, available)
    are amounts that are not a stage of ours. A share of an amount is no stage. A word that means
    one stage here and another elsewhere counts half.
    """
    words = header_of(header, _known_words())
    neutral = _neutral_words(("filler", "amount", "total", "fiscal_year"))
    best = _best_of_each(term_index("stages").matches(words))
    scores = {meaning: _score(words, [match], neutral) for meaning, match in best.items()}
    if not scores:
        return None, 0.0
    meaning, score = max(scores.items(), key=lambda found: found[1])
    columns = dict(_column_roles(header))
    others = [role for role in columns if role not in ("amount", "total", "direction", "stage")]
    if any(columns.get(role, 0) >= _LEAST for role in _NOT_MONEY) or any(
        columns[role] >= score and columns[role] > _ONLY_LIKELY for role in others
    ):
        return None, 0.0
    is_contested = sum(1 for other in scores.values() if other == score) > 1
    return _stage_word(meaning), round(score / 2 if is_contested else score, 3)


def _stage_word(meaning: str) -> StageWord:
    match meaning:
        case "change" | "authorised" | "other":
            return meaning
        case _:
            return Stage(meaning)


_YEAR = re.compile(
    r"(?<!\d)(199\d|20\d\d|2100)(?:\s*[-–—/]\s*((?:20)?\d\d)(?![\d.\-/]))?(?!\d|[.,]\d{1,2}(?![\d.]))"
)


@lru_cache(maxsize=2**14)
def year_in(text: str) -> int | None:
    """Return the fiscal year that a text names, None where it names none or several.

    A year of two halves is called by its first: "2022-2023", "2022/23" and "FY 2022-23" are 2022.

    Examples
    --------
    >>> year_in("Plan za 2024. godinu"), year_in("2022/23"), year_in("2021 i 2023"), year_in("12024")
    (2024, 2022, None, None)
    """
    years = {year for found in _YEAR.finditer(text) for year in _years(found[1], found[2])}
    return years.pop() if len(years) == 1 else None


def _years(first: str, second: str | None) -> set[int]:
    """Return one year for "2022-23" and for a month as in "2023-06", two for "2022-2024"."""
    year = int(first)
    is_month = second is not None and len(second) < len(first) and 1 <= int(second) <= _MONTHS
    if second is None or is_month or int(second[-2:]) == (year + 1) % 100:
        return {year}
    return {year, int(first[: -len(second)] + second)}


def _is_only_a_year(header: str) -> bool:
    rest = [word for word in fold(header).split() if not word.isdigit()]
    return year_in(header) is not None and set(rest) <= _neutral_words(("filler", "fiscal_year"))


@lru_cache(maxsize=2**14)
def direction_of(text: str) -> Direction | None:
    """Return whether a text speaks of money out or money in, None where of neither or of both."""
    header = header_of(text, _known_words())
    found = {
        match.meaning for match in term_index("directions").matches(header) if match.quality > _SURE
    }
    return Direction(found.pop()) if len(found) == 1 else None


@cache
def total_words() -> re.Pattern[str]:
    """Return a pattern to search in folded labels: a total or subtotal at the begin or end."""
    words = whole_words(*(p for p, kinds in phrases("totals").items() if "total" in kinds)).pattern
    return re.compile(rf"^(?:[\divxabc]+ )*{words}|{words}(?: \d+)*$")


@cache
def elimination_words() -> re.Pattern[str]:
    """Return a pattern to search in folded labels: consolidation, elimination, internal transfers."""
    return whole_words(*(p for p, kinds in phrases("totals").items() if "elimination" in kinds))


@cache
def of_which_words() -> re.Pattern[str]:
    """Return a pattern to search in folded labels: “of which”, so part of a row above."""
    words = whole_words(*(p for p, kinds in phrases("totals").items() if "of_which" in kinds))
    return re.compile(rf"^{words.pattern}")
