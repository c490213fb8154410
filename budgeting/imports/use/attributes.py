"""Attributes: what the rows of a file of use say beside their figures, and the words that say nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Columns
from budgeting.imports.mappings.use_rule import UseRule
from budgeting.imports.use.words import (
    grade_of,
    group_of,
    group_words,
    kind_of,
    sex_word,
    unit_of,
)
from budgeting.imports.words.persons import age_band, sex_of
from budgeting.model import Finding, Severity, Text, text
from budgeting.services.model import FigureKind, Grade, Unit

Value = TypeVar("Value")
Ages = tuple[int, int | None] | None
WRONG = object()
"""A cell of which the words are not known: its row is in error."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What each row says of itself, one entry per row; `WRONG` where the words are not known.

    ``unit`` and ``grade`` are None where neither file, mapping nor a person says them, ``sex`` and
    ``kind`` where the column of the figure does.
    """

    label: list[str]
    code: list[str]
    others: list[str]
    unit: list[Unit | None]
    unit_label: list[str]
    sex: list[Any]
    ages: list[Any]
    group: list[Any]
    kind: list[Any]
    grade: list[Any]
    source: list[str]
    sample_size: list[Any]
    design_effect: list[Any]
    programme: list[str]
    organisation: list[str]
    place: list[str]


def attributes_of(
    columns: Columns, rule: UseRule, answers: Answers, file_name: str, findings: list[Finding]
) -> Attributes:
    """Return what the rows say; words that are not known are added to `findings`, one per row."""
    words = _Words(columns, findings)
    unit_cells = words.cells(rule.unit)
    return Attributes(
        label=_joined(words, rule.label, " / "),
        code=words.cells(rule.code),
        others=_joined(words, rule.identified_by, "\x1f"),
        unit=_units(words, rule, answers, unit_cells),
        unit_label=unit_cells,
        sex=_sexes(words, rule),
        ages=words.read_any(rule.age, _ages, _AGE),
        group=words.read(rule.group, group_of, _group_words())
        if rule.group
        else _everybody(columns),
        kind=words.read_any(rule.kind, kind_of, _KIND),
        grade=_grades(words, rule, answers),
        source=_sources(words, rule, file_name),
        sample_size=words.read_any(rule.sample_size, _size, _SIZE),
        design_effect=words.read_any(rule.design_effect, _effect, _EFFECT),
        programme=words.cells(rule.programme),
        organisation=words.cells(rule.organisation),
        place=_places(words, rule),
    )


def _everybody(columns: Columns) -> list[tuple[str, str]]:
    return [("", "")] * len(columns)


class _Words:
    """The cells of a table as lists, and what their words mean."""

    def __init__(self, columns: Columns, findings: list[Finding]) -> None:
        self.columns = columns
        self.numbers = columns.row_numbers.to_pylist()
        self.findings = findings

    def cells(self, name: str | None) -> list[str]:
        """Return the cells of a column; "" in every row where there is none."""
        if name is None:
            return [""] * len(self.numbers)
        return [cell or "" for cell in self.columns.cells(name).to_pylist()]

    def read(
        self, name: str, meaning: Callable[[str], Value | None], advice: tuple[str, Text, Text]
    ) -> list[Any]:
        """Return what each cell means; unknown words are errors of their rows."""
        check, message, suggestion = advice
        cells = self.cells(name)
        known = {cell: meaning(cell) for cell in dict.fromkeys(cells)}
        for number, cell in zip(self.numbers, cells, strict=True):
            if known[cell] is WRONG or (known[cell] is None and cell):
                self.findings.append(
                    Finding(
                        check,
                        Severity.ERROR,
                        message,
                        suggestion,
                        number,
                        self.columns.name_of(name),
                        cell,
                    )
                )
        return [WRONG if known[cell] is None and cell else known[cell] for cell in cells]

    def read_any(
        self, name: str | None, meaning: Callable[[str], Any], advice: tuple[str, Text, Text]
    ) -> list[Any]:
        """Return what `read` does; None in every row where there is no such column."""
        return self.read(name, meaning, advice) if name else [None] * len(self.numbers)


def _joined(words: _Words, names: tuple[str, ...], mark: str) -> list[str]:
    parts = [words.cells(name) for name in names]
    if not parts:
        return words.cells(None)
    return [
        mark.join(dict.fromkeys(part for part in row if part)) for row in zip(*parts, strict=True)
    ]


def _units(words: _Words, rule: UseRule, answers: Answers, cells: list[str]) -> list[Unit | None]:
    """Return the units; a word that is not known is `Unit.OTHER`, and told once."""
    stated = rule.unit_text or answers.unit
    if rule.unit is None:
        return [stated] * len(cells)
    known = {cell: unit_of(cell) for cell in dict.fromkeys(cells)}
    for cell, unit in known.items():
        if unit is None and (cell or not stated):
            place = cells.index(cell)
            words.findings.append(_unknown_unit(words, rule.unit, place, cell))
    return [known[cell] or ((not cell and stated) or Unit.OTHER) for cell in cells]


def _unknown_unit(words: _Words, column: str, place: int, cell: str) -> Finding:
    return Finding(
        "unit-unknown",
        Severity.WARNING,
        text(
            "The unit “{unit}” is not known; its figures are kept apart from all others.", unit=cell
        ),
        text("They are no number of persons unless data/vocabulary/counted.csv says so."),
        words.numbers[place],
        words.columns.name_of(column),
        cell,
    )


def _sexes(words: _Words, rule: UseRule) -> list[Any]:
    if rule.sex is None:
        return [None] * len(words.numbers)
    among, known = list(dict.fromkeys(words.cells(rule.sex))), rule.sex_words
    return words.read(rule.sex, lambda cell: known.get(cell) or sex_word(cell, among), _SEX)


def _ages(cell: str) -> Any:
    """Return the ages of a cell, () for all of them; None where it is no band."""
    return () if not cell or sex_of(cell) == "both" else age_band(cell)


def _size(cell: str) -> Any:
    return int(cell) if re.fullmatch(r"[1-9]\d{0,8}", cell) else None


def _effect(cell: str) -> Any:
    if not re.fullmatch(r"\d{1,4}([.,]\d{1,4})?", cell):
        return None
    effect = Decimal(cell.replace(",", "."))
    return effect if effect > 0 else None


def _grades(words: _Words, rule: UseRule, answers: Answers) -> list[Any]:
    stated: Grade | None = rule.grade_text or answers.grade
    if rule.grade is None:
        return [stated] * len(words.numbers)
    found = words.read(rule.grade, grade_of, _GRADE)
    return [stated if grade is None else grade for grade in found]


def _sources(words: _Words, rule: UseRule, file_name: str) -> list[str]:
    stated = rule.source_text or file_name
    return [cell or stated for cell in words.cells(rule.source)]


def _places(words: _Words, rule: UseRule) -> list[str]:
    cells = words.cells(rule.place)
    if rule.place_pattern is None:
        return ["" if sex_of(cell) == "both" else cell for cell in cells]
    is_part = re.compile(rule.place_pattern).search
    return [cell if is_part(cell) else "" for cell in cells]


def kind_or_actual(*said: FigureKind | None) -> FigureKind:
    """Return the first kind that is said; a figure of which nothing says it was counted."""
    return next((kind for kind in said if kind), FigureKind.ACTUAL)


_SEX = (
    "sex",
    text("The word is not known as a sex."),
    text("Words for women, men, other, unknown and for all of them are known."),
)
_AGE = (
    "age",
    text("The cell is no band of ages."),
    text("Bands look like 0-9 or 80+; an empty cell is all ages."),
)
_KIND = (
    "figure-kind",
    text("The word does not say whether the figure was counted or planned."),
    text("Write actual or planned."),
)
_GRADE = (
    "data-grade-unknown",
    text("The cell is no data grade."),
    text("Grades are A, B, C, D and E."),
)
_SIZE = (
    "sample-size",
    text("The cell is no number of persons asked."),
    text("It is a whole number above 0; leave the cell empty where nobody was asked."),
)
_EFFECT = (
    "design-effect",
    text("The cell is no design effect."),
    text("It is a number above 0, such as 1.5; leave the cell empty where the source says none."),
)


def _group_words() -> tuple[str, Text, Text]:
    return (
        "group",
        text("The group is not known."),
        text(
            "Groups are {groups}; an empty cell is everybody. Others can be added in data/groups.toml.",
            groups=", ".join(group_words()),
        ),
    )
