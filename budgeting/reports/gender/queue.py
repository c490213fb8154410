"""Classification queue: which budget lines are not screened yet, and what the others are marked as."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from budgeting.amounts import ratio
from budgeting.methodologies import rule_fingerprint
from budgeting.model import Column, Direction, Report, Share, Table, Text, plural_text, text
from budgeting.names import codes_of_line, dimension_name
from budgeting.reports.budget_explorer import folded_words
from budgeting.reports.gender.queue_view import (
    LINE,
    Queue,
    QueueView,
    on_page,
    parameters,
    resolved,
)
from budgeting.reports.gender.words import rules_edited
from budgeting.reports.narrowing import kept_members, shown_depth
from budgeting.reports.scope import (
    UNKNOWN_MEMBER,
    Member,
    fiction_note,
    members,
    statement_source,
    unknown_label,
    vintage_id,
)
from budgeting.store import Store

LINES_PER_PAGE = 100
EVERY_LINE = 2**40
_MONEY = pa.decimal128(38, 2)
_ROWS = pa.schema(
    [
        ("subject", pa.string()),
        ("subject_code", pa.string()),
        ("code", pa.string()),
        ("label", pa.string()),
        ("programme", pa.string()),
        ("organisation", pa.string()),
        ("function", pa.string()),
        ("line_count", pa.int64()),
        ("open_count", pa.int64()),
        ("inheriting_count", pa.int64()),
        ("inheriting_amount", _MONEY),
        ("amount", _MONEY),
        ("not_screened", _MONEY),
        ("category", pa.string()),
        ("categories", pa.list_(pa.string())),
        ("marked_subject", pa.string()),
        ("inherited_from", pa.string()),
        ("mark_state", pa.string()),
        ("confidence", pa.string()),
        ("version", pa.string()),
        ("author", pa.string()),
        ("reason", pa.string()),
        ("mark_id", pa.int64()),
        ("classification_id", pa.int64()),
    ]
)


def build(store: Store, asked: QueueView) -> Report:
    """Answer what is left to classify.

    Returns
    -------
    Report
        Table ``queue``: one row per budget line, or per member where it is grouped; not wholly
        screened first, largest amount first. The facts ``all_count`` to ``older_count`` count the
        lines of the whole statement, ``row_count`` those found; ``newest_mark_id`` is what a
        reader of this report has seen.
    """
    queue = resolved(store, asked)
    known = members(store, queue.where, asked.view.language)
    bound = _bound(store, queue, known)
    progress = _progress(store, queue)
    if asked.view.by == LINE:
        rows, found = _lines(store, queue, bound, known)
    else:
        rows, found = _groups(store, queue, bound, known)
    return Report(
        name="classification_queue",
        title=text("Which budget lines are not screened yet?"),
        answer=_answer(queue, progress),
        parameters=parameters(queue),
        tables={"queue": Table(_columns(queue), pa.Table.from_pylist(rows, schema=_ROWS))},
        facts={
            **progress,
            **found,
            "currency": queue.where.year.currency_code,
            "is_fictional": queue.where.is_fictional,
            "page_count": -(-found["row_count"] // LINES_PER_PAGE),
        },
        notes=(*_notes(queue, progress), *fiction_note(queue.where)),
        sources=(statement_source(queue.where, queue.vintage),) if queue.vintage else (),
        data_version=store.data_version,
    )


def lines_found(store: Store, asked: QueueView) -> pa.Table:
    """Return every line that a view finds, one row each, whatever page of them it shows.

    Columns are those of a subject of a mark (direction, subject, subject_code), amount, and of the
    mark in force mark_state and classification_id.
    """
    queue = resolved(store, asked)
    bound = _bound(store, queue, members(store, queue.where, asked.view.language))
    found = store.query("queue_lines", **bound, row_limit=EVERY_LINE, row_offset=0)
    count = found.num_rows
    return pa.table(
        {
            "direction": pa.repeat(pa.scalar(asked.view.direction.value), count),
            "subject": pa.repeat(pa.scalar(LINE), count),
            "subject_code": found["line_code"],
            "amount": found["amount"],
            "mark_state": found["state"],
            "classification_id": found["classification_id"],
        }
    )


def _bound(store: Store, queue: Queue, known: Mapping[int, Member]) -> dict[str, Any]:
    """Return the parameters that both questions of the queue have."""
    view = queue.asked.view
    words = folded_words(store, view.words)
    return {
        **_rules(queue),
        "show": queue.asked.show,
        "has_words": bool(words),
        "batch_found": _found(store, queue, words),
        **{f"{name}_ids": ids for name, ids in kept_members(view.within, known).items()},
    }


def _found(store: Store, queue: Queue, words: list[str]) -> pa.Table:
    """Return the lines in which all folded words are found; none without words."""
    view = queue.asked.view
    if not words:
        return pa.table({"line_year_id": pa.array([], pa.int64())})
    return store.query(
        "found_line_years",
        municipality_code=view.municipality_code,
        direction=view.direction.value,
        fiscal_year=view.fiscal_year,
        words=words,
    )


def _rules(queue: Queue) -> dict[str, Any]:
    return {
        "vintage_id": vintage_id(queue.vintage),
        "methodology": queue.methodology.code,
        "version": queue.methodology.version,
        "rules": rule_fingerprint(queue.methodology),
        "again": list(queue.methodology.queue_categories) or [""],
    }


def _progress(store: Store, queue: Queue) -> dict[str, Any]:
    rules = _rules(queue)
    rules["again"] = tuple(rules["again"])
    row = _progress_of(
        store, store.budget_state, queue.asked.view.municipality_code, *rules.items()
    )
    return {**row, "screened_share": ratio(row["amount"] - row["not_screened"], row["amount"])}


@lru_cache(maxsize=64)  # the same for every filter and page of a queue
def _progress_of(
    store: Store, _state: str, municipality_code: str, *rules: tuple[str, Any]
) -> Mapping[str, Any]:
    given = {name: list(one) if isinstance(one, tuple) else one for name, one in rules}
    found: dict[str, Any] = store.query(
        "screening_progress", municipality_code=municipality_code, **given
    ).to_pylist()[0]
    return found


# --- rows -----------------------------------------------------------------


def _lines(
    store: Store, queue: Queue, bound: Mapping[str, Any], known: Mapping[int, Member]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    view = queue.asked.view
    offset = (view.page - 1) * LINES_PER_PAGE
    rows = store.query(
        "queue_lines", **bound, row_limit=LINES_PER_PAGE, row_offset=offset
    ).to_pylist()
    if not rows and view.page > 1:  # fewer lines than the page of an older link
        return _lines(store, on_page(queue, 1), bound, known)
    first = rows[0] if rows else {}
    found = {
        "row_count": first.get("row_total", 0),
        "found_lines": first.get("row_total", 0),
        "found_open": first.get("open_total", 0),
        "found_amount": first.get("amount_total", Decimal(0)),
        "found_not_screened": first.get("not_screened_total", Decimal(0)),
    }
    paths = {(one.dimension, one.path_code): one for one in known.values()}
    return [_line(row, known, paths, view.language) for row in rows], found


def _line(
    row: Mapping[str, Any],
    known: Mapping[int, Member],
    paths: Mapping[tuple[str, str], Member],
    language: str,
) -> dict[str, Any]:
    is_inherited = row["subject"] not in (None, LINE)
    owner = paths.get((row["subject"], row["subject_code"])) if is_inherited else None
    return {
        **_mark(row),
        "subject": LINE,
        "subject_code": row["line_code"],
        "code": codes_of_line(row["line_code"]),
        "label": row["label"],
        **{
            name: _named(known.get(row[f"{name}_id"]), language)
            for name in ("programme", "organisation", "function")
        },
        "line_count": 1,
        "open_count": int(row["is_open"]),
        "amount": row["amount"],
        "not_screened": row["not_screened"],
        "marked_subject": row["subject"],
        "inherited_from": _named(owner, language) if is_inherited else None,
    }


def _mark(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("confidence", "author", "reason", "mark_id", "classification_id")
    categories = list(dict.fromkeys(row["categories"] or ()))
    return {name: row[name] for name in names} | {
        "category": " + ".join(categories) or None,
        "categories": categories,
        "mark_state": row["state"],
        "version": row["methodology_version"],
    }


def _named(member: Member | None, language: str) -> str:
    return f"{member.code} {member.label}" if member else unknown_label(language)


def _groups(
    store: Store, queue: Queue, bound: Mapping[str, Any], known: Mapping[int, Member]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    view = queue.asked.view
    depth = shown_depth(view.by, view.within)
    rows = store.query(
        "queue_groups", **bound, dimension=view.by, subject=view.by, depth=depth
    ).to_pylist()
    marks = _marks_of_members(store, queue)
    found = {
        "row_count": len(rows),
        "found_lines": sum(row["line_count"] for row in rows),
        "found_open": sum(row["open_count"] for row in rows),
        "found_amount": sum((row["amount"] for row in rows), Decimal(0)),
        "found_not_screened": sum((row["not_screened"] for row in rows), Decimal(0)),
    }
    return [_group(row, view.by, known, marks, view.language) for row in rows], found


def _marks_of_members(store: Store, queue: Queue) -> dict[str, dict[str, Any]]:
    view = queue.asked.view
    rows = store.query(
        "marks_of_members",
        municipality_code=view.municipality_code,
        direction=view.direction.value,
        subject=view.by,
        methodology=queue.methodology.code,
        fiscal_year=view.fiscal_year,
        stage=view.stage.value,
    ).to_pylist()
    return {row["subject_code"]: row for row in rows}


def _group(
    row: Mapping[str, Any],
    by: str,
    known: Mapping[int, Member],
    marks: Mapping[str, dict[str, Any]],
    language: str,
) -> dict[str, Any]:
    member = known.get(row["member_id"])
    path = member.path_code if member and row["member_id"] != UNKNOWN_MEMBER else "?"
    own = marks.get(path)
    return {
        **(_mark(own) if own else {}),
        "subject": by,
        "subject_code": path,
        "code": member.code if member else "",
        "label": member.label if member else unknown_label(language),
        "line_count": row["line_count"],
        **{name: row[name] for name in ("open_count", "inheriting_count", "inheriting_amount")},
        "amount": row["amount"],
        "not_screened": row["not_screened"],
        "marked_subject": by if own else None,
    }


# --- words ----------------------------------------------------------------


def _columns(queue: Queue) -> tuple[Column, ...]:
    by, currency = queue.asked.view.by, queue.where.year.currency_code
    is_line = by == LINE
    hidden = {"line_count", "open_count"} if is_line else {"programme", "organisation", "function"}
    hidden |= set() if is_line else {"inherited_from"}
    named: dict[str, tuple[Text, Any, str]] = {
        "code": (text("code"), "code", ""),
        "label": (dimension_name(by), "text", ""),
        "programme": (dimension_name("programme"), "text", ""),
        "organisation": (dimension_name("organisation"), "text", ""),
        "function": (dimension_name("function"), "text", ""),
        "line_count": (text("lines"), "count", ""),
        "open_count": (text("lines left"), "count", ""),
        "amount": (text("amount"), "money", currency),
        "not_screened": (text("not screened"), "money", currency),
        "category": (text("category"), "code", ""),
        "inherited_from": (text("inherited from"), "text", ""),
        "mark_state": (text("state"), "code", ""),
        "confidence": (text("confidence"), "code", ""),
        "version": (text("version"), "code", ""),
        "author": (text("author"), "text", ""),
        "reason": (text("reason"), "text", ""),
    }
    return tuple(
        Column(key, *named[key], is_hidden=key in hidden) for key in _ROWS.names if key in named
    )


def _answer(queue: Queue, progress: Mapping[str, Any]) -> Text:
    count, left = progress["all_count"], progress["open_count"]
    if queue.vintage is None or not count:
        return text("There are no amounts of this stage. Choose another stage, or import it.")
    if not left:
        return plural_text("The one line is screened.", "All {count} lines are screened.", count)
    if progress["screened_share"] is None:
        return plural_text("One line is left.", "{count} lines are left.", left)
    return plural_text(
        "{share} of the money is screened; one line is left.",
        "{share} of the money is screened; {count} lines are left.",
        left,
        share=Share(progress["screened_share"]),
    )


def _notes(queue: Queue, progress: Mapping[str, Any]) -> tuple[Text, ...]:
    rules = queue.methodology
    notes = [
        text(
            "Methodology: {name}, version {version}. {source}",
            name=rules.labels,
            version=rules.version,
            source=rules.source,
        ),
        text("Amounts count under the convention “{name}”.", name=queue.convention.labels),
    ]
    if progress["edited_count"]:
        notes.append(rules_edited(progress["edited_count"]))
    if not rules.is_fully_verified:
        notes.append(
            text(
                "Parts of this methodology were written from general knowledge, not read in the source."
            )
        )
    if queue.where.direction is Direction.REVENUE:
        notes.append(text("Revenue is marked by itself and never added to expenditure."))
    return tuple(notes)
