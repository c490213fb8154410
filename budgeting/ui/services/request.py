"""Data request: what a department is asked for, in its own language."""

from collections.abc import Mapping

import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.errors import BudgetingError
from budgeting.model import Report, text
from budgeting.services.reading import request_languages
from budgeting.services.registering import ask_in
from budgeting.settings import LANGUAGES
from budgeting.translations import language as language_of
from budgeting.ui import downloads, frame
from budgeting.ui.filters import choice
from budgeting.ui.services.desk import is_pressed, refuse, said
from budgeting.ui.session import identity, language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table


def ask_department(shown: Report, given: Mapping[str, str]) -> None:
    """Let a reader choose a department and its language, and show what it is asked for.

    All of the request is in that language, on screen and in files; names of services and things
    counted stay as the municipality wrote them.
    """
    st.subheader(_("Ask a department"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        owners = {owner: owner for owner in shown.facts["owners"]}
        owner = choice("owner", _("Department"), owners, forget=("asked_in",))
        kept = request_languages(open_store(), given["municipality"]).get(owner)
        chosen = choice("asked_in", _("Language of the request"), _languages(kept))
        if chosen and chosen != kept:
            _offer_keeping(given["municipality"], owner, chosen)
    code = chosen or kept or language().code
    asked = report("data_request", {**given, "owner": owner, "language": code})
    words = language_of(code)
    st.markdown(frame.plain(words.say(asked.answer)))
    report_table(asked.tables["request"], words=words)
    for note in asked.notes:
        st.caption(frame.plain(words.say(note)))
    downloads.offer(asked, what=text("Data request"), written_in=words)


def _languages(kept: str | None) -> dict[str, str]:
    """Return the languages to choose from; the first is what counts while nobody chooses."""
    usual = _("{language}, as always", language=LANGUAGES[kept]) if kept else _("That of this page")
    return {"": usual, **LANGUAGES}


def _offer_keeping(municipality: str, owner: str, code: str) -> None:
    who = identity()
    if who is None or not is_allowed(who.role, Action.DESCRIBE_SERVICE):
        return
    if is_pressed(_("Always ask this department so"), "request_language", icon=":material/save:"):
        try:
            ask_in(open_store(), who, municipality, owner, code)
        except BudgetingError as error:
            refuse(error)
            return
        said(_("It is kept."))
        st.rerun()
