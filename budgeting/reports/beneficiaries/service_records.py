"""Records of a service: the lines that pay for it, where its figures come from, 4R answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from budgeting.model import Column, Sex, Table, text
from budgeting.names import sex_name
from budgeting.reports.beneficiaries.counts import Row, counts, persons
from budgeting.reports.beneficiaries.picture import ServicePicture
from budgeting.reports.beneficiaries.view import Question
from budgeting.reports.tables import table
from budgeting.services.lists import questions
from budgeting.services.model import IndicatorRole
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
        for row in (*service.figures, *service.placed)
        if row["fiscal_year"] == asked.where.fiscal_year and row["figure"] is not None
    ]
    return table(columns, rows)


def _source_row(asked: Question, row: Row) -> dict[str, Any]:
    words, shown = language_of(asked.view.language), row["shown"]
    place = " · ".join(str(part) for part in (row["file_name"], row["row_number"]) if part)
    return {
        "indicator": ", ".join(part for part in (row["label"], row["place"]) if part),
        "sex": row["sex"],
        "figure": words.say(bracket_words(shown))
        if isinstance(shown, Bracket)
        else words.number(shown, 0 if shown == shown.to_integral_value() else 2),
        "grade": row["data_grade"],
        "source": row["source"],
        "file": place or None,
    }


def place_table(asked: Question, service: ServicePicture) -> Table:
    """Return one row per place of which users are counted: a part of those of the whole municipality."""
    say = language_of(asked.view.language).say
    columns = (
        Column("place", text("place")),
        *(Column(sex, sex_persons, "count") for sex, sex_persons in _SEXES.items()),
        Column("users", text("all users, persons"), "count"),
        Column("hidden", text("hidden, persons")),
        Column("grade", text("data grade"), "code"),
    )
    rows = []
    for place in dict.fromkeys(row["at_place"] for row in service.placed):
        own = [row for row in service.placed if row["at_place"] == place]
        found = persons(counts(own, IndicatorRole.USERS, asked.where.fiscal_year))
        if found:
            hidden = (
                f"{say(sex_name(s))} {say(bracket_words(b))}" for s, b in found.hidden.items()
            )
            rows.append(
                {
                    "place": place,
                    **{sex: found.use.by_group.get(sex) for sex in _SEXES},
                    "users": found.use.users,
                    "hidden": ", ".join(hidden) or None,
                    "grade": found.grade,
                }
            )
    return table(columns, rows)


_SEXES = {
    Sex.FEMALE.value: text("women, persons"),
    Sex.MALE.value: text("men, persons"),
    Sex.OTHER.value: text("others, persons"),
    Sex.UNKNOWN.value: text("of unknown sex, persons"),
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
