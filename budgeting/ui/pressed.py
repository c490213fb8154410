"""Buttons inside the HTML of a page: numbers that open to their lines, names that choose.

One listener hears all of them, so that bars and tables stay HTML that is written once and kept:
a widget for each number would cost more than the rest of a click.
"""

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from budgeting.ui import address

OPENED = "opened"  # the choice that says which number is open
_KEY = "pressed"
_COMPONENT = st.components.v2.component(
    "paritet_pressed",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,  # it has no face: it hears the page around it
)


def listen() -> None:
    """Hear the buttons in the HTML of the page: what they say goes into the address."""
    _COMPONENT(key=_KEY, on_opened_change=_open, on_chosen_change=_choose)


def _open() -> None:
    address.choose(**{OPENED: str(st.session_state[_KEY].opened), "page": ""})


def _choose() -> None:
    said = dict(parse_qsl(str(st.session_state[_KEY].chosen), keep_blank_values=True))
    known = {name: value for name, value in said.items() if name in address.NAMES}
    address.choose(**known)


def close() -> None:
    """Forget which number is open."""
    address.choose(**{OPENED: "", "page": ""})


def opened() -> dict[str, str]:
    """Return what the number that is open says of itself; nothing where none is."""
    return dict(parse_qsl(address.value(OPENED), keep_blank_values=True))


def opens(what: Mapping[str, str]) -> str:
    """Return the attribute of an element whose numbers, or which itself, open to lines."""
    return _attribute("data-open", tuple(what.items()))


def chooses(**what: str) -> str:
    """Return the attribute of a button that chooses; an empty choice is forgotten."""
    return _attribute("data-choose", tuple(what.items()))


@lru_cache(maxsize=2_048)  # many numbers of a table say the same of themselves
def _attribute(name: str, what: tuple[tuple[str, str], ...]) -> str:
    return f'{name}="{escape(urlencode(what))}"'


def number(words: str, what: Mapping[str, str]) -> str:
    """Return a number that opens to its lines."""
    return f'<button type="button" {opens(what)}>{escape(words)}</button>'
