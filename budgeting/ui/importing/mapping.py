"""The mapping: which one is used for a file, and what it still lacks."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import streamlit as st

from budgeting.errors import MappingInvalid
from budgeting.imports.guessing.gaps import gaps
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_named, mapping_names
from budgeting.imports.mappings.reapply import proposed_names
from budgeting.model import Finding, plural_text
from budgeting.ui.fields import show_field
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import GUESS, Case
from budgeting.ui.importing.file import Looked, guess_of
from budgeting.ui.importing.renames import ask_renames, show_moves
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def settled(case: Case, looked: Looked) -> Mapping | None:
    """Return the mapping as it stands: what fits comes first, then the guess; None while unusable."""
    if case.base is None or case.base not in _options(looked):
        case.base = _options(looked)[0]
    if case.base == GUESS and not _take_guess(case, looked):
        return None
    if _has_open_renames(case, looked):
        return None
    try:
        return case.mapping()
    except MappingInvalid:
        return None


def _options(looked: Looked) -> list[str]:
    options = [*looked.fitting, *looked.near, GUESS]
    return options + [name for name in mapping_names() if name not in options]


def _take_guess(case: Case, looked: Looked) -> bool:
    """Keep what was guessed as the entries to begin with; return whether there is a guess."""
    found = guess_of(case, looked)
    if found is None:
        case.guessed = case.guessed_of = None
    elif case.guessed_of is not found:
        entries = deepcopy(found.entries)
        case.guessed, case.guessed_of = entries or blank_entries(case.source.name), found
    return found is not None


def _has_open_renames(case: Case, looked: Looked) -> bool:
    proposed = proposed_names(looked.moves.get(case.base or "", ()))
    return bool(set(proposed) - set(case.renames))


def choose_mapping(case: Case, looked: Looked) -> Mapping | None:
    """Let the reader choose a mapping; None until it is usable, and what is missing is said."""
    if case.base is None or case.base not in _options(looked):
        case.base = _options(looked)[0]
    show_field(
        st.selectbox,
        _("Mapping: what the columns mean"),
        f"mapping_{case.key}",
        case.base,
        lambda name: _choose(case, name),
        options=_options(looked),
        format_func=lambda name: _mapping_words(name, looked),
    )
    moves = looked.moves.get(case.base, ())
    if not ask_renames(case, moves):
        return None
    show_moves(case, moves)
    mapping = settled(case, looked)
    if case.base == GUESS and case.guessed_of and case.guessed_of.notes:
        _show_reasons(case.guessed_of.notes)
    if mapping is None and (case.base != GUESS or case.guessed is not None):
        _say_gaps(case)
    return mapping


def _show_reasons(notes: Sequence[Finding]) -> None:
    """Show why the mapping is proposed so, what should be checked first."""
    count = sum(note.suggestion is not None for note in notes)
    words = plural_text(
        "Why it is proposed so, with one point to check",
        "Why it is proposed so, with {count} points to check",
        count,
    )
    label = language().say(words) if count else _("Why it is proposed so")
    with st.expander(label, icon=":material/psychology:"):
        for note in sorted(notes, key=lambda note: note.suggestion is None):
            st.markdown(f"- {plain(_reason(note))}")


def _reason(note: Finding) -> str:
    """Return a reason in words: its column, what was decided, and what to check."""
    parts = [note.message, note.suggestion] if note.suggestion else [note.message]
    said = " ".join(map(language().say, parts))
    return f"{note.column}: {said}" if note.column else said


def _say_gaps(case: Case) -> None:
    """Say what the mapping lacks before it can be used."""
    try:
        case.mapping()
    except MappingInvalid as error:
        for words in gaps(case.current_entries) or [error.message]:
            st.warning(plain(language().say(words)), icon=":material/help:")


def blank_entries(title: str) -> dict[str, Any]:
    """Return the entries of a mapping in which no column means anything yet."""
    return {"title": title, "line": {}}


def _mapping_words(name: str, looked: Looked) -> str:
    if name == GUESS:
        return _("Proposed from the file itself")
    words = f"{language().say(mapping_named(name).title)} ({name})"
    if name in looked.fitting:
        return words
    if name in looked.near:
        return _("{mapping}: columns were renamed", mapping=words)
    return _("{mapping}: does not fit", mapping=words)


def _choose(case: Case, name: str) -> None:
    case.base, case.entries, case.findings = name, None, ()
    case.renames.clear()
