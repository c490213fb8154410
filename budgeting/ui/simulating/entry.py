"""Making a move: from where, to where, how much; what it would change stands beside it before it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from budgeting.model import Direction, Text, text
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.moves import Move, MoveKind, level, level_by_percent, new_line, virement
from budgeting.simulation.outcome import rulebook
from budgeting.simulation.rules import Rule
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk

_SPENT, _RECEIVED = Direction.EXPENDITURE, Direction.REVENUE
# among what a reader chooses: what it is called, what kind of subject it is, spent or received
_AMONG: Mapping[str, tuple[Text, SubjectKind, Direction]] = {
    "service": (text("services"), SubjectKind.SERVICE, _SPENT),
    "programme": (text("programmes"), SubjectKind.PROGRAMME, _SPENT),
    "organisation": (text("organisations"), SubjectKind.ORGANISATION, _SPENT),
    "line": (text("budget lines"), SubjectKind.LINE, _SPENT),
    "fees": (text("fees of services"), SubjectKind.SERVICE, _RECEIVED),
    "revenue": (text("revenue"), SubjectKind.LINE, _RECEIVED),
}
_MOVABLE = ("service", "programme", "organisation", "line")
_PARENTS = ("programme", "organisation")
_VIREMENT, _LEVEL, _NEW_LINE, _USERS = "virement", "level", "new_line", "users"
_STEPS = (1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000)
_STEPS_TO_HUNDREDTH = 100


def ask_move(desk: Desk) -> Move | None:
    """Ask for a move and return it as far as it is entered; None before."""
    how = st.segmented_control(
        _("What do you want to do?"),
        list(_HOW),
        default=_VIREMENT,
        required=True,
        format_func=lambda code: _HOW[code](),
        key=f"how_{desk.key}",
    )
    return _ASK[how](desk)


def offer_making(desk: Desk, move: Move | None) -> None:
    """Ask why, and make the move when the reader says so."""
    reason = st.text_input(
        _("Reason"), key=_key(desk, "reason"), max_chars=200, placeholder=_("why, in a few words")
    )
    st.button(
        _("Make this move"),
        type="primary",
        icon=":material/check:",
        disabled=move is None,
        on_click=lambda: desk.add(replace(move, reason=reason.strip())) if move else None,
        key=_key(desk, "make"),
    )


_HOW = {
    _VIREMENT: lambda: _("Move money"),
    _LEVEL: lambda: _("Set a level"),
    _NEW_LINE: lambda: _("Add a line"),
    _USERS: lambda: _("Other users"),
}


def _key(desk: Desk, name: str) -> str:
    # A move that was made begins the next one with empty fields.
    return f"{name}_{desk.key}_{desk.round}_{len(desk.moves)}"


def _ask_virement(desk: Desk) -> Move | None:
    among = _ask_among(desk, _MOVABLE)
    left, right = st.columns(2)
    with left:
        giver = _ask_subject(desk, among, _("From"), "giver")
    with right:
        taker = _ask_subject(desk, among, _("To"), "taker")
    if giver is None or taker is None:
        st.caption(_("Choose what gives and what takes."))
        return None
    amount = _ask_amount(desk, _holds(desk, giver))
    return virement(giver, taker, amount) if amount else None


def _ask_level(desk: Desk) -> Move | None:
    among = _ask_among(desk, tuple(_AMONG))
    left, right = st.columns(2)
    with left:
        subject = _ask_subject(desk, among, _("What changes"), "subject")
    if subject is None:
        return None
    with right:
        percent = st.number_input(
            _("By how many per cent"),
            value=0.0,
            step=1.0,
            min_value=-100.0,
            key=_key(desk, "percent"),
        )
    if percent:
        return level_by_percent(desk.asked.baseline, subject, Decimal(str(percent)))
    amount = st.number_input(
        _("or by an amount, less than 0 to take away ({currency})", currency=desk.asked.currency),
        value=0.0,
        step=float(step_of(_holds(desk, subject))),
        key=_key(desk, "amount"),
    )
    return level(subject, _cents(amount)) if amount else None


def _ask_users(desk: Desk) -> Move | None:
    services = {code: state for code, state in desk.services.items() if len(state.use.known) > 1}
    if not services:
        st.caption(_("Of no service are the users known by sex."))
        return None
    code = st.selectbox(
        _("Service"),
        list(services),
        format_func=lambda one: services[one].name,
        key=_key(desk, "service"),
        index=None,
    )
    if code is None:
        return None
    state = services[code]
    left, right = st.columns(2)
    with left:
        sex = st.selectbox(
            _("Users"),
            list(state.use.known),
            format_func=lambda one: _SEXES[one](),
            key=_key(desk, "sex"),
        )
    with right:
        people = st.number_input(
            _("How many, today {count}", count=int(state.use.known[sex])),
            value=int(state.use.known[sex]),
            min_value=0,
            step=1,
            key=f"{_key(desk, 'people')}_{code}_{sex}",
        )
    if people == state.use.known[sex]:
        return None
    return Move(MoveKind.USERS, service=code, sex=sex, people=Decimal(people))


_SEXES = {
    "female": lambda: _("Women"),
    "male": lambda: _("Men"),
    "other": lambda: _("Others"),
}


def _ask_new_line(desk: Desk) -> Move | None:
    among = _ask_among(desk, _PARENTS)
    left, right = st.columns(2)
    with left:
        parent = _ask_subject(desk, among, _("Part of"), "parent")
    with right:
        label = st.text_input(_("Name of the line"), max_chars=120, key=_key(desk, "label"))
    if parent is None or not label.strip():
        st.caption(_("Choose what it is part of, and give it a name."))
        return None
    amount = st.number_input(
        _("Amount ({currency})", currency=desk.asked.currency),
        value=0.0,
        min_value=0.0,
        step=float(step_of(_holds(desk, parent))),
        key=_key(desk, "new_amount"),
    )
    return new_line(parent, label.strip(), _cents(amount)) if amount else None


def _ask_among(desk: Desk, offered: Sequence[str]) -> str:
    """Ask among what is chosen; only what the budget has is offered."""
    baseline = desk.asked.baseline
    has = [one for one in offered if baseline.subjects(*_AMONG[one][1:])]
    say = language().say
    chosen = st.segmented_control(
        _("Among"),
        has,
        default=has[0],
        required=True,
        format_func=lambda code: say(_AMONG[code][0]),
        key=f"among_{desk.key}_{'_'.join(has)}",
    )
    return str(chosen)


def _ask_subject(desk: Desk, among: str, label: str, name: str) -> Subject | None:
    _words, kind, direction = _AMONG[among]
    options = _options(desk.asked.baseline, among, desk.rules, language().code)
    code = st.selectbox(
        label,
        list(options),
        index=None,
        format_func=options.__getitem__,
        placeholder=_("choose or type"),
        filter_mode="fuzzy",
        key=f"{_key(desk, name)}_{among}",
    )
    return Subject(kind, code, direction) if code is not None else None


@lru_cache(maxsize=32)
def _options(
    baseline: Baseline, among: str, rules: tuple[Rule, ...], _language: str
) -> dict[str, str]:
    """Return subjects by code, called by their names; what may not change stays, and says so."""
    locked = rulebook(rules, baseline).locked
    found = {}
    for subject in baseline.subjects(*_AMONG[among][1:]):
        label = baseline.label_of(subject)
        is_locked = locked.issuperset(baseline.lines_of(subject))
        found[subject.code] = _("{name} (protected)", name=label) if is_locked else label
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _holds(desk: Desk, subject: Subject) -> Decimal:
    baseline = desk.asked.baseline
    return baseline.amount_of(baseline.lines_of(subject))


def _ask_amount(desk: Desk, most: Decimal) -> Decimal:
    """Ask for an amount by a number first, and by a slider that keeps in step with it."""
    step = step_of(most)
    top = float(max(most, Decimal(step)))
    number, slider = _key(desk, "number"), _key(desk, "slider")
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        amount = st.number_input(
            _("Amount ({currency})", currency=desk.asked.currency),
            value=0.0,
            min_value=0.0,
            step=float(step),
            key=number,
            on_change=_in_step,
            args=(number, slider, top),
        )
    with right:
        st.slider(
            _("or with the slider"),
            0.0,
            top,
            step=float(step),
            key=slider,
            on_change=_in_step,
            args=(slider, number, top),
            label_visibility="collapsed",
        )
    return _cents(amount)


def _in_step(one: str, other: str, top: float) -> None:
    st.session_state[other] = min(st.session_state[one], top)


def _cents(amount: float) -> Decimal:
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def step_of(amount: Decimal) -> int:
    """Return a round step of about a hundredth of an amount.

    Examples
    --------
    >>> step_of(Decimal(480_000)), step_of(Decimal(30))
    (5000, 1)
    """
    wanted = amount / _STEPS_TO_HUNDREDTH
    return max((step for step in _STEPS if step <= wanted * 2), default=1)


_ASK = {
    _VIREMENT: _ask_virement,
    _LEVEL: _ask_level,
    _NEW_LINE: _ask_new_line,
    _USERS: _ask_users,
}
