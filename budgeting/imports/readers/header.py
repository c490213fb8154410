"""Headers: where the table begins in a sheet, and what its columns are called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from budgeting.imports.readers.sheet import Merged

Row = tuple[int, tuple[str, ...]]

_SEARCHED = 40  # rows in which a header is looked for
_MOST_HEADER_ROWS = 4
_ENOUGH = 0.8
_MOSTLY = 0.7
_LEAST_FILLED = 0.3
_NUMBER = re.compile(
    r"[(+\-−–]?\s?(?:[€$£]|KM|EUR|RSD)?\s?[0-9][0-9.,'’\s]*(?:\s?(?:%|‰|€|KM|EUR|RSD|kr|Kč|din\.?))?\)?-?"
)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}\.?")
_NOTHING = re.compile(r"[-–—−.xX/]+|N/?A|n/?a|#(?:REF|DIV/0|VALUE|NUM|NULL)!|#N(?:AME\?|/A)")
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,3}|[IVX]{1,5}|[a-z])\)?\.?")
_FORMULA = re.compile(r"\(?([0-9]{1,3})\)?\s*=?\s*\(?[0-9]{1,3}\s*[-+*/:x][-+*/:x=()0-9\s.]*")
_FEWEST_NUMBERED = 3
_LONGEST_STEP = 3


class _Cell(Enum):
    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    YEAR = 3
    NOTHING = 4


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header is and the names of the columns, "" where it has none.

    ``first_row`` is 0 where there is no header; ``rows`` counts all its rows, with the one that
    only numbers the columns, ``numbering``.
    """

    first_row: int
    rows: int
    names: tuple[str, ...]
    numbering: int | None = None

    @property
    def last_row(self) -> int:
        """Number of the last row of the header; 0 where there is none."""
        return self.first_row + self.rows - 1 if self.first_row else 0


def detected_header(rows: Sequence[Row], merged: Sequence[Merged], width: int) -> Header:
    """Return the header that the first rows of a sheet show."""
    sheet = _Sample(rows, merged, width)
    best = sheet.best_row()
    if best is None:
        return Header(0, 0, ("",) * width)
    top, bottom = sheet.block_around(best)
    numbering = sheet.numbering_below(bottom)
    last = rows[bottom][0] if numbering is None else rows[numbering][0]
    first = rows[top][0]
    names = _names([row for row in rows if first <= row[0] <= rows[bottom][0]], merged, width)
    return Header(first, last - first + 1, names, None if numbering is None else rows[numbering][0])


def stated_header(
    rows: Sequence[Row], merged: Sequence[Merged], width: int, place: tuple[int, int | None]
) -> Header:
    """Return the header that begins in the row stated, 0 for none, and takes so many rows."""
    first, count = place
    if first == 0:
        return Header(0, 0, ("",) * width)
    found = detected_header([row for row in rows if row[0] >= first], merged, width)
    if count is None and found.first_row == first:
        return found
    taken = [row for row in rows if first <= row[0] < first + (count or 1)]
    named = [row for row in taken if not _numbers_columns(row[1])] or taken
    numbering = next((row[0] for row in taken if row not in named), None)
    return replace(Header(first, count or 1, _names(named, merged, width)), numbering=numbering)


