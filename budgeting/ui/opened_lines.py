"""The lines behind a number of the gender overview: a number opens to them above the page."""

from collections.abc import Mapping

import streamlit as st

from budgeting.methodologies import methodology
from budgeting.model import Money, Report, Stage, Text, plural_text, text
from budgeting.names import dimension_name, stage_name
from budgeting.reports.explorer_view import read_path
from budgeting.reports.gender.changed_lines import CHANGE_NAMES
from budgeting.reports.gender.lines import LINES_PER_PAGE
from budgeting.reports.gender.numbers import NUMBERS
from budgeting.ui import address, filters, pressed
from budgeting.ui.filters import capital
from budgeting.ui.frame import guarded, plain
from budgeting.ui.session import language, report
from budgeting.ui.session import say as _
from budgeting.ui.tables import filled, report_table

# why stands beside the amount; what a narrow screen can do without comes last
_ORDER = (
    *("label", "part", "counted", "amount", "before", "after", "weight", "category_before"),
    *("category", "reason", "author", "mark_state", "reviewer", "confidence", "inherited"),
    *("share", "evidence_link", "programme", "codes"),
)


def show(given: Mapping[str, str]) -> None:
    """Hear which number is chosen, and show the lines of the one that is open."""
    pressed.listen()
    opened = pressed.opened()
    if opened:
        title = _("The lines of this number")
        st.dialog(title, width="large", on_dismiss=pressed.close)(_lines)(given, opened)


def _lines(given: Mapping[str, str], opened: Mapping[str, str]) -> None:
    with guarded():
        found = _found(given, opened)
        st.markdown(f"**{plain(_sum(found))}**  \n{plain(_place(found))}")
        lines_table(found)
        pages, rows = int(found.facts["page_count"]), int(found.facts["row_count"])
        filters.pages(pages, rows, LINES_PER_PAGE)


def lines_table(found: Report) -> None:
    """Show a page of lines: on a narrow screen the amount stands beside the name."""
    lines = found.tables["lines"]
    report_table(lines, order=filled(lines, _ORDER), widths={"label": 220})


def _found(given: Mapping[str, str], opened: Mapping[str, str]) -> Report:
    is_change = "part" in opened
    asked = {**given, **opened, "page": address.value("page", "1")}
    return report("changed_lines" if is_change else "marked_lines", asked)


def _sum(found: Report) -> str:
    """Return how many lines there are and what they sum to, to the cent."""
    words, facts = language(), found.facts
    total = words.money(Money(facts["total"], facts["currency"]))
    return words.say(
        plural_text(
            "{count} line, exactly {total}.",
            "{count} lines, exactly {total} together.",
            facts["line_count"],
            total=total,
        )
    )


def _place(found: Report) -> str:
    """Return in words which number it is: of which year, stage, methodology and part."""
    return "; ".join(capital(language().say(one)) for one in place(found))


def place(found: Report) -> tuple[Text, ...]:
    """Return which number a list of lines adds up to: what it counts, and of what."""
    asked = found.parameters
    rules = methodology(asked["methodology"], asked["version"])
    name = CHANGE_NAMES[asked["part"]] if "part" in asked else NUMBERS[asked["number"]].name
    known = {category.code: category.labels for category in rules.categories}
    category = asked["category"]
    return (
        text("{name}", name=name),
        *((text("category {category}", category=known[category]),) if category in known else ()),
        *(
            text("{dimension} {code}", dimension=dimension_name(dimension), code=code)
            for dimension, code in read_path(asked["within"])
        ),
        text(
            "{year}, {stage}, “{methodology}”",
            year=asked["year"],
            stage=stage_name(Stage(asked["stage"])),
            methodology=rules.labels,
        ),
    )
