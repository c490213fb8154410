"""The gender column: by which methodology it marks lines, and which categories its words mean."""

from copy import deepcopy
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from budgeting.imports.cells.columns import Columns
from budgeting.imports.guessing.draft import exactly
from budgeting.imports.mappings.mapping import GenderRule, Mapping
from budgeting.imports.meaning.gender import categories_of, category_codes, methodology_of
from budgeting.imports.source import SourceTable
from budgeting.imports.words.vocabulary import fold
from budgeting.methodologies import Methodology, methodologies
from budgeting.ui.fields import show_field
from budgeting.ui.frame import plain
from budgeting.ui.importing.case import Case
from budgeting.ui.session import language
from budgeting.ui.session import say as _

_MOST_WORDS = 30
_LONGEST = 60  # characters
_NONE = ""


def ask_gender(case: Case, table: SourceTable, mapping: Mapping) -> None:
    """Ask for the methodology of a gender column and the meaning of its words; nothing without one."""
    columns = Columns.of(table)
    if mapping.gender is None or columns.missing([mapping.gender.column]):
        return
    rule, known = mapping.gender, methodology_of(mapping.gender.methodology)
    words = _words(columns, rule)
    title = _("Gender marks of the file: {column}", column=plain(rule.column))
    with st.expander(title, icon=":material/sell:", expanded=known is None):
        st.markdown(
            _(
                "The column becomes gender marks, drafts to be reviewed. Say by which methodology it was "
                "filled in, and which category its words mean."
            )
        )
        _ask_methodology(case, rule, words)
        if known is None:
            return
        if len(words) > _MOST_WORDS:
            st.caption(_("The column says too many different things to ask for each."))
            return
        with st.container(horizontal=True):
            for word in words:
                _ask_category(case, known, word, words)


def _words(columns: Columns, rule: GenderRule) -> dict[str, str]:
    """Return the different cells of the column, each with the category that it has now."""
    cells, categories = columns.cells(rule.column), categories_of(columns, rule)
    words = [word for word in pc.unique(cells) if word.as_py()][: _MOST_WORDS + 1]
    places = [pc.index(cells, word).as_py() for word in words]
    return {cells[place].as_py(): categories[place].as_py() for place in places}


def _ask_methodology(case: Case, rule: GenderRule, words: dict[str, str]) -> None:
    named = {one.code: one for one in methodologies()}
    show_field(
        st.selectbox,
        _("Methodology of the marks"),
        f"gender_methodology_{case.key}",
        rule.methodology if rule.methodology in named else None,
        lambda code: _take_methodology(case, code or "", list(words)),
        options=sorted(named),
        index=None,
        format_func=lambda code: _name(named.get(code), code),
        placeholder=_("without one, no mark is stored"),
        width=520,
    )


def _name(methodology: Methodology | None, code: str) -> str:
    return f"{language().say(methodology.labels)} ({code})" if methodology else code


def _ask_category(case: Case, methodology: Methodology, word: str, words: dict[str, str]) -> None:
    """Ask what a word means; `words` are all of them, each with the category that it has now."""
    labels = {_NONE: _("no mark")} | {
        one.code: f"{one.code} · {language().say(one.labels)}" for one in methodology.categories
    }
    labels.setdefault(words[word], words[word])
    show_field(
        st.selectbox,
        _("“{words}” means", words=plain(word[:_LONGEST])),
        f"gender_{case.key}_{methodology.code}_{word}",
        words[word],
        lambda category: _take_categories(case, words | {word: category}),
        options=list(labels),
        format_func=lambda code: labels.get(code, code),
        width=280,
    )


def _take_methodology(case: Case, code: str, words: list[str]) -> None:
    """Take the methodology; words that are called like one of its categories mean that one."""
    found = methodology_of(code)
    named = {
        fold(name): category.code
        for category in (found.categories if found else ())
        for name in (*category.labels.words.values(), category.code)
    }
    meant = {word: named[fold(word)] for word in words if fold(word) in named}
    before = case.current_entries.get("gender", {}).get("categories", {})
    kept = {one: pattern for one, pattern in before.items() if one in category_codes(code)}
    _set_rule(case, methodology=code, categories=_patterns(meant) or kept)


def _take_categories(case: Case, words: dict[str, str]) -> None:
    meant = {word: category for word, category in words.items() if category}
    _set_rule(
        case,
        methodology=case.current_entries["gender"]["methodology"],
        categories=_patterns(meant),
    )


def _patterns(words: dict[str, str]) -> dict[str, str]:
    """Return category -> pattern of its words."""
    return {
        category: exactly([word for word, meant in words.items() if meant == category])
        for category in dict.fromkeys(words.values())
    }


def _set_rule(case: Case, **rule: Any) -> None:
    entries = deepcopy(case.current_entries)
    entries["gender"] = {**entries.get("gender", {}), **rule}
    case.entries = entries
