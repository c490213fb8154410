"""Line successors: which lines of a year continue lines of years before; what is proposed, what open."""

from dataclasses import replace
from functools import lru_cache

import pyarrow as pa

from budgeting.model import Column, Direction, Report, Table, Text, text
from budgeting.names import codes_of_line
from budgeting.reports.scope import Scope, fiction_note, scope
from budgeting.store import Store
from budgeting.successions.proposing import (
    LINES,
    RENAMES,
    Candidates,
    as_succession,
    candidates,
    candidates_within,
)

SPANS = ("years", "year")  # between which statements lines may have become others


def build(
    store: Store,
    municipality_code: str,
    direction: Direction,
    fiscal_year: int,
    span: str = "years",
) -> Report:
    """Answer which lines of a year continue which, and of which nobody has said it yet.

    Of the span ``years`` those of the year before, of the span ``year`` those of statements of the
    year itself: planned under one code, executed under another.

    Returns
    -------
    Report
        Table ``proposed``: one row per pair that is likely one line. ``confirmed``: one row per link
        that a person confirmed, of either span. ``gone`` and ``new``: one row per line that only the
        year before, or only this one, has, and of which nothing is confirmed (within a year: only
        its earlier or its later statements); ``both``: the lines of both years.

    Raises
    ------
    NotFound
        The municipality has no such year.
    """
    place = (municipality_code, direction, fiscal_year)
    parts = _parts(store, store.lines_state, place, span)
    return replace(parts, data_version=store.data_version)


@lru_cache(maxsize=16)
def _parts(store: Store, _state: str, place: tuple[str, Direction, int], span: str) -> Report:
    """Return the report, built once until lines change: marks have no part in it."""
    municipality_code, direction, fiscal_year = place
    where = scope(store, municipality_code, fiscal_year, direction)
    is_within = span == "year"
    among = candidates_within if is_within else candidates
    found = among(store, *place)
    links = store.query(
        "line_links",
        municipality_code=municipality_code,
        direction=direction.value,
        fiscal_year=fiscal_year,
    )
    currency = where.year.currency_code
    empty = LINES.empty_table()
    sides = {side: getattr(found, side) if found else empty for side in ("gone", "new", "both")}
    renames = found.renames if found else RENAMES.empty_table()
    return Report(
        name="line_successors",
        title=text("Which budget lines continue which?"),
        answer=_answer(where, found, sum(one != "recoded" for one in links["change"].to_pylist())),
        parameters={
            "municipality": municipality_code,
            "year": str(fiscal_year),
            "direction": direction.value,
            "span": span,
        },
        tables={
            "proposed": proposed_table(renames, currency, is_within_year=is_within),
            "confirmed": _confirmed_table(links),
            **{side: line_table(lines, currency) for side, lines in sides.items()},
        },
        facts={
            "proposed_count": renames.num_rows,
            "confirmed_count": len(set(links["succession_id"].to_pylist())),
            **{f"{side}_count": lines.num_rows for side, lines in sides.items()},
            "earlier_year": found.earlier_year if found else None,
            "currency": currency,
        },
        notes=(*fiction_note(where), *_notes(links)),
        data_version=store.data_version,
    )


def _answer(where: Scope, found: Candidates | None, link_count: int) -> Text:
    year = str(where.fiscal_year)
    if found is None and link_count:
        return text("Of every line of {year} it is confirmed what it continues.", year=year)
    if found is None:
        return text("{name} has no year before {year}.", name=where.name, year=year)
    if found.earlier_year == found.later_year:
        return text(
            "{gone} lines are only in earlier statements of {year} and {new} only in later ones; "
            "{likely} of them are probably the same under another code.",
            new=found.new.num_rows,
            year=year,
            gone=found.gone.num_rows,
            likely=found.renames.num_rows,
        )
    return text(
        "{new} lines of {year} are new and {gone} of {earlier} are gone; {likely} of them are probably "
        "the same under another code or name.",
        new=found.new.num_rows,
        year=str(found.later_year),
        gone=found.gone.num_rows,
        earlier=str(found.earlier_year),
        likely=found.renames.num_rows,
    )


def _notes(links: pa.Table) -> tuple[Text, ...]:
    """Return what keeps a confirmed link from being followed where years are compared."""
    notes = []
    if waiting := sum(links["is_waiting"].to_pylist()):
        notes.append(
            text(
                "Links that wait for a line that is not stored any more: {count}. They count again with "
                "its code.",
                count=waiting,
            )
        )
    if staying := sum(links["is_still_there"].to_pylist()):
        notes.append(
            text(
                "Links whose earlier line is in the budget of the year as well: {count}. Statements that "
                "have both lines are compared without them.",
                count=staying,
            )
        )
    return tuple(notes)


def with_codes(rows: pa.Table, **columns: str) -> pa.Table:
    """Return rows with the codes of lines without their dimensions' names: new column -> line_code."""
    for name, origin in columns.items():
        codes = [codes_of_line(code) for code in rows[origin].to_pylist()]
        rows = rows.append_column(name, pa.array(codes, pa.string()))
    return rows


def proposed_table(renames: pa.Table, currency: str, *, is_within_year: bool = False) -> Table:
    """Return pairs of lines that are likely one, with what would be said of them."""
    said = (as_succession(row, is_within_year=is_within_year) for row in renames.to_pylist())
    changes = [one.change.value for one in said]
    rows = with_codes(renames, gone_code="gone_line_code", new_code="new_line_code")
    return Table(
        (
            Column("gone_label", text("was called")),
            Column("gone_code", text("its code was"), "code"),
            Column("gone_amount", text("amount"), "money", currency),
            Column("new_label", text("is called")),
            Column("new_code", text("its code is"), "code"),
            Column("new_amount", text("new amount"), "money", currency),
            Column("becoming", text("what became of it"), "code"),
        ),
        rows.append_column("becoming", pa.array(changes, pa.string())),
    )


def line_table(lines: pa.Table, currency: str) -> Table:
    """Return lines with their codes and amounts."""
    return Table(
        (
            Column("label", text("budget line")),
            Column("code", text("code"), "code"),
            Column("amount", text("amount"), "money", currency),
        ),
        with_codes(lines, code="line_code"),
    )


def _confirmed_table(links: pa.Table) -> Table:
    days = [moment.date() for moment in links["confirmed_at"].to_pylist()]
    rows = with_codes(links, gone_code="earlier_code", new_code="later_code")
    rows = rows.rename_columns(
        ["becoming" if name == "change" else name for name in rows.column_names]
    )
    return Table(
        (
            Column("succession_id", text("number"), "code"),
            Column("becoming", text("what became of it"), "code"),
            Column("earlier_label", text("was called")),
            Column("gone_code", text("its code was"), "code"),
            Column("later_label", text("is called")),
            Column("new_code", text("its code is"), "code"),
            Column("amount_share", text("part of the earlier line"), "share"),
            Column("reason", text("reason")),
            Column("confirmed_by", text("confirmed by")),
            Column("confirmed_on", text("confirmed on"), "date"),
        ),
        rows.append_column("confirmed_on", pa.array(days, pa.date32())),
    )
