"""What a scenario stands on: the lines of one statement, and the subjects that moves and rules name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from budgeting.model import Direction

ZERO = Decimal("0.00")


class SubjectKind(StrEnum):
    """What a move or a rule can be about."""

    ALL = "all"
    LINE = "line"
    ORGANISATION = "organisation"
    PROGRAMME = "programme"
    FUNCTION = "function"
    ECONOMIC_CLASS = "economic_class"
    FUND = "fund"
    SERVICE = "service"  # the lines that pay for a service, or that bring its fees


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Budget lines that are named together.

    ``code`` is the line's code or the path of a member of a classification, free of years; "" for all
    lines of the direction.
    """

    kind: SubjectKind
    code: str = ""
    direction: Direction = Direction.EXPENDITURE


@dataclass(frozen=True, slots=True)
class Line:
    """One budget line of the baseline, with its amount in the currency of the year.

    ``members`` has, by dimension, the path of the line's member and of all members above it.
    """

    line_id: int
    code: str
    label: str
    amount: Decimal
    direction: Direction = Direction.EXPENDITURE
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)  # without slots: what is added up once is kept
class Baseline:
    """The budget that a scenario starts from: one statement, at one data version.

    Two baselines are equal where they are the same one, so that caches can be keyed by it.

    Parameters
    ----------
    lines
        One per budget line of the statement, expenditure and revenue.
    currency_code
        ISO 4217, of every amount.
    labels
        What members of classifications are called; a subject without a label is called by its code.
    fiscal_year
        Year that the money is for; 0 where no rule asks.
    is_requested
        Whether the amounts are what organisations ask for, and nobody has granted yet.

    Examples
    --------
    >>> a, b = Line(1, "a", "Sport", Decimal(10)), Line(2, "b", "Fees", Decimal(4), Direction.REVENUE)
    >>> Baseline((a, b)).total(Direction.EXPENDITURE)
    Decimal('10.00')
    """

    lines: tuple[Line, ...]
    currency_code: str = ""
    labels: Mapping[Subject, str] = field(default_factory=dict)
    fiscal_year: int = 0
    is_requested: bool = False

    @cached_property
    def by_id(self) -> dict[int, Line]:
        """Lines by their identifier."""
        return {line.line_id: line for line in self.lines}

    @cached_property
    def _totals(self) -> dict[Direction, Decimal]:
        return {
            direction: sum(
                (line.amount for line in self.lines if line.direction is direction), ZERO
            )
            for direction in Direction
        }

    def total(self, direction: Direction) -> Decimal:
        """Return the sum of all lines of a direction."""
        return self._totals[direction]

    @cached_property
    def _members(self) -> dict[Subject, tuple[int, ...]]:
        found: dict[Subject, list[int]] = {}
        for line in self.lines:
            for subject in _subjects(line):
                found.setdefault(subject, []).append(line.line_id)
        return {subject: tuple(ids) for subject, ids in found.items()}

    def lines_of(self, subject: Subject) -> tuple[int, ...]:
        """Return the lines that a subject names, in the order of the baseline; () for an unknown one."""
        return self._members.get(subject, ())

    def subjects(self, kind: SubjectKind, direction: Direction) -> tuple[Subject, ...]:
        """Return what the baseline has of a kind, in the order of first appearance."""
        return tuple(
            one for one in self._members if one.kind is kind and one.direction is direction
        )

    def top_subjects(self, kind: SubjectKind, direction: Direction) -> tuple[Subject, ...]:
        """Return those of a kind that no other of it stands above: programmes, not their activities."""
        if kind in (SubjectKind.LINE, SubjectKind.SERVICE):
            return self.subjects(kind, direction)
        paths = (
            line.members.get(kind.value, ()) for line in self.lines if line.direction is direction
        )
        return tuple(dict.fromkeys(Subject(kind, path[0], direction) for path in paths if path))

    def label_of(self, subject: Subject) -> str:
        """Return what a subject is called."""
        if subject.kind is SubjectKind.LINE:
            return next((self.by_id[one].label for one in self.lines_of(subject)), subject.code)
        return self.labels.get(subject, subject.code)

    def amount_of(self, lines: Iterable[int]) -> Decimal:
        """Return the sum of some lines."""
        return sum((self.by_id[line_id].amount for line_id in lines), ZERO)


def _subjects(line: Line) -> Iterable[Subject]:
    yield Subject(SubjectKind.ALL, "", line.direction)
    yield Subject(SubjectKind.LINE, line.code, line.direction)
    for dimension, codes in line.members.items():
        for code in codes:
            yield Subject(SubjectKind(dimension), code, line.direction)
