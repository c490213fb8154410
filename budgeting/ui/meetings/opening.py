"""Leading a meeting: opening it, the link with its code to be photographed, closing it."""

from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

import segno
import streamlit as st

from budgeting.access import Identity
from budgeting.errors import NotFound
from budgeting.meetings.model import Meeting
from budgeting.meetings.opening import (
    LONGEST_NAME,
    MOST_PERCENT,
    MOST_TOPICS,
    changeable,
    close,
    new_link,
    open_meeting,
)
from budgeting.meetings.stored import meeting, meetings
from budgeting.model import Direction, Money, Text, text
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.ui import address
from budgeting.ui.filters import choice
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _
from budgeting.ui.simulating.desk import Desk, told

_KINDS = {
    SubjectKind.SERVICE: text("services"),
    SubjectKind.PROGRAMME: text("programmes"),
    SubjectKind.ORGANISATION: text("organisations"),
    SubjectKind.FUNCTION: text("functions (COFOG)"),
}
_CODE_SCALE, _CODE_BORDER = 5, 4


def opened() -> Meeting | None:
    """Return the meeting of the address; its municipality becomes the one that is chosen."""
    number = address.value("meeting")
    if not number.isdecimal():
        return None
    try:
        found = meeting(open_store(), int(number))
    except NotFound:
        address.choose(meeting="")
        return None
    footing = found.footing
    address.choose(
        municipality=footing.municipality_code,
        year=str(footing.fiscal_year),
        stage=footing.stage.value,
    )
    return found


def ask_meeting(municipality: str) -> None:
    """Show the choice among the meetings of a municipality; the address keeps it."""
    names = {
        str(row["meeting_id"]): _("{name}, closed", name=row["name"])
        if row["closed_at"]
        else row["name"]
        for row in meetings(open_store(), municipality).to_pylist()
    }
    choice("meeting", _("Meeting"), {"": _("A new one"), **names})


def ask_new(desk: Desk) -> None:
    """Ask what a new meeting is about, and open it when the reader says so."""
    kind = _ask_kind(desk)
    options = _options(desk, kind)
    chosen = st.multiselect(
        _("What may the guests change?"),
        list(options),
        format_func=options.__getitem__,
        max_selections=MOST_TOPICS,
        key=f"topics_{desk.key}_{kind}",
        placeholder=_("choose or type"),
    )
    left, right = st.columns(2)
    with left:
        name = st.text_input(
            _("What is the meeting called?"), max_chars=LONGEST_NAME, key=f"meeting_name_{desk.key}"
        )
    with right:
        step = st.number_input(
            _("How many per cent is one step?"),
            value=5.0,
            min_value=0.5,
            max_value=float(MOST_PERCENT),
            step=0.5,
            key=f"meeting_step_{desk.key}",
        )
    st.button(
        _("Open the meeting"),
        type="primary",
        icon=":material/groups:",
        disabled=not chosen or not name.strip(),
        on_click=_open,
        args=(desk, name, [Subject(kind, code) for code in chosen], Decimal(str(step))),
    )


def _ask_kind(desk: Desk) -> SubjectKind:
    baseline = desk.asked.baseline
    kinds = [one for one in _KINDS if baseline.subjects(one, Direction.EXPENDITURE)]
    chosen = st.segmented_control(
        _("What kind of topics?"),
        kinds,
        default=kinds[0],
        required=True,
        format_func=lambda one: language().say(_KINDS[one]),
        key=f"meeting_kind_{desk.key}",
    )
    return SubjectKind(chosen)


def _options(desk: Desk, kind: SubjectKind) -> dict[str, str]:
    baseline, words = desk.asked.baseline, language()
    subjects = changeable(open_store(), desk.asked.view.municipality_code, baseline, kind)
    return {
        one.code: words.say(
            text(
                "{topic}, {amount}",
                topic=baseline.label_of(one),
                amount=Money(baseline.amount_of(baseline.lines_of(one)), desk.asked.currency),
            )
        )
        for one in subjects
    }


def _open(desk: Desk, name: str, subjects: list[Subject], step: Decimal) -> None:
    with told():
        made = open_meeting(
            open_store(),
            desk.who,
            desk.asked.view.municipality_code,
            desk.asked.benefits.vintage.vintage_id,
            name=name,
            subjects=subjects,
            step_percent=step,
        )
        address.choose(meeting=str(made.meeting_id))
        _make_link(desk.who, made)


def link(who: Identity, of: Meeting) -> None:
    """Show the link that lets guests in, and its code; another one where this session has none."""
    token = st.session_state.get(_slot(of))
    if token is None:
        st.caption(
            _(
                "The link is shown once. Another one can be made at any time; the first goes on working."
            )
        )
        st.button(_("Make a link"), icon=":material/link:", on_click=_make_link, args=(who, of))
        return
    url = f"{_here()}/meeting?token={token}"
    words = _("Code of the link, for the cameras of telephones")
    st.html(f'<img src="{_code(url)}" alt="{words}" style="max-width:100%">')
    st.code(url, language=None, wrap_lines=True)


def _make_link(who: Identity, of: Meeting) -> None:
    with told():
        st.session_state[_slot(of)] = new_link(open_store(), who, of.meeting_id)


def _slot(of: Meeting) -> str:
    return f"meeting_link_{of.meeting_id}"


def _here() -> str:
    there = urlsplit(st.context.url or "")
    return f"{there.scheme}://{there.netloc}" if there.netloc else ""


@lru_cache(maxsize=16)
def _code(url: str) -> str:
    """Return the code as an image in an address: dark on light, also on a dark page."""
    made: str = segno.make(url, error="m", micro=False).svg_data_uri(
        scale=_CODE_SCALE, border=_CODE_BORDER, light="#ffffff", dark="#000000"
    )
    return made


def offer_closing(who: Identity, of: Meeting) -> None:
    """Offer to close the meeting, after a second look."""
    with st.popover(_("Close the meeting"), icon=":material/lock:"):
        st.markdown(_("Nothing can be submitted afterwards, and it is not opened again."))
        st.button(_("Close it for good"), type="primary", on_click=_close, args=(who, of))


def _close(who: Identity, of: Meeting) -> None:
    with told():
        close(open_store(), who, of.meeting_id)


def state_words(of: Meeting) -> Text:
    """Return whether a meeting is open, since when and by whom."""
    if of.closed_at is None:
        return text("Open since {moment}, by {name}.", moment=of.opened_at, name=of.opened_by)
    return text("Closed {moment} by {name}.", moment=of.closed_at, name=of.closed_by)
