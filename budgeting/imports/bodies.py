"""Bodies: names of towns or offices beside each other, whose money would be added up as one budget."""

from collections.abc import Mapping as Dictionary
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
_PURPOSES = ("economic_class", "function")
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
        if _are_names(column, lines)
        and _have_alike_lines(column, {k: v for k, v in codes.items() if k is not column}, lines)
    ]
    return [_finding(max(found, key=lambda one: _distinct(one, lines)), lines)] if found else []


def _first_rows(table: SourceTable, count: int) -> SourceTable:
    typed = {name: cells.slice(0, count) for name, cells in table.typed.items()}
    return replace(table, rows=table.rows.slice(0, count), typed=typed)


def _code_columns(evidence: Evidence, mapping: Mapping) -> dict[Column, bool]:
    """Return the columns by which the mapping tells lines apart, and whether they say what it is for."""
    used = {
        evidence.cells.name_of(name): rule.dimension in _PURPOSES
        for rule in mapping.classifications
        for level in rule.levels
        for name in level.columns
    }
    if mapping.is_identified_by_label and mapping.label:
        used.setdefault(evidence.cells.name_of(mapping.label), False)
    return {column: used[column.name] for column in evidence.columns if column.name in used}


def _are_names(column: Column, lines: Truths) -> bool:
    """Tell whether a column has words that can name bodies: they do not speak of what money is for."""
    called = {role for role, score in column.roles.items() if score >= _CALLED}
    if called - _BODY_ROLES or not column.is_words or _distinct(column, lines) < _FEWEST:
        return False
    return sum(contents_of(column).shares.values()) <= _SILENT


def _have_alike_lines(names: Column, codes: Dictionary[Column, bool], lines: Truths) -> bool:
    """Tell whether most names have most of the codes that any of them has.

    Names that have no codes in common are alike where nothing says what their money is for.
    """
    others = [
        code for code in codes if follows(code, names, lines) < _EACH
    ]  # no number of the name
    if not others and any(is_for and _distinct(code, lines) > 1 for code, is_for in codes.items()):
        return False
    rows = lines & names.has_text
    cells = np.stack([names.text.places, *(code.text.places for code in others)], axis=1)[rows]
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
