"""Suggestions beside a line: category, words that fired in bold, lines alike with their similarity."""

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from budgeting.methodologies.model import Methodology
from budgeting.model import Share, Text, text
from budgeting.names import confidence_name
from budgeting.suggestions.model import FiredWord, Ground, LikeLine, Suggestion
from budgeting.ui.filters import capital
from budgeting.ui.frame import plain
from budgeting.ui.session import language
from budgeting.ui.session import say as _


def show_suggestions(
    name: str, suggestions: Sequence[Suggestion], methodology: Methodology
) -> None:
    """Show what the mark of a line could be and on what that stands; nothing is chosen by it."""
    for suggestion in suggestions:
        with st.container(border=True):
            st.markdown(_headline(suggestion, methodology))
            if suggestion.words:
                st.markdown(emphasised(name, suggestion.words))
            st.caption(plain(language().say(suggestion.why)))
            if suggestion.lines:
                _lines(suggestion.lines)


def _headline(suggestion: Suggestion, methodology: Methodology) -> str:
    say = language().say
    category = _("no category")
    if suggestion.category is not None:
        label = say(methodology.category(suggestion.category).labels)
        category = f"{suggestion.category} · {label}"
    sureness = _("confidence: {confidence}", confidence=confidence_name(suggestion.confidence))
    ground = capital(say(ground_name(suggestion.ground)))
    return f"{plain(ground)}: **{plain(category)}** ({plain(sureness)})"


def ground_name(ground: Ground) -> Text:
    """Return what readers call the origin of a suggestion."""
    return {
        Ground.LAST_YEAR: text("as last year"),
        Ground.ALIKE: text("like approved lines"),
        Ground.TERMS: text("by its words"),
    }[ground]


def emphasised(name: str, words: Sequence[FiredWord]) -> str:
    """Return a name as Markdown with the words that fired in bold."""
    written, at = "", 0
    for start, end in _merged(words):
        written += f"{plain(name[at:start])}**{plain(name[start:end])}**"
        at = end
    return written + plain(name[at:])


def _merged(words: Sequence[FiredWord]) -> list[tuple[int, int]]:
    """Return the places of words, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((word.start, word.end) for word in words):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _lines(lines: Sequence[LikeLine]) -> None:
    words = language()
    st.dataframe(
        pa.table(
            {
                _("Line"): [like.name for like in lines],
                _("Year"): [
                    "" if like.fiscal_year is None else str(like.fiscal_year) for like in lines
                ],
                _("Category"): [like.category for like in lines],
                _("Similarity"): [words.share(Share(like.similarity), 0) for like in lines],
            }
        ),
        hide_index=True,
        width="stretch",
    )
