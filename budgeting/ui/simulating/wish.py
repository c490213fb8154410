"""What a reader wants of the optimiser, and what it proposes; a person takes moves over one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from budgeting.model import Direction, Money, Report, Text, text
from budgeting.optimiser import NextUsers
from budgeting.reports.scenarios.objectives import (
    GROUPS,
    HEAVIEST,
    OBJECTIVES,
    Aim,
    Weights,
    weights_in,
    written_weights,
)
from budgeting.reports.scenarios.optimising import Wish
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.moves import Move, level, virement
from budgeting.ui import address
from budgeting.ui.filters import capital, choice, key_of, several
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk
from budgeting.ui.simulating.frontier import frontier
from budgeting.ui.tables import filled, report_table

_MOST_BINDING = 4  # what would bring most stands first; the file has all
_NARROW, _WIDE = 190, 285  # pixels: four choices stand in a row
_SHARES = ("0.5", "1", "2", "3", "5", "10")
_NEXT = {
    NextUsers.AS_NEED: text("as the unmet need"),
    NextUsers.AS_WAITING: text("as the waiting list"),
    NextUsers.AS_TODAY: text("as today’s users"),
}


def ask_wish(desk: Desk) -> Wish:
    """Ask what the reallocation is to do, how much may move, where it goes, and who comes next."""
    words = language()
    with st.container(horizontal=True):
        objective = choice(
            "objective",
            _("What it is to do most for"),
            {code: capital(words.say(name)) for code, name in OBJECTIVES.items()},
            width=_WIDE,
        )
        share = choice(
            "most",
            _("At most moved, of the budget"),
            {one: words.share(float(one) / 100) for one in _SHARES},
            default="2",
            width=_NARROW,
        )
        following = choice(
            "next",
            _("Who comes next"),
            {one.value: capital(words.say(_NEXT[one])) for one in _NEXT},
            width=_WIDE,
        )
        source = choice(
            "source",
            _("Money may come from"),
            {
                "known": _("Lines whose loss it can count"),
                "any": _("Any line"),
            },
            width=_WIDE,
        )
    weights: Weights = ()
    groups: Weights = ()
    if objective == "all":
        names = {code: capital(words.say(OBJECTIVES[code])) for code in OBJECTIVES if code != "all"}
        weights = _ask_weights(
            "weights", _("How much each counts; where none does, all do alike"), names
        )
    if objective in ("all", "unmet_need"):
        people = {code: capital(words.say(name)) for code, name in GROUPS.items()}
        groups = _ask_weights("groups", _("What one person in need counts"), people)
    takers = several(
        "to",
        _("Money goes to"),
        _services(desk.asked.baseline),
        placeholder=_("whatever service does most: choose some to keep it to them"),
    )
    aim = Aim(objective, NextUsers(following), weights, groups)
    return Wish(aim, Decimal(share) / 100, source == "any", takers)


def _ask_weights(name: str, label: str, names: Mapping[str, str]) -> Weights:
    """Ask what each of some things counts, and return and keep in the address what is not 1."""
    weights = _weights(name, names)
    written = dict(weights)
    st.caption(label)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for code, called in names.items():
            key = key_of(f"{name}_{code}")
            if st.session_state.get(key) != float(written.get(code, 1)):
                st.session_state[key] = float(written.get(code, 1))
            st.number_input(
                called,
                min_value=0.0,
                max_value=float(HEAVIEST),
                step=1.0,
                format="%g",
                key=key,
                width=_NARROW,
                on_change=_remember_weights,
                args=(name, tuple(names)),
            )
    return weights


def _weights(name: str, names: Mapping[str, str]) -> Weights:
    try:
        return weights_in(address.value(name), names)
    except ValueError:  # an address that somebody has changed by hand
        return ()


def _remember_weights(name: str, codes: Sequence[str]) -> None:
    typed = {code: Decimal(str(st.session_state[key_of(f"{name}_{code}")])) for code in codes}
    others = tuple((code, weight.normalize()) for code, weight in typed.items() if weight != 1)
    address.choose(**{name: written_weights(others)})


def _services(baseline: Baseline) -> dict[str, str]:
    """Return the services that lines of the budget pay for, by code, in the order of their names."""
    found = baseline.subjects(SubjectKind.SERVICE, Direction.EXPENDITURE)
    names = {one.code: baseline.label_of(one) for one in found}
    return dict(sorted(names.items(), key=lambda named: named[1].casefold()))


def within(desk: Desk, wanted: Wish, limit: Decimal | None) -> Wish:
    """Return a wish with at most an amount moved; itself without one."""
    total = desk.asked.baseline.total(Direction.EXPENDITURE)
    return wanted if not limit or not total else replace(wanted, most_moved=limit / total)


def proposals(desk: Desk, shown: Report) -> None:
    """Show the proposed moves; the chosen ones are taken over into the scenario."""
    rows = shown.tables["moves"].rows.to_pylist()
    if rows:
        st.subheader(_("Moves in order of worth"), anchor=False)
    for told in shown.facts["beside"]:
        st.markdown(f":material/info: {plain(language().say(told))}")
    if not rows:
        return
    chosen = report_table(
        shown.tables["moves"],
        order=filled(shown.tables["moves"], ("amount", "gain", "giver", "taker", "stays")),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"proposals_{desk.key}",
    )
    if not desk.may_change:
        return
    moves = [_as_move(rows[place]) for place in chosen]
    st.button(
        _("Take the chosen moves over into the scenario"),
        icon=":material/playlist_add:",
        type="primary",
        disabled=not moves,
        on_click=_take_over,
        args=(desk, moves),
        key="take_over",
    )
    if desk.moves:
        st.page_link(
            "pages/simulator.py", label=_("Open the scenario"), icon=":material/swap_horiz:"
        )


def _take_over(desk: Desk, moves: Sequence[Move]) -> None:
    desk.add(*moves)


def _as_move(row: dict[str, object]) -> Move:
    reason = _("recommended by the optimiser")
    giver, taker = str(row["giver_code"]), str(row["taker_code"])
    amount = Decimal(str(row["amount"]))
    if giver and taker:
        return virement(_line(giver), _line(taker), amount, reason)
    return level(_line(taker or giver), amount if taker else -amount, reason)


def _line(code: str) -> Subject:
    return Subject(SubjectKind.LINE, code)


def binding(shown: Report) -> None:
    """Show what keeps the answer from being better, in words."""
    rows = shown.tables["binding"].rows.to_pylist()
    if rows:
        st.subheader(_("What more room would bring"), anchor=False)
        st.markdown(_listed(row["words"] for row in rows[:_MOST_BINDING]))


def ask_point(desk: Desk, shown: Report) -> Decimal | None:
    """Show gain against money moved; return how much may move at the point that the reader chose."""
    rows = shown.tables["frontier"].rows.to_pylist()
    if len(rows) <= 1 or not any(row["gain"] for row in rows):
        return None
    st.subheader(language().say(_frontier_finding(shown)), anchor=False)
    place = frontier(shown, f"frontier_{desk.key}")
    st.caption(_("Choose a point: its moves are shown, and can be taken over."))
    limit: Decimal | None = rows[place]["limit"] if place is not None else None
    return limit


def _frontier_finding(shown: Report) -> Text:
    """Return what the first half of the money brings."""
    rows = shown.tables["frontier"].rows.to_pylist()
    last = rows[-1]
    enough = next(row for row in rows if row["gain"] >= last["gain"] / 2)
    return text(
        "Half of the gain comes with the first {moved}",
        moved=Money(enough["moved"], shown.facts["currency"]),
    )


def contradictions(shown: Report) -> None:
    """Show which rules cannot all be kept, and the least that would have to give way."""
    rows = shown.tables["relaxations"].rows.to_pylist()
    if not rows:
        return
    title = _("Rules that cannot all be kept, and what would have to give way")
    is_all = not shown.tables["moves"].rows.num_rows
    with st.expander(title, icon=":material/rule:", expanded=is_all):
        st.markdown(_listed(row["rule"] for row in rows))
        st.markdown(_("With the least change of rules it could be done like this:"))
        st.markdown(_listed(row["words"] for row in rows))


def left_out(shown: Report) -> None:
    """Show the services that are not counted, each with all its reasons; a narrow table cuts them off."""
    reasons: dict[str, list[str]] = {}
    for row in shown.tables["left_out"].rows.to_pylist():
        reasons.setdefault(row["name"], []).append(row["reason"])
    told = (f"{name}: {'; '.join(found)}." for name, found in reasons.items())
    st.markdown(_listed(told))


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {plain(one)}" for one in sentences if one)
