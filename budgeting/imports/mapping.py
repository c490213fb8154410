"""Mappings: text files in ``data/mappings`` that say what a file's columns mean."""

import codecs
import hashlib
import tomllib
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from budgeting.classifications import read_link
from budgeting.errors import MappingInvalid
from budgeting.model import Direction, Stage, text
from budgeting.settings import DATA

FOLDER = DATA / "mappings"
DIMENSION_NAMES = ("organisation", "programme", "function", "economic_class", "fund")


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How the file is written: encoding, delimiter, and the marks inside numbers."""

    encoding: str
    delimiter: str
    decimal: str
    group: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a classification: the column of its code and, where there is one, its label."""

    code: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A classification that follows from another one by a table of code prefixes."""

    table: str
    origin: str


@dataclass(frozen=True, slots=True)
class ClassificationRule:
    """How a dimension is read: from columns, top level first, or through a link."""

    dimension: str
    levels: tuple[Level, ...]
    link: Link | None
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class AmountRule:
    """Which stage a money column holds; ``as_of`` may contain ``{fiscal_year}``."""

    column: str
    stage: Stage
    as_of: str | None
    decision_number: str | None

    def date_for(self, fiscal_year: int, stated: date | None) -> date | None:
        """Return the date of the amounts: the mapping's own, else the one stated for the file.

        The appropriation as first approved does not change with the date of a later statement, so
        the stated date is not put on it.
        """
        if self.as_of:
            return date.fromisoformat(self.as_of.format(fiscal_year=fiscal_year))
        return None if self.stage in (Stage.APPROVED, Stage.PROPOSED) else stated


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A column that must equal the difference of two stages; it is checked, not stored."""

    column: str
    earlier: Stage
    later: Stage


