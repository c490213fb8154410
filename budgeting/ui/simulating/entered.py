"""What stands in the fields of the entry form, as a move.

Fields are read from the session and not from what the page was drawn with: what was typed last may
arrive together with the click on “Make this move”.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import streamlit as st

from budgeting.amounts import CENT
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
from budgeting.ui.simulating.in_step import InStep, in_step, money

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
_MADE = "moves_made"


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


def amount(desk: Desk) -> InStep:
    """Return how much is to be moved."""
    return in_step(key(desk, "amount"))


def level_of(desk: Desk, of: Subject) -> InStep:
    """Return what a subject is to have; another one when what it has by now is another."""
    return in_step(key(desk, f"level_{of.code}_{desk.held(of).now}"))


def percent_of(before: Decimal, reached: Decimal) -> Decimal:
    """Return by how many per cent a level differs from what there was; 0 where there was nothing."""
    return (reached - before) / before * 100 if before else Decimal(0)


def at_percent(before: Decimal, percent: float) -> Decimal:
    """Return the level that differs by some per cent from what there was, to the cent."""
    return before + (before * Decimal(str(percent)) / 100).quantize(CENT, ROUND_HALF_EVEN)


def entered(desk: Desk) -> Move | None:
    """Return the move as far as it is entered; None before."""
    read = _ENTERED.get(str(st.session_state.get(way_key(desk))))
    move = read(desk) if read else None
    return move and replace(move, reason=str(_value(desk, "reason") or "").strip())


def _value(desk: Desk, name: str) -> Any:
    return st.session_state.get(key(desk, name))


def _virement(desk: Desk) -> Move | None:
    giver, taker = (subject(desk, "virement", name) for name in ("giver", "taker"))
    moved = amount(desk).said
    return virement(giver, taker, moved) if giver and taker and moved else None


def _level(desk: Desk) -> Move | None:
    of, other = (subject(desk, "level", name) for name in ("subject", "other"))
    reached = level_of(desk, of) if of else None
    if of is None or reached is None or reached.said is None:
        return None
    before, now = desk.held(of)
    change = reached.said - now
    if not change:
        return None
    if other:
        giver, taker = (other, of) if change > 0 else (of, other)
        return virement(giver, taker, abs(change))
    if reached.by == "percent" and now == before:
        percent = Decimal(str(st.session_state[reached.key("percent")]))
        return level_by_percent(desk.asked.baseline, of, percent)
    return level(of, change)


def _new_line(desk: Desk) -> Move | None:
    parent, label = subject(desk, "new_line", "parent"), str(_value(desk, "label") or "").strip()
    size = money(_value(desk, "new_amount"))
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
