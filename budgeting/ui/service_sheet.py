"""Service sheet on the page: everything about one service, and the answers to the 4R questions."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import streamlit as st

from budgeting.access import Action, is_allowed
from budgeting.errors import BudgetingError
from budgeting.model import Report, Text
from budgeting.services.model import Answer
from budgeting.services.registering import answer
from budgeting.ui import address, downloads, filters
from budgeting.ui.filters import choice
from budgeting.ui.frame import plain
from budgeting.ui.service_findings import (
    benefit_change_finding,
    fee_finding,
    intensity_finding,
    measure_finding,
    payer_finding,
    place_finding,
)
from budgeting.ui.session import identity, language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table

_NONE = "-"
ASSUMED = ("fee", "elasticity_women", "elasticity_men")
_LONGEST = 2_000


def open_sheet(shown: Report, given: Mapping[str, str]) -> None:
    """Let the reader open one service of a report and show its sheet."""
    names = {row["code"]: row["name"] for row in shown.tables["services"].rows.to_pylist()}
    if not names:
        return
    st.subheader(_("A service in detail"), anchor=False)
    code = choice("service", _("Service"), {_NONE: _("no service"), **names}, default=_NONE)
    if code != _NONE:
        assumed = {name: address.value(name) for name in ASSUMED}
        _sheet(report("service_sheet", {**given, **assumed, "service": code}))


def _sheet(sheet: Report) -> None:
    say = language().say
    st.markdown(f"**{plain(say(sheet.answer))}**")
    left, right = st.columns([2, 3], gap="large")
    with left:
        report_table(sheet.tables["money"])
    with right:
        users = sheet.tables["users"]
        report_table(users, order=filled(users, _USERS))
        report_table(sheet.tables["trend"])
    titles = _titles(sheet)
    _CONTENTS[filters.segments("part", _("Show"), titles, next(iter(titles)))](sheet)
    for note in sheet.notes:
        st.caption(plain(say(note)))
    downloads.offer(sheet)


# what the screen shows; files have the rest
_USERS = ("sex", "users", "hidden", "eligible", "take_up", "benefit", "per_head")
_PLACES = ("place", "female", "male", "other", "unknown", "users", "hidden", "grade")
_PAID = ("sex", "paid", "share", "use_share", "fee")
_PAID_AFTER = ("sex", "paid", "paid_after", "users_after", "paid_with_effect")


def _titles(sheet: Report) -> dict[str, str]:
    by_place = {"places": _("By place")} if sheet.tables["places"].rows.num_rows else {}
    return {
        "measures": _("Women against men"),
        "payers": _("Who pays"),
        "change": _("Why it changed"),
        "intensity": _("Intensity of use"),
        **by_place,
        "lines": _("Budget lines that pay for it"),
        "sources": _("Where the figures come from"),
        "questions": _("Four questions"),
    }


def _measures(sheet: Report) -> None:
    _head(measure_finding(sheet))
    report_table(sheet.tables["measures"])
    st.caption(
        _(
            "The adjusted index is as far from 1 for men as for women. Where users are an assumption, an "
            "index stands to no band."
        )
    )


def _payers(sheet: Report) -> None:
    _head(payer_finding(sheet))
    rows = sheet.tables["payers"].rows
    if not rows.num_rows:
        return
    report_table(sheet.tables["payers"], order=_PAID)
    if not sheet.facts["are_fees_recorded"]:
        st.caption(_("Nobody recorded who pays: it is assumed that every user pays the same."))
    _fee_choices()
    st.markdown(plain(language().say(fee_finding(sheet))))
    report_table(sheet.tables["payers"], order=_PAID_AFTER)


def _fee_choices() -> None:
    """Let the reader say by how much the fee changes, and how use answers to it."""
    share = language().share
    changes = {change: share(Decimal(change) / 100, 0) for change in _CHANGES}
    answers = {"": _("not known")} | {answer: share(Decimal(answer) / 100) for answer in _ANSWERS}
    with st.container(horizontal=True):
        choice("fee", _("What if the fee changed by"), changes, default="10")
        choice("elasticity_women", _("One per cent more: use of women changes by"), answers)
        choice("elasticity_men", _("One per cent more: use of men changes by"), answers)


_CHANGES = ("-100", "-50", "-20", "-10", "10", "20", "50", "100")
_ANSWERS = ("0", "-0.1", "-0.2", "-0.3", "-0.5", "-0.8", "-1", "-1.5")


def _change(sheet: Report) -> None:
    _head(benefit_change_finding(sheet))
    if sheet.tables["change"].rows.num_rows:
        report_table(sheet.tables["change"])


def _intensity(sheet: Report) -> None:
    _head(intensity_finding(sheet))
    if sheet.tables["intensity"].rows.num_rows:
        report_table(sheet.tables["intensity"])


def _places(sheet: Report) -> None:
    _head(place_finding(sheet))
    report_table(sheet.tables["places"], order=filled(sheet.tables["places"], _PLACES))
    st.caption(_("Places repeat parts of the whole municipality and are not added to it."))


def _lines(sheet: Report) -> None:
    report_table(sheet.tables["lines"])


def _sources(sheet: Report) -> None:
    report_table(sheet.tables["sources"])


def _head(finding: Text) -> None:
    st.markdown(f"**{plain(language().say(finding))}**")


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


_CONTENTS: Mapping[str, Callable[[Report], None]] = {
    "measures": _measures,
    "payers": _payers,
    "change": _change,
    "intensity": _intensity,
    "places": _places,
    "lines": _lines,
    "sources": _sources,
    "questions": _questions,
}
