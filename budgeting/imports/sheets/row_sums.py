"""Columns that are the sum of other columns: a total by source, or approved plus change."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from budgeting.imports.sheets.sheet import Numbers, SheetRows, Truths

_MOST_COLUMNS = 12
_FEWEST_ROWS = 5
_SHARE = 0.9
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class RowSum:
    """A column that is the sum of others.

    Parameters
    ----------
    total, parts
        Names of the columns.
    agreeing, compared
        In how many rows it is so, of how many that have a figure.
    is_copy
        In no row does more than one part have money: which of the equal columns is the total cannot
        be told from the figures.
    has_negative_part
        Some part has a figure below zero, as a change has.
    """

    total: str
    parts: tuple[str, ...]
    agreeing: int
    compared: int
    is_copy: bool
    has_negative_part: bool


def find_row_sums(rows: SheetRows) -> tuple[RowSum, ...]:
    """Return for each column the longest sum of other columns that it is, nulls taken as zero.

    Neighbouring columns go before any two. Of more than 12 columns only the first 12 are looked at.
    """
    found = []
    columns = range(min(len(rows.columns), _MOST_COLUMNS))
    for total in columns:
        for parts in (*_runs_beside(total, len(columns)), *_pairs(total, len(columns))):
            row_sum = _row_sum(rows, total, parts)
            if row_sum is not None:
                found.append(row_sum)
                break
    return tuple(found)


def find_changes(rows: SheetRows) -> tuple[RowSum, ...]:
    """Return sums of two columns of which one has figures below zero: approved + change = revised."""
    return tuple(
        row_sum
        for row_sum in find_row_sums(rows)
        if row_sum.has_negative_part and len(row_sum.parts) == _SEVERAL
    )


def sum_differences(rows: SheetRows, total: str, parts: tuple[str, ...]) -> Numbers:
    """Return for each row in cents what `total` has more than `parts`; 0 where it has no figure."""
    column = rows.columns.index(total)
    sums = rows.cents[:, [rows.columns.index(part) for part in parts]].sum(axis=1)
    return np.where(rows.is_known[:, column], rows.cents[:, column] - sums, 0)


def _runs_beside(total: int, count: int) -> Iterator[tuple[int, ...]]:
    """Give the runs of columns that end before `total` or begin after it, the longest first."""
    for length in range(count - 1, 1, -1):
        if total - length >= 0:
            yield tuple(range(total - length, total))
        if total + length < count:
            yield tuple(range(total + 1, total + 1 + length))


def _pairs(total: int, count: int) -> Iterator[tuple[int, ...]]:
    yield from combinations((column for column in range(count) if column != total), 2)


def _row_sum(rows: SheetRows, total: int, parts: tuple[int, ...]) -> RowSum | None:
    chosen = rows.cents[:, list(parts)]
    own = rows.cents[:, total]
    has_figures: Truths = rows.is_known[:, total] & ((own != 0) | (chosen != 0).any(axis=1))
    agrees = (own == chosen.sum(axis=1)) & has_figures
    compared, agreeing = int(has_figures.sum()), int(agrees.sum())
    if agreeing < _FEWEST_ROWS or agreeing < _SHARE * compared:
        return None
    names = tuple(rows.columns[part] for part in parts)
    is_copy = not ((chosen != 0).sum(axis=1)[agrees] >= _SEVERAL).any()
    return RowSum(rows.columns[total], names, agreeing, compared, is_copy, bool((chosen < 0).any()))
