"""What a meeting consists of, and what its guests' steps come to. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from budgeting.scenarios.model import Footing
from budgeting.simulation.model import ZERO, Baseline, Subject
from budgeting.simulation.moves import Move, level_by_percent

STEPS = (-2, -1, 0, 1, 2)  # much less, less, as it is, more, much more
Steps = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that guests may change; ``amount`` is what it has, in the currency of the meeting."""

    subject: Subject
    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it is stored.

    Parameters
    ----------
    footing
        The budget that it is about; its lines are kept as they were when it was opened.
    step_percent
        By how many per cent one step changes a topic.
    closed_at
        None while guests may submit.
    """

    meeting_id: int
    name: str
    footing: Footing
    step_percent: Decimal
    topics: tuple[Topic, ...]
    opened_by: str
    opened_at: datetime
    closed_by: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether guests may submit."""
        return self.closed_at is None

    def percent(self, step: int) -> Decimal:
        """Return by how many per cent a step changes a topic."""
        return self.step_percent * step


def moves(meeting: Meeting, baseline: Baseline, steps: Sequence[int]) -> tuple[Move, ...]:
    """Return the moves that the steps of one guest mean, one for each topic that is to change."""
    return level_moves(meeting, baseline, [meeting.percent(step) for step in steps])


def level_moves(
    meeting: Meeting, baseline: Baseline, percents: Iterable[Decimal]
) -> tuple[Move, ...]:
    """Return the moves that change each topic by its per cent; none for a topic that stays."""
    return tuple(
        level_by_percent(baseline, topic.subject, percent)
        for topic, percent in zip(meeting.topics, percents, strict=True)
        if percent
    )


@dataclass(frozen=True, slots=True)
class Voices:
    """What all guests say of one topic.

    Parameters
    ----------
    counts
        How many guests say each step, in the order of `STEPS`.
    step_percent
        As in the meeting.
    """

    topic: Topic
    counts: tuple[int, ...]
    step_percent: Decimal

    @property
    def participants(self) -> int:
        """How many guests submitted."""
        return sum(self.counts)

    @property
    def more(self) -> int:
        """How many want more."""
        return sum(count for step, count in self._by_step if step > 0)

    @property
    def less(self) -> int:
        """How many want less."""
        return sum(count for step, count in self._by_step if step < 0)

    @property
    def mean_more(self) -> Decimal | None:
        """Mean change, in per cent, among those who want more; None where nobody does."""
        return self._mean([(step, count) for step, count in self._by_step if step > 0])

    @property
    def mean_less(self) -> Decimal | None:
        """Mean change, in per cent, among those who want less; None where nobody does."""
        return self._mean([(step, count) for step, count in self._by_step if step < 0])

    @property
    def mean(self) -> Decimal | None:
        """Mean change, in per cent, of all guests; None without any."""
        return self._mean(self._by_step)

    @property
    def lowest(self) -> Decimal | None:
        """The least that somebody wants, in per cent; None without guests."""
        said = [step for step, count in self._by_step if count]
        return self.step_percent * min(said) if said else None

    @property
    def highest(self) -> Decimal | None:
        """The most that somebody wants, in per cent; None without guests."""
        said = [step for step, count in self._by_step if count]
        return self.step_percent * max(said) if said else None

    @property
    def deviation(self) -> Decimal | None:
        """Standard deviation of all guests, in percentage points; None without any."""
        mean, among = self.mean, self.participants
        if mean is None:
            return None
        squares = sum(
            (count * (self.step_percent * step - mean) ** 2 for step, count in self._by_step), ZERO
        )
        return (squares / among).sqrt()

    @property
    def _by_step(self) -> list[tuple[int, int]]:
        return list(zip(STEPS, self.counts, strict=True))

    def _mean(self, said: Iterable[tuple[int, int]]) -> Decimal | None:
        said = list(said)
        among = sum(count for _, count in said)
        if not among:
            return None
        return self.step_percent * sum(step * count for step, count in said) / among


@dataclass(frozen=True, slots=True)
class Tally:
    """What all guests of a meeting say together.

    Parameters
    ----------
    participants
        How many guests submitted; of each the newest submission counts.
    voices
        By topic, in the order of the meeting.
    spending_more, spending_less
        How many guests would spend more, or less, on all topics together than the budget does.
    """

    participants: int
    voices: tuple[Voices, ...]
    spending_more: int
    spending_less: int


def tally(meeting: Meeting, said: Mapping[Steps, int]) -> Tally:
    """Return what guests say together.

    Parameters
    ----------
    said
        How many guests submitted which steps last.
    """
    sums = {steps: _total(meeting, steps) for steps in said}
    return Tally(
        sum(said.values()),
        tuple(
            Voices(
                topic,
                tuple(
                    sum(count for steps, count in said.items() if steps[place] == step)
                    for step in STEPS
                ),
                meeting.step_percent,
            )
            for place, topic in enumerate(meeting.topics)
        ),
        sum(count for steps, count in said.items() if sums[steps] > 0),
        sum(count for steps, count in said.items() if sums[steps] < 0),
    )


def _total(meeting: Meeting, steps: Steps) -> Decimal:
    """Return by how much the steps of one guest change all topics together."""
    return sum(
        (
            topic.amount * meeting.percent(step) / 100
            for topic, step in zip(meeting.topics, steps, strict=True)
        ),
        ZERO,
    )
