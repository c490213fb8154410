"""Saving scenarios: every move is kept in one transaction, and what is saved is given back.

The log of a scenario only grows. Moves of two persons who save at once both stand; undoing takes
back one's own; resetting takes what its reader has seen.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from budgeting.access import Action as Allowed
from budgeting.access import Identity, require
from budgeting.errors import MoveInvalid, NotFound, ScenarioInvalid
from budgeting.model import Text, text
from budgeting.scenarios.model import (
    Act,
    Action,
    Entry,
    Footing,
    Scenario,
    ScenarioState,
    again,
    inverse,
    redoable,
    undoable,
)
from budgeting.scenarios.stored import scaled, scenario
from budgeting.scenarios.writing import Steps, Writing, change_of, footing_of, write_new, writing
from budgeting.simulation.moves import Move
from budgeting.store import Store

LONGEST_NAME = 120
_DIGITS = 17  # of a figure, before and after the mark


def begin(
    store: Store,
    identity: Identity,
    municipality_code: str,
    vintage_id: int,
    name: str,
    *,
    description: str = "",
) -> Scenario:
    """Begin a scenario on a statement of expenditure and the revenue beside it, and return it.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    ScenarioInvalid
        It has no name, or one that is too long.
    NotFound
        There is no such statement.
    """
    require(identity, Allowed.MAKE_SCENARIO)
    told = named(name)
    with store.transaction(identity, change_of("begin", told, municipality_code)) as transaction:
        footing = footing_of(store, transaction, municipality_code, vintage_id)
        return write_new(transaction, identity, "begin", blank(footing, told, description))


def copy(store: Store, identity: Identity, scenario_id: int, name: str) -> Scenario:
    """Begin a scenario with the baseline, the rules and the standing moves of another; return it.

    Raises
    ------
    NotAllowed, ScenarioInvalid, NotFound
        As in `begin`.
    """
    require(identity, Allowed.MAKE_SCENARIO)
    told = named(name)
    of = scenario(store, scenario_id)
    change = change_of("copy", told, of.footing.municipality_code)
    with store.transaction(identity, change) as transaction:
        of = scenario(transaction, scenario_id)
        new = replace(blank(of.footing, told, of.description), copied_from=scenario_id)
        return write_new(transaction, identity, "copy", new, of.moves)


def rename(
    store: Store, identity: Identity, scenario_id: int, name: str, description: str, *, seen: int
) -> Scenario:
    """Give a scenario another name or description; `seen` is the version that the reader saw.

    Raises
    ------
    ScenarioChanged
        Somebody was faster; nothing is written.
    NotAllowed, ScenarioInvalid, NotFound
        As in `begin`; a scenario that is decided keeps its name.
    """
    told = named(name)
    with writing(store, identity, scenario_id, "rename") as act:
        act.refuse_if_changed(seen)
        act.restate("rename", name=told, description=description.strip())
    return act.saved


def add_moves(
    store: Store,
    identity: Identity,
    scenario_id: int,
    moves: Sequence[Move],
    *,
    seen: int,
    replacing: Collection[int] = (),
) -> Scenario:
    """Add moves behind those that stand, and return the scenario as it is saved.

    Moves that others have added meanwhile stay; they are in ``joined`` of what is returned.

    Parameters
    ----------
    seen
        Sequence that the reader saw.
    replacing
        Numbers of standing moves that these take the place of.

    Raises
    ------
    NotAllowed
        The role does not permit it, or the scenario is no draft any more.
    MoveInvalid
        Money cannot be moved so beside the moves that stand.
    NotFound
        A move to be replaced does not stand, or there is no such scenario.
    """
    for move in moves:
        refuse_impossible(move)
    with writing(store, identity, scenario_id, "add-moves", seen) as act:
        act.write(
            Act.ADD, [(Action.WITHDRAW, number) for number in _standing(act, replacing)], moves
        )
    return act.saved


def reset_one(
    store: Store, identity: Identity, scenario_id: int, number: int, *, seen: int
) -> Scenario:
    """Withdraw one standing move, whoever made it; return the scenario as it is saved.

    Raises
    ------
    NotFound
        It does not stand, or there is no such scenario.
    NotAllowed, MoveInvalid
        As in `add_moves`; a later move may need the money.
    """
    with writing(store, identity, scenario_id, "reset-move", seen) as act:
        act.write(Act.RESET, [(Action.WITHDRAW, one) for one in _standing(act, (number,))])
    return act.saved


def reset_all(store: Store, identity: Identity, scenario_id: int, *, seen: int) -> Scenario:
    """Withdraw every standing move that the reader has seen; what was added meanwhile stays.

    Raises
    ------
    NotFound
        There is no such move, or no such scenario.
    NotAllowed, MoveInvalid
        As in `reset_one`.
    """
    with writing(store, identity, scenario_id, "reset-moves", seen) as act:
        known = [one.number for one in act.before.standing if one.number <= seen]
        if not known:
            raise NotFound(text("There is no move to take away."))
        act.write(Act.RESET, [(Action.WITHDRAW, number) for number in known])
    return act.saved


def undo(store: Store, identity: Identity, scenario_id: int, *, seen: int) -> Scenario:
    """Take back one's own last act on the moves; called again, the one before it.

    What others did stays. After it everything is as before the act.

    Raises
    ------
    NotFound
        There is nothing to take back, or no such scenario.
    NotAllowed, MoveInvalid
        As in `reset_one`.
    """
    with writing(store, identity, scenario_id, "undo", seen) as act:
        last = undoable(act.before, identity.name)
        _write_again(
            act, Act.UNDO, last, inverse(last), text("There is no move of yours to take back.")
        )
    return act.saved


def redo(store: Store, identity: Identity, scenario_id: int, *, seen: int) -> Scenario:
    """Make again what one took back last, as long as one has done nothing new since.

    Raises
    ------
    NotFound
        There is nothing to make again, or no such scenario.
    NotAllowed, MoveInvalid
        As in `reset_one`.
    """
    with writing(store, identity, scenario_id, "redo", seen) as act:
        last = redoable(act.before, identity.name)
        _write_again(
            act, Act.REDO, last, again(last), text("There is nothing of yours to make again.")
        )
    return act.saved


def _write_again(
    act: Writing, change: Act, of: Sequence[Entry], steps: Steps, why_not: Text
) -> None:
    """Write what takes an act back or makes it again; `why_not` is said where there is none."""
    if not of:
        raise NotFound(why_not)
    act.write(change, steps, undoes=of[0].act)


def withdraw(store: Store, identity: Identity, scenario_id: int, reason: str, *, seen: int) -> None:
    """Keep a draft no longer, for a reason. Errors are those of `rename`."""
    if not reason.strip():
        raise ScenarioInvalid(text("A scenario is withdrawn for a reason: write it down."))
    with writing(store, identity, scenario_id, "withdraw", reason=reason) as act:
        act.refuse_if_changed(seen)
        act.restate("withdraw", state=ScenarioState.WITHDRAWN, reason=reason.strip())


def named(name: str) -> str:
    """Return a name as it is kept; raises `ScenarioInvalid` where it is empty or too long."""
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise ScenarioInvalid(
            text("A scenario has a name of 1 to {most} characters.", most=LONGEST_NAME)
        )
    return told


def blank(footing: Footing, name: str, description: str) -> Scenario:
    """Return a draft without moves that is not stored yet."""
    now = datetime.now(UTC)
    state = ScenarioState.DRAFT
    return Scenario(0, 0, name, description.strip(), footing, state, "", now, "", now)


def _standing(act: Writing, numbers: Collection[int]) -> list[int]:
    standing = {one.number for one in act.before.standing}
    for number in numbers:
        if number not in standing:
            raise NotFound(text("The move {number} is not there any more.", number=str(number)))
    return list(dict.fromkeys(numbers))


def refuse_impossible(move: Move) -> None:
    """Raise `MoveInvalid` where a figure of a move cannot be kept exactly."""
    for figure, digits in ((move.amount, 2), (move.percent, 6), (move.people, 4)):
        if figure is None:
            continue
        if not figure.is_finite() or abs(figure) >= Decimal(10) ** (_DIGITS - digits):
            raise MoveInvalid(text("A figure of the move is far too large."))
        if scaled(figure, digits) != figure:
            raise MoveInvalid(
                text(
                    "The figure {figure} has more than {digits} decimals. Round it.",
                    figure=str(figure),
                    digits=digits,
                )
            )
