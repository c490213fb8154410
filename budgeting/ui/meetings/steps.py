"""What a guest says: five steps for each topic, what they would change, and handing them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import streamlit as st

from budgeting.meetings.joining import GUEST
from budgeting.meetings.model import STEPS, Meeting, Steps, Topic
from budgeting.meetings.stored import said_by
from budgeting.meetings.submitting import submit
from budgeting.model import Money, MoneyChange, Report, Text, plural_text, text
from budgeting.reports.scenarios.carried import words_of
from budgeting.reports.scenarios.meeting import step_names
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.meetings import door
from budgeting.ui.meetings.voices import NARROW, percent
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating import picture
from budgeting.ui.simulating.desk import told

_SIGNS: Mapping[int, str] = dict(zip(STEPS, ("−−", "−", "=", "+", "++"), strict=True))
_OWN_STYLE = """<style>
[data-testid="stLayoutWrapper"]:has(> .st-key-guest_meter) {position:sticky;top:0;z-index:9}
.st-key-guest_meter {background:var(--st-background-color, Canvas)}
.guest {display:flex;flex-wrap:wrap;gap:.1rem 1.25rem;padding:.4rem .7rem;border-radius:.5rem;
border:1px solid rgba(128,128,128,.35);font-variant-numeric:tabular-nums}
</style>"""


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a guest sits: the meeting, by what they are known in it, and what they said last."""

    meeting: Meeting
    participant: str
    submitted: Steps | None

    def key(self, place: int) -> str:
        """Return the key of the control of a topic."""
        return f"step_{self.meeting.meeting_id}_{place}"


def seat(of: Meeting) -> Seat:
    """Return the seat of the guest at the screen."""
    participant = door.participant(of)
    return Seat(of, participant, said_by(open_store(), of.meeting_id, participant))


def ask_steps(seat: Seat) -> Steps:
    """Show the five steps of each topic and return the ones chosen."""
    named = (
        f"{_SIGNS[step]} {language().say(name)}"
        for step, name in zip(STEPS, step_names(), strict=True)
    )
    st.caption(plain(" · ".join(named)))
    return tuple(_ask_step(seat, place, topic) for place, topic in enumerate(seat.meeting.topics))


def _ask_step(seat: Seat, place: int, topic: Topic) -> int:
    money = Money(topic.amount, seat.meeting.footing.currency_code)
    before = seat.submitted[place] if seat.submitted else 0
    with st.container(gap="xxsmall"):
        step = st.segmented_control(
            plain(_("{topic}, {amount}", topic=topic.label, amount=money)),
            STEPS,
            default=before,
            required=True,
            format_func=_SIGNS.__getitem__,
            key=seat.key(place),
            width="stretch",
        )
        chosen = int(step or 0)
        st.caption(plain(capital(language().say(_step_words(seat.meeting, topic, chosen)))))
    return chosen


def _step_words(of: Meeting, topic: Topic, step: int) -> Text:
    name = step_names()[STEPS.index(step)]
    if not step:
        return name
    amount = topic.amount * of.percent(step) / 100
    change = MoneyChange(amount, of.footing.currency_code)
    return text(
        "{step}: {percent}, {change}", step=name, percent=percent(of.percent(step)), change=change
    )


def meter(shown: Report) -> None:
    """Show in one line whether it still balances, and what changes for women and men."""
    facts, words = shown.facts, language()
    currency = facts["currency"]
    short = facts["expenditure"].difference - facts["revenue"].difference
    parts = [(_("Balance"), _balance(short, currency))]
    for label, pair in ((_("Women"), facts["women"]), (_("Men"), facts["men"])):
        change = words.money_change(MoneyChange(pair.difference, currency)) if pair else "–"
        parts.append((label, change))
    carried = words_of(facts["use_as_in"])
    if carried and facts["women"]:
        parts.append((words.say(carried), ""))
    if facts["breach_count"]:
        parts.append((_("Rules"), words.say(_broken(facts["breach_count"]))))
    cells = "".join(f"<span>{escape(a)} <strong>{escape(b)}</strong></span>" for a, b in parts)
    st.html(f'{picture.STYLE}{NARROW}{_OWN_STYLE}<div class="guest" role="status">{cells}</div>')


def _broken(count: int) -> Text:
    return plural_text("✗ {count} broken", "✗ {count} broken", count)


def _balance(short: Decimal, currency: str) -> str:
    if not short:
        return _("✓ kept")
    amount = Money(abs(short), currency)
    if short > 0:
        return _("✗ {amount} too much is spent", amount=amount)
    return _("✗ {amount} is left over", amount=amount)


def offer_submitting(seat: Seat, steps: Steps) -> None:
    """Offer to hand the steps in, and say whether they are."""
    is_in = steps == seat.submitted
    st.button(
        _("Submit again") if seat.submitted else _("Submit"),
        type="primary",
        icon=":material/send:",
        disabled=is_in,
        width="stretch",
        on_click=_submit,
        args=(seat,),
        key="submit_steps",
    )
    if is_in:
        st.success(
            _(
                "This is submitted. You can change it and submit again as long as the meeting is open."
            ),
            icon=":material/check:",
        )
    elif seat.submitted:
        st.caption(
            _("What you have changed since is not submitted yet: what you submitted counts.")
        )


def _submit(seat: Seat) -> None:
    """Hand in what the controls say now: a finger is faster than a run of the page."""
    places = range(len(seat.meeting.topics))
    with told():
        steps = [int(st.session_state[seat.key(place)] or 0) for place in places]
        submit(open_store(), GUEST, seat.meeting, seat.participant, steps)
