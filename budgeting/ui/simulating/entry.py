"""Making a move: from where, to where, how much; what it would change is seen before it is made."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial

import streamlit as st

from budgeting.model import Money, MoneyChange
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.outcome import rulebook
from budgeting.simulation.rules import Rule
from budgeting.ui import address
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating import entered
from budgeting.ui.simulating.desk import Desk
from budgeting.ui.simulating.entered import AMONG, MOVABLE, WAYS, key
from budgeting.ui.simulating.in_step import money

_STEPS = (1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000)
_STEPS_TO_HUNDREDTH = 100
AskHowMuch = Callable[[], None]


def ask_what(desk: Desk) -> AskHowMuch | None:
    """Ask what a move is and what it moves; return what asks how much, None before it can.

    How much is tried again and again, and what else is asked stays as it is meanwhile.
    """
    say = language().say
    way = st.pills(
        _("What do you want to do?"),
        list(WAYS),
        default="level" if address.value("lines_of") else next(iter(WAYS)),
        required=True,
        format_func=lambda code: say(WAYS[code][0]),
        key=entered.way_key(desk),
    )
    return _ASK[way](desk)


def offer_making(desk: Desk) -> None:
    """Ask why, and make the move when the reader says so."""
    st.text_input(
        _("Reason"), key=key(desk, "reason"), max_chars=200, placeholder=_("why, in a few words")
    )
    st.button(
        _("Make this move"),
        type="primary",
        icon=":material/check:",
        on_click=_make,
        args=(desk,),
        key=key(desk, "make"),
    )


def _make(desk: Desk) -> None:
    move = entered.entered(desk)
    if move is None:
        desk.say_next(_("There is no move yet: say what moves, and how much."))
    elif desk.add(move):
        entered.begin_anew()


def _ask_virement(desk: Desk) -> AskHowMuch | None:
    among = _ask_among(desk, "virement")
    left, right = st.columns(2)
    with left:
        giver = _ask_subject(desk, "virement", among, _("From"), "giver")
    with right:
        taker = _ask_subject(desk, "virement", among, _("To"), "taker", besides=giver)
    if giver is None or taker is None:
        st.caption(_("Choose what gives and what takes."))
        return None
    for one in (giver, taker):
        _tell_held(desk, one)
    return partial(_ask_amount, desk, desk.held(giver).now)


def _ask_level(desk: Desk) -> AskHowMuch | None:
    among = _ask_among(desk, "level")
    subject = _ask_subject(desk, "level", among, _("What changes"), "subject")
    if subject is None:
        return None
    _tell_held(desk, subject)
    if among in MOVABLE:
        _ask_subject(
            desk,
            "level",
            among,
            _("What gives or takes the difference"),
            "other",
            besides=subject,
            placeholder=_("nothing: the balance of the budget changes"),
        )
    return partial(_ask_change, desk, subject)


def _tell_held(desk: Desk, subject: Subject) -> None:
    """Say what moves have left or brought to a subject, where they have changed it."""
    before, now = desk.held(subject)
    if now == before:
        return
    currency = desk.asked.currency
    st.caption(
        _(
            "{name} has {now} in the scenario: {change} against the budget as it is.",
            name=desk.asked.baseline.label_of(subject),
            now=Money(now, currency),
            change=MoneyChange(now - before, currency),
        )
    )


def _ask_change(desk: Desk, subject: Subject) -> None:
    """Ask which level a subject is to have, as an amount or by per cent of the budget as it is."""
    before, now = desk.held(subject)
    level = entered.level_of(desk, subject)
    reached = now if level.said is None else level.said
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        st.number_input(
            _("Level ({currency})", currency=desk.asked.currency),
            value=float(reached),
            min_value=min(0.0, float(reached)),
            step=float(step_of(before)),
            key=level.key("level"),
            on_change=level.take,
            args=("level", money),
        )
    with right:
        st.number_input(
            _("or by how many per cent"),
            value=float(round(entered.percent_of(before, reached), 2)),
            step=1.0,
            key=level.key("percent"),
            on_change=level.take,
            args=("percent", partial(entered.at_percent, before)),
            disabled=not before,
        )


def _ask_new_line(desk: Desk) -> AskHowMuch | None:
    among = _ask_among(desk, "new_line")
    left, right = st.columns(2)
    with left:
        parent = _ask_subject(desk, "new_line", among, _("Part of"), "parent")
    with right:
        st.text_input(_("Name of the line"), max_chars=120, key=key(desk, "label"))
    if parent is None:
        st.caption(_("Choose what it is part of, and give it a name."))
        return None
    return partial(_ask_new_amount, desk, desk.held(parent).before)


def _ask_new_amount(desk: Desk, most: Decimal) -> None:
    st.number_input(
        _("Amount ({currency})", currency=desk.asked.currency),
        value=0.0,
        min_value=0.0,
        step=float(step_of(most)),
        key=key(desk, "new_amount"),
    )


def _ask_users(desk: Desk) -> AskHowMuch | None:
    services = {code: one for code, one in desk.services.items() if len(one.use.known) > 1}
    if not services:
        st.caption(_("Of no service are the users known by sex."))
        return None
    code = st.selectbox(
        _("Service"),
        list(services),
        format_func=lambda one: services[one].name,
        key=key(desk, "service"),
        index=None,
    )
    if code is None:
        return None
    service = services[code]
    known = service.use.known
    sex = st.selectbox(
        _("Users"),
        list(known),
        format_func=lambda one: _SEXES[one](),
        key=key(desk, "sex"),
    )
    return partial(
        _ask_people, int(known[sex]), service.use_as_in, entered.people_key(desk, code, sex)
    )


def _ask_people(now: int, as_in: int | None, key: str) -> None:
    asked = (
        _("How many, today {count}", count=now)
        if as_in is None
        else _("How many, in {year} {count}", year=str(as_in), count=now)
    )
    st.number_input(asked, value=now, min_value=0, step=1, key=key)


_SEXES = {
    "female": lambda: _("Women"),
    "male": lambda: _("Men"),
    "other": lambda: _("Others"),
}


def _ask_among(desk: Desk, way: str) -> str:
    """Ask among what is chosen; only what the budget has is offered."""
    baseline, say = desk.asked.baseline, language().say
    has = [one for one in WAYS[way][1] if baseline.subjects(*AMONG[one][1:])]
    chosen = st.pills(
        _("Among"),
        has,
        default="line" if address.value("lines_of") and "line" in has else has[0],
        required=True,
        format_func=lambda code: say(AMONG[code][0]),
        key=entered.among_key(desk, way),
    )
    if chosen == "line" and address.value("lines_of"):
        _offer_all_lines(desk, address.value("lines_of"))
    return str(chosen)


def _ask_subject(
    desk: Desk,
    way: str,
    among: str,
    label: str,
    name: str,
    *,
    besides: Subject | None = None,
    placeholder: str = "",
) -> Subject | None:
    """Ask for a subject and return it; `besides` is the one that is chosen already."""
    within = address.value("lines_of") if among == "line" else ""
    options = _options(desk.asked.baseline, among, desk.rules, within, language().code)
    codes = [code for code in options if besides is None or code != besides.code]
    st.selectbox(
        label,
        codes,
        index=None,
        format_func=options.__getitem__,
        placeholder=placeholder or _("choose or type"),
        filter_mode="fuzzy",
        key=entered.subject_key(desk, way, name),
    )
    return entered.subject(desk, way, name)


def _offer_all_lines(desk: Desk, within: str) -> None:
    """Say that only the lines of one organisation are offered, and offer the others."""
    organisation = Subject(SubjectKind.ORGANISATION, within)
    st.button(
        _("Only lines of {name}: show all", name=desk.asked.baseline.label_of(organisation)),
        type="tertiary",
        icon=":material/filter_alt_off:",
        on_click=address.choose,
        kwargs={"lines_of": ""},
        key=key(desk, "all_lines"),
    )


@lru_cache(maxsize=32)
def _options(
    baseline: Baseline, among: str, rules: tuple[Rule, ...], within: str, _language: str
) -> dict[str, str]:
    """Return subjects by code, called by their names; what may not change stays, and says so.

    `within` is an organisation whose lines only are wanted; "" for all.
    """
    locked = rulebook(rules, baseline).locked
    inside = frozenset(baseline.lines_of(Subject(SubjectKind.ORGANISATION, within)))
    found = {}
    for subject in baseline.subjects(*AMONG[among][1:]):
        if within and inside.isdisjoint(baseline.lines_of(subject)):
            continue
        label = baseline.label_of(subject)
        is_locked = locked.issuperset(baseline.lines_of(subject))
        found[subject.code] = _("{name} (protected)", name=label) if is_locked else label
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _ask_amount(desk: Desk, most: Decimal) -> None:
    """Ask for an amount by a number first, and by a slider that keeps in step with it."""
    step = step_of(most)
    top = float(max(most, Decimal(step)))
    amount = entered.amount(desk)
    said = float(amount.said or 0)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            _("Amount ({currency})", currency=desk.asked.currency),
            value=said,
            min_value=0.0,
            step=float(step),
            key=amount.key("number"),
            on_change=amount.take,
            args=("number", money),
        )
        st.slider(
            _("or with the slider"),
            0.0,
            top,
            min(said, top),
            step=float(step),
            key=amount.key("slider"),
            on_change=amount.take,
            args=("slider", money),
            label_visibility="collapsed",
        )


def step_of(amount: Decimal) -> int:
    """Return a round step of about a hundredth of an amount.

    Examples
    --------
    >>> step_of(Decimal(480_000)), step_of(Decimal(30))
    (5000, 1)
    """
    wanted = amount / _STEPS_TO_HUNDREDTH
    return max((step for step in _STEPS if step <= wanted * 2), default=1)


_ASK: Mapping[str, Callable[[Desk], AskHowMuch | None]] = {
    "virement": _ask_virement,
    "level": _ask_level,
    "new_line": _ask_new_line,
    "users": _ask_users,
}
