"""Preview: rows as the file has them beside what becomes of them."""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from budgeting.imports.mappings.mapping import DIMENSION_NAMES
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.meaning.interpretation import Interpretation
from budgeting.imports.source import SourceTable
from budgeting.imports.verdict import Verdict
from budgeting.model import Severity, Text
from budgeting.names import dimension_name, stage_name
from budgeting.ui.fields import worded
from budgeting.ui.filters import capital
from budgeting.ui.session import language
from budgeting.ui.session import say as _

ROWS = 20
_ROW_HEIGHT, _HEAD_HEIGHT = 35, 40
_WIDEST = 60  # columns of a file that a browser shows at a glance


def show_preview(verdict: Verdict, key: str) -> None:
    """Show 20 rows of the file beside their meaning: the first ones, or those of one kind."""
    pairs = [
        (table, meaning)
        for table, meaning in zip(verdict.tables, verdict.meanings, strict=True)
        if table.rows.num_rows
    ]
    if not pairs:
        return
    with st.expander(_("Rows of the file, and what becomes of them"), icon=":material/compare:"):
        table, meaning = _choose_sheet(pairs, key)
        rows = _choose_rows(verdict, table, meaning, key)
        show_beside(as_received(rows), _as_understood(verdict, table, meaning, rows))


def show_beside(received: pa.Table, understood: pa.Table) -> None:
    """Show rows as the file has them beside what becomes of them."""
    left, right = st.columns(2)
    height = min(ROWS, max(received.num_rows, 1)) * _ROW_HEIGHT + _HEAD_HEIGHT
    with left:
        st.caption(_("As the file has it"))
        _show(received, height)
    with right:
        st.caption(_("What becomes of it"))
        _show(understood, height)


def _choose_sheet(
    pairs: list[tuple[SourceTable, Interpretation | None]], key: str
) -> tuple[SourceTable, Interpretation | None]:
    if len(pairs) == 1:
        return pairs[0]
    names = [table.sheet for table, _meaning in pairs]
    chosen = st.selectbox(_("Sheet in view"), names, key=f"preview_sheet_{key}")
    return pairs[names.index(chosen) if chosen in names else 0]


def _choose_rows(
    verdict: Verdict, table: SourceTable, meaning: Interpretation | None, key: str
) -> pa.Table:
    if meaning is None:
        return table.rows.slice(0, ROWS)
    counts = meaning.fates.counts()
    say = language().say
    wrong = _rows_with_errors(verdict, table)
    kinds: dict[str, Any] = {_("the first"): None}
    if wrong:
        kinds[_("with errors ({count})", count=len(wrong))] = wrong
    for place, reason in enumerate(meaning.fates.reasons):
        if counts.get(reason):
            kinds[f"{say(reason)} ({language().number(counts[reason])})"] = place
    chosen = st.selectbox(_("Rows in view"), list(kinds), key=worded(f"preview_rows_{key}"))
    kind = kinds.get(chosen)
    if kind is None:
        return table.rows.slice(0, ROWS)
    if isinstance(kind, set):
        numbers = pa.array(sorted(kind)[:ROWS], pa.int32())
        return table.rows.filter(pc.is_in(table.rows["row_number"], numbers))
    places = np.flatnonzero(meaning.fates.codes == kind)[:ROWS]
    return table.rows.take(pa.array(places))


def _rows_with_errors(verdict: Verdict, table: SourceTable) -> set[int]:
    return {
        finding.row_number
        for finding in verdict.with_severity(Severity.ERROR)
        if finding.row_number and (finding.sheet or "") in ("", table.sheet)
    }


def as_received(rows: pa.Table) -> pa.Table:
    """Return the rows under their own names, the row number first."""
    names = rows.column_names[1 : _WIDEST + 1]
    shown = rows.select(["row_number", *names])
    return shown.rename_columns([_("Row"), *_distinct(names)])


def _distinct(names: Iterable[str]) -> list[str]:
    """Return names that differ from the heading of the row number as well."""
    return [f"{name} " if name == _("Row") else name for name in names]


def _as_understood(
    verdict: Verdict, table: SourceTable, meaning: Interpretation | None, rows: pa.Table
) -> pa.Table:
    numbers = rows["row_number"].to_pylist()
    kinds = _kinds(verdict, table, meaning, numbers)
    columns: dict[str, list[str]] = {
        _("Row"): [str(number) for number in numbers],
        _("What it is"): kinds,
    }
    batches = [batch for batch in verdict.batches if batch.sheet == table.sheet]
    found = [_lines(batch, numbers) for batch in batches]
    columns |= _named_columns(found, ["label", "economic_class"], numbers)
    for heading in dict.fromkeys(name for lines in found for name in lines["amounts"]):
        columns[heading] = [
            "; ".join(
                language().number(amount, 2)
                for lines in found
                for amount in lines["amounts"].get(heading, {}).get(number, [])
            )
            for number in numbers
        ]
    others = [name for name in DIMENSION_NAMES if name != "economic_class"]
    columns |= _named_columns(found, others, numbers)
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def _named_columns(
    found: list[Dictionary[str, Any]], names: list[str], numbers: list[int]
) -> dict[str, list[str]]:
    """Return the columns of some names in which anything stands."""
    cells = {_heading(name): _column(found, name, numbers) for name in names}
    return {heading: column for heading, column in cells.items() if any(column)}


def _heading(name: str) -> str:
    say = language().say
    return _("Words") if name == "label" else capital(say(dimension_name(name)))


def _kinds(
    verdict: Verdict, table: SourceTable, meaning: Interpretation | None, numbers: list[int]
) -> list[str]:
    if meaning is None:
        return [_("not read")] * len(numbers)
    wrong = _rows_with_errors(verdict, table)
    places = pc.index_in(pa.array(numbers, pa.int32()), table.rows["row_number"]).to_pylist()
    say = language().say
    words: list[Text] = [meaning.fates.reasons[int(meaning.fates.codes[place])] for place in places]
    return [
        _("rejected: it has an error") if number in wrong else capital(say(word))
        for number, word in zip(numbers, words, strict=True)
    ]


def _column(found: list[Dictionary[str, Any]], name: str, numbers: list[int]) -> list[str]:
    return [
        "; ".join(
            dict.fromkeys(cell for lines in found for cell in lines[name].get(number, []) if cell)
        )
        for number in numbers
    ]


def _lines(batch: Batch, numbers: list[int]) -> Dictionary[str, Any]:
    """Return what a batch makes of some rows: by name and row number, in words."""
    wanted = pc.is_in(batch.lines["row_number"], pa.array(numbers, pa.int32()))
    lines = batch.lines.filter(wanted)
    rows = lines["row_number"].to_pylist()
    labels = {(one.dimension, one.path_code): f"{one.code} {one.label}" for one in batch.members}
    found: dict[str, Any] = {"amounts": {}}
    for name in [*DIMENSION_NAMES, "label"]:
        cells = [labels.get((name, cell), cell) for cell in lines[name].to_pylist()]
        found[name] = _by_row(rows, cells)
    say = language().say
    for column in batch.amounts:
        heading = f"{capital(say(stage_name(column.stage)))} {batch.fiscal_year}"
        heading += f", {language().day(column.as_of)}" if column.as_of else ""
        found["amounts"][heading] = _by_row(rows, lines[column.column].to_pylist())
    return found


def _by_row(rows: list[int], cells: list[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row, cell in zip(rows, cells, strict=True):
        if cell is not None:
            found.setdefault(row, []).append(cell)
    return found


def _show(rows: pa.Table, height: int) -> None:
    st.dataframe(rows, hide_index=True, height=height)
