"""Fates: what becomes of every row of a table, so that none is dropped without a reason."""

import re
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from budgeting.imports.cells.columns import Cells, Columns
from budgeting.imports.mappings.mapping import Mapping, RowRule
from budgeting.imports.sheets.sheet import SheetRows
from budgeting.imports.sheets.structure import RowKind, row_kinds
from budgeting.imports.words.folding import fold
from budgeting.imports.words.vocabulary import total_words
from budgeting.model import Text, text

LINE, TOTAL, HEADING = 0, 1, 2  # the first entries of every list of reasons
_REASONS = (
    text("a budget line"),
    text("a subtotal or total: it is re-added, not stored"),
    text("a heading"),
)


@dataclass(frozen=True, slots=True)
class Fates:
    """Of every row, the place of its reason in `reasons`; 0 is a budget line."""

    codes: npt.NDArray[np.int16]
    reasons: tuple[Text, ...]

    def mask(self, *kinds: int) -> Cells:
        """Return which rows have one of these fates."""
        return pa.chunked_array([pa.array(reduce(np.logical_or, [self.codes == k for k in kinds]))])

    @property
    def is_line(self) -> Cells:
        """Which rows are budget lines."""
        return self.mask(LINE)

    def with_rows(self, mask: Cells, reason: Text) -> "Fates":
        """Return the fates with the lines of `mask` skipped for a reason."""
        chosen = mask.to_numpy() & (self.codes == LINE)
        if not chosen.any():
            return self
        reasons = self.reasons if reason in self.reasons else (*self.reasons, reason)
        codes = np.where(chosen, np.int16(reasons.index(reason)), self.codes)
        return Fates(codes.astype(np.int16), reasons)

    def counts(self) -> dict[Text, int]:
        """Return how many rows have each fate."""
        counted = np.bincount(self.codes, minlength=len(self.reasons))
        return {reason: int(n) for reason, n in zip(self.reasons, counted, strict=True) if n}


def fates_of(columns: Columns, mapping: Mapping, rows: SheetRows | None) -> Fates:
    """Decide each row: the mapping's [[row]] rules first, then what the table's structure says."""
    fates = Fates(np.zeros(len(columns), np.int16), _REASONS)
    decided = np.zeros(len(columns), bool)
    for rule in mapping.rows:
        mask = columns.matching(rule.where, rule.unless).to_numpy() & ~decided
        fates = _decided(fates, mask, rule)
        decided |= mask
    for total in mapping.totals:
        mask = columns.matching({total.column: total.matches}).to_numpy() & ~decided
        fates = Fates(np.where(mask, np.int16(TOTAL), fates.codes).astype(np.int16), fates.reasons)
        decided |= mask
    if mapping.structure is None or rows is None:
        return fates
    return _structured(fates, decided, rows, mapping)


def _decided(fates: Fates, mask: npt.NDArray[np.bool_], rule: RowRule) -> Fates:
    if rule.kind == "skip":
        return fates.with_rows(
            pa.chunked_array([pa.array(mask)]), text("{reason}", reason=rule.reason)
        )
    kind = {"line": LINE, "total": TOTAL, "heading": HEADING}[rule.kind]
    return Fates(np.where(mask, np.int16(kind), fates.codes).astype(np.int16), fates.reasons)


REJECTED = text("rejected: left out with a reason")
_NOT_A_LEAF = text("its code is not that of a budget line")
_BY_STRUCTURE = {
    RowKind.TOTAL: _REASONS[TOTAL],
    RowKind.HEADING: _REASONS[HEADING],
    RowKind.SKIP: text("the same money under a second classification"),
    RowKind.BLANK: text("nothing stands in the row"),
}


def _structured(
    fates: Fates, decided: npt.NDArray[np.bool_], rows: SheetRows, mapping: Mapping
) -> Fates:
    """Let the table's structure decide the rows that no rule of the mapping has decided."""
    found = row_kinds(rows, total_words(), fold)
    reasons, codes = fates.reasons, fates.codes.copy()
    for kind, reason in _BY_STRUCTURE.items():
        reasons = reasons if reason in reasons else (*reasons, reason)
        codes[found.are(kind) & ~decided] = reasons.index(reason)
    leaf = mapping.structure.leaf if mapping.structure else None
    if leaf:
        is_leaf = [re.search(leaf, value) is not None for value in rows.codes.values]
        odd = (codes == LINE) & ~np.array(is_leaf, bool)[rows.codes.places] & ~decided
        reasons = (*reasons, _NOT_A_LEAF)
        codes[odd] = reasons.index(_NOT_A_LEAF)
    return Fates(codes, reasons)
