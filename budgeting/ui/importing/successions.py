"""Lines of a file that continue stored ones: said before it is accepted, stored together with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.stored.comparison import Comparison
from budgeting.model import Direction, Text, plural_text, text
from budgeting.reports.line_successors import proposed_table
from budgeting.successions.model import Succession, YearSuccessions, require_sound
from budgeting.successions.proposing import Candidates, without
from budgeting.ui.importing.case import Case
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.successions import HEIGHT, Offer, offer_by_hand, offer_renames
from budgeting.ui.tables import report_table

_SAID = "import_successions"
_MOST = 12  # parts of a file whose lines are asked about before it is stored


@dataclass
class _Said:
    """What was said of a file's lines, as long as it is read in the same way."""

    reading: object
    years: dict[tuple[str, str, int], list[Succession]] = field(default_factory=dict)


def said_of(case: Case) -> tuple[YearSuccessions, ...]:
    """Return what was said of the lines of a file, to be stored with it."""
    said: _Said | None = st.session_state.get(_SAID, {}).get(case.key)
    if said is None:
        return ()
    return tuple(
        YearSuccessions(code, Direction(direction), year, tuple(successions))
        for (code, direction, year), successions in said.years.items()
        if successions
    )


def ask_successions(
    case: Case, reading: object, compared: Sequence[tuple[Batch, Comparison]]
) -> None:
    """Ask which new lines continue gone ones, where another year is stored.

    `reading` names how the file is read: what was said of other lines is forgotten.
    """
    said: dict[str, _Said] = st.session_state.setdefault(_SAID, {})
    if case.key not in said or said[case.key].reading != reading:
        said[case.key] = _Said(reading)
    _show_renames_of_a_year(compared)
    asked = [(batch, one.candidates) for batch, one in compared if _is_open(one.candidates)]
    for place, (batch, found) in enumerate(asked[:_MOST]):
        if found is not None:
            _ask(case, said[case.key], place, batch, found, is_only=len(asked) == 1)
    if len(asked) > _MOST:
        st.caption(_("Lines of the other parts can be confirmed on the page Classify afterwards."))


def _show_renames_of_a_year(compared: Sequence[tuple[Batch, Comparison]]) -> None:
    """Show lines that have another code or name than in the same year as it is stored."""
    for batch, comparison in compared:
        found = comparison.candidates
        if found and found.earlier_year == found.later_year and found.renames.num_rows:
            with st.expander(language().say(_title(found)), icon=":material/swap_horiz:"):
                st.caption(
                    _(
                        "The same year is stored with other codes or names. What continues lines of an "
                        "earlier year can be confirmed on the page Classify afterwards."
                    )
                )
                table = proposed_table(found.renames, batch.municipality.currency_code)
                report_table(table, height=HEIGHT)


def _is_open(found: Candidates | None) -> bool:
    """Return whether lines of two years stand side by side, some of them on one side only."""
    return (
        found is not None
        and found.earlier_year < found.later_year
        and bool(found.gone.num_rows or found.new.num_rows)
    )


def _ask(
    case: Case, said: _Said, place: int, batch: Batch, found: Candidates, *, is_only: bool
) -> None:
    year = (batch.municipality.code, batch.direction.value, found.later_year)
    taken = said.years.setdefault(year, [])
    left = without(found, taken)

    def confirm(successions: Sequence[Succession]) -> None:
        try:
            require_sound([*taken, *successions])
        except BudgetingError as error:
            st.error(language().say(error.message), icon=":material/info:")
            return
        taken.extend(successions)
        st.rerun()

    offer = Offer(left, batch.municipality.currency_code, f"import_{case.key}_{place}", confirm)
    title = language().say(_title(left))
    if not is_only:
        title = f"{batch.municipality.name} {found.later_year}: {title}"
    is_open = bool(left.renames.num_rows or taken)
    with st.expander(title, icon=":material/swap_horiz:", expanded=is_open):
        if taken:
            _show_taken(taken, offer.key)
        offer_renames(offer)
        offer_by_hand(offer)


def _title(left: Candidates) -> Text:
    if left.renames.num_rows:
        return plural_text(
            "{count} line has probably only another code or name",
            "{count} lines have probably only another code or name",
            left.renames.num_rows,
        )
    return text("New lines that continue gone ones")


def _show_taken(taken: list[Succession], key: str) -> None:
    """Say how many were said, and let them be taken back."""
    words = plural_text(
        "One is confirmed and is stored with the file when you accept it.",
        "{count} are confirmed and are stored with the file when you accept it.",
        len(taken),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(language().say(words), width="content")
        st.button(_("Take back"), on_click=taken.clear, key=f"{key}_back", icon=":material/undo:")
