"""Fiscal Data Packages: the descriptor is the mapping, and is checked against its rows."""

import re
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from datetime import date
from typing import Any

import pyarrow.compute as pc

from budgeting.classifications import cofog_codes
from budgeting.errors import MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Columns
from budgeting.imports.cells.dates import DATE_STYLES, dates
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.readers import descriptor_of
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.words.folding import fold
from budgeting.model import Direction, Finding, Severity, Stage, text
from budgeting.names import dimension_name, stage_name

_PHASES = {
    "proposed": Stage.PROPOSED,
    "approved": Stage.APPROVED,
    "adjusted": Stage.REVISED,
    "revised": Stage.REVISED,
    "executed": Stage.EXECUTED,
}
_DIMENSIONS = {
    "administrative": "organisation",
    "activity": "programme",
    "program": "programme",
    "economic": "economic_class",
    "functional": "function",
    "fund": "fund",
}
_FIRST_DAYS = 5  # a budget that is dated so early in its year has not been executed
_MOST_COFOG = 0.8


def completed(
    mapping: Mapping, source: SourceFile, table: SourceTable, answers: Answers
) -> tuple[Mapping, list[Finding]]:
    """Return the mapping with what the package's descriptor says, and where its rows contradict it.

    A mapping that does not ask for the descriptor is returned as it is.
    """
    if not mapping.has_descriptor:
        return mapping, []
    descriptor = descriptor_of(source)
    if descriptor is None:
        return mapping, [_no_descriptor()]
    findings: list[Finding] = []
    try:
        return _mapping(mapping, descriptor, table, answers, findings), findings
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, MappingInvalid):
        return mapping, [*findings, _no_descriptor()]


def _mapping(
    mapping: Mapping,
    descriptor: Dictionary[str, Any],
    table: SourceTable,
    answers: Answers,
    findings: list[Finding],
) -> Mapping:
    """Return the mapping that the descriptor is; a descriptor may be wrong in any place."""
    model = descriptor.get("mapping") or descriptor.get("model") or {}
    measures = list((model.get("measures") or {}).values())
    entries = dict(mapping.entries) | _entries(descriptor, model, measures[0], table, findings)
    entries["amount"] = [_amount(measure, model, table, answers, findings) for measure in measures]
    for key in ("row", "sum", "change", "structure"):
        entries.pop(key, None)
    return mapping_from_entries(mapping.name, entries)


def _entries(
    descriptor: Dictionary[str, Any],
    model: Dictionary[str, Any],
    measure: Dictionary[str, Any],
    table: SourceTable,
    findings: list[Finding],
) -> dict[str, Any]:
    rules = list(_classifications(model, table, findings))
    if not rules:
        raise ValueError("no dimension tells the lines apart")
    labels = [level["label"] for rule in rules for level in rule["levels"] if "label" in level]
    direction = measure.get("direction")
    code = re.sub(r"[^a-z0-9]+", "_", fold(descriptor.get("name") or "package")).strip("_")
    return {
        "municipality": {
            "code": code,
            "name": descriptor.get("title") or code,
            "country_code": descriptor.get("countryCode") or "",
            "currency_code": measure.get("currency") or "",
        },
        "line": {
            **({"direction": direction} if direction in set(Direction) else {}),
            "label": labels[-1] if labels else table.header[0],
        },
        "classification": rules,
    }


def _classifications(
    model: Dictionary[str, Any], table: SourceTable, findings: list[Finding]
) -> Iterable[dict[str, Any]]:
    taken: set[str] = set()
    for dimension in (model.get("dimensions") or {}).values():
        levels = list(_levels(dimension))
        kind = dimension.get("classificationType") or dimension.get("dimensionType") or ""
        name = _DIMENSIONS.get(kind)
        if name == "function" and levels and not _is_cofog(levels[-1]["code"], table):
            findings.append(_not_cofog(levels[-1]["code"]))
            name = "economic_class"
        if name and name not in taken and levels:
            taken.add(name)
            yield {"dimension": name, "levels": levels}


