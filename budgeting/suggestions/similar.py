"""Names alike: which approved lines a line resembles, by the words that they share.

A name is the set of its words and of their beginnings (three and five letters), so that “школа” and
“школе”, “vrtić” and “vrtićima” have something in common. What few approved names have weighs more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.words.folding import folded

LEAST = 0.5
MOST = 3
_BEGINNINGS = (3, 5)
_CELLS_AT_ONCE = 1_000_000  # pairs of names that are counted together: they stay in the processor

Numbers = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alike:
    """An approved name, by its place in the list, and its similarity: 0 to 1, cut to per cent."""

    place: int
    similarity: Decimal


def alike(
    names: Sequence[str], approved: Sequence[str], least: float = LEAST, most: int = MOST
) -> list[tuple[Alike, ...]]:
    """Return for each name the approved names most like it; see `KnownNames.alike`."""
    return KnownNames(approved).alike(names, least, most)


class KnownNames:
    """Approved names by what they consist of; made once, asked for every page."""

    def __init__(self, names: Sequence[str] | pa.Array | pa.ChunkedArray) -> None:
        self._count = len(names)
        owners, features = _features(names)
        encoded = features.dictionary_encode()
        self._words = encoded.dictionary
        pairs = _different(owners, encoded.indices.to_numpy(), len(self._words))
        frequency = np.bincount(pairs.features, minlength=len(self._words))
        self._weights = self._weight(frequency)
        self._totals = pairs.weigh(self._weights, self._count)
        self._postings = _postings(pairs, frequency)

    def alike(
        self, names: Sequence[str], least: float = LEAST, most: int = MOST
    ) -> list[tuple[Alike, ...]]:
        """Return for each name the known names most like it, the most similar first.

        Similarity is twice the weight of what two names share over the weight of both: 1 for names
        of the same words, 0 for names without a common beginning. Equal ones stand in their own
        order.

        Parameters
        ----------
        least
            Names less similar than this are not alike, 0 to 1.
        most
            How many are returned for a name.
        """
        if not names or not self._count:
            return [() for _ in names]
        written = pa.array(names, pa.string()).dictionary_encode()
        asked, totals = self._asked(written.dictionary)
        step = max(1, _CELLS_AT_ONCE // self._count)
        found: list[tuple[Alike, ...]] = []
        for first in range(0, len(totals), step):
            own = totals[first : first + step]
            shared = self._postings.shared(asked.rows(first, first + step), len(own), self._count)
            found += _best(shared, own, self._totals, least, most)
        return [found[place] for place in written.indices.to_pylist()]

    def _asked(self, names: pa.Array) -> tuple["_Weighed", Weights]:
        """Return what names share with known ones, by postings, and the weight of all of theirs."""
        owners, features = _features(names)
        encoded = features.dictionary_encode()
        known = pc.fill_null(pc.index_in(encoded.dictionary, self._words), -1).to_numpy()
        pairs = _different(owners, encoded.indices.to_numpy(), len(known))
        feature = known[pairs.features]
        is_known = feature >= 0
        weights = np.full(len(feature), self._weight(np.zeros(1, np.int64))[0])
        weights[is_known] = self._weights[feature[is_known]]
        totals = np.bincount(pairs.owners, weights, len(names)).astype(np.float64, copy=False)
        lists = self._postings.lists[feature[is_known]]
        return _together(pairs.owners[is_known], lists, weights[is_known]), totals

    def _weight(self, frequency: Numbers) -> Weights:
        return np.log1p(self._count / np.maximum(frequency, 1))


def _best(
    shared: Weights, asked: Weights, known: Weights, least: float, most: int
) -> list[tuple[Alike, ...]]:
    # two names so alike share at least this part of the first; few pairs pass, so few are divided
    is_enough = shared > (least / (2 - least) * 0.999 * asked)[:, None]
    cells = np.flatnonzero(is_enough)
    rows, columns = np.divmod(cells, len(known))
    # rounding errors must not drop a pair that is on the bound
    ratio = 2 * shared.ravel()[cells] / (asked[rows] + known[columns])
    per_cent = np.floor(ratio * 100 + 1e-6).astype(np.int64)
    order = np.lexsort((columns, -per_cent, rows))
    order = order[per_cent[order] >= round(least * 100)]
    starts = np.searchsorted(rows[order], np.arange(len(asked) + 1)).tolist()
    return [
        tuple(
            Alike(int(columns[at]), Decimal(int(per_cent[at])).scaleb(-2))
            for at in order[start : min(end, start + most)]
        )
        for start, end in pairwise(starts)
    ]


# --- what names consist of ------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which name has which feature: pairs sorted by name, each once."""

    owners: Numbers
    features: Numbers

    def weigh(self, weights: Weights, count: int) -> Weights:
        return np.bincount(self.owners, weights[self.features], count).astype(
            np.float64, copy=False
        )


