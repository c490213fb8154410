"""Term rules: the rows of ``data/terms/<language>.csv``, and which languages a country writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgeting.data_tables import Row, refusal, table_rows
from budgeting.methodologies.model import Stance
from budgeting.model import Text, text
from budgeting.settings import DATA
from budgeting.suggestions.words import Phrase, phrases_of

FOLDER = DATA / "terms"
COLUMNS = ("term", "stance", "unless", "note", "source")

# Bosnian, Croatian, Montenegrin and Serbian are one file: folding writes both scripts alike
_OF_COUNTRY = {
    **dict.fromkeys(("BA", "HR", "ME", "RS"), "sr"),
    **dict.fromkeys(("AT", "CH", "DE", "LI"), "de"),
    "LT": "lt",
    "SE": "sv",
    "ES": "es",
}
_ALWAYS = "en"


@dataclass(frozen=True, slots=True)
class Term:
    """Words to look for: phrases that must all stand in a name, and the term as written."""

    written: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class TermRule:
    """One row: the terms of which any fires it, those of which any cancels it, and its stance."""

    terms: tuple[Term, ...]
    stance: Stance
    language: str
    row: int
    unless: tuple[Term, ...]
    note: str
    source: str


def languages_of(country_code: str) -> tuple[str, ...]:
    """Return the languages in which a country names its budget lines; English is always one.

    Examples
    --------
    >>> languages_of("RS"), languages_of("IN")
    (('sr', 'en'), ('en',))
    """
    own = _OF_COUNTRY.get(country_code, _ALWAYS)
    return (_ALWAYS,) if own == _ALWAYS else (own, _ALWAYS)


def term_languages() -> tuple[str, ...]:
    """Return the languages that have term rules."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


@cache
def term_rules(language: str) -> tuple[TermRule, ...]:
    """Return the rules of a language as they stand in ``data/terms``; read once.

    Raises
    ------
    MappingInvalid
        The file is broken; told with file, row and what is wrong.
    """
    return read_term_rules(FOLDER / f"{language}.csv")


def read_term_rules(path: Path) -> tuple[TermRule, ...]:
    """Return the rules of a file; its name is the language.

    Raises
    ------
    MappingInvalid
        A row has a term that is none, an unknown stance or no source, or a term stands twice.
    """
    seen: dict[tuple[Phrase, ...], int] = {}
    rules = []
    for number, row in table_rows(path, set(COLUMNS), set()):
        if (reason := _fault(row, seen)) is not None:
            raise refusal(path, number, reason)
        rules.append(_rule(path.stem, number, row))
        seen |= {term.phrases: number for term in rules[-1].terms}
    return tuple(rules)


def _fault(row: Row, seen: Mapping[tuple[Phrase, ...], int]) -> Text | None:
    """Return what is wrong with a row, None where it is sound."""
    for written in (*row["term"].split(";"), *_listed(row["unless"])):
        phrases = phrases_of(written)
        if phrases is None:
            return text(
                "“{term}” is no term: write words such as “equality”, “wom*” or “*frauen*”, with at "
                "least three letters beside a “*”, and “+” between words that may stand apart.",
                term=written.strip(),
            )
    if row["stance"] not in set(Stance):
        stances = ", ".join(Stance)
        return text(
            "the stance “{stance}” is none of {stances}.", stance=row["stance"], stances=stances
        )
    if not row["source"]:
        return text("“{term}” has no source.", term=row["term"])
    return _repetition(row, seen)


def _repetition(row: Row, seen: Mapping[tuple[Phrase, ...], int]) -> Text | None:
    here: set[tuple[Phrase, ...]] = set()
    for term in _terms(row["term"]):
        if term.phrases in here:
            return text("“{term}” stands twice in the row.", term=term.written)
        if earlier := seen.get(term.phrases):
            return text("“{term}” stands in row {row} already.", term=term.written, row=earlier)
        here.add(term.phrases)
    return None


def _listed(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def _terms(cell: str) -> tuple[Term, ...]:
    return tuple(Term(one.strip(), phrases_of(one) or ()) for one in _listed(cell))


def _rule(language: str, number: int, row: Row) -> TermRule:
    return TermRule(
        terms=_terms(row["term"]),
        stance=Stance(row["stance"]),
        language=language,
        row=number,
        unless=_terms(row["unless"]),
        note=row["note"],
        source=row["source"],
    )
