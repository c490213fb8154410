"""Drift: what has changed under a scenario since it was begun, and carrying its moves over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import dropwhile

from budgeting.access import Identity
from budgeting.errors import MoveInvalid, NotFound
from budgeting.model import Direction, Text, text
from budgeting.scenarios.kept import current_baseline, kept_baseline
from budgeting.scenarios.model import Act, Action, Scenario, StoredMove
from budgeting.scenarios.rules import rule_set, rules_of
from budgeting.scenarios.writing import footing_of, made, writing
from budgeting.simulation.model import ZERO, Baseline, Line
from budgeting.simulation.moves import Move, MoveKind, level_by_percent
from budgeting.simulation.outcome import outcome
from budgeting.simulation.rules import Changes, Rule
from budgeting.store import Store

_Key = tuple[Direction, str]


@dataclass(frozen=True, slots=True)
class LineDrift:
    """A line that is not as it was; None where it is new, or gone.

    ``is_touched`` where the scenario's moves change it.
    """

    direction: Direction
    code: str
    label: str
    before: Decimal | None
    now: Decimal | None
    is_touched: bool


@dataclass(frozen=True, slots=True)
class MoveDrift:
    """What becomes of a move on today's lines.

    Parameters
    ----------
    becomes
        The move itself; one that was entered as a percentage, with the amount that it comes to now.
    fault
        Why it cannot be made any more; None where it can.
    """

    stored: StoredMove
    becomes: Move
    fault: Text | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """What has changed under a scenario.

    Parameters
    ----------
    lines
        Lines that changed, are new or gone, largest change first.
    moves
        Every standing move, in order.
    newer_rules
        Version of the municipality's rules that is newer than the scenario's; None where none is.
    is_other
        Whether its moves would come to something else today, or touch lines that have changed.
    """

    lines: tuple[LineDrift, ...] = ()
    moves: tuple[MoveDrift, ...] = ()
    newer_rules: int | None = None
    is_other: bool = False

    @property
    def is_any(self) -> bool:
        """Whether anything has changed."""
        return bool(self.lines or self.newer_rules or self.is_other)


def drift(store: Store, of: Scenario) -> Drift:
    """Return what has changed under a scenario since it was begun or rebased."""
    kept, current = kept_baseline(store, of.footing), current_baseline(store, of.footing)
    newest = rule_set(store, of.footing.municipality_code)
    newer = newest.version if newest.version > of.footing.rules_version else None
    if kept is current:
        return Drift(
            moves=tuple(MoveDrift(one, one.move) for one in of.standing), newer_rules=newer
        )
    touched = _then(store, of)
    moves = _carried(current, of.standing, newest.rules)
    lines = _changed_lines(kept, current, frozenset(touched))
    is_other = any(line.is_touched for line in lines) or any(one.fault for one in moves)
    return Drift(lines, moves, newer, is_other or touched != _today(store, of, current))


def rebase(
    store: Store,
    identity: Identity,
    scenario_id: int,
    *,
    seen: int,
    moves: Collection[int] | None = None,
    vintage_id: int | None = None,
) -> Scenario:
    """Put a draft onto today's lines and rules, and return it as it is saved.

    Parameters
    ----------
    seen
        Version that the reader saw.
    moves
        Numbers of the moves that are carried over; None for all that can still be made. The others
        are withdrawn, and stay in the log.
    vintage_id
        Statement that it stands on from now; None for the same as before.

    Raises
    ------
    ScenarioChanged
        Somebody was faster; nothing is written.
    MoveInvalid
        A move that was asked for cannot be made any more.
    NotAllowed, NotFound
        The role does not permit it, the scenario is no draft, or there is no such move or statement.
    """
    with writing(store, identity, scenario_id, "rebase") as act:
        act.refuse_if_changed(seen)
        before = act.before
        place = before.footing.municipality_code
        footing = footing_of(store, act.transaction, place, vintage_id or before.footing.vintage_id)
        act.restate("rebase", footing=footing)
        current = current_baseline(store, footing)
        found = _carried(current, before.standing, rule_set(store, place).rules)
        wanted = _wanted(found, moves)
        act.before = act.saved
        kept = [one for one in found if one.stored.number in wanted]
        again = list(dropwhile(lambda one: one.becomes == one.stored.move, kept))
        gone = [one for one in found if one in again or one.stored.number not in wanted]
        act.write(
            Act.REBASE,
            [(Action.WITHDRAW, one.stored.number) for one in gone],
            [one.becomes for one in again],  # from the first new amount on, so that the order stays
        )
    return act.saved


def carried(current: Baseline, moves: Iterable[Move], rules: tuple[Rule, ...]) -> tuple[Move, ...]:
    """Return the moves that can be made on other lines, each behind those before it."""
    found: list[Move] = []
    for move in moves:
        try:
            outcome(current, [*found, move], rules)
        except MoveInvalid:
            continue
        found.append(move)
    return tuple(found)


def _wanted(found: Collection[MoveDrift], numbers: Collection[int] | None) -> frozenset[int]:
    """Return which moves are carried over; raise where one of them cannot be."""
    if numbers is None:
        return frozenset(one.stored.number for one in found if one.fault is None)
    known = {one.stored.number: one for one in found}
    for number in numbers:
        if number not in known:
            raise NotFound(text("The move {number} is not there any more.", number=str(number)))
        fault = known[number].fault
        if fault is not None:
            raise MoveInvalid(fault)
    return frozenset(numbers)


def _carried(
    current: Baseline, standing: Collection[StoredMove], rules: tuple[Rule, ...]
) -> tuple[MoveDrift, ...]:
    """Return what becomes of moves on other lines, each behind those that can still be made."""
    found: list[MoveDrift] = []
    so_far: list[Move] = []
    for stored in standing:
        becomes = _becomes(current, stored.move)
        try:
            outcome(current, [*so_far, becomes], rules)
        except MoveInvalid as error:
            found.append(MoveDrift(stored, stored.move, error.message))
        else:
            so_far.append(becomes)
            found.append(MoveDrift(stored, becomes))
    return tuple(found)


def _becomes(current: Baseline, move: Move) -> Move:
    if move.kind is not MoveKind.LEVEL or move.percent is None or move.subject is None:
        return move
    return replace(move, amount=level_by_percent(current, move.subject, move.percent).amount)


def _changed_lines(
    kept: Baseline, current: Baseline, touched: frozenset[_Key]
) -> tuple[LineDrift, ...]:
    before = {(line.direction, line.code): line for line in kept.lines}
    now = {(line.direction, line.code): line for line in current.lines}
    found = [
        _line_drift(key, before.get(key), now.get(key), key in touched)
        for key in dict.fromkeys([*before, *now])
    ]
    changed = [one for one in found if one.before != one.now]
    return tuple(sorted(changed, key=lambda one: -abs((one.now or ZERO) - (one.before or ZERO))))


def _line_drift(key: _Key, was: Line | None, now: Line | None, is_touched: bool) -> LineDrift:
    label = now.label if now else was.label if was else ""
    amounts = (was.amount if was else None, now.amount if now else None)
    return LineDrift(*key, label, *amounts, is_touched)


def _today(store: Store, of: Scenario, current: Baseline) -> dict[_Key, Decimal] | None:
    """Return what its moves come to today, under its own rules; None where they cannot be made."""
    rules = rules_of(store, of.footing.municipality_code, of.footing.rules_version)
    try:
        found = outcome(current, of.moves, rules)
    except MoveInvalid:
        return None
    return _by_key(found.baseline, found.changes)


def _then(store: Store, of: Scenario) -> dict[_Key, Decimal]:
    found = made(store, of)
    return _by_key(found.baseline, found.changes)


def _by_key(baseline: Baseline, changes: Changes) -> dict[_Key, Decimal]:
    lines = ((baseline.by_id[line_id], change) for line_id, change in changes.items())
    return {(line.direction, line.code): change for line, change in lines}
