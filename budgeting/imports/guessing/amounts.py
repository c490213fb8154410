"""Amounts: the money columns as [[amount]], [[sum]] and [change] of a mapping."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from budgeting.imports.guessing.draft import Draft, exactly, short_code
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.guessing.months import draft_months
from budgeting.imports.guessing.stages import (
    Statements,
    draft_change,
    draft_forecasts,
    draft_paid,
    draft_rest,
    leave_out_balances,
    leave_out_changes,
    leave_out_rests,
)
from budgeting.imports.sheets.row_sums import RowSum, find_row_sums
from budgeting.imports.words.measures import months_in
from budgeting.imports.words.vocabulary import direction_of, stage_of
from budgeting.model import Direction, Stage, text
from budgeting.names import direction_name, stage_name

_SURE = 0.6
_TOTAL = 0.6
_AGREE = 0.9
_MOST_STAGES = 8
_FEW, _RARELY = 2, 0.03  # rows in which a total by source may be wrong


def draft_amounts(draft: Draft, money: Sequence[Column]) -> None:
    """Put the money columns into the draft: [[amount]], [[sum]], [change] and [ignored]."""
    found = Statements(list(money))
    for column in money:
        found.words[column.name] = column.stage if column.stage_score >= _SURE else None
        found.years[column.name] = column.year
    sums = find_row_sums(draft.evidence.sheet(money)) if len(money) > 1 else ()
    draft_styles(draft, money)
    draft_months(draft, found)
    leave_out_balances(draft, found)
    leave_out_rests(draft, found)
    draft_change(draft, found, sums)
    _draft_members(draft, found, sums)
    leave_out_changes(draft, found)
    draft_paid(draft, found)
    draft_forecasts(draft, found)
    draft_rest(draft, found)
    _draft_entries(draft, found)


def draft_styles(draft: Draft, money: Sequence[Column]) -> None:
    """Read columns whose numbers alone are unclear as the others of the file; ask where none tells."""
    unclear = [c for c in money if c.figures.is_ambiguous]
    clear = {c.figures.style for c in money if c.figures.has_marks and not c.figures.is_ambiguous}
    if not unclear:
        return
    if len(clear) != 1 or any(c.figures.style not in clear for c in unclear):
        draft.asked.add("number-style")
        return
    style = clear.pop()
    draft.entries.setdefault("file", {})["number"] = [
        {"column": c.name, "decimal": style.decimal, "group": style.group} for c in unclear
    ]
    for column in unclear:
        draft.note(
            text("Its numbers are read as those of the other columns, which leave no doubt."),
            column,
        )


def _draft_members(draft: Draft, found: Statements, sums: Sequence[RowSum]) -> None:
    """Take the parts of a total in the same row for the sources of finance."""
    by_name = {column.name: column for column in found.money}
    candidates = [row_sum for row_sum in sums if _is_by_source(row_sum, by_name)]
    candidates.sort(key=lambda s: (-by_name[s.total].role("total"), s.is_copy, -len(s.parts)))
    for row_sum in candidates:
        names = {row_sum.total, *row_sum.parts}
        if row_sum.is_copy and by_name[row_sum.total].role("total") < _TOTAL:
            continue
        if names <= found.words.keys() and not names & found.members.keys():
            _take_members(draft, found, by_name[row_sum.total], [by_name[n] for n in row_sum.parts])
    if not found.members:
        _members_by_words(draft, found)


def _is_by_source(row_sum: RowSum, columns: dict[str, Column]) -> bool:
    parts = [columns[name] for name in row_sum.parts if name in columns]
    if row_sum.total not in columns or len(parts) < len(row_sum.parts) or len(parts) < 2:  # noqa: PLR2004
        return False
    stages = {c.stage if c.stage_score >= _SURE else None for c in parts} - {None}
    total = columns[row_sum.total]
    is_named = total.role("total") >= _TOTAL
    has_stage = any(c.stage in ("change", "authorised", "other") for c in parts)
    years = {c.year for c in (*parts, total)}
    is_exact = row_sum.compared - row_sum.agreeing <= max(_FEW, _RARELY * row_sum.compared)
    is_alike = len(stages) <= 1 and not has_stage and len(years) == 1
    return is_exact and is_alike and (is_named or not stages)


def _members_by_words(draft: Draft, found: Statements) -> None:
    """Where nothing adds up for want of figures, take a column called total beside unnamed ones."""
    totals = [
        c for c in found.money if c.role("total") >= _AGREE and found.words.get(c.name) is None
    ]
    if len(totals) != 1:
        return
    total = totals[0]
    others = [
        c
        for c in draft.evidence.columns
        if _is_unfilled_part(c, total, found) and c.name not in draft.taken
    ]
    if others and all(c.place < total.place for c in others):
        _take_members(draft, found, total, others)


def _has_figure(column: Column) -> bool:
    return column.is_words or bool(column.filled and column.figures.is_known.any())


def _is_unfilled_part(column: Column, total: Column, found: Statements) -> bool:
    if not column.header or column is total:
        return False
    if column in found.money:
        return column.stage_score < 1 and column.year is None and column.role("total") < _AGREE
    texts_end = max((c.place for c in found.money), default=0)
    return not _has_figure(column) and column.place < min(texts_end, total.place)


def _take_members(draft: Draft, found: Statements, total: Column, parts: list[Column]) -> None:
    stages = {found.words.get(total.name)} - {None}
    beside = range(min(part.place for part in parts), max(p.place for p in (*parts, total)))
    unfilled = [
        c for c in draft.evidence.columns if c.place in beside and c.header and not _has_figure(c)
    ]
    parts = [*parts, *(c for c in unfilled if c not in parts and c is not total)]
    for part in parts:
        found.members[part.name] = short_code(part.header or f"part {part.place + 1}")
        found.words[part.name] = next(iter(stages), None)
        if part not in found.money:
            found.money.append(part)
            found.years[part.name] = total.year
    entry = {"column": total.name, "of": [part.name for part in parts]}
    draft.entries.setdefault("sum", []).append(entry)
    draft.take(total, "sum")
    draft.note(
        text(
            "It is the sum of {columns}: these are taken for sources of finance, and it is re-added.",
            columns=", ".join(part.name for part in parts),
        ),
        total,
    )
    found.drop(total)


def _draft_entries(draft: Draft, found: Statements) -> None:
    """Write one [[amount]] per column, and leave out what would be the same statement twice."""
    _spread_year(draft, found)
    _find_ways(draft, found)
    used: dict[tuple[Any, ...], Column] = {}
    named = sorted(found.money, key=lambda c: _preference(c, found))
    chosen = []
    for column in named:
        key = (
            found.words.get(column.name),
            found.years.get(column.name),
            found.members.get(column.name),
            found.ends.get(column.name),
            found.ways.get(column.name),
        )
        if key in used:
            _leave_out_rival(draft, column, used[key])
            continue
        used[key] = column
        chosen.append(column)
    if len(chosen) == 1 and _draft_by_stage_column(draft, found, chosen[0]):
        return
    for column in sorted(chosen, key=lambda c: c.place):
        draft.entries.setdefault("amount", []).append(_entry(draft, found, column))
        draft.take(column, "amount")
    if any(found.words.get(column.name) is None for column in chosen):
        draft.asked.add("stage")


def _find_ways(draft: Draft, found: Statements) -> None:
    """Where every column says whether it is expenditure or revenue, and both are there, keep them apart."""
    ways = {c.name: way for c in found.money if (way := direction_of(c.header))}
    if found.members or len(ways) < len(found.money) or set(ways.values()) != set(Direction):
        return
    found.ways = ways
    for column in found.money:
        words = direction_name(ways[column.name])
        draft.note(
            text("Its amounts are {direction}: its header says so.", direction=words), column
        )


def _preference(column: Column, found: Statements) -> tuple[bool, bool, float, int]:
    is_unnamed = found.words.get(column.name) is None
    is_sum = column.role("total") >= _TOTAL
    is_paid = stage_of(column.header)[0] == "other"
    return (is_unnamed and not is_sum, is_paid, -column.stage_score, column.place)


def _leave_out_rival(draft: Draft, column: Column, other: Column) -> None:
    draft.ignore(column, f"the same statement as “{other.name}”, as far as its header says")
    draft.asked.add("amounts")
    draft.note(
        text("“{other}” is taken instead: both headers say the same.", other=other.name),
        column,
        text("Check which of the two columns is meant, and what the other one is."),
    )


def _spread_year(draft: Draft, found: Statements) -> None:
    """Where some columns name one year and others none, the year is that of all."""
    named = Counter(found.years[c.name] for c in found.money)
    years = [year for year in named if year]
    if len(years) == 1 and None in named:
        draft.entries["fiscal_year"] = years[0]
        draft.note(
            text("The year {year} stands in one header and is taken for all.", year=str(years[0]))
        )
        for column in found.money:
            found.years[column.name] = None


def _entry(draft: Draft, found: Statements, column: Column) -> dict[str, Any]:
    entry: dict[str, Any] = {"column": column.name}
    stage, year = found.words.get(column.name), found.years.get(column.name)
    if isinstance(stage, Stage):
        entry["stage"] = stage.value
        draft.note(text("It holds the amounts {stage}.", stage=stage_name(stage)), column)
    if year:
        entry["year"] = year
    if way := found.ways.get(column.name):
        entry["direction"] = way.value
    if end := _end(found, column):
        entry["as_of"] = f"{{fiscal_year}}-{end:02d}"
    if column.name in found.lengths:
        entry["months"] = found.lengths[column.name]
    if column.name in found.members:
        code = found.members[column.name]
        entry["member"] = {"dimension": "fund", "code": code, "label": column.header or code}
    return entry


def _end(found: Statements, column: Column) -> int | None:
    """Return the last month of a column that holds amounts since January, or single months."""
    span = months_in(column.header) if column.header else None
    return found.ends.get(column.name) or (span[1] if span and span[0] == 1 else None)


def _draft_by_stage_column(draft: Draft, found: Statements, column: Column) -> bool:
    """Where one column of amounts stands beside one that names their stages, take these row by row."""
    if found.words.get(column.name) is not None or column.name in found.members:
        return False
    for other in draft.open:
        stages = {value: stage_of(value) for value in other.values}
        if not 1 < len(stages) <= _MOST_STAGES or not other.is_words:
            continue
        by_stage: dict[Stage, list[str]] = {}
        for value, (stage, score) in stages.items():
            if isinstance(stage, Stage) and score >= _SURE:
                by_stage.setdefault(stage, []).append(value)
        if sum(map(len, by_stage.values())) < len(stages):
            continue
        draft.entries["amount"] = [
            {"column": column.name, "stage": stage.value, "where": {other.name: exactly(values)}}
            for stage, values in by_stage.items()
        ]
        draft.take(column, "amount")
        draft.take(other, "stage")
        draft.note(text("It names the stage of the amounts of each row."), other)
        return True
    return False
