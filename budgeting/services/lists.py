"""Lists that people edit: data grades, groups and the questions of the 4R method, from ``data/``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from budgeting.errors import MappingInvalid
from budgeting.model import Labels, text
from budgeting.services.model import Grade
from budgeting.settings import DATA


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A data grade: what it is called, and when a figure has it."""

    grade: Grade
    label: Labels
    rule: Labels


@dataclass(frozen=True, slots=True)
class Carrying:
    """How figures of use stand in for those of a later year.

    ``years`` is how many years back they may come from, ``steps`` by how many letters their grade falls.
    """

    years: int
    steps: int


@dataclass(frozen=True, slots=True)
class GroupKind:
    """A further group that matters for leaving no one behind, and its parts by code.

    ``is_ranked`` where the parts have an order, those who are worst off first.
    """

    code: str
    label: Labels
    parts: Mapping[str, Labels]
    is_ranked: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the 4R method: representation, resources, reality or realisation."""

    code: str
    heading: str
    words: Labels


@cache
def grades() -> tuple[GradeRule, ...]:
    """Return the data grades of ``data/grades.toml``, the best first."""
    found = tuple(
        GradeRule(Grade(row["code"]), Labels(row["label"]), Labels(row["rule"]))
        for row in _rows("grades", "grade")
    )
    if {one.grade for one in found} != set(Grade):
        raise _invalid("grades", "A to E")
    return found


@cache
def carrying() -> Carrying:
    """Return how figures are carried on, as ``data/grades.toml`` says under ``[carried]``."""
    found = _entry("grades", "carried")
    if set(found) != {"years", "steps"} or not all(map(_is_count, found.values())):
        raise _invalid("grades", "[carried] years, steps")
    return Carrying(**found)


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


@cache
def group_kinds() -> tuple[GroupKind, ...]:
    """Return the groups of ``data/groups.toml`` in the order of the file."""
    return tuple(
        GroupKind(
            row["code"],
            Labels(row["label"]),
            {part["code"]: Labels(part["label"]) for part in row.get("part", ())},
            bool(row.get("is_ranked")),
        )
        for row in _rows("groups", "group")
    )


@cache
def age_bands() -> tuple[str, ...]:
    """Return the ages that are asked for, as ``data/groups.toml`` writes them: 0-17, 65-."""
    return tuple(row["code"] for row in _rows("groups", "age"))


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions of ``data/questions_4r.toml`` in the order of the file."""
    return tuple(
        Question(row["code"], row["heading"], Labels(row["words"]))
        for row in _rows("questions_4r", "question")
    )


def _entry(name: str, entry: str) -> Any:
    path = DATA / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))[entry]
    except (tomllib.TOMLDecodeError, KeyError, OSError) as error:
        raise _invalid(name, str(error)) from error


def _rows(name: str, entry: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _entry(name, entry)
    codes = [row.get("code") for row in rows]
    if None in codes or len(set(codes)) < len(codes):
        raise _invalid(name, "code")
    return rows


def _invalid(name: str, reason: str) -> MappingInvalid:
    return MappingInvalid(
        text("The file {path} cannot be used: {reason}.", path=f"{name}.toml", reason=reason)
    )
