"""What moves come to: the budget with its new lines, what changes in it, and which rules that breaks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from budgeting.simulation.model import ZERO, Baseline, Subject
from budgeting.simulation.moves import Move, changes, with_new_lines
from budgeting.simulation.rules import (
    Bound,
    Breach,
    Changes,
    Rule,
    bounds,
    breaches,
    earmarked,
    locked,
)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of a municipality on a baseline, with the lines that no move may touch, and of funds.

    ``by_line`` says at which places of ``bounds`` a line counts, ``strict`` which hold in any case.
    """

    bounds: tuple[Bound, ...] = ()
    locked: frozenset[int] = frozenset()
    earmarked: frozenset[int] = frozenset()
    by_line: Mapping[int, Sequence[int]] = field(default_factory=dict)
    strict: tuple[int, ...] = ()

    def touched(self, changes: Changes) -> list[Bound]:
        """Return the strict bounds and those of lines that change; all others stay as they are."""
        places = {place for line_id in changes for place in self.by_line.get(line_id, ())}
        places.update(self.strict)
        return [self.bounds[place] for place in sorted(places)]


@lru_cache(maxsize=8)
def rulebook(rules: tuple[Rule, ...], baseline: Baseline) -> Rulebook:
    """Return what rules demand of a baseline, worked out once."""
    found = bounds(rules, baseline)
    by_line: dict[int, list[int]] = defaultdict(list)
    for place, bound in enumerate(found):
        for line_id in (*bound.plus, *bound.minus):
            by_line[line_id].append(place)
    strict = tuple(place for place, bound in enumerate(found) if bound.is_strict)
    return Rulebook(found, locked(found), earmarked(found), dict(by_line), strict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``baseline`` has the lines that moves open; ``changes`` are by line; ``bounds`` are the rules on it."""

    baseline: Baseline
    changes: Changes
    bounds: tuple[Bound, ...]
    breaches: tuple[Breach, ...]

    def amount_of(self, subject: Subject) -> Decimal:
        """Return what a subject has when the moves are made."""
        lines = self.baseline.lines_of(subject)
        changed = (self.changes.get(line_id, ZERO) for line_id in lines)
        return sum(changed, self.baseline.amount_of(lines))


def outcome(baseline: Baseline, moves: Sequence[Move], rules: tuple[Rule, ...]) -> Outcome:
    """Return what moves come to under the rules; worked out once for saving and for what is shown.

    Raises
    ------
    MoveInvalid
        A move that cannot be made.
    """
    return _outcome(baseline, tuple(moves), rules)


@lru_cache(maxsize=32)
def _outcome(baseline: Baseline, moves: tuple[Move, ...], rules: tuple[Rule, ...]) -> Outcome:
    with_new = with_new_lines(baseline, moves)
    book = rulebook(rules, with_new)
    changed = changes(baseline, moves, book.locked, book.earmarked)
    return Outcome(with_new, changed, book.bounds, breaches(book.touched(changed), changed))
