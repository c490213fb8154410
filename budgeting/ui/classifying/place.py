"""The place of a reader in the queue: what is chosen, what they saw of it, and what comes next.

It lives in the session under one name; the table and the form read it, saving moves it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from budgeting.errors import MarkChanged
from budgeting.model import Report

TABLE = "classify_table"
BELOW = "below_"  # begins the keys of buttons that stand below the bench
_PLACE = "classify_place"
Row = Mapping[str, Any]


@dataclass
class Place:
    """Where a reader is.

    Parameters
    ----------
    shown
        The report on the screen, as it was when its reader last did something: what others do
        meanwhile does not move the rows away.
    asked
        The choices for which it was made.
    rows
        Codes of the rows that the table showed last, in order.
    wanted
        Codes of the rows to choose when the rows have changed.
    looked_at
        What the form was opened for; as long as it stays the same, so does the form.
    seen
        The newest change of marks when it was opened: what the reader decided upon.
    form
        Number of the form; its widgets carry it, so that another form begins empty.
    said
        What was done last, as a sentence.
    conflict
        The error of a mark that was not written because somebody was faster.
    parts
        How many parts of the amount the form asks about.
    last, filled
        The parts of the mark that was made last, and those with which the form begins in place of
        what the subject has.
    pressed
        Key of the button that was pressed for this run.
    """

    shown: Report | None = None
    asked: tuple[tuple[str, str], ...] = ()
    rows: tuple[str, ...] | None = None
    wanted: tuple[str, ...] = ()
    looked_at: tuple[Any, ...] | None = None
    seen: int = 0
    form: int = 0
    said: str = ""
    conflict: MarkChanged | None = None
    parts: int = 1
    last: Sequence[Row] = ()
    filled: Sequence[Row] = ()
    pressed: str = ""

    def look_at(self, what: tuple[Any, ...], newest_mark_id: int) -> None:
        """Open a new form where something else is chosen than before."""
        if what != self.looked_at:
            self.looked_at, self.seen, self.conflict = what, newest_mark_id, None
            self.form += 1
            self.parts, self.filled = 1, ()

    def repeat(self) -> None:
        """Fill the form with what was marked last."""
        self.form += 1
        self.parts, self.filled = 1, self.last

    def go_on(self, chosen: Sequence[Row], rows: Sequence[Row], said: str) -> None:
        """Leave what is done and want the next row that is left."""
        self.wanted = next_code(chosen, rows)
        self.look_anew()
        self.said = said

    def look_anew(self) -> None:
        """Take the newest state of the queue, and open a new form."""
        self.shown = self.rows = self.looked_at = self.conflict = None


def place() -> Place:
    """Return the place of this session's reader."""
    found: Place = st.session_state.setdefault(_PLACE, Place())
    return found


def is_pressed(label: str, key: str, **shown: Any) -> bool:
    """Show a button and return whether it was pressed for this run.

    What is typed when a shortcut is pressed arrives together with it: the button is answered where
    it stands, after the form, and not in a callback with what stood there before.
    """
    st.button(label, key=key, on_click=_press, args=(key,), **shown)
    here = place()
    if here.pressed != key:
        return False
    here.pressed = ""
    return not shown.get("disabled")


def _press(key: str) -> None:
    place().pressed = key


def forget_press() -> None:
    """Forget a button of the bench that was pressed and is not there any more."""
    here = place()
    if not here.pressed.startswith(BELOW):
        here.pressed = ""


def next_code(chosen: Sequence[Row], rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the code of the row to go on with: the next one left, else the first left, else the next.

    Examples
    --------
    >>> rows = [{"subject_code": code, "open_count": 1} for code in "abc"]
    >>> next_code(rows[1:2], rows), next_code(rows[2:], rows)
    (('c',), ('a',))
    """
    done = {row["subject_code"] for row in chosen}
    last = max((at for at, row in enumerate(rows) if row["subject_code"] in done), default=-1)
    following = [row for row in (*rows[last + 1 :], *rows) if row["subject_code"] not in done]
    left = [row for row in following if row["open_count"]]
    return tuple(row["subject_code"] for row in (left or following)[:1])
