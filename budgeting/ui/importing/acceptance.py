"""Acceptance: storing what was read, in one transaction, with the mapping for next year."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import streamlit as st

from budgeting.access import Identity
from budgeting.errors import BudgetingError
from budgeting.imports.answers import of_municipality, with_answers
from budgeting.imports.labels import LabelsVerdict, accept_labels
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import (
    mapping_from_entries,
    mapping_names,
    save_mapping,
)
from budgeting.imports.population import PopulationVerdict, accept_population
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.use.storing import accept_use
from budgeting.imports.use.verdict import UseVerdict
from budgeting.imports.verdict import Verdict
from budgeting.model import Stage, text
from budgeting.names import held_name
from budgeting.ui import address
from budgeting.ui.fields import show_field
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import GUESS, Case, ask
from budgeting.ui.importing.file import begin_anew
from budgeting.ui.importing.successions import said_of
from budgeting.ui.importing.verdict import AnyVerdict
from budgeting.ui.importing.work import Task, forget, result_of
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_ACCEPTING = "import_accepting"
_ACCEPTED = "accepted"
_STORING = "import_storing"
_SHOWN = (Stage.REVISED, Stage.APPROVED, Stage.EXECUTED, Stage.COMMITTED)  # what pages show first


def offer_acceptance(case: Case, verdict: AnyVerdict, who: Identity) -> None:
    """Offer to store an acceptable verdict; storing is one transaction and can be cancelled."""
    if not verdict.is_acceptable:
        return
    name = _offer_mapping(case, verdict)
    st.button(
        _("Accept and store"),
        type="primary",
        icon=":material/save:",
        on_click=_begin,
        args=(case.key,),
    )
    if st.session_state.get(_ACCEPTING) == case.key:
        _store_it(case, verdict, who, name)


def _begin(key: str) -> None:
    st.session_state[_ACCEPTING] = key


def _offer_mapping(case: Case, verdict: AnyVerdict) -> str | None:
    """Offer to keep a mapping that was guessed or changed; return its name, None for not to."""
    if case.base != GUESS and case.entries is None:
        return None
    if "mapping_name" not in case.said:
        case.said["mapping_name"] = proposed_name(verdict)
    if "save_mapping" not in case.said:
        case.said["save_mapping"] = True
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="content"):  # on a narrow screen its words go over several lines
            show_field(
                st.toggle,
                _("Keep this mapping for the next file of this kind, as"),
                f"save_{case.key}",
                case.said["save_mapping"],
                lambda is_kept: case.said.update(save_mapping=is_kept),
            )
        ask(
            st.text_input,
            _("Name of the mapping"),
            case,
            "mapping_name",
            label_visibility="collapsed",
            width=280,
        )
    if not case.said["save_mapping"]:
        return None
    return case.said.get("mapping_name") or proposed_name(verdict)


def proposed_name(verdict: AnyVerdict, taken: Collection[str] = ()) -> str:
    """Return a name for a mapping: the municipality and the direction, and a number if it is taken."""
    if isinstance(verdict, PopulationVerdict):
        stem = "population"
    elif isinstance(verdict, LabelsVerdict):
        stem = "labels"
    elif isinstance(verdict, UseVerdict):
        codes = {one.code.lower() for one in verdict.municipalities}
        stem = "_".join([*(codes if len(codes) == 1 else ()), "use"])
    else:
        batch = verdict.batches[0]
        places = {one.municipality.code for one in verdict.batches}
        place = batch.municipality.code if len(places) == 1 else batch.municipality.country_code
        directions = {one.direction.value for one in verdict.batches}
        stem = "_".join([place.lower(), *(directions if len(directions) == 1 else ())])
    stem = re.sub(r"[^a-z0-9]+", "_", stem).strip("_") or "mapping"
    taken = {*taken, *mapping_names()}
    names = [stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def named(verdict: AnyVerdict, name: str, *, is_proposed: bool) -> Mapping:
    """Return the mapping of a verdict under a name, with the municipality that it was used for."""
    entries = with_answers(verdict.mapping.entries, verdict.answers)
    if isinstance(verdict, Verdict | UseVerdict):
        entries["title"] = _title(verdict) if is_proposed else entries["title"]
        entries = of_municipality(entries, verdict.municipalities)
    return mapping_from_entries(name, entries)


def _title(verdict: Verdict | UseVerdict) -> str:
    """Return what readers will call a mapping that was proposed: whose it is, and what it holds."""
    places = dict.fromkeys(one.name for one in verdict.municipalities)
    holds = {"use": None}
    if isinstance(verdict, Verdict):
        holds = dict.fromkeys(one.direction.value for one in verdict.batches)
    held = ", ".join(language().say(held_name(one)) for one in holds)
    return f"{next(iter(places))}{' …' if len(places) > 1 else ''}: {held}"


def _store_it(case: Case, verdict: AnyVerdict, who: Identity, name: str | None) -> None:
    """Begin to store the verdict."""
    store = open_store()
    if name:
        verdict = replace(verdict, mapping=named(verdict, name, is_proposed=case.base == GUESS))
    if isinstance(verdict, Verdict):
        verdict = replace(verdict, successions=said_of(case))

    def task() -> Any:
        if isinstance(verdict, PopulationVerdict):
            return accept_population(store, verdict, who)
        if isinstance(verdict, UseVerdict):
            return accept_use(store, verdict, who)
        if isinstance(verdict, LabelsVerdict):
            return accept_labels(store, verdict, who)
        return accept(store, verdict, who)

    st.session_state.pop(_ACCEPTING, None)
    begin_storing(
        Storing(
            task,
            case.source.name,
            verdict.rows["accepted"],
            {name: verdict.mapping} if name else {},
            place_of(verdict),
        )
    )


def place_of(verdict: AnyVerdict) -> dict[str, str]:
    """Return where the pages show what a verdict stores: its newest year, in a stage that it has."""
    if isinstance(verdict, UseVerdict):
        last = max(verdict.figures, key=lambda one: one.fiscal_year)
        return {"municipality": last.municipality_code, "year": str(last.fiscal_year)}
    if not isinstance(verdict, Verdict):
        return {}
    newest = max(verdict.batches, key=lambda batch: batch.fiscal_year)
    stages = [stage for stage in _SHOWN if stage in {column.stage for column in newest.amounts}]
    return {
        "municipality": newest.municipality.code,
        "year": str(newest.fiscal_year),
        "direction": newest.direction.value,
        "stage": stages[0].value if stages else "",
    }


# --- storing ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class Storing:
    """What is being stored: files by name, how many rows, mappings to keep, and where to look then."""

    task: Task
    name: str
    rows: int
    mappings: dict[str, Mapping]
    place: dict[str, str]


def begin_storing(storing: Storing) -> None:
    """Begin to store; from the next run on, the page shows how far it is."""
    forget("accept")
    st.session_state[_STORING] = storing
    st.rerun()


def goes_on_storing() -> bool:
    """Show how far storing is, and say what came of it; return whether it still goes on.

    It is asked for before anything else: what is stored changes every verdict on the page.
    """
    storing: Storing | None = st.session_state.get(_STORING)
    if storing is None:
        return False
    try:
        is_done, _accepted = result_of(
            "accept", storing, storing.task, _("Storing"), is_reading=False
        )
        if not is_done:
            return True
        for name, mapping in storing.mappings.items():
            save_mapping(mapping, name)
    except BudgetingError as error:
        st.session_state.pop(_STORING, None)
        forget("accept")
        st.error(plain(language().say(error.message)), icon=":material/info:")
        return False
    return _has_stored(storing)


def _has_stored(storing: Storing) -> NoReturn:
    """Begin anew, with what was stored in the address."""
    st.session_state.pop(_STORING, None)
    if storing.place:
        address.choose(**storing.place, **dict.fromkeys(("within", "words", "page", "line"), ""))
    leads = _TO_BUDGET if "stage" in storing.place or not storing.place else _TO_USE
    st.session_state[_ACCEPTED] = (storing.name, storing.rows, leads)
    begin_anew()
    st.rerun()


def last_acceptance() -> None:
    """Say what was just stored, and lead to it."""
    accepted = st.session_state.pop(_ACCEPTED, None)
    if accepted is None:
        return
    name, rows, leads = accepted
    st.success(
        plain(
            language().say(
                text("{name} is stored: {rows} rows, in one transaction.", name=name, rows=rows)
            )
        ),
        icon=":material/task_alt:",
    )
    with st.container(horizontal=True):
        for page, label, icon in leads:
            st.page_link(f"pages/{page}.py", label=language().say(label), icon=f":material/{icon}:")


_TO_BUDGET = (
    ("budget_explorer", text("Explore it"), "account_tree"),
    ("overview", text("See the overview"), "dashboard"),
)
_TO_USE = (
    ("services", text("Say which services it counts"), "handshake"),
    ("who_benefits", text("See who benefits"), "diversity_3"),
)
