"""Records of a service: the lines that pay for it, where its figures come from, 4R answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.model import Column, Table, text
from budgeting.reports.beneficiaries.counts import Row
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.tables import table
from budgeting.services.lists import questions
from budgeting.services.reading import line_amounts, register
from budgeting.store import Store
from budgeting.suppression import Bracket, bracket_words
from budgeting.translations import language as language_of


def line_table(store: Store, asked: Question, service: ServicePicture) -> Table:
    """Return one row per budget line that pays for the service, or whose revenue are its fees."""
    unit = asked.where.year.currency_code
    columns = (
        Column("label", text("budget line")),
        Column("direction", text("direction"), "code"),
        Column("amount_share", text("share of the line"), "share"),
        Column("amount", text("amount"), "money", unit),
    )
    statements = {asked.vintage.vintage_id}
    if asked.revenue:
        statements.add(asked.revenue.vintage_id)
    rows = [
        {**row, "amount_share": float(row["amount_share"])}
        for row in line_amounts(
            store, asked.view.municipality_code, asked.where.fiscal_year, service.row["service_id"]
        ).to_pylist()
        if row["vintage_id"] in statements
    ]
    return table(columns, rows)


def source_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per figure of the year: what was counted, its grade, and where it comes from."""
    columns = (
        Column("indicator", text("what is counted")),
        Column("sex", text("sex"), "code"),
        Column("figure", text("figure")),
        Column("grade", text("data grade"), "code"),
        Column("source", text("source")),
        Column("file", text("file and row")),
    )
    rows = [
        _source_row(asked, row)
        for row in service.figures
        if row["fiscal_year"] == asked.where.fiscal_year and row["figure"] is not None
    ]
    return table(columns, rows)


def _source_row(asked: Question, row: Row) -> dict[str, Any]:
    words, shown = language_of(asked.view.language), row["shown"]
    place = " · ".join(str(part) for part in (row["file_name"], row["row_number"]) if part)
    return {
        "indicator": row["label"],
        "sex": row["sex"],
        "figure": words.say(bracket_words(shown))
        if isinstance(shown, Bracket)
        else words.number(shown, 0 if shown == shown.to_integral_value() else 2),
        "grade": row["data_grade"],
        "source": row["source"],
        "file": place or None,
    }


def question_table(store: Store, asked: Question, service: ServicePicture) -> Table:
    """Return one row per question of the 4R method, with the newest answer that is kept."""
    say = language_of(asked.view.language).say
    kept = _answers(store, asked, service)
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("heading", text("part"), "code"),
        Column("question", text("question")),
        Column("answer", text("answer")),
        Column("by", text("who")),
        Column("answer_id", text("id"), "count", is_hidden=True),
    )
    rows = []
    for one in questions():
        found = kept.get(one.code, {})
        rows.append(
            {
                "code": one.code,
                "heading": one.heading,
                "question": say(one.words),
                "answer": found.get("answer"),
                "by": found.get("recorded_by"),
                "answer_id": found.get("answer_id", 0),
            }
        )
    return table(columns, rows)


def _answers(
    store: Store, asked: Question, service: ServicePicture
) -> Mapping[str, Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = register(
        store, asked.view.municipality_code
    ).answers.to_pylist()
    return {
        row["question_code"]: row
        for row in rows
        if row["service_id"] == service.row["service_id"]
        and row["fiscal_year"] == asked.where.fiscal_year
    }
