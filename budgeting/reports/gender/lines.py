"""Marked lines: the lines behind a number of the gender overview, and why each is what it is."""

from collections.abc import Mapping
from typing import Any

from budgeting.model import Column, Money, Report, Text, plural_text, text
from budgeting.names import codes_of_line
from budgeting.reports.gender.money import NOT_SCREENED, OTHER_VERSION
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
        and who read it; what is not screened of a line is a row of its own. Fact ``total``: the sum
        of all pages, the number that was opened.
    """
    asked = question(store, view)
    known = members(store, asked.where, view.language)
    rows = _rows(store, asked, known)
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
            "category": view.category,
            "page": str(view.page),
        },
        tables={"lines": table(_columns(asked), [_row(row, asked, known) for row in rows])},
        facts={
            "total": total.amount,
            "row_count": count,
            "page_count": max(1, -(-count // LINES_PER_PAGE)),
            "is_fictional": asked.where.is_fictional,
            "currency": asked.where.year.currency_code,
        },
        notes=fiction_note(asked.where),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _rows(store: Store, asked: Question, known: Mapping[int, Member]) -> list[dict[str, Any]]:
    view = asked.view
    kept = kept_members(view.within, known)
    rows: list[dict[str, Any]] = store.query(
        "marked_lines",
        vintage_id=asked.vintage.vintage_id,
        methodology=asked.methodology.code,
        version=asked.methodology.version,
        categories=[category.code for category in asked.methodology.categories],
        category=view.category or None,
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
        "category": written.say(_category(row, asked)),
        "share": float(row["amount_share"]) if row["amount_share"] is not None else None,
        "inherited": written.say(_inherited(row)) if row["subject"] else None,
        "reason": row["reason"],
        "confidence": row["confidence"],
        "mark_state": row["state"],
        "author": row["author"],
        "reviewer": row["reviewer"],
        "evidence_link": row["evidence_link"],
        "line_id": row["line_id"],
    }


def _category(row: Mapping[str, Any], asked: Question) -> Any:
    if row["category"] == NOT_SCREENED:
        return NOT_SCREENED_NAME
    if row["category"] == OTHER_VERSION:
        return text(
            "{words}: {category} ({version})",
            words=OTHER_VERSION_NAME,
            category=row["marked_category"],
            version=row["methodology_version"],
        )
    return asked.methodology.category(row["category"]).labels


def _inherited(row: Mapping[str, Any]) -> Text:
    if row["subject"] == "line":
        return text("its own")
    if row["subject"] == "programme":
        return text("from programme {code}", code=row["subject_code"])
    return text("from organisation {code}", code=row["subject_code"])


def _columns(asked: Question) -> tuple[Column, ...]:
    return (
        Column("label", text("budget line")),
        Column("codes", text("codes"), "code"),
        Column("programme", text("programme")),
        Column("amount", text("amount"), "money", asked.where.year.currency_code),
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
