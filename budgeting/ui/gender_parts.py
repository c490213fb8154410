"""Parts of the gender overview: its filters, key figures, drilling."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.errors import BudgetingError
from budgeting.methodologies import files_state, methodologies, methodology
from budgeting.model import Report, Share, Text, text
from budgeting.names import dimension_name
from budgeting.reports.explorer_view import read_path, write_path
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import address, filters, pressed, stance_charts
from budgeting.ui.filters import Choice
from budgeting.ui.folded import folded_html
from budgeting.ui.frame import plain
from budgeting.ui.kept import Html
from budgeting.ui.key_figures import KeyFigure, as_html
from budgeting.ui.session import language
from budgeting.ui.session import say as _

ADDRESS = (
    *("municipality", "year", "stage", "by", "within", "page"),
    *("methodology", "convention", "category", "table", "opened"),
)

_OF_METHODOLOGY = ("convention", "category", "page", "layout", "unit")  # mean nothing under another


@dataclass(frozen=True, slots=True)
class Asked:
    """What the view is about: known before it is drawn, because the answer stands above it.

    Parameters
    ----------
    chosen
        All of it, by name.
    often
        What is asked in fields, the last of them among long names.
    folded
        What is seldom changed, as a line, which stands above the figures.
    """

    chosen: Mapping[str, str]
    often: tuple[Choice, ...]
    folded: Html

    def draw(self) -> None:
        """Show what is often changed."""
        *short, long = self.often
        with st.container(horizontal=True):
            for one in short:
                filters.draw(one)
            filters.draw(long, width=filters.LONG)

    @contextmanager
    def or_else_drawn(self) -> Iterator[None]:
        """Show all choices also where nothing is found: another one may find something."""
        try:
            yield
        except BudgetingError:
            self.draw()
            st.html(self.folded)
            pressed.listen()
            raise


def choices() -> Asked | None:
    """Return what the view is about; None in an empty database."""
    towns = filters.municipalities()
    if not towns:
        return None
    town = filters.asked("municipality", _("Municipality"), towns, forget=filters.OF_MUNICIPALITY)
    rules, folded = method_choices(town)
    year = filters.year_choice(town.chosen)
    often = (year, filters.stage_choice(town.chosen, year.chosen), filters.dimension_choice())
    chosen = {**{one.name: one.chosen for one in (town, *often)}, **rules}
    return Asked({**chosen, "within": address.value("within")}, often, folded)


def method_choices(*before: Choice) -> tuple[dict[str, str], Html]:
    """Return the methodology and what its categories count for, and their choice as a line."""
    now, spoken = (files_state(), date.today()), language().code
    names, conventions = _choices(now, spoken)
    method = filters.asked(
        "methodology", _("Methodology"), names, default="oecd_dac", forget=_OF_METHODOLOGY
    )
    counting = filters.asked("convention", _("What counts"), conventions[method.chosen])
    rules = (method, counting)
    shown = rules if len(counting.options) > 1 else (method,)
    return {one.name: one.chosen for one in rules}, folded_html((*before, *shown))


@lru_cache(maxsize=16)
def _choices(_now: object, code: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return what methodologies are called, and for each what its conventions are."""
    say = language_of(code).say
    names = {one.code: say(one.labels) for one in methodologies()}  # the newest version's name
    conventions = {
        name: {one: say(rule.labels) for one, rule in methodology(name).conventions.items()}
        for name in names
    }
    return names, conventions


def figures_and_groups(shown: Report, folded: Html) -> None:
    """Show what is seldom chosen, the numbers that head the page, and the groups as bars.

    All of them are one element: each costs a click as much as all of their HTML.
    """

    def above(words: Language) -> str:
        return _figures_html(shown, words) + stance_charts.heading(words.say(group_finding(shown)))

    st.html(Html(folded + stance_charts.stance_bars(shown, above)))


def _figures_html(shown: Report, words: Language) -> str:
    """Return the interval, what counts, what is screened, approved and doubtful; each opens."""
    facts = shown.facts
    left = words.number(facts["open_line_count"], 0)
    return as_html(
        (
            *_interval_figure(text("Meant for equality"), ("low", "high"), facts, words),
            _share_figure(text("Counted"), "counted", facts, words),
            _share_figure(text("Screened"), "screened", facts, words),
            _figure(text("Lines left"), {"not_screened": left}, words),
            _share_figure(text("Read and approved"), "approved", facts, words),
            *_doubt_figure(facts, words),
        )
    )


def _interval_figure(
    label: Text,
    bounds: tuple[str, str],
    facts: Mapping[str, Any],
    words: Language,
    told: Text | None = None,
) -> tuple[KeyFigure, ...]:
    """Return what is meant for equality; nothing where categories have no stances."""
    low, high = bounds
    if facts[high] is None:
        return ()
    if facts[f"{low}_share"] is None or facts[f"{high}_share"] is None:
        return (_figure(label, {high: words.say(text("not known"))}, words, told),)
    written = {name: words.share(facts[f"{name}_share"]) for name in bounds}
    if facts[low] == facts[high]:
        written.pop(low)
    return (_figure(label, written, words, told),)


def _doubt_figure(facts: Mapping[str, Any], words: Language) -> tuple[KeyFigure, ...]:
    if not facts["doubt"]:
        return ()
    bounds = ("doubtful_low", "doubtful_high")
    return _interval_figure(text("If doubtful marks fell"), bounds, facts, words, facts["doubt"])


def _share_figure(label: Text, name: str, facts: Mapping[str, Any], words: Language) -> KeyFigure:
    share = facts[f"{name}_share"]
    value = words.share(share) if share is not None else words.say(text("not known"))
    return _figure(label, {name: value}, words)


def _figure(
    label: Text, numbers: Mapping[str, str], words: Language, told: Text | None = None
) -> KeyFigure:
    return KeyFigure(
        words.say(label),
        " – ".join(numbers.values()),
        words.say(told) if told else "",
        numbers=[(written, {"number": name}) for name, written in numbers.items()],
    )


def trail(shown: Report) -> None:
    """Show into what the view is drilled, and the way back."""
    within = read_path(str(shown.parameters["within"]))
    if not within:
        return
    with st.container(horizontal=True):
        st.button(_("All of the budget"), icon=":material/home:", on_click=_keep, args=(within, 0))
        for place, (dimension, path) in enumerate(within, start=1):
            label = f"{language().say(dimension_name(dimension))} {path}"
            st.button(plain(label), key=f"trail_{place}", on_click=_keep, args=(within, place))


def _keep(within: Any, count: int) -> None:
    address.choose(within=write_path(within[:count]), page="", category="")


def group_finding(shown: Report) -> Text:
    """Return the finding that heads the chart of groups."""
    rows = [row for row in shown.tables["groups"].rows.to_pylist() if row["high_share"]]
    screened = shown.facts["screened_share"]
    if not rows and screened:
        return text("{share} of the money is screened; the rest is outlined", share=Share(screened))
    if not rows:
        return text("Nothing of the budget is tagged yet: all of it is outlined")
    if shown.facts["high"] <= 0:  # refunds outweigh it: there is no whole to be a part of
        return text("What is meant for equality adds up to no more than zero")
    best = max(rows, key=lambda row: row["principal"] + row["significant"])
    part = (best["principal"] + best["significant"]) / shown.facts["high"]
    return text(
        "{share} of what is meant for equality is in {label}",
        share=Share(part),
        label=best["label"],
    )
