"""Needs: who is to find out what is missing, and until when; kept with who said so."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.errors import BudgetingError
from budgeting.model import Report
from budgeting.names import need_state_name
from budgeting.reports.beneficiaries.missing import needs_by_code
from budgeting.services.model import DataNeed, NeedState
from budgeting.services.registering import change_need, record_need
from budgeting.ui.fields import worded
from budgeting.ui.filters import capital
from budgeting.ui.services.desk import is_pressed, refuse, said
from budgeting.ui.session import identity, language, open_store
from budgeting.ui.session import say as _

_LONGEST = 200
_ELSE = "~"
_OTHER = "words"
Row = Mapping[str, Any]


def ask_needs(shown: Report) -> None:
    """Let who describes services say who finds out what is missing, and until when."""
    who = identity()
    services = {row["service_id"]: row["name"] for row in shown.tables["register"].rows.to_pylist()}
    if who is None or not is_allowed(who.role, Action.DESCRIBE_SERVICE) or not services:
        return
    with st.expander(_("Say who finds it out, and until when"), icon=":material/edit_calendar:"):
        chosen = _choose(shown)
        need = _ask(chosen, services)
        if is_pressed(_("Keep it"), "need_keep", icon=":material/save:"):
            _keep(shown.parameters["municipality"], chosen, need)


def _choose(shown: Report) -> Row:
    """Return what is missing and was chosen; an empty row for something else."""
    rows = {_key(row): row for row in shown.tables["missing"].rows.to_pylist()}
    words = {key: f"{row['name']}: {row['needed']}" for key, row in rows.items()}
    chosen = st.selectbox(
        _("What is missing"),
        [*rows, _ELSE],
        format_func=lambda key: words.get(key, _("something else")),
        key=worded("need_chosen"),
    )
    found: Row = rows.get(chosen, {})
    return found


def _key(row: Row) -> str:
    return f"{row['service_id']}/{row['what']}" if row else _ELSE


def _ask(row: Row, services: Mapping[int, str]) -> DataNeed:
    say = language().say
    service_id, what = (row["service_id"], row["what"]) if row else _ask_what(services)
    key = f"need_{_key(row)}_{row.get('version')}"  # another need, or a newer version, begins anew
    with st.container(horizontal=True):
        owner = st.text_input(
            _("Who has the data"),
            value=row.get("owner") or "",
            max_chars=_LONGEST,
            key=f"{key}_owner",
            width=260,
        )
        due = st.date_input(
            _("Until"),
            value=row.get("due"),
            min_value=date(1990, 1, 1),
            max_value=date(2100, 12, 31),
            format="YYYY-MM-DD",
            key=f"{key}_due",
            width=160,
        )
        states = list(NeedState)
        state = st.selectbox(
            _("State"),
            states,
            index=states.index(NeedState(row.get("need_state") or NeedState.OPEN)),
            format_func=lambda one: capital(say(need_state_name(one.value))),
            key=worded(f"{key}_state"),
            help=_("What was dropped is not asked for any more, even where it is not known."),
            width=180,
        )
        note = st.text_input(
            _("Note"), value=row.get("note") or "", max_chars=_LONGEST, key=f"{key}_note", width=300
        )
    return DataNeed(service_id, what, owner, due, state, note)


def _ask_what(services: Mapping[int, str]) -> tuple[int, str]:
    say = language().say
    words = {code: say(name) for code, name in needs_by_code().items()}
    with st.container(horizontal=True):
        service_id = st.selectbox(
            _("Service"), list(services), format_func=services.__getitem__, width=300
        )
        what = st.selectbox(
            _("What is missing of it"),
            [*words, _OTHER],
            format_func=lambda code: capital(words.get(code, _("in other words"))),
            width=340,
        )
        other = st.text_input(_("In other words"), max_chars=_LONGEST, width=300)
    return service_id, other.strip() if what == _OTHER else what


def _keep(municipality: str, row: Row, need: DataNeed) -> None:
    who, store = identity(), open_store()
    assert who is not None
    try:
        if row.get("need_id"):
            change_need(store, who, municipality, row["need_id"], need, seen=row["version"])
        else:
            record_need(store, who, municipality, need)
    except BudgetingError as error:
        refuse(error)
        return
    said(_("It is kept."))
    st.rerun()
