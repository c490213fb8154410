"""Mapping files: TOML in ``data/mappings`` and beside the database, read strictly and written."""

import codecs
import hashlib
import re
import tomllib
from collections.abc import Mapping as Dictionary
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import tomli_w

from budgeting.classifications import read_classification, read_link
from budgeting.errors import MappingInvalid
from budgeting.imports.cells.dates import DATE_STYLES
from budgeting.imports.mappings.labels_rule import LABELS_ENTRIES, labels_rule
from budgeting.imports.mappings.mapping import (
    DIMENSION_NAMES,
    AmountRule,
    ChangeRule,
    ClassificationRule,
    DirectionRule,
    GenderRule,
    Level,
    Link,
    Mapping,
    MunicipalitiesRule,
    MunicipalityRule,
    PopulationRule,
    RowRule,
    Structure,
    SumRule,
    TotalRule,
)
from budgeting.imports.mappings.mapping_contradictions import refuse_contradictions
from budgeting.imports.mappings.use_rule import USE_ENTRIES, use_rule
from budgeting.imports.source import FileLayout, NumberStyle
from budgeting.model import Direction, Labels, Stage, text
from budgeting.settings import DATA, settings

FOLDER = DATA / "mappings"
ROW_KINDS = ("skip", "total", "heading", "line")


def saved_folder() -> Path:
    """Return where mappings are saved from the page: beside the database."""
    return settings().database.parent / "mappings"


def mapping_names() -> list[str]:
    """Return the names of the mappings that came with Paritet and those saved here, in order."""
    return sorted({path.stem for folder in _folders() for path in folder.glob("*.toml")})


def mapping_named(name: str) -> Mapping:
    """Return the mapping `name`; one saved here goes before one that came with Paritet.

    Raises
    ------
    MappingInvalid
        There is no such file, or it contradicts itself; the text names the entry.
    """
    for folder in _folders():
        if name in {path.stem for path in folder.glob("*.toml")}:
            return read_mapping(folder / f"{name}.toml")
    raise MappingInvalid(
        text(
            "There is no mapping “{name}”. There are: {known}.",
            name=name,
            known=", ".join(mapping_names()),
        )
    )


