"""What a municipality decided: which methodologies it uses, and what counts under each."""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks.choices import Choice, choices, choose
from budgeting.methodologies import methodologies, methodology
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import is_pressed
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _


def offer_decision(desk: Desk) -> None:
    """Show which methodologies are used, and let them be chosen by whoever may."""
    if not st.toggle(_("Methodologies of this municipality"), key="classify_decision"):
        return
    used = choices(open_store(), desk.municipality)
    with st.container(border=True):
        for one in used:
            rules, convention = one.read()
            words = _("{name}: {what}", name=rules.labels, what=convention.labels)
            st.markdown(f"- {plain(words)}")
        if desk.may_review:
            _ask(desk, used)


def _ask(desk: Desk, used: tuple[Choice, ...]) -> None:
    say = language().say
    names = {one.code: say(one.labels) for one in methodologies()}
    codes = st.multiselect(
        _("Methodologies, the main one first"),
        list(names),
        default=[one.methodology for one in used if one.methodology in names],
        format_func=lambda code: names[code],
        key=f"decided_{desk.municipality}",
    )
    decided = [_choice(code, used) for code in codes]
    reason = st.text_input(_("Reason of the decision"), key="decided_reason", max_chars=500)
    if is_pressed(_("Decide"), "below_decide", icon=":material/gavel:"):
        try:
            choose(open_store(), desk.who, desk.municipality, decided, reason)
        except BudgetingError as error:
            st.error(say(error.message), icon=":material/info:")
            return
        st.rerun()


def _choice(code: str, used: tuple[Choice, ...]) -> Choice:
    """Ask what counts under a methodology; its version stays as it was decided."""
    earlier = next((one for one in used if one.methodology == code), Choice(code))
    rules = methodology(code, earlier.version or None)
    names = list(rules.conventions)
    convention = st.selectbox(
        _("What counts: {name}", name=rules.labels),
        names,
        index=names.index(earlier.convention) if earlier.convention in names else 0,
        format_func=lambda name: language().say(rules.conventions[name].labels),
        key=f"decided_{code}_{language().code}",
    )
    return Choice(code, earlier.version, convention)
