"""Gender overview: how much of a budget is meant for equality, and how sure that is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from budgeting.amounts import ratio
from budgeting.methodologies import files_state
from budgeting.model import Column, Money, Report, Share, Table, Text, text
from budgeting.once import once
from budgeting.reports.gender.changes import change_notes, change_table, counted_change
from budgeting.reports.gender.figures import Figures, edited_line_count, figures
from budgeting.reports.gender.money import fetch, marked_money
from budgeting.reports.gender.numbers import counting_rows
from budgeting.reports.gender.pieces import pieces_of, words_of_lines
from budgeting.reports.gender.tables import (
    category_table,
    group_table,
    kept,
    methodology_table,
    stage_table,
    year_table,
)
from budgeting.reports.gender.view import GenderView, Question, question
from budgeting.reports.gender.words import answer, notes, parameters
from budgeting.reports.scope import statement_source
from budgeting.reports.tables import table
from budgeting.store import Store
from budgeting.tagging import TaggedChange

_LARGEST = 3
# a page that shows one of them at a time asks for that one
TABLES = ("groups", "stages", "years", "change", "categories", "largest", "methodologies")
# choices from which a table does not follow: views that differ in these alone have the same one
_NOT_OF: Mapping[str, tuple[str, ...]] = {
    "groups": ("convention",),
    "stages": ("stage", "by", "within"),
    "years": ("by", "within"),
    "change": ("by", "within"),
    "categories": ("by",),
    "largest": ("by",),
    "methodologies": ("convention", "by", "within"),
}


def build(store: Store, view: GenderView) -> Report:
    """Answer how much of the budget is meant for equality.

    Returns
    -------
    Report
        Facts: the amounts of `Figures` by name, each with its ``_share`` of the budget; sentences
        on ``doubt``, and on ``concentration`` and ``change`` where their tables are built. Tables,
        the one of `TABLES` that the view asks for, or all of them:
        ``groups`` by the chosen dimension, ``categories`` (closes with what is not screened),
        ``stages``, ``years``, ``change`` (price, volume, reclassification, new and ended lines),
        ``largest`` (the three largest lines), ``methodologies`` side by side. Within a member,
        categories, groups, largest lines and the amounts are about it alone; stages, years, change
        and methodologies stay about all of the budget, and a note says so.
    """
    asked, found = _figures(store, view)
    tables = {name: _table(store, view, name) for name in ([view.table] if view.table else TABLES)}
    return Report(
        name="gender_overview",
        title=text("How much of the budget is meant for equality?"),
        answer=answer(asked, found),
        parameters=parameters(asked),
        tables=tables,
        facts=_facts(asked, found) | _findings(store, asked, tables),
        notes=(
            *notes(asked, found, edited_line_count(store, asked.vintage, asked.methodology)),
            *(change_notes(store, asked) if "change" in tables else ()),
        ),
        sources=(statement_source(asked.where, asked.vintage),),
        data_version=store.data_version,
    )


def _figures(store: Store, view: GenderView) -> tuple[Question, Figures]:
    asked = question(store, view)
    fetch(store, asked.where.vintages)
    money = marked_money(store, asked.vintage, asked.methodology, kept(store, asked))
    return asked, figures(money, asked.methodology, asked.convention)


def _table(store: Store, view: GenderView, name: str) -> Table:
    """Return a table, the same one as long as nothing changes from which it follows."""
    free = {choice: getattr(_ANY, choice) for choice in _NOT_OF[name]}
    state = (store.budget_state, files_state())
    return _kept_table(store, state, name, replace(view, table=None, **free))


_ANY = GenderView("", 0, "")


@once(maxsize=256)
def _kept_table(store: Store, _state: object, name: str, view: GenderView) -> Table:
    return _made(store, name, view)


def _made(store: Store, name: str, view: GenderView) -> Table:
    asked = question(store, view)
    builders: dict[str, Callable[[], Table]] = {
        "groups": lambda: group_table(store, asked),
        "stages": lambda: stage_table(store, asked),
        "years": lambda: year_table(store, asked),
        "change": lambda: change_table(store, asked),
        "categories": lambda: category_table(store, asked),
        "largest": lambda: _largest(store, asked),
        "methodologies": lambda: methodology_table(store, asked),
    }
    return builders[name]()


def _facts(asked: Question, found: Figures) -> dict[str, Any]:
    amounts = _amounts(found)
    return {
        **amounts,
        **{f"{name}_share": found.share(amount) for name, amount in amounts.items()},
        "line_count": found.line_count,
        "marked_line_count": found.marked_line_count,
        "open_line_count": found.open_line_count,
        "is_fictional": asked.where.is_fictional,
        "currency": asked.where.year.currency_code,
        "stage": asked.vintage.stage.value,
        "methodology": asked.methodology.labels,
        "convention": asked.convention.labels,
        "doubt": _doubt(found),
    }


def _findings(store: Store, asked: Question, tables: Mapping[str, Table]) -> dict[str, Text | None]:
    """Return the sentences that rest on a table of their own."""
    found: dict[str, Text | None] = {}
    if "largest" in tables:
        found["concentration"] = _concentration(tables["largest"])
    if "change" in tables:
        found["change"] = _change(asked, counted_change(store, asked))
    return found


def _amounts(found: Figures) -> dict[str, Any]:
    """Return the amounts that head the page; None where a methodology has no such thing."""
    tagged, doubtful = found.tagged, found.doubtful
    return {
        "total": found.total,
        "low": tagged.low if tagged else None,
        "high": tagged.high if tagged else None,
        "doubtful_low": doubtful.low if doubtful else None,
        "doubtful_high": doubtful.high if doubtful else None,
        "counted": found.counted,
        "screened": found.total - found.not_screened,
        "not_screened": found.not_screened,
        "other_version": found.other_version,
        "approved": found.approved,
    }


def _largest(store: Store, asked: Question) -> Table:
    """Return the lines on which the tagged amount rests most."""
    counting = replace(asked, view=replace(asked.view, number="counting", category=""))
    pieces = pieces_of(store, asked.vintage, asked.methodology)
    within = kept(store, asked)
    money = marked_money(store, asked.vintage, asked.methodology, within)
    weights = pieces.weights(counting_rows(counting, money).to_pylist(), rest=0)
    tagged = np.flatnonzero(pieces.within(within) & pieces.weighing(weights))
    total, lines = pieces.weighted(tagged, weights), pieces.largest(tagged, _LARGEST)
    words = words_of_lines(store, (line_year for line_year, _ in lines))
    rows = [
        {
            "label": words[line_year]["label"],
            "amount": amount,
            "share": ratio(amount, total),
            "line_id": words[line_year]["line_id"],
        }
        for line_year, amount in lines
    ]
    columns = (
        Column("label", text("budget line")),
        Column("amount", text("amount"), "money", asked.where.year.currency_code),
        Column("share", text("share of what is tagged"), "share"),
        Column("line_id", text("id"), "count", is_hidden=True),
    )
    return table(columns, rows)


def _concentration(largest: Table) -> Text | None:
    """Return the sentence on how much rests on a few lines."""
    shares = [share for share in largest.rows["share"].to_pylist() if share is not None]
    if len(shares) < _LARGEST:
        return None
    return text(
        "The three largest lines make up {share} of what is tagged.", share=Share(sum(shares))
    )


def _doubt(found: Figures) -> Text | None:
    """Return the sentence on what doubtful marks could change."""
    if found.doubtful is None or found.tagged is None or found.doubtful == found.tagged:
        return None
    low, high = found.share(found.doubtful.low), found.share(found.doubtful.high)
    if low is None or high is None:
        return None
    return text(
        "If all marks of low and medium confidence fell one level: {low} to {high}.",
        low=Share(low),
        high=Share(high),
    )


def _change(asked: Question, change: TaggedChange | None) -> Text:
    """Return the finding on the change of what counts: relabelling is no new money."""
    if change is None:
        return text("There is no comparable statement of the year before.")
    if asked.view.within:
        return text("All of the budget: {finding}", finding=_changed(asked, change))
    return _changed(asked, change)


def _changed(asked: Question, change: TaggedChange) -> Text:
    currency = asked.where.year.currency_code
    values = {
        "change": Money(abs(change.total), currency),
        "relabelled": Money(change.reclassification, currency),
        "new": Money(change.new_lines, currency),
    }
    if not change.total:
        return text(
            "As much counts for equality as the year before; reclassification makes up {relabelled}, "
            "new lines {new}.",
            **values,
        )
    if change.total > 0:
        return text(
            "{change} more counts for equality than the year before: {relabelled} of it is "
            "reclassification, {new} new lines.",
            **values,
        )
    return text(
        "{change} less counts for equality than the year before; reclassification makes up "
        "{relabelled}, new lines {new}.",
        **values,
    )
