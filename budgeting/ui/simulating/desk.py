"""The desk: the budget that is worked on, and the moves that stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from budgeting.model import Report, Stage
from budgeting.reports.scenarios import simulator
from budgeting.reports.scenarios.measures import service_states
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.simulation.effects import ServiceState
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import Move
from budgeting.simulation.rules import Rule, RuleKind
from budgeting.ui.session import language, open_store

_HOUSE_RULES = (Rule("balance", RuleKind.BALANCED, Subject(SubjectKind.ALL)),)


@dataclass
class Draft:
    """Moves that stand, in their order, and those taken back, the newest last."""

    moves: list[Move] = field(default_factory=list)
    undone: list[Move] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page works on."""

    view: ScenarioView
    asked: Question
    draft: Draft
    rules: tuple[Rule, ...]

    @property
    def key(self) -> str:
        """What widgets are named after: the budget and the language of its labels."""
        view = self.view
        return f"{view.municipality_code}_{view.fiscal_year}_{view.stage}_{view.language}"

    def report(self, *further: Move) -> Report:
        """Return the scenario as it stands, or as it would with further moves.

        Raises
        ------
        MoveInvalid
            A move that the budget does not allow.
        """
        moves = (*self.draft.moves, *further)
        return simulator.build(open_store(), self.view, moves, self.rules)

    @property
    def services(self) -> Mapping[str, ServiceState]:
        """Services whose users can be set otherwise."""
        return service_states(open_store(), self.asked)

    def add(self, move: Move) -> None:
        """Make a move; what was taken back before it cannot come again."""
        self.draft.moves.append(move)
        self.draft.undone.clear()

    def undo(self) -> None:
        """Take the last move back."""
        if self.draft.moves:
            self.draft.undone.append(self.draft.moves.pop())

    def redo(self) -> None:
        """Make the move again that was taken back last."""
        if self.draft.undone:
            self.draft.moves.append(self.draft.undone.pop())

    def take_back(self, number: int) -> None:
        """Take one move back, counted from 1, and leave the others."""
        self.draft.undone.append(self.draft.moves.pop(number - 1))

    def reset(self) -> None:
        """Take all moves back."""
        self.draft.undone.extend(reversed(self.draft.moves))
        self.draft.moves.clear()


def desk(municipality: str, year: str, stage: str) -> Desk:
    """Return the desk of a budget."""
    view = ScenarioView(municipality, int(year), Stage(stage), language=language().code)
    key = f"draft_{municipality}_{year}_{stage}"
    if key not in st.session_state:
        st.session_state[key] = Draft()
    draft: Draft = st.session_state[key]
    return Desk(view, question(open_store(), view), draft, _HOUSE_RULES)
