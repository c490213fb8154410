"""Encoded: columns of text in which few different texts stand in many rows.

What holds for every row of a text is worked out once, and then taken to the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Places = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]
_MOST_COUNTED = 1 << 22  # so many possible groups are counted; more of them are looked up


@dataclass(frozen=True, slots=True)
class Encoded:
    """A column of text: each different text once, and which of them stands in each row."""

    values: pa.Array
    places: Places

    @classmethod
    def of(cls, cells: pa.Array | pa.ChunkedArray) -> "Encoded":
        """Return a column without outer spaces."""
        found = cls.exactly(cells)
        return found.mapped(found.values)

    @classmethod
    def exactly(cls, cells: pa.Array | pa.ChunkedArray) -> "Encoded":
        """Return a column as it is, its texts in the order in which they first stand."""
        found = _dictionary(cells)
        return cls(found.dictionary, np.asarray(found.indices))

    @classmethod
    def constant(cls, value: str, count: int) -> "Encoded":
        """Return a column that holds one text in every row."""
        return cls(pa.array([value], pa.string()), np.zeros(count, np.int32))

    def mapped(self, values: pa.Array) -> "Encoded":
        """Return the column with other texts for its own, without outer spaces."""
        found = _dictionary(pc.utf8_trim_whitespace(values))
        if len(found.dictionary) == len(self.values):
            return Encoded(found.dictionary, self.places)
        return Encoded(found.dictionary, np.asarray(found.indices)[self.places])

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many rows have each text."""
        return np.bincount(self.places, minlength=len(self.values))

    @property
    def once(self) -> "Encoded":
        """Each text in one row, in their order."""
        return Encoded(self.values, np.arange(len(self.values), dtype=np.int32))

    def are(self, value: str) -> Truths:
        """Tell which rows have this text."""
        return self.rows_of(pc.equal(self.values, value))

    def rows_of(self, is_chosen: pa.Array) -> Truths:
        """Tell which rows have one of the texts that are chosen."""
        return np.asarray(is_chosen.to_numpy(zero_copy_only=False), bool)[self.places]

    @property
    def cells(self) -> pa.ChunkedArray:
        """The text of every row."""
        return pa.chunked_array([self.values.take(pa.array(self.places))])


def stacked(columns: Sequence[Encoded]) -> Encoded:
    """Return columns one below the other, the texts in the order in which they first stand."""
    if len(columns) == 1:
        return columns[0]
    texts = Encoded.exactly(pa.chunked_array([column.values for column in columns], pa.string()))
    ends = np.cumsum([len(column.values) for column in columns])
    owned = zip(columns, np.split(texts.places, ends[:-1]), strict=True)
    return Encoded(texts.values, np.concatenate([own[column.places] for column, own in owned]))


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that agree in several columns: the group of each row, and the texts of each group.

    ``texts`` has for each column the places of the groups' texts among its values.
    """

    places: Places
    texts: tuple[Places, ...]

    def __len__(self) -> int:
        return len(self.texts[0])


def grouped(columns: Sequence[Encoded]) -> Groups:
    """Return the groups of rows that agree in all columns."""
    first, *others = columns
    places = first.places
    texts: tuple[Places, ...] = (np.arange(len(first.values), dtype=np.int32),)
    for column in others:
        width = max(len(column.values), 1)
        keys, places = _numbered(
            places.astype(np.int64) * width + column.places, len(texts[0]) * width
        )
        texts = (*(own[keys // width] for own in texts), (keys % width).astype(np.int32))
    return Groups(places, texts)


def _numbered(keys: npt.NDArray[np.int64], most: int) -> tuple[npt.NDArray[np.int64], Places]:
    """Return the keys that occur, and the number of each row's key among them."""
    if most <= _MOST_COUNTED:
        occurs = np.bincount(keys, minlength=most) > 0
        return np.flatnonzero(occurs), (np.cumsum(occurs) - 1).astype(np.int32)[keys]
    found = pc.dictionary_encode(pa.array(keys))
    return np.asarray(found.dictionary), np.asarray(found.indices)


def _dictionary(cells: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """Return cells as a dictionary; null is ""."""
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    found = pc.dictionary_encode(pc.fill_null(whole.cast(pa.string()), ""))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found
