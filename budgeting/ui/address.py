"""The address: what a reader chose stands in the page's query string, as codes.

Streamlit's own binding writes the *label* of an option into the address, so that a link made in
one language would not open in another; see docs/decisions/0004-address.md.
"""

from contextvars import ContextVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

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
# The choices of the session whose script runs in this thread: every word on a page asks for the
# language, and the session state takes twenty times as long to answer.
_THIS_RUN: ContextVar[dict[str, str]] = ContextVar("choices")
_IS_FOLLOWED: ContextVar[bool] = ContextVar("is_followed", default=False)


def begin() -> None:
    """Take over what the address of a new session says; called once at the start of each run."""
    chosen = st.session_state.get(_CHOSEN)
    if chosen is None:
        chosen = st.session_state[_CHOSEN] = _there()
    _THIS_RUN.set(chosen)


def follow() -> None:
    """Follow the browser's back and forward; called once per run, when the page is known.

    Only these: whatever else a browser says of its address may be older than what was chosen since.
    """
    run = get_script_run_ctx()
    if run and run.is_history_navigation:
        chosen = _THIS_RUN.get()
        chosen.clear()
        chosen.update(_there())
    _IS_FOLLOWED.set(True)


def _there() -> dict[str, str]:
    written = st.query_params.to_dict()
    return {name: written[name] for name in NAMES if name in written}


def was_followed() -> bool:
    """Return whether `follow`, which only ``app.py`` calls, has run for this page; it counts once."""
    was_so = _IS_FOLLOWED.get()
    _IS_FOLLOWED.set(False)
    return was_so


def _chosen() -> dict[str, str]:
    """Return the choices; what a button calls comes before `begin`, mostly in a new thread."""
    chosen: dict[str, str] | None = _THIS_RUN.get(None)
    if chosen is None and st.runtime.exists():
        chosen = st.session_state.get(_CHOSEN)
    return {} if chosen is None else chosen  # outside a run, as in a test of a part


def value(name: str, default: str = "") -> str:
    """Return what was chosen for a parameter."""
    return _chosen().get(name, default)


def chosen_without(*names: str) -> dict[str, str]:
    """Return all choices but those named."""
    return {name: said for name, said in _chosen().items() if name not in names}


def choose(**values: str) -> None:
    """Remember choices; an empty one is forgotten. Written to the address at the end of the run."""
    chosen = _chosen()
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
