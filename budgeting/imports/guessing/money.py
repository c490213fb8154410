"""Money: which columns hold amounts, of which stage and year, and which follow from others."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from budgeting.imports.guessing.draft import Draft
from budgeting.imports.guessing.evidence import Column, Evidence, follows
from budgeting.imports.sheets.sheet import Truths

_SHARE = 0.9
_CODE_ROLES = (
    "organisation_code",
    "programme_code",
    "activity_code",
    "function_code",
    "economic_code",
    "fund_code",
    "line_code",
    "municipality_code",
)
_ENOUGH = 0.5
_SMALL = 0.05
_MOST_COLUMNS = 24
_THOUSAND = 100_000  # in cents


def money_columns(evidence: Evidence) -> list[Column]:
    """Return the columns of figures that are no codes, years or numbers of rows."""
    found = [column for column in evidence.columns if _is_money(evidence, column)]
    if not found:
        return []
    first, last = found[0].place, found[-1].place
    between = [c for c in evidence.columns[first:last] if c not in found and _may_be_money(c)]
    return sorted([*found, *between], key=lambda column: column.place)


def _may_be_money(column: Column) -> bool:
    """Tell whether a column among amounts can be one: zeros alone say nothing by themselves."""
    is_other = column.has_leading_zeros or column.is_years or column.is_dates
    return column.is_figures and not is_other and not column.is_percentages and not column.is_words


def _is_money(evidence: Evidence, column: Column) -> bool:
    if not column.is_figures or column.is_dates or column.is_percentages:
        return False
    if column.is_years and column.role("amount", "total") < _SHARE:
        return False
    if column.is_numbering and column.stage is None:
        return False
    if column.role("amount", "total") < _ENOUGH and _is_small(column):
        return False
    return _looks_like_money(column) > _looks_like_code(evidence, column)


def _is_small(column: Column) -> bool:
    """Tell whether all figures are whole and below a thousand, as codes and counts are."""
    figures = column.figures
    return not figures.has_marks and int(np.abs(figures.cents).max(initial=0)) < _THOUSAND


def _looks_like_money(column: Column) -> float:
    score = column.role("amount", "total", "percentage", "per_resident", "people")
    figures = column.figures
    score += 0.6 * figures.has_marks
    known = figures.cents[figures.is_known]
    score += 0.3 * bool((known == 0).any() and (known != 0).any())
    score += 0.4 * bool((known % 100 != 0).any())
    lengths = {len(value) for value in column.values if value.isdecimal()}
    return score + 0.2 * (len(lengths) > 2) + 0.3 + _are_exact(column)  # noqa: PLR2004


def _are_exact(column: Column) -> bool:
    """Tell whether most figures are above a thousand and have cents: no code is written so."""
    known = column.figures.cents[column.figures.is_known]
    used = known[known != 0]
    return bool(len(used) and ((np.abs(used) >= _THOUSAND) & (used % 100 != 0)).mean() > _ENOUGH)


def _looks_like_code(evidence: Evidence, column: Column) -> float:
    score = column.role(*_CODE_ROLES)
    score += 1.0 * column.has_leading_zeros + 1.0 * column.are_led_by_zeros
    score += 0.3 * (column.distinct < 0.3 * max(column.filled, 1))
    after = evidence.columns[column.place + 1 : column.place + 2]
    if after and after[0].is_words and follows(after[0], column) >= _SHARE:
        score += 0.8 if after[0].distinct > 1 or column.distinct == 1 else 0.0
        score += 0.6 * _are_of_one_length(column)
    return score


def _are_of_one_length(column: Column) -> bool:
    """Tell whether several whole numbers have the same number of digits, as codes with names do."""
    lengths = {len(value) for value in column.values}
    return len(lengths) == 1 and column.distinct > 1 and all(map(str.isdecimal, column.values))


def leave_out_shares(draft: Draft, money: Sequence[Column]) -> list[Column]:
    """Ignore percentages and amounts per resident; return the other columns."""
    kept = []
    for column in money:
        if column.role("percentage") >= _SHARE and column.stage is None:
            draft.ignore(column, "a share or index: it follows from the amounts")
        elif _is_per_resident(column):
            draft.ignore(column, "an amount per resident: it follows from the amounts")
        else:
            kept.append(column)
    return _leave_out_proportional(draft, kept)


def _is_per_resident(column: Column) -> bool:
    return column.role("per_resident") >= _ENOUGH or (
        column.role("people") >= _ENOUGH and column.role("amount") >= _ENOUGH
    )


def _leave_out_proportional(draft: Draft, money: list[Column]) -> list[Column]:
    """Ignore columns that are a small constant part of another one within a group of rows."""
    kept = list(money)
    if len(money) > _MOST_COLUMNS:
        return kept
    groups = _groups(draft.evidence)
    for one, other in combinations(money, 2):
        for large, small in ((one, other), (other, one)):
            if {large, small} <= set(kept) and _is_small_part(large, small, groups):
                draft.ignore(
                    small, "it is the same small part of another column in each group of rows"
                )
                kept.remove(small)
    return kept


def _groups(evidence: Evidence) -> np.ndarray:
    named = [
        c for c in evidence.columns if c.role("municipality_name", "municipality_code") > _ENOUGH
    ]
    return named[0].text.places if named else np.zeros(evidence.count, np.int64)


def _is_small_part(large: Column, small: Column, groups: np.ndarray) -> bool:
    if small.stage is not None:
        return False
    whole, part = large.figures.cents, small.figures.cents
    used = (whole > 0) & (part > 100)  # noqa: PLR2004
    if used.sum() < 8:  # noqa: PLR2004
        return False
    ratio = np.zeros(len(whole))
    ratio[used] = part[used] / whole[used]
    near = np.zeros(len(whole), bool)
    for group in np.unique(groups[used]):
        rows = used & (groups == group)
        middle = np.median(ratio[rows])
        near[rows] = np.abs(part[rows] - middle * whole[rows]) <= 0.02 * part[rows] + 100
    return bool(np.median(ratio[used]) < _SMALL and near[used].mean() >= _SHARE)


def is_at_most(lower: Column, upper: Column, rows: Truths | None = None) -> bool:
    """Tell whether one column is nearly nowhere above the other, and not the same."""
    a, b = lower.figures.cents, upper.figures.cents
    used = (a != 0) | (b != 0)
    if rows is not None:
        used &= rows
    if used.sum() < 5:  # noqa: PLR2004
        return False
    return bool((a[used] <= b[used]).mean() >= _SHARE)
