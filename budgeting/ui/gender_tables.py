"""What stands below the chart of the gender overview: one table at a time, chosen beside each other."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from itertools import chain

import streamlit as st

from budgeting.methodologies import methodology
from budgeting.model import Report, Share, Text, text
from budgeting.reports import read_gender_view
from budgeting.reports.gender import next_clicks
from budgeting.reports.gender.lines import LINES_PER_PAGE
from budgeting.reports.gender.money import NOT_SCREENED, OTHER_VERSION
from budgeting.translations import language as language_of
from budgeting.ui import (
    address,
    downloads,
    filters,
    frame,
    gender_parts,
    opened_lines,
    stance_charts,
)
from budgeting.ui.ahead import AHEAD
from budgeting.ui.frame import plain
from budgeting.ui.session import language, open_store, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import write_table

_ALL = "all"
_LINES = "groups"  # of the report, the lines need nothing but what every view has
ASKED = ("table", "category", "page")  # choices of this part, of which nothing above it speaks
_OF_STATEMENT = ("municipality", "year", "stage", "methodology", "within")
_TABLES = {
    "stages": text("Planned and spent"),
    "years": text("Year by year"),
    "change": text("Why it changed"),
    "categories": text("Categories"),
    "largest": text("Largest lines"),
    "methodologies": text("Methodologies"),
    _LINES: text("Lines and reasons"),
}
_OF_ALL_OF_IT = ("stages", "years", "change", "methodologies")


def show(given: Mapping[str, str]) -> None:
    """Show which tables there are and the one that is open, its files and where it is from."""
    opened = filters.segments("table", _("Show"), _names(language().code), "stages")
    shown = report("gender_overview", {**given, "table": opened})
    if shown.parameters["within"] and opened in _OF_ALL_OF_IT:
        st.caption(_("This is about all of the budget."))
    _CONTENTS[opened](shown, given)
    downloads.offer(shown, lambda: report("gender_overview", given))
    frame.foot(shown)
    address.write(*gender_parts.ADDRESS)


def find_out_ahead(given: Mapping[str, str]) -> None:
    """Let what the next clicks ask about this statement be found out while it is looked at."""
    store, view, spoken = open_store(), read_gender_view(given), language().code
    key = (store.budget_state, spoken, *(given[name] for name in _OF_STATEMENT))
    first_lines = partial(_write_lines, _asked_lines(given), spoken)
    AHEAD.wish(key, lambda: chain(next_clicks.of_statement(store, view), [first_lines]))


@lru_cache
def _names(spoken: str) -> dict[str, str]:
    """Return what the tables are called in a language."""
    return {table: language_of(spoken).say(name) for table, name in _TABLES.items()}


def _stages(shown: Report, _given: Mapping[str, str]) -> None:
    stance_charts.interval_bars(shown, "stages", "stage", stage_finding(shown))


def _years(shown: Report, _given: Mapping[str, str]) -> None:
    finding = text("Year by year: meant for equality, and screened")
    stance_charts.interval_bars(shown, "years", "year", finding)


def _change(shown: Report, _given: Mapping[str, str]) -> None:
    stance_charts.change_bars(shown, shown.facts["change"])


def _categories(shown: Report, _given: Mapping[str, str]) -> None:
    stance_charts.number_table(shown, "categories", text("What each category holds"))


def _largest(shown: Report, _given: Mapping[str, str]) -> None:
    finding = shown.facts["concentration"] or text("The lines on which this rests most")
    stance_charts.number_table(shown, "largest", finding)


def _methodologies(shown: Report, _given: Mapping[str, str]) -> None:
    finding = text("Methodologies side by side, none converted into another")
    stance_charts.number_table(shown, "methodologies", finding)


def _lines(shown: Report, given: Mapping[str, str]) -> None:
    """Show the lines behind a category, each with its mark and why."""
    category = filters.choice("category", _("Lines of"), _line_kinds(shown), forget=("page",))
    asked = _asked_lines(given, category, address.value("page", "1"))
    found = report("marked_lines", asked)
    st.subheader(plain(language().say(found.answer)), anchor=False)
    _find_out_next_page(found, asked)
    opened_lines.lines_table(found)
    filters.pages(int(found.facts["page_count"]), int(found.facts["row_count"]), LINES_PER_PAGE)


def _asked_lines(given: Mapping[str, str], category: str = _ALL, page: str = "1") -> dict[str, str]:
    return {**given, "category": "" if category == _ALL else category, "page": page}


def _find_out_next_page(found: Report, asked: Mapping[str, str]) -> None:
    """Let the page after this one be found out while this one is read."""
    here = int(found.parameters["page"])
    if here < found.facts["page_count"]:
        following = {**asked, "page": str(here + 1)}
        key = (open_store().budget_state, *following.values())
        step = partial(_write_lines, following, language().code)
        AHEAD.wish(key, lambda: [step])


def _write_lines(asked: Mapping[str, str], spoken: str) -> None:
    """Build a page of lines and write its cells; both are kept for the click that asks for them."""
    write_table(report("marked_lines", asked).tables["lines"], language_of(spoken))


_CONTENTS: Mapping[str, Callable[[Report, Mapping[str, str]], None]] = {
    "stages": _stages,
    "years": _years,
    "change": _change,
    "categories": _categories,
    "largest": _largest,
    "methodologies": _methodologies,
    _LINES: _lines,
}


def stage_finding(shown: Report) -> Text:
    """Return the finding that heads planned against executed."""
    rows = {row["stage"]: row for row in shown.tables["stages"].rows.to_pylist()}
    planned = rows.get("revised") or rows.get("approved")
    spent = rows.get("executed")
    if not planned or not spent:
        return text("Planned and executed")
    if planned["counted_share"] is None or spent["counted_share"] is None:
        return text("Planned and executed")
    if not planned["screened_share"] and not spent["screened_share"]:
        return text("Planned and executed: nothing is screened, so what counts is not known")
    return text(
        "Counted for equality: {planned} of the plan, {spent} of what was spent",
        planned=Share(planned["counted_share"]),
        spent=Share(spent["counted_share"]),
    )


def _line_kinds(shown: Report) -> dict[str, str]:
    say, asked = language().say, shown.parameters
    rules = methodology(asked["methodology"], asked["version"])
    kinds = {_ALL: _("All lines")}
    kinds |= {category.code: say(category.labels) for category in rules.categories}
    if shown.facts["other_version"]:
        kinds[OTHER_VERSION] = _("Marked under another version")
    return kinds | {NOT_SCREENED: _("Not screened")}
