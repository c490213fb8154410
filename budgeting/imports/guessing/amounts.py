"""Amounts: of which stage and year each money column is, by its words and by what adds up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from typing import Any

import numpy as np

from budgeting.imports.guessing.draft import Draft, short_code
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.guessing.money import is_at_most
from budgeting.imports.measures import months_in
from budgeting.imports.row_sums import RowSum, find_row_sums
from budgeting.imports.vocabulary import StageWord, stage_of
from budgeting.model import Stage, text
from budgeting.names import stage_name

_SURE = 0.6
_TOTAL = 0.6
_MONTHS = 12
_FEWEST = 5
_AGREE = 0.9
_YEARS_TO_BUDGET = (
    2  # a budget shows the accounts of two years before, last year's, its own, and a plan
)


@dataclass
class Statements:
    """What is found about the money columns: stage word and year of each, and their relations."""

    money: list[Column]
    words: dict[str, StageWord | None] = field(default_factory=dict)
    years: dict[str, int | None] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)

    def named(self, *meant: StageWord | None) -> list[Column]:
        """Return the columns whose stage word is one of these."""
        return [c for c in self.money if c.name in self.words and self.words[c.name] in meant]

    def keeps_last(self, column: Column) -> bool:
        """Tell whether a column is the only one left; then it is asked about, whatever it is called."""
        is_last = self.money == [column]
        if is_last:
            self.words[column.name] = None
        return is_last

    def drop(self, column: Column) -> None:
        """Take a column out of the amounts."""
        self.money.remove(column)
        self.words.pop(column.name, None)


def draft_amounts(draft: Draft, money: Sequence[Column]) -> None:
    """Put the money columns into the draft: [[amount]], [[sum]], [change] and [ignored]."""
    found = Statements(list(money))
    for column in money:
        found.words[column.name] = column.stage if column.stage_score >= _SURE else None
        found.years[column.name] = column.year
    sums = find_row_sums(draft.evidence.sheet(money)) if len(money) > 1 else ()
    if any(column.figures.is_ambiguous for column in money):
        draft.asked.add("number-style")
    _leave_out_months(draft, found)
    _leave_out_rests(draft, found)
    _draft_change(draft, found, sums)
    _draft_members(draft, found, sums)
    _leave_out_changes(draft, found)
    _draft_paid(draft, found)
    _draft_forecasts(draft, found)
    _draft_rest(draft, found)
    _draft_entries(draft, found)


def _leave_out_months(draft: Draft, found: Statements) -> None:
    """Leave out single months and quarters: statements are to date. Ask where nothing is their sum."""
    spans = {c.name: months_in(c.header) for c in found.money if c.header}
    parts = [c for c in found.money if (span := spans.get(c.name)) and span != (1, _MONTHS)]
    if not any(span and span[0] > 1 for span in spans.values()):
        return
    for column in parts:
        draft.ignore(column, "one month or quarter alone: statements are to date")
        found.drop(column)
    together = sum(column.figures.cents for column in parts)
    if not any((column.figures.cents == together).mean() >= _AGREE for column in found.money):
        draft.asked.add("amounts")
        message = text(
            "The columns of single months or quarters are left out: amounts are to date."
        )
        draft.note(message, parts[0])


def _leave_out_rests(draft: Draft, found: Statements) -> None:
    """Leave out a column without a stage that is what one stage has more than another."""
    staged = [c for c in found.money if isinstance(found.words.get(c.name), Stage)]
    for column in found.named(None):
        for upper, lower in permutations(staged, 2):
            if found.words[upper.name] != found.words[lower.name] and _is_rest(
                column, upper, lower
            ):
                draft.ignore(column, f"what is left of “{upper.name}” after “{lower.name}”")
                found.drop(column)
                break


def _is_rest(column: Column, upper: Column, lower: Column) -> bool:
    own, left = column.figures.cents, upper.figures.cents - lower.figures.cents
    used = (own != 0) | (left != 0)
    has_both = bool((own != upper.figures.cents)[used].any())
    return int(used.sum()) >= _FEWEST and has_both and bool((own == left)[used].mean() >= _AGREE)


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
    return len(stages) <= 1 and not has_stage and len(years) == 1 and (is_named or not stages)


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


def _draft_change(draft: Draft, found: Statements, sums: Sequence[RowSum]) -> None:
    """Find approved + change = revised, by words or by figures."""
    for row_sum in sums:
        if len(row_sum.parts) == 2 and row_sum.total in found.words:  # noqa: PLR2004
            for first, change in (row_sum.parts, row_sum.parts[::-1]):
                if _is_change(found, row_sum, first, change):
                    _take_change(draft, found, (first, change, row_sum.total))
                    break


def _leave_out_changes(draft: Draft, found: Statements) -> None:
    for column in found.named("change"):
        if found.keeps_last(column):
            continue
        draft.ignore(column, "a change between other columns: it follows from them")
        found.drop(column)


def _is_change(found: Statements, row_sum: RowSum, first: str, change: str) -> bool:
    names = (first, change, row_sum.total)
    if not all(name in found.words for name in names) or any(
        name in found.members for name in names
    ):
        return False
    words = [found.words[name] for name in names]
    if words[1] == "change":
        return words[0] not in ("change", "other") and words[2] not in ("change", "other")
    column = next(c for c in found.money if c.name == change)
    has_negative = bool((column.figures.cents < 0).any())
    return words == [None, None, None] and has_negative and not row_sum.is_copy


def _take_change(draft: Draft, found: Statements, names: tuple[str, str, str]) -> None:
    first, change, total = names
    by_name = {column.name: column for column in found.money}
    earlier, later = found.words[first], found.words[total]
    if earlier is None:
        earlier = found.words[first] = Stage.APPROVED
    if later is None:
        later = found.words[total] = Stage.REVISED
    if earlier == later or not isinstance(earlier, Stage) or not isinstance(later, Stage):
        return
    draft.note(
        text(
            "It is what “{later}” has more than “{earlier}”: it is checked, not stored.",
            later=total,
            earlier=first,
        ),
        by_name[change],
    )
    if "change" in draft.entries:
        draft.ignore(by_name[change], "a change between other columns: it follows from them")
    else:
        draft.entries["change"] = {"column": change, "earlier": earlier.value, "later": later.value}
        draft.take(by_name[change], "change")
    found.drop(by_name[change])


def _draft_paid(draft: Draft, found: Statements) -> None:
    """Where nothing is called executed, take what was paid for it; ignore the other steps."""
    has_executed = bool(found.named(Stage.EXECUTED))
    limits = found.named(Stage.REVISED, Stage.APPROVED, Stage.COMMITTED)
    for column in found.named("authorised", "other"):
        is_paid = column.stage == "other" and not has_executed and _is_spent(column, limits, found)
        if is_paid:
            found.words[column.name] = Stage.EXECUTED
            has_executed = True
            draft.note(
                text("It is taken for executed: it says what was paid."),
                column,
                text("Check whether it is the execution of the budget."),
            )
            continue
        if found.keeps_last(column):
            continue
        draft.ignore(column, "a step that is not a stage of ours; kept as received")
        found.drop(column)


def _is_spent(column: Column, limits: list[Column], found: Statements) -> bool:
    """Tell whether a column is nowhere above the budget, and not what is left of it."""
    if not limits or not all(is_at_most(column, limit) for limit in limits[:1]):
        return False
    own = column.figures.cents
    others = [other for other in found.money if other is not column]
    left = (
        bool((own == one.figures.cents - other.figures.cents).mean() >= _AGREE)
        for one in others
        for other in others
        if one is not other
    )
    return not any(left)


def _draft_forecasts(draft: Draft, found: Statements) -> None:
    """Years that lie behind the budget's own are a plan: accounts, last year's, this year's, plan."""
    executed = [found.years[c.name] for c in found.named(Stage.EXECUTED) if found.years[c.name]]
    planned = found.named(Stage.APPROVED, Stage.PROPOSED, None)
    years = sorted({year for c in planned if (year := found.years.get(c.name))})
    if not executed or len(years) <= _YEARS_TO_BUDGET:
        return
    last = max(year for year in executed if year is not None) + _YEARS_TO_BUDGET
    for column in planned:
        year = found.years[column.name]
        if year and year > last:
            found.words[column.name] = Stage.FORECAST
            draft.note(
                text(
                    "It lies more than two years after the last accounts: it is taken for {stage}.",
                    stage=stage_name(Stage.FORECAST),
                ),
                column,
            )


