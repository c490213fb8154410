"""The panel beside the queue: what is chosen, its mark, the form, and what may be done with it."""

from collections.abc import Sequence

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks.reviewing import undo
from budgeting.model import Money, plural_text
from budgeting.names import mark_state_name
from budgeting.ui.classifying.chosen import Chosen, chosen_of
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.history import history_of, show_history
from budgeting.ui.classifying.marking import mark_it
from budgeting.ui.classifying.place import Row, is_pressed, place
from budgeting.ui.classifying.second_reader import offer_review
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _


def panel(desk: Desk, rows: Sequence[Row]) -> None:
    """Show what is chosen and let it be marked, by whoever may."""
    _offer_undo(desk)
    if not rows:
        st.info(_("Choose a line: click it, or tick several."), icon=":material/checklist:")
        return
    with st.container(border=True):
        chosen = chosen_of(desk, rows)
        place().look_at(
            (*chosen.name, desk.methodology.code), int(desk.shown.facts["newest_mark_id"])
        )
        _heading(desk, chosen)
        history = history_of(desk, chosen)
        if desk.may_mark:
            mark_it(desk, chosen, history)
        offer_review(desk, chosen)
        show_history(history)


def _heading(desk: Desk, chosen: Chosen) -> None:
    row = chosen.only
    amount = language().value(Money(chosen.total, desk.currency))
    if row is None:
        _several(chosen, amount)
        return
    st.markdown(f"**{plain(row['label'])}**  \n{plain(amount)}")
    places = [row[name] for name in ("programme", "organisation", "function") if row[name]]
    st.caption(plain(f"{' · '.join(places) or row['code']}  \n{_standing(desk, row)}"))


def _several(chosen: Chosen, amount: str) -> None:
    say = language().say
    count = chosen.subjects.num_rows
    words = plural_text(
        "{count} chosen: {amount}", "{count} chosen: {amount}", count, amount=amount
    )
    st.markdown(f"**{plain(say(words))}**")
    marked = sum(len(found) for found in chosen.marks.values())
    if marked:
        replaced = plural_text(
            "One mark of theirs gives way to a new one.",
            "{count} marks of theirs give way to a new one.",
            marked,
        )
        st.caption(say(replaced))


def _standing(desk: Desk, row: Row) -> str:
    if row["category"] is None:
        return _("Not screened.")
    values = {
        "category": desk.all_named(row),
        "state": mark_state_name(row["mark_state"]),
        "author": row["author"],
    }
    if row["inherited_from"]:
        return _(
            "Inherited from {owner}: {category}, {state}, by {author}. A mark of its own takes its "
            "place.",
            owner=row["inherited_from"],
            **values,
        )
    return _("Marked {category}, {state}, by {author}.", **values)


def _offer_undo(desk: Desk) -> None:
    """Say what was done last, and offer to take it back."""
    if not desk.may_mark:
        return
    here = place()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(here.said or _("Nothing changed yet.")), width="stretch")
        if is_pressed(
            _("Undo"),
            "classify_undo",
            icon=":material/undo:",
            type="tertiary",
            shortcut="Alt+U",
            help=_("Take back my last change of marks"),
        ):
            _undo(desk)


def _undo(desk: Desk) -> None:
    try:
        taken = undo(open_store(), desk.who, desk.municipality)
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    here = place()
    said = plural_text("One mark taken back.", "{count} marks taken back.", taken.subject_count)
    here.look_anew()
    here.said = language().say(said)
    st.rerun()
