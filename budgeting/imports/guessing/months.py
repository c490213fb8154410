"""Months: whether columns of months and quarters run since January or are each alone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.guessing.stages import Statements
from budgeting.imports.mappings.mapping import TO_DATE
from budgeting.imports.words.measures import months_in
from budgeting.model import text

Kind = Literal["to date", "single", "unknown"]
_ALONE = "one month or quarter alone: statements are to date"
_MONTHS = 12
_MOST_WORDS = 5
_FEWEST_ROWS = 3
_AGREE = 0.9
_TOTAL = 0.6
_HARDLY_EVER, _OFTEN = 0.02, 0.2  # shares of the steps from a month to the next that fall
_MOSTLY_RISES = 0.5
_EVENLY = 1.6  # of n columns to date, the first has at most so many n-ths of the last
_STILL_GROWS = 0.75


def draft_months(draft: Draft, found: Statements) -> None:
    """Take columns of months and quarters as statements to date; leave them out where that is unclear."""
    spans = {c.name: span for c in found.money if c.header and (span := months_in(c.header))}
    parts = [c for c in found.money if c.name in spans and spans[c.name] != (1, _MONTHS)]
    if len(parts) == 1 and len(parts[0].header.split()) > _MOST_WORDS:
        return  # among so many words, what looks like a month is an abbreviation of something else
    if not any(first > 1 for first, _ in spans.values()):
        return
    series: dict[object, list[Column]] = {}
    for part in parts:
        series.setdefault((found.words[part.name], found.years[part.name]), []).append(part)
    for columns in series.values():
        columns.sort(key=lambda column: spans[column.name])
        _draft_series(draft, found, columns, [spans[column.name] for column in columns])


def _draft_series(
    draft: Draft, found: Statements, parts: list[Column], spans: list[tuple[int, int]]
) -> None:
    whole = _whole_of(parts, found)
    kind = _kind(parts, whole, found)
    word = found.words[parts[0].name] or (found.words[whole.name] if whole else None)
    is_of_stage = word in TO_DATE or (word is None and whole is None)
    is_chain = spans[0][0] == 1 and all(b[0] == a[1] + 1 for a, b in pairwise(spans))
    is_told = is_of_stage and (kind == "to date" or (kind == "single" and is_chain))
    if not is_told and whole is not None:
        for part in parts:
            draft.ignore(part, _ALONE)
            found.drop(part)
        return
    for part, (first, last) in zip(parts, spans, strict=True):
        found.words[part.name] = word
        found.years[part.name] = found.years[whole.name] if whole else found.years[part.name]
        found.ends[part.name] = last
        if is_told and kind == "single":
            found.lengths[part.name] = last - first + 1
    if is_told:
        _tell(draft, found, parts, whole, kind)
    else:
        _ask(draft, parts)


def _tell(
    draft: Draft, found: Statements, parts: list[Column], whole: Column | None, kind: Kind
) -> None:
    if kind == "single":
        message = text("The columns of single months or quarters are added up to amounts to date.")
    else:
        message = text("The columns of months or quarters hold amounts since the year began.")
    doubt = text("Check it: nothing in the file confirms it.") if whole is None else None
    draft.note(message, parts[0], doubt)
    if whole is None:
        return
    if kind == "single":
        names = [part.name for part in parts]
        draft.entries.setdefault("sum", []).append({"column": whole.name, "of": names})
        draft.take(whole, "sum")
    else:
        draft.ignore(whole, f"the same as “{parts[-1].name}”")
    found.drop(whole)


def _ask(draft: Draft, parts: list[Column]) -> None:
    """Leave the columns out once everything else is understood, and ask what they hold."""
    draft.held |= {part.name: _ALONE for part in parts}
    draft.asked.add("amounts")
    draft.note(
        text(
            "The columns of months or quarters are left out: nothing in the file tells whether each is "
            "alone or since the year began."
        ),
        parts[0],
        text("Say on the page, or in the mapping, what they hold."),
    )


def _whole_of(parts: list[Column], found: Statements) -> Column | None:
    """Return the column of the whole year: the sum of the parts, or the last of them again."""
    together, last = sum(part.figures.cents for part in parts), parts[-1].figures.cents
    others = [column for column in found.money if column not in parts and len(parts) > 1]
    for wanted in (together, last):
        for column in others:
            used = (column.figures.cents != 0) | (wanted != 0)
            if used.any() and (column.figures.cents == wanted)[used].mean() >= _AGREE:
                return column
    return None


def _kind(parts: list[Column], whole: Column | None, found: Statements) -> Kind:
    """Return what the figures say: amounts to date only grow, and end at the whole year."""
    cents = np.stack([part.figures.cents for part in parts])
    has_money = (cents != 0).any(axis=1)
    cents = cents[: int(np.flatnonzero(has_money).max(initial=0)) + 1]
    cents = cents[:, (cents != 0).any(axis=0)]
    if len(cents) < 2 or cents.shape[1] < _FEWEST_ROWS:  # noqa: PLR2004
        return "unknown"
    steps = np.diff(cents, axis=0)
    falls, rises = float((steps < 0).mean()), float((steps > 0).mean())
    grows = falls <= _HARDLY_EVER and rises > _MOSTLY_RISES
    if whole is not None:
        total = whole.figures.cents[sum(part.figures.cents != 0 for part in parts) > 0]
        is_sum = (total == cents.sum(axis=0)).mean() >= _AGREE
        is_last = (total == cents[-1]).mean() >= _AGREE
        if is_sum != is_last:
            return "single" if is_sum else "to date" if grows else "unknown"
        return "unknown"
    if any(column.role("total") >= _TOTAL for column in _others(parts, found)):
        return "unknown"  # a total that is neither: something else is summed here
    is_steep = cents[0].sum() <= min(_STILL_GROWS, _EVENLY / len(cents)) * cents[-1].sum()
    return "to date" if grows and is_steep else "single" if falls >= _OFTEN else "unknown"


def _others(parts: Sequence[Column], found: Statements) -> list[Column]:
    return [
        column
        for column in found.money
        if column not in parts and found.words[column.name] == found.words[parts[0].name]
    ]
