"""Parts of the overview: key figures, the findings that head its charts, the list of gaps."""

from decimal import Decimal
from typing import Any

import streamlit as st

from budgeting.model import Direction, Money, Report, Share, Text, text
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def key_figures(report: Report) -> None:
    """Show the stages of the year, the available balance and the period to date."""
    facts, words = report.facts, language()
    is_revenue = report.parameters["direction"] == Direction.REVENUE.value
    with st.container(horizontal=True):
        _figure(_("Approved plan") if is_revenue else _("Appropriation"), facts["approved"], report)
        _figure(_("Revised"), facts["revised"], report)
        if not is_revenue:
            _figure(_("Committed"), facts["committed"], report)
        _outturn(_("Collected") if is_revenue else _("Outturn"), report)
        share = facts["execution"]
        st.metric(
            _("Execution"),
            words.share(share) if share is not None else _("not known"),
            help=_("Executed to date as a share of the revised budget."),
        )
        if not is_revenue:
            _figure(
                _("Available balance"), facts["available"], report, _("Revised less committed.")
            )


def _figure(label: str, amount: Decimal | None, report: Report, explanation: str = "") -> None:
    if amount is None:
        st.metric(label, _("not known"), help=explanation or None)
        return
    money, words = Money(amount, report.facts["currency"]), language()
    exact = _("Exactly {amount}.", amount=words.money(money))
    st.metric(label, words.round_money(money), help=f"{explanation} {exact}".strip())


def _outturn(label: str, report: Report) -> None:
    """Show the outturn to date against the same period of the year before."""
    facts, words = report.facts, language()
    now, before = facts["executed"], facts["previous_period"]
    if now is None or not before:
        _figure(label, now, report, _("The same period of the year before is not stored."))
        return
    change = now / before - 1
    st.metric(
        label,
        words.round_money(Money(now, facts["currency"])),
        delta=("+" if change > 0 else "") + words.share(Share(change)),
        delta_color="off",
        delta_arrow="off",
        delta_description=_("against the same period last year"),
        help=_(
            "{now} now, {before} in the same period of the year before.",
            now=words.money(Money(now, facts["currency"])),
            before=words.money(Money(before, facts["currency"])),
        ),
    )


def largest_group(report: Report) -> Text:
    """Return the finding that heads the chart of where the money goes."""
    rows = [row for row in report.tables["groups"].rows.to_pylist() if row["path_code"] != "?"]
    if not rows or rows[0]["share"] is None:
        return text("Where the money goes")
    values: dict[str, Any] = {"label": rows[0]["label"], "share": Share(rows[0]["share"])}
    if report.parameters["direction"] == Direction.REVENUE.value:
        return text("The largest source is {label}: {share}", **values)
    return text("The largest part goes to {label}: {share}", **values)


def largest_change(report: Report) -> Text:
    """Return the finding that heads the chart of changes."""
    rows = report.tables["moves"].rows.to_pylist()
    if not rows:
        return text("Changes against the year before are not known")
    row = rows[0]
    values: dict[str, Any] = {
        "label": row["label"],
        "amount": Money(abs(row["change"]), report.facts["currency"]),
    }
    if not row["change"]:
        return text("Nothing has changed since last year")
    if row["change"] > 0:
        return text("The largest change since last year: {label}, {amount} more", **values)
    return text("The largest change since last year: {label}, {amount} less", **values)


def is_fictional(report: Report) -> bool:
    """Return whether the report is about demo data."""
    return bool(report.facts["is_fictional"])


def gaps(report: Report) -> None:
    """List what is missing, or say that nothing was noticed."""
    say = language().say
    found = report.facts["gaps"]
    if not found:
        st.markdown(_("Nothing was noticed."))
    st.markdown("\n".join(f"- {plain(say(gap))}" for gap in found))
