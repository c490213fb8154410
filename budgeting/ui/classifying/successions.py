"""Lines of the year that continue lines of the year before: proposed, said by hand, taken back."""

from collections.abc import Sequence

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.model import Direction, Report, Text, plural_text, text
from budgeting.successions.confirming import confirm, withdraw
from budgeting.successions.model import Succession, YearSuccessions
from budgeting.successions.proposing import LINES, RENAMES, Candidates
from budgeting.ui.classifying.carried import done
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.successions import FEW, HEIGHT, Offer, is_pressed, offer_by_hand, offer_renames
from budgeting.ui.tables import report_table

_KEY = "classify_lines"
_OPEN = ("gone", "new")


def offer_successions(desk: Desk) -> None:
    """Say which lines probably continue which, let it be confirmed, and show what was."""
    given = {name: desk.given[name] for name in ("municipality", "year", "direction")}
    found = report("line_successors", given)
    within = report("line_successors", {**given, "span": "year"})
    if any(found.facts[f"{name}_count"] for name in (*_OPEN, "confirmed")):
        title = language().say(_title(found))
        if st.toggle(title, key="classify_successions"):  # as many rows as the budget may have
            with st.container(border=True):
                _offer(desk, found, _KEY)
                if found.facts["confirmed_count"]:
                    _show_confirmed(desk, found)
    is_open = all(within.facts[f"{name}_count"] for name in _OPEN)
    if is_open and st.toggle(language().say(_title_within(within)), key="classify_recoded"):
        with st.container(border=True):
            _offer(desk, within, f"{_KEY}_within")


def _offer(desk: Desk, found: Report, key: str) -> None:
    """Offer the lines of a report to be confirmed; whoever may not, sees what is proposed."""
    st.markdown(plain(language().say(found.answer)))
    if desk.may_mark and found.facts["earlier_year"]:
        offer = Offer(
            _candidates(desk, found),
            desk.currency,
            key,
            lambda successions: _confirm(desk, successions),
        )
        offer_renames(offer)
        offer_by_hand(offer)
    elif found.tables["proposed"].rows.num_rows:
        report_table(found.tables["proposed"], height=HEIGHT)


def _title_within(found: Report) -> Text:
    if found.facts["proposed_count"]:
        return plural_text(
            "One line was probably planned under one code and executed under another",
            "{count} lines were probably planned under one code and executed under another",
            int(found.facts["proposed_count"]),
        )
    return text("Lines that got another code within the year")


def _title(found: Report) -> Text:
    if found.facts["proposed_count"]:
        return plural_text(
            "One line probably continues a line of the year before",
            "{count} lines probably continue lines of the year before",
            int(found.facts["proposed_count"]),
        )
    return text("Lines that continue others")


def _candidates(desk: Desk, found: Report) -> Candidates:
    """Return the lines as they were compared, without what the report adds for readers."""
    tables = {name: table.rows for name, table in found.tables.items()}
    sides = {side: tables[side].select(LINES.names) for side in ("gone", "new", "both")}
    renames = tables["proposed"].select(RENAMES.names)
    return Candidates(int(found.facts["earlier_year"]), desk.year, **sides, renames=renames)


def _confirm(desk: Desk, successions: Sequence[Succession]) -> None:
    year = YearSuccessions(
        desk.municipality, Direction(desk.given["direction"]), desk.year, tuple(successions)
    )
    try:
        confirm(open_store(), desk.who, year)
    except BudgetingError as error:
        st.error(plain(language().say(error.message)), icon=":material/info:")
        return
    words = plural_text(
        "Confirmed what became of one line; its mark is listed to be confirmed.",
        "Confirmed what became of {count} lines; their marks are listed to be confirmed.",
        len(successions),
    )
    done(language().say(words))


def _show_confirmed(desk: Desk, found: Report) -> None:
    """List what was confirmed; whoever may, takes back what is ticked."""
    table = found.tables["confirmed"]
    st.markdown(_("**Confirmed**"))
    for note in found.notes:
        st.caption(plain(language().say(note)))
    height = HEIGHT if table.rows.num_rows > FEW else None
    if not desk.may_mark:
        report_table(table, height=height)
        return
    numbers = table.rows["succession_id"].to_pylist()
    key = f"{_KEY}_confirmed_{hash(tuple(numbers))}"
    rows = report_table(
        table, height=height, on_select="rerun", selection_mode="multi-row", key=key
    )
    chosen = sorted({numbers[row] for row in rows if row < len(numbers)})
    words = _("Take back what is ticked")
    if is_pressed(words, f"{_KEY}_back", icon=":material/undo:", disabled=not chosen):
        try:
            count = withdraw(open_store(), desk.who, desk.municipality, chosen)
        except BudgetingError as error:
            st.error(plain(language().say(error.message)), icon=":material/info:")
            return
        told = plural_text("One was taken back.", "{count} were taken back.", count)
        done(language().say(told))
