"""Parts of the overview: key figures, the findings that head its charts, the list of gaps."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.model import Direction, Money, Report, Share, Text, text
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui.frame import plain
from budgeting.ui.kept import ByIdentity
from budgeting.ui.key_figures import KeyFigure, as_html
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def key_figures(report: Report) -> None:
    """Show the stages of the year, the available balance and the period to date."""
    st.html(_figures_html(ByIdentity(report), language().code))


@lru_cache(maxsize=256)
def _figures_html(of: ByIdentity[Report], code: str) -> str:
    facts, words = of.what.facts, language_of(code)
    is_revenue = of.what.parameters["direction"] == Direction.REVENUE.value
    stages = [
        ("approved", text("Approved plan") if is_revenue else text("Appropriation")),
        ("revised", text("Revised")),
        *(() if is_revenue else (("committed", text("Committed")),)),
    ]
    outturn = text("Collected") if is_revenue else text("Outturn")
    figures = [_figure(words, label, facts[name], facts["currency"]) for name, label in stages]
    figures += [_outturn(words, outturn, facts), _execution(words, facts["execution"])]
    if not is_revenue:
        left, rest = text("Available balance"), text("Revised less committed.")
        figures.append(_figure(words, left, facts["available"], facts["currency"], rest))
    return as_html(figures)


def _figure(
    words: Language,
    label: Text,
    amount: Decimal | None,
    currency: str,
    explained: Text | None = None,
) -> KeyFigure:
    explanation = words.say(explained) if explained else ""
    if amount is None:
        return KeyFigure(words.say(label), words.say(text("not known")), explanation)
    money = Money(amount, currency)
    exact = words.say(text("Exactly {amount}.", amount=words.money(money)))
    return KeyFigure(words.say(label), words.round_money(money), f"{explanation} {exact}".strip())


def _execution(words: Language, share: float | None) -> KeyFigure:
    value = words.share(share) if share is not None else words.say(text("not known"))
    explanation = text("Executed to date as a share of the revised budget.")
    return KeyFigure(words.say(text("Execution")), value, words.say(explanation))


def _outturn(words: Language, label: Text, facts: Mapping[str, Any]) -> KeyFigure:
    """Return the outturn to date against the same period of the year before."""
    now, before, currency = facts["executed"], facts["previous_period"], facts["currency"]
    if now is None or not before:
        unknown = text("The same period of the year before is not stored.")
        return _figure(words, label, now, currency, unknown)
    change = now / before - 1
    exact = text(
        "{now} now, {before} in the same period of the year before.",
        now=words.money(Money(now, currency)),
        before=words.money(Money(before, currency)),
    )
    against = words.say(text("against the same period last year"))
    return KeyFigure(
        words.say(label),
        words.round_money(Money(now, currency)),
        words.say(exact),
        f"{'+' if change > 0 else ''}{words.share(Share(change))} {against}",
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
