"""The optimiser: which reallocation under all rules does most for an objective. Pure.

`optimise` answers; `budgeting.optimiser.highs` is the only module that knows the solver.
"""

from budgeting.optimiser.answer import Answer, Wider, optimise, wider
from budgeting.optimiser.binding import Binding, words_of
from budgeting.optimiser.conflicts import Conflict, conflict
from budgeting.optimiser.frontier import Point
from budgeting.optimiser.next_users import LeftOut, NextUsers
from budgeting.optimiser.objectives import (
    BenefitParity,
    Objective,
    TaggedShare,
    Unit,
    UnmetNeed,
    UseGaps,
    gain_value,
    gain_words,
)
from budgeting.optimiser.optimum import Found
from budgeting.optimiser.problem import Problem
from budgeting.optimiser.relaxing import Relaxation, Side, relaxed
from budgeting.optimiser.robustness import Robustness, robustness
from budgeting.optimiser.rounding import Rounded
from budgeting.optimiser.transfers import Transfer
from budgeting.optimiser.weighing import Weighted, weighted

__all__ = [
    "Answer",
    "BenefitParity",
    "Binding",
    "Conflict",
    "Found",
    "LeftOut",
    "NextUsers",
    "Objective",
    "Point",
    "Problem",
    "Relaxation",
    "Robustness",
    "Rounded",
    "Side",
    "TaggedShare",
    "Transfer",
    "Unit",
    "UnmetNeed",
    "UseGaps",
    "Weighted",
    "Wider",
    "conflict",
    "gain_value",
    "gain_words",
    "optimise",
    "relaxed",
    "robustness",
    "weighted",
    "wider",
    "words_of",
]
