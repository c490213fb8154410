"""One scenario: opening, renaming, copying, handing in, deciding, and what has changed under it."""

from collections.abc import Callable

import streamlit as st

from budgeting.access import Action, Identity, is_allowed
from budgeting.model import Column, Money, Table, Text, plural_text, text
from budgeting.names import scenario_state_name
from budgeting.reports.tables import table
from budgeting.scenarios import saving
from budgeting.scenarios.deciding import adopt, reject, submit
from budgeting.scenarios.drift import Drift, drift, rebase
from budgeting.scenarios.model import Scenario, ScenarioState
from budgeting.ui import address
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import told
from budgeting.ui.tables import report_table


def show(who: Identity, shown: Scenario) -> None:
    """Show a scenario and what the reader may do to it."""
    st.subheader(plain(shown.name), anchor=False)
    st.markdown(plain(language().say(_standing(shown))))
    if shown.description:
        st.markdown(plain(shown.description))
    with st.container(horizontal=True):
        if st.button(_("Open it on the page Reallocate"), icon=":material/swap_horiz:"):
            address.choose(scenario=str(shown.scenario_id))
            st.switch_page("pages/simulator.py")
        if is_allowed(who.role, Action.MAKE_SCENARIO):
            _offer_changes(who, shown)
        if is_allowed(who.role, Action.DECIDE_SCENARIO) and shown.state is ScenarioState.SUBMITTED:
            _offer_decision(who, shown)
    _show_drift(who, shown)


def _standing(shown: Scenario) -> Text:
    values = {
        "state": scenario_state_name(shown.state.value),
        "author": shown.author,
        "day": shown.changed_at.date(),
        "who": shown.changed_by,
    }
    if shown.reason:
        return plural_text(
            "{state}; {count} move; begun by {author}, last changed by {who} on {day}: {reason}",
            "{state}; {count} moves; begun by {author}, last changed by {who} on {day}: {reason}",
            len(shown.moves),
            **values,
            reason=shown.reason,
        )
    return plural_text(
        "{state}; {count} move; begun by {author}, last changed by {who} on {day}.",
        "{state}; {count} moves; begun by {author}, last changed by {who} on {day}.",
        len(shown.moves),
        **values,
    )


def _offer_changes(who: Identity, shown: Scenario) -> None:
    number = shown.scenario_id
    if shown.is_draft:
        with st.popover(_("Rename"), icon=":material/edit:"):
            name = st.text_input(
                _("Name"),
                shown.name,
                max_chars=saving.LONGEST_NAME,
                key=f"name_{number}_{shown.version}",
            )
            words = st.text_area(
                _("Description"), shown.description, key=f"words_{number}_{shown.version}"
            )
            _button(
                _("Keep this name"),
                lambda: saving.rename(open_store(), who, number, name, words, seen=shown.version),
                f"rename_{number}",
            )
        with st.popover(_("Hand in"), icon=":material/send:"):
            note = st.text_input(_("Note for those who decide"), key=f"note_{number}")
            _button(
                _("Hand it in to be decided on"),
                lambda: submit(open_store(), who, shown, note),
                f"submit_{number}",
            )
    with st.popover(_("Copy"), icon=":material/content_copy:"):
        name = st.text_input(
            _("Name of the copy"),
            _("{name}, copy", name=shown.name)[: saving.LONGEST_NAME],
            key=f"copy_name_{number}",
        )
        _button(
            _("Make a copy"), lambda: saving.copy(open_store(), who, number, name), f"copy_{number}"
        )
    if shown.is_draft:
        with st.popover(_("Put away"), icon=":material/delete:"):
            why = st.text_input(_("Reason"), key=f"why_{number}")
            _button(
                _("Put this scenario away"),
                lambda: saving.withdraw(open_store(), who, number, why, seen=shown.version),
                f"withdraw_{number}",
            )


def _offer_decision(who: Identity, shown: Scenario) -> None:
    number = shown.scenario_id
    with st.popover(_("Decide"), icon=":material/gavel:"):
        reason = st.text_input(
            _("Reason, or number of the decision"), key=f"decision_{number}_{shown.version}"
        )
        _button(_("Adopt"), lambda: adopt(open_store(), who, shown, reason), f"adopt_{number}")
        _button(_("Reject"), lambda: reject(open_store(), who, shown, reason), f"reject_{number}")


def _button(label: str, act: Callable[[], Scenario], key: str) -> None:
    """Show a button that does something to a scenario; why it could not be done is said above."""

    def done() -> None:
        with told():
            act()

    st.button(label, on_click=done, key=key)


def _show_drift(who: Identity, shown: Scenario) -> None:
    found = drift(open_store(), shown)
    if not found.is_any:
        return
    st.warning(plain(language().say(_drifted(found))), icon=":material/trending_flat:")
    with st.expander(_("What has changed under it")):
        report_table(_line_table(shown, found))
        report_table(_move_table(shown, found))
    if shown.is_draft and is_allowed(who.role, Action.MAKE_SCENARIO):
        _offer_rebase(who, shown, found)


def _drifted(found: Drift) -> Text:
    if found.newer_rules is not None and not found.lines:
        return text("The rules of the municipality have changed since this scenario was begun.")
    return plural_text(
        "{count} line of the budget has changed since this scenario was begun; it still stands on the "
        "budget as it was.",
        "{count} lines of the budget have changed since this scenario was begun; it still stands on the "
        "budget as it was.",
        len(found.lines),
    )


def _line_table(shown: Scenario, found: Drift) -> Table:
    unit = shown.footing.currency_code
    columns = (
        Column("label", text("budget line")),
        Column("before", text("when it was begun"), "money", unit),
        Column("now", text("now"), "money", unit),
        Column("touched", text("moved by the scenario")),
    )
    say = language().say
    rows = [
        {
            "label": one.label,
            "before": one.before,
            "now": one.now,
            "touched": say(text("yes")) if one.is_touched else say(text("no")),
        }
        for one in found.lines
    ]
    return table(columns, rows)


def _move_table(shown: Scenario, found: Drift) -> Table:
    say, unit = language().say, shown.footing.currency_code
    columns = (
        Column("number", text("move"), "count"),
        Column("amount", text("amount"), "money", unit),
        Column("becomes", text("amount on today’s budget"), "money", unit),
        Column("fault", text("why it cannot be made any more")),
    )
    rows = [
        {
            "number": one.stored.number,
            "amount": one.stored.move.amount,
            "becomes": one.becomes.amount,
            "fault": say(one.fault) if one.fault else "",
        }
        for one in found.moves
    ]
    return table(columns, rows)


def _offer_rebase(who: Identity, shown: Scenario, found: Drift) -> None:
    """Carry the moves over to today's budget, one by one as the reader says."""
    number, say = shown.scenario_id, language().say
    fitting = [one.stored.number for one in found.moves if one.fault is None]
    labels = {
        one.stored.number: say(
            text(
                "{number}: {amount}",
                number=one.stored.number,
                amount=Money(one.becomes.amount, shown.footing.currency_code),
            )
        )
        for one in found.moves
    }
    kept = st.multiselect(
        _("Moves to carry over to today’s budget"),
        fitting,
        default=fitting,
        format_func=labels.__getitem__,
        key=f"rebase_moves_{number}_{shown.version}",
    )
    _button(
        _("Carry them over"),
        lambda: rebase(open_store(), who, number, seen=shown.version, moves=kept),
        f"rebase_{number}",
    )
