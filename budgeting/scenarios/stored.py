"""Stored scenarios: rows to values and values to rows."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from budgeting.errors import NotFound
from budgeting.model import Direction, Stage, text
from budgeting.scenarios.model import (
    Act,
    Action,
    Entry,
    Footing,
    Scenario,
    ScenarioState,
    StoredMove,
)
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import Move, MoveKind
from budgeting.store import Store, Transaction

Row = dict[str, Any]
MOVES = pa.schema(
    [
        ("kind", pa.string()),
        ("direction", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_code", pa.string()),
        ("giver_direction", pa.string()),
        ("giver_kind", pa.string()),
        ("giver_code", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("percent", pa.decimal128(18, 6)),
        ("label", pa.string()),
        ("service_code", pa.string()),
        ("sex", pa.string()),
        ("people", pa.decimal128(18, 4)),
        ("reason", pa.string()),
    ]
)
ENTRIES = pa.schema(
    [
        ("sequence", pa.int32()),
        ("act", pa.int32()),
        ("change", pa.string()),
        ("undoes", pa.int32()),
        ("action", pa.string()),
        ("move_number", pa.int32()),
        *MOVES,
    ]
)


def scenario(reading: Store | Transaction, scenario_id: int) -> Scenario:
    """Return a scenario as it is stored; raises `NotFound`, also for one that was withdrawn."""
    header = _header(reading, scenario_id)
    log = reading.query("scenario_log", scenario_id=scenario_id).to_pylist()
    return _scenario(header, log)


def known_scenario(store: Store, scenario_id: int) -> Scenario:
    """Return a scenario as `scenario` does, read once for each state of the store."""
    known = _known(store, store.state)
    if scenario_id not in known:
        known[scenario_id] = scenario(store, scenario_id)
    return known[scenario_id]


def remember(store: Store, state: str, saved: Scenario) -> None:
    """Keep a scenario as it is in a state of the store: the one that its own change has led to."""
    _known(store, state)[saved.scenario_id] = saved


@lru_cache(maxsize=8)
def _known(_store: Store, _state: str) -> dict[int, Scenario]:
    return {}


def with_entries(before: Scenario, rows: Sequence[Row]) -> Scenario:
    """Return what a scenario becomes by new entries of its log, as reading it again would."""
    entries = tuple(_entry(row) for row in rows)
    last = {one.move_number: one.action for one in entries}
    added = [*before.added, *(_stored_move(row) for row in rows if row["action"] == Action.ADD)]
    return replace(
        before,
        added=tuple(
            replace(one, is_standing=last[one.number] is not Action.WITHDRAW)
            if one.number in last
            else one
            for one in added
        ),
        log=(*before.log, *entries),
    )


def _header(reading: Store | Transaction, scenario_id: int) -> Row:
    rows: list[Row] = reading.query("scenario", scenario_id=scenario_id).to_pylist()
    if not rows or rows[0]["state"] == ScenarioState.WITHDRAWN:
        raise NotFound(text("There is no scenario {number}.", number=str(scenario_id)))
    return rows[0]


def scenarios(store: Store, municipality_code: str) -> pa.Table:
    """Return the scenarios of a municipality, one row each, the newest change first.

    Columns: scenario_id, version, fiscal_year, stage, name, description, state, reason, author,
    begun_at, recorded_by, changed_at, move_count (moves that stand).
    """
    return store.query("scenarios", municipality_code=municipality_code)


def move_columns(move: Move) -> Row:
    """Return a move as columns of ``core.scenario_moves``."""
    taker, giver = move.subject, move.giver
    return {
        "kind": move.kind.value,
        "direction": taker.direction.value if taker else "",
        "subject_kind": taker.kind.value if taker else "",
        "subject_code": taker.code if taker else "",
        "giver_direction": giver.direction.value if giver else "",
        "giver_kind": giver.kind.value if giver else "",
        "giver_code": giver.code if giver else "",
        "amount": scaled(move.amount, 2),
        "percent": scaled(move.percent, 6),
        "label": move.label,
        "service_code": move.service,
        "sex": move.sex,
        "people": scaled(move.people, 4),
        "reason": move.reason,
    }


def move_of(row: Row) -> Move:
    """Return a move as its columns say it."""
    return Move(
        MoveKind(row["kind"]),
        _subject(row["direction"], row["subject_kind"], row["subject_code"]),
        row["amount"],
        _subject(row["giver_direction"], row["giver_kind"], row["giver_code"]),
        row["percent"],
        row["label"],
        row["service_code"],
        row["sex"],
        row["people"],
        row["reason"],
    )


def scaled(value: Decimal | None, digits: int) -> Decimal | None:
    """Return a number with as many decimals as its column has."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits))


def entry_table(rows: Sequence[Row]) -> pa.Table:
    """Return entries of a log as a table; what a row leaves out is empty."""
    return pa.Table.from_pylist(list(rows), schema=ENTRIES)


def header_columns(of: Scenario) -> Row:
    """Return the columns of ``core.scenarios`` but who made the version, when and how."""
    footing = of.footing
    return {
        "scenario_id": of.scenario_id,
        "version": of.version,
        "municipality_code": footing.municipality_code,
        "fiscal_year": footing.fiscal_year,
        "stage": footing.stage.value,
        "currency_code": footing.currency_code,
        "vintage_id": footing.vintage_id,
        "revenue_vintage_id": footing.revenue_vintage_id,
        "data_version": footing.data_version,
        "baseline": footing.baseline,
        "rules_version": footing.rules_version,
        "name": of.name,
        "description": of.description,
        "copied_from": of.copied_from,
        "state": of.state.value,
        "reason": of.reason,
    }


def _scenario(row: Row, log: Sequence[Row]) -> Scenario:
    return Scenario(
        row["scenario_id"],
        row["version"],
        row["name"],
        row["description"],
        Footing(
            row["municipality_code"],
            row["fiscal_year"],
            Stage(row["stage"]),
            row["currency_code"],
            row["vintage_id"],
            row["revenue_vintage_id"],
            row["data_version"],
            row["baseline"],
            row["rules_version"],
        ),
        ScenarioState(row["state"]),
        row["author"],
        row["begun_at"],
        row["recorded_by"],
        row["recorded_at"],
        row["reason"],
        row["copied_from"],
        tuple(_stored_move(one) for one in log if one["action"] == Action.ADD),
        tuple(_entry(one) for one in log),
    )


def _stored_move(row: Row) -> StoredMove:
    return StoredMove(
        row["move_number"],
        move_of(row),
        row["recorded_by"],
        row["recorded_at"],
        row.get("is_standing", True),  # a new one stands
    )


def _entry(row: Row) -> Entry:
    return Entry(
        row["sequence"],
        row["act"],
        Act(row["change"]),
        row["undoes"],
        Action(row["action"]),
        row["move_number"],
        row["recorded_by"],
        row["recorded_at"],
    )


def _subject(direction: str, kind: str, code: str) -> Subject | None:
    return Subject(SubjectKind(kind), code, Direction(direction)) if kind else None
