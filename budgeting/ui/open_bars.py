"""Bars and tables whose pieces and numbers open to their lines, as HTML: a keyboard reaches each.

A chart would draw the bars, but no key gets at a piece of it, and a tap on a thin one misses; the
table below the bars has every amount as a button of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from budgeting.model import Column, Table, Text, text
from budgeting.translations import Language
from budgeting.ui.charts import legend
from budgeting.ui.pressed import number, opens
from budgeting.ui.tables import heading, written

_MOST_ROWS = 200  # of a table; the rest stands in the files


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a bar from ``begin`` to ``end``, 0 to 1 of its width; outlined without a colour."""

    begin: float
    end: float
    colour: str
    told: str
    opens: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its name and its numbers, and what each opens to; ``label`` is HTML.

    ``opens`` is said of all numbers and pieces of it.
    """

    label: str
    numbers: Sequence[tuple[str, Mapping[str, str]]]
    pieces: Sequence[Piece]
    opens: Mapping[str, str] = field(default_factory=dict)


def bars_html(bars: Sequence[Bar], colours: Mapping[str, str], hint: str = "") -> str:
    """Return bars below their legend (words -> colour) and a hint in words."""
    above = legend(colours) if colours else ""
    if hint:
        above += f'<p class="open-hint">{escape(hint)}</p>'
    return f'{above}<ul class="open-bars">{"".join(map(_bar, bars))}</ul>'


def _bar(bar: Bar) -> str:
    pieces = "".join(map(_piece, bar.pieces))
    value = " – ".join(number(*one) for one in bar.numbers)
    return (
        f"<li {opens(bar.opens)}><span>{bar.label}</span>"
        f'<div class="track">{pieces}</div><span>{value}</span></li>'
    )


def _piece(piece: Piece) -> str:
    told = escape(piece.told)
    style = (
        f"left:{piece.begin * 100:.3f}%;width:{(piece.end - piece.begin) * 100:.3f}%;"
        f"background:{piece.colour or 'transparent'}"
    )
    return (
        f'<button type="button" class="piece" style="{style}" title="{told}" aria-label="{told}" '
        f"{opens(piece.opens)}></button>"
    )


def table_html(
    table: Table,
    of_row: Callable[[Mapping[str, Any]], Mapping[str, str]],
    of_column: Callable[[Mapping[str, Any], str], Mapping[str, str] | None],
    words: Language,
    label: Callable[[Mapping[str, Any], str], str] | None = None,
) -> str:
    """Return a table of a report with its numbers as buttons.

    Parameters
    ----------
    of_row
        What all numbers of a row say of themselves.
    of_column
        What a number says beside that, of row and column; None where it does not open.
    label
        HTML of the cells that are no numbers, where these are more than their words.
    """
    rows = table.rows.to_pylist()
    columns = [column for column in table.visible if _is_told(column, rows)]
    head = "".join(
        f'<th scope="col" class="{_side(column)}">{escape(heading(column, words))}</th>'
        for column in columns
    )
    body = []
    for row in rows[:_MOST_ROWS]:
        cells = (_cell(row, column, of_column, words, label) for column in columns)
        kind = ' class="sum"' if table.sums and row[table.sums] else ""
        body.append(f"<tr{kind} {opens(of_row(row))}>{''.join(cells)}</tr>")
    name = escape(words.say(text("Table; scroll it sideways to see all of it")))
    return (
        f'<div class="open-table" tabindex="0" role="region" aria-label="{name}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
        f"{_left_out(len(rows), words)}"
    )


def behind_html(summary: Text, table: str, words: Language) -> str:
    """Return a table that opens below its chart, without asking the server."""
    return (
        f'<details class="behind"><summary>{escape(words.say(summary))}</summary>{table}</details>'
    )


def _is_told(column: Column, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a column says something: a stance that no money has does not."""
    is_always = column.kind not in ("money", "share") or column.key.startswith("total")
    return is_always or any(row[column.key] for row in rows) or len(rows) <= 1


def _cell(
    row: Mapping[str, Any],
    column: Column,
    of_column: Callable[[Mapping[str, Any], str], Mapping[str, str] | None],
    words: Language,
    label: Callable[[Mapping[str, Any], str], str] | None,
) -> str:
    value = written(row[column.key], column, words)
    is_number = column.kind in ("money", "share", "count")
    what = of_column(row, column.key) if is_number and row[column.key] is not None else None
    if what is not None:
        inner = number(value, what)
    else:
        inner = label(row, column.key) if label and not is_number else escape(value)
    return f'<td class="{_side(column)}">{inner}</td>'


def _side(column: Column) -> str:
    return "right" if column.kind in ("money", "share", "count") else ""


def _left_out(count: int, words: Language) -> str:
    if count <= _MOST_ROWS:
        return ""
    told = text(
        "The first {shown} of {count} rows. The files have all of them.",
        shown=_MOST_ROWS,
        count=count,
    )
    return f'<p class="open-hint">{escape(words.say(told))}</p>'
