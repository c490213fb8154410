"""Parts of the pages on who benefits: their head, choices and key figures."""

from collections.abc import Callable
from decimal import Decimal

import streamlit as st

from budgeting.incidence.shared import Treatment
from budgeting.model import Money, Report, Sex
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.crossings import ages_name
from budgeting.reports.beneficiaries.groups import EVERYBODY, groups
from budgeting.reports.beneficiaries.kinds import read_ages
from budgeting.services.lists import age_bands
from budgeting.services.names import treatment_name
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
    names = {code: say(label) for code, label in groups().items()}
    return choice("group", _("Group"), {**names, EVERYBODY: _("everybody")})


def sex_choice() -> str:
    """Show the choice of a sex and return its code; "" for all."""
    names = {"": _("women and men")} | {
        sex.value: language().say(sex_name(sex.value)) for sex in (Sex.FEMALE, Sex.MALE)
    }
    return choice("sex", _("Sex"), names)


def ages_choice() -> str:
    """Show the choice of ages and return them as an address writes them; "" for all."""
    names = {ages: ages_name(read_ages(ages)) for ages in age_bands()}
    return choice("ages", _("Ages"), {"": _("all ages"), **names})


def treatment_choice() -> str:
    """Show what is to be done with money that is not attributable; "" for what each service says."""
    say = language().say
    names = {one.value: filters.capital(say(treatment_name(one))) for one in Treatment}
    return choice("treatment", _("Money for everybody"), {"": _("As each service says"), **names})


def grade_rules(report: Report) -> None:
    """Show the rule for each data grade, whole: a table would cut it."""
    rows = report.tables["grade_rules"].rows.to_pylist()
    told = [
        f"**{row['grade']}** {frame.plain(row['label'])}: {frame.plain(row['rule'])}"
        for row in rows
    ]
    st.caption("  \n".join(told))
