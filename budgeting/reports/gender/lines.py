"""Marked lines: the lines behind a number of the gender overview, and why each is what it is."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from budgeting.model import Column, Money, Report, Text, plural_text, text
from budgeting.names import codes_of_line
from budgeting.reports.gender.money import MarkedMoney, is_of_method, marked_money
from budgeting.reports.gender.numbers import counting_rows, has_rest
from budgeting.reports.gender.view import GenderView, Question, question
from budgeting.reports.gender.words import NOT_SCREENED_NAME, OTHER_VERSION_NAME, parameters
from budgeting.reports.narrowing import kept_members
from budgeting.reports.scope import Member, fiction_note, members, statement_source
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import ZERO
from budgeting.translations import language as language_of

LINES_PER_PAGE = 100


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
    said = counting_rows(asked, _money(store, asked, known))
    rows = _rows(store, asked, known, said)
    count = rows[0]["row_total"] if rows else 0
    lines = rows[0]["line_total"] if rows else 0  # a line in two parts has two rows
    total = Money(rows[0]["amount_total"] if rows else ZERO, asked.where.year.currency_code)
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
                _columns(asked, _is_in_part(said)), [_row(row, asked, known) for row in rows]
            )
        },
        facts={
            "total": total.amount,
            "line_count": lines,
            "row_count": count,
            "page_count": max(1, -(-count // LINES_PER_PAGE)),
            "is_fictional": asked.where.is_fictional,
            "currency": asked.where.year.currency_code,
        },
        notes=fiction_note(asked.where),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _money(store: Store, asked: Question, known: Mapping[int, Member]) -> MarkedMoney:
    kept = kept_members(asked.view.within, known)
    return marked_money(store, asked.vintage, asked.methodology, kept)


def _is_in_part(said: pa.Table) -> bool:
    return any(weight != 1 for weight in said["weight"].to_pylist())


def _rows(
    store: Store, asked: Question, known: Mapping[int, Member], said: pa.Table
) -> list[dict[str, Any]]:
    view = asked.view
    kept = kept_members(view.within, known)
    rows: list[dict[str, Any]] = store.query(
        "marked_lines",
        vintage_id=asked.vintage.vintage_id,
        methodology=asked.methodology.code,
        counting=said,
        has_rest=has_rest(asked),
        line_id=view.line,
        row_limit=LINES_PER_PAGE,
        row_offset=(view.page - 1) * LINES_PER_PAGE,
        **{f"{name}_ids": ids for name, ids in kept.items()},
    ).to_pylist()
    return rows


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
