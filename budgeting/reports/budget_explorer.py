"""Budget explorer: one year's budget broken down by any classification, within any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from budgeting.amounts import difference, execution_band, ratio, scaled, total_of
from budgeting.model import Report, Stage, Table, Vintage, text
from budgeting.names import codes_of_line
from budgeting.reports.explorer_view import UNKNOWN_PATH, View, parameters
from budgeting.reports.explorer_words import (
    STAGES,
    answer,
    base_year,
    breadcrumb,
    columns,
    move_columns,
    notes,
)
from budgeting.reports.narrowing import kept_members, shown_depth
from budgeting.reports.scope import (
    UNKNOWN_MEMBER,
    Member,
    Scope,
    members,
    scope,
    statement_source,
    unknown_label,
    vintage_id,
)
from budgeting.store import DIMENSIONS, Store

LINE = "line"
LINES_PER_PAGE = 100
_MONEY_COLUMNS = ("approved", "revised", "committed", "executed", "previous")


def build(store: Store, view: View) -> Report:
    """Answer a view.

    Returns
    -------
    Report
        Table ``groups``: one row per member (or budget line) with the four stages, the share of
        the chosen stage, the comparable amount of the year before and the change. Rows close: the
        fact ``total`` is the sum of all of them, "not known" included. Table ``moves``: the largest
        changes against the year before.
    """
    where = scope(store, view.municipality_code, view.fiscal_year, view.direction)
    known = members(store, where, view.language)
    view = replace(view, by=_usable_dimension(view, where, known))
    shown = {stage: where.newest(stage) for stage in STAGES}
    compared = where.year_before(shown[view.stage])
    factors = _factors(where, view, compared)
    rows, totals = _rows(store, view, known, shown, compared)
    rows = [_adjusted(row, factors) for row in rows]
    totals = _adjusted_totals(rows, totals, factors, view)
    is_closed = where.is_whole_year(shown[Stage.EXECUTED])
    rows = [_with_shares(row, view.stage, totals, is_closed) for row in rows]
    return Report(
        name="budget_explorer",
        title=text("Where does the money go, and what became of it?"),
        answer=answer(where, view, known, totals, shown[view.stage]),
        parameters=parameters(view),
        tables={
            "groups": Table(columns(where, view), _arrow(rows)),
            "moves": Table(move_columns(where), _arrow(_largest_moves(rows))),
        },
        facts={
            "total": totals[view.stage.value],
            **{f"total_{name}": totals[name] for name in _MONEY_COLUMNS},
            "line_count": totals["line_count"],
            "by": view.by,
            "breadcrumb": breadcrumb(view, known),
            "choices": _choices(view, where, known),
            "currency": where.year.currency_code,
            "is_fictional": where.is_fictional,
            "has_negative": any((row[view.stage.value] or 0) < 0 for row in rows),
            "is_closed": is_closed,
            "row_count": totals["row_count"],
            "page_count": -(-totals["row_count"] // LINES_PER_PAGE) if view.by == LINE else 1,
        },
        notes=notes(where, view, shown, compared),
        sources=tuple(statement_source(where, v) for v in (*shown.values(), compared) if v),
        data_version=store.data_version,
    )


def _usable_dimension(view: View, where: Scope, known: Mapping[int, Member]) -> str:
    """Return the dimension asked for, or the first that still divides the view."""
    options = _choices(view, where, known)
    return view.by if view.by in options else options[0]


def _choices(view: View, where: Scope, known: Mapping[int, Member]) -> tuple[str, ...]:
    """Return the dimensions that can divide the view further; the lines themselves always can."""
    used = {member.dimension for member in known.values()}
    narrowed = dict(view.within)
    options = []
    for dimension in DIMENSIONS:
        if dimension not in used or narrowed.get(dimension) == UNKNOWN_PATH:
            continue
        if dimension in narrowed and not _children(dimension, narrowed[dimension], known):
            continue
        options.append(dimension)
    return (*options, LINE)


def _children(dimension: str, path: str, known: Mapping[int, Member]) -> bool:
    return any(
        member.dimension == dimension and member.path_code.startswith(path + "/")
        for member in known.values()
    )


def _rows(
    store: Store,
    view: View,
    known: Mapping[int, Member],
    shown: Mapping[Stage, Vintage | None],
    compared: Vintage | None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Ask the store; return the rows to show and the totals of all rows."""
    bound: dict[str, Any] = {stage.value: vintage_id(v) for stage, v in shown.items()}
    kept = kept_members(view.within, known)
    bound |= {
        "compared": vintage_id(compared),
        **{f"{name}_ids": ids for name, ids in kept.items()},
    }
    bound["measure"] = bound[view.stage.value]
    words = folded_words(store, view.words)
    searched = {
        "municipality_code": view.municipality_code,
        "direction": view.direction.value,
        "fiscal_year": view.fiscal_year,
        "words": words,
    }
    if view.by == LINE:
        return _line_rows(store, view, bound | searched)
    bound |= {"dimension": view.by, "depth": shown_depth(view.by, view.within)}
    found = (
        store.query("explore_search", **bound, **searched)
        if words
        else store.query("explore", **bound)
    ).to_pylist()
    rows = [_named(row, known, view) for row in found]
    rows.sort(key=lambda row: (row["member_id"] == UNKNOWN_MEMBER, -(row[view.stage.value] or 0)))
    totals = {name: total_of(row[name] for row in rows) for name in _MONEY_COLUMNS}
    counts = {"line_count": sum(row["line_count"] or 0 for row in rows), "row_count": len(rows)}
    return rows, totals | counts


