"""Codes that are groups of other codes, and which of them have money of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from budgeting.imports.sheets.sheet import Numbers, SheetRows, Truths

_SHARE_OF_DOTTED = 0.3
_SHARE_OF_STEPS = 0.8
_FEWEST_NUMBERED = 5
_OFTEN = 3  # a block has one subtotal of a group; a ledger names the group in line after line
_SHORTEST_ZERO_FILLED = 3  # "400" is the group 4, but "10" comes after 9
_DOTTED = re.compile(r"^\w+([.\-/]\w+)+\.?$")


def code_keys(codes: Sequence[str]) -> list[str]:
    """Return for each code a key that begins with the key of every group it belongs to."""
    known = [code for code in codes if code]
    dotted = sum(1 for code in known if _DOTTED.match(code))
    if dotted and dotted >= _SHARE_OF_DOTTED * len(known):
        return [code.rstrip(".") + "." if code else "" for code in codes]
    return [_without_zeros(code) for code in codes]


def _without_zeros(code: str) -> str:
    if len(code) < _SHORTEST_ZERO_FILLED or not code.isdecimal():
        return code
    return code.rstrip("0") or code


def in_order_of_codes(codes: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return key, length and place of each code, groups directly before their members."""
    keys = code_keys(codes)
    return sorted((keys[place], len(codes[place]), place) for place in range(len(codes)))


@dataclass(slots=True)
class Group:
    """A code that is the group of others in its block.

    ``places`` are its rows, ``own`` what they add up to; ``leaves`` is what its members add up to.
    """

    key: str
    places: Numbers
    own: Numbers
    leaves: Numbers
    above: "Group | None" = None

    @property
    def has_money(self) -> bool:
        """Whether any of its figures is not zero."""
        return bool(self.own.any())

    @property
    def adds_up(self) -> bool:
        """Whether it is the sum of its members in every column."""
        return bool((self.own == self.leaves).all())


@dataclass(slots=True)
class Family:
    """The groups of one block; ``holders`` are rows of groups that count as lines."""

    rows: SheetRows
    groups: list[Group]
    holders: list[int] = field(default_factory=list)

    @property
    def verdicts(self) -> Iterator[bool]:
        """Tell of each group that can be compared whether it agrees with its members anywhere."""
        for group in self.groups:
            if group.has_money and group.leaves.any():
                yield bool(((group.own == group.leaves) & (group.own != 0)).any())

    def totals(self, *, is_additive: bool) -> Iterator[int]:
        """Give the rows that are totals of other rows of the block."""
        for group in self.groups:
            is_often = len(group.places) >= _OFTEN
            if not group.adds_up and (is_often or not is_additive):
                continue
            yield from (place for place in group.places.tolist() if place not in self.holders)

    def find_holders(self) -> None:
        """Find the groups that count beside their members, from what the group above them prints.

        A code such as 711190 stands beside 711193, not above it, where only both together give
        711000. So does a group whose members have no figures. And of several rows with one code,
        one may be the total of the others.
        """
        for group in self.groups:
            self._keep_twins(group)
        for group in reversed(self.groups):
            below = [other for other in self.groups if _above_with_money(other) is group]
            missing = [other for other in below if other.has_money and not other.adds_up]
            together = sum((other.own for other in missing), np.zeros_like(group.own))
            if missing and (group.own == group.leaves + together).all():
                for other in missing:
                    self._hold(other, other.places.tolist(), other.own)

    def _keep_twins(self, group: Group) -> None:
        own = self.rows.cents[group.places]
        if len(group.places) == 1:
            return
        rest = group.leaves + own.sum(axis=0) - own
        sums = np.flatnonzero((own == rest).all(axis=1) & own.any(axis=1))
        if len(sums):
            twins = [place for place in group.places.tolist() if place != group.places[sums[0]]]
            self._hold(group, twins, own.sum(axis=0) - own[sums[0]])
            group.own = own[sums[0]]

    def _hold(self, group: Group, places: list[int], money: Numbers) -> None:
        self.holders += places
        above: Group | None = group
        while above is not None:
            above.leaves = above.leaves + money
            above = above.above


def _above_with_money(group: Group) -> Group | None:
    above = group.above
    while above is not None and not above.has_money:
        above = above.above
    return above


def family_of(rows: SheetRows, places: Numbers, is_total: Truths, closing: int | None) -> Family:
    """Return the groups among the codes of one block.

    Parameters
    ----------
    places
        The coded rows of the block, in order.
    is_total
        Rows known to be totals, whatever their code.
    closing
        The total without code that ends the block, if one does.
    """
    if _is_numbering([rows.codes.values[code] for code in rows.codes.places[places].tolist()]):
        return Family(rows, [])
    used, inverse = np.unique(rows.codes.places[places], return_inverse=True)
    ordered = in_order_of_codes([rows.codes.values[code] for code in used.tolist()])
    rank = np.empty(len(used), dtype=np.int64)
    rank[[place for _, _, place in ordered]] = np.arange(len(used))
    by_rank = rank[inverse]
    own = np.zeros((len(used), rows.cents.shape[1]), dtype=np.int64)
    np.add.at(own, by_rank, rows.cents[places])
    counted = own.copy()
    np.subtract.at(counted, by_rank[is_total[places]], rows.cents[places[is_total[places]]])
    family = Family(rows, list(_groups(ordered, places, by_rank, own, counted)))
    top = None
    if closing is not None:
        parents = {group.key for group in family.groups}
        leaves = [entry for entry, (key, _, _) in enumerate(ordered) if key not in parents]
        top = Group(
            "", np.array([], dtype=np.int64), rows.cents[closing], counted[leaves].sum(axis=0)
        )
        for group in family.groups:
            group.above = group.above or top
    family.groups = [top, *family.groups] if top else family.groups
    family.find_holders()
    family.groups = [group for group in family.groups if group is not top]
    return family


def _groups(
    ordered: Sequence[tuple[str, int, int]],
    places: Numbers,
    by_rank: Numbers,
    own: Numbers,
    counted: Numbers,
) -> Iterator[Group]:
    """Give the groups, each before the groups within it."""
    keys = [key for key, _, _ in ordered]
    is_group = [later.startswith(key) for key, later in pairwise(keys)]
    leaves = np.where(np.array([*is_group, False])[:, None], 0, counted)
    order = np.argsort(by_rank, kind="stable")
    starts = np.searchsorted(by_rank[order], np.arange(len(keys) + 1))
    open_groups: list[Group] = []
    found: list[Group] = []
    for position, key in enumerate(keys):
        while open_groups and not key.startswith(open_groups[-1].key):
            open_groups.pop()
        for group in open_groups:
            group.leaves = group.leaves + leaves[position]
        if position < len(is_group) and is_group[position]:
            rows_of_code = places[np.sort(order[starts[position] : starts[position + 1]])]
            above = open_groups[-1] if open_groups else None
            group = Group(key, rows_of_code, own[position], np.zeros_like(own[position]), above)
            open_groups.append(group)
            found.append(group)
    yield from found


def _is_numbering(codes: Sequence[str]) -> bool:
    """Tell whether the codes only count the rows: 1, 2, 3 … 9, 10, 11."""
    numbers = [int(code) for code in codes if code.isdecimal()]
    if len(numbers) < _FEWEST_NUMBERED or min(numbers) > 1:
        return False
    steps = sum(1 for one, other in pairwise(numbers) if other == one + 1)
    return steps >= _SHARE_OF_STEPS * (len(numbers) - 1)
