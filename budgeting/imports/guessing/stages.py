"""Stages: which stage each money column is of, by its words, by what adds up, and by its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.guessing.money import is_at_most
from budgeting.imports.guessing.scope import titles
from budgeting.imports.sheets.row_sums import RowSum
from budgeting.imports.words.vocabulary import StageWord
from budgeting.model import Direction, Stage, text
from budgeting.names import stage_name

_FEWEST = 5
_AGREE = 0.9
_SPAN = re.compile(r"\b(20\d\d)\s*(?:[-–—/]|\w{1,3})\s*(20\d\d)\b")
_YEARS_TO_BUDGET = (
    2  # a budget shows the accounts of two years before, last year's, its own, and a plan
)


@dataclass
class Statements:
    """What is found about the money columns: stage word and year of each, and their relations.

    ``ends`` are the last months of columns of months, ``lengths`` how many months those hold that are
    not since January. ``ways`` are the directions where each column says its own.
    """

    money: list[Column]
    words: dict[str, StageWord | None] = field(default_factory=dict)
    years: dict[str, int | None] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    ways: dict[str, Direction] = field(default_factory=dict)

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


def leave_out_balances(draft: Draft, found: Statements) -> None:
    """Leave out a column that is one beside it plus another less a third, such as what is carried over.

    What it is divided into goes with it: these are parts of something that is not the budget itself.
    """
    for column in list(found.money):
        balance = _balance(column, found)
        if balance is None:
            continue
        first, plus, minus = balance
        reason = f"it follows: “{first.name}” with “{plus.name}” less “{minus.name}”"
        carried = "what is carried over from another year: no part of “{}”"
        for other in _parts_after(column, found):
            draft.ignore(other, f"a part of “{column.name}”, which is left out")
            found.drop(other)
        for other, why in (
            (column, reason),
            *((c, carried.format(first.name)) for c in (plus, minus)),
        ):
            draft.ignore(other, why)
            found.drop(other)


def _balance(column: Column, found: Statements) -> tuple[Column, Column, Column] | None:
    """Return the column, the addition and the deduction directly before a column that give it."""
    place = found.money.index(column) if column in found.money else 0
    before = found.money[place - 3 : place] if place >= 3 else []  # noqa: PLR2004
    for first, plus, minus in permutations(before) if before else ():
        own, a, b, c = (one.figures.cents for one in (column, first, plus, minus))
        used = (own != 0) | (a != 0)
        tells = int(((b != 0) & used).sum()) >= _FEWEST <= int(((c != 0) & used).sum())
        if tells and (b + c < a)[used].mean() >= _AGREE <= (own == a + b - c)[used].mean():
            return first, plus, minus
    return None


def _parts_after(column: Column, found: Statements) -> list[Column]:
    """Return the columns directly after a column that it is divided into."""
    after = found.money[found.money.index(column) + 1 :]
    for count in range(len(after), 2, -1):
        together = sum(other.figures.cents for other in after[:count])
        if (column.figures.cents == together).mean() >= _AGREE:
            return after[:count]
    return []


def leave_out_rests(draft: Draft, found: Statements) -> None:
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


def draft_change(draft: Draft, found: Statements, sums: Sequence[RowSum]) -> None:
    """Find approved + change = revised, by words or by figures."""
    for row_sum in sums:
        if len(row_sum.parts) == 2 and row_sum.total in found.words:  # noqa: PLR2004
            for first, change in (row_sum.parts, row_sum.parts[::-1]):
                if _is_change(found, row_sum, first, change):
                    _take_change(draft, found, (first, change, row_sum.total))
                    break
                _leave_out_difference(draft, found, row_sum, change)


def leave_out_changes(draft: Draft, found: Statements) -> None:
    """Ignore the changes that no arithmetic ties to two stages; the only column is asked about."""
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
        return not {"change", "other"} & {words[0], words[2]}
    by_name = {column.name: column for column in found.money}
    budget, own, total = (by_name[name] for name in names)
    is_between = not (budget.header or own.header or total.header) and (
        budget.place < own.place < total.place
    )
    return is_between and not row_sum.is_copy and bool((own.figures.cents < 0).any())


def _leave_out_difference(draft: Draft, found: Statements, row_sum: RowSum, rest: str) -> None:
    """Leave out what one of three columns without words has more or less than another.

    These may be a budget, its change and the budget changed, or what was planned and what was spent.
    """
    names = (*row_sum.parts, row_sum.total)
    if any(found.words.get(name, "") is not None or name in found.members for name in names):
        return
    column = next(c for c in found.money if c.name == rest)
    if row_sum.is_copy or not (column.figures.cents < 0).any():
        return
    draft.ignore(column, "the difference of two other columns: it follows from them")
    found.drop(column)


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


def draft_paid(draft: Draft, found: Statements) -> None:
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


def draft_forecasts(draft: Draft, found: Statements) -> None:
    """Years behind the budget's own are a plan: those far behind the accounts, or of a plan's title."""
    executed = [found.years[c.name] for c in found.named(Stage.EXECUTED) if found.years[c.name]]
    planned = found.named(Stage.APPROVED, Stage.PROPOSED, None)
    years = sorted({year for c in planned if (year := found.years.get(c.name))})
    if len(years) <= _YEARS_TO_BUDGET:
        return
    if executed:
        last = max(year for year in executed if year is not None) + _YEARS_TO_BUDGET
        reason = text(
            "It lies more than two years after the last accounts: it is taken for {stage}.",
            stage=stage_name(Stage.FORECAST),
        )
    elif any((years[0], years[-1]) == span for line in titles(draft) for span in _spans(line)):
        last = years[0]
        reason = text(
            "The title names a plan for several years, and this is a later one: it is taken for {stage}.",
            stage=stage_name(Stage.FORECAST),
        )
    else:
        return
    for column in planned:
        year = found.years[column.name]
        if year and year > last:
            found.words[column.name] = Stage.FORECAST
            draft.note(reason, column)


def _spans(line: str) -> list[tuple[int, int]]:
    """Return the spans of years that a title names, as in "2024-2026"."""
    return [(int(first), int(last)) for first, last in _SPAN.findall(line)]


def draft_rest(draft: Draft, found: Statements) -> None:
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
