"""Word totals: the rows whose words announce a total."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

import numpy as np

from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.sheets.sheet import Truths
from budgeting.imports.sheets.structure import closed_up
from budgeting.imports.words.vocabulary import fold, total_words

_MOST_ROWS = 20_000


@dataclass(frozen=True)
class WordTotals:
    """Rows whose words announce a total, by the column in which they stand."""

    by_column: Dictionary[str, tuple[str, ...]]
    is_total: Truths

    @property
    def labels(self) -> list[str]:
        """All the texts."""
        return [text for texts in self.by_column.values() for text in texts]


def has_money(money: list[Column]) -> Truths:
    """Return the rows with a figure."""
    known = [column.figures.is_known for column in money]
    return np.asarray(np.any(np.stack(known, axis=1), axis=1), bool)


def word_totals(evidence: Evidence, money: list[Column]) -> WordTotals:
    """Find the rows with money in which some text says total."""
    with_money = has_money(money)
    is_total = np.zeros(evidence.count, bool)
    found: dict[str, tuple[str, ...]] = {}
    names = {column.name for column in money}
    for column in evidence.columns:
        if column.name in names or not column.filled or column.distinct > _MOST_ROWS:
            continue
        says = np.array([bool(t) and _says_total(t) for t in column.text.values], bool)
        rows = says[column.text.places] & with_money
        if rows.any() and rows.sum() < 0.5 * with_money.sum():
            used = np.unique(column.text.places[rows])
            found[column.name] = tuple(column.text.values[place] for place in used)
            is_total |= rows
    return WordTotals(found, is_total)


def _says_total(written: str) -> bool:
    return total_words().search(fold(closed_up(written))) is not None
