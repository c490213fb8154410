"""Words of files of use: units, groups, grades and kinds as people write them."""

import re
from functools import cache

from budgeting.imports.words.folding import fold
from budgeting.imports.words.persons import sex_of
from budgeting.imports.words.terms import phrases
from budgeting.services.lists import grades, group_kinds
from budgeting.services.model import ALL_SEXES, FigureKind, Grade, Unit

_NOT_STATED = re.compile(r"\.{2,}|…|\*+|[<≤]\s*\d+|[-–—]+|n/?a|n\.a\.|x+", re.IGNORECASE)


def unit_of(cell: str) -> Unit | None:
    """Return the unit that a cell names; None where its words are not known.

    Examples
    --------
    >>> unit_of("NÚMERO"), unit_of("Porcentaje"), unit_of("m³")
    (<Unit.NUMBER: 'number'>, <Unit.PERCENT: 'percent'>, None)
    """
    if cell in set(Unit):
        return Unit(cell)
    if cell.strip() == "%":
        return Unit.PERCENT
    found = phrases("counted").get(fold(cell), frozenset())
    return Unit(next(iter(found))) if len(found) == 1 else None


def sex_word(cell: str, among: list[str]) -> str | None:
    """Return the sex that a cell names, `ALL_SEXES` for a total of the sexes; None for other words."""
    if cell == ALL_SEXES:
        return ALL_SEXES
    found = sex_of(cell, among)
    return ALL_SEXES if found == "both" else found


def group_of(cell: str) -> tuple[str, str] | None:
    """Return kind and code of the group that a cell names; ("", "") for everybody, None for other words.

    It is the code of data/groups.toml, also as ``minority/roma``, or a label in any of its languages.

    Examples
    --------
    >>> group_of("Persons with disabilities"), group_of("minority/roma"), group_of("")
    (('disability', ''), ('minority', 'roma'), ('', ''))
    """
    return ("", "") if not cell or sex_of(cell) == "both" else _groups().get(fold(cell))


@cache
def _groups() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for kind in group_kinds():
        for words in (kind.code, *kind.label.words.values()):
            found.setdefault(fold(words), (kind.code, ""))
        for code, label in kind.parts.items():
            for words in (f"{kind.code}/{code}", *label.words.values()):
                found.setdefault(fold(words), (kind.code, code))
    return found


def group_words() -> tuple[str, ...]:
    """Return the codes of the groups that are known."""
    parts = [f"{kind.code}/{part}" for kind in group_kinds() for part in kind.parts]
    return (*(kind.code for kind in group_kinds()), *parts)


def grade_of(cell: str) -> Grade | None:
    """Return the data grade that a cell names: its letter, or its label."""
    if cell.strip().upper() in set(Grade):
        return Grade(cell.strip().upper())
    for rule in grades():
        if fold(cell) in {fold(words) for words in rule.label.words.values()}:
            return rule.grade
    return None


def kind_of(cell: str) -> FigureKind | None:
    """Return whether a cell says that something was counted or planned."""
    found = phrases("figure_kinds").get(fold(cell), frozenset())
    return FigureKind(next(iter(found))) if len(found) == 1 else None


def is_not_stated(cell: str) -> bool:
    """Return whether a cell says that there is a figure which the source does not tell.

    Such are ``..``, ``*``, ``<5`` and a dash; none of them is 0.
    """
    return bool(_NOT_STATED.fullmatch(cell.strip()))
