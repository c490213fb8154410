"""Relaxing: rules that give way by an amount."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budgeting.model import ExactMoney, Text, text
from budgeting.optimiser.problem import Problem
from budgeting.simulation.rules import GIVING, OF_BALANCE, Bound, RuleKind, words


class Side(StrEnum):
    """In which direction a rule would give way."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """By how much one bound would have to give way; ``bound`` is None for the limit of money moved."""

    bound: Bound | None
    side: Side
    amount: Decimal

    def words(self, currency_code: str) -> Text:
        """Return it as a sentence."""
        amount = ExactMoney(self.amount, currency_code)
        if self.bound is None:
            return text("Let {amount} more be moved.", amount=amount)
        sentence = _sentence_of(self.bound.rule.kind, self.side)
        return sentence.with_values(rule=words(self.bound, currency_code), amount=amount)


def _sentence_of(kind: RuleKind, side: Side) -> Text:
    """Return how a rule gives way, in the words of those who keep to it."""
    if kind in OF_BALANCE:
        return _SPEND_MORE if side is Side.MORE else _SPEND_LESS
    if kind in GIVING and side is Side.LESS:
        return _GIVE_MORE
    return _MORE if side is Side.MORE else _LESS


_SPEND_MORE = text("{rule} Let {amount} more be spent than that.")
_SPEND_LESS = text("{rule} Let {amount} less be spent than that.")
_GIVE_MORE = text("{rule} Let it give {amount} more.")
_MORE = text("{rule} Let it be {amount} more.")
_LESS = text("{rule} Let it be {amount} less.")


def relaxed(problem: Problem, relaxations: Sequence[Relaxation]) -> Problem:
    """Return the problem with rules relaxed."""
    by_bound: dict[int, Bound] = {id(bound): bound for bound in problem.bounds}
    more = problem.more_moved
    for one in relaxations:
        if one.bound is None:
            more += one.amount
            continue
        bound = by_bound[id(one.bound)]
        if one.side is Side.MORE and bound.high is not None:
            by_bound[id(one.bound)] = replace(bound, high=bound.high + one.amount, is_lock=False)
        elif bound.low is not None:
            by_bound[id(one.bound)] = replace(bound, low=bound.low - one.amount, is_lock=False)
    bounds = tuple(by_bound[id(bound)] for bound in problem.bounds)
    return replace(problem, bounds=bounds, more_moved=more)
