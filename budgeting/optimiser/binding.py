"""What binds: the rules that keep an answer from being better, and what relaxing each would bring.

The solver's price of a rule is the most that a little more room could bring. Where several rules meet
in one point it can be more than what relaxing one of them brings, so each is relaxed and solved
again: the gain that is told is the gain that would be had.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from budgeting.model import Money, Text, text
from budgeting.optimiser.highs import Solution
from budgeting.optimiser.objectives import Unit, gain_words
from budgeting.optimiser.optimum import Optimiser
from budgeting.optimiser.problem import AS_MOVED, CENTS, NOT_ASKED, NOTHING_LEFT
from budgeting.optimiser.relaxing import Relaxation, Side, relaxed
from budgeting.simulation.rules import GIVING, OF_BALANCE, Bound, RuleKind, words

MOST = 12  # rules that are relaxed and solved again
_LEAST = 1e-9  # of a price in the solver
_NOTHING = 1e-6  # of what the price promises


@dataclass(frozen=True, slots=True)
class Binding:
    """One bound that binds.

    Parameters
    ----------
    bound
        The rule's bound; None for the limit of money moved, or for a line that has nothing left.
    line
        The line that has nothing left; None otherwise.
    alike
        How many further lines are held in the same way, each by a bound of its own.
    side
        Whether the sum may not be more, or not less.
    amount
        How much room more is meant.
    gain
        What that would bring, by solving again; None where there were more rules than are solved.
    price
        Gain per unit of money for the first bit of room, at most.
    """

    bound: Bound | None
    line: int | None
    alike: int
    side: Side
    amount: Decimal
    gain: float | None
    price: float

    @property
    def is_held_by_others(self) -> bool:
        """Tell whether other rules hold the same: relaxing this one alone brings nothing."""
        return self.gain is not None and self.gain <= _NOTHING * self.price * float(self.amount)

    @property
    def worth(self) -> float:
        """What the room brings: solved again, else by the price, which may be too much."""
        return self.price * float(self.amount) if self.gain is None else self.gain


def words_of(one: Binding, unit: Unit, currency_code: str, line_label: str = "") -> Text:
    """Return what relaxing would bring, as a sentence."""
    amount = Money(one.amount, currency_code)
    gain = gain_words(unit, one.worth, currency_code)
    if one.bound is not None and one.is_held_by_others:
        return _WITH_OTHERS.with_values(rule=words(one.bound, currency_code), name=one.bound.label)
    if one.bound is not None:
        sentence = _sentence_of(one.bound.rule.kind, one.side)
        return sentence.with_values(
            amount=amount, gain=gain, rule=words(one.bound, currency_code), name=one.bound.label
        )
    if one.line is not None:
        return _OF_LINE.with_values(amount=amount, gain=gain, name=line_label)
    return _OF_LIMIT.with_values(amount=amount, gain=gain)


def _sentence_of(kind: RuleKind, side: Side) -> Text:
    """Return what a little more room of a rule means, in the words of those who keep to it."""
    is_more = side is Side.MORE
    if kind in OF_BALANCE:
        return _MORE_SPENT if is_more else _LESS_SPENT
    if kind in GIVING and not is_more:
        return _MORE_GIVEN
    return _MORE_OF_RULE if is_more else _LESS_OF_RULE


_MORE_SPENT = text("{rule} If {amount} more could be spent, that would bring {gain}.")
_LESS_SPENT = text("{rule} If {amount} less had to be spent, that would bring {gain}.")
_MORE_GIVEN = text("{rule} If it could give {amount} more, that would bring {gain}.")
_MORE_OF_RULE = text("{rule} If it could have {amount} more, that would bring {gain}.")
_LESS_OF_RULE = text("{rule} If it could have {amount} less, that would bring {gain}.")
_WITH_OTHERS = text(
    "{rule} Other rules hold the same money: more room in this one alone would bring nothing."
)
_OF_LINE = text("“{name}” has nothing left to give: {amount} more in it would bring {gain}.")
_OF_LIMIT = text("If {amount} more could be moved, that would bring {gain}.")


def binding(optimiser: Optimiser, solution: Solution, amount: Decimal) -> tuple[Binding, ...]:
    """Return what binds at an optimum, what brings most first.

    The optimiser is left with the same problem.

    Parameters
    ----------
    solution
        The optimiser's last one.
    amount
        The room more that is tried.
    """
    held = sorted([*_of_sums(optimiser, solution), *_of_lines(optimiser, solution)], key=_by_price)
    found = []
    for at, one in enumerate(held):
        gain = one.gain(optimiser, solution, amount) if at < MOST else None
        bound = optimiser.problem.bounds[one.by] if one.by >= 0 else None
        line = one.line if one.by == NOTHING_LEFT else None
        found.append(Binding(bound, line, one.alike, one.side, amount, gain, one.price))
    return tuple(sorted(found, key=lambda one: -one.worth))


@dataclass(frozen=True, slots=True)
class _Held:
    """A row or column of the solver that a rule holds at its end, and which rule.

    ``spare`` is how many cents the line could change further until another bound of its own holds it.
    """

    is_row: bool
    places: tuple[int, ...]
    is_upper: bool
    by: int
    side: Side
    price: float
    spare: float = np.inf
    line: int | None = None
    alike: int = 0

    def gain(self, optimiser: Optimiser, solution: Solution, amount: Decimal) -> float | None:
        """Return what so much more room brings; None where the solver finds nothing."""
        if not self.is_row and not self.is_upper:
            return self._gain_anew(optimiser, solution, amount)
        more = min(float(amount) * CENTS, self.spare) / optimiser.matrix.unit
        self._widen(optimiser, more)
        after = optimiser.again()
        self._widen(optimiser, 0.0)
        if after is None:
            return None
        return max(0.0, optimiser.gained(after.objective - solution.objective))

    def _gain_anew(self, optimiser: Optimiser, solution: Solution, amount: Decimal) -> float | None:
        """Return the same for a line that must move: with more room, it might move the other way."""
        problem = optimiser.problem
        wider = relaxed(problem, [Relaxation(problem.bounds[self.by], self.side, amount)])
        after = Optimiser(wider, optimiser.curves).optimum()
        return None if after is None else max(0.0, after.gain - optimiser.found(solution).gain)

    def _widen(self, optimiser: Optimiser, more: float) -> None:
        of, solver = optimiser.matrix.problem, optimiser.solver
        lower, upper = (of.row_lower, of.row_upper) if self.is_row else (of.lower, of.upper)
        change = solver.change_row if self.is_row else solver.change_column
        for at in self.places:
            low, high = float(lower[at]), float(upper[at])
            change(at, low, high + more) if self.is_upper else change(at, low - more, high)


def _by_price(held: _Held) -> tuple[float, bool, tuple[int, ...]]:
    return -held.price, not held.is_row, held.places


def _of_sums(optimiser: Optimiser, solution: Solution) -> Iterator[_Held]:
    """Yield the sums of rules that bind, and the limit of what moves."""
    matrix, sums = optimiser.matrix, optimiser.problem.room.sums
    for row, by in enumerate(sums.by.tolist()):
        price = float(solution.prices[row])
        if abs(price) > _LEAST:
            side = Side.MORE if price > 0 else Side.LESS
            yield _Held(True, (row,), price > 0, by, side, abs(price) * matrix.rate)
    moved = matrix.moved_rows
    price = float(solution.prices[list(moved)].sum())
    if price > _LEAST:
        yield _Held(True, moved, True, AS_MOVED, Side.MORE, price * matrix.rate)


def _of_lines(optimiser: Optimiser, solution: Solution) -> Iterator[_Held]:
    """Yield the bounds of single lines that bind; lines alike are told once."""
    matrix, room = optimiser.matrix, optimiser.problem.room
    order = np.argsort(matrix.kind, kind="stable")
    lines = np.split(order, np.searchsorted(matrix.kind[order], np.arange(1, matrix.size)))
    for column in np.flatnonzero(np.abs(solution.reduced[: 2 * matrix.size]) > _LEAST).tolist():
        price, kind = float(solution.reduced[column]), column % matrix.size
        is_increase, is_upper = column < matrix.size, price > 0
        if not is_upper and not matrix.problem.lower[column]:
            continue  # it simply does not move
        # More room for an increase, and none for a decrease, is room upwards.
        is_more = is_increase == is_upper
        spare = room.high_next - room.high if is_more else room.low - room.low_next
        own = lines[kind]
        if not is_upper:  # of lines alike, those that must move
            own = own[(room.low > 0)[own] if is_increase else (room.high < 0)[own]]
        else:  # what must move one way is held there by that, and not by what it may move the other
            own = own[(room.high >= 0)[own] if is_increase else (room.low <= 0)[own]]
        if not own.size:
            continue
        first = own[np.argmax(spare[own])]
        by = int((room.high_by if is_more else room.low_by)[first])
        if by == NOT_ASKED:
            continue
        side = Side.MORE if is_more else Side.LESS
        yield _Held(
            False,
            (column,),
            is_upper,
            by,
            side,
            abs(price) * matrix.rate,
            float(spare[first]),
            int(room.ids[first]),
            len(own) - 1,
        )
