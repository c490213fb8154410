"""The address: what a reader chose stands in the page's query string, as codes.

Streamlit's own binding writes the *label* of an option into the address, so that a link made in
one language would not open in another; see docs/decisions/0004-address.md.
"""

from collections.abc import Mapping

import streamlit as st

# every parameter that a page may have, in the order in which an address shows them
NAMES = (
    "lang",
    "municipality",
    "year",
    "direction",
    "stage",
    "by",
    "within",
    "words",
    "prices",
    "per",
    "page",
    "line",
)
_CHOSEN = "address"
_WRITTEN = "address_written"
_PAGE = "address_page"


def begin() -> None:
    """Take over what the address of a new session says, the language for one."""
    st.session_state.setdefault(_CHOSEN, _there())


def follow(page: str) -> None:
    """Follow the browser's back and forward; called once per run, when the page is known.

    Going to another page empties the query string and keeps the choices; any other difference to
    what was written came from the browser.
    """
    state = st.session_state
    if state.get(_PAGE) == page and _there() != state.get(_WRITTEN):
        state[_CHOSEN] = _there()
    state[_PAGE] = page


def _there() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}


def is_followed() -> bool:
    """Return whether `follow` has run in this session, which only ``app.py`` calls."""
    return _PAGE in st.session_state


def value(name: str, default: str = "") -> str:
    """Return what was chosen for a parameter."""
    chosen: Mapping[str, str] = st.session_state.get(_CHOSEN, {})
    return chosen.get(name, default)


def choose(**values: str) -> None:
    """Remember choices; an empty one is forgotten. Written to the address at the end of the run."""
    chosen = {**st.session_state.get(_CHOSEN, {}), **values}
    st.session_state[_CHOSEN] = {name: value for name, value in chosen.items() if value}


def write(*names: str) -> None:
    """Show the choices named in the browser's address, so that it reopens the view."""
    chosen = st.session_state.get(_CHOSEN, {})
    shown = {name: chosen[name] for name in NAMES if name in chosen and name in (*names, "lang")}
    if st.query_params.to_dict() != shown:
        st.query_params.from_dict(shown)
    st.session_state[_WRITTEN] = shown
