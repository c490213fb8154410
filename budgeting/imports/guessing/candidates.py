"""Candidates: the ways in which the rows of a table may be lines, totals and headings."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from budgeting.imports.guessing.classes import Class
from budgeting.imports.guessing.draft import Draft, exactly
from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.guessing.sum_rows import rules_by_sums
from budgeting.imports.guessing.word_totals import WordTotals, has_money
from budgeting.imports.sheets.sheet import Truths

_MOST_ROWS = 20_000
_FEW = 3
_FORMULA_ERROR = re.compile(r"#[A-Z/0!?]{2,}[!?]?")


def amount_columns(draft: Draft) -> list[Column]:
    """Return the columns that are amounts, or their sums."""
    names = {a["column"] for a in draft.entries["amount"]}
    names |= {s["column"] for s in draft.entries.get("sum", [])}
    return [c for c in draft.evidence.columns if c.name in names]


def candidates_for(
    draft: Draft, classes: list[Class], label: Column | None, totals: WordTotals
) -> Iterator[dict[str, Any]]:
    """Give ways to tell lines from totals, the plainest first."""
    ways = list(_ways(draft, classes, label, totals))
    yield from ways
    broken = list(_broken_rows(draft))
    for way in ways if broken else ():
        yield way | {"row": [*broken, *way.get("row", [])]}


def _broken_rows(draft: Draft) -> Iterator[dict[str, Any]]:
    """Give rules that leave out rows of which a figure is an error of a spreadsheet."""
    for column in amount_columns(draft):
        if any(_FORMULA_ERROR.fullmatch(value) for value in column.values):
            yield {
                "kind": "skip",
                "where": {column.name: f"^{_FORMULA_ERROR.pattern}$"},
                "reason": "its formula ended in an error",
            }


def _ways(
    draft: Draft, classes: list[Class], label: Column | None, totals: WordTotals
) -> Iterator[dict[str, Any]]:
    yield {}
    label_name = label.name if label else None
    rows = [
        {"kind": "total", "where": {name: exactly(totals.by_column[name])}}
        for name in _covering(draft.evidence, totals, label_name)
    ]
    structure = {"label": label_name} if label_name else {}
    base: dict[str, Any] = {"structure": structure} if structure else {}
    if rows:
        base["row"] = rows
    if base:
        yield base
    if label and label.name in totals.by_column:
        within = list(_totals_within(draft, label, totals))
        if within:
            yield base | {"total": within}
    for finer in _with_empty_finest(draft, classes, totals):
        blank = {"kind": "total", "where": {finer: "^$"}}
        yield {"structure": structure, "row": [*rows, blank]}
    if draft.evidence.count <= _MOST_ROWS:
        if label:
            yield from _by_sums(draft, classes, label, totals)
        yield from _by_codes(classes, base, structure)


def _by_codes(
    classes: list[Class], base: dict[str, Any], structure: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Give the rules of a sheet whose codes say which rows are groups of others."""
    for code in _mixed_codes(classes):
        yield base | {"structure": {**structure, "code": code.name}}
        for leaf in _leaves(code):
            yield base | {"structure": {**structure, "code": code.name, "leaf": leaf}}


def _by_sums(
    draft: Draft, classes: list[Class], label: Column, totals: WordTotals
) -> Iterator[dict[str, Any]]:
    """Give the rules of a sheet whose figures alone say which rows are sums."""
    coded = [one.code for one in classes if one.code.is_codes]
    code = max(coded, key=lambda c: c.distinct, default=None)
    money = amount_columns(draft)
    rules = rules_by_sums(draft.evidence, money, (code, label), totals.is_total)
    if rules:
        yield {"structure": {"label": label.name}, "row": rules}


def _totals_within(draft: Draft, label: Column, totals: WordTotals) -> Iterator[dict[str, Any]]:
    """Give rules for totals that have the codes of the lines they add, such as their department."""
    lines = has_money(amount_columns(draft)) & ~totals.is_total
    taken = {c.name for c in amount_columns(draft)} | draft.entries.get("ignored", {}).keys()
    columns = [
        c for c in draft.evidence.columns if c is not label and c.name not in taken and c.filled
    ]
    by_columns: dict[tuple[str, ...], list[str]] = {}
    for written in totals.by_column[label.name]:
        rows = totals.is_total & (label.text.places == label.text.values.index(written))
        shared = tuple(c.name for c in columns if _stands_in_lines(c, rows, lines))
        if shared:
            by_columns.setdefault(shared, []).append(written)
    for shared, texts in by_columns.items():
        yield {
            "column": label.name,
            "matches": exactly(texts),
            "plus": ".",
            "within": list(shared),
        }


def _stands_in_lines(column: Column, rows: Truths, lines: Truths) -> bool:
    """Tell whether what total rows say in a column is said by lines as well, and not by all alike."""
    said = np.unique(column.text.places[lines & column.has_text])
    own = column.text.places[rows]
    return len(said) > 1 and bool(column.has_text[rows].all()) and bool(np.isin(own, said).all())


def _covering(evidence: Evidence, totals: WordTotals, label: str | None) -> Iterator[str]:
    """Give the columns whose words are needed beside the label's to know every total."""
    rows = {
        c.name: np.isin(c.text.places, [n for n, v in enumerate(c.text.values) if v in set(says)])
        for c in evidence.columns
        if (says := totals.by_column.get(c.name))
    }
    left = totals.is_total & ~rows.get(label or "", np.zeros(evidence.count, bool))
    while left.any():
        name = max(rows, key=lambda one: int((rows[one] & left).sum()))
        yield name
        left &= ~rows[name]


def _with_empty_finest(draft: Draft, classes: list[Class], totals: WordTotals) -> Iterator[str]:
    """Give code columns that are empty in some rows with money: their rows may be subtotals."""
    with_money = has_money(amount_columns(draft)) & ~totals.is_total
    for one in sorted(classes, key=lambda one: -one.code.distinct):
        empty = with_money & ~one.code.has_text
        if empty.any() and empty.sum() < 0.6 * with_money.sum():
            yield one.code.name


def _mixed_codes(classes: list[Class]) -> list[Column]:
    """Return the code columns in which some codes begin with others, the finest first."""
    coded = [one.code for one in classes if one.code.is_codes and _is_mixed(one.code)]
    return sorted(coded, key=lambda code: -code.distinct)[:2]


def _is_mixed(code: Column) -> bool:
    values = sorted(value.rstrip("0.") or value for value in code.values)
    lengths = {len(value) for value in code.values if value.isdecimal()}
    return len(lengths) > 1 or any(longer.startswith(code) for code, longer in pairwise(values))


def _leaves(code: Column) -> Iterator[str]:
    """Give patterns of codes of lines: of one length, or of a length and more."""
    rows: Counter[int] = Counter()
    for value, count in zip(code.text.values, code.counts.tolist(), strict=True):
        if value.isdecimal():
            rows[len(value)] += count
    lengths = sorted(length for length, count in rows.items() if count >= _FEW)
    for length in reversed(lengths):
        yield rf"^\d{{{length}}}$"
        if length != lengths[-1]:
            yield rf"^\d{{{length},}}$"
