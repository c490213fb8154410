"""The desk: whose services are described, by whom, in which year, and which one is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.access import Identity
from budgeting.errors import BudgetingError
from budgeting.services.model import StoredService
from budgeting.services.stored import services_of
from budgeting.ui import address
from budgeting.ui.filters import choice
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

NEW = "~"  # no code of a service: those are words
_SAID, _PRESSED = "services_said", "services_pressed"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page works on; ``chosen`` is None for a service that is not defined yet."""

    who: Identity
    municipality: str
    year: int
    services: tuple[StoredService, ...]
    chosen: StoredService | None
    is_fictional: bool = False

    @property
    def key(self) -> str:
        """What widgets are named after: a service in one version, so that a change begins anew."""
        return f"{self.chosen.service_id}_{self.chosen.version}" if self.chosen else "new"


def desk_of(who: Identity, municipality: str, year: int) -> Desk:
    """Ask which service is meant, and return the desk."""
    services = _services(open_store().budget_state, municipality)
    names = {one.service.code: one.service.name for one in services}
    options = {NEW: _("A new service"), **names}
    default = next(iter(names), NEW)
    code = choice("service", _("Service"), options, default=default, width=420)
    chosen = next((one for one in services if one.service.code == code), None)
    places = open_store().query("municipalities").to_pylist()
    fictional = {row["municipality_code"] for row in places if row["is_fictional"]}
    return Desk(who, municipality, year, services, chosen, municipality in fictional)


def rows(query: str, municipality: str) -> Sequence[Mapping[str, Any]]:
    """Return the rows of a question about a municipality; kept until something is stored."""
    return _rows(open_store().budget_state, query, municipality)


@lru_cache(maxsize=32)
def _rows(_state: str, query: str, municipality: str) -> Sequence[Mapping[str, Any]]:
    found: list[dict[str, Any]] = (
        open_store().query(query, municipality_code=municipality).to_pylist()
    )
    return found


@lru_cache(maxsize=8)
def _services(_state: str, municipality: str) -> tuple[StoredService, ...]:
    return services_of(open_store(), municipality)


def is_pressed(label: str, key: str, **shown: Any) -> bool:
    """Show a button and return whether it was pressed, also where the page began anew meanwhile."""
    st.button(label, key=key, on_click=_press, args=(key,), **shown)
    if st.session_state.get(_PRESSED) != key:
        return False
    del st.session_state[_PRESSED]
    return True


def _press(key: str) -> None:
    st.session_state[_PRESSED] = key


def open_service(code: str) -> None:
    """Open a service from the next run on."""
    address.choose(service=code)


def said(words: str) -> None:
    """Say something after the next run: what was written."""
    st.session_state[_SAID] = words


def tell_what_was_said() -> None:
    """Say what the run before has written."""
    words = st.session_state.pop(_SAID, None)
    if words:
        st.success(words, icon=":material/task_alt:")


def refuse(error: BudgetingError) -> None:
    """Say why nothing was written."""
    st.error(language().say(error.message), icon=":material/info:")
