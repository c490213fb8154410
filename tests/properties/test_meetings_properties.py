"""What holds for every meeting: voices add up, the newest counts, moves are the steps and nothing else."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budgeting.meetings.model import STEPS, Meeting, Topic, moves, tally
from budgeting.simulation.model import Baseline, Line, Subject, SubjectKind
from budgeting.simulation.moves import changes

AMOUNTS = st.integers(100, 10**9).map(lambda cents: Decimal(cents) / 100)
PERCENTS = st.integers(1, 500_000).map(lambda parts: Decimal(parts) / 10_000)
STEP = st.sampled_from(STEPS)


@st.composite
def meetings(draw: st.DrawFn) -> tuple[Meeting, Baseline]:
    """Return a meeting about up to four programmes, each of one to three lines."""
    lines, topics = [], []
    for code in "abcd"[: draw(st.integers(1, 4))]:
        amounts = draw(st.lists(AMOUNTS, min_size=1, max_size=3))
        for amount in amounts:
            number = len(lines) + 1
            lines.append(Line(number, str(number), "", amount, members={"programme": (code,)}))
        topics.append(Topic(Subject(SubjectKind.PROGRAMME, code), code, sum(amounts)))
    meeting = Meeting(
        1, "", None, draw(PERCENTS), tuple(topics), "", datetime(2026, 1, 1, tzinfo=UTC)
    )
    return meeting, Baseline(tuple(lines))


@st.composite
def submitted(draw: st.DrawFn) -> tuple[Meeting, Baseline, list[tuple[str, tuple[int, ...]]]]:
    """Return a meeting and what guests submit to it one after the other."""
    meeting, baseline = draw(meetings())
    steps = st.tuples(*[STEP] * len(meeting.topics))
    return meeting, baseline, draw(st.lists(st.tuples(st.sampled_from("vwxyz"), steps)))


@given(submitted())
def test_voices_add_up_to_the_participants_and_the_newest_counts(case):
    """Of each topic: less, as it is and more are all guests, each once, as they said last."""
    meeting, _, said = case
    newest = dict(said)
    found = tally(meeting, Counter(newest.values()))
    assert len(newest) == found.participants
    for place, voices in enumerate(found.voices):
        last = [steps[place] for steps in newest.values()]
        assert tuple(last.count(step) for step in STEPS) == voices.counts
        assert len(newest) == voices.less + voices.more + last.count(0)


@given(submitted())
def test_the_means_apart_weighted_are_the_mean(case):
    """Who wants more, who wants less and who wants neither make up the mean of all."""
    meeting, _, said = case
    for voices in tally(meeting, Counter(dict(said).values())).voices:
        if voices.mean is None:
            assert not said
            continue
        parts = voices.more * (voices.mean_more or 0) + voices.less * (voices.mean_less or 0)
        assert abs(parts - voices.mean * voices.participants) < Decimal("1e-15")
        assert voices.lowest <= voices.mean <= voices.highest
        assert voices.deviation <= voices.highest - voices.lowest


@given(meetings(), st.data())
def test_the_moves_of_a_guest_change_each_topic_by_its_step_to_the_cent(case, data):
    """Nothing else moves, and no topic falls below zero."""
    meeting, baseline = case
    steps = data.draw(st.tuples(*[STEP] * len(meeting.topics)))
    changed = changes(baseline, moves(meeting, baseline, steps))
    for topic, step in zip(meeting.topics, steps, strict=True):
        lines = baseline.lines_of(topic.subject)
        moved = sum((changed.get(line, Decimal(0)) for line in lines), Decimal(0))
        assert abs(moved - topic.amount * meeting.percent(step) / 100) <= Decimal("0.005")
        assert all(baseline.by_id[line].amount + changed.get(line, 0) >= 0 for line in lines)
