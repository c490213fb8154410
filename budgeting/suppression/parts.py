"""Parts: figures that sums connect, apart from all others, and what is hidden of them by the rule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgeting.suppression.model import ZERO, Bracket, Cell, Count, Rule, Sum
from budgeting.suppression.system import Bounds, Signed, System


@dataclass(frozen=True, slots=True)
class Part:
    """Figures with all the sums between them.

    Parameters
    ----------
    small, followers
        What is protected, with everything that each must seem possible to be.
    inside
        What is hidden because a total of it is small.
    """

    figures: Mapping[Cell, Count]
    sums: Sequence[Sum]
    rule: Rule
    small: Mapping[Cell, Sequence[Decimal]]
    inside: frozenset[Cell]
    followers: Mapping[Cell, Sequence[Decimal]]


def part_of(
    counts: Mapping[Cell, Count],
    cells: Sequence[Cell],
    sums: Sequence[Sum],
    rule: Rule,
    brackets: Mapping[Cell, Bracket],
) -> Part:
    """Return the part of `counts` that `cells` are; `brackets` are those of the figures that lead."""
    figures = {cell: counts[cell] for cell in cells}
    inside = frozenset(_inside(figures, sums, rule))
    followers = _followers(counts, cells, brackets)
    return Part(figures, sums, rule, _small(figures, rule), inside, followers)


def ordered(cell: Cell) -> tuple[str, ...]:
    """Return by what cells are put in order, whatever they are made of."""
    return tuple(map(str, cell))


def _small(figures: Mapping[Cell, Count], rule: Rule) -> dict[Cell, list[Decimal]]:
    """Return the small counts, with everything that each must seem possible to be."""
    return {
        cell: _range(rule, count.value)
        for cell, count in figures.items()
        if count.is_sensitive and _is_ours(count) and rule.is_small(count.value or ZERO)
    }


def _inside(figures: Mapping[Cell, Count], sums: Sequence[Sum], rule: Rule) -> set[Cell]:
    """Return the parts of small totals: none is shown, as a zero among them would tell of the others."""
    inside: set[Cell] = set()
    waiting = [cell for cell, count in figures.items() if _is_little(count, rule)]
    while waiting:
        total = waiting.pop()
        parts = {part for identity in sums if identity.total == total for part in identity.parts}
        waiting += sorted(parts - inside, key=ordered)
        inside |= parts
    return {cell for cell in inside if _is_ours(figures[cell])}


def _is_ours(count: Count) -> bool:
    """Tell whether a figure is known, and neither published by others nor led by another figure."""
    return count.value is not None and not count.is_public and count.follows is None


def _is_little(count: Count, rule: Rule) -> bool:
    """Tell whether a figure counts few persons, also where others publish it."""
    is_counted = count.value is not None and count.is_sensitive and count.follows is None
    return is_counted and rule.is_small(count.value or ZERO)


def _range(rule: Rule, value: Decimal | None) -> list[Decimal]:
    """Return what a small count must seem possible to be; not whole, from zero to the threshold."""
    if value is not None and value != int(value):
        return [ZERO, Decimal(rule.threshold)]
    return [Decimal(possible) for possible in range(1, rule.threshold)]


def _followers(
    counts: Mapping[Cell, Count], cells: Sequence[Cell], brackets: Mapping[Cell, Bracket]
) -> dict[Cell, list[Decimal]]:
    """Return the figures that follow a hidden count, with how far each must be able to go.

    As far as the count: where one woman could be four, her hours could be four times as many.
    """
    found = {}
    for cell in cells:
        value, leader = counts[cell].value, counts[cell].follows
        if leader is None or value is None or counts[cell].is_public or leader not in brackets:
            continue
        low, high = brackets[leader].low or ZERO, brackets[leader].high
        followed = counts[leader].value or Decimal(1)
        ends = (low, followed + 1 if high is None else high)
        found[cell] = [value * end / followed for end in ends]
    return found


def system_of(part: Part, is_told: bool) -> System:
    """Return what a reader can solve, with what is hidden from the start.

    Where it `is_told` which hidden counts are small, a reader knows them to be below the threshold,
    and the others not to be. Otherwise every hidden count could be anything.
    """
    figures, rule = part.figures, part.rule
    values = _values(figures, part.sums)
    hidden = {cell for cell in values if figures[cell].value is None or not figures[cell].is_stated}
    hidden.update(part.small, part.inside, part.followers)
    bounds: dict[Cell, Bounds] = dict.fromkeys(values, (ZERO, None))
    movable = {cell for cell in values if _may_be_hidden(figures[cell], rule, is_told)}
    if is_told:
        for cell in movable:
            is_count = figures[cell].is_sensitive and figures[cell].follows is None
            if is_count and figures[cell].is_stated:
                bounds[cell] = Decimal(rule.threshold), None
        for cell in (*part.small, *part.inside):
            possible = _range(rule, values[cell])
            least = ZERO if cell in part.inside else min(possible[0], Decimal(rule.smallest))
            bounds[cell] = least, possible[-1]
    equations = [_equation(identity, values) for identity in part.sums]
    return System(values, bounds, equations, hidden, frozenset(movable))


def _equation(identity: Sum, values: Mapping[Cell, Decimal]) -> Signed:
    signed = [(identity.total, 1), *((cell, -1) for cell in identity.parts)]
    return tuple((cell, sign) for cell, sign in signed if cell in values)


def _may_be_hidden(count: Count, rule: Rule, is_told: bool) -> bool:
    """Tell whether a figure may be hidden for another one's sake.

    A zero that is shown may not, where hidden counts are told to be at the threshold or above.
    """
    if count.is_public or count.value is None:
        return False
    is_count = count.is_sensitive and count.follows is None
    return not (is_told and is_count) or count.value >= rule.threshold


def _values(figures: Mapping[Cell, Count], sums: Sequence[Sum]) -> dict[Cell, Decimal]:
    """Return the figures, with those that are not known but follow from sums.

    Several of one sum that stand in no other may share what it leaves as they like. A figure that
    is left out is taken as one that the reader knows, which hides more and never less.
    """
    values = {cell: count.value for cell, count in figures.items() if count.value is not None}
    open_sums = list(sums)
    while solved := [identity for identity in open_sums if len(_missing(identity, values)) == 1]:
        cell = _missing(solved[0], values)[0]
        left = _left(solved[0], values)
        if left >= 0:
            values[cell] = left
        open_sums.remove(solved[0])
    uses = Counter(cell for identity in sums for cell in set(identity.cells))
    for identity in open_sums:
        missing = _missing(identity, values)
        left = _left(identity, values)
        if (
            missing
            and identity.total in values
            and left >= 0
            and all(uses[c] == 1 for c in missing)
        ):
            values.update({**dict.fromkeys(missing, ZERO), missing[0]: left})
    return values


def _missing(identity: Sum, values: Mapping[Cell, Decimal]) -> list[Cell]:
    return [cell for cell in identity.cells if cell not in values]


def _left(identity: Sum, values: Mapping[Cell, Decimal]) -> Decimal:
    """Return what a sum leaves for the cells that `values` has not."""
    parts = sum((values[cell] for cell in identity.parts if cell in values), ZERO)
    return values[identity.total] - parts if identity.total in values else parts
