"""Columns that are called otherwise than last year: asked, one click each, and what moved is said."""

import streamlit as st

from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.imports.mappings.reapply import Move, Moved, proposed_names, renamed
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def ask_renames(case: Case, moves: tuple[Moved, ...]) -> bool:
    """Ask whether columns are only called otherwise; return whether the mapping can be used."""
    open_ones = {old: new for old, new in proposed_names(moves).items() if old not in case.renames}
    if open_ones:
        with st.container(border=True):
            st.markdown(_("Some columns are called otherwise than in the mapping."))
            for old, new in open_ones.items():
                _ask_rename(case, old, new)
            if len(open_ones) > 1:
                st.button(
                    _("Yes to all"),
                    on_click=_rename,
                    args=(case, open_ones),
                    key=f"rename_all_{case.key}",
                    icon=":material/done_all:",
                )
    return not open_ones


def _ask_rename(case: Case, old: str, new: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            plain(_("Is the column “{old}” now called “{new}”?", old=old, new=new)),
            width="content",
        )
        st.button(
            _("Yes"),
            on_click=_rename,
            args=(case, {old: new}),
            key=f"rename_{case.key}_{old}",
            icon=":material/check:",
        )


def _rename(case: Case, names: dict[str, str]) -> None:
    case.renames |= names
    if case.base:
        case.entries = dict(renamed(mapping_named(case.base), case.renames).entries)


def show_moves(case: Case, moves: tuple[Moved, ...]) -> None:
    """Say what moved since the mapping was made."""
    say = language().say
    told = [
        _("“{old}” is called “{new}” now.", old=move.old, new=move.new)
        if move.kind is Move.RENAMED and move.old in case.renames
        else say(move.message)
        for move in moves
    ]
    if told:
        with st.expander(_("What moved since the mapping was made"), icon=":material/move_item:"):
            st.markdown("\n".join(f"- {plain(line)}" for line in told))
