"""What all guests say together: a bar of five parts for each topic, and its figures in words."""

from decimal import Decimal
from html import escape

import streamlit as st

from budgeting.meetings.model import Voices
from budgeting.model import Money
from budgeting.reports.scenarios.meeting import Results, step_names
from budgeting.ui import palette
from budgeting.ui.filters import capital
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import picture

_COLOURS = (
    palette.LESS,
    f"color-mix(in srgb, {palette.LESS} 50%, transparent)",
    "rgba(128,128,128,.35)",
    f"color-mix(in srgb, {palette.MORE} 50%, transparent)",
    palette.MORE,
)
# On a telephone the scenario's own amounts are left out: budget and difference tell them.
NARROW = """<style>@media (max-width:640px) {
.measures td:nth-child(3),.measures th:nth-child(3) {display:none}}</style>"""
_STYLE = """<style>
.voices {list-style:none;margin:0;padding:0 !important;font-variant-numeric:tabular-nums}
.voices li {margin:0 !important;padding:.5rem 0;border-top:1px solid rgba(128,128,128,.25)}
.voices .bar,.legend i {display:flex;height:1rem;border-radius:.2rem;overflow:hidden}
.voices .bar {margin:.3rem 0;gap:2px}
.voices .bar i {min-width:.3rem}
.voices small,.legend {opacity:.85;font-size:.875rem}
.legend {display:flex;flex-wrap:wrap;gap:.1rem 1rem;padding-bottom:.4rem}
.legend i {display:inline-block;width:1rem;height:.7rem;margin-right:.3rem}
</style>"""


def percent(of: Decimal) -> str:
    """Return a change in per cent with its sign."""
    written = language().share(of / 100)
    return f"+{written}" if of > 0 else written


def voices(of: Results) -> None:
    """Show of each topic how many want what, the means apart and the spread."""
    currency = of.meeting.footing.currency_code
    names = [capital(language().say(one)) for one in step_names()]
    legend = "".join(
        f'<span><i style="background:{colour}"></i>{escape(name)}</span>'
        for name, colour in zip(names, _COLOURS, strict=True)
    )
    items = "".join(_item(one, currency) for one in of.tally.voices)
    st.html(
        f'{_STYLE}<div class="legend" aria-hidden="true">{legend}</div><ul class="voices">{items}</ul>'
    )


def _item(one: Voices, currency: str) -> str:
    amount = language().round_money(Money(one.topic.amount, currency))
    parts = "".join(
        f'<i style="flex:{count};background:{colour}"></i>'
        for count, colour in zip(one.counts, _COLOURS, strict=True)
        if count
    )
    return (
        f"<li><strong>{escape(one.topic.label)}</strong> <small>{escape(amount)}</small>"
        f'<div class="bar" aria-hidden="true">{parts}</div>'
        f"<small>{escape(_words(one))}</small></li>"
    )


def _words(one: Voices) -> str:
    """Return the figures of a topic, each part by itself, so that no count needs a plural."""
    if not one.participants:
        return _("Nobody has said anything yet.")
    parts = [
        _side(_("More"), one.more, one.mean_more),
        _side(_("Less"), one.less, one.mean_less),
        _("As it is: {count}", count=one.participants - one.more - one.less),
    ]
    if one.lowest is not None and one.highest is not None and one.deviation is not None:
        parts.append(
            _(
                "Spread: {lowest} to {highest}, standard deviation {deviation}",
                lowest=percent(one.lowest),
                highest=percent(one.highest),
                deviation=language().share(one.deviation / 100),
            )
        )
    return " · ".join(parts)


def _side(label: str, count: int, mean: Decimal | None) -> str:
    if mean is None:
        return _("{side}: {count}", side=label, count=count)
    return _("{side}: {count}, mean {mean}", side=label, count=count, mean=percent(mean))


def mean_effect(of: Results) -> None:
    """Show what the mean of all guests would change for the balance, for women and men."""
    mean = of.mean
    if mean is None:
        return
    st.subheader(_("What the mean of all guests would change"), anchor=False)
    st.html(NARROW)
    picture.meter(mean)
    st.markdown(language().say(picture.finding(mean)))
    picture.measures(mean)
