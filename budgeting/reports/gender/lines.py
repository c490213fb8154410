"""Marked lines: the lines behind a number of the gender overview, and why each is what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import numpy as np

from budgeting.methodologies import files_state
from budgeting.model import Column, Money, Report, Text, plural_text, text
from budgeting.names import codes_of_line
from budgeting.once import once
from budgeting.reports.gender.money import is_of_method, marked_money
from budgeting.reports.gender.numbers import counting_rows, has_rest
from budgeting.reports.gender.pieces import (
    Pieces,
    Places,
    cents,
    pieces_of,
    words_of_lines,
    words_of_marks,
)
from budgeting.reports.gender.view import GenderView, Question, question
from budgeting.reports.gender.words import NOT_SCREENED_NAME, OTHER_VERSION_NAME, parameters
from budgeting.reports.narrowing import kept_members
from budgeting.reports.scope import Member, fiction_note, members, statement_source
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.translations import language as language_of

LINES_PER_PAGE = 50
_MOST_READ_AHEAD = 5_000
_MOST_KEPT = 3_000_000  # places of pieces, of 8 bytes each
_UNMARKED = dict.fromkeys(
    (
        *("subject", "subject_code", "methodology_version", "category", "amount_share", "state"),
        *("evidence_link", "reason", "confidence", "author", "reviewer"),
    )
)


def build(store: Store, view: GenderView) -> Report:
    """Answer which lines make up a number, the largest first, `LINES_PER_PAGE` on a page.

    Returns
    -------
    Report
        Table ``lines``: one row per budget line and part of its mark, with the reason, who said so
        and who read it; what is not screened of a line is a row of its own. Where the number counts
        some of it in part, ``counted`` is what each brings. Fact ``total``: the sum of all pages, the
        number that was opened.
    """
    asked = question(store, view)
    known = members(store, asked.where, view.language)
    opened = _opened(store, view)
    total = Money(opened.total, asked.where.year.currency_code)
    lines = opened.line_count
    return Report(
        name="marked_lines",
        title=text("Which lines make up this number, and why?"),
        answer=plural_text(
            "{count} line, {total} in all.", "{count} lines, {total} in all.", lines, total=total
        ),
        parameters={
            **parameters(asked),
            "number": view.number,
            "category": view.category,
            "line": view.line,
            "page": str(view.page),
        },
        tables={
            "lines": table(
                _columns(asked, opened.is_in_part),
                [_row(row, asked, known) for row in _rows(store, opened, view.page)],
            )
        },
        facts={
            "total": total.amount,
            "line_count": lines,
            "row_count": len(opened.places),
            "page_count": max(1, -(-len(opened.places) // LINES_PER_PAGE)),
            "is_fictional": asked.where.is_fictional,
            "currency": asked.where.year.currency_code,
        },
        notes=fiction_note(asked.where),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    """A number opened: its pieces by their places, and what each counts for, by what its mark says.

    ``total`` is the number itself; a line in two parts counts once in ``line_count``.
    """

    pieces: Pieces
    places: Places
    weights: Sequence[Decimal]
    total: Decimal
    line_count: int

    def __len__(self) -> int:
        return len(self.places)

    @property
    def is_in_part(self) -> bool:
        """Whether something counts in part."""
        return any(weight not in (0, 1) for weight in self.weights)


def _opened(store: Store, view: GenderView) -> _Opened:
    """Return a number opened, kept for its pages and until budget, marks or methodology change."""
    what = replace(view, by="function", table=None, part="change", page=1)
    return _kept_opened(store, (store.budget_state, files_state()), what)


@once(maxsize=_MOST_KEPT, weight=len)
def _kept_opened(store: Store, _state: object, view: GenderView) -> _Opened:
    asked = question(store, view)
    kept = kept_members(view.within, members(store, asked.where, view.language))
    said = counting_rows(asked, marked_money(store, asked.vintage, asked.methodology, kept))
    pieces = pieces_of(store, asked.vintage, asked.methodology)
    weights = pieces.weights(said.to_pylist(), rest=int(has_rest(asked)))
    chosen = pieces.within(kept) & pieces.weighing(weights)
    if asked.view.line is not None:
        chosen &= pieces.line == asked.view.line
    places = np.flatnonzero(chosen)
    total = cents(pieces.weighted(places, weights))
    return _Opened(pieces, places, weights, total, pieces.line_count(places))


def _rows(store: Store, opened: _Opened, page: int) -> list[dict[str, Any]]:
    """Return the rows of a page, with their words."""
    first = (page - 1) * LINES_PER_PAGE
    before = opened.pieces.weighted(opened.places[:first], opened.weights)
    shown = opened.places[first : first + LINES_PER_PAGE]
    rows = list(opened.pieces.rows(shown, opened.weights, before))
    lines = words_of_lines(store, (row["line_year"] for row in rows))
    marks = words_of_marks(store, (row["mark"] for row in rows))
    return [{**lines[row["line_year"]], **marks.get(row["mark"], _UNMARKED), **row} for row in rows]


def read_first_words(store: Store, view: GenderView) -> None:
    """Read the words of the first page of everything that marks say, so that none waits for them.

    They stand far apart in a large ledger, and to read a hundred takes as long as to read a thousand.
    """
    asked = question(store, view)
    pieces = pieces_of(store, asked.vintage, asked.methodology)
    firsts = [
        np.flatnonzero(pieces.said == said)[:LINES_PER_PAGE]
        for said in range(len(pieces.sayings) + 1)
    ]
    places = np.concatenate(firsts)[:_MOST_READ_AHEAD]
    words_of_lines(store, pieces.line_year[places].tolist())
    words_of_marks(store, pieces.mark[places].tolist())


def _row(row: Mapping[str, Any], asked: Question, known: Mapping[int, Member]) -> dict[str, Any]:
    programme = known.get(row["programme_id"])
    written = language_of(asked.view.language)
    return {
        "label": row["label"],
        "codes": codes_of_line(row["line_code"]),
        "programme": programme.label if programme else None,
        "amount": row["amount"],
        "weight": float(row["weight"]),
        "counted": row["counted"],
        "category": written.say(_category(row, asked)),
        "share": float(row["amount_share"]) if row["amount_share"] is not None else None,
        "inherited": written.say(inherited(row)) if row["subject"] else None,
        "reason": row["reason"],
        "confidence": row["confidence"],
        "mark_state": row["state"],
        "author": row["author"],
        "reviewer": row["reviewer"],
        "evidence_link": row["evidence_link"] or None,
        "line_id": row["line_id"],
    }


def _category(row: Mapping[str, Any], asked: Question) -> Any:
    if row["category"] is None:
        return NOT_SCREENED_NAME
    if is_of_method(row, asked.methodology):
        return asked.methodology.category(row["category"]).labels
    return text(
        "{words}: {category} ({version})",
        words=OTHER_VERSION_NAME,
        category=row["category"],
        version=row["methodology_version"],
    )


def inherited(row: Mapping[str, Any]) -> Text:
    """Return whose mark counts for a line: its own, its programme's or its organisation's."""
    if row["subject"] == "line":
        return text("its own")
    if row["subject"] == "programme":
        return text("from programme {code}", code=row["subject_code"])
    return text("from organisation {code}", code=row["subject_code"])


def _columns(asked: Question, is_in_part: bool) -> tuple[Column, ...]:
    unit = asked.where.year.currency_code
    counted = (
        Column("weight", text("counts for"), "share"),
        Column("counted", text("counted"), "money", unit),
    )
    return (
        Column("label", text("budget line")),
        Column("codes", text("codes"), "code"),
        Column("programme", text("programme")),
        Column("amount", text("amount"), "money", unit),
        *(counted if is_in_part else ()),
        Column("category", text("category")),
        Column("share", text("share of the amount"), "share"),
        Column("inherited", text("mark")),
        Column("reason", text("reason")),
        Column("confidence", text("confidence"), "code"),
        Column("mark_state", text("state"), "code"),
        Column("author", text("author")),
        Column("reviewer", text("second reader")),
        Column("evidence_link", text("evidence"), "code"),
        Column("line_id", text("id"), "count", is_hidden=True),
    )
