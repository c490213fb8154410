"""Parts of the statement page: its filters, what stands in it, and the way to Classify."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.model import Direction, Money, Report, Stage, Table, Text, text
from budgeting.names import stage_name
from budgeting.reports.scope import Scope, scope
from budgeting.reports.statements.layout import Layout
from budgeting.reports.statements.layouts import LAYOUTS, layouts_for
from budgeting.reports.statements.units import UNITS
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import filters, gender_parts
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.kept import ByIdentity
from budgeting.ui.key_figures import KeyFigure, as_html
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.tables import heading, report_table

ADDRESS = (
    *("municipality", "year", "stage", "methodology", "convention"),
    *("layout", "unit"),
)
_LAYOUT = 400  # pixels of the choice of a layout, whose names are long
_TALLEST = 720  # pixels; a longer statement is scrolled
_ROW = 35
_ABOVE, _NAME, _WORDS, _MONEY = 175, 215, 140, 170
_LONG_HEADING = 28  # characters; a longer one would make a column of its width
_WORDS_BEFORE_MONEY = 3


def choices() -> dict[str, str] | None:
    """Show whose statement, under which rules and in which layout; None in an empty database."""
    above, rules = st.container(horizontal=True), st.container()
    with above:
        chosen = filters.municipality_and_year()
    if chosen is None:
        return None
    with rules:
        method, folded = gender_parts.method_choices()
        chosen |= method
        st.html(folded)
    with above:
        layout = _layout(chosen)
        return {
            **chosen,
            "layout": layout.name,
            "stage": _stage(chosen, layout),
            "unit": _unit(chosen, layout),
        }


def _layout(chosen: Mapping[str, str]) -> Layout:
    options = {one.name: language().say(one.label) for one in layouts_for(chosen["methodology"])}
    return LAYOUTS[filters.choice("layout", _("Layout"), options, forget=("unit",), width=_LAYOUT)]


def _stage(chosen: Mapping[str, str], layout: Layout) -> str:
    """Show the choice among the stages that the year has; the layout says which comes first."""
    where = _where(chosen)
    stages = [one for one in Stage if where.newest(one)] or list(layout.stages)
    first = next((one for one in layout.stages if one in stages), stages[0])
    options = {one.value: capital(language().say(stage_name(one))) for one in stages}
    return filters.choice("stage", _("Stage"), options, default=first.value)


def _where(chosen: Mapping[str, str]) -> Scope:
    return scope(open_store(), chosen["municipality"], int(chosen["year"]), Direction.EXPENDITURE)


def _unit(chosen: Mapping[str, str], layout: Layout) -> str:
    where = _where(chosen)
    currency = where.year.currency_code
    options = {
        code: capital(language().say(unit.label.with_values(currency=currency)))
        for code, unit in UNITS.items()
    }
    return filters.choice("unit", _("Amounts in"), options, default=layout.units.get(currency, "1"))


def key_figures(shown: Report) -> None:
    """Show which part of the budget stands in the statement, and what does not."""
    st.html(_figures_html(ByIdentity(shown), language().code))


@lru_cache(maxsize=256)
def _figures_html(of: ByIdentity[Report], code: str) -> str:
    facts, words = of.what.facts, language_of(code)
    named = (
        ("listed", text("In the statement")),
        ("unlisted", text("Screened, not in it")),
        ("other_version", text("Under another version")),
        ("not_screened", text("Not screened")),
    )
    return as_html(
        _share_figure(words, label, name, facts)
        for name, label in named
        if facts[name] or name in ("listed", "not_screened")
    )


def _share_figure(words: Language, label: Text, name: str, facts: Mapping[str, Any]) -> KeyFigure:
    share, amount = facts[f"{name}_share"], Money(facts[name], facts["currency"])
    return KeyFigure(
        words.say(label),
        words.share(share) if share is not None else words.say(text("not known")),
        words.say(text("Exactly {amount}.", amount=words.money(amount))),
    )


def findings(shown: Report) -> None:
    """Show what the layout finds: a test, an interval, what is to be scored again."""
    told = [language().say(finding) for finding in shown.facts["findings"]]
    if told:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))


def statement(shown: Report) -> None:
    """Show the statement with its sums; where nothing is marked, the way to Classify."""
    if not shown.facts["is_marked"]:
        st.info(
            _("The statement fills as lines and programmes are marked."),
            icon=":material/checklist:",
        )
        st.page_link("pages/classify.py", label=_("Classify"), icon=":material/checklist:")
    table = shown.tables["statement"]
    st.subheader(language().say(shown.facts["layout"]), anchor=False)
    named = shown.facts["named_in"]
    report_table(
        table,
        height=min(_TALLEST, _ROW * (table.rows.num_rows + 1) + 3),
        widths=_widths(table, named),
        order=_order(table, named),
    )


def _order(table: Table, named: Sequence[str]) -> list[str]:
    """Return columns as the screen shows them: many words would move the money out of sight."""
    keys = [column.key for column in table.visible]
    amounts = [column.key for column in table.visible if column.kind != "text"]
    words = [key for key in keys if key not in {*named, *amounts}]
    before = [key for key in words if keys.index(key) < keys.index(amounts[0])]
    return [*named, *amounts, *words] if len(before) > _WORDS_BEFORE_MONEY else keys


def _widths(table: Table, named_in: Sequence[str]) -> dict[str, int]:
    """Return widths of columns of words that leave the money in sight; names are the widest."""
    words = {column.key: _WORDS for column in table.visible if column.kind == "text"}
    words |= {
        column.key: _MONEY
        for column in table.visible
        if column.kind == "money" and len(heading(column, language())) > _LONG_HEADING
    }
    return words | dict.fromkeys(named_in[:-1], _ABOVE) | {named_in[-1]: _NAME}