class _Sample:
    """The first rows of a sheet with the kinds of their cells."""

    def __init__(self, rows: Sequence[Row], merged: Sequence[Merged], width: int) -> None:
        self.rows = rows
        self.merged = merged
        self.width = width
        self.kinds = [[_kind(cell) for cell in cells] for _, cells in rows]

    def best_row(self) -> int | None:
        """Return the index of the row that names most columns, None where no row is a header."""
        scores = {
            index: score
            for index in range(min(len(self.rows), _SEARCHED))
            if self._is_of_words(index) and (score := self._named(index))
        }
        if not scores:
            return self._only_words()
        most = max(scores.values())
        best = next(index for index, score in scores.items() if score >= _ENOUGH * most)
        is_late = sum(self._is_data(index) for index in range(best)) > 1
        return None if is_late or not self._is_wide(best) else best

    def _is_of_words(self, index: int) -> bool:
        """Return whether a row has words and no number but years."""
        kinds = self.kinds[index]
        return _Cell.TEXT in kinds and _Cell.NUMBER not in kinds

    def _is_data(self, index: int) -> bool:
        kinds = self.kinds[index]
        return _Cell.TEXT in kinds and _Cell.NUMBER in kinds

    def _named(self, index: int) -> int:
        """Return how many columns of numbers below a row have a name in it."""
        kinds = self.kinds[index]
        return sum(
            kind in (_Cell.TEXT, _Cell.YEAR) and self._is_of_numbers(column, index, kind)
            for column, kind in enumerate(kinds)
        )

    def _is_of_numbers(self, column: int, above: int, kind: _Cell = _Cell.TEXT) -> bool:
        """Return whether a column has mostly numbers below a row."""
        below = [row[column] for row in self.kinds[above + 1 :] if column < len(row)]
        numbers, years = below.count(_Cell.NUMBER), below.count(_Cell.YEAR)
        if kind == _Cell.YEAR and years > numbers:
            return False
        words = below.count(_Cell.TEXT)
        return numbers + years > 0 and numbers + years >= _MOSTLY * (numbers + years + words)

    def _is_wide(self, index: int) -> bool:
        below = self.kinds[index + 1 :]
        widest = max((_filled(row) for row in below), default=0)
        return _filled(self.kinds[index]) >= _LEAST_FILLED * min(widest, self.width)

    def _only_words(self) -> int | None:
        """Return the first full row, where it has only words of which none recurs below."""
        filled = [_filled(row[: self.width]) for row in self.kinds]
        if not any(filled):
            return None
        first = next(i for i, count in enumerate(filled) if count >= _ENOUGH * max(filled))
        if not self._is_of_words(first):
            return None
        cells = self.rows[first][1]
        below = [row for _, row in self.rows[first + 1 :]]
        recurs = any(
            cell.strip() and any(column < len(row) and row[column] == cell for row in below)
            for column, cell in enumerate(cells)
        )
        return None if recurs else first

    def block_around(self, best: int) -> tuple[int, int]:
        """Return the first and the last index of the rows that make the header together."""
        top = bottom = best
        while top > 0 and bottom - top < _MOST_HEADER_ROWS - 1 and self._belong(top - 1, top):
            top -= 1
        while bottom + 1 < len(self.rows) and bottom - top < _MOST_HEADER_ROWS - 1:
            if not self._belong(bottom, bottom + 1):
                break
            bottom += 1
        return top, bottom

    def _belong(self, upper: int, lower: int) -> bool:
        """Return whether two rows make one header: the lower one divides what the upper one says."""
        if self.rows[lower][0] != self.rows[upper][0] + 1:
            return False
        if not (self._is_of_words(upper) or self._is_of_years(upper)):
            return False
        if not self._is_of_words(lower) or not self._names_numbers(lower):
            return False
        return self._is_grouped(upper, lower) or self._completes(upper, lower)

    def _is_of_years(self, index: int) -> bool:
        return {_Cell.YEAR} == set(self.kinds[index]) - {_Cell.EMPTY}

    def _names_numbers(self, index: int) -> bool:
        """Return whether a row has words over at least half of the columns of numbers."""
        of_numbers = [c for c in range(self.width) if self._is_of_numbers(c, index)]
        named = [c for c in of_numbers if self._kind(index, c) in (_Cell.TEXT, _Cell.YEAR)]
        return bool(named) and 2 * len(named) >= len(of_numbers)

    def _is_grouped(self, upper: int, lower: int) -> bool:
        """Return whether the upper row has a cell over several, but not all, columns."""
        number = self.rows[upper][0]
        filled = _filled(self.kinds[lower])
        return any(
            merged.top == number and 0 < merged.right - merged.left < max(filled, 2) - 1
            for merged in self.merged
        )

    def _completes(self, upper: int, lower: int) -> bool:
        """Return whether both rows name what the other leaves out, or the lower one repeats."""
        pairs = [(self._kind(upper, c), self._kind(lower, c)) for c in range(self.width)]
        only_upper = sum(u != _Cell.EMPTY and w == _Cell.EMPTY for u, w in pairs)
        only_lower = sum(u == _Cell.EMPTY and w != _Cell.EMPTY for u, w in pairs)
        words = [cell.strip() for cell in self.rows[lower][1] if cell.strip()]
        repeats = len(words) - len(set(words))
        upper_filled = _filled(self.kinds[upper])
        return upper_filled > 1 and bool((only_upper and only_lower) or (repeats and only_lower))

    def _kind(self, index: int, column: int) -> _Cell:
        kinds = self.kinds[index]
        return kinds[column] if column < len(kinds) else _Cell.EMPTY

    def numbering_below(self, bottom: int) -> int | None:
        """Return the index of the row below the header that only numbers the columns."""
        for index in range(bottom + 1, min(bottom + 4, len(self.rows))):
            if _filled(self.kinds[index]):
                is_found = _numbers_columns(self.rows[index][1]) and self._is_odd_there(index)
                return index if is_found else None
        return None

    def _is_odd_there(self, index: int) -> bool:
        """Return whether a row of numbers is no row of the table: a formula, or over words."""
        cells = self.rows[index][1]
        if any(_FORMULA.fullmatch(cell.strip()) for cell in cells):
            return True
        below = self.kinds[index + 1 :]
        return any(
            cell.strip()
            and sum(c < len(row) and row[c] == _Cell.TEXT for row in below) * 2 > len(below)
            for c, cell in enumerate(cells)
        )


