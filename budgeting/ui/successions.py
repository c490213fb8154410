"""Lines that continue others, on a page: what is proposed, to be confirmed; or said by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from budgeting.imports.words.folding import fold
from budgeting.model import Share, plural_text
from budgeting.names import becoming_name, codes_of_line
from budgeting.reports.line_successors import line_table, proposed_table
from budgeting.successions.model import Becoming, Succession, shares_by_amount
from budgeting.successions.proposing import Candidates, as_succession
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

HEIGHT = 320
FEW = 8  # rows that are shown without scrolling
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Offer:
    """Lines of which something may have become, and what is done with what a reader says.

    Parameters
    ----------
    found
        The lines, and which of them are likely one.
    currency
        Of all amounts.
    key
        Begins the keys of the widgets.
    confirm
        Takes what the reader says; it shows an error, or runs the page anew.
    """

    found: Candidates
    currency: str
    key: str
    confirm: Callable[[Sequence[Succession]], None]

    @property
    def is_within_year(self) -> bool:
        """Whether the lines are of statements of one year."""
        return self.found.earlier_year == self.found.later_year


def offer_renames(offer: Offer) -> None:
    """Show pairs of lines that are likely one, and confirm those that are ticked, or all."""
    rows = offer.found.renames
    if not rows.num_rows:
        return
    st.caption(
        _("Nothing is followed before you confirm it: tick the rows that are right, or take all.")
    )
    table = proposed_table(rows, offer.currency, is_within_year=offer.is_within_year)
    chosen = _chosen(offer, "renames", table, rows["new_line_code"])
    taken = rows.take(chosen) if chosen else rows
    words = (
        plural_text(
            "Yes, the ticked line is the same",
            "Yes, the {count} ticked lines are the same",
            len(chosen),
        )
        if chosen
        else plural_text(
            "Yes, this line is the same", "Yes, all {count} lines are the same", rows.num_rows
        )
    )
    if is_pressed(language().say(words), f"{offer.key}_renames", icon=":material/done_all:"):
        within = offer.is_within_year
        offer.confirm([as_succession(row, is_within_year=within) for row in taken.to_pylist()])


def offer_by_hand(offer: Offer) -> None:
    """Let a reader choose earlier and later lines, and say what became of them."""
    words = _("Say by hand which lines continue which")
    if not st.toggle(words, key=f"{offer.key}_by_hand"):  # the lists are long: only where wanted
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            sought = st.text_input(_("Words or codes"), key=f"{offer.key}_words", max_chars=120)
            has_both = not offer.is_within_year and st.toggle(
                _("With the lines of both years"),
                key=f"{offer.key}_both",
                help=_("For a line of which a part goes on as itself."),
            )
        gone, new = _headings(offer)
        left, right = st.columns(2)
        with left:
            earlier = _lines(offer, "gone", gone, sought, has_both=has_both)
        with right:
            later = _lines(offer, "new", new, sought, has_both=has_both)
        said = _said(offer, earlier, later)
        if said and is_pressed(_("They go on so"), f"{offer.key}_so", icon=":material/check:"):
            offer.confirm([said])


def _headings(offer: Offer) -> tuple[str, str]:
    """Return what heads the lines that are gone and those that are new."""
    if offer.is_within_year:
        return _("Only in earlier statements"), _("Only in later statements")
    gone = _("Gone: lines of {year}", year=str(offer.found.earlier_year))
    return gone, _("New: lines of {year}", year=str(offer.found.later_year))


def is_pressed(label: str, key: str, **shown: Any) -> bool:
    """Show a button and return whether it was pressed; it holds through a run that begins anew."""
    st.button(label, key=key, on_click=_press, args=(key,), **shown)
    return bool(st.session_state.pop(_pressed(key), False))


def _press(key: str) -> None:
    st.session_state[_pressed(key)] = True


def _pressed(key: str) -> str:
    return f"{key} pressed"


Line = dict[str, Any]


def _lines(offer: Offer, side: str, heading: str, sought: str, *, has_both: bool) -> list[Line]:
    """Show the lines of a side in which all words are found, and return those that are ticked."""
    lines: pa.Table = getattr(offer.found, side)
    if has_both:
        lines = pa.concat_tables([lines, offer.found.both])
    words = fold(sought).split()
    if words:
        texts = [
            fold(f"{label} {codes_of_line(code)}")
            for label, code in zip(
                lines["label"].to_pylist(), lines["line_code"].to_pylist(), strict=True
            )
        ]
        lines = lines.filter(pa.array([all(word in one for word in words) for one in texts]))
    st.markdown(plain(heading))
    chosen = _chosen(offer, side, line_table(lines, offer.currency), lines["line_code"])
    found: list[Line] = lines.take(chosen).to_pylist() if chosen else []
    return found


def _chosen(offer: Offer, name: str, table: Any, codes: pa.ChunkedArray) -> list[int]:
    """Show lines to be ticked; other lines are another table, in which nothing is ticked."""
    shown = f"{offer.key}_{name}_{hash(tuple(codes.to_pylist()))}"
    height = HEIGHT if len(codes) > FEW else None
    rows = report_table(
        table, height=height, on_select="rerun", selection_mode="multi-row", key=shown
    )
    return [row for row in rows if row < len(codes)]


def _said(offer: Offer, earlier: Sequence[Line], later: Sequence[Line]) -> Succession | None:
    """Return what the ticked lines say; None, with what is missing, where they say nothing."""
    old, new = (tuple(line["line_code"] for line in lines) for lines in (earlier, later))
    if offer.is_within_year:
        return _recoded(old, new)
    if not earlier or not later:
        st.caption(_("Tick lines on both sides: several on one side for a split or a merger."))
        return None
    if len(earlier) > 1 and len(later) > 1:
        st.caption(_("One line becomes several, or several become one: say the others afterwards."))
        return None
    if len(later) > 1:
        return Succession(Becoming.SPLIT, old, new, _shares(offer, earlier[0], later))
    if len(earlier) > 1:
        st.caption(_("They are merged into “{line}”.", line=later[0]["label"]))
        return Succession(Becoming.MERGED, old, new)
    return Succession(_change(offer, earlier[0], later[0]), old, new)


def _recoded(old: tuple[str, ...], new: tuple[str, ...]) -> Succession | None:
    if len(old) != 1 or len(new) != 1:
        st.caption(_("Tick one line on each side: the same line with its two codes."))
        return None
    return Succession(Becoming.RECODED, old, new)


def _change(offer: Offer, earlier: Line, later: Line) -> Becoming:
    is_same = fold(earlier["label"]) == fold(later["label"])
    options = [Becoming.RENAMED, Becoming.MOVED]
    chosen = st.radio(
        _("What became of it"),
        options,
        index=int(is_same),
        format_func=lambda change: capital(language().say(becoming_name(change))),
        key=f"{offer.key}_change_{earlier['line_code']}_{later['line_code']}_{language().code}",
        horizontal=True,
    )
    return chosen or options[int(is_same)]


def _shares(offer: Offer, earlier: Line, later: Sequence[Line]) -> tuple[Decimal, ...]:
    """Ask which part of a line each of the lines continues; as their amounts are at first."""
    st.caption(
        _(
            "“{line}” is split. Which part of it, in per cent, does each line continue?",
            line=earlier["label"],
        )
    )
    shares = []
    for line, share in zip(later, shares_by_amount([one["amount"] for one in later]), strict=True):
        percent = st.number_input(
            plain(f"{line['label']} ({codes_of_line(line['line_code'])})"),
            min_value=0.0,
            max_value=100.0,
            value=float(share * _PERCENT),
            format="%.4f",
            key=f"{offer.key}_share_{earlier['line_code']}_{line['line_code']}_{len(later)}",
        )
        shares.append(Decimal(str(percent)) / _PERCENT)
    rest = 1 - sum(shares)
    if rest > 0:
        st.caption(_("{share} of it ended.", share=Share(rest)))
    return tuple(shares)
