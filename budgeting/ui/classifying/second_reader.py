"""What happens to a mark after it was made: second reader, approval, sending back, withdrawal."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks import reviewing
from budgeting.model import Text, plural_text
from budgeting.ui.classifying.chosen import Chosen
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import is_pressed, place
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _


def offer_review(desk: Desk, chosen: Chosen) -> None:
    """Offer what can be done with the marks that are chosen."""
    drafts, reviewed = chosen.marks.get("draft", ()), chosen.marks.get("reviewed", ())
    marks = [*drafts, *reviewed, *chosen.marks.get("approved", ())]
    if not marks or not desk.may_mark:
        return
    done: Text | None = None
    with st.container(border=True, gap="small"):
        remark = st.text_input(
            _("Remark to the mark that stands"), key=f"remark_{place().form}", max_chars=500
        )
        with st.container(horizontal=True):
            if desk.may_review:
                done = _second_reading(desk, drafts, reviewed, remark)
            if is_pressed(_("Withdraw"), "classify_withdraw", icon=":material/delete:"):
                done = _done(desk, reviewing.withdraw, marks, remark)
    if done:
        desk.go_on(chosen.rows, language().say(done))
        st.rerun()


def _second_reading(
    desk: Desk, drafts: Sequence[int], reviewed: Sequence[int], remark: str
) -> Text | None:
    done: Text | None = None
    if drafts and is_pressed(_("Reviewed: I agree"), "classify_review", icon=":material/check:"):
        done = _done(desk, reviewing.review, drafts, remark)
    if reviewed and is_pressed(
        _("Approve"),
        "classify_approve",
        icon=":material/verified:",
    ):
        done = _done(desk, reviewing.approve, reviewed, remark)
    if (drafts or reviewed) and is_pressed(
        _("Send back"), "classify_send_back", icon=":material/reply:"
    ):
        done = _done(desk, reviewing.send_back, [*drafts, *reviewed], remark)
    return done


def _done(desk: Desk, action: Callable[..., Any], marks: Sequence[int], remark: str) -> Text | None:
    """Do it; return what was done as a sentence, None where it was refused, with why."""
    try:
        written = action(open_store(), desk.who, desk.municipality, marks, remark)
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return None
    return plural_text("One mark changed.", "{count} marks changed.", written.subject_count)
