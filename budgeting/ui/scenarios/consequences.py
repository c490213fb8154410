"""What people say that more or less money brings about: the list, and writing one down."""

import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.model import Column, Table, text
from budgeting.names import consequence_name, movement_name
from budgeting.reports.tables import table
from budgeting.scenarios.consequences import (
    LONGEST,
    Consequence,
    ConsequenceType,
    Movement,
    consequences,
    record_consequences,
)
from budgeting.ui.scenarios.rules import Desk, ask_subject, held, key_of, subject_in
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import told
from budgeting.ui.tables import report_table

_WIDTHS = {"subject": 130, "words": 200, "source": 200}  # pixels; words run over lines


def show(desk: Desk) -> None:
    """Show what people say that more or less money brings about, and ask for more of it."""
    found = consequences(open_store(), desk.municipality)
    st.subheader(_("What moves bring about"), anchor=False)
    if found:
        report_table(_consequence_table(desk, found), widths=_WIDTHS, wraps=True)
    else:
        st.caption(_("No consequence is recorded."))
    if is_allowed(desk.who.role, Action.MAKE_SCENARIO):
        _ask_consequence(desk)


def _consequence_table(desk: Desk, found: tuple[Consequence, ...]) -> Table:
    columns = (
        Column("subject", text("of what")),
        Column("movement", text("money"), "code"),
        Column("words", text("consequence")),
        Column("consequence", text("kind"), "code"),
        Column("source", text("source")),
    )
    rows = [
        {
            "subject": desk.baseline.label_of(one.subject),
            "movement": one.movement.value,
            "words": one.words,
            "consequence": one.type.value,
            "source": one.source,
        }
        for one in found
    ]
    return table(columns, rows)


def _ask_consequence(desk: Desk) -> None:
    say = language().say
    with st.expander(_("Write a consequence down")):
        ask_subject(desk, "consequence")
        left, right = st.columns(2)
        with left:
            st.selectbox(
                _("Of more or less money"),
                list(Movement),
                format_func=lambda one: say(movement_name(one.value)),
                key=key_of(desk, "movement"),
            )
        with right:
            st.selectbox(
                _("Kind"),
                list(ConsequenceType),
                format_func=lambda one: say(consequence_name(one.value)),
                key=key_of(desk, "type"),
            )
        st.text_input(_("What it brings about"), max_chars=LONGEST, key=key_of(desk, "words"))
        st.text_input(_("Who says so"), max_chars=200, key=key_of(desk, "said_by"))
        st.button(_("Write it down"), on_click=_write, args=(desk,), key=key_of(desk, "write"))


def _write(desk: Desk) -> None:
    one = Consequence(
        subject_in(desk, "consequence"),
        Movement(str(held(desk, "movement"))),
        ConsequenceType(str(held(desk, "type"))),
        str(held(desk, "words") or "").strip(),
        str(held(desk, "said_by") or "").strip(),
    )
    with told():
        record_consequences(open_store(), desk.who, desk.municipality, [one])
