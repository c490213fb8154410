"""Codes of a municipality's own: added on the page where a file uses codes that nobody knows."""

import streamlit as st

from budgeting.access import Identity
from budgeting.imports.own_codes import add_own_code
from budgeting.imports.verdict import Verdict
from budgeting.ui.import_case import Case
from budgeting.ui.session import open_store
from budgeting.ui.session import say as _


def offer_own_codes(case: Case, verdict: Verdict, who: Identity | None) -> None:
    """Offer to add unknown codes to the classification, for the municipality of the file."""
    codes = sorted({f.value for f in verdict.findings if f.check == "unknown-code" and f.value})
    names = {rule.known for rule in verdict.mapping.classifications if rule.known}
    places = {batch.municipality.code: batch.municipality.name for batch in verdict.batches}
    if not codes or not names or not places or who is None:
        return
    title = _("Add a code as the municipality's own")
    with (
        st.expander(title, icon=":material/new_label:"),
        st.form(f"own_codes_{case.key}", border=False),
    ):
        with st.container(horizontal=True):
            place = st.selectbox(_("Municipality"), list(places), format_func=places.__getitem__)
            name = st.selectbox(_("Classification"), sorted(names))
            code = st.selectbox(_("Code"), codes)
            label = st.text_input(_("What it is called"), max_chars=200)
        if st.form_submit_button(_("Add the code"), icon=":material/add:") and label.strip():
            add_own_code(open_store(), place, name, code, label=label.strip(), identity=who)
            st.rerun()
