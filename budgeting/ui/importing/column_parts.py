"""Parts of the panel of columns that budgets and files of use have in common."""

from typing import Any

import pyarrow.compute as pc
import streamlit as st

from budgeting.imports.guessing.use_roles import as_budget, as_use
from budgeting.imports.source import SourceTable
from budgeting.ui.fields import show_field
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.session import say as _

_COLUMNS_AT_ONCE = 40
_EXAMPLES = 3
_LONGEST_EXAMPLE = 40


def columns_panel(used: int, count: int, *, is_open: bool) -> Any:
    """Return the panel in which the columns of a file can be given another meaning."""
    words = _("Columns: {used} of {count} are used. Change what they mean", used=used, count=count)
    return st.expander(words, expanded=is_open, icon=":material/view_column:")


def choose_what_rows_are(case: Case, entries: dict[str, Any]) -> None:
    """Let the reader say whether the rows are budget lines, or count who uses services."""
    words = {False: _("lines of a budget"), True: _("counts of who uses services")}

    def take(is_use: bool) -> None:
        case.entries = as_use(case.current_entries) if is_use else as_budget(case.current_entries)

    show_field(
        st.selectbox,
        _("The rows of the file are"),
        f"rows_are_{case.key}",
        "use" in entries,
        take,
        options=list(words),
        format_func=lambda is_use: capital(words[is_use]),
        width=280,
    )


def columns_in_view(case: Case, table: SourceTable) -> list[int]:
    """Return the columns to show: all of a usual file, page by page of one with very many."""
    count = len(table.header)
    if count <= _COLUMNS_AT_ONCE:
        return list(range(count))
    pages = -(-count // _COLUMNS_AT_ONCE)
    page = st.pagination(pages, key=f"columns_{case.key}")
    first = (int(page) - 1) * _COLUMNS_AT_ONCE
    return list(range(first, min(first + _COLUMNS_AT_ONCE, count)))


def show_column(table: SourceTable, place: int) -> None:
    """Show the name of a column and the first cells of it that differ."""
    st.markdown(f"**{plain(column_title(table, place))}**")
    st.caption(plain(_examples(table, table.header[place])) or "–")


def column_title(table: SourceTable, place: int) -> str:
    """Return what readers call a column, also one without a name."""
    name = table.header[place]
    return _("column {number}, without a name", number=place + 1) if name.startswith("#") else name


def _examples(table: SourceTable, name: str) -> str:
    """Return the first different cells of a column."""
    cells = pc.unique(table.rows[name].slice(0, 500)).to_pylist()
    found = [cell.strip() for cell in cells if cell and cell.strip()][:_EXAMPLES]
    return " · ".join(
        cell if len(cell) <= _LONGEST_EXAMPLE else cell[:_LONGEST_EXAMPLE] + "…" for cell in found
    )
