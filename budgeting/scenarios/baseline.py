"""The baseline from the store: lines of a statement, with what marks and services take of them."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from budgeting.model import Direction, Stage
from budgeting.simulation.effects import Part, Parts
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.store import DIMENSIONS, Store

_KEPT = 8  # budgets that are being worked on at once; one of 10,000 lines takes about 20 MB
_Row = Mapping[str, Any]


def stored_baseline(
    store: Store,
    municipality_code: str,
    fiscal_year: int,
    vintage_ids: Sequence[int],
    currency_code: str,
    *,
    stage: Stage,
) -> Baseline:
    """Return the lines of statements of a year, one of each direction at most.

    Read once for each state of the store. Lines know the members of all dimensions that they are in,
    and the services that they pay for.
    """
    return _baseline(
        store,
        store.budget_state,
        (municipality_code, fiscal_year),
        tuple(vintage_ids),
        currency_code,
        stage,
    )


@lru_cache(maxsize=_KEPT)
def _baseline(
    store: Store,
    _state: str,
    when: tuple[str, int],
    vintage_ids: tuple[int, ...],
    currency_code: str,
    stage: Stage,
) -> Baseline:
    paths: dict[int, tuple[str, ...]] = {}
    labels: dict[Subject, str] = {}
    for direction in Direction:
        rows = _members(store, when, direction)
        paths |= {
            row["member_id"]: tuple(rows[one]["path_code"] for one in row["ancestor_ids"])
            for row in rows.values()
        }
        labels |= {_subject(row, direction): row["label"] for row in rows.values()}
    found = store.query("baseline_lines", vintage_ids=list(vintage_ids)).to_pylist()
    served = _services(store, *when)
    lines = (_line(row, paths, served.get(row["line_id"], ())) for row in found)
    return Baseline(
        tuple(lines),
        currency_code,
        labels | _service_labels(store, when[0]),
        when[1],
        stage is Stage.PROPOSED,
    )


def _members(store: Store, when: tuple[str, int], direction: Direction) -> dict[int, _Row]:
    rows = store.query(
        "members", municipality_code=when[0], fiscal_year=when[1], direction=direction.value
    ).to_pylist()
    return {row["member_id"]: row for row in rows}


def _subject(row: _Row, direction: Direction) -> Subject:
    return Subject(SubjectKind(row["dimension"]), row["path_code"], direction)


def _line(row: _Row, paths: Mapping[int, tuple[str, ...]], services: tuple[str, ...]) -> Line:
    members = {one: paths.get(row[f"{one}_id"], ()) for one in DIMENSIONS}
    return Line(
        row["line_id"],
        row["line_code"],
        row["label"],
        row["amount"],
        Direction(row["direction"]),
        {name: path for name, path in {**members, "service": services}.items() if path},
    )


def _services(store: Store, municipality_code: str, fiscal_year: int) -> dict[int, tuple[str, ...]]:
    parts = service_parts(store, municipality_code, fiscal_year)
    return {line_id: tuple(one.name for one in found) for line_id, found in parts.items()}


def _service_labels(store: Store, municipality_code: str) -> dict[Subject, str]:
    rows = store.query("services", municipality_code=municipality_code).to_pylist()
    return {
        Subject(SubjectKind.SERVICE, row["service_code"], direction): row["name"]
        for row in rows
        for direction in Direction
    }


def service_parts(store: Store, municipality_code: str, fiscal_year: int) -> Parts:
    """Return which part of each line pays for which service, capital apart, or brings its fees."""
    return _service_parts(store, store.budget_state, municipality_code, fiscal_year)


@lru_cache(maxsize=_KEPT)
def _service_parts(store: Store, _state: str, municipality_code: str, fiscal_year: int) -> Parts:
    rows = store.query(
        "service_parts", municipality_code=municipality_code, fiscal_year=fiscal_year
    ).to_pylist()
    return _parts([row for row in rows if not row["is_capital"]], "service_code")


def marked_parts(store: Store, vintage_id: int, methodology: str, version: str) -> Parts:
    """Return which part of each line of a statement has which category of a methodology."""
    return _marked_parts(store, store.budget_state, vintage_id, methodology, version)


@lru_cache(maxsize=_KEPT)
def _marked_parts(
    store: Store, _state: str, vintage_id: int, methodology: str, version: str
) -> Parts:
    rows = store.query(
        "marked_parts", vintage_id=vintage_id, methodology=methodology, version=version
    ).to_pylist()
    return _parts(rows, "category")


def _parts(rows: Sequence[_Row], name: str) -> Parts:
    found: dict[int, tuple[Part, ...]] = {}
    for row in rows:
        part = Part(row[name], row["share_before"], row["amount_share"])
        found[row["line_id"]] = (*found.get(row["line_id"], ()), part)
    return found
