"""The part of a mapping that reads files of use: what is counted, of whom, and how much."""

import re
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, fields
from typing import Any

from budgeting.imports.use.words import group_of
from budgeting.imports.words.persons import age_band
from budgeting.model import Sex
from budgeting.services.model import ALL_SEXES, FigureKind, Grade, Unit


@dataclass(frozen=True, slots=True)
class UseFigureRule:
    """A column of figures: of which sex, kind, year, ages and group it is, where the column says it."""

    column: str
    sex: str | None = None
    kind: FigureKind | None = None
    year: int | None = None
    age: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class UseRule:
    """Columns of a file of use; what has a column and a text has one of them.

    Parameters
    ----------
    label
        Columns that say what is counted.
    code
        Column of the source's own code of what is counted; without it the words tell it.
    identified_by
        Further columns that tell things apart of which the words are the same.
    unit, unit_text, grade, grade_text
        In what it is counted and how good the figure is; asked for where neither says it.
    sex_words
        Cells of the sex that are codes, such as K or 2, with what they mean.
    sample_size, design_effect
        Columns of how many were asked in a survey, and by what its variance exceeds that of a simple
        sample.
    place, place_pattern
        Part of the municipality; with a pattern only cells that match it are a part.
    """

    label: tuple[str, ...]
    figures: tuple[UseFigureRule, ...]
    code: str | None = None
    identified_by: tuple[str, ...] = ()
    unit: str | None = None
    unit_text: Unit | None = None
    sex: str | None = None
    sex_words: Dictionary[str, str] = field(default_factory=dict)
    age: str | None = None
    group: str | None = None
    kind: str | None = None
    grade: str | None = None
    grade_text: Grade | None = None
    source: str | None = None
    source_text: str | None = None
    sample_size: str | None = None
    design_effect: str | None = None
    programme: str | None = None
    organisation: str | None = None
    place: str | None = None
    place_pattern: str | None = None

    @property
    def columns(self) -> list[str | None]:
        """Every column that the rule needs."""
        single = [getattr(self, name) for name in _COLUMNS]
        return [*self.label, *self.identified_by, *single, *(one.column for one in self.figures)]


_COLUMNS = (
    *("code", "unit", "sex", "age", "group", "kind", "grade", "source", "sample_size"),
    *("design_effect", "programme", "organisation", "place"),
)
USE_COLUMNS = ("label", "identified_by", *_COLUMNS)
"""The entries of ``[use]`` that name columns."""
USE_ENTRIES = {
    "use": " ".join(one.name for one in fields(UseRule)).replace("figures", "figure"),
    "figure": " ".join(one.name for one in fields(UseFigureRule)),
}
"""What may stand in ``[use]`` and in ``[[use.figure]]``."""


def use_rule(entry: dict[str, Any]) -> UseRule:
    """Return the rule that the entries of ``[use]`` say; raises ValueError or KeyError."""
    said = dict(entry)
    label, also = said.pop("label"), said.pop("identified_by", [])
    figures = tuple(_figure(one) for one in said.pop("figure"))
    for name, kind in (("unit_text", Unit), ("grade_text", Grade)):
        if name in said:
            said[name] = kind(said[name])
    for name in ("unit", "grade", "source"):
        if name in said and f"{name}_text" in said:
            raise ValueError(f"[use] has either {name} or {name}_text")
    for sex in said.get("sex_words", {}).values():
        _refuse_no_sex(sex)
    if "place_pattern" in said:
        re.compile(said["place_pattern"])
    if not figures:
        raise ValueError("[use] needs a [[use.figure]]")
    return UseRule(
        (label,) if isinstance(label, str) else tuple(label),
        figures,
        **{
            **said,
            "identified_by": tuple(also),
        },
    )


def _figure(entry: dict[str, Any]) -> UseFigureRule:
    kind = FigureKind(entry["kind"]) if "kind" in entry else None
    if "sex" in entry:
        _refuse_no_sex(entry["sex"])
    if "age" in entry and age_band(entry["age"]) is None:
        raise ValueError(f"“{entry['age']}” is no band of ages, such as 0-9 or 80+")
    if "group" in entry and group_of(entry["group"]) is None:
        raise ValueError(f"“{entry['group']}” is no group of data/groups.toml")
    return UseFigureRule(**{**entry, "kind": kind})


def _refuse_no_sex(word: str) -> None:
    if word not in (ALL_SEXES, *Sex):
        raise ValueError(f"“{word}” is not one of {', '.join(Sex)}, {ALL_SEXES}")
