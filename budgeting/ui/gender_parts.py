"""Parts of the gender overview: its filters, key figures, drilling, the lines behind a number."""

from typing import Any

import streamlit as st

from budgeting.methodologies import Methodology, methodologies, methodology
from budgeting.model import Money, Report, Share, Text, text
from budgeting.names import dimension_name
from budgeting.reports.explorer_view import read_path, write_path
from budgeting.reports.gender.changes import PARTS
from budgeting.reports.gender.lines import LINES_PER_PAGE
from budgeting.reports.gender.money import NOT_SCREENED, OTHER_VERSION
from budgeting.ui import address, charts, filters
from budgeting.ui.frame import plain
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

ADDRESS = (
    *("municipality", "year", "stage", "by", "within", "page"),
    *("methodology", "convention", "category"),
)
_ALL = "all"


def method_filters() -> dict[str, str]:
    """Show the choice of methodology and of what its categories count for."""
    say = language().say
    names = {one.code: say(one.labels) for one in methodologies()}  # the newest version's name
    code = filters.choice(
        "methodology",
        _("Methodology"),
        names,
        default="oecd_dac",
        forget=("convention", "category", "page", "layout", "unit"),
    )
    conventions = _chosen(code).conventions
    chosen = {"methodology": code}
    if len(conventions) > 1:
        options = {name: say(one.labels) for name, one in conventions.items()}
        chosen["convention"] = filters.choice("convention", _("What counts"), options)
    return chosen


def _chosen(code: str) -> Methodology:
    return methodology(code)


def key_figures(shown: Report) -> None:
    """Show the interval, what counts, what is screened, approved and doubtful."""
    facts, words = shown.facts, language()
    with st.container(horizontal=True):
        if facts["high"] is not None:
            _interval_metric(shown)
        by_rule = _("By the rule “{convention}”.", convention=facts["convention"])
        _share_metric(_("Counted"), "counted", shown, by_rule)
        _share_metric(
            _("Screened"), "screened", shown, _("The part of the money that somebody has marked.")
        )
        st.metric(_("Lines left"), words.number(facts["open_line_count"], 0))
        _share_metric(
            _("Read and approved"),
            "approved",
            shown,
            _("The part of the money whose mark a second person has read and approved."),
        )
    sentences = [shown.facts["doubt"], shown.facts["concentration"]]
    told = [words.say(sentence) for sentence in sentences if sentence]
    if told:
        st.markdown(plain(" ".join(told)))


def _interval_metric(shown: Report) -> None:
    facts, words = shown.facts, language()
    low, high, currency = facts["low_share"], facts["high_share"], facts["currency"]
    value = _("not known")
    if low is not None and high is not None:
        value = words.share(low) if low == high else f"{words.share(low)} – {words.share(high)}"
    st.metric(
        _("Meant for equality"),
        value,
        help=_(
            "{low} with equality as the main aim, {high} with what has it as a significant one.",
            low=Money(facts["low"], currency),
            high=Money(facts["high"], currency),
        ),
    )


def _share_metric(label: str, name: str, shown: Report, explanation: str) -> None:
    amount, share = shown.facts[name], shown.facts[f"{name}_share"]
    exact = language().say(text("Exactly {amount}.", amount=Money(amount, shown.facts["currency"])))
    value = language().share(share) if share is not None else _("not known")
    st.metric(label, value, help=f"{explanation} {exact}")


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
    """Show the table of groups; choosing a row opens it."""
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


def stage_finding(shown: Report) -> Text:
    """Return the finding that heads planned against executed."""
    rows = {row["stage"]: row for row in shown.tables["stages"].rows.to_pylist()}
    planned = rows.get("revised") or rows.get("approved")
    spent = rows.get("executed")
    if not planned or not spent:
        return text("Planned and executed")
    if planned["counted_share"] is None or spent["counted_share"] is None:
        return text("Planned and executed")
    return text(
        "Counted for equality: {planned} of the plan, {spent} of what was spent",
        planned=Share(planned["counted_share"]),
        spent=Share(spent["counted_share"]),
    )


def change_bars(shown: Report) -> None:
    """Show why what counts changed since the year before, part by part."""
    rows = shown.tables["change"].rows.to_pylist()
    if not rows:
        return
    names = {
        "price": _("Price"),
        "volume": _("Volume"),
        "reclassification": _("Reclassification"),
        "new_lines": _("New lines"),
        "ended_lines": _("Ended lines"),
    }
    counted = rows[-1]
    if counted["price"] is None:
        names["volume"] = _("Price and volume")
    bars = [
        {"code": "", "label": names[part], "change": counted[part]}
        for part in PARTS
        if counted[part] is not None
    ]
    charts.signed_bars(bars, shown.facts["currency"])


def lines_behind(shown: Report, given: dict[str, str]) -> None:
    """Show the lines behind a category, with their reasons; drawn only while it is open."""
    say = language().say
    options = {_ALL: _("All lines")}
    rows = shown.tables["categories"].rows.to_pylist()
    options |= {row["category"]: row["label"] for row in rows if row["category"]}
    if shown.facts["other_version"]:
        options[OTHER_VERSION] = _("Marked under another version")
    options[NOT_SCREENED] = _("Not screened")
    panel = st.expander(
        _("The lines behind these numbers, and why"), key="lines", on_change="rerun"
    )
    if not panel.open:
        return
    with panel:
        category = filters.choice("category", _("Lines of"), options, forget=("page",))
        asked = {**given, "category": "" if category == _ALL else category}
        found = report("marked_lines", {**asked, "page": address.value("page", "1")})
        st.markdown(plain(say(found.answer)))
        report_table(found.tables["lines"])
        _pages(found)


def _pages(found: Report) -> None:
    count = int(found.facts["page_count"])
    if count <= 1:
        return
    number, total = language().number, int(found.facts["row_count"])
    pages = {
        str(page): _(
            "{first} to {last} of {total}",
            first=number((page - 1) * LINES_PER_PAGE + 1),
            last=number(min(total, page * LINES_PER_PAGE)),
            total=number(total),
        )
        for page in range(1, count + 1)
    }
    filters.choice("page", _("Budget lines, largest first"), pages)
