"""The workbench: the queue on the left, the form on the right, one fragment of the page."""

from collections.abc import Mapping

import streamlit as st

from budgeting.access import Identity
from budgeting.methodologies import methodology
from budgeting.model import Money, Report, plural_text
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.panel import panel
from budgeting.ui.classifying.place import forget_press, place
from budgeting.ui.classifying.queue_table import queue_table
from budgeting.ui.frame import plain
from budgeting.ui.session import begin, language, report


@st.fragment
def workbench(given: Mapping[str, str], who: Identity) -> None:
    """Show queue and form; choosing a row or answering a question runs nothing else."""
    begin()  # a fragment runs without app.py
    shown = _on_screen(given)
    desk = desk_of(shown, given, who)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with st.container(horizontal=True, vertical_alignment="center", height=40, border=False):
            st.caption(plain(_found(desk)))
        rows = queue_table(desk)
    with right:
        panel(desk, rows)
    forget_press()


def desk_of(shown: Report, given: Mapping[str, str], who: Identity) -> Desk:
    """Return the desk under the rules that the report was made with."""
    rules = methodology(shown.parameters["methodology"], shown.parameters["version"])
    return Desk(shown, rules, rules.convention(shown.parameters["convention"]), given, who)


def _on_screen(given: Mapping[str, str]) -> Report:
    """Return the report on the screen; a new one where its reader did or chose something."""
    here, asked = place(), tuple(sorted(given.items()))
    if here.shown is None or here.asked != asked:
        here.shown, here.asked = report("classification_queue", given), asked
    return here.shown


def _found(desk: Desk) -> str:
    """Return how many lines the choices find, and what of their money is not screened."""
    facts = desk.shown.facts
    return language().say(
        plural_text(
            "One line, {amount}, of it not screened {left}.",
            "{count} lines, {amount}, of it not screened {left}.",
            int(facts["found_lines"]),
            amount=Money(facts["found_amount"], desk.currency),
            left=Money(facts["found_not_screened"], desk.currency),
        )
    )
