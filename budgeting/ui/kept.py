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


@st.cache_data(max_entries=256, show_spinner=False)
def _drawn(key: str, _draw: Callable[[], None]) -> None:
    _draw()


@lru_cache(maxsize=256)
def _number(_of: ByIdentity[Any]) -> int:
    """Return a number that nothing else has ever had, kept or not."""
    return next(_NUMBERS)