def _draft_rest(draft: Draft, found: Statements) -> None:
    """Name columns without words by their order: initial, revised, committed, executed."""
    unnamed = [c for c in found.named(None) if c.name not in found.members]
    if not unnamed or len(found.money) == len(unnamed):
        return
    unnamed = [c for c in unnamed if not _take_accounts(draft, found, c)]
    has_revised = found.named(Stage.REVISED)
    chain = [c for c in unnamed if has_revised and c.place > has_revised[0].place]
    is_nameless = all(not column.header for column in found.money)
    if is_nameless and len(chain) in (1, 2, 3) and _descends(chain):
        steps: list[StageWord] = ["authorised", Stage.COMMITTED, Stage.EXECUTED]
        for column, step in zip(reversed(chain), reversed(steps), strict=False):
            _name_by_order(draft, found, column, step)
    elif chain == unnamed and len(unnamed) == 1 and not found.named(Stage.EXECUTED):
        last = max(column.place for column in found.money)
        if is_at_most(unnamed[0], has_revised[0]) or unnamed[0].place == last:
            _name_by_order(draft, found, unnamed[0], Stage.EXECUTED)


def _take_accounts(draft: Draft, found: Statements, column: Column) -> bool:
    """Take a column of a year before all budgets of the table for the accounts of that year."""
    budgets = found.named(Stage.APPROVED, Stage.PROPOSED, Stage.REVISED)
    years = [year for c in budgets if (year := found.years[c.name])]
    own = found.years[column.name]
    if not years or own is None or own >= min(years) or found.named(Stage.EXECUTED):
        return False
    _name_by_order(draft, found, column, Stage.EXECUTED)
    return True


