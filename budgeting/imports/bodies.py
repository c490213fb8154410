"""Bodies: names of towns or offices beside each other, whose money would be added up as one budget."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from budgeting.imports.guessing.evidence import Column, Evidence, contents_of, follows
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.meaning.fates import Fates
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.source import SourceTable
from budgeting.model import Finding, Severity, text

_FEWEST, _SHOWN = 5, 3
_SILENT = (
    0.02  # share of names that speak of what budgets are about; of the lines of one it is 0.08
)
_EACH, _CROSSED, _CALLED = 0.94, 0.5, 0.6
_MOST_ROWS = 50_000
_BODY_ROLES = {
    "municipality_name", "municipality_code", "line_label", "line_code", "row_number",
    "organisation_code", "organisation_label",
}  # fmt: skip


def several_bodies(table: SourceTable, mapping: Mapping, fates: Fates) -> list[Finding]:
    """Ask about names with alike lines under each, where the file is taken for one municipality's.

    Tables of many towns look so: a row for each, or the same codes under each. Places and offices
    of one town can look the same, so a person says which it is.
    """
    if mapping.municipalities and mapping.municipalities.column:
        return []
    count = min(table.rows.num_rows, _MOST_ROWS)
    evidence = Evidence.of(_first_rows(table, count))
    lines = fates.is_line.to_numpy()[:count]
    codes = _code_columns(evidence, mapping)
    found = [
        column
        for column in evidence.columns
        if _are_names(column, lines) and _have_alike_lines(column, codes, lines)
    ]
    return [_finding(max(found, key=lambda one: _distinct(one, lines)), lines)] if found else []


def _first_rows(table: SourceTable, count: int) -> SourceTable:
    typed = {name: cells.slice(0, count) for name, cells in table.typed.items()}
    return replace(table, rows=table.rows.slice(0, count), typed=typed)


def _code_columns(evidence: Evidence, mapping: Mapping) -> list[Column]:
    """Return the columns by which the mapping tells lines apart."""
    levels = [level for rule in mapping.classifications for level in rule.levels]
    used = [name for level in levels for name in level.columns]
    if mapping.is_identified_by_label and mapping.label:
        used.append(mapping.label)
    named = {evidence.cells.name_of(name) for name in used}
    return [column for column in evidence.columns if column.name in named]


def _are_names(column: Column, lines: Truths) -> bool:
    """Tell whether a column has words that can name bodies: they do not speak of what money is for."""
    called = {role for role, score in column.roles.items() if score >= _CALLED}
    if called - _BODY_ROLES or not column.is_words or _distinct(column, lines) < _FEWEST:
        return False
    return sum(contents_of(column).shares.values()) <= _SILENT


def _have_alike_lines(names: Column, codes: Sequence[Column], lines: Truths) -> bool:
    """Tell whether most names have most of the codes that any of them has."""
    others = [
        code.text.places
        for code in codes
        if code is not names and follows(code, names, lines) < _EACH  # not a number of the name
    ]
    rows = lines & names.has_text
    cells = np.stack([names.text.places, *others], axis=1)[rows]
    kinds = len(np.unique(cells[:, 1:], axis=0))
    return len(np.unique(cells, axis=0)) >= _CROSSED * kinds * _distinct(names, lines)


def _distinct(column: Column, lines: Truths) -> int:
    return len(np.unique(column.text.places[column.has_text & lines]))


def _finding(names: Column, lines: Truths) -> Finding:
    places = dict.fromkeys(names.text.places[names.has_text & lines].tolist())
    return Finding(
        "several-bodies",
        Severity.QUESTION,
        text(
            "{count} names stand here with alike lines, such as {names}. Their money is added up as the "
            "budget of one municipality.",
            count=len(places),
            names=tuple(f"“{names.text.values[place]}”" for place in list(places)[:_SHOWN]),
        ),
        text(
            "If each has a budget of its own, say that this column is the name of the municipality. "
            "If they are parts of one budget, write that as the reason."
        ),
        column=names.name,
    )
