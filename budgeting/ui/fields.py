"""Fields: widgets that show what is remembered elsewhere and hand over what a reader says."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from budgeting.ui.session import language

_TURNS = "fields"


def worded(key: str) -> str:
    """Return the key of a widget whose options are words: another one in each language.

    A browser sends the words that it shows. After a change of language they would be taken for an
    answer that nobody gave.
    """
    return f"{key}_{language().code}"


def show_field(
    show: Callable[..., Any],
    label: str,
    key: str,
    value: Any,
    take: Callable[[Any], None],
    /,
    **options: Any,
) -> None:
    """Show a widget with a value; `take` is called with what a reader puts in its place.

    A value is given to a widget once. What a run writes reaches the browser later than what a reader
    does meanwhile: written in every run, an old value would take the place of the new one, and be
    sent back as an answer.
    """
    shown = _key_showing(worded(key), value)
    show(
        label,
        key=shown,
        on_change=lambda: take(st.session_state[shown]),
        persist_state="session",  # a browser that missed the run which gave the value is told again
        **options,
    )


def _key_showing(key: str, value: Any) -> str:
    """Return the key of a widget that shows a value: a new one where the value came from elsewhere.

    What a browser still sends of the former widget is no answer then.
    """
    turns: dict[str, int] = st.session_state.setdefault(_TURNS, {})
    shown = _of_turn(key, turns.get(key, 0))
    if shown in st.session_state and _known(st.session_state[shown]) != _known(value):
        turns[key] = turns.get(key, 0) + 1
        shown = _of_turn(key, turns[key])
    if value is not None and shown not in st.session_state:
        st.session_state[shown] = value
    return shown


def _of_turn(key: str, turn: int) -> str:
    return f"{key}#{turn}" if turn else key


def _known(value: Any) -> Any:
    return None if value == "" else value
