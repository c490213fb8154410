"""Protecting: which figures are hidden so that each small count could be any small count.

Promise: whoever knows the rule, sees which counts are small and solves all sums, still finds every
value from one to one below the threshold possible for each of them.
"""

from collections.abc import Iterable, Mapping, Sequence

from budgeting.suppression.model import Bracket, Cell, Count, Rule, Shown, Sum, Value
from budgeting.suppression.parts import Part, ordered, part_of, system_of


def protected(counts: Mapping[Cell, Count], sums: Iterable[Sum], rule: Rule) -> Shown:
    """Return what is shown of all counts that a municipality shows anywhere.

    Called once with everything: every table, age, place, group and year, and every sum that a reader
    knows between them. What has no sum with others is decided without them, so a new year changes
    nothing of an old one.

    Parameters
    ----------
    counts
        Every figure that is shown, or that follows from shown ones by a sum.
    sums
        Between cells of `counts`; where a part is not known, what is left of the total is a part.

    Raises
    ------
    ValueError
        A figure is negative, or follows one that follows another.
    KeyError
        A sum or a figure names a cell that is not in `counts`.
    """
    _refuse(counts)
    brackets: dict[Cell, Bracket] = {}
    unprotected: set[Cell] = set()
    for cells, own in _in_order(counts, list(sums)):
        part = part_of(counts, cells, own, rule, brackets)
        found = _protected(part, is_told=True)
        if found.unprotected:
            found = min(
                found, _protected(part, is_told=False), key=lambda one: len(one.unprotected)
            )
        unprotected |= found.unprotected
        for cell in found.hidden:
            bracket = found[cell]
            if isinstance(bracket, Bracket):
                brackets[cell] = bracket
    shown: dict[Cell, Value] = {
        cell: brackets.get(cell, count.value) for cell, count in counts.items()
    }
    return Shown(shown, frozenset(unprotected))


def _protected(part: Part, is_told: bool) -> Shown:
    """Return the hidden figures of a part, with or without telling which of them are small."""
    system = system_of(part, is_told)
    unprotected = set()
    for cell, wanted in {**part.small, **part.followers}.items():
        far = sorted(wanted, key=lambda value: -abs(value - system.values[cell]))
        for value in far:
            if not system.can_be(cell, value) and not system.hide_for(cell, value):
                unprotected.add(cell)
    small = part.inside | part.small.keys() if is_told else set()
    hidden = {
        cell: Bracket(low, high, cell in small)
        for cell, (low, high) in system.brackets().items()
        if part.figures[cell].value is not None
    }
    return Shown(hidden, frozenset(unprotected))


def _refuse(counts: Mapping[Cell, Count]) -> None:
    for cell, count in counts.items():
        if count.value is not None and count.value < 0:
            raise ValueError(f"{cell} is negative: {count.value}")
        if count.follows is not None and counts[count.follows].follows is not None:
            raise ValueError(f"{cell} follows {count.follows}, which follows another figure")


def _in_order(
    counts: Mapping[Cell, Count], sums: Sequence[Sum]
) -> list[tuple[list[Cell], list[Sum]]]:
    """Return the cells that sums connect, with their sums; those that follow others last."""
    leader = {cell: cell for cell in counts}

    def top(cell: Cell) -> Cell:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for identity in sums:
        for part in identity.parts:
            leader[top(part)] = top(identity.total)
    cells: dict[Cell, list[Cell]] = {}
    own: dict[Cell, list[Sum]] = {}
    for cell in sorted(counts, key=ordered):
        cells.setdefault(top(cell), []).append(cell)
    for identity in sums:
        own.setdefault(top(identity.total), []).append(identity)
    found = [(members, own.get(first, [])) for first, members in cells.items()]
    return sorted(found, key=lambda one: any(counts[c].follows is not None for c in one[0]))
