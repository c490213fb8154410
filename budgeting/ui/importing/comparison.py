"""Beside what is stored: which lines are new, changed or gone, and which continue which."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.imports.stored.comparison import Comparison, compare
from budgeting.imports.verdict import Verdict
from budgeting.model import Column, Table, text
from budgeting.names import stage_name
from budgeting.ui.filters import capital
from budgeting.ui.importing.case import Case, key_of
from budgeting.ui.importing.successions import ask_successions
from budgeting.ui.importing.work import result_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table


def show_comparison(case: Case, verdict: Verdict) -> None:
    """Show which lines are new, changed or gone against what is stored; ask which continue which."""
    store = open_store()
    codes = set(store.query("municipalities")["municipality_code"].to_pylist())
    batches = [batch for batch in verdict.batches if batch.municipality.code in codes]
    if not batches:
        return
    is_done, found = result_of(
        f"compare {case.key}",
        (key_of(case, verdict.mapping, store.state), "compare"),
        lambda: [(batch, compare(store, batch)) for batch in batches],
        _("Comparing with what is stored"),
    )
    compared = [pair for pair in found or () if pair[1].statements]
    if not is_done or not compared:
        return
    st.subheader(_("Beside what is stored"), anchor=False)
    report_table(_comparison_table(compared))
    ask_successions(case, key_of(case, verdict.mapping, store.state), compared)
    _show_examples(comparison for _batch, comparison in compared)


_FATES = {
    "new": text("new"),
    "changed": text("changed"),
    "same": text("the same"),
    "gone": text("gone"),
}


def _comparison_table(compared: Sequence[tuple[Any, Comparison]]) -> Table:
    say = language().say
    rows: list[dict[str, Any]] = []
    for batch, comparison in compared:
        for statement in comparison.statements:
            against = statement.compared_with
            beside = f"{capital(say(stage_name(against.stage)))} {against.fiscal_year}"
            beside += f", {language().day(against.as_of)}" if against.as_of else ""
            rows.append(
                {
                    "municipality": batch.municipality.name,
                    "direction": batch.direction.value,
                    "statement": f"{capital(say(stage_name(statement.statement.stage)))} "
                    f"{batch.fiscal_year}",
                    "beside": beside,
                    **{str(fate): lines.line_count for fate, lines in statement.lines.items()},
                    "difference": sum(
                        (lines.difference for lines in statement.lines.values()), Decimal(0)
                    ),
                }
            )
    columns = (
        Column("municipality", text("municipality"), is_hidden=len(compared) <= 1),
        Column("direction", text("direction"), "code"),
        Column("statement", text("of the file")),
        Column("beside", text("beside")),
        *(Column(fate, words, "count") for fate, words in _FATES.items()),
        Column("difference", text("difference"), "money"),
    )
    return Table(columns, pa.Table.from_pylist(rows))


def _show_examples(comparisons: Iterable[Comparison]) -> None:
    tables = [one.examples for one in comparisons if one.examples.num_rows]
    if not tables:
        return
    rows = pa.concat_tables(tables)
    say = language().say
    fates = [say(_FATES[fate]) for fate in rows["fate"].to_pylist()]
    rows = rows.set_column(rows.column_names.index("fate"), "fate", pa.array(fates, pa.string()))
    columns = (
        Column("fate", text("line is")),
        Column("label", text("label")),
        Column("line_code", text("code"), "code"),
        Column("stored", text("stored"), "money"),
        Column("stated", text("in the file"), "money"),
        Column("difference", text("difference"), "money"),
    )
    with st.expander(_("The largest new, changed and gone lines"), icon=":material/list:"):
        report_table(Table(columns, rows), height=420)
