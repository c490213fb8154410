"""Marks to confirm: lines that are not what they were when they were marked, and new ones."""

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.marks.carrying import to_confirm
from budgeting.marks.settling import StatedLines
from budgeting.model import Column, Report, Table, plural_text, text
from budgeting.names import codes_of_line
from budgeting.reports.gender.queue_view import QueueView, parameters, resolved
from budgeting.store import Store


def build(store: Store, asked: QueueView) -> Report:
    """Answer which marks somebody should look at after a new year or another import.

    Returns
    -------
    Report
        Table ``lines``: one row per line, with the mark that counts or that of the line before it.
        Table ``stated``: what files say of lines for which a person decided otherwise.
    """
    queue = resolved(store, asked)
    view = asked.view
    found = to_confirm(
        store,
        view.municipality_code,
        view.direction.value,
        view.fiscal_year,
        queue.methodology.code,
    )
    if view.fiscal_year == min(queue.where.years):  # in the first year every line would be new
        found = found.filter(pc.field("kind") != "new")
    lines = StatedLines(
        view.municipality_code, view.direction, view.fiscal_year, queue.methodology.code
    )
    stated = lines.to_settle(store)
    return Report(
        name="marks_to_confirm",
        title=text("Which marks should be confirmed for this year?"),
        answer=plural_text("One line.", "{count} lines.", found.num_rows),
        parameters=parameters(queue),
        tables={
            "lines": Table(_COLUMNS, _with_codes(found)),
            "stated": Table(_STATED, _with_codes(stated)),
        },
        facts={
            "line_count": found.num_rows,
            "stated_count": pc.count_distinct(stated["line_code"]).as_py(),
        },
        data_version=store.data_version,
    )


def _with_codes(lines: pa.Table) -> pa.Table:
    codes = [codes_of_line(code) for code in lines["line_code"].to_pylist()]
    return lines.append_column("code", pa.array(codes, pa.string()))


_COLUMNS = (
    Column("kind", text("why"), "code"),
    Column("code", text("code"), "code"),
    Column("label", text("budget line")),
    Column("earlier_label", text("called before")),
    Column("category", text("category"), "code"),
    Column("author", text("author")),
)
_STATED = (
    Column("code", text("code"), "code"),
    Column("label", text("budget line")),
    Column("stage", text("stage"), "code"),
    Column("stated_category", text("the file says"), "code"),
    Column("file_name", text("file")),
    Column("category", text("category"), "code"),
    Column("state", text("state"), "code"),
    Column("decided_by", text("decided by")),
)
