"""Printed totals added up again: what stands in the file, what its lines give, and the difference."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from budgeting.imports.sheets.families import code_keys
from budgeting.imports.sheets.sheet import Numbers, Scope, Scopes, SheetRows, Truths, scopes
from budgeting.imports.sheets.structure import Reason, RowKind, Structure, block_numbers

_NEAREST = 64  # so many boundaries back are tried where no run of lines agrees in all columns
_LAST = "\U0010ffff"


_NO_PART = re.compile(r"\([^)]*\)|(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """One total or subtotal of one column.

    Parameters
    ----------
    column
        Column of the amount.
    printed, computed
        What the file says, and what the lines add up to that it is the total of.
    row_count
        How many lines these are.
    is_grand
        Whether it is the total of all lines of the sheet.
    """

    row_number: int
    label: str
    code: str
    column: str
    printed: Decimal
    computed: Decimal
    row_count: int
    is_grand: bool

    @property
    def difference(self) -> Decimal:
        """What the file says more than its lines add up to."""
        return self.printed - self.computed


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the lines add up to that a total row is taken to be the total of."""

    cents: Numbers
    row_count: int


def printed_totals(
    rows: SheetRows, structure: Structure, groups: Numbers | None = None
) -> tuple[PrintedTotal, ...]:
    """Return every figure of every total row with what its lines add up to.

    A total with a code is first compared with the lines whose code belongs to it, in its block and
    in the sheet. Any total is compared with the runs of lines directly before or after it: the
    smallest run that agrees in all columns is meant; else the one that agrees in most; else the
    nearest, and then the difference is the finding. A run also begins and ends where `groups`, such
    as the organ that a column names, change.
    """
    search = _Search.of(rows, structure, groups)
    places = np.flatnonzero(structure.are(RowKind.TOTAL)).tolist()
    sums = {place: search.sum_for(place) for place in places}
    grand = _grand_total(search, sums)
    if grand is not None:
        sums[grand] = search.whole()
    return tuple(
        total
        for place in places
        for total in _figures(rows, place, sums[place], is_grand=place == grand)
    )


def confirmed_columns(totals: Sequence[PrintedTotal]) -> frozenset[str]:
    """Return the columns whose grand total the lines add up to; a total of zero confirms nothing."""
    grand = [total for total in totals if total.is_grand and not _is_numbered(total)]
    wrong = {total.column for total in grand if total.difference}
    return frozenset(total.column for total in grand if total.printed) - wrong


def _is_numbered(total: PrintedTotal) -> bool:
    """Tell whether a total names a part, such as “Total of chapter 4” or the code 4+5.

    It may be the last one of a file that was cut short. Years and what stands in brackets are no parts.
    """
    words = _NO_PART.sub("", f"{total.code} {total.label}")
    return any(character.isdigit() for character in words)


def explicit_totals(
    rows: SheetRows,
    is_total: Truths,
    plus: Truths,
    minus: Truths | None = None,
    within: Numbers | None = None,
) -> tuple[PrintedTotal, ...]:
    """Return the totals of a rule that says which rows a total adds and which it takes away.

    Parameters
    ----------
    is_total
        The total rows of the rule.
    plus, minus
        The rows that they add, and take away.
    within
        Number of the group of each row; a total counts rows of its own group only.
    """
    group = np.zeros(rows.count, dtype=np.int64) if within is None else within
    _, group = np.unique(group, return_inverse=True)
    away = np.zeros(rows.count, dtype=bool) if minus is None else minus
    signs = plus.astype(np.int64) - away.astype(np.int64)
    sums = np.zeros((int(group.max(initial=-1)) + 1, rows.cents.shape[1]), dtype=np.int64)
    np.add.at(sums, group, rows.cents * signs[:, None])
    counts = np.bincount(group, weights=plus | away, minlength=len(sums)).astype(int)
    return tuple(
        total
        for place in np.flatnonzero(is_total).tolist()
        for total in _figures(
            rows, place, _Sum(sums[group[place]], int(counts[group[place]])), is_grand=False
        )
    )


def _figures(rows: SheetRows, place: int, found: _Sum, *, is_grand: bool) -> Iterator[PrintedTotal]:
    for number in np.flatnonzero(rows.is_known[place]).tolist():
        yield PrintedTotal(
            int(rows.numbers[place]),
            rows.labels.at(place),
            rows.codes.at(place),
            rows.columns[number],
            _money(rows.cents[place, number]),
            _money(found.cents[number]),
            found.row_count,
            is_grand,
        )


def _money(cents: int) -> Decimal:
    return Decimal(int(cents)).scaleb(-2)


def _grand_total(search: "_Search", sums: dict[int, _Sum]) -> int | None:
    """Return the last total of all lines, else the last that says it is a total and may be meant so."""
    rows, whole = search.rows, search.whole()
    for place in reversed(sums):
        if _agrees(rows, place, whole.cents):
            return place
    named = [place for place in sums if search.is_worded[place] and not rows.codes.lengths[place]]
    if not named or _is_subtotal(search, named[-1], sums):
        return None
    largest = max(int(np.abs(rows.cents[place]).max()) for place in sums)
    return named[-1] if int(np.abs(rows.cents[named[-1]]).max()) >= largest else None


def _is_subtotal(search: "_Search", place: int, sums: dict[int, _Sum]) -> bool:
    """Tell whether a total agrees with a run of lines, and the totals in it agree with theirs.

    Where one of them does not, that the run agrees may be chance: a wrong line hides itself so. A
    total of all lines before it is meant for the sheet: a line that stands below it is asked about.
    """
    scope = search.runs.exact(place)
    if scope is None:
        return False
    if search.runs.count_in(scope) == search.runs.count_in(Scope(0, place)):
        return False
    within = [other for other in sums if scope.start - 1 <= other < place]
    return all(_agrees(search.rows, other, sums[other].cents) for other in within)


