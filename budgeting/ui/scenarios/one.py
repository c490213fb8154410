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
    if shown.is_draft:
        _offer_renaming(who, shown)
        _offer_handing_in(who, shown)
    _offer_copying(who, shown)
    if shown.is_draft:
        _offer_putting_away(who, shown)


def _offer_renaming(who: Identity, shown: Scenario) -> None:
    name, words = _key("name", shown), _key("words", shown)

    def rename(called: str, described: str) -> None:
        number = shown.scenario_id
        saving.rename(open_store(), who, number, called, described, seen=shown.version)

    with st.popover(_("Rename"), icon=":material/edit:"):
        st.text_input(_("Name"), shown.name, max_chars=saving.LONGEST_NAME, key=name)
        st.text_area(_("Description"), shown.description, key=words)
        _button(_("Keep this name"), rename, name, words)


def _offer_handing_in(who: Identity, shown: Scenario) -> None:
    note = _key("note", shown)

    def hand_in(said: str) -> None:
        submit(open_store(), who, shown, said)

    with st.popover(_("Hand in"), icon=":material/send:"):
        st.text_input(_("Note for those who decide"), key=note)
        _button(_("Hand it in to be decided on"), hand_in, note)


def _offer_copying(who: Identity, shown: Scenario) -> None:
    name = _key("copy_name", shown)

    def copy(called: str) -> None:
        saving.copy(open_store(), who, shown.scenario_id, called)

    with st.popover(_("Copy"), icon=":material/content_copy:"):
        proposed = _("{name}, copy", name=shown.name)[: saving.LONGEST_NAME]
        st.text_input(_("Name of the copy"), proposed, key=name)
        _button(_("Make a copy"), copy, name)


def _offer_putting_away(who: Identity, shown: Scenario) -> None:
    why = _key("why", shown)

    def put_away(said: str) -> None:
        saving.withdraw(open_store(), who, shown.scenario_id, said, seen=shown.version)
        address.choose(scenario="")

    with st.popover(_("Put away"), icon=":material/delete:"):
        st.text_input(_("Reason"), key=why)
        _button(_("Put this scenario away"), put_away, why)


def _offer_decision(who: Identity, shown: Scenario) -> None:
    why = _key("decision", shown)

    def take_it(said: str) -> None:
        adopt(open_store(), who, shown, said)

    def leave_it(said: str) -> None:
        reject(open_store(), who, shown, said)

    with st.popover(_("Decide"), icon=":material/gavel:"):
        st.text_input(_("Reason, or number of the decision"), key=why)
        _button(_("Adopt"), take_it, why)
        _button(_("Reject"), leave_it, why)


def _key(name: str, shown: Scenario) -> str:
    return f"{name}_{shown.scenario_id}_{shown.version}"


def _button(label: str, act: Callable[..., None], *fields: str) -> None:
    """Show a button that does something with what the fields hold when it is pressed.

    What was typed last may arrive together with the click: it is in the session by then, but not in
    what the page was drawn with. Why something could not be done is said at the top.
    """

    def done() -> None:
        with told():
            act(*(st.session_state[name] for name in fields))

    st.button(label, on_click=done, key=f"{label}_{'_'.join(fields)}")


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
    field = _key("rebase_moves", shown)

    def carry_over(kept: list[int]) -> None:
        rebase(open_store(), who, number, seen=shown.version, moves=kept)

    st.multiselect(
        _("Moves to carry over to today’s budget"),
        fitting,
        default=fitting,
        format_func=labels.__getitem__,
        key=field,
    )
    _button(_("Carry them over"), carry_over, field)
