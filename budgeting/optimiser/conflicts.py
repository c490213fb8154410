"""Conflicts: which rules cannot all be kept, and the smallest relaxation with which they can.

Every rule is given slack, and the least total of it is looked for. The rules that have a price there
cannot be kept together; of these, one after the other that is not needed for the conflict is left out,
by halves. What is named is irreducible: without any one of them, the others can be kept.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

import numpy as np

from budgeting.optimiser.highs import LinearProblem, Solver, SolverFailed
from budgeting.optimiser.matrix import Entries, by_column, moved_entries
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.problem import Problem, Room, Sums, money, sums_of
from budgeting.optimiser.relaxing import Relaxation, Side
from budgeting.simulation.rules import Bound, RuleKind

# House rule: what law or a lender has fixed is relaxed only where nothing else helps.
_LAST = {RuleKind.PROTECTED: 1000.0, RuleKind.EARMARKED: 1000.0, RuleKind.BALANCED: 1000.0}
_UNLIMITED = Decimal(10**13)
_PRICED = 1e-7
_LEAST = 1e-3  # cents
_LARGE = 2.0**22
_LIMIT = -1  # stands among bounds for the limit of money moved


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all be kept.

    Parameters
    ----------
    bounds
        An irreducible set of them.
    with_limit
        Whether the limit of money moved is part of the conflict.
    relaxations
        The smallest relaxation of all rules together, with which an answer exists.
    """

    bounds: tuple[Bound, ...]
    with_limit: bool
    relaxations: tuple[Relaxation, ...]

    @property
    def total(self) -> Decimal:
        """Money of the smallest relaxation."""
        return sum((one.amount for one in self.relaxations), Decimal("0.00"))


def conflict(problem: Problem) -> Conflict | None:
    """Return why no answer keeps all rules; None where one does."""
    if _can_be_kept(problem):
        return None
    relaxations, priced = _elastic(problem)
    named = _irreducible(problem, [], priced, is_checked=True)
    return Conflict(
        tuple(problem.bounds[at] for at in sorted(named) if at >= 0), _LIMIT in named, relaxations
    )


def _can_be_kept(problem: Problem) -> bool:
    return Optimiser(problem, ()).settled() is not None


def _irreducible(
    problem: Problem, kept: list[int], items: list[int], *, is_checked: bool
) -> list[int]:
    """Return the items that are needed for the conflict beside those that are kept.

    Source: Junker 2004, "QuickXplain: preferred explanations and relaxations".
    """
    if not is_checked and not _can_be_kept(_only(problem, kept)):
        return []
    if len(items) <= 1:
        return items
    first, second = items[: len(items) // 2], items[len(items) // 2 :]
    of_second = _irreducible(problem, kept + first, second, is_checked=False)
    of_first = _irreducible(problem, kept + of_second, first, is_checked=not of_second)
    return of_first + of_second


def _only(problem: Problem, kept: list[int]) -> Problem:
    """Return the problem with some of its bounds; `_LIMIT` is the limit of money moved."""
    more = problem.more_moved if _LIMIT in kept else _UNLIMITED
    bounds = tuple(problem.bounds[at] for at in sorted(kept) if at >= 0)
    return replace(problem, bounds=bounds, more_moved=more)


def _elastic(problem: Problem) -> tuple[tuple[Relaxation, ...], list[int]]:
    """Return the least total slack, and the bounds that have a price there."""
    room = replace(problem, bounds=()).room  # every bound becomes a row, also that of a single line
    sums = sums_of(room, list(enumerate(problem.bounds)))
    unit = max(1.0, float(np.abs(room.low).sum()) / _LARGE)
    solution = Solver(_with_slack(problem, room, sums, unit)).solve()
    if solution is None:
        raise SolverFailed("rules with slack cannot be kept")
    count = len(sums.by)
    spare = solution.values[2 * len(room.ids) :] * unit
    priced = sums.by[np.abs(solution.prices[:count]) > _PRICED].tolist()
    if np.any(np.abs(solution.prices[count:]) > _PRICED):
        priced.append(_LIMIT)
    missing, beyond, limit = spare[:count], spare[count:-1], float(spare[-1])
    found = [
        Relaxation(problem.bounds[by], side, money(ceil(cents - _LEAST)))
        for side, all_cents in ((Side.LESS, missing), (Side.MORE, beyond))
        for by, cents in zip(sums.by.tolist(), all_cents.tolist(), strict=True)
        if cents > _LEAST
    ]
    if limit > _LEAST:
        found.append(Relaxation(None, Side.MORE, money(ceil(limit - _LEAST))))
    return tuple(found), priced


def _with_slack(problem: Problem, room: Room, sums: Sums, unit: float) -> LinearProblem:
    """Return the problem of least slack.

    Columns: increases and decreases of lines, what sums miss from below, what they are above, and what
    moves beyond the limit. Rows: the bounds, what is spent in addition, what is found for it.
    """
    size, count = len(room.ids), len(sums.by)
    own = np.arange(count)
    first = 2 * size
    blocks = [
        Entries(sums.rows, sums.lines, sums.signs),
        Entries(sums.rows, sums.lines + size, -sums.signs),
        *moved_entries(room.is_revenue, count),
        Entries(own, own + first, np.ones(count)),
        Entries(own, own + first + count, -np.ones(count)),
        Entries(np.array([count, count + 1]), np.full(2, first + 2 * count), -np.ones(2)),
    ]
    kinds = [problem.bounds[by].rule.kind for by in sums.by.tolist()]
    weights = np.array([_LAST.get(kind, 1.0) for kind in kinds], np.float64)
    starts, indices, values = by_column(blocks, first + 2 * count + 1)
    return LinearProblem(
        costs=np.concatenate([np.zeros(first), -weights, -weights, [-1.0]]),
        lower=np.zeros(first + 2 * count + 1),
        upper=np.concatenate(
            [np.full(size, np.inf), -room.low / unit, np.full(2 * count + 1, np.inf)]
        ),
        starts=starts,
        indices=indices,
        values=values,
        row_lower=np.concatenate([sums.low / unit, np.full(2, -np.inf)]),
        row_upper=np.concatenate([sums.high / unit, np.full(2, room.limit / unit)]),
    )
