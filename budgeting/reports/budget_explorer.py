"""Budget explorer: one year's budget broken down by any classification, within any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from urllib.parse import quote, unquote

import pyarrow as pa

from budgeting.errors import NotFound
from budgeting.model import Column, Direction, Money, Report, Share, Stage, Table, Text, Vintage, text
from budgeting.reports.scope import (
    UNKNOWN_MEMBER,
    Member,
    Scope,
    dimension_name,
    fiction_note,
    members,
    scope,
    stage_name,
    statement_source,
    unknown_label,
    vintage_id,
)
from budgeting.store import DIMENSIONS, Store

STAGES = (Stage.APPROVED, Stage.REVISED, Stage.COMMITTED, Stage.EXECUTED)
LINE = "line"
LINES_PER_PAGE = 100
UNKNOWN_PATH = "?"
CENT = Decimal("0.01")
# House rule, after the zones of PEFA's PI-1: how far the outturn is from the approved budget.
EXECUTION_BANDS = (Decimal("0.05"), Decimal("0.10"), Decimal("0.15"))
_MONEY_COLUMNS = ("approved", "revised", "committed", "executed", "previous")


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose; every field has its place in the page's address.

    ``within`` are the members drilled into, (dimension, path code) each, "?" for not known;
    ``by`` a dimension or ``line``; ``base_year`` the year of constant prices, None for nominal.
    """

    municipality_code: str
    fiscal_year: int
    direction: Direction = Direction.EXPENDITURE
    stage: Stage = Stage.REVISED
    by: str = "function"
    within: tuple[tuple[str, str], ...] = ()
    words: str = ""
    has_constant_prices: bool = False
    is_per_resident: bool = False
    page: int = 1
    language: str = "en"


def read_path(written: str) -> tuple[tuple[str, str], ...]:
    """Return the members of an address part such as ``programme:2001~fund:01``.

    Examples
    --------
    >>> read_path("programme:2001~fund:01")
    (('programme', '2001'), ('fund', '01'))
    """
    steps = [step.partition(":") for step in written.split("~") if step]
    return tuple((name, unquote(code)) for name, _, code in steps if name in DIMENSIONS)


