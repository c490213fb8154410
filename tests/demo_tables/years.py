"""Years and stages of the demo, and the seed that every chance comes from."""

from decimal import Decimal

SEED = "paritet-1"
YEARS = (2023, 2024, 2025, 2026)
OPEN_YEAR = 2026  # known until 22 November only: the fourth quarter is empty
NORMAL, KEPT, PROJECT, LATE, SUPPLEMENT, CORRECTION = "", "!", "~", "^", "$", "-"
CENT = Decimal("0.01")
ZERO = Decimal("0.00")
BUDGET = ("approved", "rebalance_1", "rebalance_2")
QUARTERS = ("executed_q1", "executed_q2", "executed_q3", "executed_q4")
STAGES = (*BUDGET, "committed", *QUARTERS)
