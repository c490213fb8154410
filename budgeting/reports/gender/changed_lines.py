"""Changed lines: the lines behind a part of the change since the year before, and why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from budgeting.model import Column, Money, Report, Text, plural_text, text
from budgeting.names import codes_of_line
from budgeting.reports.gender.changes import PARTS, overlaps_of, price_growth, weights
from budgeting.reports.gender.lines import LINES_PER_PAGE, inherited
from budgeting.reports.gender.money import WEIGHT_DIGITS
from budgeting.reports.gender.view import GenderView, Question, question
from budgeting.reports.gender.words import parameters
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import ZERO
from budgeting.translations import language as language_of

CHANGE_NUMBERS = ("before", *PARTS, "after", "change")
CHANGE_NAMES: Mapping[str, Text] = {
    "before": text("year before"),
    "price": text("price"),
    "volume": text("volume"),
    "reclassification": text("reclassification"),
    "new_lines": text("new lines"),
    "ended_lines": text("ended lines"),
    "after": text("this year"),
    "change": text("change"),
}
_SAID = pa.schema(
    [
        ("category", pa.string()),
        ("score", pa.string()),
        ("weight", pa.decimal128(20, WEIGHT_DIGITS)),
    ]
)


def build(store: Store, view: GenderView) -> Report:
    """Answer which lines make up a part of the change, the largest first, a hundred on a page.

    Returns
    -------
    Report
        Table ``lines``: one row per budget line that brings something to the part, with what it was
        marked as in both years, the reason, who said so and who read it. Fact ``total``: the sum of
        all pages, the number that was opened; nothing where there is no year to compare with.
    """
    asked = question(store, view)
    rows = _rows(store, asked)
    count = rows[0]["row_total"] if rows else 0
    unit = asked.where.year.currency_code
    total = Money(rows[0]["amount_total"] if rows else ZERO, unit)
    return Report(
        name="changed_lines",
        title=text("Which lines make up this number, and why?"),
        answer=plural_text(
            "{count} line, {total} in all.", "{count} lines, {total} in all.", count, total=total
        ),
        parameters={
            **parameters(asked),
            "part": view.part,
            "category": view.category,
            "page": str(view.page),
        },
        tables={"lines": table(_columns(asked), [_row(row, asked) for row in rows])},
        facts={
            "total": total.amount,
            "line_count": count,
            "row_count": count,
            "page_count": max(1, -(-count // LINES_PER_PAGE)),
            "is_fictional": asked.where.is_fictional,
            "currency": unit,
        },
        notes=fiction_note(asked.where),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _rows(store: Store, asked: Question) -> list[dict[str, Any]]:
    earlier, view = asked.where.year_before(asked.vintage), asked.view
    if earlier is None:
        return []
    found = overlaps_of(store, asked, earlier)
    counting = weights(found, asked)
    if view.category:
        counting = {key: Decimal(1) for key in counting if key[0] == view.category}
    rows: list[dict[str, Any]] = store.query(
        "changed_lines",
        earlier=earlier.vintage_id,
        later=asked.vintage.vintage_id,
        methodology=asked.methodology.code,
        version=asked.methodology.version,
        counting=pa.Table.from_pylist(
            [
                {"category": category, "score": score, "weight": counts}
                for (category, score), counts in counting.items()
            ],
            schema=_SAID,
        ),
        growth=price_growth(asked, earlier),
        part=view.part,
        row_limit=LINES_PER_PAGE,
        row_offset=(view.page - 1) * LINES_PER_PAGE,
    ).to_pylist()
    return rows


def _row(row: Mapping[str, Any], asked: Question) -> dict[str, Any]:
    written = language_of(asked.view.language)
    return {
        **{key: row[key] for key in ("label", "before", "after", "part", "reason", "confidence")},
        **{key: row[key] for key in ("author", "reviewer", "line_id")},
        "codes": codes_of_line(row["line_code"]),
        "category_before": _categories(row["earlier_categories"], asked),
        "category": _categories(row["later_categories"], asked),
        "inherited": written.say(inherited(row)) if row["subject"] else None,
        "mark_state": row["state"],
        "evidence_link": row["evidence_link"] or None,
    }


def _categories(codes: Sequence[str] | None, asked: Question) -> str | None:
    """Return the categories of a line in words; a line in two parts may have two."""
    say = language_of(asked.view.language).say
    return "; ".join(say(asked.methodology.category(code).labels) for code in codes or ()) or None


def _columns(asked: Question) -> tuple[Column, ...]:
    unit, part = asked.where.year.currency_code, asked.view.part
    amounts = {name: CHANGE_NAMES[name] for name in ("before", "after") if name != part}
    return (
        Column("label", text("budget line")),
        Column("codes", text("codes"), "code"),
        Column("part", CHANGE_NAMES[part], "money", unit),
        *(Column(name, label, "money", unit) for name, label in amounts.items()),
        Column("category_before", text("category the year before")),
        Column("category", text("category")),
        Column("inherited", text("mark")),
        Column("reason", text("reason")),
        Column("confidence", text("confidence"), "code"),
        Column("mark_state", text("state"), "code"),
        Column("author", text("author")),
        Column("reviewer", text("second reader")),
        Column("evidence_link", text("evidence"), "code"),
        Column("line_id", text("id"), "count", is_hidden=True),
    )
