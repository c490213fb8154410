"""Codes of a municipality's own: added on the page where a file uses codes that nobody knows."""

import streamlit as st

from budgeting.access import Identity
from budgeting.imports.stored.own_codes import add_own_code
from budgeting.imports.verdict import Verdict
from budgeting.ui.importing.case import Case
from budgeting.ui.session import open_store
from budgeting.ui.session import say as _


def offer_own_codes(case: Case, verdict: Verdict, who: Identity | None) -> None:
    """Offer to add unknown codes to the classification, for the municipality of the file."""
    codes = sorted({f.value for f in verdict.findings if f.check == "unknown-code" and f.value})
    names = sorted({rule.known for rule in verdict.mapping.classifications if rule.known})
    places = {batch.municipality.code: batch.municipality.name for batch in verdict.batches}
    if not codes or not names or not places or who is None:
        return
    keys = {name: f"own_{name}_{case.key}" for name in ("place", "table", "code", "label")}
    title = _("Add a code as the municipality's own")
    with (
        st.expander(title, icon=":material/new_label:"),
        st.form(f"own_codes_{case.key}", border=False),
    ):
        with st.container(horizontal=True):
            st.selectbox(
                _("Municipality"), list(places), format_func=places.__getitem__, key=keys["place"]
            )
            st.selectbox(_("Classification"), names, key=keys["table"])
            st.selectbox(_("Code"), codes, key=keys["code"])
            st.text_input(_("What it is called"), max_chars=200, key=keys["label"])
        st.form_submit_button(
            _("Add the code"), icon=":material/add:", on_click=_add, args=(keys, who)
        )


def _add(keys: dict[str, str], who: Identity) -> None:
    said = {name: st.session_state[key] for name, key in keys.items()}
    if said["label"].strip():
        add_own_code(
            open_store(),
            said["place"],
            said["table"],
            said["code"],
            label=said["label"].strip(),
            identity=who,
        )