def _descends(columns: list[Column]) -> bool:
    return all(is_at_most(lower, upper) for upper, lower in pairwise(columns))


def _name_by_order(draft: Draft, found: Statements, column: Column, step: StageWord) -> None:
    if not isinstance(step, Stage):
        draft.ignore(column, "a step that is not a stage of ours; kept as received")
        found.drop(column)
        return
    found.words[column.name] = step
    draft.note(
        text(
            "It is taken for {stage} by its place among the other amounts.", stage=stage_name(step)
        ),
        column,
        text("Check the stage: the header does not say it."),
    )


def _draft_entries(draft: Draft, found: Statements) -> None:
    """Write one [[amount]] per column, and leave out what would be the same statement twice."""
    _spread_year(draft, found)
    used: dict[tuple[Any, ...], Column] = {}
    named = sorted(found.money, key=lambda c: _preference(c, found))
    chosen = []
    for column in named:
        key = (
            found.words.get(column.name),
            found.years.get(column.name),
            found.members.get(column.name),
        )
        if key in used:
            _leave_out_rival(draft, column, used[key])
            continue
        used[key] = column
        chosen.append(column)
    for column in sorted(chosen, key=lambda c: c.place):
        draft.entries.setdefault("amount", []).append(_entry(draft, found, column))
        draft.take(column, "amount")
    if any(found.words.get(column.name) is None for column in chosen):
        draft.asked.add("stage")


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
    span = months_in(column.header) if column.header else None
    if span and span[0] == 1:
        entry["as_of"] = f"{{fiscal_year}}-{span[1]:02d}-{_last_day(span[1])}"
    if column.name in found.members:
        code = found.members[column.name]
        entry["member"] = {"dimension": "fund", "code": code, "label": column.header or code}
    return entry


def _last_day(month: int) -> int:
    return int(np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])[month - 1])
