"""Parts of the pages on who benefits: their head, choices and key figures."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from budgeting.incidence.shared import Treatment
from budgeting.model import Money, Report, Sex, Text, text
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.crossings import ages_name
from budgeting.reports.beneficiaries.groups import EVERYBODY, groups
from budgeting.reports.beneficiaries.kinds import read_ages
from budgeting.services.lists import age_bands
from budgeting.services.names import treatment_name
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import filters, frame
from budgeting.ui.filters import LONG, choice
from budgeting.ui.kept import ByIdentity
from budgeting.ui.key_figures import KeyFigure, as_html
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _

_GROUP, _SEX = 270, 190  # pixels: the words of either, in any language


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
    st.html(_figures_html(ByIdentity(report), language().code))


@lru_cache(maxsize=256)
def _figures_html(of: ByIdentity[Report], code: str) -> str:
    facts, words = of.what.facts, language_of(code)
    amounts = (
        (text("To women"), facts["women"]),
        (text("To men"), facts["men"]),
        (text("Not known"), facts["not_known"]),
    )
    shares = (
        (
            text("Budget explained"),
            facts["coverage_share"],
            text("The part of all expenditure for which users by sex were counted or asked."),
        ),
        (
            text("Of it weak data"),
            facts["weak_share"],
            text("The part of the money with known users that rests on grade C or worse."),
        ),
    )
    return as_html(
        [
            *(_amount(words, label, amount, facts["currency"]) for label, amount in amounts),
            _women_part(words, facts["women_low"], facts["women_high"]),
            *(_share(words, *figure) for figure in shares),
        ]
    )


def _amount(words: Language, label: Text, amount: Decimal | None, currency: str) -> KeyFigure:
    if amount is None:
        return KeyFigure(words.say(label), words.say(text("not known")))
    money = Money(amount, currency)
    exact = text("Exactly {amount}.", amount=words.money(money))
    return KeyFigure(words.say(label), words.round_money(money), words.say(exact))


def _women_part(words: Language, low: float | None, high: float | None) -> KeyFigure:
    value = words.say(text("not known"))
    if low is not None and high is not None:
        value = f"{words.share(low)} – {words.share(high)}"
    meaning = text(
        "From the part that certainly goes to women to the part that goes to them if all whose sex "
        "nobody recorded are women; surveys with their sampling error."
    )
    return KeyFigure(words.say(text("Women's part")), value, words.say(meaning))


def _share(words: Language, label: Text, share: float | None, meaning: Text) -> KeyFigure:
    value = words.say(text("not known")) if share is None else words.share(share)
    return KeyFigure(words.say(label), value, words.say(meaning))


def group_choice() -> str:
    """Show the choice of a further group and return its code."""
    say = language().say
    names = {code: say(label) for code, label in groups().items()}
    return choice("group", _("Group"), {**names, EVERYBODY: _("everybody")}, width=_GROUP)


def sex_choice() -> str:
    """Show the choice of a sex and return its code; "" for all."""
    names = {"": _("women and men")} | {
        sex.value: language().say(sex_name(sex.value)) for sex in (Sex.FEMALE, Sex.MALE)
    }
    return choice("sex", _("Sex"), names, width=_SEX)


def ages_choice() -> str:
    """Show the choice of ages and return them as an address writes them; "" for all."""
    names = {ages: ages_name(read_ages(ages)) for ages in age_bands()}
    return choice("ages", _("Ages"), {"": _("all ages"), **names})


def treatment_choice() -> str:
    """Show what is to be done with money that is not attributable; "" for what each service says."""
    say = language().say
    names = {one.value: filters.capital(say(treatment_name(one))) for one in Treatment}
    return choice(
        "treatment", _("Money for everybody"), {"": _("As each service says"), **names}, width=LONG
    )


def grade_rules(report: Report) -> None:
    """Show the rule for each data grade, whole: a table would cut it."""
    rows = report.tables["grade_rules"].rows.to_pylist()
    told = [
        f"**{row['grade']}** {frame.plain(row['label'])}: {frame.plain(row['rule'])}"
        for row in rows
    ]
    st.caption("  \n".join(told))
