"""Guess: the mapping of a table that nobody has described yet, with its reasons and its questions."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.guessing.amounts import draft_amounts
from budgeting.imports.guessing.classes import Class, classes_in, draft_classes
from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.guessing.lines import draft_headings, draft_lines
from budgeting.imports.guessing.money import leave_out_shares, money_columns
from budgeting.imports.guessing.people import (
    draft_gender,
    draft_places_of_people,
    draft_population,
)
from budgeting.imports.guessing.results import draft_results
from budgeting.imports.guessing.scope import (
    ask_year,
    draft_dates,
    draft_direction,
    draft_municipality,
    draft_unit,
    draft_year,
)
from budgeting.imports.guessing.use import draft_use
from budgeting.imports.guessing.word_totals import has_money, word_totals
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.source import SourceTable
from budgeting.model import Finding, text

_SAME_CODES = 0.1
_NAMED, _LIKELY = 0.9, 0.6
_FIRST, _LAST = 40_000, 10_000  # rows of a large table that are looked at: its totals stand last


@dataclass(frozen=True, slots=True)
class Guess:
    """The entries of a mapping, with the reasons and the open questions.

    Parameters
    ----------
    entries
        As `mapping_file` reads them; empty where the table has no amounts.
    notes
        One note per decision; its suggestion says what to check where the decision is doubtful.
    asks
        What a person must say, in order: municipality, country, currency, fiscal-year, stage,
        direction, number-style, amounts, reference-date, unit, data-grade.
    confidence
        From 0 to 1: how many decisions are not doubtful.
    """

    entries: dict[str, Any]
    notes: tuple[Finding, ...] = ()
    asks: tuple[str, ...] = ()
    confidence: float = 0.0
    taken: dict[str, str] = field(default_factory=dict)


def guess(table: SourceTable, known: Answers | None = None) -> Guess:
    """Return the likeliest mapping of a table.

    Parameters
    ----------
    known
        What a person has said already: it is not asked again.
    """
    evidence = Evidence.of(_with_short_cells(_looked_at(table)))
    draft = Draft(evidence)
    if not evidence.count or not table.header:
        return Guess({}, asks=("amounts",))
    for column in evidence.columns:
        if not column.filled and not column.header:
            draft.ignore(column, "an empty column")
    if draft_use(draft):
        return _use(draft, known)
    money = money_columns(evidence)
    if draft_population(draft, money):
        return _population(draft, known)
    money = leave_out_shares(draft, money)
    if not money:
        draft.note(text("No column holds amounts."))
        return Guess({}, tuple(draft.notes), ("amounts",), 0.0, draft.taken)
    draft_year(draft)
    draft_amounts(draft, money)
    if "amount" not in draft.entries:
        return Guess({}, tuple(draft.notes), ("amounts",), 0.0, draft.taken)
    _draft_budget(draft, money)
    draft.leave_out_held()
    return _finished(draft, known)


def _looked_at(table: SourceTable) -> SourceTable:
    """Return the first and last rows of a large table, any other one whole."""
    count = table.rows.num_rows
    if count <= _FIRST + _LAST:
        return table

    def ends(rows: Any) -> Any:
        joined = pa.concat_tables if isinstance(rows, pa.Table) else _joined
        return joined([rows.slice(0, _FIRST), rows.slice(count - _LAST)])

    typed = {name: ends(values) for name, values in table.typed.items()}
    return replace(table, rows=ends(table.rows), typed=typed)


def _with_short_cells(table: SourceTable) -> SourceTable:
    """Cut cells as long as a book: what a column means shows in its first words."""
    rows = table.rows
    for place, name in enumerate(rows.column_names):
        is_text = name in table.header
        if is_text and (pc.max(pc.binary_length(rows[name])).as_py() or 0) > _LONGEST_WORDS:
            rows = rows.set_column(place, name, pc.utf8_slice_codeunits(rows[name], 0, _CUT))
    return replace(table, rows=rows)


_CUT, _LONGEST_WORDS = 1_000, 4_000  # characters, bytes


def _joined(parts: list[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for part in parts for chunk in part.chunks])


def _draft_budget(draft: Draft, money: list[Column]) -> None:
    totals = word_totals(draft.evidence, money)
    draft_dates(draft)
    draft_municipality(draft, money)
    draft_unit(draft, money)
    _leave_out_numbers(draft)
    may_be_lines = has_money(money) & ~totals.is_total
    draft_gender(draft, may_be_lines)
    classes = classes_in(draft, may_be_lines)
    label = _line_label(draft, classes, may_be_lines)
    if draft_results(draft, classes, label, _of_amounts(draft, money), may_be_lines):
        lines = may_be_lines
    else:
        lines = draft_lines(draft, classes, label, totals) & has_money(money)
        draft_direction(draft, classes, lines, totals.labels)
    kept = draft_classes(draft, classes, lines)
    draft_headings(draft, label, lines, money)
    _draft_line(draft, kept, label, lines)
    for column in draft.open:
        draft.ignore(column, "an empty column" if not column.filled else "it was not understood")


def _of_amounts(draft: Draft, money: list[Column]) -> list[Column]:
    return [column for column in money if draft.taken.get(column.name) == "amount"]


def _leave_out_numbers(draft: Draft) -> None:
    for column in draft.open:
        is_share = column.is_percentages or _is_share(column)
        if is_share or column.is_numbering or column.role("row_number") >= _NAMED:
            draft.ignore(column, "a share" if is_share else "the number of the row")


def _is_share(column: Column) -> bool:
    """Tell whether a column of figures is called a share, such as "Execution in %"."""
    return column.is_figures and column.role("percentage") >= _LIKELY and "%" in column.header


def _line_label(draft: Draft, classes: list[Class], rows: Truths) -> Column | None:
    """Return the column with a line's own words: called so, or the one that says most."""
    words = [one.text for one in classes if one.text.is_words]
    named = [c for c in words if c.role("line_label") >= _NAMED]
    economic = [
        one.text for one in classes if one.is_coded and one.scores["economic_class"] >= _LIKELY
    ]
    for group in (named, economic, words):
        if group:
            return max(group, key=lambda c: (_distinct(c, rows), c.place))
    return None


