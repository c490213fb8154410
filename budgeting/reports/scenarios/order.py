"""The virement order of an adopted scenario, in the codes of the ledger, to be entered there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgeting.model import Column, Direction, Money, Report, Table, Text, text
from budgeting.names import dimension_name
from budgeting.reports.scenarios.footing import scenario_sources
from budgeting.reports.tables import table
from budgeting.scenarios.order import Order, Transfer, virement_order
from budgeting.scenarios.stored import scenario
from budgeting.simulation.model import ZERO, Line
from budgeting.store import DIMENSIONS, Store

_Codes = Mapping[tuple[str, str, str], str]
"""Direction, dimension and path of a member -> its code as the file writes it."""


def build(store: Store, scenario_id: int) -> Report:
    """Return the order of a scenario.

    Tables: ``order`` (one row per transfer: from, to, amount, reason), ``lines`` (one row per line
    that changes: before, change, after; the changes of expenditure less those of revenue are the
    change of the balance).

    Raises
    ------
    NotFound
        There is no such scenario.
    ScenarioInvalid
        It is not adopted.
    """
    of = scenario(store, scenario_id)
    order = virement_order(store, of)
    footing = of.footing
    codes = _codes(store, footing.municipality_code, footing.fiscal_year)
    return Report(
        name="virement_order",
        title=text("Virement order: {scenario}", scenario=of.name),
        answer=_answer(order),
        parameters={"scenario": str(scenario_id)},
        tables={"order": _order_table(order, codes), "lines": _line_table(order, codes)},
        facts={"is_balanced": _difference(order) == 0, "currency": footing.currency_code},
        notes=_notes(order),
        sources=scenario_sources(store, footing),
        data_version=store.data_version,
    )


def _answer(order: Order) -> Text:
    of = order.scenario
    moved = sum((one.amount for one in order.transfers), ZERO)
    return text(
        "{moved} go from line to line in {year}, as {name} adopted it on {day}.",
        moved=Money(moved, of.footing.currency_code),
        year=str(of.footing.fiscal_year),
        name=of.changed_by,
        day=of.changed_at.date(),
    )


def _notes(order: Order) -> tuple[Text, ...]:
    of, difference = order.scenario, _difference(order)
    told = [text("Reason of the decision: {reason}", reason=of.reason)] if of.reason else []
    if difference:
        told.append(
            text(
                "The order does not close to zero: the balance of the budget changes by {amount}.",
                amount=Money(difference, of.footing.currency_code),
            )
        )
    told.append(
        text(
            "Codes are those of the ledger file; the code of the line joins those that tell it apart."
        )
    )
    return tuple(told)


def _difference(order: Order) -> Any:
    """Return by how much revenue less expenditure changes."""
    by_id = order.found.baseline.by_id
    return sum(
        (
            change if by_id[line_id].direction is Direction.REVENUE else -change
            for line_id, change in order.found.changes.items()
        ),
        ZERO,
    )


def _codes(store: Store, municipality_code: str, fiscal_year: int) -> _Codes:
    found = {}
    for direction in Direction:
        rows = store.query(
            "members",
            municipality_code=municipality_code,
            direction=direction.value,
            fiscal_year=fiscal_year,
        ).to_pylist()
        for row in rows:
            found[direction.value, row["dimension"], row["path_code"]] = row["code"]
    return found


def _order_table(order: Order, codes: _Codes) -> Table:
    unit = order.scenario.footing.currency_code
    columns = (
        Column("number", text("number"), "count"),
        *_line_columns("from", text("from"), order),
        *_line_columns("to", text("to"), order),
        Column("amount", text("amount"), "money", unit),
        Column("reason", text("reason")),
    )
    rows = [
        {"number": number, **_transfer_row(one, codes)}
        for number, one in enumerate(order.transfers, 1)
    ]
    whole = sum((one.amount for one in order.transfers), ZERO)
    return table(
        columns, _with_sum(rows, {"amount": whole}), text("From line to line"), sums="adds"
    )


def _transfer_row(one: Transfer, codes: _Codes) -> dict[str, Any]:
    return {
        **_line_row("from", one.giver, codes),
        **_line_row("to", one.taker, codes),
        "amount": one.amount,
        "reason": "; ".join(one.reasons),
    }


def _line_columns(side: str, title: Text, order: Order) -> Iterable[Column]:
    """Yield the columns that name a line on a side: only dimensions that lines of the order have."""
    yield Column(f"{side}_code", text("{side}: code of the line", side=title))
    yield Column(f"{side}_label", text("{side}: budget line", side=title))
    for name in _dimensions(order):
        yield Column(
            f"{side}_{name}", text("{side}: {what}", side=title, what=dimension_name(name))
        )


def _dimensions(order: Order) -> Sequence[str]:
    by_id = order.found.baseline.by_id
    lines = [by_id[line_id] for line_id in order.found.changes]
    return [name for name in DIMENSIONS if any(line.members.get(name) for line in lines)]


def _line_row(side: str, line: Line | None, codes: _Codes) -> dict[str, str]:
    if line is None:
        return {f"{side}_label": "–"}
    is_new = line.code.startswith("~")
    return {
        f"{side}_code": "" if is_new else line.code,
        f"{side}_label": line.label,
        **{f"{side}_{name}": _code(line, name, codes) for name in DIMENSIONS},
    }


def _code(line: Line, dimension: str, codes: _Codes) -> str:
    """Return the code of a line's member as the ledger writes it, else its path."""
    path = line.members.get(dimension)
    return codes.get((line.direction.value, dimension, path[-1]), path[-1]) if path else ""


def _line_table(order: Order, codes: _Codes) -> Table:
    unit, by_id = order.scenario.footing.currency_code, order.found.baseline.by_id
    columns = (
        Column("direction", text("direction"), "code"),
        *_line_columns("line", text("line"), order),
        Column("before", text("before"), "money", unit),
        Column("change", text("change"), "money", unit),
        Column("after", text("after"), "money", unit),
    )
    rows: list[dict[str, Any]] = []
    for direction in Direction:
        lines = [by_id[one] for one in order.found.changes if by_id[one].direction is direction]
        found = [_changed_row(order, line, codes) for line in sorted(lines, key=lambda x: x.code)]
        sums = {name: _total(found, name) for name in ("before", "change", "after")}
        rows += _with_sum(found, {"direction": direction.value, **sums}) if found else []
    return table(columns, rows, text("Lines before and after"), sums="adds")


def _changed_row(order: Order, line: Line, codes: _Codes) -> dict[str, Any]:
    change = order.found.changes[line.line_id]
    amounts = {"before": line.amount, "change": change, "after": line.amount + change}
    return {"direction": line.direction.value, **_line_row("line", line, codes), **amounts}


def _total(rows: Iterable[Mapping[str, Any]], name: str) -> Any:
    return sum((row[name] for row in rows), ZERO)


def _with_sum(rows: list[dict[str, Any]], sums: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*({**row, "adds": 0} for row in rows), {**sums, "adds": len(rows)}]
