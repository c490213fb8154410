"""The desk: the budget that is worked on, the scenario that is open, and what may be done to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import streamlit as st

from budgeting.access import Action, Identity, is_allowed
from budgeting.errors import BudgetingError, NotFound
from budgeting.model import Report, Stage, plural_text, text
from budgeting.reports.scenarios import simulator
from budgeting.reports.scenarios.footing import scenario_question
from budgeting.reports.scenarios.jobs import with_jobs
from budgeting.reports.scenarios.measures import service_states
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.scenarios import saving
from budgeting.scenarios.model import Scenario, redoable, undoable
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.stored import known_scenario
from budgeting.simulation.effects import ServiceState
from budgeting.simulation.model import Subject
from budgeting.simulation.moves import Move
from budgeting.simulation.outcome import outcome
from budgeting.simulation.rules import Rule
from budgeting.ui import address
from budgeting.ui.session import language, open_store

_SAID, _TRIED, _SEEN = "scenario_said", "scenario_tried", "scenario_seen"
_OTHERS = "scenario_others"


class Held(NamedTuple):
    """What a subject has in the budget as it is, and in the scenario."""

    before: Decimal
    now: Decimal


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page works on; ``scenario`` is None until something is kept."""

    who: Identity
    asked: Question
    rules: tuple[Rule, ...]
    scenario: Scenario | None

    @property
    def key(self) -> str:
        """What widgets are named after: the budget, and the language of its labels."""
        view = self.asked.view
        return f"{view.municipality_code}_{view.fiscal_year}_{view.stage}_{view.language}"

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that stand; those only tried where the reader may keep none."""
        if self.scenario:
            return self.scenario.moves
        tried: dict[str, tuple[Move, ...]] = st.session_state.get(_TRIED, {})
        return tried.get(self.key, ())

    @property
    def may_keep(self) -> bool:
        """Whether the reader's moves are stored."""
        return is_allowed(self.who.role, Action.MAKE_SCENARIO)

    @property
    def may_change(self) -> bool:
        """Whether moves can be made: in a draft, or tried on the budget."""
        return self.scenario is None or (self.scenario.is_draft and self.may_keep)

    @property
    def can_undo(self) -> bool:
        """Whether the reader has done something that can be taken back."""
        if self.scenario:
            return self.may_change and bool(undoable(self.scenario, self.who.name))
        return bool(self.moves)

    @property
    def can_redo(self) -> bool:
        """Whether the reader took something back last."""
        return (
            self.scenario is not None
            and self.may_change
            and bool(redoable(self.scenario, self.who.name))
        )

    @property
    def services(self) -> Mapping[str, ServiceState]:
        """Services whose users can be set otherwise."""
        return service_states(open_store(), self.asked)

    def held(self, subject: Subject) -> Held:
        """Return what a subject has in the budget as it is, and in the scenario."""
        baseline = self.asked.baseline
        before = baseline.amount_of(baseline.lines_of(subject))
        return Held(before, outcome(baseline, self.moves, self.rules).amount_of(subject))

    def report(self, *further: Move, with_room: bool = False) -> Report:
        """Return the scenario as it stands, or as it would with further moves.

        Raises
        ------
        MoveInvalid
            A move that the budget does not allow.
        """
        moves = (*self.moves, *further)
        shown = simulator.build(open_store(), self.asked, moves, self.rules, with_room=with_room)
        return with_jobs(self.asked, moves, self.rules, shown)

    def add(self, *moves: Move) -> bool:
        """Make moves and return whether they stand; the first one begins a scenario to keep them in."""
        if not self.may_keep:
            self._try((*self.moves, *moves))
            return True
        st.session_state.pop(_OTHERS, None)
        with told():
            begun = self.scenario or self.begin(_name())
            saving.add_moves(open_store(), self.who, begun.scenario_id, moves, seen=begun.sequence)
            return True
        return False

    def say_next(self, words: str) -> None:
        """Have a sentence said when the page is drawn next."""
        st.session_state[_SAID] = words

    def begin(self, name: str) -> Scenario:
        """Begin a scenario on the budget, and open it."""
        benefits = self.asked.benefits
        begun = saving.begin(
            open_store(),
            self.who,
            self.asked.view.municipality_code,
            benefits.vintage.vintage_id,
            name,
        )
        address.choose(scenario=str(begun.scenario_id))
        return begun

    def undo(self) -> None:
        """Take back one's own last move."""
        if self.scenario is None:
            self._try(self.moves[:-1])
        self._change(saving.undo)

    def redo(self) -> None:
        """Make the move again that one took back last."""
        self._change(saving.redo)

    def reset(self) -> None:
        """Take back all moves that one sees."""
        if self.scenario is None:
            self._try(())
        self._change(saving.reset_all)

    def take_back(self, place: int) -> None:
        """Take back one move, by its place among those that stand, from 0."""
        if self.scenario is None:
            self._try((*self.moves[:place], *self.moves[place + 1 :]))
            return
        number = self.scenario.standing[place].number
        with told():
            saving.reset_one(
                open_store(),
                self.who,
                self.scenario.scenario_id,
                number,
                seen=self.scenario.sequence,
            )

    def _change(self, act: Callable[..., Scenario]) -> None:
        if self.scenario:
            with told():
                number, seen = self.scenario.scenario_id, self.scenario.sequence
                act(open_store(), self.who, number, seen=seen)

    def _try(self, moves: Sequence[Move]) -> None:
        st.session_state.setdefault(_TRIED, {})[self.key] = tuple(moves)