def read_mapping(path: Path) -> Mapping:
    """Return the mapping in the file at `path`; see `mapping_named`."""
    try:
        return mapping_from_text(path.stem, path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _unusable(path.name, error) from error


def mapping_from_text(name: str, written: str) -> Mapping:
    """Return the mapping that a TOML text holds; see `mapping_named`."""
    try:
        return _mapping(name, tomllib.loads(written), written)
    except (KeyError, ValueError, TypeError, AttributeError, LookupError, re.error) as error:
        raise _unusable(f"{name}.toml", error) from error
    except MappingInvalid as error:  # a table that the mapping names is not there
        raise _unusable(f"{name}.toml", ValueError(str(error).rstrip("."))) from error


def mapping_from_entries(name: str, entries: Dictionary[str, Any]) -> Mapping:
    """Return the mapping with these entries, as if it had been read from a file."""
    return mapping_from_text(name, tomli_w.dumps(entries))


def save_mapping(mapping: Mapping, name: str) -> Path:
    """Write a mapping beside the database under a name of small letters, digits and underscores.

    The fiscal year of all rows is left out: it is that of one file, and next year's is another.

    Raises
    ------
    MappingInvalid
        The name has other characters.
    """
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise MappingInvalid(
            text("“{name}”: use small letters, digits and underscores for the name.", name=name)
        )
    folder = saved_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    unfinished = path.with_suffix(".unfinished")
    lasting = {key: entry for key, entry in mapping.entries.items() if key != "fiscal_year"}
    is_whole = len(lasting) == len(mapping.entries)
    unfinished.write_text(mapping.text if is_whole else tomli_w.dumps(lasting), encoding="utf-8")
    unfinished.replace(path)
    return path


def _folders() -> tuple[Path, ...]:
    return saved_folder(), FOLDER


def _unusable(name: str, error: Exception) -> MappingInvalid:
    reason = f"“{error.args[0]}” is missing" if isinstance(error, KeyError) else str(error)
    return MappingInvalid(
        text(
            "The mapping {name} cannot be used: {reason}. See data/README.md for its entries.",
            name=name,
            reason=reason,
        )
    )


_ENTRIES = {
    "": "title file municipality line classification amount change sum row total structure gender "
    "ignored fiscal_year fiscal_year_column population use labels",
    "file": "encoding delimiter sheet header_row header_rows decimal group number descriptor",
    "number": "column decimal group",
    "municipality": "code name country_code currency_code is_fictional column code_column prefix "
    "from_sheet",
    "line": "direction direction_column expenditure revenue label label_text identified_by_label "
    "elimination",
    "classification": "dimension levels link may_be_empty known",
    "levels": "code join label pattern text heading labels",
    "link": "table from",
    "amount": "column stage year as_of months decision_number date_column date_style later_stage member "
    "where factor negated direction",
    "member": "dimension code label",
    "change": "column earlier later",
    "sum": "column of minus",
    "row": "kind where unless reason",
    "total": "column matches plus minus within",
    "structure": "code label leaf",
    "gender": "column methodology categories",
    "population": "sex age people source reference_date",
    **USE_ENTRIES,
    "labels": LABELS_ENTRIES,
}


def _refuse_unknown_entries(entries: Dictionary[str, Any], block: str = "") -> None:
    """Raise ValueError for a misspelt entry: passed over, it would change sums in silence."""
    for name in entries:
        if name not in _ENTRIES[block].split():
            raise ValueError(f"“{name}” is not an entry{f' of [{block}]' if block else ''}")
    for name, value in entries.items():
        for part in value if isinstance(value, list) else [value]:
            if name in _ENTRIES and isinstance(part, dict):
                _refuse_unknown_entries(part, name)


def _mapping(name: str, entries: dict[str, Any], written: str) -> Mapping:
    _refuse_unknown_entries(entries)
    has_budget = not {"population", "use", "labels"} & entries.keys()
    line: dict[str, Any] = entries["line"] if has_budget else entries.get("line", {})
    place = entries.get("municipality", {})
    is_many = "column" in place or place.get("from_sheet", False)
    mapping = Mapping(
        name=name,
        title=_title(entries["title"]),
        layout=_layout(entries.get("file", {})),
        direction=_direction(line),
        label=line.get("label"),
        label_text=line.get("label_text"),
        is_identified_by_label=line.get("identified_by_label", False),
        is_elimination=line.get("elimination", False),
        municipality=MunicipalityRule(**place) if place and not is_many else None,
        municipalities=_municipalities(place) if is_many else None,
        fiscal_year=entries.get("fiscal_year"),
        fiscal_year_column=entries.get("fiscal_year_column"),
        classifications=tuple(_classification(rule) for rule in entries.get("classification", [])),
        amounts=tuple(_amount(rule) for rule in entries.get("amount", [])),
        change=_change(entries["change"]) if "change" in entries else None,
        sums=tuple(_sum(rule) for rule in entries.get("sum", [])),
        rows=tuple(_row(rule) for rule in entries.get("row", [])),
        totals=tuple(_total(rule) for rule in entries.get("total", [])),
        structure=_structure(entries["structure"]) if "structure" in entries else None,
        gender=_gender(entries["gender"]) if "gender" in entries else None,
        population=PopulationRule(**entries["population"]) if "population" in entries else None,
        use=use_rule(entries["use"]) if "use" in entries else None,
        labels=labels_rule(entries["labels"]) if "labels" in entries else None,
        has_descriptor=entries.get("file", {}).get("descriptor", False),
        ignored=entries.get("ignored", {}),
        entries=entries,
        text=written,
        sha256=hashlib.sha256(written.encode()).hexdigest(),
    )
    refuse_contradictions(mapping)
    return mapping


def _layout(entry: dict[str, Any]) -> FileLayout:
    if encoding := entry.get("encoding"):
        codecs.lookup(encoding)
    if "delimiter" in entry and len(entry["delimiter"]) != 1:
        raise ValueError("the delimiter is one character")
    return FileLayout(
        encoding=entry.get("encoding"),
        delimiter=entry.get("delimiter"),
        sheet=entry.get("sheet"),
        header_row=entry.get("header_row"),
        header_rows=entry.get("header_rows"),
        style=_style(entry) if "decimal" in entry else None,
        styles={number["column"]: _style(number) for number in entry.get("number", [])},
    )


def _style(entry: dict[str, Any]) -> NumberStyle:
    group = entry.get("group", "")
    style = NumberStyle(entry["decimal"], " " if group.isspace() else group)
    if style.decimal == style.group or not style.decimal:
        raise ValueError("the marks in numbers differ")
    return style


def _direction(line: dict[str, Any]) -> DirectionRule:
    if "direction" in line and "direction_column" in line:
        raise ValueError("[line] has either direction or direction_column")
    if "direction_column" not in line:
        return DirectionRule(Direction(line["direction"]) if "direction" in line else None)
    return DirectionRule(
        None, line["direction_column"], _pattern(line["expenditure"]), _pattern(line["revenue"])
    )


def _municipalities(entry: dict[str, Any]) -> MunicipalitiesRule:
    return MunicipalitiesRule(
        entry.get("column"),
        entry.get("code_column"),
        entry.get("prefix", ""),
        entry.get("country_code", ""),
        entry.get("currency_code", ""),
        entry.get("is_fictional", False),
    )


def _classification(rule: dict[str, Any]) -> ClassificationRule:
    if rule["dimension"] not in DIMENSION_NAMES:
        raise ValueError(f"“{rule['dimension']}” is not one of {', '.join(DIMENSION_NAMES)}")
    levels = tuple(_level(level) for level in rule.get("levels", []))
    if len({bool(level.heading) for level in levels}) > 1:
        raise ValueError(f"the levels of {rule['dimension']} come from headings, all or none")
    link = Link(rule["link"]["table"], rule["link"]["from"]) if "link" in rule else None
    if bool(levels) == bool(link):
        raise ValueError(f"{rule['dimension']} needs either levels or a link")
    if link and rule["dimension"] != "function":
        raise ValueError(f"{rule['dimension']} cannot be linked: links lead to COFOG functions")
    if link:
        read_link(link.table)
    for name in [rule.get("known"), *(level.labels for level in levels)]:
        if name:
            read_classification(name)
    return ClassificationRule(
        rule["dimension"], levels, link, rule.get("may_be_empty", False), rule.get("known")
    )


def _level(entry: dict[str, Any]) -> Level:
    if sum(name in entry for name in ("code", "text", "heading")) != 1:
        raise ValueError("a level has one of code, text and heading")
    code = entry.get("code", [])
    if "pattern" in entry and "(?P<code>" not in entry["pattern"]:
        raise ValueError("a pattern has a group called code: (?P<code>…)")
    return Level(
        columns=(code,) if isinstance(code, str) else tuple(code),
        join=entry.get("join", ""),
        label=entry.get("label"),
        pattern=_pattern(entry.get("pattern")),
        text=entry.get("text"),
        heading=_pattern(entry.get("heading")),
        labels=entry.get("labels"),
    )


def _amount(rule: dict[str, Any]) -> AmountRule:
    member = rule.get("member")
    if member and member["dimension"] not in DIMENSION_NAMES:
        raise ValueError(f"“{member['dimension']}” is not one of {', '.join(DIMENSION_NAMES)}")
    amount = AmountRule(
        column=rule["column"],
        stage=Stage(rule["stage"]) if "stage" in rule else None,
        year=rule.get("year"),
        as_of=rule.get("as_of"),
        months=rule.get("months"),
        decision_number=rule.get("decision_number"),
        date_column=rule.get("date_column"),
        date_style=rule.get("date_style"),
        later_stage=Stage(rule["later_stage"]) if "later_stage" in rule else None,
        member=(member["dimension"], member["code"], member.get("label", member["code"]))
        if member
        else None,
        where=_conditions(rule.get("where", {})),
        factor=rule.get("factor", 1),
        is_negated=rule.get("negated", False),
        direction=Direction(rule["direction"]) if "direction" in rule else None,
    )
    if not _is_whole(amount.factor) or amount.factor < 1:
        raise ValueError("a factor is a whole number from 1 up")
    if amount.year is not None and not _is_whole(amount.year):
        raise ValueError("a year is a whole number")
    if not isinstance(amount.is_negated, bool):
        raise ValueError("negated is true or false")
    if amount.months is not None and (not _is_whole(amount.months) or amount.months < 1):
        raise ValueError("months is a whole number from 1 up")
    if amount.date_style not in (None, *DATE_STYLES):
        raise ValueError(f"date_style is one of {', '.join(DATE_STYLES)}")
    amount.date_for(2000, None)
    return amount


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _change(rule: dict[str, Any]) -> ChangeRule:
    return ChangeRule(rule["column"], Stage(rule["earlier"]), Stage(rule["later"]))


def _sum(rule: dict[str, Any]) -> SumRule:
    return SumRule(rule["column"], tuple(rule["of"]), tuple(rule.get("minus", [])))


def _row(rule: dict[str, Any]) -> RowRule:
    if rule["kind"] not in ROW_KINDS:
        raise ValueError(f"“{rule['kind']}” is not one of {', '.join(ROW_KINDS)}")
    if rule["kind"] == "skip" and not rule.get("reason"):
        raise ValueError("rows that are skipped need a reason")
    where, unless = _conditions(rule.get("where", {})), _conditions(rule.get("unless", {}))
    if not where and not unless:
        raise ValueError("a [[row]] needs where or unless")
    return RowRule(rule["kind"], where, unless, rule.get("reason", ""))


def _total(rule: dict[str, Any]) -> TotalRule:
    return TotalRule(
        rule["column"],
        str(_pattern(rule["matches"])),
        str(_pattern(rule["plus"])),
        _pattern(rule.get("minus")),
        tuple(rule.get("within", [])),
    )


def _structure(entry: dict[str, Any]) -> Structure:
    return Structure(entry.get("code"), entry.get("label"), _pattern(entry.get("leaf")))


def _title(entry: str | dict[str, str]) -> Labels:
    """Return a title that is written once, or as a table of languages."""
    words = {"en": entry} if isinstance(entry, str) else entry
    if words and all(isinstance(one, str) and one.strip() for one in words.values()):
        return Labels(words)
    raise ValueError("“title” is words, or a table of words by language")


def _gender(entry: dict[str, Any]) -> GenderRule:
    categories = _conditions(entry.get("categories", {}))
    return GenderRule(entry["column"], entry.get("methodology", ""), categories)


def _conditions(entry: dict[str, Any]) -> dict[str, str]:
    return {column: str(_pattern(pattern)) for column, pattern in entry.items()}


def _pattern(written: str | None) -> str | None:
    """Check a pattern with both that use it: headings with Python, columns with Arrow."""
    if written is not None:
        re.compile(written)
        pc.match_substring_regex(pa.array([""]), written)
    return written
