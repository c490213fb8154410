"""Service sheet on the page: everything about one service, and the answers to the 4R questions."""

import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.errors import BudgetingError
from budgeting.model import Report
from budgeting.services.model import Answer
from budgeting.services.registering import answer
from budgeting.ui import downloads
from budgeting.ui.filters import choice
from budgeting.ui.frame import plain
from budgeting.ui.session import identity, language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

_NONE = "-"
_LONGEST = 2_000


def open_sheet(shown: Report, given: dict[str, str]) -> None:
    """Let the reader open one service of a report and show its sheet."""
    names = {row["code"]: row["name"] for row in shown.tables["services"].rows.to_pylist()}
    if not names:
        return
    st.subheader(_("A service in detail"), anchor=False)
    code = choice("service", _("Service"), {_NONE: _("no service"), **names}, default=_NONE)
    if code != _NONE:
        _sheet(report("service_sheet", {**given, "service": code}))


def _sheet(sheet: Report) -> None:
    say = language().say
    st.markdown(f"**{plain(say(sheet.answer))}**")
    left, right = st.columns([2, 3], gap="large")
    with left:
        report_table(sheet.tables["money"])
    with right:
        report_table(sheet.tables["users"])
        report_table(sheet.tables["trend"])
    for name, title in (
        ("lines", _("Budget lines that pay for it")),
        ("sources", _("Where the figures come from")),
    ):
        panel = st.expander(title, key=f"sheet_{name}", on_change="rerun")
        if panel.open:  # drawn only while somebody looks
            with panel:
                report_table(sheet.tables[name])
    with st.expander(_("Four questions: representation, resources, reality, realisation")):
        _questions(sheet)
    for note in sheet.notes:
        st.caption(plain(say(note)))
    downloads.offer(sheet)


def _questions(sheet: Report) -> None:
    who = identity()
    may_answer = who is not None and is_allowed(who.role, Action.DESCRIBE_SERVICE)
    if not may_answer:
        report_table(sheet.tables["questions"])
        return
    rows = sheet.tables["questions"].rows.to_pylist()
    with st.form(f"questions_{sheet.facts['service_id']}_{sheet.parameters['year']}", border=False):
        given = {
            row["code"]: st.text_area(
                row["question"],
                value=row["answer"] or "",
                max_chars=_LONGEST,
                help=_("Answered by {who}.", who=row["by"]) if row["by"] else None,
            )
            for row in rows
        }
        if not st.form_submit_button(_("Keep the answers")):
            return
    try:
        for row in rows:
            if given[row["code"]] != (row["answer"] or ""):
                _keep(sheet, row["code"], given[row["code"]], row["answer_id"])
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    st.rerun()


def _keep(sheet: Report, code: str, words: str, seen: int) -> None:
    who = identity()
    assert who is not None
    answer(
        open_store(),
        who,
        sheet.parameters["municipality"],
        Answer(sheet.facts["service_id"], int(sheet.parameters["year"]), code, words),
        seen=seen,
    )
