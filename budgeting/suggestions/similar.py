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
_CELLS_AT_ONCE = 4_000_000

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
    """Return for each name the approved names most like it, the most similar first.

    Similarity is twice the weight of what two names share over the weight of both: 1 for names of
    the same words, 0 for names without a common beginning. Equal ones stand in their own order.

    Parameters
    ----------
    least
        Names less similar than this are not alike, 0 to 1.
    most
        How many are returned for a name.
    """
    if not names or not approved:
        return [() for _ in names]
    written = pc.unique(pa.chunked_array([pa.array(names, pa.string())]))
    found = _alike(written, pa.array(approved, pa.string()), least, most)
    by_name = dict(zip(written.to_pylist(), found, strict=True))
    return [by_name[name] for name in names]


def _alike(names: pa.Array, approved: pa.Array, least: float, most: int) -> list[tuple[Alike, ...]]:
    asked, known, weights = _features(names, approved)
    total_asked, total_known = asked.weigh(weights), known.weigh(weights)
    postings = known.by_feature(len(weights))
    step = max(1, _CELLS_AT_ONCE // len(approved))
    found: list[tuple[Alike, ...]] = []
    for first in range(0, len(names), step):
        part = asked.rows(first, first + step)
        shared = postings.shared(part, weights, len(approved))
        found += _best(shared, total_asked[first : first + step], total_known, least, most)
    return found


def _best(
    shared: Weights, asked: Weights, known: Weights, least: float, most: int
) -> list[tuple[Alike, ...]]:
    # two names so alike share at least this part of the first; few pairs pass, so few are divided
    rows, columns = np.nonzero(shared > (least / (2 - least) * 0.999 * asked)[:, None])
    # rounding errors must not drop a pair that is on the bound
    ratio = 2 * shared[rows, columns] / (asked[rows] + known[columns])
    per_cent = np.floor(ratio * 100 + 1e-6).astype(np.int64)
    order = np.lexsort((columns, -per_cent, rows))
    order = order[per_cent[order] >= round(least * 100)]
    starts = np.searchsorted(rows[order], np.arange(len(asked) + 1))
    return [
        tuple(
            Alike(int(columns[at]), Decimal(int(per_cent[at])).scaleb(-2))
            for at in order[start : min(end, start + most)]
        )
        for start, end in pairwise(starts)
    ]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Which name has which feature: pairs sorted by name, each once."""

    owners: Numbers
    features: Numbers
    count: int

    def weigh(self, weights: Weights) -> Weights:
        return np.bincount(self.owners, weights[self.features], self.count).astype(
            np.float64, copy=False
        )

    def rows(self, first: int, last: int) -> "_Pairs":
        start, end = np.searchsorted(self.owners, (first, last))
        count = min(last, self.count) - first
        return _Pairs(self.owners[start:end] - first, self.features[start:end], count)

    def by_feature(self, features: int) -> "_Postings":
        order = np.argsort(self.features, kind="stable")
        starts = np.searchsorted(self.features[order], np.arange(features + 1))
        return _Postings(self.owners[order], starts)


@dataclass(frozen=True, slots=True)
class _Postings:
    """The names that have a feature: ``owners[starts[f]:starts[f + 1]]``."""

    owners: Numbers
    starts: Numbers

    def shared(self, asked: _Pairs, weights: Weights, known: int) -> Weights:
        """Return the weight of the shared features of each pair of an asked and a known name."""
        lengths = np.diff(self.starts)[asked.features]
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
        met = self.owners[np.repeat(self.starts[asked.features], lengths) + within]
        cells = np.repeat(asked.owners * known, lengths) + met
        weight = np.repeat(weights[asked.features], lengths)
        sums = np.bincount(cells, weight, asked.count * known).astype(np.float64, copy=False)
        return sums.reshape(-1, known)


def _features(names: pa.Array, approved: pa.Array) -> tuple[_Pairs, _Pairs, Weights]:
    """Return the features of both lists, and the weight of each feature by its rarity."""
    owners, words = _words(pa.concat_arrays([names, approved]))
    parts = [words, *(_beginnings(words, length) for length in _BEGINNINGS)]
    encoded = pa.chunked_array(parts).combine_chunks().dictionary_encode()
    count = len(encoded.dictionary)
    all_owners = np.tile(owners, len(parts))
    unique = np.unique(all_owners * count + encoded.indices.to_numpy().astype(np.int64))
    owner, feature = np.divmod(unique, count)
    is_asked = owner < len(names)
    asked = _Pairs(owner[is_asked], feature[is_asked], len(names))
    known = _Pairs(owner[~is_asked] - len(names), feature[~is_asked], len(approved))
    frequency = np.bincount(known.features, minlength=count)
    return asked, known, np.log1p(len(approved) / np.maximum(frequency, 1))


def _words(names: pa.Array) -> tuple[Numbers, pa.Array]:
    lists = pc.split_pattern(folded(pa.chunked_array([names])), " ").combine_chunks()
    words, owners = lists.flatten(), pc.list_parent_indices(lists)
    is_word = pc.not_equal(words, "")
    return owners.filter(is_word).to_numpy().astype(np.int64), words.filter(is_word)


def _beginnings(words: pa.Array, length: int) -> pa.Array:
    """Return how words begin; marked, because a beginning is not the word of the same letters."""
    return pc.binary_join_element_wise(pc.utf8_slice_codeunits(words, 0, length), "-", "")
