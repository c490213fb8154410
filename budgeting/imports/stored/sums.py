"""Sums: amounts added up by place, exactly, in whole cents. Pure."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.errors import ImportRefused
from budgeting.imports.cells.columns import Cells
from budgeting.imports.stored.line_numbers import Numbers
from budgeting.model import text

MONEY = pa.decimal128(18, 2)
_TOO_LARGE = 10**18  # cents
_WORD = 2**63
_MOST_GAPS = 4  # with so many places without an amount for one with, only the latter are counted


def summed(places: Numbers, amounts: Cells) -> pa.Table:
    """Add up the amounts of each place.

    Returns
    -------
    pyarrow.Table
        One row per place that has an amount, in order: ``place``, ``amount``, and the ``count`` of
        amounts. Null is no amount.

    Raises
    ------
    ImportRefused
        A sum has more than 16 digits before the mark.
    """
    if amounts.null_count:
        is_amount = pc.is_valid(amounts)
        places, amounts = places[is_amount.to_numpy()], amounts.filter(is_amount)
    if (np.diff(places) > 0).all():
        return _table(places, amounts.cast(MONEY), np.ones(len(places), np.int64))
    kept, places = _numbered(places)
    counts = np.bincount(places, minlength=len(kept))
    sums = _sums(places, _cents(amounts), counts)
    has_amount = counts > 0
    return _table(kept[has_amount], _money(sums[has_amount]), counts[has_amount])


def _numbered(places: Numbers) -> tuple[Numbers, Numbers]:
    """Return the places that come into question, and the place of each amount among these."""
    low, high = int(places.min()), int(places.max())
    if high - low > _MOST_GAPS * len(places):
        kept, numbered = np.unique(places, return_inverse=True)
        return kept, numbered
    return np.arange(low, high + 1), places - low


def _table(places: Numbers, amounts: Cells | pa.Array, counts: Numbers) -> pa.Table:
    return pa.table({"place": places, "amount": amounts, "count": counts})


def _sums(places: Numbers, cents: Numbers, counts: Numbers) -> Numbers:
    """Add up the cents of each place; where 64 bits might be too few, as numbers of any length."""
    largest = max(int(cents.max()), -int(cents.min()))
    is_long = largest * int(counts.max()) >= _WORD
    sums = np.zeros(len(counts), object if is_long else np.int64)
    np.add.at(sums, places, cents)
    if max(int(sums.max()), -int(sums.min())) >= _TOO_LARGE:
        raise ImportRefused(
            text(
                "The amounts of a budget line add up to more than 16 digits; nothing was stored. "
                "Check the unit of the amounts in the mapping."
            )
        )
    return sums.astype(np.int64)


def _cents(amounts: Cells) -> Numbers:
    """Return money as whole cents: the lower of the two words in which Arrow keeps a decimal."""
    found = [
        np.frombuffer(chunk.buffers()[1], np.int64)[2 * chunk.offset :][: 2 * len(chunk) : 2]
        for chunk in amounts.cast(MONEY).chunks
    ]
    return np.concatenate(found)


def _money(cents: Numbers) -> pa.Array:
    words = np.empty((len(cents), 2), np.int64)
    words[:, 0], words[:, 1] = cents, cents >> 63
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(words)])
