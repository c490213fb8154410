"""The same money a second time: by source of financing below each block, or as details of a line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from budgeting.imports.sheets.sheet import Numbers, SheetRows, Truths

_FARTHEST = 16  # so many runs back a summary may reach
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Which rows repeat money that stands in other rows.

    Parameters
    ----------
    is_repetition
        Rows that divide the same money by codes of another kind.
    is_detail
        Rows without codes that add up to the line above them.
    """

    is_repetition: Truths
    is_detail: Truths


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring rows with codes of one kind.

    ``lengths`` are those of its codes, {0} for rows without; ``opens`` says that a heading or a
    total stands before it.
    """

    places: Numbers
    lengths: frozenset[int]
    opens: bool

    def is_coarser_than(self, other: "_Run") -> bool:
        """Tell whether its codes are all shorter than those of `other`."""
        return 0 not in self.lengths and max(self.lengths) < min(other.lengths)


def repetitions(
    rows: SheetRows, is_line: Truths, is_total: Truths, is_heading: Truths
) -> Repetitions:
    """Find rows that give the same money a second time.

    A run of rows repeats the lines before it when it adds up to them in every column and all its
    codes are shorter than theirs, and than most codes of the sheet. Where most runs with codes of
    one length are found out so, the others of that length repeat too: there the file contradicts
    itself.
    """
    runs = list(_runs(rows, is_line, is_total | is_heading))
    suspects = _suspects(rows, runs, _usual_length(rows, is_line))
    confirmed = [run for run, before in suspects if _repeats(rows, run, before)]
    lengths = _confirmed_lengths(rows, [run for run, _ in suspects], confirmed)
    confirmed += [run for run, _ in suspects if run.lengths <= lengths]
    is_repetition = _marked(rows, confirmed)
    is_repetition |= _marked(rows, _last_summary(rows, runs, is_total))
    is_detail = _marked(rows, _details(rows, runs))
    return Repetitions(is_repetition, is_detail & ~is_repetition)


def _marked(rows: SheetRows, runs: Sequence[_Run]) -> Truths:
    marked = np.zeros(rows.count, dtype=bool)
    for run in runs:
        marked[run.places] = True
    return marked


def _runs(rows: SheetRows, is_line: Truths, ends_run: Truths) -> Iterator[_Run]:
    """Divide the lines at headings and totals, and where the kind of code changes."""
    places = np.flatnonzero(is_line)
    segment = np.cumsum(ends_run)[places]
    for part in np.split(places, np.flatnonzero(np.diff(segment)) + 1):
        opens = True
        for run in _parts(part, rows.codes.lengths):
            yield _Run(run, frozenset(rows.codes.lengths[run].tolist()), opens)
            opens = False


def _parts(places: Numbers, lengths: Numbers) -> list[Numbers]:
    """Divide where codes begin or end, and before a rest whose codes are all shorter."""
    if len(places) == 0:
        return []
    of = lengths[places]
    has_code = of > 0
    shortest_before = np.minimum.accumulate(np.where(has_code, of, np.iinfo(np.int64).max))
    longest_after = np.maximum.accumulate(of[::-1])[::-1]
    cuts = has_code[1:] != has_code[:-1]
    cuts |= has_code[1:] & (longest_after[1:] < shortest_before[:-1])
    return list(np.split(places, np.flatnonzero(cuts) + 1))


def _usual_length(rows: SheetRows, is_line: Truths) -> int:
    """Return the length that most codes of lines with money have."""
    with_money = is_line & rows.cents.any(axis=1)
    return int(np.bincount(rows.codes.lengths[with_money], minlength=1).argmax())


def _suspects(rows: SheetRows, runs: Sequence[_Run], usual: int) -> list[tuple[_Run, list[_Run]]]:
    """Return the runs with shorter codes than the lines before, and these, the nearest first."""
    suspects: list[tuple[_Run, list[_Run]]] = []
    before: list[_Run] = []
    for run in runs:
        if (
            before
            and max(run.lengths) < usual
            and run.is_coarser_than(before[0])
            and (run.opens or not _are_groups(rows, run, before[0]))
        ):
            suspects.append((run, before))
        elif 0 not in run.lengths:
            before = [run, *before[: _FARTHEST - 1]]
    return suspects


def _are_groups(rows: SheetRows, run: _Run, before: _Run) -> bool:
    """Tell whether the codes of `run` are the groups of the codes of `before`."""
    members = [rows.codes.at(place) for place in before.places]
    with_money = [place for place in run.places if rows.cents[place].any()]
    groups = [rows.codes.at(place) for place in with_money]
    return all(any(member.startswith(group) for member in members) for group in groups)


def _sum(rows: SheetRows, run: _Run) -> Numbers:
    return np.asarray(rows.cents[run.places].sum(axis=0), dtype=np.int64)


def _repeats(rows: SheetRows, run: _Run, before: Sequence[_Run]) -> bool:
    own = _sum(rows, run)
    lines = np.cumsum([_sum(rows, other) for other in before], axis=0)
    return bool(own.any() and (lines == own).all(axis=1).any())


def _confirmed_lengths(
    rows: SheetRows, suspects: Sequence[_Run], confirmed: Sequence[_Run]
) -> frozenset[int]:
    """Return the lengths of codes that were found out to repeat more often than not."""
    with_money = Counter(
        length for run in suspects if _sum(rows, run).any() for length in run.lengths
    )
    found = Counter(length for run in confirmed for length in run.lengths)
    return frozenset(length for length, count in found.items() if 2 * count >= with_money[length])


def _details(rows: SheetRows, runs: Sequence[_Run]) -> list[_Run]:
    """Return the runs without codes that add up to the line just above them."""
    details = []
    for before, run in pairwise(runs):
        if run.lengths == {0} and not run.opens and 0 not in before.lengths:
            own = _sum(rows, run)
            if own.any() and (own == rows.cents[before.places[-1]]).all():
                details.append(run)
    return details


def _last_summary(rows: SheetRows, runs: Sequence[_Run], is_total: Truths) -> list[_Run]:
    """Return a run without codes that divides the last total of a sheet whose lines have codes."""
    if not runs or not is_total.any():
        return []
    run, last_total = runs[-1], np.flatnonzero(is_total)[-1]
    has_codes = any(0 not in other.lengths for other in runs)
    divides = run.lengths == {0} and run.places[-1] < last_total and has_codes
    with_money = rows.cents[run.places].any(axis=1).sum()
    follows_totals = is_total[: run.places[0]].any()
    if not divides or with_money < _SEVERAL or not follows_totals:
        return []
    return [run] if (_sum(rows, run) == rows.cents[last_total]).all() else []
