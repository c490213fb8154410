"""Suggestions beside the form: what a mark could be, and by which words or lines. Never a mark."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from budgeting.methodologies import methodology
from budgeting.model import Direction, Share
from budgeting.names import confidence_name, stance_name
from budgeting.suggestions.for_lines import Suggestions, suggestions_for
from budgeting.suggestions.model import FiredWord, LikeLine, Suggestion
from budgeting.ui.classifying.desk import Desk
from budgeting.ui.classifying.place import Row
from budgeting.ui.frame import plain
from budgeting.ui.kept import ByIdentity
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _


def suggestions(desk: Desk) -> Mapping[str, Sequence[Suggestion]]:
    """Return suggestions by code for the rows of the queue that are left."""
    rules = desk.methodology
    asked = (desk.municipality, desk.year, desk.given["direction"], rules.code, rules.version)
    return _suggestions(open_store().budget_state, asked, ByIdentity(desk.rows)).by_line


@lru_cache(maxsize=64)
def _suggestions(
    _state: str, asked: tuple[str, int, str, str, str], rows: ByIdentity[list[Row]]
) -> Suggestions:
    municipality_code, year, direction, code, version = asked
    left = {row["subject_code"]: row["label"] for row in rows.what if row["open_count"]}
    return suggestions_for(
        open_store(),
        municipality_code,
        left,
        methodology=methodology(code, version),
        fiscal_year=year,
        direction=Direction(direction),
    )


def show_suggestions(desk: Desk, row: Row) -> None:
    """Show what the mark of a row could be, with what a reader can check it by."""
    for one in suggestions(desk).get(row["subject_code"], ()):
        st.caption(_written(desk, row, one))


def _written(desk: Desk, row: Row, one: Suggestion) -> str:
    say = language().say
    if one.category:
        what = say(desk.methodology.category(one.category).labels)
    else:
        what = say(stance_name(one.stance.value)) if one.stance else _("no single category")
    head = _(
        "Suggested: {what} (confidence: {confidence}).",
        what=what,
        confidence=confidence_name(one.confidence.value),
    )
    parts = [f"{plain(head)} {plain(say(one.why))}"]
    if one.words:
        parts.append(_underlined(row["label"], one.words))
    parts += [_line(desk, like) for like in one.lines]
    return "  \n".join(parts)


def _underlined(name: str, words: Sequence[FiredWord]) -> str:
    """Return the name with the words that fired in bold."""
    fired = {at for word in words for at in range(word.start, word.end)}
    written, is_bold = "", False
    for at, letter in enumerate(name):
        if (at in fired) != is_bold:
            written += "**"
            is_bold = not is_bold
        written += plain(letter)
    return written + ("**" if is_bold else "")


def _line(desk: Desk, like: LikeLine) -> str:
    return plain(
        _(
            "– {name}: {category}, {similarity} the same",
            name=like.name,
            category=desk.named(like.category),
            similarity=Share(like.similarity),
        )
    )
