"""Month columns: what a person says of columns of months or quarters, where the guess cannot tell."""

from copy import deepcopy
from enum import StrEnum
from itertools import pairwise

from budgeting.imports.guessing.column_roles import ColumnRole, Entries, Header, Role, with_role
from budgeting.imports.mappings.mapping import TO_DATE
from budgeting.imports.words.measures import months_in
from budgeting.imports.words.vocabulary import stage_of
from budgeting.model import Stage

_MONTHS = 12
_SURE = 0.6


class MonthColumns(StrEnum):
    """What columns of months or quarters hold."""

    UNUSED = "unused"
    TO_DATE = "to date"
    SINGLE = "single"


def months_of(header: Header) -> dict[str, tuple[int, int]]:
    """Return the columns that name months of what is spent, with the first and the last month.

    None where fewer than two do, or where no column begins after January.
    """
    spans = {name: span for name in header.names if (span := months_in(name))}
    found = {
        name: span
        for name, span in spans.items()
        if span != (1, _MONTHS) and _stage(name) in TO_DATE
    }
    is_clear = all(first == 1 for first, _ in found.values())
    return {} if len(found) < 2 or is_clear else found  # noqa: PLR2004


def can_be_added(header: Header) -> bool:
    """Return whether each stage has every month since January, up to its last column."""
    series: dict[Stage, list[tuple[int, int]]] = {}
    for name, span in months_of(header).items():
        series.setdefault(_stage(name), []).append(span)
    return all(
        spans[0][0] == 1 and all(later[0] == before[1] + 1 for before, later in pairwise(spans))
        for spans in map(sorted, series.values())
    )


def meaning_of_months(entries: Entries, header: Header) -> MonthColumns:
    """Return what the columns of months hold by the entries of a mapping."""
    months = months_of(header)
    rules = [
        rule
        for rule in entries.get("amount", [])
        if any(header.is_same(rule["column"], name) for name in months)
    ]
    if not rules:
        return MonthColumns.UNUSED
    is_single = any("months" in rule for rule in rules)
    return MonthColumns.SINGLE if is_single else MonthColumns.TO_DATE


def with_months(entries: Entries, header: Header, meaning: MonthColumns) -> Entries:
    """Return the entries in which all columns of months hold what `meaning` says."""
    changed = deepcopy(entries)
    for name, (first, last) in months_of(header).items():
        if meaning is MonthColumns.UNUSED:
            changed = with_role(changed, header, name, ColumnRole(Role.UNUSED))
            continue
        changed = with_role(changed, header, name, ColumnRole(Role.AMOUNT, _stage(name)))
        rule = next(rule for rule in changed["amount"] if rule["column"] == name)
        rule["as_of"] = f"{{fiscal_year}}-{last:02d}"
        rule.pop("months", None)
        if meaning is MonthColumns.SINGLE:
            rule["months"] = last - first + 1
    return changed


def _stage(name: str) -> Stage:
    """Return the stage that a header names; without a word, months are of what was executed."""
    stage, score = stage_of(name)
    return stage if isinstance(stage, Stage) and score >= _SURE else Stage.EXECUTED
