"""Sum tree: which rows of a sheet are sums of rows beside them, by their figures; codes only help.

A parent stands directly before or after its parts. Where codes are mistyped, missing or mixed, the
figures still say it, and the printed grand total tells whether everything was understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import numpy as np

from budgeting.imports.sheets.families import code_keys
from budgeting.imports.sheets.sheet import SheetRows, Truths
from budgeting.imports.words.vocabulary import announces_parts

_MOST_ROWS = 3000
_FARTHEST = 150  # so many neighbours a total may add
_FEWEST_SUMS = 4
_FEW_ROOTS = 0.25
_TELLING_DIGITS = 5  # a figure of so many digits is not met by chance
_NUMBERING = re.compile(r"^\s*((?:\d+\.)+\d*|[IVX]+[.)])")
_OF_WHICH = re.compile(r"^\s*[-–—•]")


@dataclass
class SumTree:
    """What each row is: ``parts`` of the rows that are sums, and rows that are none of both.

    Parameters
    ----------
    roots
        Rows that are part of no other, in file order.
    excerpts
        Rows that count some of the rows before them again.
    of_which
        Rows that are only some of the parts of the row above them.
    is_bold
        Whether figures alone make a row the sum of those below it, whatever its code says.
    """

    rows: SheetRows
    is_worded: Truths
    keys: list[str]
    roots: list[int]
    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    excerpts: list[int] = field(default_factory=list)
    of_which: list[int] = field(default_factory=list)
    is_bold: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether one total is the sum of everything."""
        with_money = [place for place in self.roots if self.rows.cents[place].any()]
        return len(with_money) == 1 and with_money[0] in self.parts

    @property
    def is_telling(self) -> bool:
        """Whether the sums explain the sheet, so that they are no chance."""
        roots = [place for place in self.roots if self.rows.cents[place].any()]
        is_few = len(roots) <= _FEW_ROOTS * (len(roots) + len(_below(self)))
        return self.is_closed or (is_few and len(self.parts) >= _FEWEST_SUMS)

    @property
    def leaf_length(self) -> int:
        """The length of the longest usual code."""
        lengths = [len(key) for key in self.keys if key.isdecimal()]
        return int(np.percentile(lengths, 75)) if lengths else 0

    def key(self, place: int) -> str:
        """Return the code of a row without what only fills it up."""
        key = self.keys[int(self.rows.codes.places[place])]
        return key if key.isalnum() or "." in key else ""

    def take(self, place: int, parts: Sequence[int]) -> None:
        """Make a row the sum of others."""
        self.parts[place] = tuple(parts)
        taken = set(parts)
        self.roots = [root for root in self.roots if root not in taken]


def _below(tree: SumTree) -> list[int]:
    return [part for parts in tree.parts.values() for part in parts]


def sum_tree(rows: SheetRows, is_worded: Truths) -> SumTree | None:
    """Return the tree of a sheet; None where it is too long, or nothing adds up.

    Codes decide what may be part of what. Where that leaves rows over and the figures alone explain
    every row up to one grand total, the codes are of several kinds, and the figures are believed.

    Parameters
    ----------
    is_worded
        Rows whose words say that they are totals.
    """
    places = np.flatnonzero(rows.is_known.any(axis=1)).tolist()
    if not 2 < len(places) <= _MOST_ROWS:  # noqa: PLR2004
        return None
    keys = code_keys(rows.codes.values)
    tree = _grown(SumTree(rows, is_worded, keys, list(places)))
    if not tree.is_closed:
        bold = _grown(SumTree(rows, is_worded, keys, list(places), is_bold=True))
        tree = bold if bold.is_closed else tree
    return tree if tree.parts else None


def _grown(tree: SumTree) -> SumTree:
    known = -1
    while len(tree.parts) + len(tree.excerpts) + len(tree.of_which) > known:
        known = len(tree.parts) + len(tree.excerpts) + len(tree.of_which)
        _close_after(tree, only_worded=True)
        _close_before(tree)
        _close_after(tree, only_worded=False)
        _close_over_excerpts(tree)
        _leave_out_of_which(tree)
    return tree


def _run(tree: SumTree, place: int, candidates: Sequence[int]) -> list[int]:
    """Return the shortest run from the begin of `candidates` that adds up to all a row prints."""
    printed = tree.rows.is_known[place]
    wanted = tree.rows.cents[place]
    if not wanted.any() or not candidates:
        return []
    near = list(candidates[:_FARTHEST])
    sums = tree.rows.cents[near].cumsum(axis=0)
    agree = np.flatnonzero((sums == wanted)[:, printed].all(axis=1))
    return near[: int(agree[0]) + 1] if len(agree) else []


def _close_before(tree: SumTree) -> None:
    """Find the rows that are sums of rows directly below them, the lowest first."""
    for place in reversed(list(tree.roots)):
        if place in tree.parts or place not in tree.roots:
            continue
        after = tree.roots[tree.roots.index(place) + 1 :]
        for candidates in (after, [p for p in after if not _is_dashed(tree, p)]):
            run = _run(tree, place, candidates)
            if run and _may_be_parts(tree, place, run):
                between = after[: after.index(run[-1])]
                tree.of_which += [p for p in between if p not in run]
                tree.take(place, [*run, *(p for p in between if p not in run)])
                break


