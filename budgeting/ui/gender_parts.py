"""Parts of the gender overview: its filters, key figures, drilling."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import streamlit as st

from budgeting.methodologies import files_state, methodologies, methodology
from budgeting.model import Money, Report, Share, Text, text
from budgeting.names import dimension_name
from budgeting.reports.explorer_view import read_path, write_path
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui import address, filters
from budgeting.ui.frame import plain
from budgeting.ui.kept import ByIdentity
from budgeting.ui.key_figures import KeyFigure, as_html
from budgeting.ui.session import language
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

ADDRESS = (
    *("municipality", "year", "stage", "by", "within", "page"),
    *("methodology", "convention", "category", "table"),
)


def method_filters() -> dict[str, str]:
    """Show the choice of methodology and of what its categories count for."""
    names, conventions = _choices((files_state(), date.today()), language().code)
    code = filters.choice(
        "methodology",
        _("Methodology"),
        names,
        default="oecd_dac",
        forget=("convention", "category", "page", "layout", "unit"),
        width=filters.LONG,
    )
    chosen = {"methodology": code}
    if len(conventions[code]) > 1:
        chosen["convention"] = filters.choice(
            "convention", _("What counts"), conventions[code], width=filters.LONG
        )
    return chosen


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


def key_figures(shown: Report) -> None:
    """Show the interval, what counts, what is screened, approved and doubtful."""
    st.html(_figures_html(ByIdentity(shown), language().code))
    if shown.facts["doubt"]:
        st.markdown(plain(language().say(shown.facts["doubt"])))


@lru_cache(maxsize=256)
def _figures_html(of: ByIdentity[Report], code: str) -> str:
    facts, words = of.what.facts, language_of(code)
    by_rule = text("By the rule “{convention}”.", convention=facts["convention"])
    screened = text("The part of the money that somebody has marked.")
    approved = text("The part of the money whose mark a second person has read and approved.")
    left = KeyFigure(words.say(text("Lines left")), words.number(facts["open_line_count"], 0))
    return as_html(
        (
            *_interval_figure(facts, words),
            _share_figure(text("Counted"), "counted", facts, by_rule, words),
            _share_figure(text("Screened"), "screened", facts, screened, words),
            left,
            _share_figure(text("Read and approved"), "approved", facts, approved, words),
        )
    )


def _interval_figure(facts: Mapping[str, Any], words: Language) -> tuple[KeyFigure, ...]:
    """Return what is meant for equality; nothing where categories have no stances."""
    if facts["high"] is None:
        return ()
    low, high, currency = facts["low_share"], facts["high_share"], facts["currency"]
    value = words.say(text("not known"))
    if low is not None and high is not None:
        value = words.share(low) if low == high else f"{words.share(low)} – {words.share(high)}"
    exact = text(
        "{low} with equality as the main aim, {high} with what has it as a significant one.",
        low=Money(facts["low"], currency),
        high=Money(facts["high"], currency),
    )
    return (KeyFigure(words.say(text("Meant for equality")), value, words.say(exact)),)


def _share_figure(
    label: Text, name: str, facts: Mapping[str, Any], explanation: Text, words: Language
) -> KeyFigure:
    share = facts[f"{name}_share"]
    exact = text("Exactly {amount}.", amount=words.money(Money(facts[name], facts["currency"])))
    return KeyFigure(
        words.say(label),
        words.share(share) if share is not None else words.say(text("not known")),
        f"{words.say(explanation)} {words.say(exact)}",
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


def group_rows(shown: Report) -> None:
    """Offer the table of groups, drawn only while it is open; choosing a row opens it."""
    panel = st.expander(
        _("The table behind this chart; choose a row to open it"), key="groups", on_change="rerun"
    )
    if panel.open:
        with panel:
            _chosen_group(shown)


def _chosen_group(shown: Report) -> None:
    chosen = report_table(shown.tables["groups"], on_select="rerun", key="gender_groups")
    if not chosen:
        return
    row = shown.tables["groups"].rows.slice(chosen[0], 1).to_pylist()[0]
    by = str(shown.parameters["by"])
    kept = [step for step in read_path(str(shown.parameters["within"])) if step[0] != by]
    st.button(
        plain(_("Open {name}", name=row["label"])),
        type="primary",
        icon=":material/arrow_forward:",
        on_click=address.choose,
        kwargs={"within": write_path([*kept, (by, row["path_code"])]), "page": ""},
    )


def group_finding(shown: Report) -> Text:
    """Return the finding that heads the chart of groups."""
    return _group_finding(ByIdentity(shown))


@lru_cache(maxsize=256)
def _group_finding(of: ByIdentity[Report]) -> Text:
    shown = of.what
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
