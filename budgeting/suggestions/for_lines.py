"""Suggestions for the lines of a municipality: by last year, by approved lines, by words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.errors import MappingInvalid, NotFound
from budgeting.marks.model import MarkState
from budgeting.methodologies.model import Methodology
from budgeting.model import Direction, Text, text
from budgeting.store import Store
from budgeting.suggestions.by_lines import MarkedLines, as_last_year, like_approved
from budgeting.suggestions.by_terms import TermMatcher, categories_by_stance
from budgeting.suggestions.model import Suggestion
from budgeting.suggestions.terms import TermRule, languages_of, term_rules


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Suggestions by line, the firmest ground first; and files of term rules that are refused."""

    by_line: Mapping[str, tuple[Suggestion, ...]]
    faults: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Whose:
    municipality_code: str
    direction: Direction
    fiscal_year: int
    methodology: Methodology


def suggestions_for(
    store: Store,
    municipality_code: str,
    lines: Mapping[str, str],
    *,
    methodology: Methodology,
    fiscal_year: int,
    direction: Direction = Direction.EXPENDITURE,
) -> Suggestions:
    """Return what the marks of lines could be; nothing is marked.

    Parameters
    ----------
    lines
        Stable key (``line_code``) and name of the lines asked about. Other subjects get
        suggestions by their words alone, because no line has their key.
    methodology
        Gives the category for a stance; only marks under it are looked at.
    fiscal_year
        The year that is being classified.

    Raises
    ------
    NotFound
        The municipality is not stored.
    """
    matcher, faults = _matcher(_country(store, municipality_code))
    whose = _Whose(municipality_code, direction, fiscal_year, methodology)
    marked, linked = _marked(store, whose), _predecessors(store, whose)
    approved = MarkedLines(marked.filter(pc.equal(marked["state"], MarkState.APPROVED.value)))
    earlier = _earlier(marked, fiscal_year, linked)
    stances = methodology.stances
    ended = {mark.line for mark in earlier if mark.fiscal_year < fiscal_year}
    grounds = (
        as_last_year(lines, earlier, linked, ended, stances),
        like_approved(lines, approved, stances),
        _by_terms(lines, matcher, methodology),
    )
    found = {line: tuple(one[line] for one in grounds if line in one) for line in lines}
    return Suggestions({line: made for line, made in found.items() if made}, faults)


def _by_terms(
    lines: Mapping[str, str], matcher: TermMatcher, methodology: Methodology
) -> dict[str, Suggestion]:
    categories = categories_by_stance(methodology.categories)
    made = {line: matcher.suggestion(name, categories) for line, name in lines.items()}
    return {line: suggestion for line, suggestion in made.items() if suggestion}


@cache
def _matcher(country_code: str) -> tuple[TermMatcher, tuple[Text, ...]]:
    """Return the rules of a country's languages; a broken file is told and the others count."""
    rules: list[TermRule] = []
    faults = []
    for language in languages_of(country_code):
        try:
            rules += term_rules(language)
        except MappingInvalid as error:
            faults.append(error.message)
    return TermMatcher(rules), tuple(faults)


def _country(store: Store, municipality_code: str) -> str:
    for row in store.query("municipalities").to_pylist():
        if row["municipality_code"] == municipality_code:
            return str(row["country_code"])
    raise NotFound(
        text("There is no municipality “{municipality}”.", municipality=municipality_code)
    )


def _marked(store: Store, whose: _Whose) -> pa.Table:
    """Return the lines of the year and before it that have a mark of their own, one row each."""
    return store.query(
        "marked_whole_lines",
        municipality_code=whose.municipality_code,
        direction=whose.direction.value,
        fiscal_year=whose.fiscal_year,
        methodology=whose.methodology.code,
        version=whose.methodology.version,
    )


def _earlier(
    marked: pa.Table, fiscal_year: int, linked: Mapping[str, Sequence[str]]
) -> MarkedLines:
    """Return the lines of last year that another may continue: linked ones, and those that ended."""
    codes = pa.array({code for codes in linked.values() for code in codes}, pa.string())
    has_ended = pc.equal(marked["fiscal_year"], fiscal_year - 1)
    is_linked = pc.is_in(marked["line_code"], codes)
    is_recent = pc.greater_equal(marked["fiscal_year"], fiscal_year - 1)
    return MarkedLines(marked.filter(pc.and_(is_recent, pc.or_(has_ended, is_linked))))


def _predecessors(store: Store, whose: _Whose) -> Mapping[str, Sequence[str]]:
    links = defaultdict(list)
    for row in store.query(
        "line_predecessors",
        municipality_code=whose.municipality_code,
        direction=whose.direction.value,
        fiscal_year=whose.fiscal_year,
    ).to_pylist():
        links[row["line_code"]].append(row["earlier_line_code"])
    return links
