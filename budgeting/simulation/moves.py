"""Moves: what a person changes in a budget, and what it does to its lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

from budgeting.amounts import CENT, apportioned
from budgeting.errors import MoveInvalid
from budgeting.model import Money, text
from budgeting.simulation.model import ZERO, Baseline, Line, Subject
from budgeting.simulation.rules import Changes


class MoveKind(StrEnum):
    """How a budget is changed."""

    VIREMENT = "virement"  # from one subject to another; the total stays
    LEVEL = "level"  # one subject by an amount; the total changes
    NEW_LINE = "new_line"  # a line that the baseline does not have
    USERS = "users"  # a service's users of one sex; moves no money


@dataclass(frozen=True, slots=True)
class Move:
    """One change, as a person made it.

    Parameters
    ----------
    kind
        How the budget is changed.
    subject
        What changes: the taker of a virement, the subject of a level, the programme or other member
        that a new line belongs to. The fees of a service are its lines of revenue.
    giver
        Who gives, in a virement.
    amount
        In the currency of the year: above zero for a virement, signed for a level.
    percent
        As it was entered, where a per cent was; ``amount`` is what it came to.
    label
        Name of a new line.
    service, sex, people
        Of a change of users.
    reason
        Why, in the words of who made it.
    """

    kind: MoveKind
    subject: Subject | None = None
    amount: Decimal = ZERO
    giver: Subject | None = None
    percent: Decimal | None = None
    label: str = ""
    service: str = ""
    sex: str = ""
    people: Decimal | None = None
    reason: str = ""


def virement(giver: Subject, taker: Subject, amount: Decimal, reason: str = "") -> Move:
    """Return a move of money from one subject to another."""
    return Move(MoveKind.VIREMENT, taker, amount, giver, reason=reason)


def level(subject: Subject, amount: Decimal, reason: str = "") -> Move:
    """Return a change of one subject by a signed amount."""
    return Move(MoveKind.LEVEL, subject, amount, reason=reason)


def level_by_percent(
    baseline: Baseline, subject: Subject, percent: Decimal, reason: str = ""
) -> Move:
    """Return a change of one subject by a per cent of what it has in the baseline."""
    whole = baseline.amount_of(baseline.lines_of(subject))
    amount = (whole * percent / 100).quantize(CENT, ROUND_HALF_EVEN)
    return Move(MoveKind.LEVEL, subject, amount, percent=percent, reason=reason)


def new_line(parent: Subject, label: str, amount: Decimal, reason: str = "") -> Move:
    """Return a line that the baseline does not have, as part of a subject that it has."""
    return Move(MoveKind.NEW_LINE, parent, amount, label=label, reason=reason)


def with_new_lines(baseline: Baseline, moves: Sequence[Move]) -> Baseline:
    """Return the baseline with the lines that moves add, without money yet; itself where none does.

    A new line belongs to what the first line of its subject belongs to, down to the subject. Its
    identifier is the number of its move, below zero.
    """
    added = [
        _added(baseline, move, number)
        for number, move in enumerate(moves, 1)
        if move.kind is MoveKind.NEW_LINE and move.subject
    ]
    return replace(baseline, lines=(*baseline.lines, *added)) if added else baseline


def _added(baseline: Baseline, move: Move, number: int) -> Line:
    subject = move.subject
    assert subject is not None
    first = next(iter(baseline.lines_of(subject)), None)
    path = baseline.by_id[first].members.get(subject.kind.value, ()) if first is not None else ()
    upto = path[: path.index(subject.code) + 1] if subject.code in path else ()
    members = {subject.kind.value: upto} if upto else {}
    return Line(-number, f"~{number}", move.label, ZERO, subject.direction, members)


def changes(
    baseline: Baseline,
    moves: Iterable[Move],
    locked: frozenset[int] = frozenset(),
    earmarked: frozenset[int] = frozenset(),
) -> Changes:
    """Return by how much each line changes when the moves are made one after the other.

    A move on many lines goes over those that are neither locked nor earmarked, in proportion to what
    they have by then, to the cent. Where there are none it goes over those that are not locked, else
    over all of them: the rule says that it is broken.
    Virements sum to zero exactly. Lines that end where they began are left out.

    Raises
    ------
    MoveInvalid
        A subject that the baseline does not have, an amount that is not above zero, or more than the
        giver has.
    """
    moves = list(moves)
    ledger = _Ledger(with_new_lines(baseline, moves), locked, earmarked, {})
    for number, move in enumerate(moves, 1):
        ledger.make(move, number)
    return {line_id: change for line_id, change in ledger.reached.items() if change}


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Changes so far, by line."""

    baseline: Baseline
    locked: frozenset[int]
    earmarked: frozenset[int]
    reached: dict[int, Decimal]

    def make(self, move: Move, number: int) -> None:
        if move.kind is MoveKind.VIREMENT:
            if move.amount <= 0:
                raise MoveInvalid(
                    text("Move {number}: the amount must be above zero.", number=number)
                )
            self._shift(move.giver, -move.amount, number)
            self._shift(move.subject, move.amount, number)
        elif move.kind is MoveKind.LEVEL:
            self._shift(move.subject, move.amount, number)
        elif move.kind is MoveKind.NEW_LINE:
            self._open(move, number)

    def _open(self, move: Move, number: int) -> None:
        if move.amount <= 0 or not move.label.strip():
            raise MoveInvalid(
                text(
                    "Move {number}: a new line needs a name and an amount above zero.",
                    number=number,
                )
            )
        if not move.subject or not self.baseline.lines_of(move.subject):
            raise _unknown(move.subject, number)
        self.reached[-number] = self.reached.get(-number, ZERO) + move.amount

    def _shift(self, subject: Subject | None, amount: Decimal, number: int) -> None:
        held = self._held(subject)
        if not held or subject is None:
            raise _unknown(subject, number)
        whole = sum(held.values(), ZERO)
        if amount < 0 and whole < -amount:
            raise MoveInvalid(
                text(
                    "Move {number}: “{name}” has only {amount} that can be given.",
                    number=number,
                    name=self.baseline.label_of(subject),
                    amount=Money(whole, self.baseline.currency_code),
                )
            )
        # What has nothing yet takes equal parts.
        weights = held if whole else dict.fromkeys(held, Decimal(1))
        for line_id, part in apportioned(abs(amount), weights).items():
            signed = part if amount > 0 else -part
            self.reached[line_id] = self.reached.get(line_id, ZERO) + signed

    def _held(self, subject: Subject | None) -> dict[int, Decimal]:
        """Return what the lines that a move goes over have by now; none below zero."""
        lines = self.baseline.lines_of(subject) if subject else ()
        open_lines = [line_id for line_id in lines if line_id not in self.locked]
        free = [line_id for line_id in open_lines if line_id not in self.earmarked]
        by_id, reached = self.baseline.by_id, self.reached
        return {
            line_id: max(by_id[line_id].amount + reached.get(line_id, ZERO), ZERO)
            for line_id in free or open_lines or lines
        }


def _unknown(subject: Subject | None, number: int) -> MoveInvalid:
    return MoveInvalid(
        text(
            "Move {number}: “{code}” is not in this budget.",
            number=number,
            code=subject.code if subject else "",
        )
    )
