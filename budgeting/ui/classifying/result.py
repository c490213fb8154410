"""The result: which category the answers give, why, and how much of the amount counts."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from budgeting.amounts import CENT
from budgeting.marks.model import Part
from budgeting.methodologies import Outcome
from budgeting.model import Money, Share, plural_text
from budgeting.tagging import part_of
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_FEW = 3  # criteria that are read at a glance


def result(
    desk: Desk, amounts: Sequence[Decimal], parts: Sequence[Part], outcomes: Sequence[Outcome]
) -> None:
    """Show why the answers give their categories, and what counts of the amounts."""
    for outcome in outcomes:
        _why(outcome)
    if all(outcome.category for outcome in outcomes):
        st.caption(plain(_counted(desk, amounts, parts, outcomes)))


def _why(outcome: Outcome) -> None:
    say = language().say
    if len(outcome.missing) <= _FEW:
        st.caption(plain(say(outcome.why)))
        return
    met = plural_text("One criterion met", "{count} criteria met", len(outcome.met))
    missing = plural_text(
        "{met}, one missing", "{met}, {count} missing", len(outcome.missing), met=met
    )
    with st.popover(say(missing), type="tertiary"):
        st.markdown(plain(say(outcome.why)))


def _counted(
    desk: Desk, amounts: Sequence[Decimal], parts: Sequence[Part], outcomes: Sequence[Outcome]
) -> str:
    counted, before = Decimal(0), Decimal(0)
    for part, outcome in zip(parts, outcomes, strict=True):
        cut = (part_of(amount, before, part.amount_share) for amount in amounts)
        counted += sum(cut, Decimal(0)) * (outcome.amount_coefficient or Decimal(0))
        before += part.amount_share
    words = _(
        "{counted} of {amount} count under “{convention}”.",
        counted=Money(counted.quantize(CENT), desk.currency),
        amount=Money(sum(amounts, Decimal(0)), desk.currency),
        convention=desk.convention.labels,
    )
    if before < 1:
        words += " " + _("{share} of the amount stays not screened.", share=Share(1 - before))
    return words