def folded_words(store: Store, words: str) -> list[str]:
    """Return the words of a search as they are compared."""
    if not words.strip():
        return []
    folded: str = store.query("folded", words=words).to_pylist()[0]["folded"]
    return folded.split()


def _named(row: dict[str, Any], known: Mapping[int, Member], view: View) -> dict[str, Any]:
    member = known.get(row["member_id"])
    if member is None:
        return {**row, "code": "", "path_code": UNKNOWN_PATH, "label": unknown_label(view.language)}
    return {**row, "code": member.code, "path_code": member.path_code, "label": member.label}


def _line_rows(
    store: Store, view: View, bound: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    rows = store.query(
        "explore_lines",
        **bound,
        row_limit=LINES_PER_PAGE,
        row_offset=(view.page - 1) * LINES_PER_PAGE,
    ).to_pylist()
    if not rows and view.page > 1:  # fewer lines than the page of an older link
        return _line_rows(store, replace(view, page=1), bound)
    first = rows[0] if rows else {}
    totals = {name: first.get(f"{name}_total") for name in _MONEY_COLUMNS}
    named = [
        {
            **{name: row[name] for name in _MONEY_COLUMNS},
            "member_id": row["line_id"],
            "code": codes_of_line(row["line_code"]),
            "path_code": str(row["line_id"]),
            "label": row["label"],
            "line_count": 1,
        }
        for row in rows
    ]
    return named, totals | {
        "line_count": first.get("line_total", 0),
        "row_count": first.get("row_total", 0),
    }


@dataclass(frozen=True, slots=True)
class _Factors:
    """What amounts are multiplied by; None where a figure for it is not known."""

    shown: Decimal | None
    previous: Decimal | None


def _factors(where: Scope, view: View, compared: Vintage | None) -> _Factors:
    earlier = where.years.get(compared.fiscal_year) if compared else None
    factors = []
    for year in (where.year, earlier):
        factor: Decimal | None = Decimal(1)
        if year and view.has_constant_prices:
            base = where.years[base_year(where)].price_index if base_year(where) else None
            factor = base / year.price_index if base and year.price_index else None
        if year and view.is_per_resident:
            factor = factor / year.people if factor and year.people else None
        factors.append(factor)
    if factors[0] is None:  # a year before beside “not known” would have no base that is named
        return _Factors(None, None)
    return _Factors(*factors)


def _adjusted(row: dict[str, Any], factors: _Factors) -> dict[str, Any]:
    return {
        **row,
        **{
            name: scaled(row[name], factors.previous if name == "previous" else factors.shown)
            for name in _MONEY_COLUMNS
        },
    }


def _adjusted_totals(
    rows: Sequence[dict[str, Any]], totals: dict[str, Any], factors: _Factors, view: View
) -> dict[str, Any]:
    """Return the totals; of amounts at constant prices they are the sum of the rows as shown.

    Each row is rounded to the cent, so the rows would not close otherwise. Amounts per resident
    are rates, which do not add up, and a page of lines is not all of them.
    """
    if view.by == LINE or view.is_per_resident:
        return _adjusted(totals, factors)
    return totals | {name: total_of(row[name] for row in rows) for name in _MONEY_COLUMNS}


def _with_shares(
    row: dict[str, Any], stage: Stage, totals: Mapping[str, Any], is_closed: bool
) -> dict[str, Any]:
    amount, total, previous = row[stage.value], totals[stage.value], row["previous"]
    change = difference(amount, previous)
    return {
        **row,
        "share": ratio(amount, total),
        "execution": ratio(row["executed"], row["revised"]),
        "band": execution_band(row["executed"], row["approved"]) if is_closed else None,
        "change": change,
        "change_share": ratio(change, previous),
    }


def _largest_moves(rows: Sequence[dict[str, Any]], count: int = 5) -> list[dict[str, Any]]:
    moved = [row for row in rows if row["change"]]
    return sorted(moved, key=lambda row: -abs(row["change"]))[:count]


_SCHEMA = pa.schema(
    [
        ("member_id", pa.int64()),
        ("path_code", pa.string()),
        ("code", pa.string()),
        ("label", pa.string()),
        *[(name, pa.decimal128(38, 2)) for name in _MONEY_COLUMNS],
        ("change", pa.decimal128(38, 2)),
        ("share", pa.float64()),
        ("execution", pa.float64()),
        ("change_share", pa.float64()),
        ("band", pa.int8()),
        ("line_count", pa.int64()),
    ]
)


def _arrow(rows: Sequence[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=_SCHEMA)
