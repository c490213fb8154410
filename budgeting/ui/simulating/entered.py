"""What stands in the fields of the entry form, as a move.

Fields are read from the session and not from what the page was drawn with: what was typed last may
arrive together with the click on “Make this move”.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

import streamlit as st

from budgeting.model import Direction, Text, text
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import (
    Move,
    MoveKind,
    level,
    level_by_percent,
    new_line,
    virement,
)
from budgeting.ui.simulating.desk import Desk

_SPENT, _RECEIVED = Direction.EXPENDITURE, Direction.REVENUE
# among what a reader chooses: what it is called, what kind of subject it is, spent or received
AMONG: Mapping[str, tuple[Text, SubjectKind, Direction]] = {
    "service": (text("services"), SubjectKind.SERVICE, _SPENT),
    "programme": (text("programmes"), SubjectKind.PROGRAMME, _SPENT),
    "organisation": (text("organisations"), SubjectKind.ORGANISATION, _SPENT),
    "line": (text("budget lines"), SubjectKind.LINE, _SPENT),
    "fees": (text("fees of services"), SubjectKind.SERVICE, _RECEIVED),
    "revenue": (text("revenue"), SubjectKind.LINE, _RECEIVED),
}
# ways of making a move, with what each chooses among
MOVABLE = ("service", "programme", "organisation", "line")
WAYS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "virement": (text("Move money"), MOVABLE),
    "level": (text("Set a level"), tuple(AMONG)),
    "new_line": (text("Add a line"), ("programme", "organisation")),
    "users": (text("Other users"), ()),
}
_CENT = Decimal("0.01")
_MADE, _AMOUNT = "moves_made", "amount_to_move"
_FIELDS = ("number", "slider")


def key(desk: Desk, name: str) -> str:
    """Return the key of a field; a move that the reader made begins the next one with empty fields.

    What others do meanwhile leaves the fields as they are.
    """
    return f"{name}_{desk.key}_{st.session_state.get(_MADE, 0)}"


def begin_anew() -> None:
    """Empty the fields."""
    st.session_state[_MADE] = st.session_state.get(_MADE, 0) + 1


def way_key(desk: Desk) -> str:
    """Return the key of the choice of a way, which stays from move to move."""
    return f"way_{desk.key}"


def among_key(desk: Desk, way: str) -> str:
    """Return the key of what is chosen among, which stays from move to move."""
    return f"among_{way}_{desk.key}"


def subject_key(desk: Desk, way: str, name: str) -> str:
    """Return the key of a subject: another one for each kind that is chosen among."""
    return f"{key(desk, name)}_{st.session_state.get(among_key(desk, way))}"


def subject(desk: Desk, way: str, name: str) -> Subject | None:
    """Return the subject that is chosen in a field; None for none."""
    among = st.session_state.get(among_key(desk, way))
    code = st.session_state.get(subject_key(desk, way, name))
    if among is None or code is None:
        return None
    _words, kind, direction = AMONG[among]
    return Subject(kind, code, direction)


def people_key(desk: Desk, service: str, sex: str) -> str:
    """Return the key of a number of users."""
    return f"{key(desk, 'people')}_{service}_{sex}"


@dataclass(slots=True)
class Amount:
    """How much is to be moved, as the number or the slider said last; ``of`` is the key of its move.

    The other one is shown anew with it, under the key of its next turn: what a browser still sends of
    the one before, which it shows until the answer comes, is no answer then.
    """

    of: str
    value: float = 0.0
    turns: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_FIELDS, 0))

    def key(self, name: str) -> str:
        """Return the key of one of the two fields."""
        return f"{name}_{self.turns[name]}_{self.of}"

    def take(self, name: str) -> None:
        """Take what one of the fields says."""
        self.value = st.session_state[self.key(name)]
        for other in _FIELDS:
            self.turns[other] += other != name


def amount(desk: Desk) -> Amount:
    """Return how much is to be moved; 0 before it is said."""
    of = key(desk, "amount")
    found = st.session_state.get(_AMOUNT)
    if not found or found.of != of:
        st.session_state[_AMOUNT] = found = Amount(of)
    return cast("Amount", found)


def entered(desk: Desk) -> Move | None:
    """Return the move as far as it is entered; None before."""
    read = _ENTERED.get(str(st.session_state.get(way_key(desk))))
    move = read(desk) if read else None
    return move and replace(move, reason=str(_value(desk, "reason") or "").strip())


def _value(desk: Desk, name: str) -> Any:
    return st.session_state.get(key(desk, name))


def _money(said: Any) -> Decimal:
    return Decimal(str(said or 0)).quantize(_CENT)


def _virement(desk: Desk) -> Move | None:
    giver, taker = (subject(desk, "virement", name) for name in ("giver", "taker"))
    moved = _money(amount(desk).value)
    return virement(giver, taker, moved) if giver and taker and moved else None


def _level(desk: Desk) -> Move | None:
    of, percent, change = (
        subject(desk, "level", "subject"),
        _value(desk, "percent"),
        _money(_value(desk, "amount")),
    )
    if of is None:
        return None
    if percent:
        return level_by_percent(desk.asked.baseline, of, Decimal(str(percent)))
    return level(of, change) if change else None


def _new_line(desk: Desk) -> Move | None:
    parent, label = subject(desk, "new_line", "parent"), str(_value(desk, "label") or "").strip()
    size = _money(_value(desk, "new_amount"))
    return new_line(parent, label, size) if parent and label and size else None


def _users(desk: Desk) -> Move | None:
    service, sex = _value(desk, "service"), _value(desk, "sex")
    if service not in desk.services or sex is None:
        return None
    people = st.session_state.get(people_key(desk, service, sex))
    today = desk.services[service].use.known.get(sex)
    if people is None or people == today:
        return None
    return Move(MoveKind.USERS, service=service, sex=sex, people=Decimal(people))


_ENTERED: Mapping[str, Callable[[Desk], Move | None]] = {
    "virement": _virement,
    "level": _level,
    "new_line": _new_line,
    "users": _users,
}
