"""Rows of a sheet as arrays, and which run of lines a printed amount is the sum of."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

# Odd constants: sums of amounts are looked up by one number, and compared in full afterwards.
_WEIGHTS = np.random.default_rng(20240101).integers(1, 2**62, 64, dtype=np.int64) | 1


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of text: each different text once, and which of them stands in each row."""

    values: tuple[str, ...]
    places: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, texts: pa.Array | pa.ChunkedArray | Sequence[str]) -> "TextColumn":
        """Return `texts`, trimmed; null is ""."""
        column = texts if isinstance(texts, (pa.Array, pa.ChunkedArray)) else pa.array(texts)
        column = pc.fill_null(pc.utf8_trim_whitespace(column.cast(pa.string())), "")
        encoded = pc.dictionary_encode(column)
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = pc.dictionary_encode(pa.array([], pa.string()))
        values = tuple(encoded.dictionary.to_pylist())
        places = np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)
        lengths = np.array([len(value) for value in values], dtype=np.int64)
        return cls(values, places, lengths[places])

    def at(self, place: int) -> str:
        """Return the text of one row."""
        return self.values[int(self.places[place])]


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet in file order.

    Parameters
    ----------
    numbers
        Row numbers as a spreadsheet counts.
    codes, labels
        Text of each row, "" where there is none.
    columns
        Names of the amount columns.
    cents
        Amounts in cents, one array row per row and one array column per name; 0 where not known.
    is_known
        Where a figure stands, even zero.
    """

    numbers: Numbers
    codes: TextColumn
    labels: TextColumn
    columns: tuple[str, ...]
    cents: Numbers
    is_known: Truths

    @classmethod
    def of(
        cls,
        numbers: Sequence[int] | Numbers,
        texts: tuple[
            pa.Array | pa.ChunkedArray | Sequence[str], pa.Array | pa.ChunkedArray | Sequence[str]
        ],
        columns: Sequence[str],
        cents: npt.ArrayLike,
        is_known: npt.ArrayLike,
    ) -> "SheetRows":
        """Return the rows; `texts` are codes and labels, the arrays of amounts as described above."""
        known = np.asarray(is_known, dtype=bool).reshape(len(numbers), len(columns))
        amounts = np.asarray(cents, dtype=np.int64).reshape(len(numbers), len(columns))
        return cls(
            np.asarray(numbers, dtype=np.int64),
            TextColumn.of(texts[0]),
            TextColumn.of(texts[1]),
            tuple(columns),
            np.where(known, amounts, 0),
            known,
        )

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Scope:
    """Rows from `start` up to, not including, `end`; only the lines in them count."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scopes:
    """Finds runs of lines by their sum. A run begins and ends where rows other than lines stand.

    ``sums`` and ``counts`` have one entry more than there are rows: what the lines before a row add
    up to, and how many they are.
    """

    rows: SheetRows
    sums: Numbers
    counts: Numbers
    edges: Numbers
    _by_pattern: dict[bytes, dict[int, list[int]]] = field(default_factory=dict)

    def exact(self, place: int) -> Scope | None:
        """Return the smallest run directly before or after a row that adds up to all it prints.

        None where there is none, or where the row prints nothing but zeros: those confirm nothing.
        """
        printed = self.rows.is_known[place]
        wanted = self.rows.cents[place]
        if not wanted.any():
            return None
        index = self._index(printed)
        weights = _WEIGHTS[: len(wanted)] * printed
        shift = int(_hashes(wanted, weights))
        before = self._latest(index, place, int(_hashes(self.sums[place], weights)) - shift)
        after = self._earliest(index, place, int(_hashes(self.sums[place + 1], weights)) + shift)
        found = [scope for scope in (before, after) if scope is not None]
        return min(found, key=self.count_in, default=None)

    def _latest(self, index: dict[int, list[int]], place: int, key: int) -> Scope | None:
        starts = index.get(_wrapped(key), [])
        for start in reversed(starts[: bisect_right(starts, place)]):
            scope = Scope(start, place)
            if self.count_in(scope):
                return scope if self._is_sum(scope, place) else None
        return None

    def _earliest(self, index: dict[int, list[int]], place: int, key: int) -> Scope | None:
        ends = index.get(_wrapped(key), [])
        for end in ends[bisect_left(ends, place + 1) :]:
            scope = Scope(place + 1, end)
            if self.count_in(scope):
                return scope if self._is_sum(scope, place) else None
        return None

    def _is_sum(self, scope: Scope, place: int) -> bool:
        printed = self.rows.is_known[place]
        return bool((self.sum_of(scope) == self.rows.cents[place])[printed].all())

    def _index(self, printed: Truths) -> dict[int, list[int]]:
        """Return, for one choice of columns, the edges by the hash of what the lines before add up to."""
        pattern = printed.tobytes()
        if pattern not in self._by_pattern:
            index: dict[int, list[int]] = {}
            weights = _WEIGHTS[: len(printed)] * printed
            keys = _hashes(self.sums[self.edges], weights).tolist()
            for key, edge in zip(keys, self.edges.tolist(), strict=True):
                index.setdefault(key, []).append(edge)
            self._by_pattern[pattern] = index
        return self._by_pattern[pattern]

    def sum_of(self, scope: Scope) -> Numbers:
        """Return what the lines of `scope` add up to, per column."""
        return np.asarray(self.sums[scope.end] - self.sums[scope.start], dtype=np.int64)

    def count_in(self, scope: Scope) -> int:
        """Return how many lines `scope` has."""
        return int(self.counts[scope.end] - self.counts[scope.start])


def scopes(rows: SheetRows, is_line: Truths, groups: Numbers | None = None) -> Scopes:
    """Return a finder of runs among the lines that `is_line` marks.

    A run also begins and ends where `groups` change.
    """
    lines = np.where(is_line[:, None], rows.cents, 0)
    sums = np.vstack([np.zeros((1, lines.shape[1]), dtype=np.int64), lines.cumsum(axis=0)])
    counts = np.concatenate([[0], is_line.cumsum()]).astype(np.int64)
    after_other = np.concatenate([[True], ~is_line])
    before_other = np.concatenate([~is_line, [True]])
    is_edge = after_other | before_other
    if groups is not None and len(groups):
        is_edge[1:-1] |= groups[1:] != groups[:-1]
    edges = np.flatnonzero(is_edge).astype(np.int64)
    return Scopes(rows, sums, counts, edges)


def _hashes(sums: Numbers, weights: Numbers) -> Numbers:
    with np.errstate(over="ignore"):
        return np.asarray((sums * weights).sum(axis=-1), dtype=np.int64)


def _wrapped(key: int) -> int:
    """Return `key` as 64-bit arithmetic leaves it."""
    return (key + 2**63) % 2**64 - 2**63
