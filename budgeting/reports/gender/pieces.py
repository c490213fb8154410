"""Pieces: what marks make of the lines of a statement, kept in the order of their money.

A page of lines, and the lines on which a number rests most, are slices of what is kept, whatever is
narrowed down to and whatever the ledger's size. Words are asked for the lines that are shown.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from budgeting.amounts import CENT
from budgeting.methodologies import Methodology
from budgeting.model import Vintage
from budgeting.once import once
from budgeting.reports.gender.money import Narrowing, marked_money
from budgeting.store import DIMENSIONS, Store

NO_MARK = -1
_EXACT = 60  # digits of a sum of amounts times weights
_MOST_KEPT = 1_500_000  # pieces, of some 60 bytes each
_MOST_WORDS = 20_000  # lines, or parts of marks
_SAYING = ("methodology_version", "category", "confidence", "state", "score")
Saying = tuple[str, ...]  # what a mark says, in the order of `_SAYING`
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Words = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """A statement under one methodology, a place per piece, the largest first.

    A piece is a budget line and part of its mark, or what of a line is not screened. Pieces of the
    same size are in the order of their lines.

    Parameters
    ----------
    sayings
        What marks of the statement say: version, category, confidence, state and score.
    said
        Which of them a piece's mark says, 1 for the first, 0 of what is not screened.
    mark
        classification_id, -1 of what is not screened.
    is_part
        Whether the piece may be less than its line.
    cents
        Money, in hundredths of the currency.
    members
        By dimension the most detailed member.
    """

    sayings: tuple[Saying, ...]
    line: NDArray[np.int64]
    line_year: NDArray[np.int64]
    mark: NDArray[np.int64]
    said: NDArray[np.int16]
    is_part: Mask
    cents: NDArray[np.int64]
    members: Mapping[str, NDArray[np.int32]]

    def __len__(self) -> int:
        return len(self.cents)

    def weights(self, said: Iterable[Mapping[str, Any]], rest: int) -> list[Decimal]:
        """Return what each saying counts for, 0 for those that are not among `said`.

        Parameters
        ----------
        said
            Rows with the columns of a saying, and ``weight``.
        rest
            What counts for what is not screened, which is the first of the answer.
        """
        known = {tuple(row[name] for name in _SAYING): row["weight"] for row in said}
        return [Decimal(rest), *(known.get(saying, Decimal(0)) for saying in self.sayings)]

    def weighing(self, weights: Sequence[Decimal]) -> Mask:
        """Return which pieces count at all."""
        return np.asarray(np.array([weight > 0 for weight in weights])[self.said])

    def within(self, kept: Narrowing) -> Mask:
        """Return which pieces are of the members to keep."""
        found = np.ones(len(self), bool)
        for dimension, ids in kept.items():
            if ids is not None:
                found &= np.isin(self.members[dimension], np.asarray(ids, np.int32))
        return found

    def weighted(self, places: Places, weights: Sequence[Decimal]) -> Decimal:
        """Return the exact sum of pieces times what they count for.

        Halves are summed by themselves: the whole could be more than 64 bits hold.
        """
        said, cents = self.said[places], self.cents[places]
        high, low = np.zeros((2, len(weights)), np.int64)
        np.add.at(high, said, cents >> 32)
        np.add.at(low, said, cents & 0xFFFFFFFF)
        with localcontext(prec=_EXACT):
            return sum(
                (
                    _money((int(upper) << 32) + int(lower)) * weight
                    for upper, lower, weight in zip(high, low, weights, strict=True)
                ),
                Decimal(0),
            )

    def line_count(self, places: Places) -> int:
        """Return of how many lines pieces are."""
        parts = places[self.is_part[places]]
        return len(places) - len(parts) + len(np.unique(self.line_year[parts]))

    def rows(
        self, places: Places, weights: Sequence[Decimal], before: Decimal
    ) -> Iterator[dict[str, Any]]:
        """Yield line_id, line_year, mark, amount, weight and counted of pieces, in their order.

        ``counted`` is what a piece brings to a sum, cut one behind the other at whole cents, so that
        together they are the sum; `before` is the exact sum of those that stand before.
        """
        with localcontext(prec=_EXACT):
            for at in places:
                amount, weight = _money(int(self.cents[at])), weights[self.said[at]]
                upto = before + amount * weight
                yield {
                    "line_id": int(self.line[at]),
                    "line_year": int(self.line_year[at]),
                    "mark": int(self.mark[at]),
                    "amount": amount,
                    "weight": weight,
                    "counted": cents(upto) - cents(before),
                }
                before = upto

    def largest(self, places: Places, count: int) -> list[tuple[int, Decimal]]:
        """Return the lines whose pieces are most money together, the largest first: line-year, money."""
        is_part = self.is_part[places]
        whole, parts = places[~is_part], places[is_part]
        first = whole[self.cents[whole] > 0][:count]
        if len(first) < count:  # what is below zero stands in the opposite order
            first = whole
        lines, place = np.unique(self.line_year[parts], return_inverse=True)
        together = np.zeros(len(lines), np.int64)
        np.add.at(together, place, self.cents[parts])  # no more than the line's own amount
        lines = np.concatenate([self.line_year[first], lines])
        money = np.concatenate([self.cents[first], together])
        order = np.lexsort((lines, -money))[:count]
        return [(int(lines[at]), _money(int(money[at]))) for at in order]


def cents(exact: Decimal) -> Decimal:
    """Return an exact amount rounded to the cent, a half to the even one."""
    return exact.quantize(CENT, ROUND_HALF_EVEN)


def _money(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


def pieces_of(store: Store, vintage: Vintage, method: Methodology) -> Pieces:
    """Return the pieces of a statement, kept until budget or marks change."""
    said = marked_money(store, vintage, method).marked
    sayings = sorted({_saying(row) for row in said}, key=str)
    return _pieces(store, store.budget_state, vintage.vintage_id, method.code, tuple(sayings))


def _saying(row: Mapping[str, Any]) -> Saying:
    return tuple(row["said" if name == "category" else name] for name in _SAYING)


@once(maxsize=_MOST_KEPT, weight=len)
def _pieces(
    store: Store, _state: str, vintage_id: int, methodology: str, sayings: tuple[Saying, ...]
) -> Pieces:
    said = [
        {"place": place, **dict(zip(_SAYING, saying, strict=True))}
        for place, saying in enumerate(sayings, start=1)
    ]
    schema = pa.schema([("place", pa.int16()), *((name, pa.string()) for name in _SAYING)])
    rows = store.query(
        "pieces",
        vintage_id=vintage_id,
        methodology=methodology,
        saying=pa.Table.from_pylist(said, schema=schema),
    )
    columns = {
        name: np.asarray(rows[name].combine_chunks().to_numpy(zero_copy_only=False))
        for name in rows.column_names
    }
    members = {name: columns.pop(f"{name}_id") for name in DIMENSIONS}
    return Pieces(sayings=sayings, members=members, **columns)


def words_of_lines(store: Store, line_years: Iterable[int]) -> Words:
    """Return what line-years are called, by their numbers."""
    return _words(store, "line_year_words", "line_year_id", line_years)


def words_of_marks(store: Store, marks: Iterable[int]) -> Words:
    """Return what parts of marks say and who said it, by their numbers."""
    known = (mark for mark in marks if mark != NO_MARK)
    return _words(store, "mark_words", "classification_id", known)


def _words(store: Store, question: str, key: str, wanted: Iterable[int]) -> Words:
    """Return rows by their numbers; those that were asked for are kept until the budget changes."""
    kept = _kept_words(store, store.budget_state, question)
    numbers = set(wanted)
    found = {number: kept[number] for number in numbers & kept.keys()}
    missing = sorted(numbers - found.keys())
    if missing:
        rows = store.query(question, **{f"{key}s": missing}).to_pylist()
        if len(kept) > _MOST_WORDS:
            kept.clear()
        kept.update({row[key]: row for row in rows})
        found |= {row[key]: row for row in rows}
    return found


@lru_cache(maxsize=4)
def _kept_words(_store: Store, _state: str, _question: str) -> dict[int, Mapping[str, Any]]:
    return {}
