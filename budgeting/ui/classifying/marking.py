"""Marking: the form, the button, and what happens where somebody was faster."""

from datetime import UTC, datetime

import streamlit as st

from budgeting.errors import BudgetingError, MarkChanged
from budgeting.marks.marking import mark
from budgeting.model import Report, Text, plural_text
from budgeting.names import mark_state_name
from budgeting.ui.classifying.chosen import Chosen
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.form import Answers, ask
from budgeting.ui.classifying.place import Row, is_pressed, place
from budgeting.ui.classifying.suggested import show_suggestions
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

_MINUTE = 60


def mark_it(desk: Desk, chosen: Chosen, history: Report | None) -> None:
    """Ask what a mark consists of, and write it when the button is pressed."""
    above = st.container(gap="xsmall")  # the button stays where it is, however long the form is
    _offer_repeating(desk)
    if chosen.only is not None:
        show_suggestions(desk, chosen.only)
    answers = ask(desk, chosen, place().filled or _earlier(chosen, history))
    with above:
        if is_pressed(
            _label(answers),
            "classify_mark",
            type="primary",
            shortcut="Ctrl+Shift+Enter",  # Ctrl+Enter does not reach us from the table
            width="stretch",
        ):
            _save(desk, chosen, answers)
        _tell_conflict(desk)


def _offer_repeating(desk: Desk) -> None:
    """Offer to answer as for the mark before: lines alike come one after another."""
    here = place()
    if not here.last or here.last[0]["methodology"] != desk.methodology.code:
        return
    names = " + ".join(desk.named(str(part["category"])) for part in here.last)
    if is_pressed(
        _("As before: {category}", category=plain(names)),
        "classify_repeat",
        icon=":material/repeat:",
        type="tertiary",
        shortcut="Alt+L",
    ):
        here.repeat()
        st.rerun()


def _as_rows(answers: Answers) -> list[Row]:
    """Return the parts of a mark as its history would tell them."""
    said = answers.classification
    return [
        {
            "methodology": said.methodology.code,
            "category": category.code,
            "evidence": part.evidence.as_json(),
            "amount_share": part.amount_share,
            "reason": said.reason,
            "confidence": said.confidence.value,
            "evidence_link": said.evidence_link,
            "stage": answers.stage.value if answers.stage else None,
        }
        for part, category in zip(said.parts, answers.categories, strict=True)
    ]


def _earlier(chosen: Chosen, history: Report | None) -> list[Row]:
    """Return the parts of the mark that the one chosen subject has itself."""
    row = chosen.only
    if row is None or history is None or row["marked_subject"] != row["subject"]:
        return []
    changes = history.tables["changes"].rows.to_pylist()
    parts = [one for one in changes if one["mark_id"] == row["mark_id"]]
    return sorted(parts, key=lambda one: one["classification_id"])


def _label(answers: Answers) -> str:
    if not answers.categories:
        return _("Mark")
    return _("Mark: {category}", category=plain(_categories(answers)))


def _categories(answers: Answers) -> str:
    return " + ".join(language().say(one.labels) for one in answers.categories)


def _save(desk: Desk, chosen: Chosen, answers: Answers) -> None:
    # The button is never greyed out: what is typed arrives only when it is pressed.
    if answers.is_reason_missing:
        st.error(
            _("This category needs a reason: write it down, then mark."), icon=":material/info:"
        )
        return
    here = place()
    try:
        written = mark(
            open_store(),
            desk.who,
            desk.municipality,
            chosen.subjects,
            answers.classification,
            seen=here.seen,
            from_year=answers.from_year,
            stage=answers.stage,
        )
    except MarkChanged as error:
        here.conflict = error
        return
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    said = plural_text(
        "Marked: {category}.",
        "{count} marked: {category}.",
        written.subject_count,
        category=_categories(answers),
    )
    if answers.is_worth_repeating:
        here.last = _as_rows(answers)
    desk.go_on(chosen.rows, language().say(said))
    st.rerun()


# --- somebody was faster --------------------------------------------------


def _tell_conflict(desk: Desk) -> None:
    """Say who was faster; what was entered stays, and may be written all the same."""
    here = place()
    if here.conflict is None:
        return
    theirs = here.conflict.context
    st.warning(
        _(
            "{name} was faster: {ago} it became {category} ({state}). Nothing of yours is lost: it "
            "still stands below, and is not written yet.",
            name=plain(theirs["recorded_by"]),
            ago=_ago(theirs["recorded_at"]),
            category=plain(desk.named(theirs["category"])),
            state=mark_state_name(theirs["state"]),
        ),
        icon=":material/group:",
    )
    with st.container(horizontal=True):
        if is_pressed(_("Mine takes its place"), "classify_mine"):
            here.seen, here.conflict = int(theirs["mark_id"]), None
            st.rerun()
        if is_pressed(_("Leave theirs"), "classify_theirs"):
            here.look_anew()
            st.rerun()


def _ago(moment: datetime) -> Text:
    minutes = int((datetime.now(UTC) - moment).total_seconds() // _MINUTE)
    return plural_text("a minute ago", "{count} minutes ago", max(minutes, 1))
