"""What is made of a report is kept as long as the report: reports are built once for each state."""

from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Any, Generic, TypeVar

import streamlit as st

Kept = TypeVar("Kept")


class ByIdentity(Generic[Kept]):
    """Lets what holds dictionaries or arrays, a report or a table of it, be a key of a cache."""

    def __init__(self, what: Kept) -> None:
        self.what = what

    def __hash__(self) -> int:
        return id(self.what)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByIdentity) and self.what is other.what


_NUMBERS = count()


def draw_once(what: object, how: str, draw: Callable[[], None]) -> None:
    """Draw elements that nobody answers, or send what was sent when they were drawn before.

    Writing a table or a chart for the browser takes longer than the rest of a click.

    Parameters
    ----------
    what
        What is drawn; what is like it but another object is drawn anew.
    how
        Everything else that the elements follow from: language, colours, size.
    draw
        Draws them; what another function draws is kept beside it.
    """
    by = f"{draw.__module__}.{draw.__qualname__}"
    key = f"{_number(ByIdentity(what))} {by} {how}"
    _drawn(key=key, _draw=draw)  # by names: Streamlit would look for the names of places each time


def made_once(what: Any, how: str, make: Callable[[], Kept]) -> Kept:
    """Return what `make` makes of `what`, kept as `draw_once` keeps what it draws."""
    made: list[Kept] = _made(ByIdentity(what), how)
    if not made:
        made.append(make())
    return made[0]


@lru_cache(maxsize=256)
def _made(_of: ByIdentity[Any], _how: str) -> list[Any]:
    return []


class Html(str):
    """HTML as it stands: Streamlit would look through a text for how far its lines are indented."""

    def _repr_html_(self) -> str:
        return str(self)


@st.cache_data(max_entries=256, show_spinner=False)
def _drawn(key: str, _draw: Callable[[], None]) -> None:
    _draw()


@lru_cache(maxsize=256)
def _number(_of: ByIdentity[Any]) -> int:
    """Return a number that nothing else has ever had, kept or not."""
    return next(_NUMBERS)
