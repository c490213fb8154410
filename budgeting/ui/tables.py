"""Tables of a report as they stand: exact amounts, locale's marks, nothing recomputed."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from budgeting.model import Column, Table
from budgeting.names import NAMED_CODES
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui.filters import capital
from budgeting.ui.kept import ByIdentity, draw_once
from budgeting.ui.session import language

_MOST_STYLED = 20_000  # cells; beyond, styling takes longer than a click
_THREE_LINES = 68  # pixels of a row; in lower ones words stay on one line and are cut
_HEAD, _TALLEST = 38, 616  # pixels; of such rows eight and a half are seen: there are more


def report_table(
    table: Table,
    *,
    height: int | None = None,
    width: int | Literal["stretch"] = "stretch",
    widths: Mapping[str, int] = MappingProxyType({}),
    order: Sequence[str] | None = None,
    words: Language | None = None,
    wraps: bool = False,
    **chosen: Any,
) -> list[int]:
    """Show a report's table; numbers and dates are written as the reader's language writes them.

    `words` is another language, where the table is for somebody else than the reader.
    `widths` are pixels by column; the others are as wide as they need. `order` names the columns
    that the screen shows, in their order; files have all. With `wraps` rows are tall enough for
    sentences to run over three lines. `chosen` goes to the widget as it is: with
    ``on_select`` a reader can choose a row, and the numbers of the chosen rows are returned.
    """
    words = words or language()
    if wraps:
        height = height or min(_HEAD + _THREE_LINES * table.rows.num_rows, _TALLEST)
    shape = {
        "height": height or "auto",
        "width": width,
        "row_height": _THREE_LINES if wraps else None,
        "column_order": order and [heading(column, words) for column in _in_order(table, order)],
    }
    if chosen:
        answer = _draw(table, words, widths, {**shape, "selection_mode": "single-row", **chosen})
        return list(answer["selection"]["rows"])
    how = f"{words.code} {shape} {sorted(widths.items())}"
    draw_once(table, how, lambda: _draw(table, words, widths, shape))
    return []


def filled(table: Table, order: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of `order` in which something stands: a screen is narrow."""
    rows, known = table.rows, {column.key for column in table.visible}
    return tuple(key for key in order if key in known and rows[key].null_count < rows.num_rows)


def _draw(
    table: Table, words: Language, widths: Mapping[str, int], shape: Mapping[str, Any]
) -> Any:
    return st.dataframe(
        write_table(table, words),
        hide_index=True,
        column_config={
            heading(column, words): st.column_config.Column(
                alignment=_alignment(column),
                width=widths.get(column.key),
            )
            for column in table.visible
        },
        **shape,
    )


def write_table(table: Table, words: Language) -> Any:
    """Return the cells of a table as words of a language; kept, so that it may be done ahead."""
    return _written_table(ByIdentity(table), words.code)


@lru_cache(maxsize=128)
def _written_table(of: ByIdentity[Table], code: str) -> Any:
    """Return the cells as words of a language; bold where they are sums."""
    table, words = of.what, language_of(code)
    shown = {column.key: _cells(table, column, words) for column in table.visible}
    cells = pa.table({heading(column, words): shown[column.key] for column in table.visible})
    return _with_bold_sums(cells, table) if table.sums else cells


def _in_order(table: Table, order: Sequence[str]) -> list[Column]:
    named = [column for column in table.visible if column.key in order]
    return sorted(named, key=lambda column: order.index(column.key))


def _with_bold_sums(cells: pa.Table, table: Table) -> Any:
    """Return the cells with the rows bold that add up others, as the workbook has them.

    A table too long for that keeps its rows plain: their words say that they are sums.
    """
    if cells.num_rows * cells.num_columns > _MOST_STYLED:
        return cells
    is_sum = [added > 0 for added in table.rows[table.sums].to_pylist()]
    bold = ["font-weight: bold" if one else "" for one in is_sum]
    return cells.to_pandas().style.apply(lambda column: bold, axis=0)


def heading(column: Column, words: Language) -> str:
    """Return a column's heading with its unit."""
    label = words.say(column.label)
    unit = f", {column.unit}" if column.kind == "money" and column.unit else ""
    return capital(label) + unit


def _alignment(column: Column) -> Any:
    return "left" if column.kind in ("text", "code", "date") else "right"


def _cells(table: Table, column: Column, words: Language) -> pa.Array:
    return pa.array(
        [written(value, column, words) for value in table.rows[column.key].to_pylist()],
        pa.string(),
    )


def written(value: Any, column: Column, words: Language) -> str:
    """Return a value of a column as a language writes it; a dash where there is none."""
    if value is None:
        return "–"
    if column.kind == "money":
        return words.number(value, 2)
    if column.kind == "share":
        return words.share(value)
    if column.kind == "index":
        return words.number(value, 3)
    if column.kind == "code" and column.key in NAMED_CODES:
        return capital(words.say(NAMED_CODES[column.key](value)))
    return words.value(value)
