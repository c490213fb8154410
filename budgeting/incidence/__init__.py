"""Benefit incidence: who receives what a budget spends on services; pure functions."""

from budgeting.incidence.benefits import (
    GroupBenefit,
    Incidence,
    incidence,
    incidence_after_fees,
    total_incidence,
)
from budgeting.incidence.change import BenefitChange, Change, benefit_change, decomposition
from budgeting.incidence.coverage import Coverage, Covered, Standing, coverage, standing_of
from budgeting.incidence.fees import FeeChange, FeeEffect, fee_change, fee_incidence
from budgeting.incidence.shared import attributed, overheads_by_cost
from budgeting.incidence.use import NOT_KNOWN, Use, net_cost, unit_cost, use_per_head

__all__ = [
    "NOT_KNOWN",
    "BenefitChange",
    "Change",
    "Coverage",
    "Covered",
    "FeeChange",
    "FeeEffect",
    "GroupBenefit",
    "Incidence",
    "Standing",
    "Use",
    "attributed",
    "benefit_change",
    "coverage",
    "decomposition",
    "fee_change",
    "fee_incidence",
    "incidence",
    "incidence_after_fees",
    "net_cost",
    "overheads_by_cost",
    "standing_of",
    "total_incidence",
    "unit_cost",
    "use_per_head",
]
