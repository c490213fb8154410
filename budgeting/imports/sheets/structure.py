"""What a row of a budget sheet is: a line, a total of lines, a heading, or the same money again.

Pure: arrays in, arrays out. Nothing is known here of mappings, dimensions or file names.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from budgeting.imports.sheets.families import family_of, in_order_of_codes
from budgeting.imports.sheets.repetitions import repetitions
from budgeting.imports.sheets.sheet import Numbers, SheetRows, Truths, scopes

_EVIDENCE = 5  # so many group codes are compared before most of them failing says anything
_LETTER_SPACED = re.compile(r"(?:^|\s)(?:[^\W\d_]\s{1,2}){3,}[^\W\d_](?:\s|\W|$)")


class RowKind(StrEnum):
    """What a row is."""

    LINE = "line"
    TOTAL = "total"
    HEADING = "heading"
    SKIP = "skip"
    BLANK = "blank"


class Reason(StrEnum):
    """Why a row is what it is, where its appearance does not say."""

    NONE = ""
    WORD = "total-word"  # its label says so
    PARENT_CODE = "parent-code"  # its code is the group of other rows' codes
    ADDS_UP = "adds-up"  # it has no code, and is exactly the sum of the rows beside it
    SECOND_CLASSIFICATION = "second-classification"  # the same money by other codes
    NOT_BROKEN_DOWN = "not-broken-down"  # a line, though its code is a group: it holds money itself
    DETAILS = "details"  # rows without codes that add up to the row above them


@dataclass(frozen=True, slots=True)
class Structure:
    """Kind of each row, and why."""

    kinds: npt.NDArray[np.object_]
    reasons: npt.NDArray[np.object_]

    def are(self, kind: RowKind) -> Truths:
        """Tell for each row whether it is of `kind`."""
        return np.asarray(self.kinds == kind, dtype=bool)

    def rows_because(self, reason: Reason) -> Truths:
        """Tell for each row whether `reason` decided."""
        return np.asarray(self.reasons == reason, dtype=bool)


def row_kinds(
    rows: SheetRows,
    words: re.Pattern[str],
    fold: Callable[[str], str] = str.casefold,
    groups: Numbers | None = None,
) -> Structure:
    """Tell what each row is.

    Parameters
    ----------
    rows
        The rows in file order.
    words
        Matches a folded label that announces a total.
    fold
        Makes labels alike that a reader sees as alike: case, alphabet, look-alike letters. Letters
        written apart are closed up before.
    groups
        Rows of different groups, such as different organs in a column, are never parent and child.
    """
    has_code = rows.codes.lengths > 0
    has_label = rows.labels.lengths > 0
    has_amount: Truths = np.any(rows.is_known, axis=1)
    says_total = _says_total(rows, words, fold) & has_amount
    structure = _by_appearance(rows, has_code, has_label, has_amount, says_total)
    parent_codes = _parent_codes(rows.codes.values)
    is_plain = not parent_codes and not says_total.any() and bool(has_code[has_amount].all())
    if is_plain:
        return structure
    _mark_repetitions(structure, rows, has_code)
    if parent_codes:
        blocks = block_numbers(structure, has_code, groups)
        _mark_parents(structure, rows, blocks, parent_codes)
    _mark_unnamed_totals(structure, rows, has_code)
    return structure


def closed_up(label: str) -> str:
    """Return `label` with letters that were written apart closed up to words."""
    if not _LETTER_SPACED.search(label):
        return label
    words = re.split(r"\s{3,}", label.strip())
    return " ".join(re.sub(r"(?<=\b\w)\s{1,2}(?=\w\b)", "", word) for word in words)


def _says_total(rows: SheetRows, words: re.Pattern[str], fold: Callable[[str], str]) -> Truths:
    """Look at every different label and code once."""
    says = np.zeros(rows.count, dtype=bool)
    for texts in (rows.labels, rows.codes):
        found = [bool(text) and _matches(text, words, fold) for text in texts.values]
        says |= np.array(found, dtype=bool)[texts.places]
    return says


def _matches(text: str, words: re.Pattern[str], fold: Callable[[str], str]) -> bool:
    return words.search(fold(closed_up(text))) is not None


def _by_appearance(
    rows: SheetRows, has_code: Truths, has_label: Truths, has_amount: Truths, says_total: Truths
) -> Structure:
    """Tell kinds by what stands in a row, without looking at other rows."""
    is_zero = ~(rows.cents != 0).any(axis=1)
    is_named = has_code | has_label
    kinds = np.full(rows.count, RowKind.LINE, dtype=object)
    kinds[~has_code & ~has_amount] = RowKind.HEADING
    kinds[~is_named & is_zero] = RowKind.BLANK
    kinds[says_total] = RowKind.TOTAL
    reasons = np.full(rows.count, Reason.NONE, dtype=object)
    reasons[says_total] = Reason.WORD
    return Structure(kinds, reasons)


def block_numbers(structure: Structure, has_code: Truths, groups: Numbers | None = None) -> Numbers:
    """Number the runs of rows between headings, totals without code, and changes of group."""
    ends = (structure.are(RowKind.HEADING) | structure.are(RowKind.TOTAL)) & ~has_code
    if groups is not None:
        ends[1:] |= groups[1:] != groups[:-1]
    return np.cumsum(ends).astype(np.int64)


def _parent_codes(codes: Sequence[str]) -> set[str]:
    """Return the codes that are the group of another one, wherever it stands."""
    ordered = [entry for entry in in_order_of_codes(codes) if entry[0]]
    return {
        codes[place]
        for (key, _, place), (following, _, _) in pairwise(ordered)
        if following.startswith(key)
    }


def _mark_repetitions(structure: Structure, rows: SheetRows, has_code: Truths) -> None:
    is_line, is_total = structure.are(RowKind.LINE), structure.are(RowKind.TOTAL)
    is_heading = structure.are(RowKind.HEADING)
    found = repetitions(rows, is_line, is_total, is_heading)
    structure.kinds[found.is_repetition | found.is_detail] = RowKind.SKIP
    structure.reasons[found.is_repetition] = Reason.SECOND_CLASSIFICATION
    structure.reasons[found.is_detail] = Reason.DETAILS


def _mark_parents(
    structure: Structure, rows: SheetRows, blocks: Numbers, parent_codes: set[str]
) -> None:
    """Make rows totals whose code is the group of other codes in their block."""
    has_code = rows.codes.lengths > 0
    is_total = structure.are(RowKind.TOTAL)
    places = np.flatnonzero((structure.are(RowKind.LINE) | is_total) & has_code)
    code_is_parent = np.array([code in parent_codes for code in rows.codes.values], dtype=bool)
    with_parents = np.unique(blocks[places[code_is_parent[rows.codes.places[places]]]])
    starts = np.searchsorted(blocks[places], with_parents, side="left")
    ends = np.searchsorted(blocks[places], with_parents, side="right")
    families = [
        family_of(rows, places[start:end], is_total, _total_after(rows, is_total, places[end - 1]))
        for start, end in zip(starts, ends, strict=True)
    ]
    verdicts = [verdict for family in families for verdict in family.verdicts]
    is_additive = len(verdicts) < _EVIDENCE or sum(verdicts) * _EVIDENCE >= len(verdicts)
    for family in families:
        for place in family.totals(is_additive=is_additive):
            if structure.kinds[place] == RowKind.LINE:
                has_figures = rows.is_known[place].any()
                structure.kinds[place] = RowKind.TOTAL if has_figures else RowKind.HEADING
                structure.reasons[place] = Reason.PARENT_CODE
        for place in family.holders:
            structure.reasons[place] = Reason.NOT_BROKEN_DOWN


def _total_after(rows: SheetRows, is_total: Truths, place: int) -> int | None:
    """Return the total without code that ends a block, if one does."""
    after = int(place) + 1
    while after < rows.count and not rows.is_known[after].any():
        after += 1
    closes = after < rows.count and is_total[after] and not rows.codes.lengths[after]
    return after if closes else None


def _mark_unnamed_totals(structure: Structure, rows: SheetRows, has_code: Truths) -> None:
    """Make rows without a code totals that are exactly the sum of the coded rows beside them.

    Only in sheets whose lines have codes: among lines without codes every row looks like that.
    """
    is_line = structure.are(RowKind.LINE)
    open_rows = is_line & ~has_code & rows.cents.any(axis=1)
    if not open_rows.any() or 2 * has_code[is_line].sum() <= is_line.sum():
        return
    counts = is_line & ~open_rows
    for _ in range(2):  # the second time the rows count that were found to be lines themselves
        finder = scopes(rows, counts)
        for place in np.flatnonzero(open_rows):
            if finder.exact(int(place)) is not None:
                structure.kinds[place] = RowKind.TOTAL
                structure.reasons[place] = Reason.ADDS_UP
        open_rows &= structure.are(RowKind.LINE)
        counts = structure.are(RowKind.LINE)
