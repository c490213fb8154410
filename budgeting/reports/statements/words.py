"""Words of the gender budget statement: answer, stamp, what is missing."""

from collections.abc import Mapping
from typing import Any

from budgeting.model import Money, Share, Text, text
from budgeting.names import stage_name
from budgeting.reports.gender import words as gender_words
from budgeting.reports.statements.asked import Asked
from budgeting.reports.statements.layout import Layout, statement_name


def parameters(asked: Asked, layout: Layout) -> dict[str, Any]:
    """Return what was asked, as an address writes it: what every download is stamped with."""
    given = gender_words.parameters(asked.question)
    del given["by"], given["within"]  # choices of the overview that a statement does not have
    return {**given, "layout": layout.name, "unit": asked.unit.code}


def answer(asked: Asked, facts: Mapping[str, Any]) -> Text:
    """Return how much of the budget stands in the statement, and how much nobody has looked at."""
    where, method = asked.question.where, asked.question.methodology
    values = {
        "name": where.name,
        "year": str(where.fiscal_year),
        "stage": stage_name(asked.question.vintage.stage),
    }
    if not facts["is_marked"]:
        return text(
            "Nobody has marked a line of {name}'s {stage} budget of {year} under “{methodology}” yet.",
            **values,
            methodology=method.labels,
        )
    listed = Money(facts["listed"], asked.currency)
    if facts["listed_share"] is None:
        return text(
            "{listed} of {name}'s {stage} budget of {year} stand in the statement. The budget is not "
            "above zero: parts of it cannot be shown as shares.",
            **values,
            listed=listed,
        )
    return text(
        "{listed} of {name}'s {stage} budget of {year} stand in the statement, {share} of it; {unknown} "
        "of the money is not screened.",
        **values,
        listed=listed,
        share=Share(facts["listed_share"]),
        unknown=Share(facts["not_screened_share"]),
    )


def stamp(asked: Asked, facts: Mapping[str, Any]) -> tuple[Text, ...]:
    """Return what every file says about how far screening and reading have come, and by what rules."""
    lines = [
        text(
            "Shown together with it: “{methodology}”, version {version}. Source: {source}.",
            methodology=method.labels,
            version=method.version,
            source=method.source,
        )
        for method in asked.methodologies.values()
        if method is not asked.question.methodology
    ]
    if asked.unit.code == "crore":
        lines.append(text("One crore is ten million."))
    unknown, approved = facts["not_screened_share"], facts["approved_share"]
    if unknown is not None and approved is not None:
        lines.append(text("Share not screened: {share}.", share=Share(unknown)))
        lines.append(
            text(
                "Share whose marks a second reader has approved: {share}.",
                share=Share(approved),
            )
        )
    return tuple(lines)


def missing(asked: Asked, layout: Layout) -> tuple[Text, ...]:
    """Return which columns are empty because the budget has no such statement of amounts."""
    return tuple(
        text("There is no statement of amounts for this column: {column}.", column=column)
        for name, shown in layout.statements.items()
        if asked.vintages[name] is None
        for column in (statement_name(asked, name, shown),)
    )