class told:  # noqa: N801  # read as a word: with told():
    """Keep why something could not be done, to be said when the page is drawn."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Keep the sentence of bad use; a fault of the page goes on."""
        if not isinstance(error, BudgetingError):
            return False
        st.session_state[_SAID] = language().say(error.message)
        return True


def say_what_was_said() -> None:
    """Show once what could not be done, or what others did meanwhile."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.warning(said, icon=":material/info:")
    others = st.session_state.get(_OTHERS)
    if others:
        st.info(others, icon=":material/group:")


def _tell_of_others(who: Identity, found: Scenario) -> None:
    """Keep what others have done since this session saw the scenario last."""
    seen: dict[int, int] = st.session_state.setdefault(_SEEN, {})
    last = seen.get(found.scenario_id, found.sequence)
    new = [one for one in found.log if one.sequence > last and one.recorded_by != who.name]
    seen[found.scenario_id] = found.sequence
    if new:
        # Said until the reader's own next move: a click somewhere else must not sweep it away.
        st.session_state[_OTHERS] = language().say(
            plural_text(
                "Meanwhile {names} made {count} change; it stands beside yours.",
                "Meanwhile {names} made {count} changes; they stand beside yours.",
                len(new),
                names=", ".join(sorted({one.recorded_by for one in new})),
            )
        )


def _name() -> str:
    return language().say(text("Scenario of {day}", day=date.today()))


def opened() -> Scenario | None:
    """Return the scenario of the address; its budget becomes the one that is chosen."""
    number = address.value("scenario")
    if not number.isdecimal():
        return None
    try:
        found = known_scenario(open_store(), int(number))
    except NotFound as error:
        st.session_state[_SAID] = language().say(error.message)
        address.choose(scenario="")
        return None
    footing = found.footing
    address.choose(
        municipality=footing.municipality_code,
        year=str(footing.fiscal_year),
        stage=footing.stage.value,
    )
    return found


def desk(who: Identity, found: Scenario | None, chosen: Mapping[str, str]) -> Desk:
    """Return the desk of a budget, or of a scenario on it."""
    if found:
        _tell_of_others(who, found)
        asked = scenario_question(open_store(), found, language=language().code)
        version = found.footing.rules_version
    else:
        view = ScenarioView(
            chosen["municipality"],
            int(chosen["year"]),
            Stage(chosen["stage"]),
            language=language().code,
        )
        asked, version = _question(open_store().budget_state, view), None
    rules = _rules(open_store().budget_state, asked.view.municipality_code, version)
    return Desk(who, asked, rules, found)


@lru_cache(maxsize=32)
def _rules(_state: str, municipality: str, version: int | None) -> tuple[Rule, ...]:
    return rule_set(open_store(), municipality, version).rules


@lru_cache(maxsize=32)
def _question(_state: str, view: ScenarioView) -> Question:
    return question(open_store(), view)
