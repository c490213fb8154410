"""Parts of the page on who benefits: key figures and the findings that head its charts."""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from budgeting.intervals import is_ranked
from budgeting.model import Money, Report, Share, Text, text
from budgeting.reports.beneficiaries.groups import groups
from budgeting.ui import filters, frame
from budgeting.ui.filters import choice
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _


def opened(name: str, **further: Callable[[], str]) -> tuple[Report, dict[str, str]]:
    """Show what a page asks and answers, and return its report with what was chosen.

    Municipality, year and stage are chosen on each of these pages; `further` shows other choices, by
    the parameter of the report. An empty database leads to the import, and the page ends.
    """
    head = st.container()
    with st.container(horizontal=True):
        chosen = filters.municipality_and_year()
        if chosen:
            chosen |= {"stage": filters.stage_of(**chosen)}
            chosen |= {parameter: choose() for parameter, choose in further.items()}
    if chosen is None:
        frame.empty_state()
        st.stop()
    given = {**chosen, "language": language().code}
    shown, say = report(name, given), language().say
    with head:
        frame.heading(
            say(shown.title), say(shown.answer), is_fictional=bool(shown.facts["is_fictional"])
        )
    return shown, given


def key_figures(report: Report) -> None:
    """Show to whom the money goes, how sure that is, and how much of the budget it explains."""
    facts, words = report.facts, language()
    with st.container(horizontal=True):
        for label, name in (
            (_("To women"), "women"),
            (_("To men"), "men"),
            (_("Not known"), "not_known"),
        ):
            _money_metric(label, facts[name], facts["currency"])
        low, high = facts["women_low"], facts["women_high"]
        st.metric(
            _("Women's part"),
            _("not known") if low is None else f"{words.share(low)} – {words.share(high)}",
            help=_(
                "From the part that certainly goes to women to the part that goes to them if all whose "
                "sex nobody recorded are women; surveys with their sampling error."
            ),
        )
        _share_metric(
            _("Budget explained"),
            facts["coverage_share"],
            _("The part of all expenditure for which users by sex were counted or asked."),
        )
        _share_metric(
            _("Of it weak data"),
            facts["weak_share"],
            _("The part of the money with known users that rests on grade C or worse."),
        )


def _money_metric(label: str, amount: Decimal | None, currency: str) -> None:
    words = language()
    if amount is None:
        st.metric(label, _("not known"))
        return
    money = Money(amount, currency)
    st.metric(
        label, words.round_money(money), help=_("Exactly {amount}.", amount=words.money(money))
    )


def _share_metric(label: str, share: float | None, meaning: str) -> None:
    words = language()
    st.metric(label, _("not known") if share is None else words.share(share), help=meaning)


def group_choice() -> str:
    """Show the choice of a further group and return its code."""
    say = language().say
    return choice("group", _("Group"), {code: say(label) for code, label in groups().items()})


def strip_finding(report: Report) -> Text:
    """Return the finding that heads the strips: the largest service whose users are known."""
    rows = report.tables["services"].rows.to_pylist()
    known = [row for row in rows if row["women_share"] is not None and row["net"]]
    if not known:
        return text("Of no service are cost and users by sex known")
    return text(
        "The dearest service with known users, {name}: {share} of it goes to women",
        name=known[0]["name"],
        share=Share(known[0]["women_share"]),
    )


def coverage_finding(report: Report) -> Text:
    """Return the finding that heads the coverage: how much of the budget is explained."""
    share = report.facts["coverage_share"]
    if share is None:
        return text("How much of the budget is explained is not known")
    return text("Counted use explains {share} of the budget", share=Share(share))


def change_finding(report: Report) -> Text:
    """Return the finding that heads the change of the women's share."""
    rows = {row["sex"]: row for row in report.tables["change"].rows.to_pylist()}
    women = rows.get("female")
    if women is None:
        return text("There is no comparable statement of the year before")
    values = {"before": Share(women["before"]), "after": Share(women["after"])}
    return text("The women's part went from {before} to {after}", **values)


def gap_finding(report: Report) -> Text:
    """Return the finding that heads the gaps: the service of which women use the smallest part."""
    rows = [row for row in report.tables["gaps"].rows.to_pylist() if row["parity"] is not None]
    if not rows:
        return text("For no service are users and those whom it is meant for counted by sex")
    if rows[0]["parity"] != "below":
        return text("In no service do women fall below the band of the representation index")
    return text(
        "Women fall shortest in {name}: {use} of the users, {reference} of those it is meant for",
        name=rows[0]["name"],
        use=Share(rows[0]["use_share"]),
        reference=Share(rows[0]["reference_share"]),
    )


def need_finding(report: Report) -> Text:
    """Return the finding that heads the needs: who waits."""
    facts = report.facts
    if facts["cost"] is None:
        return text("Who waits is not known")
    return text(
        "{women} women and {men} men wait; serving them would cost {cost} a year",
        women=facts["women_waiting"],
        men=facts["men_waiting"],
        cost=Money(facts["cost"], facts["currency"]),
    )


def group_finding(report: Report) -> Text:
    """Return the finding that heads the chart of a group: where its part falls shortest, or is largest."""
    rows = [row for row in report.tables["members"].rows.to_pylist() if row["share"] is not None]
    ranked = [row for row in rows if is_ranked(row["grade"])]
    compared = [row for row in ranked if row["reference_share"] is not None]
    group = report.facts["group"]
    if compared:
        least = min(compared, key=lambda row: row["share"] - row["reference_share"])
        return text(
            "{name}: “{group}” are {use} of the users, {reference} of those it is meant for",
            name=least["name"],
            group=group,
            use=Share(least["share"]),
            reference=Share(least["reference_share"]),
        )
    if not ranked:
        return text("Which part of the users “{group}” are is not known", group=group)
    most = max(ranked, key=lambda row: row["share"])
    return text(
        "Of the users of {name}, {use} are “{group}”; of those it is meant for it is not known",
        name=most["name"],
        use=Share(most["share"]),
        group=group,
    )


def grade_rules(report: Report) -> None:
    """Show the rule for each data grade, whole: a table would cut it."""
    rows = report.tables["grade_rules"].rows.to_pylist()
    told = [
        f"**{row['grade']}** {frame.plain(row['label'])}: {frame.plain(row['rule'])}"
        for row in rows
    ]
    st.caption("  \n".join(told))


def owner_choice(report: Report) -> str:
    """Show the choice of a department and return its name."""
    return choice("owner", _("Department"), {owner: owner for owner in report.facts["owners"]})
