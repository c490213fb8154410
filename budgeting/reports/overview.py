"""Overview: a fiscal year of a municipality at a glance."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from budgeting.amounts import difference, ratio
from budgeting.model import (
    Column,
    Direction,
    Money,
    Report,
    Share,
    Stage,
    Table,
    Text,
    Vintage,
    plural_text,
    text,
)
from budgeting.names import dimension_name, stage_name
from budgeting.reports import budget_explorer
from budgeting.reports.explorer_view import View
from budgeting.reports.explorer_words import STAGES
from budgeting.reports.scope import Scope, fiction_note, scope, statement_source, vintage_id
from budgeting.store import DIMENSIONS, Store
from budgeting.translations import language as language_of

MONEY = pa.decimal128(38, 2)


def build(store: Store, view: View) -> Report:
    """Answer what the year's budget is and how far it has come.

    Returns
    -------
    Report
        Facts: the amount of each stage, ``available`` (revised - committed), ``execution``
        (executed / revised), ``period`` and ``previous_period`` (executed to date against the same
        day of the year before; None where not comparable). Tables: ``stages``, ``groups`` (where
        the money goes, largest first), ``moves`` (largest changes of the revised budget),
        ``statements`` (every statement of the year), ``gaps`` (what is missing).
    """
    where = scope(store, view.municipality_code, view.fiscal_year, view.direction)
    shown = {stage: where.newest(stage) for stage in STAGES}
    stage = next((s for s in (Stage.REVISED, Stage.APPROVED) if shown[s]), Stage.EXECUTED)
    by = "function" if view.direction is Direction.EXPENDITURE else "economic_class"
    broken_down = budget_explorer.build(store, replace(view, stage=stage, by=by))
    moved = budget_explorer.build(store, replace(view, stage=stage, by=_moving(view)))
    totals = _totals(store, where)
    facts = _facts(where, shown, totals) | {"stage": stage.value, "by": broken_down.facts["by"]}
    gaps = _gaps(store, where, shown, shown[stage])
    return Report(
        name="overview",
        title=text("How does the budget of {year} stand?", year=str(view.fiscal_year)),
        answer=_answer(where, facts, shown),
        parameters={
            "municipality": view.municipality_code,
            "year": str(view.fiscal_year),
            "direction": view.direction.value,
        },
        tables={
            "stages": _stage_table(where, shown, totals),
            "groups": broken_down.tables["groups"],
            "moves": replace(moved.tables["moves"], title=None),
            "statements": _statement_table(store, where),
            "gaps": _gap_table(gaps, view.language),
        },
        facts=facts | {"gaps": tuple(gaps)},
        notes=(*fiction_note(where), *broken_down.notes[len(fiction_note(where)) :]),
        sources=tuple(statement_source(where, v) for v in shown.values() if v),
        data_version=store.data_version,
    )


def _moving(view: View) -> str:
    return "programme" if view.direction is Direction.EXPENDITURE else "economic_class"


def _totals(store: Store, where: Scope) -> Mapping[int, Decimal]:
    """Return the total of each statement by vintage id."""
    rows = store.query("vintages", municipality_code=where.municipality_code).to_pylist()
    return {row["vintage_id"]: row["amount"] for row in rows}


def _facts(
    where: Scope, shown: Mapping[Stage, Vintage | None], totals: Mapping[int, Decimal]
) -> dict[str, Any]:
    amounts = {stage: totals.get(vintage_id(vintage)) for stage, vintage in shown.items()}
    revised, committed = amounts[Stage.REVISED], amounts[Stage.COMMITTED]
    executed_now = shown[Stage.EXECUTED]
    before = where.year_before(executed_now)
    return {
        **{stage.value: amount for stage, amount in amounts.items()},
        "available": difference(revised, committed),
        "execution": ratio(amounts[Stage.EXECUTED], revised),
        "executed_as_of": executed_now.as_of if executed_now else None,
        "is_closed": where.is_whole_year(executed_now),
        "previous_period": totals.get(vintage_id(before)),
        "currency": where.year.currency_code,
        "people": where.year.people,
        "is_fictional": where.is_fictional,
    }


def _answer(where: Scope, facts: Mapping[str, Any], shown: Mapping[Stage, Vintage | None]) -> Text:
    currency = where.year.currency_code
    values: dict[str, Any] = {"name": where.name, "year": str(where.fiscal_year)}
    executed, revised = facts["executed"], facts["revised"]
    if executed is not None and revised is not None and facts["execution"] is not None:
        values |= {
            "executed": Money(executed, currency),
            "revised": Money(revised, currency),
            "share": Share(facts["execution"]),
        }
        as_of = facts["executed_as_of"]
        if where.direction is Direction.REVENUE:
            return text(
                "{name} has collected {executed} of the {revised} that it plans for {year}: {share}.",
                **values,
            )
        if as_of:
            return text(
                "By {day}, {name} has spent {executed} of the {revised} that it may spend in {year}: {share}.",
                **values,
                day=as_of,
            )
        return text(
            "{name} has spent {executed} of the {revised} that it may spend in {year}: {share}.",
            **values,
        )
    for stage in (Stage.REVISED, Stage.APPROVED, Stage.EXECUTED):
        if facts[stage.value] is not None:
            return text(
                "{name}, {year}: {amount} {stage}.",
                **values,
                amount=Money(facts[stage.value], currency),
                stage=stage_name(stage),
            )
    return text("{name}, {year}: no amounts are stored for this direction.", **values)


def _stage_table(
    where: Scope, shown: Mapping[Stage, Vintage | None], totals: Mapping[int, Decimal]
) -> Table:
    """Return one row per stage: its newest total and the comparable total of the year before."""
    rows = []
    for stage, vintage in shown.items():
        before = where.year_before(vintage)
        amount, previous = totals.get(vintage_id(vintage)), totals.get(vintage_id(before))
        change = difference(amount, previous)
        rows.append(
            {
                "stage": stage.value,
                "as_of": vintage.as_of if vintage else None,
                "amount": amount,
                "previous": previous,
                "change": change,
                "change_share": ratio(change, previous),
            }
        )
    unit = where.year.currency_code
    schema = pa.schema(
        [
            ("stage", pa.string()),
            ("as_of", pa.date32()),
            ("amount", MONEY),
            ("previous", MONEY),
            ("change", MONEY),
            ("change_share", pa.float64()),
        ]
    )
    return Table(
        (
            Column("stage", text("stage"), "code"),
            Column("as_of", text("as of"), "date"),
            Column("amount", text("amount"), "money", unit),
            Column("previous", text("year before"), "money", unit),
            Column("change", text("change"), "money", unit),
            Column("change_share", text("change, %"), "share"),
        ),
        pa.Table.from_pylist(rows, schema=schema),
    )


def _statement_table(store: Store, where: Scope) -> Table:
    """Return one row per statement of the year: stage, date, decision, total."""
    rows = [
        {name: row[name] for name in ("stage", "as_of", "decision_number", "amount", "line_count")}
        for row in store.query("vintages", municipality_code=where.municipality_code).to_pylist()
        if row["fiscal_year"] == where.fiscal_year and row["direction"] == where.direction.value
    ]
    order = [stage.value for stage in Stage]
    rows.sort(key=lambda row: (order.index(row["stage"]), str(row["as_of"] or "")))
    schema = pa.schema(
        [
            ("stage", pa.string()),
            ("as_of", pa.date32()),
            ("decision_number", pa.string()),
            ("amount", MONEY),
            ("line_count", pa.int64()),
        ]
    )
    return Table(
        (
            Column("stage", text("stage"), "code"),
            Column("as_of", text("as of"), "date"),
            Column("decision_number", text("decision"), "code"),
            Column("amount", text("amount"), "money", where.year.currency_code),
            Column("line_count", text("budget lines"), "count"),
        ),
        pa.Table.from_pylist(rows, schema=schema),
    )


def _gaps(
    store: Store,
    where: Scope,
    shown: Mapping[Stage, Vintage | None],
    vintage: Vintage | None,
) -> list[Text]:
    """Return what is missing in the data of the year, one sentence each."""
    gaps = [
        text("No amounts are stored for the stage “{stage}”.", stage=stage_name(stage))
        for stage, found in shown.items()
        if found is None
    ]
    executed = shown[Stage.EXECUTED]
    if executed and executed.as_of is None:
        gaps.append(text("The source does not say to which date the executed amounts run."))
    if where.year_before(executed) is None and executed:
        gaps.append(text("The same period of the year before is not stored."))
    if vintage:
        gaps += _unknown_gaps(store, where, vintage)
    if where.year.people is None:
        gaps.append(text("No population is entered: nothing can be shown per resident."))
    if where.year.price_index is None:
        gaps.append(text("No price index is entered: nothing can be shown at constant prices."))
    return gaps


def _unknown_gaps(store: Store, where: Scope, vintage: Vintage) -> list[Text]:
    row = store.query("unknown_amounts", vintage_id=vintage.vintage_id).to_pylist()[0]
    gaps = []
    for dimension in DIMENSIONS:
        lines = row[f"{dimension}_line_count"]
        if lines and lines == row["line_count"]:
            gaps.append(text("The source has no {dimension}.", dimension=dimension_name(dimension)))
        elif lines:
            gaps.append(
                plural_text(
                    "{count} budget line has no {dimension}: {amount} {stage} is “not known” there.",
                    "{count} budget lines have no {dimension}: {amount} {stage} is “not known” there.",
                    lines,
                    dimension=dimension_name(dimension),
                    amount=Money(row[dimension], where.year.currency_code),
                    stage=stage_name(vintage.stage),
                )
            )
    if row["negative_line_count"]:
        gaps.append(
            plural_text(
                "{count} amount is negative (a correction or a refund); totals contain it.",
                "{count} amounts are negative (corrections or refunds); totals contain them.",
                row["negative_line_count"],
            )
        )
    return gaps


def _gap_table(gaps: list[Text], language: str) -> Table:
    """Return one row per gap, a sentence each."""
    sentences = [language_of(language).say(gap) for gap in gaps]
    rows = pa.table({"gap": pa.array(sentences, pa.string())})
    return Table((Column("gap", text("what is missing")),), rows)