def _kind(cell: str) -> _Cell:
    cell = cell.strip()
    if not cell:
        return _Cell.EMPTY
    if _YEAR.fullmatch(cell):
        return _Cell.YEAR
    if len(cell) < 40 and _NUMBER.fullmatch(cell):  # noqa: PLR2004
        return _Cell.NUMBER
    return _Cell.NOTHING if _NOTHING.fullmatch(cell) else _Cell.TEXT


def _filled(kinds: Iterable[_Cell]) -> int:
    return sum(kind != _Cell.EMPTY for kind in kinds)


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Return whether a row counts the columns: "1, 2, 3, 4 = 1+2-3"."""
    written = [cell.strip() for cell in cells if cell.strip()]
    found = [_FORMULA.fullmatch(cell) or _COLUMN_NUMBER.fullmatch(cell) for cell in written]
    if len(written) < _FEWEST_NUMBERED or not all(found):
        return False
    marks = [match[1] for match in found if match]
    if not all(mark.isdigit() for mark in marks):
        return len(set(marks)) == len(marks) and not any(mark.isdigit() for mark in marks)
    steps = {int(after) - int(before) for before, after in pairwise(marks)}
    has_formula = any(_FORMULA.fullmatch(cell) for cell in written)
    return steps == {1} or (has_formula and min(steps) > 0 and max(steps) <= _LONGEST_STEP)


def _names(rows: Sequence[Row], merged: Sequence[Merged], width: int) -> tuple[str, ...]:
    """Return the words of every column, from the top row down."""
    filled = [list(_across(rows, place, merged, width)) for place in range(len(rows))]
    return tuple(
        " ".join(dict.fromkeys(word for row in filled if (word := row[column])))
        for column in range(width)
    )


def _across(rows: Sequence[Row], place: int, merged: Sequence[Merged], width: int) -> Iterable[str]:
    """Yield the words of a row; a cell that heads several columns stands over each of them."""
    number, cells = rows[place]
    lower = rows[place + 1][1] if place + 1 < len(rows) else ()
    spans = [
        span for span in merged if span.top <= number <= span.bottom and span.right > span.left
    ]
    has_merged = any(span.top in {row[0] for row in rows} for span in merged)
    heading = ""
    for column in range(width):
        word = _word(cells, column)
        if word:
            heading = word if _word(lower, column) else ""
        elif span := next((s for s in spans if s.left < column <= s.right), None):
            word = _word(cells, span.left)
        elif heading and _word(lower, column) and not has_merged:
            word = heading
        yield word


def _word(cells: Sequence[str], column: int) -> str:
    return " ".join(cells[column].split()) if column < len(cells) else ""
