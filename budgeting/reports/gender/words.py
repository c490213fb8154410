"""Words of the gender reports: answer, notes, parameters."""

from typing import Any

from budgeting.methodologies import Methodology
from budgeting.model import Money, Share, Text, plural_text, text
from budgeting.names import dimension_name, stage_name
from budgeting.reports.explorer_view import write_path
from budgeting.reports.gender.figures import Figures
from budgeting.reports.gender.view import Question
from budgeting.reports.scope import fiction_note

NOT_SCREENED_NAME = text("not screened")
OTHER_VERSION_NAME = text("marked under another version")


def parameters(asked: Question) -> dict[str, Any]:
    """Return what was asked, as an address writes it: what every download is stamped with."""
    view = asked.view
    return {
        "municipality": view.municipality_code,
        "year": str(view.fiscal_year),
        "stage": asked.vintage.stage.value,
        "methodology": asked.methodology.code,
        "version": asked.methodology.version,
        "convention": asked.convention.name,
        "by": view.by,
        "within": write_path(view.within),
    }


def answer(asked: Question, found: Figures) -> Text:
    """Return the finding: the interval, and beside it what is not screened."""
    values: dict[str, Any] = {
        "name": whose(asked),
        "year": str(asked.where.fiscal_year),
        "stage": stage_name(asked.vintage.stage),
        "methodology": asked.methodology.labels,
    }
    if not found.marked_line_count:
        return text(
            "Nobody has marked a line of {name}'s {stage} budget of {year} under “{methodology}” yet.",
            **values,
        )
    if found.share(found.not_screened) is None:
        return text(
            "The {stage} total of {name} for {year} is not above zero: parts of it cannot be shown as shares.",
            **values,
        )
    values["unknown"] = Share(found.share(found.not_screened) or 0.0)
    if found.tagged is None:
        return text(
            "{counted} of {name}'s {stage} budget of {year} count for equality under “{methodology}”; "
            "{unknown} of the money is not screened.",
            **values,
            counted=Share(found.share(found.counted) or 0.0),
        )
    values["high"] = Share(found.share(found.tagged.high) or 0.0)
    if found.tagged.low == found.tagged.high:
        return text(
            "{high} of {name}'s {stage} budget of {year} is meant for equality; {unknown} of the money "
            "is not screened.",
            **values,
        )
    return text(
        "Between {low} and {high} of {name}'s {stage} budget of {year} is meant for equality; {unknown} "
        "of the money is not screened.",
        **values,
        low=Share(found.share(found.tagged.low) or 0.0),
    )


def whose(asked: Question) -> str | Text:
    """Return whose money the figures are about: a municipality's, or what a view keeps of it."""
    if not asked.view.within:
        return asked.where.name
    parts = tuple(
        text("{dimension} {code}", dimension=dimension_name(dimension), code=path)
        for dimension, path in asked.view.within
    )
    return text("{name} ({parts})", name=asked.where.name, parts=parts)


def notes(asked: Question, found: Figures, edited: int) -> tuple[Text, ...]:
    """Return what a reader must know beside the numbers: rules, versions, what is uncertain.

    ``edited`` lines are marked under earlier rules of the same version.
    """
    method = asked.methodology
    lines = [
        *fiction_note(asked.where),
        text(
            "Marked under “{methodology}”, version {version}; counted by “{convention}”. Source: "
            "{source}.",
            methodology=method.labels,
            version=method.version,
            convention=asked.convention.labels,
            source=method.source,
        ),
    ]
    if found.tagged is not None:
        lines.append(
            text(
                "The interval runs from what has equality as its main aim to that with what has it as a "
                "significant one. What is not screened is in every total."
            )
        )
    if asked.view.within:
        lines.append(
            text(
                "Stages, years, the change and the methodologies side by side are about all of the "
                "budget, not about the part that is shown."
            )
        )
    if not method.is_fully_verified:
        lines.append(_unverified(method))
    if found.other_version:
        lines.append(
            text(
                "{amount} is marked under another version of the methodology; it counts for nothing "
                "until it is scored again.",
                amount=Money(found.other_version, asked.where.year.currency_code),
            )
        )
    if edited:
        lines.append(rules_edited(edited))
    return tuple(lines)


def rules_edited(count: int) -> Text:
    """Return the sentence about lines whose marks were made before the file's rules changed."""
    return plural_text(
        "The methodology's file was changed under the same version: one line is marked under its "
        "earlier rules and should be scored again.",
        "The methodology's file was changed under the same version: {count} lines are marked under "
        "its earlier rules and should be scored again.",
        count,
    )


def _unverified(method: Methodology) -> Text:
    return text(
        "“{methodology}” has parts that were not read in the issuer's own document; the Methods page "
        "says which.",
        methodology=method.labels,
    )
