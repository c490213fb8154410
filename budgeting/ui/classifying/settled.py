"""Lines of which a file says something else than a person decided: both, and who says what counts."""

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.marks.settling import StatedLines
from budgeting.model import Direction, plural_text
from budgeting.ui.classifying.carried import done
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import is_pressed
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table


def offer_settling(desk: Desk) -> None:
    """List what files say against decisions, and let it be settled."""
    if not desk.shown.facts["newest_mark_id"]:
        return  # nothing was marked yet
    found = report("marks_to_confirm", {**desk.given, "page": ""})
    count = int(found.facts["stated_count"])
    if not count:
        return
    label = plural_text(
        "Of one line a file says something else than a person decided",
        "Of {count} lines a file says something else than a person decided",
        count,
    )
    with st.expander(language().say(label)):
        report_table(found.tables["stated"], height=300)
        if not desk.may_mark:
            return
        remark = st.text_input(_("Why"), key="settle_remark", max_chars=500)
        codes = found.tables["stated"].rows["line_code"].to_pylist()
        with st.container(horizontal=True):
            if is_pressed(_("Keep what stands"), "below_keep", icon=":material/done_all:"):
                _settle(desk, codes, remark, is_file_right=False)
            if is_pressed(_("Mark as the file says"), "below_take", icon=":material/draft:"):
                _settle(desk, codes, remark, is_file_right=True)


def _settle(desk: Desk, codes: list[str], remark: str, *, is_file_right: bool) -> None:
    direction = Direction(desk.given["direction"])
    lines = StatedLines(desk.municipality, direction, desk.year, desk.methodology.code)
    try:
        count = lines.settle(
            open_store(),
            desk.who,
            codes,
            is_file_right=is_file_right,
            seen=int(desk.shown.facts["newest_mark_id"]),
            remark=remark,
        )
    except BudgetingError as error:
        st.error(language().say(error.message), icon=":material/info:")
        return
    done(language().say(plural_text("One line settled.", "{count} lines settled.", count)))
