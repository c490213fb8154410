"""Scenarios beside each other: three figures each, the way from the budget to each, then the lines."""

from html import escape
from typing import Any

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.model import Column, Money, Report, Table
from budgeting.reports.scenarios import comparison
from budgeting.translations import Language
from budgeting.ui import downloads
from budgeting.ui.charts import signed_bars
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table, written

_MOST_STEPS = 12


def show(numbers: list[int]) -> None:
    """Show the chosen scenarios beside each other and beside the budget."""
    try:
        shown = comparison.build(open_store(), numbers, language=language().code)
    except BudgetingError as error:
        st.info(language().say(error.message), icon=":material/info:")
        return
    st.subheader(plain(language().say(shown.answer)), anchor=False)
    st.html(_headline(shown.tables["headline"]))
    steps(shown)
    broken_rules(shown)
    with st.expander(_("Every line that one of them changes")):
        report_table(shown.tables["lines"])
    downloads.offer(shown)


_STYLE = """<style>
.headline {overflow-x:auto}
.headline table {border-collapse:collapse;font-variant-numeric:tabular-nums}
.headline th,.headline td {text-align:right;padding:.3rem .75rem;border-top:1px solid rgba(128,128,128,.25)}
.headline thead th {border:0;vertical-align:bottom;min-width:6.5rem;max-width:14rem}
.headline td {white-space:nowrap}
.headline th:first-child {text-align:left;font-weight:400;padding-left:0}
@media (max-width:640px) {.headline th,.headline td {padding:.25rem .2rem;font-size:.8rem;line-height:1.25}
.headline td {white-space:normal}
.headline thead th {min-width:4.25rem;overflow-wrap:anywhere;font-size:.75rem}}
</style>"""


def _headline(table: Table) -> str:
    """Return the figures of the budget and of each scenario as a column: they are compared line by line."""
    words, rows = language(), table.rows.to_pylist()
    names = "".join(f'<th scope="col">{escape(capital(row["scenario"]))}</th>' for row in rows)
    lines = "".join(
        f'<tr><th scope="row">{escape(capital(words.say(column.label)))}</th>'
        + "".join(f"<td>{escape(_cell(row[column.key], column, words))}</td>" for row in rows)
        + "</tr>"
        for column in table.visible
        if column.key != "scenario"
    )
    head = f"<thead><tr><th></th>{names}</tr></thead>"
    return f'{_STYLE}<div class="headline"><table>{head}<tbody>{lines}</tbody></table></div>'


def _cell(value: Any, column: Column, words: Language) -> str:
    if value is not None and column.kind == "money":
        return words.round_money(Money(value, column.unit))
    return written(value, column, words)


def broken_rules(shown: Report) -> None:
    """Say which rules are broken: those that all of them break once, then those of single ones."""
    by_rule: dict[str, list[str]] = {}
    for row in shown.tables["rules"].rows.to_pylist():
        by_rule.setdefault(row["rule"], []).append(row["scenario"])
    if not by_rule:
        return
    st.subheader(_("Rules that are broken"), anchor=False)
    groups: dict[tuple[str, ...], list[str]] = {}
    for rule, names in by_rule.items():
        groups.setdefault(tuple(names), []).append(rule)
    is_one = len(shown.facts["scenarios"]) == 1
    for broken_by in sorted(groups, key=len, reverse=True):
        listed = "\n".join(f"- {plain(rule)}" for rule in groups[broken_by])
        heading = "" if is_one else f"**{plain(_by(broken_by, shown))}**\n\n"
        st.markdown(heading + listed)


def _by(names: tuple[str, ...], shown: Report) -> str:
    if len(names) == len(shown.facts["scenarios"]):
        return _("All of these scenarios")
    return ", ".join(names)


def steps(shown: Report) -> None:
    """Show by programme what each scenario changes."""
    rows = shown.tables["waterfall"].rows.to_pylist()
    for key, name in shown.facts["scenarios"].items():
        moved = [row for row in rows if row["step"] not in ("start", "end") and row[key]]
        if moved:
            st.markdown(f"**{plain(name)}**")
            signed_bars(
                [
                    {"code": row["step"], "label": row["label"], "change": row[key]}
                    for row in moved[:_MOST_STEPS]
                ],
                shown.facts["currency"],
            )
