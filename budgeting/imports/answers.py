"""Answers: what a person said about a file, the things that the file does not say itself."""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.imports.mappings.mapping import MunicipalityRule
from budgeting.imports.source import FileLayout
from budgeting.model import Direction, Stage
from budgeting.services.model import Grade, Unit


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file: the amounts of a stage, and of what else is named; None is not told apart."""

    stage: Stage
    municipality_code: str | None = None
    fiscal_year: int | None = None
    direction: Direction | None = None
    as_of: date | None = None

    @staticmethod
    def of(written: str) -> "Part":
        """Return the part that is written like ``rs_vran/2025/expenditure/approved/2025-06-30``.

        Only the stage is needed, and the order does not matter: each word tells what it is.

        Raises
        ------
        ValueError
            It names no stage, or something twice.

        Examples
        --------
        >>> Part.of("2025/approved").fiscal_year
        2025
        """
        named: dict[str, Any] = {}
        for word in written.split("/"):
            name, value = _named(word)
            if name in named:
                raise ValueError(f"no part of a file: {written}")
            named[name] = value
        if "stage" not in named:
            raise ValueError(f"no part of a file: {written}")
        return Part(**named)

    @property
    def written(self) -> str:
        """The part as `of` reads it."""
        words = (
            self.municipality_code,
            self.fiscal_year,
            self.direction,
            self.stage,
            self.as_of,
        )
        return "/".join(str(word) for word in words if word is not None)

    def holds_for(self, other: "Part") -> bool:
        """Return whether another part agrees in everything that this one names."""
        return all(
            own is None or own == getattr(other, name)
            for name in ("stage", "municipality_code", "fiscal_year", "direction", "as_of")
            for own in (getattr(self, name),)
        )


def _named(word: str) -> tuple[str, Any]:
    """Return what a word of a part names."""
    if word in set(Stage):
        return "stage", Stage(word)
    if word in set(Direction):
        return "direction", Direction(word)
    if word.isdecimal():
        return "fiscal_year", int(word)
    try:
        return "as_of", date.fromisoformat(word)
    except ValueError:
        return "municipality_code", word


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a file.

    Parameters
    ----------
    municipality_code
        Whose file it is, where the mapping does not say or is used for another municipality.
    municipality
        The same, with name, country and currency, for one that is not stored yet.
    fiscal_year, as_of, stage, decision_number
        Of the amounts for which neither file nor mapping says it.
    direction
        Whether the file is expenditure or revenue, where neither file nor mapping says it.
    country_code, currency_code
        ISO 3166-1 and ISO 4217, of municipalities of which the mapping does not say them.
    grade, unit
        Of the figures of use of which neither file nor mapping says how good they are, or what is counted.
    layout
        How the file is written, where the detection was corrected.
    printed_totals
        Part of the file -> total as the budget decision prints it, to be compared with the file's sum.
    reasons
        Check -> reason why its questions may stand; stored with the import. "rejected-rows" leaves
        the rows with errors out.
    """

    municipality_code: str | None = None
    fiscal_year: int | None = None
    as_of: date | None = None
    stage: Stage | None = None
    decision_number: str | None = None
    direction: Direction | None = None
    country_code: str | None = None
    currency_code: str | None = None
    municipality: MunicipalityRule | None = None
    grade: Grade | None = None
    unit: Unit | None = None
    layout: FileLayout = field(default_factory=FileLayout)
    printed_totals: Dictionary[Part, Decimal] = field(default_factory=dict)
    reasons: Dictionary[str, str] = field(default_factory=dict)


def with_answers(entries: Dictionary[str, Any], answers: Answers) -> dict[str, Any]:
    """Return the entries of a mapping with the direction, unit, country and currency that it left open.

    They hold for the next file as well, so a mapping that is kept says them.
    """
    kept = deepcopy(dict(entries))
    line, place, use = (kept.get(name, {}) for name in ("line", "municipality", "use"))
    if use and answers.unit and not {"unit", "unit_text"} & set(use):
        use["unit_text"] = answers.unit.value
    if answers.direction and not use and not {"direction", "direction_column"} & set(line):
        kept["line"] = {**line, "direction": answers.direction.value}
    for name in ("country_code", "currency_code"):
        stated = getattr(answers, name)
        if place and stated and not place.get(name):
            place[name] = stated
    return kept


def of_municipality(
    entries: Dictionary[str, Any], places: Iterable[MunicipalityRule]
) -> dict[str, Any]:
    """Return the entries of a mapping with the only municipality it was used for, where it says none."""
    found = set(places)
    if "municipality" in entries or len(found) != 1:
        return dict(entries)
    return {**entries, "municipality": asdict(found.pop())}