def _different(owners: Numbers, features: Numbers, count: int) -> _Pairs:
    pairs = np.sort(owners * max(count, 1) + features)  # np.unique looks them up one by one
    is_new = np.diff(pairs, prepend=-1) > 0
    return _Pairs(*np.divmod(pairs[is_new], max(count, 1)))


def _features(names: Sequence[str] | pa.Array | pa.ChunkedArray) -> tuple[Numbers, pa.Array]:
    """Return the words of names and how they begin, each with the place of its name."""
    written = names if isinstance(names, pa.ChunkedArray) else pa.array(names, pa.string())
    lists = pc.split_pattern(folded(pa.chunked_array([written])), " ").combine_chunks()
    words, owners = lists.flatten(), pc.list_parent_indices(lists)
    is_word = pc.not_equal(words, "")
    words, owners = words.filter(is_word), owners.filter(is_word).to_numpy().astype(np.int64)
    parts = [words, *(_beginnings(words, length) for length in _BEGINNINGS)]
    return np.tile(owners, len(parts)), pa.chunked_array(parts).combine_chunks()


def _beginnings(words: pa.Array, length: int) -> pa.Array:
    """Return how words begin; marked, because a beginning is not the word of the same letters."""
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(words, 0, length), "-", "")


# --- counting -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Which name has how much of which posting list: sorted by name, each pair once."""

    owners: Numbers
    lists: Numbers
    weights: Weights

    def rows(self, first: int, last: int) -> "_Weighed":
        start, end = np.searchsorted(self.owners, (first, last))
        return _Weighed(
            self.owners[start:end] - first, self.lists[start:end], self.weights[start:end]
        )


def _together(owners: Numbers, lists: Numbers, weights: Weights) -> _Weighed:
    """Add up what a name has of the same list."""
    if not len(owners):
        return _Weighed(owners, lists, weights)
    span = int(lists.max()) + 1
    unique, place = np.unique(owners * span + lists, return_inverse=True)
    sums = np.bincount(place, weights).astype(np.float64, copy=False)
    return _Weighed(*np.divmod(unique, span), sums)


@dataclass(frozen=True, slots=True)
class _Postings:
    """The names that have a feature: ``owners[starts[l]:starts[l + 1]]`` of ``l = lists[feature]``.

    Features of the same names, as a word and its beginning mostly are, share one list, so that each
    pair of names is met once for them and not three times.
    """

    lists: Numbers
    owners: Numbers
    starts: Numbers

    def shared(self, asked: _Weighed, rows: int, known: int) -> Weights:
        """Return the weight of the shared features of each pair of an asked and a known name."""
        lengths = np.diff(self.starts)[asked.lists]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        at = np.arange(total) + np.repeat(self.starts[asked.lists] - (ends - lengths), lengths)
        cells = np.repeat(asked.owners * known, lengths) + self.owners[at]
        weight = np.repeat(asked.weights, lengths)
        sums = np.bincount(cells, weight, rows * known).astype(np.float64, copy=False)
        return sums.reshape(rows, known)


def _postings(pairs: _Pairs, frequency: Numbers) -> _Postings:
    order = np.argsort(pairs.features, kind="stable")
    owners = pairs.owners[order]
    starts = np.concatenate([[0], np.cumsum(frequency)])
    first, lists = _lists(owners, starts)
    lengths = frequency[first]
    begins = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(starts[first] - begins, lengths)
    return _Postings(lists, owners[at], np.concatenate([begins, [len(at)]]).astype(np.int64))


def _lists(owners: Numbers, starts: Numbers) -> tuple[Numbers, Numbers]:
    """Return one feature of each different list of names, and the number of every feature's list."""
    lengths = np.diff(starts)
    if not len(lengths):
        return lengths, lengths
    # first and last name, their count and their sum of squares: cheap, and then looked at exactly
    sums = np.add.reduceat(owners * owners, starts[:-1])
    ends = np.stack([lengths, owners[starts[:-1]], owners[starts[1:] - 1], sums])
    _, first, lists = np.unique(ends, axis=1, return_index=True, return_inverse=True)
    same = lists.ravel()
    apart = np.flatnonzero(_differ(owners, starts, first[same]))
    same[apart] = len(first) + np.arange(len(apart))
    return np.concatenate([first, apart]), same


def _differ(owners: Numbers, starts: Numbers, other: Numbers) -> npt.NDArray[np.bool_]:
    """Return which lists are not name by name those of the feature that each is set against."""
    lengths = np.diff(starts)
    against = np.repeat(starts[other] - starts[:-1], lengths) + np.arange(len(owners))
    unlike = (owners[against] != owners).astype(np.int64)
    return np.add.reduceat(unlike, starts[:-1]) > 0
