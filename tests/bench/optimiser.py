"""Part: the optimiser, from rules as bounds to the answer, against HiGHS alone on the same matrices.

A made town: programmes of some forty lines that change by a tenth at most, lines that change by a
fifth, a twentieth of them protected, three earmarked funds of ten, a balance that holds, and 2 per cent
of the budget to move. The objective counts marks and the need that forty services do not meet. HiGHS
alone gets the problem line by line, as matrices that are already there, with its own options.
"""

import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

import highspy
import numpy as np

from budgeting.optimiser import Problem
from budgeting.optimiser.curves import Curve
from budgeting.optimiser.frontier import POINTS, frontier
from budgeting.optimiser.highs import LinearProblem
from budgeting.optimiser.matrix import Matrix, matrix
from budgeting.optimiser.optimum import Optimiser
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import Bound, Rule, RuleKind, bounds
from tests.bench.figures import Figure, figure

ALONE = "HiGHS alone, same matrices"
ONE_AND_A_HALF, ONCE = 1.5, 1.0
FUNDS, EARMARKED, SERVICES, PER_PROGRAMME = 10, 3, 40, 40


def measure(lines: tuple[int, ...], frontiers: tuple[int, ...], passes: int) -> list[Figure]:
    """Return the figures of problems with so many lines, and of frontiers; processor time."""
    figures = []
    for count in sorted({*lines, *frontiers}):
        given = made(count)
        for wanted, against, name, target in (
            (lines, optimum_and_alone, "optimum", ONE_AND_A_HALF),
            (frontiers, frontier_and_alone, "frontier", ONCE),
        ):
            if count in wanted:
                ours, bare = zip(*(against(*given) for _ in range(passes)), strict=True)
                figures.append(compared(f"{name} of {count:,} lines", ours, bare, target))
    return figures


def optimum_and_alone(*given: object) -> tuple[float, float]:
    """Return how long the optimum takes, and HiGHS alone."""
    ours, optimiser = timed(partial(answered, *given))
    full = by_line(optimiser)
    bare, gain = timed(partial(alone, full))
    same(optimiser, gain)
    return ours, bare


def frontier_and_alone(*given: object) -> tuple[float, float]:
    """Return how long the optimum and its frontier take, and HiGHS alone for every point of it."""
    ours, _ = timed(lambda: frontier(answered(*given)))
    full = by_line(answered(*given))
    bare, _ = timed(lambda: [alone(full, at / (POINTS - 1)) for at in range(POINTS)])
    return ours, bare


def compared(name: str, ours: Sequence[float], bare: Sequence[float], target: float) -> Figure:
    middle = figure("", ALONE, bare).middle
    return figure(
        "Optimiser, processor time",
        name,
        ours,
        against=ALONE,
        against_middle=middle,
        target=target,
    )


def timed(act: Callable[[], object]) -> tuple[float, object]:
    """Do it; return milliseconds of processor time, and what it gave."""
    begin = time.process_time()
    given = act()
    return (time.process_time() - begin) * 1000, given


def answered(baseline: Baseline, rules: tuple[Bound, ...], curves: tuple[Curve, ...]) -> Optimiser:
    """Answer a problem from its rules on; the optimiser has found its optimum."""
    optimiser = Optimiser(Problem(baseline, rules), curves)
    assert optimiser.optimum() is not None
    return optimiser


def by_line(optimiser: Optimiser) -> Matrix:
    """Return the same problem with every line for itself."""
    room = optimiser.problem.room
    return matrix(room, optimiser.curves, np.arange(len(room.ids)))


def same(optimiser: Optimiser, gain: float) -> None:
    """Both must have found the same."""
    ours = optimiser.again().objective * optimiser.matrix.rate
    assert abs(ours - gain) <= 1e-6 * abs(gain), (ours, gain)


def alone(full: Matrix, part: float = 1.0) -> float:
    """Return the optimum of HiGHS, as it comes, where a part of the limit may move."""
    problem = full.problem
    limits = problem.row_upper.copy()
    limits[-2:] *= part
    solver = highspy.Highs()
    solver.silent()
    solver.passModel(model(problem, limits))
    solver.run()
    return solver.getInfo().objective_function_value * full.rate


def model(problem: LinearProblem, row_upper: np.ndarray) -> highspy.HighsLp:
    found = highspy.HighsLp()
    found.num_col_, found.num_row_ = len(problem.costs), len(problem.row_lower)
    found.sense_ = highspy.ObjSense.kMaximize
    found.col_cost_ = problem.costs
    found.col_lower_, found.col_upper_ = problem.lower, problem.upper
    found.row_lower_, found.row_upper_ = problem.row_lower, row_upper
    found.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    found.a_matrix_.start_ = problem.starts.astype(np.int32)
    found.a_matrix_.index_ = problem.indices.astype(np.int32)
    found.a_matrix_.value_ = problem.values
    return found


def made(count: int, seed: int = 1) -> tuple[Baseline, tuple[Bound, ...], tuple[Curve, ...]]:
    """Return a town's budget, its rules and what is wanted of it."""
    random = np.random.default_rng(seed)
    amounts = np.round(random.lognormal(10, 1.5, count), 2).tolist()
    programmes = random.integers(0, max(8, count // PER_PROGRAMME), count).tolist()
    funds = random.integers(0, FUNDS, count).tolist()
    is_mandatory = (random.random(count) < 0.05).tolist()
    lines = tuple(
        Line(
            at + 1,
            f"l{at}",
            f"Line {at}",
            Decimal(str(amounts[at])),
            members={
                "programme": (f"p{programmes[at]}",),
                "fund": (f"f{funds[at]}",),
                "economic_class": ("mandatory" if is_mandatory[at] else "free",),
            },
        )
        for at in range(count)
    )
    baseline = Baseline(lines, "EUR")
    return baseline, bounds(_rules(), baseline), (_marks(random, count), *_services(random, lines))


def _rules() -> list[Rule]:
    def rule(kind: RuleKind, of: str, code: str = "", percent: int | None = None) -> Rule:
        figure = None if percent is None else Decimal(percent)
        return Rule(f"{kind} {of} {code}", kind, Subject(SubjectKind(of), code), percent=figure)

    return [
        rule(RuleKind.BALANCED, "all"),
        rule(RuleKind.LIMIT_EACH, "programme", percent=10),
        rule(RuleKind.LIMIT_EACH, "all", percent=20),
        rule(RuleKind.PROTECTED, "economic_class", "mandatory"),
        *(rule(RuleKind.EARMARKED, "fund", f"f{fund}") for fund in range(EARMARKED)),
    ]


def _marks(random: np.random.Generator, count: int) -> Curve:
    parts = random.choice([0, 0, 0, 0.4, 1.0], count).tolist()
    return Curve("marks", {at + 1: part for at, part in enumerate(parts) if part})


def _services(random: np.random.Generator, lines: tuple[Line, ...]) -> list[Curve]:
    """Return services of a few lines each, whose need is met by a twentieth more of their money."""
    own = random.permutation(len(lines))[: max(SERVICES, len(lines) // 20)]
    found = []
    for number, part in enumerate(np.array_split(own, SERVICES)):
        weights = {int(at) + 1: 1.0 for at in part}
        money = sum(float(lines[int(at)].amount) for at in part)
        slopes = (2.0, 2.0 * float(random.random()), 0.0)
        found.append(Curve(f"s{number}", weights, slopes, (money * 0.02, money * 0.05)))
    return found
