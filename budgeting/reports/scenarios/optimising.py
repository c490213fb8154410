"""Optimising: the answer to what a reader wants of a budget, worked out once."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from budgeting.model import Direction
from budgeting.optimiser import (
    Answer,
    Conflict,
    Objective,
    Problem,
    Robustness,
    Wider,
    optimise,
    robustness,
    wider,
)
from budgeting.reports.beneficiaries.picture import pictures
from budgeting.reports.beneficiaries.ranges import service_range
from budgeting.reports.scenarios.objectives import WOMEN, Aim, known_lines, objective
from budgeting.reports.scenarios.view import Question, Uncounted
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.outcome import rulebook
from budgeting.simulation.rules import Rule
from budgeting.store import Store

_STEPS = tuple(Decimal(one * 10**power) for power in range(2, 9) for one in (1, 5))
_STEP_OF_BUDGET = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants.

    Parameters
    ----------
    aim
        What it is to do most for.
    most_moved
        Part of expenditure that may move, 0 to 1.
    is_anywhere
        Whether money may also come from lines of which the objective knows nothing; what that costs it
        cannot say.
    takers
        Codes of the services to which the money is to go; () for all of them, and all lines.
    """

    aim: Aim
    most_moved: Decimal = Decimal("0.02")
    is_anywhere: bool = False
    takers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Optimised:
    """An answer to a wish, or why there is none; ``objective`` is None where it needs what is not known.

    ``wider`` is what money from any line would do, where the lines that may give keep the answer small.
    """

    problem: Problem
    objective: Objective | None = None
    answer: Answer | None = None
    conflict: Conflict | None = None
    wider: Wider | None = None


def optimised(store: Store, asked: Question, rules: tuple[Rule, ...], wish: Wish) -> Optimised:
    """Return the answer to a wish, worked out once for each budget, rules and wish."""
    return _optimised(
        store,
        store.budget_state,
        Uncounted(asked),
        (asked.baseline, asked.methodology.code),
        rules,
        wish,
    )


@lru_cache(maxsize=32)
def _optimised(
    store: Store,
    _state: str,
    of: Uncounted,
    on: tuple[Baseline, str],
    rules: tuple[Rule, ...],
    wish: Wish,
) -> Optimised:
    baseline = on[0]
    problem = Problem(
        baseline,
        rulebook(rules, baseline).bounds,
        wish.most_moved,
        takers=_lines_of(baseline, wish.takers) if wish.takers else None,
    )
    first = _answered(store, of.question, problem, wish)
    if first.conflict is None:
        return first
    # What the budget breaks already may stay broken, and get no worse: there is an answer to that.
    second = _answered(store, of.question, problem.no_worse(), wish)
    return replace(second, conflict=first.conflict)


def _answered(store: Store, asked: Question, problem: Problem, wish: Wish) -> Optimised:
    """Return the answer under the rules of a problem; what is possible there is what 1 of a gain means."""
    wanted = objective(store, asked, problem, wish.aim)
    if wanted is None:
        return Optimised(problem)
    if not wish.is_anywhere:
        problem = replace(problem, opened=known_lines(wanted))
    found = optimise(problem, wanted, step_of(problem.baseline))
    if isinstance(found, Conflict):
        return Optimised(problem, wanted, None, found)
    return Optimised(problem, wanted, found, None, wider(problem, found))


def _lines_of(baseline: Baseline, services: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        line_id
        for code in services
        for line_id in baseline.lines_of(Subject(SubjectKind.SERVICE, code))
    )


def robust(store: Store, asked: Question, found: Optimised) -> Robustness | None:
    """Return how robust an answer is; None where nothing in it is uncertain, or there is none."""
    if found.objective is None or found.answer is None:
        return None
    ranges = {
        one.code: sure
        for one in pictures(store, asked.benefits)
        if (sure := service_range(one, WOMEN)) is not None
    }
    return robustness(found.objective, found.answer.proposed, ranges)


def step_of(baseline: Baseline) -> Decimal:
    """Return the round step for a budget: about a hundred-thousandth of it, 100 at least."""
    wanted = baseline.total(Direction.EXPENDITURE) * _STEP_OF_BUDGET
    fitting = [step for step in _STEPS if step <= wanted]
    return fitting[-1] if fitting else _STEPS[0]
