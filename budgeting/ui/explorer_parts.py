"""Parts of the budget explorer: the second row of filters, drilling, pages of lines, one line."""

from collections.abc import Callable

import streamlit as st

from budgeting.model import Direction, Report, Stage
from budgeting.names import dimension_name
from budgeting.reports.budget_explorer import LINE, LINES_PER_PAGE
from budgeting.reports.explorer_view import read_path, write_path
from budgeting.reports.scope import stored_years
from budgeting.settings import LANGUAGES
from budgeting.ui import address, charts, filters, frame
from budgeting.ui.drill_table import payload
from budgeting.ui.overview_parts import largest_change
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import report_table

ADDRESS = (
    *("municipality", "year", "direction", "stage"),
    *("by", "within", "words", "prices", "per", "page", "line"),
)


def choices_so_far() -> dict[str, str]:
    """Return the choices of the second row of filters and of drilling."""
    names = ("by", "within", "words", "prices", "per", "page")
    return {name: address.value(name) for name in names if address.value(name)}


def warm_up() -> None:
    """Ask what a first visitor asks, in each language, so that it is known when they come."""
    rows = stored_years(open_store())
    if not rows:
        return
    town = rows[0]["municipality_code"]
    newest = max(row["fiscal_year"] for row in rows if row["municipality_code"] == town)
    for code in LANGUAGES:
        given = {
            "municipality": town,
            "year": str(newest),
            "direction": Direction.EXPENDITURE.value,
            "stage": Stage.REVISED.value,
            "language": code,
        }
        payload(report("budget_explorer", given), Stage.REVISED.value, code)


def more_filters(shown: Report) -> None:
    """Show what divides the view, the search field, prices and per resident."""
    say = language().say
    by = {name: filters.capital(say(dimension_name(name))) for name in shown.facts["choices"]}
    prices = {"nominal": _("Nominal"), "constant": _("Constant prices")}
    per = {"total": _("Total"), "resident": _("Per resident")}
    with st.container(horizontal=True):
        filters.words(_("Search"), _("Words or codes"))
        filters.choice("by", _("Break down by"), by, default=shown.facts["by"], forget=("page",))
        filters.choice("prices", _("Prices"), prices)
        filters.choice("per", _("Amounts"), per)


def open_member(shown: Report) -> Callable[[str], None]:
    """Return what happens when a name in the table is chosen: the next level, or the line."""
    by, within = str(shown.facts["by"]), read_path(str(shown.parameters["within"]))

    def open_path(path: str) -> None:
        if by == LINE:
            address.choose(line=path)
            return
        narrowed = [step for step in within if step[0] != by]
        address.choose(within=write_path([*narrowed, (by, path)]), page="", line="")

    return open_path


def go_back(shown: Report) -> Callable[[int], None]:
    """Return what happens when a step of the breadcrumb is chosen: later steps are dropped."""
    within = read_path(str(shown.parameters["within"]))

    def keep(count: int) -> None:
        address.choose(within=write_path(within[:count]), page="", line="")

    return keep


def pages_of_lines(shown: Report) -> None:
    """Let the reader turn pages where there are more lines than one page shows."""
    filters.pages(int(shown.facts["page_count"]), int(shown.facts["row_count"]), LINES_PER_PAGE)


def nothing_found(shown: Report) -> None:
    """Say that nothing matches, and offer the way back."""
    st.info(_("Nothing is found for this choice."), icon=":material/search_off:")
    if st.button(_("Show everything again")):
        address.choose(words="", within="", page="", by="")
        st.rerun()


def largest_moves(shown: Report) -> None:
    """Offer the largest changes against the year before; drawn only while they are open."""
    if shown.tables["moves"].rows.num_rows <= 1:
        return
    moves = st.expander(
        _("Largest moves against the year before"), key="largest_moves", on_change="rerun"
    )
    if moves.open:
        with moves:
            st.markdown(f"**{frame.plain(language().say(largest_change(shown)))}**")
            charts.change_bars(shown)
            report_table(shown.tables["moves"])


def line_behind(code: str) -> None:
    """Show where the numbers of the chosen budget line come from."""
    number = address.value("line")
    if not number:
        return
    with frame.guarded():
        found = report("budget_line", {"line": number, "language": code})
        with st.container(border=True):
            st.subheader(language().say(found.title), anchor=False)
            st.markdown(frame.plain(language().say(found.answer)))
            report_table(found.tables["amounts"])
            if found.tables["links"].rows.num_rows:
                report_table(found.tables["links"])
            report_table(found.tables["classification"])
            if st.button(_("Close")):
                address.choose(line="")
                st.rerun()
