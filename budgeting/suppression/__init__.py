"""Suppression: small counts of persons are not shown, and nothing that is shown gives them away.

Counts are protected once for everything that a municipality shows: every table, year and file. All
else (money, shares, unit costs, amounts per head, gaps, changes, scenarios) is computed from what is
shown, and so tells no more than that.
"""

from budgeting.suppression.derived import benefits_shown, joint, over, sum_of
from budgeting.suppression.model import Bracket, Cell, Count, Joint, Rule, Shown, Sum, Value
from budgeting.suppression.protecting import protected
from budgeting.suppression.rules import rule
from budgeting.suppression.words import bracket_words

__all__ = [
    "Bracket",
    "Cell",
    "Count",
    "Joint",
    "Rule",
    "Shown",
    "Sum",
    "Value",
    "benefits_shown",
    "bracket_words",
    "joint",
    "over",
    "protected",
    "rule",
    "sum_of",
]
