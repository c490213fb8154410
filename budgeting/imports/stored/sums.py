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
    order = np.argsort(places)
    begins = np.flatnonzero(np.diff(places[order], prepend=-1))
    counts = np.diff(begins, append=len(places))
    return _table(places[order][begins], _sums(_cents(amounts)[order], begins, counts), counts)


def _table(places: Numbers, amounts: Cells | pa.Array, counts: Numbers) -> pa.Table:
    return pa.table({"place": places, "amount": amounts, "count": counts})


def _sums(cents: Numbers, begins: Numbers, counts: Numbers) -> pa.Array:
    """Add up the cents of each group; where 64 bits might be too few, as numbers of any length."""
    largest = max(int(cents.max()), -int(cents.min()))
    if largest * int(counts.max()) >= _WORD:
        cents = cents.astype(object)
    sums = np.add.reduceat(cents, begins)
    if max(int(sums.max()), -int(sums.min())) >= _TOO_LARGE:
        raise ImportRefused(
            text(
                "The amounts of a budget line add up to more than 16 digits; nothing was stored. "
                "Check the unit of the amounts in the mapping."
            )
        )
    return _money(sums.astype(np.int64))


def _cents(amounts: Cells) -> Numbers:
    """Return money as whole cents: the lower of the two words in which Arrow keeps a decimal."""
    found = [
        np.frombuffer(chunk.buffers()[1], np.int64)[2 * chunk.offset :][: 2 * len(chunk) : 2]
        for chunk in amounts.cast(MONEY).chunks
    ]
    return np.concatenate(found)


def _money(cents: Numbers) -> pa.Array:
    words = np.stack([cents, cents >> 63], axis=1)
    return pa.Array.from_buffers(MONEY, len(cents), [None, pa.py_buffer(words)])