def _agrees(rows: SheetRows, place: int, computed: Numbers) -> bool:
    """Tell whether all printed figures of a row are as computed, and not all of them zero."""
    printed, known = rows.cents[place], rows.is_known[place]
    return bool(printed.any() and (printed == computed)[known].all())


@dataclass(frozen=True, slots=True)
class _Search:
    """Finds the lines of each total."""

    rows: SheetRows
    runs: Scopes
    is_line: Truths
    is_worded: Truths
    blocks: Numbers
    ends: Numbers  # rows that end a run: headings and totals
    totals: Numbers
    keys: list[str]
    _lines_by_code: dict[int, "_LinesByCode"] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: SheetRows, structure: Structure, groups: Numbers | None) -> "_Search":
        is_line = structure.are(RowKind.LINE)
        ends = structure.are(RowKind.HEADING) | structure.are(RowKind.TOTAL)
        return cls(
            rows,
            scopes(rows, is_line, groups),
            is_line,
            structure.rows_because(Reason.WORD),
            block_numbers(structure, rows.codes.lengths > 0, groups),
            np.flatnonzero(ends),
            np.flatnonzero(structure.are(RowKind.TOTAL)),
            code_keys(rows.codes.values),
        )

    def whole(self) -> _Sum:
        return self.of_scope(Scope(0, self.rows.count))

    def of_scope(self, scope: Scope) -> _Sum:
        return _Sum(self.runs.sum_of(scope), self.runs.count_in(scope))

    def sum_for(self, place: int) -> _Sum:
        """Return the sum of the lines that the total at `place` is taken to be of."""
        by_code = self._by_code(place) if self.rows.codes.lengths[place] else []
        for found in by_code:
            if found.row_count and _agrees(self.rows, place, found.cents):
                return found
        scope = self.runs.exact(place)
        if scope is not None:
            return self.of_scope(scope)
        if by_code and by_code[0].row_count:
            return by_code[0]
        return self._best(place)

    def _since_total(self, place: int) -> Scope:
        number = bisect_left(self.totals, place)
        return Scope(int(self.totals[number - 1]) + 1 if number else 0, place)

    def _by_code(self, place: int) -> list[_Sum]:
        """Return the sums of the lines whose code belongs to a total's: in its block, in the sheet."""
        key = self.keys[self.rows.codes.places[place]]
        block = int(self.blocks[place])
        return [self._lines_of(number).starting_with(key) for number in (block, -1)]

    def _lines_of(self, block: int) -> "_LinesByCode":
        if block not in self._lines_by_code:
            start, end = 0, self.rows.count
            if block >= 0:
                start, end = np.searchsorted(self.blocks, [block, block + 1]).tolist()
            places = start + np.flatnonzero(self.is_line[start:end])
            self._lines_by_code[block] = _LinesByCode.of(self.rows, places, self.keys)
        return self._lines_by_code[block]

    def _best(self, place: int) -> _Sum:
        """Return the run before the total that agrees in most columns, else the nearest."""
        candidates = self._candidates(place)
        printed = self.rows.cents[place]
        counts = self.rows.is_known[place] & (printed != 0)
        agreeing = [int((self.runs.sum_of(scope) == printed)[counts].sum()) for scope in candidates]
        if agreeing and max(agreeing) > 0:
            return self.of_scope(candidates[agreeing.index(max(agreeing))])
        return self.of_scope(self._nearest(place, candidates))

    def _candidates(self, place: int) -> list[Scope]:
        """Return runs of lines before the total, the smallest first; after it where none is before."""
        number = bisect_left(self.ends, place)
        starts = (self.ends[max(0, number - _NEAREST) : number] + 1).tolist()
        found = [Scope(start, place) for start in reversed([0, *starts])]
        ends = self.ends[number + 1 : number + 1 + _NEAREST].tolist()
        found += [Scope(place + 1, end) for end in [*ends, self.rows.count]]
        return [scope for scope in found if self.runs.count_in(scope)]

    def _nearest(self, place: int, candidates: Sequence[Scope]) -> Scope:
        """Return the run since the total before; where there is no line since, the closest in amount."""
        since = self._since_total(place)
        if self.runs.count_in(since) or not candidates:
            return since
        printed = self.rows.cents[place].astype(object)
        known = self.rows.is_known[place]
        off = [
            sum(abs(self.runs.sum_of(scope).astype(object) - printed)[known])
            for scope in candidates
        ]
        return candidates[off.index(min(off))]


@dataclass(frozen=True, slots=True)
class _LinesByCode:
    """Lines in the order of their codes, with what they add up to so far."""

    keys: list[str]
    sums: Numbers

    @classmethod
    def of(cls, rows: SheetRows, places: Numbers, keys: Sequence[str]) -> "_LinesByCode":
        of_rows = [keys[code] for code in rows.codes.places[places].tolist()]
        order = sorted(range(len(of_rows)), key=of_rows.__getitem__)
        lines = rows.cents[places[order]] if len(places) else rows.cents[:0]
        start = np.zeros((1, rows.cents.shape[1]), dtype=np.int64)
        return cls([of_rows[place] for place in order], np.vstack([start, lines.cumsum(axis=0)]))

    def starting_with(self, key: str) -> _Sum:
        start, end = bisect_left(self.keys, key), bisect_right(self.keys, key + _LAST)
        return _Sum(np.asarray(self.sums[end] - self.sums[start], dtype=np.int64), end - start)