@dataclass(frozen=True, slots=True)
class MunicipalityRule:
    """The municipality whose layout this is."""

    code: str
    name: str
    country_code: str
    currency_code: str
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that turns one file layout into budget lines.

    Parameters
    ----------
    name
        File name without suffix.
    direction
        All rows are expenditure or all are revenue.
    label
        Column with the line's own words.
    is_identified_by_label
        Whether the label tells lines with the same codes apart; without it rows that share all
        codes are one line and their amounts are summed.
    ignored
        Columns that are not loaded, with the reason.
    sha256
        Fingerprint of the file, kept with every import.
    """

    name: str
    title: str
    direction: Direction
    layout: FileLayout
    label: str
    is_identified_by_label: bool
    is_elimination: bool
    municipality: MunicipalityRule | None
    fiscal_year_column: str | None
    classifications: tuple[ClassificationRule, ...]
    amounts: tuple[AmountRule, ...]
    change: ChangeRule | None
    ignored: Dictionary[str, str]
    sha256: str
    columns: tuple[str, ...] = field(default=())


def mapping_names() -> list[str]:
    """Return the names of the mappings in ``data/mappings``, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def mapping_named(name: str) -> Mapping:
    """Return the mapping ``data/mappings/<name>.toml``.

    Raises
    ------
    MappingInvalid
        There is no such file, or it contradicts itself; the text names the entry.
    """
    path = FOLDER / f"{name}.toml"
    if name not in mapping_names():
        raise MappingInvalid(
            text(
                "There is no mapping “{name}”. There are: {known}.",
                name=name,
                known=", ".join(mapping_names()),
            )
        )
    return read_mapping(path)


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in the file at `path`; see `mapping_named`."""
    content = path.read_bytes()
    try:
        entries = tomllib.loads(content.decode("utf-8"))
        return _mapping(path.stem, entries, hashlib.sha256(content).hexdigest())
    except (KeyError, ValueError, TypeError, AttributeError, LookupError) as error:
        raise MappingInvalid(
            text(
                "The mapping {name} cannot be used: {reason}. See data/README.md for its entries.",
                name=path.name,
                reason=str(error),
            )
        ) from error


def _mapping(name: str, entries: dict[str, Any], sha256: str) -> Mapping:
    _refuse_unknown_entries(entries)
    line = entries["line"]
    rules = tuple(_classification(rule) for rule in entries["classification"])
    amounts = tuple(_amount(rule) for rule in entries["amount"])
    change = entries.get("change")
    _refuse_contradictions(entries, rules, amounts)
    return Mapping(
        name=name,
        title=entries["title"],
        direction=Direction(line["direction"]),
        layout=FileLayout(**entries["file"]),
        label=line["label"],
        is_identified_by_label=line.get("identified_by_label", False),
        is_elimination=line.get("elimination", False),
        municipality=_municipality(entries.get("municipality")),
        fiscal_year_column=entries.get("fiscal_year_column"),
        classifications=rules,
        amounts=amounts,
        change=_change(change) if change else None,
        ignored=entries.get("ignored", {}),
        sha256=sha256,
        columns=_columns(entries, rules, amounts, line["label"]),
    )


_ENTRIES = {
    "": "title file municipality line classification amount change ignored fiscal_year_column",
    "line": "direction label identified_by_label elimination",
    "classification": "dimension levels link may_be_empty",
    "levels": "code label",
    "link": "table from",
    "amount": "column stage as_of decision_number",
    "change": "column earlier later",
}


def _refuse_unknown_entries(entries: dict[str, Any], block: str = "") -> None:
    """Raise ValueError for a misspelt entry: passed over, it would change sums in silence."""
    for name in entries:
        if name not in _ENTRIES[block].split():
            raise ValueError(f"“{name}” is not an entry{f' of [{block}]' if block else ''}")
    for name, value in entries.items():
        if name in _ENTRIES:
            for part in value if isinstance(value, list) else [value]:
                _refuse_unknown_entries(part, name)


def _refuse_contradictions(
    entries: dict[str, Any],
    rules: tuple[ClassificationRule, ...],
    amounts: tuple[AmountRule, ...],
) -> None:
    """Raise ValueError for what could only go wrong later, or give a wrong sum."""
    layout = entries["file"]
    codecs.lookup(layout["encoding"])
    if len(layout["delimiter"]) != 1 or layout["decimal"] == layout["group"]:
        raise ValueError("the delimiter is one character, and the marks in numbers differ")
    dimensions = [rule.dimension for rule in rules]
    if len(set(dimensions)) < len(dimensions):
        raise ValueError("a dimension is given twice")
    for place, rule in enumerate(rules):
        if rule.link and rule.link.origin not in dimensions[:place]:
            raise ValueError(
                f"{rule.dimension} is linked from a dimension that does not come before it"
            )
    statements = [(rule.stage, rule.as_of, rule.decision_number) for rule in amounts]
    if len(set(statements)) < len(statements):
        raise ValueError("two columns hold the same statement")
    for amount in amounts:
        amount.date_for(2000, None)
    stages = {rule.stage.value for rule in amounts}
    change = entries.get("change")
    if change and not {change["earlier"], change["later"]} <= stages:
        raise ValueError("a change lies between two stages of the mapping")


def _classification(rule: dict[str, Any]) -> ClassificationRule:
    if rule["dimension"] not in DIMENSION_NAMES:
        raise ValueError(f"“{rule['dimension']}” is not one of {', '.join(DIMENSION_NAMES)}")
    levels = tuple(Level(level["code"], level.get("label")) for level in rule.get("levels", []))
    link = Link(rule["link"]["table"], rule["link"]["from"]) if "link" in rule else None
    if bool(levels) == bool(link):
        raise ValueError(f"{rule['dimension']} needs either levels or a link")
    if link and rule["dimension"] != "function":
        raise ValueError(f"{rule['dimension']} cannot be linked: links lead to COFOG functions")
    if link:
        read_link(link.table)
    return ClassificationRule(rule["dimension"], levels, link, rule.get("may_be_empty", False))


def _amount(rule: dict[str, Any]) -> AmountRule:
    return AmountRule(
        rule["column"], Stage(rule["stage"]), rule.get("as_of"), rule.get("decision_number")
    )


def _change(rule: dict[str, Any]) -> ChangeRule:
    return ChangeRule(rule["column"], Stage(rule["earlier"]), Stage(rule["later"]))


def _municipality(rule: dict[str, Any] | None) -> MunicipalityRule | None:
    return MunicipalityRule(**rule) if rule else None


def _columns(
    entries: dict[str, Any],
    rules: tuple[ClassificationRule, ...],
    amounts: tuple[AmountRule, ...],
    label: str,
) -> tuple[str, ...]:
    """Return every column that the mapping needs, each once."""
    needed = [
        column for rule in rules for level in rule.levels for column in (level.code, level.label)
    ]
    needed += [amount.column for amount in amounts] + [label, entries.get("fiscal_year_column")]
    needed += [entries["change"]["column"]] if "change" in entries else []
    return tuple(dict.fromkeys(column for column in needed if column))
