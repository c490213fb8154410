"""What a session needs: the process's store, who is there, the language, the reports."""

import threading
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache, lru_cache

import streamlit as st

from budgeting.access import Identity, Role
from budgeting.methodologies import files_state
from budgeting.model import Report, Text
from budgeting.reports import build_report
from budgeting.settings import LANGUAGES, settings
from budgeting.store import Store, connect
from budgeting.translations import Language, supported_language
from budgeting.translations import language as language_of
from budgeting.ui import address
from budgeting.ui.ahead import AHEAD

_OPENING = threading.Lock()
_UNCHOSEN: ContextVar[str] = ContextVar("language")


def open_store() -> Store:
    """Return the process's store; opened once, whichever session or thread comes first."""
    with _OPENING:
        return _open()


@cache
def _open() -> Store:
    return connect(settings().database)


def begin() -> None:
    """Begin a run of the script: whose choices count, and which language without a choice."""
    AHEAD.clicked()
    address.begin()
    _UNCHOSEN.set(_unchosen())


def language() -> Language:
    """Return the reader's language: chosen on the page, else the browser's, else the setting."""
    chosen = address.value("lang")
    return language_of(chosen if chosen in LANGUAGES else _UNCHOSEN.get(None) or _unchosen())


def _unchosen() -> str:
    return supported_language(st.context.locale) or settings().language


def say(msgid: str, /, **values: object) -> str:
    """Return a message in the reader's language; pages import it as ``_``."""
    words = language()
    return words.say(Text(msgid, values)) if values else _said(words.code, msgid)


@lru_cache(maxsize=4_096)
def _said(code: str, msgid: str) -> str:
    return language_of(code).say(Text(msgid, {}))


def identity() -> Identity | None:
    """Return who is at the screen; None where signing in is required and nobody has.

    Without sign-in everyone is the one user of the settings, who may do everything: such an
    installation listens on its own machine only.
    """
    if settings().sign_in == "none":
        return Identity(settings().user, Role.ADMINISTRATOR)
    name = _signed_in_name()
    if name is None:
        return None
    if name in settings().administrators:
        return Identity(name, Role.ADMINISTRATOR)
    assigned = open_store().query("user_role", user_name=name).to_pylist()
    return Identity(name, Role(assigned[0]["role"]) if assigned else Role.VIEWER)


def _signed_in_name() -> str | None:
    user = st.user.to_dict()
    name = user.get("email") or user.get("sub")
    return str(name) if name else None


def report(name: str, parameters: Mapping[str, str]) -> Report:
    """Return a report, built once for each state of store and methodologies and each choice.

    A move in a scenario changes none of the reports that pages ask for here, and leaves them kept.

    Raises
    ------
    BudgetingError
        As the report's ``build``; errors are not kept.
    """
    store = open_store()
    state = (store.budget_state, files_state())
    return _report(store, state, name, tuple(sorted(parameters.items())))


@lru_cache(maxsize=512)
def _report(
    store: Store, _state: object, name: str, parameters: tuple[tuple[str, str], ...]
) -> Report:
    return build_report(store, name, dict(parameters))
