"""The queue: a page of lines or groups, one or several of which are chosen to be marked."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.model import Report
from budgeting.names import mark_state_name
from budgeting.reports.gender.queue import LINES_PER_PAGE
from budgeting.reports.gender.queue_view import LINE
from budgeting.ui import address, filters
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import TABLE, Row, is_pressed, place
from budgeting.ui.classifying.suggested import suggestions
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_HEIGHT = 560


def queue_table(desk: Desk) -> list[Row]:
    """Show the rows of the queue; return those that are chosen."""
    shown, rows = desk.shown, desk.rows
    if not rows:
        st.info(_("No line is found for this choice."), icon=":material/search_off:")
        return []
    cells = _cells(desk, rows)
    _keep_place(rows, next(iter(cells)))
    st.dataframe(
        pa.table(cells),
        key=TABLE,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        hide_index=True,
        height=_HEIGHT,
        column_config=_layout(list(cells), shown),
        alt=_("Queue of budget lines"),
    )
    _pages(shown)
    chosen: list[Row] = [rows[at] for at in _positions() if at < len(rows)]
    place().wanted = tuple(row["subject_code"] for row in chosen)
    return chosen


def _keep_place(rows: Sequence[Row], first_column: str) -> None:
    """Choose the wanted rows where the rows are others than before; else the reader chooses."""
    codes = tuple(row["subject_code"] for row in rows)
    here = place()
    if codes == here.rows:
        return
    here.rows = codes
    wanted = [at for at, code in enumerate(codes) if code in here.wanted] or [0]
    if len(wanted) == 1:
        selection: dict[str, Any] = {"rows": [], "cells": [[wanted[0], first_column]]}
    else:
        selection = {"rows": wanted, "cells": []}
    st.session_state[TABLE] = {"selection": {**selection, "columns": []}}


def _positions() -> list[int]:
    """Return the positions of the chosen rows: those ticked, else the one with the cursor."""
    selection = (st.session_state.get(TABLE) or {}).get("selection", {})
    ticked = sorted(int(at) for at in selection.get("rows", ()))
    return ticked or [int(at) for at, _column in selection.get("cells", ())]


def _cells(desk: Desk, rows: Sequence[Row]) -> dict[str, pa.Array]:
    shown, hints = desk.shown, _hints(desk)
    say, words = language().say, language()
    columns = {column.key: column for column in shown.tables["queue"].columns}
    is_line = shown.parameters["by"] == LINE

    def name(key: str) -> str:
        return filters.capital(say(columns[key].label))

    def written(key: str) -> pa.Array:
        return pa.array([row[key] or "" for row in rows], pa.string())

    def money(key: str) -> pa.Array:
        return pa.array([words.number(row[key], 2) for row in rows], pa.string())

    marks = pa.array(
        [_mark(desk, row) or hints.get(row["subject_code"], "–") for row in rows], pa.string()
    )
    if is_line:
        label = written("label")
    else:
        label = pa.array([f"{row['code']} {row['label']}".strip() for row in rows], pa.string())
    cells = {name("label"): label, _("Amount"): money("amount"), _("Mark"): marks}
    if is_line:
        return cells | {name("programme"): written("programme")}
    left = [_("{left} of {count}", left=row["open_count"], count=row["line_count"]) for row in rows]
    return cells | {_("Lines left"): pa.array(left, pa.string())}


def _hints(desk: Desk) -> dict[str, str]:
    """Return the category that is suggested for each row, with a question mark."""
    firmest = {code: found[0] for code, found in suggestions(desk).items()}
    return {
        code: _("{category}?", category=desk.named(one.category))
        for code, one in firmest.items()
        if one.category
    }


def _mark(desk: Desk, row: Row) -> str:
    """Return category and state; where it is inherited, from whom; nothing without a mark."""
    if row["category"] is None:
        return ""
    category = desk.all_named(row)
    if row["inherited_from"]:
        return _("{category} ← {owner}", category=category, owner=row["inherited_from"])
    state = language().say(mark_state_name(row["mark_state"]))
    return f"{category} · {state}"


def _layout(names: Sequence[str], shown: Report) -> dict[str, Any]:
    label, amount, mark, last = names
    column = st.column_config.Column
    amount_label = f"{amount}, {shown.facts['currency']}"
    return {
        label: column(width=250),
        amount: column(amount_label, width=120, alignment="right"),
        mark: column(width=140, help=_("With a question mark: suggested, not marked")),
        last: column(),
    }


def _pages(shown: Report) -> None:
    """Let the reader turn pages where there are more lines than one page shows."""
    count, total = int(shown.facts["page_count"]), int(shown.facts["row_count"])
    if count <= 1 or shown.parameters["by"] != LINE:
        return
    at = min(int(shown.parameters["page"]), count)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            _(
                "{first} to {last} of {total} lines, not screened first, largest first",
                first=(at - 1) * LINES_PER_PAGE + 1,
                last=min(total, at * LINES_PER_PAGE),
                total=total,
            )
        )
        for number, icon, words in (
            (at - 1, "chevron_left", _("Previous page")),
            (at + 1, "chevron_right", _("Next page")),
        ):
            if is_pressed(
                "",
                f"classify_{icon}",
                icon=f":material/{icon}:",
                help=words,
                disabled=not 1 <= number <= count,
            ):
                address.choose(page=str(number))
                st.rerun()
