"""Filters: what a reader chooses, kept in the address as codes and shown as words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.model import Direction, Stage
from budgeting.names import dimension_name, direction_name, stage_name
from budgeting.reports.scope import newest_decided, scope, stored_years
from budgeting.store import DIMENSIONS
from budgeting.translations import language as language_of
from budgeting.ui import address
from budgeting.ui.session import language, open_store
from budgeting.ui.session import say as _

# what loses its meaning when another municipality is chosen
_OF_BUDGET = (
    "page",
    "scenario",
    "meeting",
    "lines_of",
)  # what another year or stage makes mean nothing
OF_MUNICIPALITY = ("within", "words", "line", *_OF_BUDGET)
LONG = 320  # pixels of a choice among names of several words
LONGEST = 544  # of whole sentences: two stand beside each other; a telephone gives what it has
_FEW = 7  # options that are seen at a glance need no typing to find one


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice among `options`, pairs of code and words, one of which is chosen.

    `forget` names the choices that lose their meaning when this one changes.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    forget: tuple[str, ...] = ()


def choice(
    name: str,
    label: str,
    options: Mapping[str, str],
    *,
    default: str = "",
    forget: Sequence[str] = (),
    **shown: Any,
) -> str:
    """Show a choice among `options` (code -> words) and return the code.

    `forget` names the choices that lose their meaning when this one changes; `shown` goes to the
    widget as it is.
    """
    return draw(asked(name, label, options, default, forget), **shown)


def asked(
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str = "",
    forget: Sequence[str] = (),
) -> Choice:
    """Return a choice that is drawn later, or folded; the arguments are those of `choice`.

    Where nothing else says which of `options` is chosen, it is `default`, or the first.
    """
    fallback = default if default in options else next(iter(options))
    chosen = address.value(name, fallback)
    chosen = chosen if chosen in options else fallback
    if name != "lang":  # a link opens the same view, in its reader's own language
        address.choose(**{name: chosen})
    return Choice(name, label, tuple(options.items()), chosen, tuple(forget))


def draw(choice: Choice, **shown: Any) -> str:
    """Show a choice, of which a page may have spoken above it, and return the code."""
    words, key = dict(choice.options), key_of(choice.name)
    codes = list(words)
    if st.session_state.get(key) != choice.chosen:
        st.session_state[key] = choice.chosen
    st.selectbox(
        choice.label,
        codes,
        index=codes.index(choice.chosen),  # a browser that draws it anew begins with this one
        key=key,
        format_func=lambda code: words[code],
        on_change=_remember,
        args=(choice.name, key, choice.forget),
        filter_mode="fuzzy" if len(codes) > _FEW else None,
        **shown,
    )
    return choice.chosen


def several(name: str, label: str, options: Mapping[str, str], **shown: Any) -> tuple[str, ...]:
    """Show a choice of any number among `options` (code -> words) and return the codes."""
    chosen = [code for code in address.value(name).split(",") if code in options]
    address.choose(**{name: ",".join(chosen)})
    key = key_of(name)
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.multiselect(
        label,
        list(options),
        key=key,
        format_func=lambda code: options[code],
        on_change=_remember_several,
        args=(name, key),
        **shown,
    )
    return tuple(chosen)


def _remember_several(name: str, key: str) -> None:
    address.choose(**{name: ",".join(st.session_state[key])})


def key_of(name: str) -> str:
    """Return the key of a choice's widget: one per language.

    A browser keeps the words that it shows for as long as the key stays, and would go on showing
    those of the language before.
    """
    return f"choice_{name}" if name == "lang" else f"choice_{name}_{language().code}"


def segments(name: str, label: str, options: Mapping[str, str], default: str) -> str:
    """Show a choice whose options stand beside each other, as tabs do, and return the code.

    Tabs of Streamlit's are an element each, and a telephone shows the first two of them only.
    """
    chosen = address.value(name, default)
    chosen = chosen if chosen in options else default
    key = key_of(name)
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.segmented_control(
        label,
        list(options),
        default=chosen,
        required=True,
        key=key,
        format_func=lambda code: options[code],
        on_change=_remember,
        args=(name, key, ("page",)),
        label_visibility="collapsed",
    )
    return chosen


def pages(count: int, total: int, size: int) -> None:
    """Let a reader turn pages of `size` lines where there are more than one, and say where they are.

    Not a choice with an option for each page: of 300,000 lines there are 3,000.
    """
    if count <= 1:
        return
    written = address.value("page", "1")
    here = min(max(1, int(written)), count) if written.isdecimal() else 1
    key = "choice_page"
    if st.session_state.get(key) != here:
        st.session_state[key] = here
    words = _(
        "{first} to {last} of {total}",
        first=(here - 1) * size + 1,
        last=min(total, here * size),
        total=total,
    )
    order = _("Budget lines, largest first")
    st.caption(f"{order}: {words}")
    st.pagination(count, default=here, key=key, on_change=_remember, args=("page", key, ()))


def _remember(name: str, key: str, forget: tuple[str, ...]) -> None:
    address.choose(**{name: str(st.session_state[key] or ""), **dict.fromkeys(forget, "")})


def words(label: str, placeholder: str) -> str:
    """Show the search field and return what was typed."""
    key = "choice_words"
    chosen = address.value("words")
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.text_input(
        label,
        chosen,
        key=key,
        placeholder=placeholder,
        type="search",
        max_chars=120,
        icon=":material/search:",
        on_change=_remember,
        args=("words", key, ("page",)),
    )
    return chosen


def municipality() -> Mapping[str, Any] | None:
    """Show the choice of a municipality and return what is stored of it; None in an empty database."""
    rows = stored_years(open_store())
    if not rows:
        return None
    places = {row["municipality_code"]: row for row in rows}
    names = {code: row["name"] for code, row in places.items()}
    return places[choice("municipality", _("Municipality"), names, forget=OF_MUNICIPALITY)]


def municipality_and_year() -> dict[str, str] | None:
    """Show the municipality and year choices; None (and nothing shown) in an empty database."""
    place = municipality()
    if place is None:
        return None
    code = str(place["municipality_code"])
    return {"municipality": code, "year": year_of(code)}


def municipalities() -> dict[str, str]:
    """Return what the municipalities with a budget are called, by their codes."""
    return {row["municipality_code"]: row["name"] for row in stored_years(open_store())}


def year_of(municipality: str) -> str:
    """Show the choice among a municipality's years, the newest first."""
    return draw(year_choice(municipality))


