"""Gender budget statement: what the marks say about a budget, as it is published."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.amounts import ratio
from budgeting.methodologies import Methodology, methodology
from budgeting.model import Direction, Report, Vintage, text
from budgeting.reports.gender.figures import edited_line_count, figures
from budgeting.reports.gender.money import OTHER_VERSION, marked_money
from budgeting.reports.gender.view import GenderView, Question, question
from budgeting.reports.gender.words import notes
from budgeting.reports.scope import members, scope, statement_source, stored_years
from budgeting.reports.statements.asked import Asked, pieces_of, wholes_of
from budgeting.reports.statements.layout import Layout, Shown
from budgeting.reports.statements.layouts import layout_of
from budgeting.reports.statements.sheet import Sheet, arranged
from budgeting.reports.statements.units import unit_of
from budgeting.reports.statements.words import answer, missing, parameters, stamp
from budgeting.store import Store
from budgeting.tagging import ZERO


def build(
    store: Store, view: GenderView, layout_name: str | None = None, unit: str | None = None
) -> Report:
    """Answer what the gender budget statement says.

    Parameters
    ----------
    layout_name
        One of `LAYOUTS`; without it the one meant for the methodology.
    unit
        One of `UNITS`; without it the one in which the layout writes the currency of the year.

    Returns
    -------
    Report
        Table ``statement``: rows and their sums, closed by what is screened but not in it, what is
        marked under another version, what is not screened, and all of the budget. Facts: the
        amounts of the statement of amounts that was asked for, in whole currency; ``findings``,
        sentences of the layout; ``named_in``, the columns that say what a row is.

    Raises
    ------
    UnknownReport
        No such layout or unit, or a layout that is not meant for the methodology.
    NotFound, UnknownMethodology, EvidenceInvalid
        As `question`.
    """
    method = methodology(view.methodology, view.version, on=date(view.fiscal_year, 12, 31))
    layout = layout_of(method, layout_name)
    asked = _asked(store, view, layout, unit)
    sheet = layout.describe(asked)
    facts, findings = _facts(asked, sheet), layout.findings(asked)
    money = marked_money(store, asked.question.vintage, method)
    found = figures(money, method, asked.question.convention)
    edited = edited_line_count(store, asked.question.vintage, asked.question.methodology)
    return Report(
        name="gender_budget_statement",
        title=text("What does the gender budget statement say?"),
        answer=answer(asked, facts),
        parameters=parameters(asked, layout),
        tables={"statement": arranged(asked, sheet)},
        facts={**facts, "layout": layout.label, "findings": findings},
        notes=(
            *findings,
            *stamp(asked, facts),
            *missing(asked, layout),
            *notes(
                asked.question, replace(found, tagged=None), edited
            ),  # a layout has its interval
        ),
        sources=tuple(
            statement_source(asked.question.where, vintage)
            for vintage in dict.fromkeys(asked.vintages.values())
            if vintage
        ),
        data_version=store.data_version,
    )


def without_choice(store: Store, given: Mapping[str, str]) -> Mapping[str, str]:
    """Return parameters with the municipality and year that nobody needed to name.

    The municipality where the database holds only one; its newest year that has marks under the
    methodology, else its newest year.
    """
    stored = stored_years(store)
    names = {row["municipality_code"] for row in stored}
    code = given.get("municipality") or (names.pop() if len(names) == 1 else "")
    if not code or given.get("year"):
        return {**given, "municipality": code}
    marked = store.query(
        "marked_years",
        municipality_code=code,
        methodology=given.get("methodology") or "oecd_dac",
    )["fiscal_year"].to_pylist()
    years = [row["fiscal_year"] for row in stored if row["municipality_code"] == code]
    newest = max(marked or years, default="")
    return {**given, "municipality": code, "year": str(newest)}


def _asked(store: Store, view: GenderView, layout: Layout, unit: str | None) -> Asked:
    where = scope(store, view.municipality_code, view.fiscal_year, Direction.EXPENDITURE)
    stage = view.stage or next((one for one in layout.stages if where.newest(one)), None)
    asked = question(store, replace(view, stage=stage))
    vintages = {name: _vintage(asked, shown) for name, shown in layout.statements.items()}
    methods = _methods(asked, layout)
    first = next(iter(methods))
    return Asked(
        question=asked,
        unit=unit_of(unit or layout.units.get(where.year.currency_code)),
        vintages=vintages,
        methodologies=methods,
        pieces=tuple(
            piece
            for code, method in methods.items()
            for piece in pieces_of(
                store,
                method,
                vintages,
                view.fiscal_year,
                has_classes=layout.has_classes,
                unless=first if code != first else None,
            )
        ),
        wholes=wholes_of(store, vintages),
        known=members(store, asked.where, view.language),
    )


def _methods(asked: Question, layout: Layout) -> dict[str, Methodology]:
    """Return the methodologies of the statement; a line counts under the first that marks it."""
    if not layout.is_for_all_of_them:
        return {asked.methodology.code: asked.methodology}
    day = date(asked.vintage.fiscal_year, 12, 31)
    known = {code: methodology(code, on=day) for code in layout.methodologies}
    return known | {asked.methodology.code: asked.methodology}


def _vintage(asked: Question, shown: Shown) -> Vintage | None:
    """Return a statement of amounts in the currency of the year; None where there is none."""
    if shown.stage is None and not shown.years_before:
        return asked.vintage
    where, year = asked.where, asked.vintage.fiscal_year - shown.years_before
    if year not in where.years or where.years[year].currency_code != where.year.currency_code:
        return None
    return where.newest(shown.stage or asked.vintage.stage, year)


def _facts(asked: Asked, sheet: Sheet) -> dict[str, Any]:
    """Return the amounts of the statement of amounts that was asked for; they add up to the total."""
    total = asked.whole("main") or ZERO
    sums = dict.fromkeys(("listed", "unlisted", "other_version"), ZERO)
    for piece in asked.pieces:
        if asked.is_of(piece, "main"):
            is_listed = any(part.has(piece) for part in sheet.parts)
            is_other = piece.category == OTHER_VERSION
            name = "other_version" if is_other else "listed" if is_listed else "unlisted"
            sums[name] += piece.amount
    amounts: dict[str, Decimal] = {"total": total, **sums}
    amounts["not_screened"] = total - sum(sums.values(), ZERO)
    amounts["approved"] = sum(
        (piece.approved for piece in asked.pieces if asked.is_of(piece, "main")), ZERO
    )
    return {
        **amounts,
        **{f"{name}_share": ratio(amount, total) for name, amount in amounts.items()},
        "is_marked": bool(asked.pieces),
        "named_in": sheet.named_in,
        "is_fictional": asked.question.where.is_fictional,
        "currency": asked.currency,
        "stage": asked.question.vintage.stage.value,
    }
