"""The solver: linear problems for HiGHS. The only module that knows it.

Nothing in parallel, and a fixed seed: the same problem gives the same answer. A problem that was solved once
is solved again from where it ended, which takes a few steps where little changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_OPTIONS: Mapping[str, int | float | str] = {
    # Not "threads": all of a process must set the same number, and tests run HiGHS on their own.
    "parallel": "off",
    "random_seed": 0,
    "dual_feasibility_tolerance": 1e-9,
    "mip_rel_gap": 1e-9,
    # Nodes and not seconds: what is found must not depend on how busy the machine is.
    "mip_max_nodes": 2_000,
}
_NOT_POSSIBLE = {
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
}
_ANSWERED = {
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kModelEmpty,
    highspy.HighsModelStatus.kSolutionLimit,
}


class SolverFailed(RuntimeError):
    """HiGHS ended without an answer: a bug of ours or of it, never the reader's."""


@dataclass(frozen=True, slots=True)
class LinearProblem:
    """Maximise costs x values between bounds; the matrix by columns, as HiGHS keeps it.

    Column ``j`` has its rows in ``indices[starts[j] : starts[j + 1]]``, ascending.
    """

    costs: Floats
    lower: Floats
    upper: Floats
    starts: Ints
    indices: Ints
    values: Floats
    row_lower: Floats
    row_upper: Floats
    whole: Ints | None = None  # columns that must be whole numbers

    def same_pattern(self, other: "LinearProblem") -> bool:
        """Tell whether two problems differ in numbers only."""
        return (
            len(self.costs) == len(other.costs)
            and len(self.row_lower) == len(other.row_lower)
            and np.array_equal(self.starts, other.starts)
            and np.array_equal(self.indices, other.indices)
        )


@dataclass(frozen=True, slots=True)
class Solution:
    """Values of an optimum, and what a little more of each bound would bring.

    ``reduced`` belongs to columns and ``prices`` to rows: gain per unit by which the bound that holds
    the column or row moves up.
    """

    values: Floats
    reduced: Floats
    activities: Floats
    prices: Floats
    objective: float


class Solver:
    """One problem in HiGHS, which may be changed and solved again."""

    def __init__(self, problem: LinearProblem) -> None:
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        # Lines alike are one column already; what presolve finds beyond that costs more than it saves.
        self._highs.setOptionValue("presolve", "off" if problem.whole is None else "on")
        self._pass(problem)

    def _pass(self, problem: LinearProblem) -> None:
        self._problem = problem
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(problem.costs), len(problem.row_lower)
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = problem.costs
        model.col_lower_, model.col_upper_ = problem.lower, problem.upper
        model.row_lower_, model.row_upper_ = problem.row_lower, problem.row_upper
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = problem.starts.astype(np.int32)
        model.a_matrix_.index_ = problem.indices.astype(np.int32)
        model.a_matrix_.value_ = problem.values
        if problem.whole is not None:
            kinds = [highspy.HighsVarType.kContinuous] * len(problem.costs)
            for column in problem.whole:
                kinds[column] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds
        self._highs.passModel(model)

    def adopt(self, problem: LinearProblem) -> None:
        """Take another problem; where only numbers differ, go on from what was found last."""
        before = self._problem
        if not problem.same_pattern(before):
            self._pass(problem)
            return
        for place in np.flatnonzero(problem.values != before.values):
            column = int(np.searchsorted(problem.starts, place, "right")) - 1
            self._highs.changeCoeff(
                int(problem.indices[place]), column, float(problem.values[place])
            )
        self._problem = problem
        self.change_costs(problem.costs)
        columns = np.arange(len(problem.costs), dtype=np.int32)
        self._highs.changeColsBounds(len(columns), columns, problem.lower, problem.upper)
        rows = np.arange(len(problem.row_lower), dtype=np.int32)
        self._highs.changeRowsBounds(  # type: ignore[attr-defined]
            len(rows), rows, problem.row_lower, problem.row_upper
        )

    def change_costs(self, costs: Floats) -> None:
        """Maximise something else."""
        columns = np.arange(len(costs), dtype=np.int32)
        self._highs.changeColsCost(len(columns), columns, costs)

    def change_row(self, row: int, low: float, high: float) -> None:
        """Set other bounds of a row."""
        self._highs.changeRowBounds(row, low, high)

    def change_column(self, column: int, low: float, high: float) -> None:
        """Set other bounds of a column."""
        self._highs.changeColBounds(column, low, high)

    def solve(self) -> Solution | None:
        """Return an optimum; None where no values keep all bounds.

        A search for whole numbers that reaches its end of nodes gives the best it has found, or None.

        Raises
        ------
        SolverFailed
            HiGHS has no answer.
        """
        if np.any(self._problem.lower > self._problem.upper) or self._has_only_broken_rows():
            return None
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in _NOT_POSSIBLE or self._has_found_nothing_whole(status):
            return None
        if status not in _ANSWERED:
            raise SolverFailed(self._highs.modelStatusToString(status))
        found = self._highs.getSolution()
        return Solution(
            np.array(found.col_value),
            np.array(found.col_dual),
            np.array(found.row_value),
            np.array(found.row_dual),
            self._highs.getInfo().objective_function_value,
        )

    def _has_only_broken_rows(self) -> bool:
        """Tell whether nothing can change, and a row is outside its bounds: HiGHS calls that empty."""
        of = self._problem
        return not len(of.costs) and bool(np.any(of.row_lower > 0) or np.any(of.row_upper < 0))

    def _has_found_nothing_whole(self, status: highspy.HighsModelStatus) -> bool:
        """Tell whether a search for whole numbers ended early, without an answer."""
        found = self._highs.getInfo().primal_solution_status
        return (
            status == highspy.HighsModelStatus.kSolutionLimit
            and found != highspy.SolutionStatus.kSolutionStatusFeasible
        )
