"""What a scenario consists of, as it is stored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from budgeting.model import Stage
from budgeting.simulation.moves import Move


class ScenarioState(StrEnum):
    """Where a scenario stands; from submitted on its moves are frozen."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What was done to the moves of a scenario at once."""

    ADD = "add"
    RESET = "reset"
    UNDO = "undo"
    REDO = "redo"
    REBASE = "rebase"
    COPY = "copy"
    OPEN = "open"


class Action(StrEnum):
    """What an entry of a log does to a move."""

    ADD = "add"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class StoredMove:
    """A move that was ever added to a scenario; ``number`` is its place among the others."""

    number: int
    move: Move
    author: str
    recorded_at: datetime
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line in the log of a scenario; ``act`` is the first sequence of what was done at once."""

    sequence: int
    act: int
    change: Act
    undoes: int | None
    action: Action
    move_number: int
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Footing:
    """What a scenario stands on.

    Parameters
    ----------
    vintage_id, revenue_vintage_id
        Statements of expenditure and revenue; None where no revenue is stored.
    data_version
        Audit sequence at which the lines were read.
    baseline
        Fingerprint of the lines, kept as they were: `kept.kept_baseline` gives them.
    rules_version
        Version of the municipality's rules; 0 where it has none.
    """

    municipality_code: str
    fiscal_year: int
    stage: Stage
    currency_code: str
    vintage_id: int
    revenue_vintage_id: int | None
    data_version: int
    baseline: str
    rules_version: int

    @property
    def vintage_ids(self) -> tuple[int, ...]:
        """The statements, expenditure first."""
        return tuple(one for one in (self.vintage_id, self.revenue_vintage_id) if one is not None)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as it is stored now.

    Parameters
    ----------
    version
        Number of what it is called, stands on and has come to; moves leave it as it is.
    added
        Every move that was ever added, in the order in which they are made.
    log
        What was done to them, from the beginning.
    joined
        Entries of others that the reader had not seen when they saved.
    """

    scenario_id: int
    version: int
    name: str
    description: str
    footing: Footing
    state: ScenarioState
    author: str
    begun_at: datetime
    changed_by: str
    changed_at: datetime
    reason: str = ""
    copied_from: int | None = None
    added: tuple[StoredMove, ...] = ()
    log: tuple[Entry, ...] = ()
    joined: tuple[Entry, ...] = ()

    @property
    def standing(self) -> tuple[StoredMove, ...]:
        """The moves that stand, in the order in which they are made."""
        return tuple(one for one in self.added if one.is_standing)

    @property
    def moves(self) -> tuple[Move, ...]:
        """What the simulation takes."""
        return tuple(one.move for one in self.standing)

    @property
    def sequence(self) -> int:
        """Number of the newest entry in the log: what a reader says that they have seen."""
        return self.log[-1].sequence if self.log else 0

    @property
    def is_draft(self) -> bool:
        """Whether moves can still be made."""
        return self.state is ScenarioState.DRAFT


def undoable(scenario: Scenario, name: str) -> tuple[Entry, ...]:
    """Return the last act of a person that is not taken back and still shows: its entries; or ()."""
    undone = _undone(scenario)
    found = [
        act
        for act in _acts(scenario, (Act.ADD, Act.RESET), name)
        if act[0].act not in undone and _would_change(scenario, inverse(act))
    ]
    return found[-1] if found else ()


def redoable(scenario: Scenario, name: str) -> tuple[Entry, ...]:
    """Return the act that a person took back last, with no new one since: its entries; or ()."""
    own = _acts(scenario, (Act.ADD, Act.RESET), name)
    newest = max((act[0].act for act in own), default=0)
    undone = _undone(scenario)
    found = [
        act
        for act in own
        if undone.get(act[0].act, 0) > newest and _would_change(scenario, again(act))
    ]
    return max(found, key=lambda act: undone[act[0].act], default=())


def inverse(act: Collection[Entry]) -> list[tuple[Action, int]]:
    """Return what takes an act back, by move."""
    taken_back = {
        Action.ADD: Action.WITHDRAW,
        Action.RESTORE: Action.WITHDRAW,
        Action.WITHDRAW: Action.RESTORE,
    }
    return [(taken_back[entry.action], entry.move_number) for entry in act]


def again(act: Collection[Entry]) -> list[tuple[Action, int]]:
    """Return what makes an act again that was taken back, by move."""
    return [
        (Action.WITHDRAW if entry.action is Action.WITHDRAW else Action.RESTORE, entry.move_number)
        for entry in act
    ]


def effective(
    scenario: Scenario, steps: Collection[tuple[Action, int]]
) -> list[tuple[Action, int]]:
    """Return the steps that change something: a colleague may have been there already."""
    standing = {one.number for one in scenario.standing}
    return [
        (action, number)
        for action, number in steps
        if (number in standing) is (action is Action.WITHDRAW)
    ]


def _would_change(scenario: Scenario, steps: Collection[tuple[Action, int]]) -> bool:
    return bool(effective(scenario, steps))


def _acts(scenario: Scenario, changes: Collection[Act], name: str) -> list[tuple[Entry, ...]]:
    """Return what a person did, in order."""
    found: dict[int, list[Entry]] = {}
    for entry in scenario.log:
        if entry.change in changes and entry.recorded_by == name:
            found.setdefault(entry.act, []).append(entry)
    return [tuple(entries) for entries in found.values()]


def _undone(scenario: Scenario) -> dict[int, int]:
    """Return the acts that are taken back now, and the act that did it."""
    found: dict[int, int] = {}
    for entry in scenario.log:
        if entry.undoes is not None and entry.change is Act.UNDO:
            found[entry.undoes] = entry.act
        elif entry.undoes is not None:
            found.pop(entry.undoes, None)
    return found
