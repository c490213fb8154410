"""What a text of a budget file says, by the words in ``data/vocabulary``: column, stage, year, total."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Dictionary
from functools import cache, lru_cache
from typing import Literal

from budgeting.imports.words.folding import fold, folded
from budgeting.imports.words.heading_words import heading_of
from budgeting.imports.words.measures import currency_in, months_in, unit_factor_in
from budgeting.imports.words.persons import age_band, sex_of
from budgeting.imports.words.terms import (
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
    "directions_of_letters",
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
_MONEY = ("amount", "total", "fund_amount")
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
    ``per_resident``, ``row_number``, ``total``, ``amount``, ``fund_amount`` (of one fund),
    ``sex``, ``age``, ``people``, ``gender_category``, ``direction`` and ``stage`` (a column that
    names directions or stages).

    Examples
    --------
    >>> roles_of("Економ.класификација")[0]
    ('economic_code', 0.939)
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
    scores: dict[str, float] = {}
    for meaning in by_meaning.keys() - {"filler"}:
        for role, score in _roles(meaning, by_meaning, matches, header):
            scores[role] = max(score, scores.get(role, 0.0))
    if any(symbol in written for symbol in _symbols("percentage")):
        scores["percentage"] = 1.0
    return tuple(sorted(scores.items()))


def _roles(
    meaning: str, found: Dictionary[str, list[Match]], matches: list[Match], header: Header
) -> list[tuple[str, float]]:
    """Return the roles of a meaning, joined with “code” or “label” where these stand beside it."""
    alone = _score(header, found[meaning], _neutral_words(meaning in _MONEY))
    beside_money = _score_beside_money(header, found[meaning])
    if meaning in _ENTITIES:
        return _entity_roles(meaning, found[meaning], matches, header)
    if meaning in ("code", "label"):
        return [(f"line_{meaning}", alone)] + [("row_number", alone * 0.7)] * (meaning == "code")
    if meaning in ("amount", "total"):
        is_less = meaning == "amount" and "total" in found
        return [(meaning, beside_money * _OF_TWO_KINDS if is_less else beside_money)]
    if meaning == "kind":
        likely = beside_money * _SURE if _money_words(header) else alone * _FROM
        return [("economic_label", likely), ("economic_code", likely * _OF_TWO_KINDS)]
    if meaning == "people" and _is_per_resident(found, header):
        return [("people", alone * _FROM), ("per_resident", beside_money)]
    return [(meaning, alone)]


def _is_per_resident(found: Dictionary[str, list[Match]], header: Header) -> bool:
    """Return whether money stands beside people; the people exactly, since “personal” is staff."""
    has_money = "amount" in found or bool(_money_words(header))
    is_exact = any(match.quality == 1 for match in found["people"])
    return "per_resident" in found or (has_money and is_exact)


def _entity_roles(
    meaning: str, found: list[Match], matches: list[Match], header: Header
) -> list[tuple[str, float]]:
    neutral = _neutral_words(False)
    likely, less_likely = _ENTITIES[meaning]
    alone = _score(header, found, neutral)
    scores = {likely: alone, less_likely: alone * _OF_TWO_KINDS}
    for kind in ("code", "label"):
        beside = _beside(found, (match for match in matches if match.meaning == kind))
        if beside:
            name = "name" if (kind, likely) == ("label", "name") else kind
            scores[name] = max(scores[name], _score(header, [*found, *beside], neutral))
    return [(f"{meaning}_{kind}", score) for kind, score in scores.items()]


def _money_words(header: Header) -> list[Match]:
    found = _best_of_each(term_index("directions").matches(header)).values()
    return [match for matches in found for match in matches if match.quality > _SURE]


def _score_beside_money(header: Header, found: list[Match]) -> float:
    """Return the score where “of expenditure” and the like say nothing against it."""
    return _score(header, found, _neutral_words(True), _beside(found, _money_words(header)))


def _beside(found: list[Match], others: Iterable[Match]) -> list[Match]:
    """Return the other matches that stand on words of their own, each word once."""
    apart = (other for other in others if all(_are_apart(match, other) for match in found))
    return [match for matches in _best_of_each(apart).values() for match in matches]


def _best_of_each(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """Return for each meaning its matches, the longest and closest first, that do not overlap."""
    best: dict[str, list[Match]] = defaultdict(list)
    for match in sorted(matches, key=_weight, reverse=True):
        if all(_are_apart(match, known) for known in best[match.meaning]):
            best[match.meaning].append(match)
    return best


def _are_apart(one: Match, other: Match) -> bool:
    return one.end <= other.start or one.start >= other.end


def _weight(match: Match) -> float:
    return match.quality * (match.end - match.start)


def _score(
    header: Header, matches: list[Match], neutral: Collection[str], aside: Iterable[Match] = ()
) -> float:
    """Return how much of a header the matches explain, words that say nothing aside."""
    covered = _places(matches)
    inside = sum(len(header.words[place]) for place in covered)
    outside = sum(
        len(word)
        for place, word in enumerate(header.words)
        if place not in covered | _places(aside) and word not in neutral and not word.isdigit()
    )
    quality = sum(_weight(match) for match in matches) / len(covered)
    return quality * (_FROM + (_TO - _FROM) * inside / (inside + outside) if outside else 1.0)


def _places(matches: Iterable[Match]) -> set[int]:
    return {place for match in matches for place in range(match.start, match.end)}


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
def _neutral_words(beside_money: bool) -> frozenset[str]:
    """Return words that say nothing against a term: fillers and units, beside money more of them."""
    names = ("units", "currencies", "periods") if beside_money else ("units", "currencies")
    meanings = ("amount", "total", "fiscal_year") if beside_money else ()
    found = {word for name in names for word in term_index(name).words}
    found |= {word for term in terms("columns") if term.meaning in meanings for word in term.words}
    return frozenset(word for word in found if len(word) > 1) | _fillers()


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
    best = _best_of_each(term_index("stages").matches(words))
    scores = {meaning: _score_beside_money(words, found) for meaning, found in best.items()}
    if not scores:
        return None, 0.0
    meaning, score = max(scores.items(), key=lambda found: found[1])
    if _is_something_else(header, score):
        return None, 0.0
    rivals = [*scores.values(), *_other_scores(header)]
    is_contested = sum(1 for rival in rivals if rival == score) > 1
    return _stage_word(meaning), round(score / 2 if is_contested else score, 3)


def _other_scores(header: str) -> list[float]:
    """Return the scores of what a header can be that is no money."""
    money = {*_MONEY, "direction", "stage"}
    return [score for role, score in _column_roles(header) if role not in money]


def _is_something_else(header: str, score: float) -> bool:
    """Return whether a header is a share, one fund or no money rather than a stage with `score`."""
    roles = dict(_column_roles(header))
    if any(roles.get(role, 0) >= _LEAST for role in _NOT_MONEY):
        return True
    if roles.get("fund_amount", 0) >= max(score, _TO):
        return True
    # a whole header that is a stage in one language and an organisation in another stays a stage
    best = max(_other_scores(header), default=0.0)
    return best > _ONLY_LIKELY and best >= score and score < 1


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
    return year_in(header) is not None and set(rest) <= _neutral_words(True)


@lru_cache(maxsize=2**14)
def direction_of(text: str) -> Direction | None:
    """Return whether a text speaks of money out or money in, None where of neither or of both."""
    header = header_of(text, _known_words())
    found = {
        match.meaning for match in term_index("directions").matches(header) if match.quality > _SURE
    }
    return Direction(found.pop()) if len(found) == 1 else None


def directions_of_letters(letters: Iterable[str]) -> dict[str, Direction]:
    """Return what letters such as "E" and "A" stand for; nothing where languages contradict each other.

    Examples
    --------
    >>> [way.value for way in directions_of_letters(["E", "A"]).values()]
    ['revenue', 'expenditure']
    """
    wanted = {letter: fold(letter) for letter in letters}
    readings = [
        {letter: Direction(*initials[short]) for letter, short in wanted.items()}
        for initials in _initials().values()
        if all(len(initials.get(short, ())) == 1 for short in wanted.values())
    ]
    is_clear = bool(readings) and all(reading == readings[0] for reading in readings)
    return readings[0] if is_clear and len(set(readings[0].values())) > 1 else {}


@cache
def _initials() -> Dictionary[str, Dictionary[str, frozenset[str]]]:
    """Return by language the first letters of its words for directions, with what they begin."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for term in terms("directions"):
        letter, own = term.words[0][0], found[term.language]
        own[letter] = own.get(letter, frozenset()) | {term.meaning}
    return found


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


def announces_parts(label: str) -> bool:
    """Return whether a label ends with “of which”, so that rows below it are parts of it."""
    return _ends_with_of_which().search(fold(label).rstrip(" :,.;-–")) is not None


@cache
def _ends_with_of_which() -> re.Pattern[str]:
    words = whole_words(*(p for p, kinds in phrases("totals").items() if "of_which" in kinds))
    return re.compile(rf"\S\s+{words.pattern}(?:\s+\w{{1,3}}){{0,2}}$")
