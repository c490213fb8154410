"""The address: what a reader chose stands in the page's query string, as codes.

Streamlit's own binding writes the *label* of an option into the address, so that a link made in
one language would not open in another; see docs/decisions/0004-address.md.
"""

from contextvars import ContextVar

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
    "show",
    "prices",
    "per",
    "page",
    "line",
    "methodology",
    "version",
    "convention",
    "category",
    "table",
    "opened",
    "layout",
    "service",
    "group",
    "sex",
    "ages",
    "treatment",
    "fee",
    "elasticity_women",
    "elasticity_men",
    "part",
    "owner",
    "asked_in",
    "unit",
    "scenario",
    "lines_of",
    "meeting",
    "token",
    "objective",
    "most",
    "next",
    "source",
    "weights",
    "groups",
    "to",
)
_CHOSEN = "address"
_WRITTEN = "address_written"
_PAGE = "address_page"
# The choices of the session whose script runs in this thread: every word on a page asks for the
# language, and the session state takes twenty times as long to answer.
_THIS_RUN: ContextVar[dict[str, str]] = ContextVar("choices")
_NOTHING: dict[str, str] = {}  # outside a run, as in a test of a part
_IS_FOLLOWED: ContextVar[bool] = ContextVar("is_followed", default=False)


def begin() -> None:
    """Take over what the address of a new session says; called once at the start of each run."""
    if _CHOSEN not in st.session_state:
        st.session_state[_CHOSEN] = _there()
    _THIS_RUN.set(st.session_state[_CHOSEN])


def follow(page: str) -> None:
    """Follow the browser's back and forward; called once per run, when the page is known.

    Going to another page empties the query string and keeps the choices; any other difference to
    what was written came from the browser.
    """
    state, there = st.session_state, _there()
    if state.get(_PAGE) == page and there != state.get(_WRITTEN):
        chosen = _THIS_RUN.get()
        chosen.clear()
        chosen.update(there)
    state[_PAGE] = page
    _IS_FOLLOWED.set(True)


def _there() -> dict[str, str]:
    written = st.query_params.to_dict()
    return {name: written[name] for name in NAMES if name in written}


def was_followed() -> bool:
    """Return whether `follow`, which only ``app.py`` calls, has run for this page; it counts once."""
    was_so = _IS_FOLLOWED.get()
    _IS_FOLLOWED.set(False)
    return was_so


def value(name: str, default: str = "") -> str:
    """Return what was chosen for a parameter."""
    chosen = _THIS_RUN.get(None)
    if chosen is None:  # what a button calls comes before `begin`, mostly in a new thread
        chosen = st.session_state.get(_CHOSEN, _NOTHING) if st.runtime.exists() else _NOTHING
    return chosen.get(name, default)


def choose(**values: str) -> None:
    """Remember choices; an empty one is forgotten. Written to the address at the end of the run."""
    chosen: dict[str, str] = st.session_state.setdefault(_CHOSEN, {})
    for name, value_ in values.items():
        if value_:
            chosen[name] = value_
        else:
            chosen.pop(name, None)


def write(*names: str) -> None:
    """Show the choices named in the browser's address, so that it reopens the view."""
    chosen = _THIS_RUN.get()
    shown = {name: chosen[name] for name in NAMES if name in chosen and name in (*names, "lang")}
    if st.query_params.to_dict() != shown:
        st.query_params.from_dict(shown)
    st.session_state[_WRITTEN] = shown
