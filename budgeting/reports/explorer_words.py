"""Explorer words: headings, answer and notes of the budget explorer."""

from collections.abc import Mapping
from typing import Any

from budgeting.amounts import difference, ratio
from budgeting.model import Column, Money, Share, Stage, Text, Vintage, text
from budgeting.names import dimension_name, stage_name
from budgeting.reports.explorer_view import View
from budgeting.reports.scope import Member, Scope, fiction_note, unknown_label

STAGES = (Stage.APPROVED, Stage.REVISED, Stage.COMMITTED, Stage.EXECUTED)


def columns(where: Scope, view: View) -> tuple[Column, ...]:
    """Return the columns of the table of groups: stages side by side, share, change."""
    unit = where.year.currency_code
    money = [Column(stage.value, stage_name(stage), "money", unit) for stage in STAGES]
    return (
        Column("code", text("code"), "code"),
        Column("label", dimension_name(view.by)),
        *money,
        Column("share", text("share of {stage}", stage=stage_name(view.stage)), "share"),
        Column("execution", text("executed of revised"), "share"),
        Column(
            "previous",
            text("{stage}, year before", stage=stage_name(view.stage)),
            "money",
            unit,
        ),
        Column("change", text("change"), "money", unit),
        Column("change_share", text("change, %"), "share"),
        Column("line_count", text("budget lines"), "count"),
        Column("path_code", text("path"), "code", is_hidden=True),
        Column("member_id", text("id"), "count", is_hidden=True),
        Column("band", text("execution band"), "count", is_hidden=True),
    )


def move_columns(where: Scope) -> tuple[Column, ...]:
    """Return the columns of the table of the largest changes."""
    unit = where.year.currency_code
    return (
        Column("code", text("code"), "code"),
        Column("label", text("label")),
        Column("previous", text("year before"), "money", unit),
        Column("change", text("change"), "money", unit),
        Column("change_share", text("change, %"), "share"),
    )


def breadcrumb(view: View, known: Mapping[int, Member]) -> tuple[dict[str, str], ...]:
    """Return the members drilled into, in order, with their labels."""
    labels = {(member.dimension, member.path_code): member for member in known.values()}
    trail = []
    for dimension, path in view.within:
        member = labels.get((dimension, path))
        label = f"{member.code} {member.label}" if member else unknown_label(view.language)
        trail.append({"dimension": dimension, "path": path, "label": label})
    return tuple(trail)


def answer(
    where: Scope,
    view: View,
    known: Mapping[int, Member],
    totals: Mapping[str, Any],
    vintage: Vintage | None,
) -> Text:
    """Return the one sentence that answers the view."""
    trail = breadcrumb(view, known)
    place = f"{where.name} · {trail[-1]['label']}" if trail else where.name
    values = {"place": place, "year": str(view.fiscal_year), "stage": stage_name(view.stage)}
    total = totals[view.stage.value]
    if vintage is None:
        return text("{place}, {year}: no amounts are stored for the stage “{stage}”.", **values)
    if total is None and (view.has_constant_prices or view.is_per_resident):
        return text("{place}, {year}: not known, see the note below.", **values)
    if total is None:
        return text("{place}, {year}: nothing is found for this choice.", **values)
    values |= {"total": Money(total, where.year.currency_code), "lines": totals["line_count"]}
    change = ratio(difference(total, totals["previous"]), totals["previous"])
    if view.is_per_resident:
        return text("{place}, {year}: {total} {stage} per resident.", **values)
    return _beside_the_year_before(values, change)


def _beside_the_year_before(values: dict[str, Any], change: float | None) -> Text:
    if change is None:
        return text("{place}, {year}: {total} {stage} in {lines} budget lines.", **values)
    if not change:
        return text(
            "{place}, {year}: {total} {stage} in {lines} budget lines, as much as the year before.",
            **values,
        )
    values = {**values, "change": Share(abs(change))}
    if change < 0:
        return text(
            "{place}, {year}: {total} {stage} in {lines} budget lines, {change} less than the year before.",
            **values,
        )
    return text(
        "{place}, {year}: {total} {stage} in {lines} budget lines, {change} more than the year before.",
        **values,
    )


def notes(
    where: Scope,
    view: View,
    shown: Mapping[Stage, Vintage | None],
    compared: Vintage | None,
) -> tuple[Text, ...]:
    """Return what a reader of the numbers must know: period, prices, search, what is not known."""
    notes = list(fiction_note(where))
    vintage = shown[view.stage]
    if vintage and compared is None:
        notes.append(
            text(
                "The year before has no statement of the same kind and day: the change is not known.",
            )
        )
    executed = shown[Stage.EXECUTED]
    if executed and not where.is_whole_year(executed):
        notes.append(
            text(
                "Executed amounts are to date, as of {day}; the year is not closed.",
                day=executed.as_of,
            )
        )
    elif executed:
        notes.append(
            text(
                "The mark under the execution says how far the outturn is from the approved budget, in "
                "steps of 5, 10 and 15 per cent: a house rule, see Methods.",
            )
        )
    notes += _adjustment_notes(where, view)
    if view.words:
        notes.append(
            text(
                "Only budget lines in which every word of “{words}” is found, in their own words or "
                "in the codes and labels of their classifications.",
                words=view.words,
            )
        )
    return tuple(notes)


def _adjustment_notes(where: Scope, view: View) -> list[Text]:
    notes = []
    if view.has_constant_prices:
        if where.year.price_index and base_year(where):
            notes.append(
                text(
                    "Constant prices of {base}: each year's amounts are multiplied by the price index "
                    "of {base} over that of the year.",
                    base=str(base_year(where)),
                )
            )
        else:
            notes.append(
                text(
                    "No price index is entered for {year}: amounts at constant prices are not known.",
                    year=str(view.fiscal_year),
                )
            )
    if view.is_per_resident:
        if where.year.people:
            notes.append(
                text(
                    "Per resident: divided by {people} residents of {year}.",
                    people=where.year.people,
                    year=str(view.fiscal_year),
                )
            )
        else:
            notes.append(
                text(
                    "No population is entered for {year}: amounts per resident are not known.",
                    year=str(view.fiscal_year),
                )
            )
    return notes


def base_year(where: Scope) -> int:
    """Return the year of constant prices: the newest with an index; 0 where no year has one."""
    return max((year for year, entry in where.years.items() if entry.price_index), default=0)