def _levels(dimension: Dictionary[str, Any]) -> Iterable[dict[str, str]]:
    """Return code and label columns, parents before their children."""
    attributes = dimension.get("attributes") or {}
    codes = [key for key in dimension.get("primaryKey") or attributes if key in attributes]
    for key in sorted(codes, key=lambda key: bool(attributes[key].get("parent"))):
        level = {"code": attributes[key]["source"]}
        label = [one["source"] for one in attributes.values() if one.get("labelfor") == key]
        yield level | ({"label": label[0]} if label else {})


def _is_cofog(column: str, table: SourceTable) -> bool:
    columns = Columns.of(table)
    if columns.name_of(column) is None:  # that the column is missing is told elsewhere
        return True
    codes = [code for code in pc.unique(columns.cells(column)).to_pylist() if code]
    known = sum(code in cofog_codes() for code in codes)
    return bool(codes) and known >= _MOST_COFOG * len(codes)


def _amount(
    measure: Dictionary[str, Any],
    model: Dictionary[str, Any],
    table: SourceTable,
    answers: Answers,
    findings: list[Finding],
) -> dict[str, Any]:
    said = _PHASES.get(measure.get("phase") or "")
    stage = answers.stage or said
    amount: dict[str, Any] = {
        "column": measure["source"],
        "factor": _factor(measure),
    }
    if stage:
        amount["stage"] = stage.value
    column = _date_column(model)
    if column:
        amount["date_column"] = column
        if stage is Stage.APPROVED:
            amount["later_stage"] = Stage.REVISED.value
        early = _first_days(table, column)
        if said is Stage.EXECUTED and early:
            findings.append(_not_executed(column, early, answers.stage))
    return amount


def _factor(measure: Dictionary[str, Any]) -> int:
    factor = float(measure.get("factor") or 1)
    if not factor.is_integer():
        raise ValueError("a factor is a whole number")
    return int(factor)


def _date_column(model: Dictionary[str, Any]) -> str | None:
    for dimension in (model.get("dimensions") or {}).values():
        if dimension.get("dimensionType") == "datetime":
            sources = [one["source"] for one in (dimension.get("attributes") or {}).values()]
            return sources[0] if sources else None
    return None


def _first_days(table: SourceTable, column: str) -> list[date]:
    """Return the dates that lie in the first days of their year."""
    columns = Columns.of(table)
    if columns.name_of(column) is None:
        return []
    cells = columns.cells(column)
    style = min(DATE_STYLES, key=lambda name: pc.sum(dates(cells, name).wrong).as_py() or 0)
    days = [day for day in pc.unique(dates(cells, style).values).to_pylist() if day]
    return sorted(day for day in days if (day.month, day.day) <= (1, _FIRST_DAYS))


def _no_descriptor() -> Finding:
    return Finding(
        "descriptor",
        Severity.ERROR,
        text("The file is no Fiscal Data Package: it has no descriptor that maps its columns."),
        text("Give the folder, a zip of it, or another mapping."),
    )


def _not_cofog(column: str) -> Finding:
    return Finding(
        "descriptor",
        Severity.WARNING,
        text(
            "The descriptor calls “{column}” functional, but its codes are not COFOG's.",
            column=column,
        ),
        text("They are kept under {dimension}.", dimension=dimension_name("economic_class")),
        column=column,
    )


def _not_executed(column: str, days: list[date], answered: Stage | None) -> Finding:
    return Finding(
        "descriptor",
        Severity.WARNING if answered else Severity.QUESTION,
        text(
            "The descriptor says that the amounts are {stage}, but rows are dated {days}, at the beginning "
            "of their year: a budget that is adopted, not executed.",
            stage=stage_name(Stage.EXECUTED),
            days=tuple(days),
        ),
        text("State the stage that the amounts really have (--stage, or on the page)."),
        column=column,
        value=", ".join(str(day) for day in days),
    )
