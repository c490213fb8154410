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
class TermRule:
    """One row: the words that fire it, the words that cancel it, and the stance it suggests.

    Parameters
    ----------
    phrases
        All of them must stand in a name.
    unless
        Where all phrases of one of these stand in the name, the rule says nothing.
    """

    term: str
    stance: Stance
    language: str
    row: int
    phrases: tuple[Phrase, ...]
    unless: tuple[tuple[Phrase, ...], ...]
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
        A row has a term that is none, an unknown stance, no source, or stands there twice.
    """
    seen: dict[tuple[Phrase, ...], int] = {}
    rules = []
    for number, row in table_rows(path, set(COLUMNS), set()):
        if (reason := _fault(row, seen)) is not None:
            raise refusal(path, number, reason)
        rules.append(_rule(path.stem, number, row))
        seen[rules[-1].phrases] = number
    return tuple(rules)


def _fault(row: Row, seen: Mapping[tuple[Phrase, ...], int]) -> Text | None:
    """Return what is wrong with a row, None where it is sound."""
    for term in (row["term"], *_alternatives(row["unless"])):
        if phrases_of(term) is None:
            return text(
                "“{term}” is no term: write words such as “equality”, “wom*” or “*frauen*”, with at "
                "least three letters beside a “*”, and “+” between words that may stand apart.",
                term=term,
            )
    if row["stance"] not in set(Stance):
        stances = ", ".join(Stance)
        return text(
            "the stance “{stance}” is none of {stances}.", stance=row["stance"], stances=stances
        )
    if not row["source"]:
        return text("“{term}” has no source.", term=row["term"])
    if earlier := seen.get(phrases_of(row["term"]) or ()):
        return text("“{term}” stands in row {row} already.", term=row["term"], row=earlier)
    return None


def _alternatives(unless: str) -> list[str]:
    return unless.split(";") if unless else []


def _rule(language: str, number: int, row: Row) -> TermRule:
    return TermRule(
        term=row["term"],
        stance=Stance(row["stance"]),
        language=language,
        row=number,
        phrases=phrases_of(row["term"]) or (),
        unless=tuple(phrases_of(term) or () for term in _alternatives(row["unless"])),
        note=row["note"],
        source=row["source"],
    )