def year_choice(municipality: str) -> Choice:
    """Return the choice among a municipality's years, the newest first."""
    years = sorted(
        (
            row["fiscal_year"]
            for row in stored_years(open_store())
            if row["municipality_code"] == municipality
        ),
        reverse=True,
    )
    options = {str(year): str(year) for year in years}
    default = str(newest_decided(open_store(), municipality) or years[0])
    return asked("year", _("Fiscal year"), options, default, _OF_BUDGET)


def direction() -> str:
    """Show the choice between expenditure and revenue."""
    say = language().say
    options = {item.value: capital(say(direction_name(item))) for item in Direction}
    return choice("direction", _("Direction"), options, forget=("within", "by", "page", "line"))


def stage(default: Stage = Stage.REVISED) -> str:
    """Show the choice of the stage by which a view is measured."""
    say = language().say
    stages = (Stage.APPROVED, Stage.REVISED, Stage.COMMITTED, Stage.EXECUTED)
    options = {item.value: capital(say(stage_name(item))) for item in stages}
    return choice("stage", _("Stage"), options, default=default.value, forget=("page",))


def dimension(**shown: Any) -> str:
    """Show the choice by what the money is broken down; `shown` goes to the widget as it is."""
    return draw(dimension_choice(), **shown)


def dimension_choice() -> Choice:
    """Return the choice by what the money is broken down."""
    return asked("by", _("Break down by"), _dimensions(language().code), "function", ("page",))


@lru_cache
def _stages(stages: tuple[Stage, ...], spoken: str) -> dict[str, str]:
    say = language_of(spoken).say
    return {stage.value: capital(say(stage_name(stage))) for stage in stages}


@lru_cache
def _dimensions(spoken: str) -> dict[str, str]:
    return {name: capital(language_of(spoken).say(dimension_name(name))) for name in DIMENSIONS}


def stage_of(municipality: str, year: str) -> str:
    """Show the choice among the stages that a year's expenditure has."""
    return draw(stage_choice(municipality, year))


def stage_choice(municipality: str, year: str) -> Choice:
    """Return the choice among the stages that a year's expenditure has."""
    found = scope(open_store(), municipality, int(year), Direction.EXPENDITURE)
    stages = tuple(item for item in Stage if found.newest(item)) or (Stage.REVISED,)
    options = _stages(stages, language().code)
    default = Stage.REVISED if Stage.REVISED in stages else stages[0]
    return asked("stage", _("Stage"), options, default.value, _OF_BUDGET)


def capital(words: str) -> str:
    """Return words with a capital first letter, as a label begins."""
    return words[:1].upper() + words[1:]
