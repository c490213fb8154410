"""Marks that want a second look: after a new year or import, and under another version."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks.carrying import carry
from budgeting.marks.model import MarkedSubject
from budgeting.marks.rescoring import rescore
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, plural_text
from budgeting.reports.gender.words import rules_edited
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import is_pressed, place
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.successions import FEW, HEIGHT
from budgeting.ui.tables import report_table


def offer_confirmation(desk: Desk) -> None:
    """List the lines whose marks are to be confirmed, and confirm them at once."""
    if not desk.shown.facts["newest_mark_id"]:
        return  # nothing was marked yet
    found = report("marks_to_confirm", {**desk.given, "page": ""})
    count = int(found.facts["line_count"])
    if not count:
        return
    label = plural_text(
        "One line to confirm after a new year or import",
        "{count} lines to confirm after a new year or import",
        count,
    )
    with st.expander(language().say(label)):
        report_table(found.tables["lines"], height=HEIGHT if count > FEW else None)
        rows = [row for row in found.tables["lines"].rows.to_pylist() if row["classification_id"]]
        if not desk.may_mark or not rows:
            return
        words = plural_text(
            "Confirm the mark of one line from {year} on",
            "Confirm the marks of {count} lines from {year} on",
            len(rows),
            year=str(desk.year),
        )
        remark = st.text_input(_("Why"), key="confirm_remark", max_chars=500)
        if is_pressed(language().say(words), "below_confirm", icon=":material/done_all:"):
            _confirm(desk, rows, remark)


def _confirm(desk: Desk, rows: Sequence[dict[str, Any]], remark: str) -> None:
    """Give every line the mark that is listed for it; lines of one mark one after the other."""
    left, direction = list(rows), Direction(desk.given["direction"])
    count = 0
    while left:
        batch: dict[int, MarkedSubject] = {}
        later = []
        for row in left:
            if row["classification_id"] in batch:
                later.append(row)
            else:
                line = MarkedSubject(Subject.LINE, row["line_code"], direction)
                batch[row["classification_id"]] = line
        if not _is_carried(desk, batch, remark):
            return
        count, left = count + len(batch), later
    done(language().say(plural_text("One mark confirmed.", "{count} marks confirmed.", count)))


def _is_carried(desk: Desk, batch: dict[int, MarkedSubject], remark: str) -> bool:
    try:
        carry(
            open_store(),
            desk.who,
            desk.municipality,
            batch,
            "carry-over",
            seen=int(desk.shown.facts["newest_mark_id"]),
            from_year=desk.year,
            remark=remark,
        )
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return False
    return True


def offer_rescoring(desk: Desk) -> None:
    """Offer to apply the methodology to marks of another version, or from before its file changed."""
    count = int(desk.shown.facts["older_count"])
    if not count or not desk.may_mark:
        return
    label = plural_text(
        "One line is marked under other rules of this methodology",
        "{count} lines are marked under other rules of this methodology",
        count,
    )
    with st.expander(language().say(label)):
        if edited := int(desk.shown.facts["edited_count"]):
            st.caption(language().say(rules_edited(edited)))
        reason = st.text_input(_("Why they are scored again"), key="rescore_reason", max_chars=500)
        if is_pressed(_("Score them again"), "below_rescore", icon=":material/refresh:"):
            try:
                found = rescore(open_store(), desk.who, desk.municipality, desk.methodology, reason)
            except BudgetingError as error:
                st.error(language().say(error.message), icon=":material/info:")
                return
            words = _(
                "{parts} scored again, {changed} of them changed, {left} could not be.",
                parts=found.part_count,
                changed=found.changed_count,
                left=found.left_count,
            )
            done(" ".join([words, *map(language().say, found.why_left)]))


def done(said: str) -> None:
    """Say what was done and show the queue as it is now."""
    place().look_anew()
    place().said = said
    st.rerun()
