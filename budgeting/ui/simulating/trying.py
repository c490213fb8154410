"""Trying a move: how much, and at once what it would change; nothing else is drawn anew meanwhile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from budgeting.errors import BudgetingError
from budgeting.methodologies import looking_once
from budgeting.model import Report
from budgeting.simulation.moves import Move
from budgeting.ui.session import begin, language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import entered, picture
from budgeting.ui.simulating.desk import Desk
from budgeting.ui.simulating.entry import AskHowMuch
from budgeting.ui.simulating.jobs import jobs
from budgeting.ui.tables import report_table
from budgeting.ui.turns import in_turn

Moves = tuple[Move, ...]
# pixels of what is said in words: beside a rule a telephone shows the first amount
_SAID = {"demand": 185, "reason": 200, "source": 200}


@dataclass(slots=True)
class Tried:
    """What is on the screen: the moves that stand, and the one that is being tried.

    Parameters
    ----------
    made
        Report of the moves that stand.
    shown
        Report with the one that is tried; a download asked for later reads it here.
    """

    made: Report
    shown: Report


@dataclass(frozen=True, slots=True)
class Places:
    """Where it is drawn: ``behind`` are expanders, by what they hold."""

    meter: DeltaGenerator
    picture: DeltaGenerator
    behind: Mapping[str, Any]


def laid_out(meter: DeltaGenerator) -> Places:
    """Lay out where the picture is drawn, and what opens under it."""
    place = st.container()
    words = (
        _("Tables of services and lines"),
        _("Direct jobs (illustrative)"),
        _("What the rules still allow"),
        _("The next three years"),
    )
    behind = {
        name: st.expander(label, key=f"behind_{name}", on_change="rerun")
        for label, name in zip(words, _BEHIND, strict=True)
    }
    return Places(meter, place, behind)


@st.fragment
def try_move(
    desk: Desk,
    ask_how_much: AskHowMuch | None,
    tried: Tried,
    places: Places,
) -> None:
    """Ask how much, and show what the budget would be with it: the meter, and the picture beside."""
    begin()
    with in_turn(), looking_once():
        if ask_how_much:
            ask_how_much()
        move = _shown_with(desk, tried)
        further = (move,) if move else ()
        with places.meter:
            picture.meter(tried.shown, is_trying=bool(move))
        with places.picture:
            _picture(tried.shown, bool(move))
        for name, place in places.behind.items():
            if place.open:
                with place:
                    _BEHIND[name](desk, tried.shown, further)


def _shown_with(desk: Desk, tried: Tried) -> Move | None:
    """Build the report with the move that is entered, and return it; None where it cannot be made."""
    move = entered.entered(desk) if desk.may_change else None
    tried.shown = tried.made
    if move is None:
        return None
    try:
        tried.shown = desk.report(move)
    except BudgetingError as error:
        st.warning(language().say(error.message), icon=":material/block:")
        return None
    return move


def _picture(shown: Report, is_trying: bool) -> None:
    picture.headed_measures(shown, is_trying=is_trying)
    picture.broken_rules(shown)
    picture.what_follows(shown)


def _tables(_desk: Desk, shown: Report, _further: Moves) -> None:
    told = [table for name in ("services", "lines") if (table := shown.tables[name]).rows.num_rows]
    for table in told:
        report_table(table)
    if not told:
        st.caption(_("Nothing changed yet."))


def _jobs(_desk: Desk, shown: Report, _further: Moves) -> None:
    jobs(shown)


def _room(desk: Desk, _shown: Report, further: Moves) -> None:
    room = desk.report(*further, with_room=True).tables["room"]
    report_table(room, widths=_SAID, wraps=True)


def _years(_desk: Desk, shown: Report, _further: Moves) -> None:
    picture.years(shown)


_BEHIND: Mapping[str, Callable[[Desk, Report, Moves], None]] = {
    "touched": _tables,
    "jobs": _jobs,
    "rules": _room,
    "years": _years,
}