def _close_after(tree: SumTree, *, only_worded: bool) -> None:
    """Find the rows that are sums of rows directly above them."""
    for place in list(tree.roots):
        if place in tree.parts or place not in tree.roots or not _may_follow(tree, place):
            continue
        if only_worded and not tree.is_worded[place]:
            continue
        before = tree.roots[: tree.roots.index(place)][::-1]
        run = _under_their_group(tree, before, _run(tree, place, before))
        with_money = [part for part in run if tree.rows.cents[part].any()]
        is_many = len(with_money) > 1 and (tree.is_worded[place] or _is_coded(tree, with_money))
        if (is_many or (with_money and tree.is_worded[place])) and not _has_open_total(tree, run):
            tree.take(place, run)


def _under_their_group(tree: SumTree, before: Sequence[int], run: list[int]) -> list[int]:
    """Return a run with the row directly above it in the place of those that it is the sum of."""
    group = before[len(run)] if run and len(run) < len(before) else None
    if group is None or group in tree.parts or not (tree.key(group) or _is_numbered(tree, group)):
        return run
    parts = _run(tree, group, run[::-1])
    if not parts or not _may_be_parts(tree, group, parts):
        return run
    tree.take(group, parts)
    return [*run[: len(run) - len(parts)], group]


def _close_over_excerpts(tree: SumTree) -> None:
    """Find totals between which and their parts other rows count some of these again."""
    for place in list(tree.roots):
        if place not in tree.roots or place in tree.parts or not tree.is_worded[place]:
            continue
        before = tree.roots[: tree.roots.index(place)][::-1]
        solid = [p for p in before if p in tree.parts or tree.key(p)]
        run = _run(tree, place, solid)
        if len(run) > 1 or (run and run[0] in tree.parts):
            span = before[: before.index(run[-1])]
            excerpts = [p for p in span if p not in run and tree.rows.cents[p].any()]
            tree.excerpts += excerpts
            tree.take(place, [*run, *excerpts])


def _leave_out_of_which(tree: SumTree) -> None:
    """Leave out rows that are some of the row above: they begin with a dash, or it announces them."""
    for place in list(tree.roots):
        if place not in tree.roots or place in tree.parts or _is_dashed(tree, place):
            continue
        after = tree.roots[tree.roots.index(place) + 1 :]
        some = _announced(tree, place, after) or _dashed(tree, after)
        together = tree.rows.cents[some].sum(axis=0)
        if some and (together <= tree.rows.cents[place]).all():
            tree.of_which += some
            tree.roots = [root for root in tree.roots if root not in some]


def _dashed(tree: SumTree, after: Sequence[int]) -> list[int]:
    return list(takewhile(lambda row: _is_dashed(tree, row), after))


def _announced(tree: SumTree, place: int, after: Sequence[int]) -> list[int]:
    """Return the rows of the same code below one whose words end with "of which"."""
    key = tree.key(place)
    if not key or not announces_parts(tree.rows.labels.at(place)):
        return []
    return list(takewhile(lambda row: tree.key(row) == key, after))


def _is_dashed(tree: SumTree, place: int) -> bool:
    return _OF_WHICH.match(tree.rows.labels.at(place)) is not None


def _may_follow(tree: SumTree, place: int) -> bool:
    """Tell whether a row can be the sum of rows above it: it says so, or has no usual code."""
    return bool(tree.is_worded[place]) or not tree.key(place)


def _is_coded(tree: SumTree, places: Sequence[int]) -> bool:
    return all(tree.key(place) or place in tree.parts for place in places)


def _has_open_total(tree: SumTree, places: Sequence[int]) -> bool:
    return any(
        tree.is_worded[p] and p not in tree.parts for p in places if tree.rows.cents[p].any()
    )


def _may_be_parts(tree: SumTree, place: int, run: Sequence[int]) -> bool:
    """Tell whether the words and codes of rows allow that they are the parts of the row above."""
    parts = [part for part in run if tree.rows.cents[part].any()]
    if _has_open_total(tree, parts):
        return False
    if all(_is_numbered_below(tree, place, part) for part in parts):
        return True
    if tree.is_bold and _is_telling_figure(tree, place):
        return True
    own, codes = tree.key(place), [key for part in parts if (key := tree.key(part))]
    if not own:
        is_known = any(part in tree.parts for part in parts)
        return is_known or bool(codes)
    if not codes or (tree.is_worded[place] and len(parts) == 1 and parts[0] not in tree.parts):
        return bool(tree.is_worded[place])
    shortest = min(map(len, codes))
    if len(parts) == 1:
        return shortest > len(own) or own.startswith(codes[0])  # its only part repeats its code
    return shortest > len(own) or (shortest == len(own) < tree.leaf_length)


def _is_telling_figure(tree: SumTree, place: int) -> bool:
    """Tell whether some figure of a row is not so round that others may give it by chance."""
    figures = tree.rows.cents[place].tolist()
    return any(len(str(abs(cents)).rstrip("0")) >= _TELLING_DIGITS for cents in figures)


def _is_numbered(tree: SumTree, place: int) -> bool:
    return _NUMBERING.match(tree.rows.labels.at(place)) is not None


def _is_numbered_below(tree: SumTree, place: int, part: int) -> bool:
    """Tell whether words are numbered as in "2." and "2.1."."""
    own = _NUMBERING.match(tree.rows.labels.at(place))
    below = _NUMBERING.match(tree.rows.labels.at(part))
    return bool(own and below and below[1] != own[1] and below[1].startswith(own[1]))
