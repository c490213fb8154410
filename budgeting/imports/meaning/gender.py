"""Gender column: which category a line has by the file's own words, and what is not known of it."""

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.mappings.mapping import GenderRule
from budgeting.methodologies import Methodology, methodologies
from budgeting.model import Finding, Severity, plural_text, text

_SHOWN = 5


def methodology_of(code: str) -> Methodology | None:
    """Return the newest version of a methodology; None where the code is not one."""
    versions = [one for one in methodologies() if one.code == code]
    return versions[-1] if versions else None


def category_codes(code: str) -> set[str]:
    """Return the categories of all versions of a methodology; empty where the code is not one."""
    return {
        category.code for one in methodologies() if one.code == code for category in one.categories
    }


def categories_of(columns: Columns, rule: GenderRule) -> Cells:
    """Return the category of every row; "" where its cell means none, or the methodology is unknown."""
    found, known = constant("", len(columns)), category_codes(rule.methodology)
    cells = columns.cells(rule.column)
    for category, pattern in rule.categories.items():
        if category in known:
            found = pc.if_else(pc.match_substring_regex(cells, pattern), category, found)
    return found


def gender_findings(columns: Columns, rule: GenderRule, is_line: Cells) -> list[Finding]:
    """Tell where cells of the gender column become no marks."""
    known, column = category_codes(rule.methodology), columns.name_of(rule.column)
    if not known:
        return [_no_methodology(column, rule.methodology)]
    findings = [
        _no_category(column, category, rule.methodology)
        for category in rule.categories
        if category not in known
    ]
    is_silent = pc.and_(pc.equal(categories_of(columns, rule), ""), is_line)
    words = columns.cells(rule.column).filter(is_silent)
    said = words.filter(pc.not_equal(words, ""))
    return [*findings, _without_category(column, said)] if len(said) else findings


def _no_methodology(column: str | None, code: str) -> Finding:
    return Finding(
        "gender-methodology",
        Severity.WARNING,
        text(
            "The column marks lines by gender, and it is not known by which methodology. "
            "No mark is stored."
        ),
        text(
            "Choose the methodology and what the words of the column mean (on the page, or in the mapping)."
        ),
        column=column,
        value=code or None,
    )


def _no_category(column: str | None, category: str, methodology: str) -> Finding:
    return Finding(
        "gender-category",
        Severity.WARNING,
        text(
            "“{category}” is no category of the methodology {methodology}; it becomes no mark.",
            category=category,
            methodology=methodology,
        ),
        text("Say which of its categories the words of the column mean."),
        column=column,
        value=category,
    )


def _without_category(column: str | None, said: pa.ChunkedArray) -> Finding:
    different = pc.unique(said).to_pylist()
    return Finding(
        "gender-category",
        Severity.NOTE,
        plural_text(
            "{count} line says something in the gender column that is no category: {words}. It gets no mark.",
            "{count} lines say something in the gender column that is no category: {words}. "
            "They get no mark.",
            len(said),
            words=", ".join(different[:_SHOWN]) + (" …" if len(different) > _SHOWN else ""),
        ),
        column=column,
    )