def _distinct(column: Column, rows: Truths) -> int:
    return len(np.unique(column.text.places[column.has_text & rows]))


def _draft_line(draft: Draft, classes: list[Class], label: Column | None, lines: Truths) -> None:
    line = draft.entries.setdefault("line", {})
    if label is None:
        codes = [one.code for one in classes]
        label = codes[-1] if codes else None
    if label is None:
        line["label_text"] = draft.evidence.table.sheet or "All lines"
        line["identified_by_label"] = True
        return
    line["label"] = label.name
    draft.note(text("It is taken for the words of the lines."), label)
    if draft.taken.get(label.name) in (None, "ignored"):
        draft.take(label, "label")
        draft.entries.get("ignored", {}).pop(label.name, None)
    if not draft.entries.get("classification") or _labels_tell_apart(classes, label, lines):
        line["identified_by_label"] = True


def _labels_tell_apart(classes: list[Class], label: Column, lines: Truths) -> bool:
    """Tell whether many lines share all codes with lines of other words."""
    if any(one.text is label for one in classes) and len(classes) > 1:
        return False
    if not lines.any():
        return False
    codes = np.stack(
        [one.code.text.places for one in classes] or [np.zeros(len(lines), int)], axis=1
    )
    _, keys = np.unique(codes[lines], axis=0, return_inverse=True)
    pairs = np.unique(np.stack([keys.ravel(), label.text.places[lines]], axis=1), axis=0)
    per_key = np.bincount(pairs[:, 0])
    return bool((per_key[keys.ravel()] > 1).mean() >= _SAME_CODES)


def _population(draft: Draft, known: Answers | None) -> Guess:
    draft_places_of_people(draft)
    for column in draft.open:
        draft.ignore(column, "it follows from the municipality, or is not needed")
    draft.asked.add("reference-date")
    return _finished(draft, known)


def _use(draft: Draft, known: Answers | None) -> Guess:
    for column in draft.open:
        draft.ignore(column, "an empty column" if not column.filled else "it was not understood")
    return _finished(draft, known)


def _finished(draft: Draft, known: Answers | None) -> Guess:
    ask_year(draft) if "amount" in draft.entries else None
    if draft.evidence.table.layout.header_row == 0:
        draft.entries.setdefault("file", {})["header_row"] = 0
    if known:
        draft.asked -= answered(known)
    entries = {"title": _title(draft), **draft.entries}
    confidence = 1 - draft.doubts / max(len(draft.notes), 1)
    return Guess(_ordered(entries), tuple(draft.notes), draft.asks, confidence, draft.taken)


def answered(known: Answers) -> set[str]:
    """Return the questions that a person has answered already."""
    said = {
        "municipality": known.municipality or known.municipality_code,
        "fiscal-year": known.fiscal_year,
        "stage": known.stage,
        "direction": known.direction,
        "country": known.country_code,
        "currency": known.currency_code,
        "number-style": known.layout.style,
        "unit": known.unit,
        "data-grade": known.grade,
    }
    return {question for question, answer in said.items() if answer}


def _title(draft: Draft) -> str:
    above = [cell for _, cells in draft.evidence.table.above for cell in cells if cell]
    return (above[0] if above else draft.evidence.table.sheet or "Guessed mapping")[:80]


_PLACES = (
    "title", "fiscal_year", "fiscal_year_column", "file", "municipality", "line", "population", "use",
    "structure", "gender", "classification", "amount", "sum", "change", "row", "total", "ignored",
)  # fmt: skip


def _ordered(entries: dict[str, Any]) -> dict[str, Any]:
    return {name: entries[name] for name in _PLACES if name in entries}
