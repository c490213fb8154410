"""Marks as a file: taken out of this installation, and brought in after they were looked at."""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.imports.source import SourceFile
from budgeting.marks.transfer import MarksFile, accept_marks, examine_marks
from budgeting.model import plural_text
from budgeting.ui import downloads
from budgeting.ui.classifying.carried import done
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import is_pressed
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _

_TOLD = 20  # findings that are read at a glance


def offer_exchange(desk: Desk) -> None:
    """Offer all marks as a file, and to bring in those of a file."""
    words = _("Marks as a file: take them out, bring them in")
    if not st.toggle(words, key="classify_exchange"):  # the list is long: only where it is wanted
        return
    with st.container(border=True):
        chosen = {"municipality": desk.municipality, "methodology": desk.methodology.code}
        downloads.offer(report("marks", chosen))
        if desk.may_mark:
            _offer_import(desk)


def _offer_import(desk: Desk) -> None:
    given = st.file_uploader(
        _("A file that Paritet gave, with marks changed or added"), type=["csv", "xlsx"]
    )
    if given is None:
        return
    try:
        file = examine_marks(
            open_store(), SourceFile(given.name, given.getvalue()), desk.municipality
        )
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    _tell(file)
    if file.findings or not file.marks:
        return
    words = plural_text(
        "Store one mark, as a draft", "Store {count} marks, as drafts", len(file.marks)
    )
    if is_pressed(language().say(words), "below_import", type="primary", icon=":material/save:"):
        _accept(desk, file)


def _tell(file: MarksFile) -> None:
    """Say what the file would change, and what is wrong with it, by row."""
    say = language().say
    same = plural_text("One mark stands already.", "{count} marks stand already.", file.same_count)
    new = plural_text(
        "One mark is new or different.", "{count} marks are new or different.", len(file.marks)
    )
    st.caption(plain(f"{say(new)} {say(same)}"))
    for one in file.findings[:_TOLD]:
        row = _("Row {row}: ", row=str(one.row_number)) if one.row_number else ""
        st.error(plain(row + say(one.message)), icon=":material/info:")
    if len(file.findings) > _TOLD:
        rest = plural_text("And one more.", "And {count} more.", len(file.findings) - _TOLD)
        st.caption(say(rest))


def _accept(desk: Desk, file: MarksFile) -> None:
    try:
        count = accept_marks(open_store(), desk.who, file)
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    done(language().say(plural_text("One mark stored.", "{count} marks stored.", count)))
