"""The queue: a page of lines or groups, one or several of which are chosen to be marked."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.methodologies import methodology
from budgeting.model import Report, Text, text
from budgeting.names import mark_state_name
from budgeting.reports.gender.queue import LINES_PER_PAGE
from budgeting.reports.gender.queue_view import LINE
from budgeting.suggestions.model import Suggestion
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import address, filters
from budgeting.ui.classifying.desk import Desk, category_name
from budgeting.ui.classifying.place import TABLE, Row, is_pressed, place
from budgeting.ui.classifying.suggested import suggestions
from budgeting.ui.kept import ByIdentity
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_HEIGHT = 560
_Column = tuple[Text, list[str]]


def queue_table(desk: Desk) -> list[Row]:
    """Show the rows of the queue; return those that are chosen."""
    shown, rows = desk.shown, desk.rows
    if not rows:
        st.info(_("No line is found for this choice."), icon=":material/search_off:")
        return []
    cells = _cells(ByIdentity(shown), ByIdentity(suggestions(desk)), language().code)
    _keep_place(rows, cells.column_names[0])
    st.dataframe(
        cells,
        key=TABLE,
        on_select="rerun",
        selection_mode=["multi-row", "single-cell"],
        hide_index=True,
        height=_HEIGHT,
        column_config=_layout(cells.column_names, shown),
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


@lru_cache(maxsize=64)
def _cells(
    of: ByIdentity[Report], suggested: ByIdentity[Mapping[str, Sequence[Suggestion]]], code: str
) -> pa.Table:
    """Return the rows of a queue in words; they stay so until a reader looks anew."""
    shown, words = of.what, language_of(code)
    rows: list[Row] = shown.tables["queue"].rows.to_pylist()
    rules = methodology(shown.parameters["methodology"], shown.parameters["version"])
    named = partial(category_name, rules, words=words)
    hints = {
        subject: words.say(text("{category}?", category=named(found[0].category)))
        for subject, found in suggested.what.items()
        if found[0].category
    }
    marks = [_mark(row, named, words) or hints.get(row["subject_code"], "–") for row in rows]
    label, last = _named_columns(shown, rows, words)
    amount = (text("Amount"), [words.number(row["amount"], 2) for row in rows])
    columns = (label, amount, (text("Mark"), marks), last)
    return pa.table(
        {
            filters.capital(words.say(heading)): pa.array(cells, pa.string())
            for heading, cells in columns
        }
    )


def _named_columns(shown: Report, rows: Sequence[Row], words: Language) -> tuple[_Column, _Column]:
    """Return the first and the last column: of lines with their programme, of groups what is left."""
    headings = {column.key: column.label for column in shown.tables["queue"].columns}
    if shown.parameters["by"] == LINE:
        first = [row["label"] or "" for row in rows]
        return (headings["label"], first), (
            headings["programme"],
            [row["programme"] or "" for row in rows],
        )
    left = text("{left} of {count}")
    first = [f"{row['code']} {row['label']}".strip() for row in rows]
    last = [
        words.say(left.with_values(left=row["open_count"], count=row["line_count"])) for row in rows
    ]
    return (headings["label"], first), (text("Lines left"), last)


def _mark(row: Row, named: Callable[[str], str], words: Language) -> str:
    """Return category and state; where it is inherited, from whom; nothing without a mark."""
    if row["category"] is None:
        return ""
    category = " + ".join(named(code) for code in row["categories"] or ())
    if row["inherited_from"]:
        owned = text("{category} ← {owner}", category=category, owner=row["inherited_from"])
        return words.say(owned)
    return f"{category} · {words.say(mark_state_name(row['mark_state']))}"


def _layout(names: Sequence[str], shown: Report) -> dict[str, Any]:
    label, amount, mark, last = names
    column = st.column_config.Column
    amount_label = f"{amount}, {shown.facts['currency']}"
    return {
        label: column(width=280),
        amount: column(amount_label, width=112, alignment="right"),
        mark: column(width=120, help=_("With a question mark: suggested, not marked")),
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