def write_path(within: Sequence[tuple[str, str]]) -> str:
    """Return the address part of `within`; the inverse of `read_path`."""
    return "~".join(f"{name}:{quote(code, safe='/')}" for name, code in within)


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
    rows, totals = _rows(store, view, where, known, shown, compared)
    rows = [_adjusted(row, factors) for row in rows]
    totals = _adjusted_totals(rows, totals, factors, view)
    is_closed = where.is_whole_year(shown[Stage.EXECUTED])
    rows = [_with_shares(row, view.stage, totals, is_closed) for row in rows]
    return Report(
        name="budget_explorer",
        title=text("Where does the money go, and what became of it?"),
        answer=_answer(where, view, known, totals, shown[view.stage]),
        parameters=_parameters(view),
        tables={
            "groups": Table(_columns(where, view), _arrow(rows)),
            "moves": Table(_move_columns(where), _arrow(_largest_moves(rows))),
        },
        facts={
            "total": totals[view.stage.value],
            **{f"total_{name}": totals[name] for name in _MONEY_COLUMNS},
            "line_count": totals["line_count"],
            "by": view.by,
            "breadcrumb": _breadcrumb(view, known),
            "choices": _choices(view, where, known),
            "currency": where.year.currency_code,
            "is_fictional": where.is_fictional,
            "has_negative": any((row[view.stage.value] or 0) < 0 for row in rows),
            "is_closed": is_closed,
            "page_count": -(-totals["line_count"] // LINES_PER_PAGE) if view.by == LINE else 1,
        },
        notes=_notes(where, view, shown, compared),
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


def _narrowing(view: View, known: Mapping[int, Member]) -> dict[str, list[int] | None]:
    """Return for each dimension the member ids to keep, None for all."""
    kept: dict[str, list[int] | None] = {f"{name}_ids": None for name in DIMENSIONS}
    for dimension, path in view.within:
        if path == UNKNOWN_PATH:
            kept[f"{dimension}_ids"] = [UNKNOWN_MEMBER]
            continue
        ids = [
            member.member_id
            for member in known.values()
            if member.dimension == dimension
            and (member.path_code == path or member.path_code.startswith(path + "/"))
        ]
        if not ids:
            raise NotFound(
                text(
                    "{dimension} {code} does not occur in this budget.",
                    dimension=dimension_name(dimension),
                    code=path,
                )
            )
        kept[f"{dimension}_ids"] = ids
    return kept


def _rows(
    store: Store,
    view: View,
    where: Scope,
    known: Mapping[int, Member],
    shown: Mapping[Stage, Vintage | None],
    compared: Vintage | None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Ask the store; return the rows to show and the totals of all rows."""
    bound: dict[str, Any] = {stage.value: vintage_id(v) for stage, v in shown.items()}
    bound |= {"compared": vintage_id(compared), **_narrowing(view, known)}
    bound["measure"] = bound[view.stage.value]
    words = _folded_words(store, view.words)
    searched = {
        "municipality_code": view.municipality_code,
        "direction": view.direction.value,
        "fiscal_year": view.fiscal_year,
        "words": words,
    }
    if view.by == LINE:
        return _line_rows(store, view, bound | searched)
    depth = 1 + dict(view.within).get(view.by, "/").strip("/").count("/")
    depth += 1 if view.by in dict(view.within) else 0
    bound |= {"dimension": view.by, "depth": depth}
    found = (
        store.query("explore_search", **bound, **searched) if words else store.query("explore", **bound)
    ).to_pylist()
    rows = [_named(row, known, view) for row in found]
    rows.sort(key=lambda row: (row["member_id"] == UNKNOWN_MEMBER, -(row[view.stage.value] or 0)))
    totals = {name: _sum(row[name] for row in rows) for name in _MONEY_COLUMNS}
    return rows, totals | {"line_count": sum(row["line_count"] or 0 for row in rows)}


def _folded_words(store: Store, words: str) -> list[str]:
    if not words.strip():
        return []
    folded: str = store.query("folded", words=words).to_pylist()[0]["folded"]
    return folded.split()[:6]


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
    first = rows[0] if rows else {}
    totals = {name: first.get(f"{name}_total") for name in _MONEY_COLUMNS}
    named = [
        {
            **{name: row[name] for name in _MONEY_COLUMNS},
            "member_id": row["line_id"],
            "code": _codes(row["line_code"]),
            "path_code": str(row["line_id"]),
            "label": row["label"],
            "line_count": 1,
        }
        for row in rows
    ]
    return named, totals | {"line_count": first.get("line_total", 0)}


def _codes(line_code: str) -> str:
    """Return the codes of a line without their dimensions' names."""
    parts = [part.partition("=") for part in line_code.split(";")]
    return " · ".join(code for name, _, code in parts if code and name != "label")


def _sum(amounts: Any) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


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
    return _Factors(*factors)


def base_year(where: Scope) -> int:
    """Return the year of constant prices: the newest with an index; 0 where no year has one."""
    return max((year for year, entry in where.years.items() if entry.price_index), default=0)


def _adjusted(row: dict[str, Any], factors: _Factors) -> dict[str, Any]:
    adjusted = dict(row)
    for name in _MONEY_COLUMNS:
        factor = factors.previous if name == "previous" else factors.shown
        amount = row[name]
        known = amount is not None and factor is not None
        adjusted[name] = (amount * factor).quantize(CENT, ROUND_HALF_EVEN) if known else None
    return adjusted


def _adjusted_totals(
    rows: Sequence[dict[str, Any]], totals: dict[str, Any], factors: _Factors, view: View
) -> dict[str, Any]:
    """Return the totals; of amounts at constant prices they are the sum of the rows as shown.

    Each row is rounded to the cent, so the rows would not close otherwise. Amounts per resident
    are rates, which do not add up, and a page of lines is not all of them.
    """
    if view.by == LINE or view.is_per_resident:
        return _adjusted(totals, factors)
    return totals | {name: _sum(row[name] for row in rows) for name in _MONEY_COLUMNS}


def _with_shares(
    row: dict[str, Any], stage: Stage, totals: Mapping[str, Any], is_closed: bool
) -> dict[str, Any]:
    amount, total, previous = row[stage.value], totals[stage.value], row["previous"]
    change = amount - previous if amount is not None and previous is not None else None
    return {
        **row,
        "share": _ratio(amount, total),
        "execution": _ratio(row["executed"], row["revised"]),
        "band": _band(row["executed"], row["approved"]) if is_closed else None,
        "change": change,
        "change_share": _ratio(change, previous),
    }


def _ratio(part: Decimal | None, whole: Decimal | None) -> float | None:
    """Return part / whole; not known where the whole is missing, zero or negative."""
    return float(part / whole) if part is not None and whole is not None and whole > 0 else None


def _band(executed: Decimal | None, approved: Decimal | None) -> int | None:
    """Return 0 to 3: within 5, 10, 15 per cent of the approved amount, or beyond."""
    if executed is None or not approved or approved < 0:
        return None
    deviation = abs(executed - approved) / approved
    return sum(deviation > limit for limit in EXECUTION_BANDS)


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


def _columns(where: Scope, view: View) -> tuple[Column, ...]:
    unit = where.year.currency_code
    money = [Column(stage.value, stage_name(stage), "money", unit) for stage in STAGES]
    return (
        Column("code", text("code"), "code"),
        Column("label", dimension_name(view.by)),
        *money,
        Column("share", text("share of {stage}", stage=stage_name(view.stage)), "share"),
        Column("execution", text("executed of revised"), "share"),
        Column(
            "previous",
            text("{stage}, year before", stage=stage_name(view.stage)),
            "money",
            unit,
        ),
        Column("change", text("change"), "money", unit),
        Column("change_share", text("change, %"), "share"),
        Column("line_count", text("budget lines"), "count"),
        Column("path_code", text("path"), "code", is_hidden=True),
        Column("member_id", text("id"), "count", is_hidden=True),
        Column("band", text("execution band"), "count", is_hidden=True),
    )


def _move_columns(where: Scope) -> tuple[Column, ...]:
    unit = where.year.currency_code
    return (
        Column("code", text("code"), "code"),
        Column("label", text("label")),
        Column("previous", text("year before"), "money", unit),
        Column("change", text("change"), "money", unit),
        Column("change_share", text("change, %"), "share"),
    )


def _breadcrumb(view: View, known: Mapping[int, Member]) -> tuple[dict[str, str], ...]:
    """Return the members drilled into, in order, with their labels."""
    labels = {(member.dimension, member.path_code): member for member in known.values()}
    trail = []
    for dimension, path in view.within:
        member = labels.get((dimension, path))
        label = f"{member.code} {member.label}" if member else unknown_label(view.language)
        trail.append({"dimension": dimension, "path": path, "label": label})
    return tuple(trail)


def _parameters(view: View) -> dict[str, Any]:
    return {
        "municipality": view.municipality_code,
        "year": str(view.fiscal_year),
        "direction": view.direction.value,
        "stage": view.stage.value,
        "by": view.by,
        "within": write_path(view.within),
        "words": view.words,
        "prices": "constant" if view.has_constant_prices else "nominal",
        "per": "resident" if view.is_per_resident else "total",
        "page": str(view.page),
    }


def _answer(
    where: Scope,
    view: View,
    known: Mapping[int, Member],
    totals: Mapping[str, Any],
    vintage: Vintage | None,
) -> Text:
    trail = _breadcrumb(view, known)
    place = f"{where.name} · {trail[-1]['label']}" if trail else where.name
    values = {"place": place, "year": str(view.fiscal_year), "stage": stage_name(view.stage)}
    total = totals[view.stage.value]
    if vintage is None:
        return text("{place}, {year}: no amounts are stored for the stage “{stage}”.", **values)
    if total is None and (view.has_constant_prices or view.is_per_resident):
        return text("{place}, {year}: not known, see the note below.", **values)
    if total is None:
        return text("{place}, {year}: nothing is found for this choice.", **values)
    values |= {"total": Money(total, where.year.currency_code), "lines": totals["line_count"]}
    change = _ratio(
        total - totals["previous"] if totals["previous"] is not None else None, totals["previous"]
    )
    if view.is_per_resident:
        return text("{place}, {year}: {total} {stage} per resident.", **values)
    if change is None:
        return text("{place}, {year}: {total} {stage} in {lines} budget lines.", **values)
    values["change"] = Share(abs(change))
    if change < 0:
        return text(
            "{place}, {year}: {total} {stage} in {lines} budget lines, {change} less than the year before.",
            **values,
        )
    return text(
        "{place}, {year}: {total} {stage} in {lines} budget lines, {change} more than the year before.",
        **values,
    )


def _notes(
    where: Scope,
    view: View,
    shown: Mapping[Stage, Vintage | None],
    compared: Vintage | None,
) -> tuple[Text, ...]:
    notes = list(fiction_note(where))
    vintage = shown[view.stage]
    if vintage and compared is None:
        notes.append(
            text(
                "The year before has no statement of the same kind and day: the change is not known.",
            )
        )
    executed = shown[Stage.EXECUTED]
    if executed and not where.is_whole_year(executed):
        notes.append(
            text("Executed amounts are to date, as of {day}; the year is not closed.", day=executed.as_of)
        )
    notes += _adjustment_notes(where, view)
    if view.words:
        notes.append(
            text(
                "Only budget lines in which every word of “{words}” is found, in their own words or "
                "in the codes and labels of their classifications.",
                words=view.words,
            )
        )
    return tuple(notes)


def _adjustment_notes(where: Scope, view: View) -> list[Text]:
    notes = []
    if view.has_constant_prices:
        if where.year.price_index and base_year(where):
            notes.append(
                text(
                    "Constant prices of {base}: each year's amounts are multiplied by the price index "
                    "of {base} over that of the year.",
                    base=str(base_year(where)),
                )
            )
        else:
            notes.append(
                text(
                    "No price index is entered for {year}: amounts at constant prices are not known.",
                    year=str(view.fiscal_year),
                )
            )
    if view.is_per_resident:
        if where.year.people:
            notes.append(
                text(
                    "Per resident: divided by {people} residents of {year}.",
                    people=where.year.people,
                    year=str(view.fiscal_year),
                )
            )
        else:
            notes.append(
                text(
                    "No population is entered for {year}: amounts per resident are not known.",
                    year=str(view.fiscal_year),
                )
            )
    return notes
