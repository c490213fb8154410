"""What the guests of a meeting want, topic by topic, and what the mean of them would change."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.errors import NotFound
from budgeting.meetings.model import STEPS, Meeting, Steps, Tally, Voices, level_moves, moves, tally
from budgeting.meetings.stored import meeting, said
from budgeting.model import Column, Exact, Report, Table, Text, plural_text, text
from budgeting.reports.scenarios import simulator
from budgeting.reports.scenarios.footing import scenario_question, scenario_sources
from budgeting.reports.scenarios.view import Question
from budgeting.reports.tables import table
from budgeting.scenarios.rules import rule_set
from budgeting.simulation.moves import Move
from budgeting.simulation.rules import Rule
from budgeting.store import Store

_STEP_COLUMNS = ("much_less", "less", "as_it_is", "more", "much_more")


@dataclass(frozen=True, slots=True)
class Results:
    """What guests say by now, and the simulator's report on the mean of them; None before the first."""

    meeting: Meeting
    tally: Tally
    mean: Report | None


def results(store: Store, meeting_id: int, language: str = "en") -> Results:
    """Return what guests say together; of each the newest submission counts.

    Raises
    ------
    NotFound
        There is no such meeting.
    """
    of = meeting(store, meeting_id)
    found = tally(of, said(store, meeting_id))
    return Results(of, found, _mean(store, of, found, language))


def build(store: Store, meeting_id: int, language: str = "en") -> Report:
    """Return what guests say together, as it is exported.

    Tables: ``topics`` (one row per topic: how many want more and less, the mean of each apart, the
    spread, how many say each of the five steps), ``money`` (one row per measure, before and after the
    mean of all guests; left out before anybody has submitted, and where the budget is not stored any
    more).

    Raises
    ------
    NotFound
        There is no such meeting.
    """
    found = results(store, meeting_id, language)
    of, mean = found.meeting, found.mean
    return Report(
        name="meeting",
        title=text("Where do the guests want more, and where less?"),
        answer=answer(found),
        parameters={
            "municipality": of.footing.municipality_code,
            "year": str(of.footing.fiscal_year),
            "stage": of.footing.stage.value,
            "meeting": str(of.meeting_id),
        },
        tables={
            "topics": _topic_table(of, found.tally),
            **({"money": mean.tables["money"]} if mean else {}),
        },
        facts={
            "participants": found.tally.participants,
            "spending_more": found.tally.spending_more,
            "spending_less": found.tally.spending_less,
            "is_open": of.is_open,
        },
        notes=(*_notes(of), *(mean.notes if mean else ())),
        sources=scenario_sources(store, of.footing),
        data_version=store.data_version,
    )


def guest_report(store: Store, of: Meeting, steps: Steps, language: str = "en") -> Report:
    """Return what the steps of one guest would change, as the simulator tells it.

    Raises
    ------
    NotFound
        The budget of the meeting is not stored any more.
    """
    asked = _question(store, store.budget_state, of, language)
    return simulator.build(store, asked, moves(of, asked.baseline, steps), _rules(store, of))


def _mean(store: Store, of: Meeting, found: Tally, language: str) -> Report | None:
    """Return what the mean of all guests would change; None where it cannot be told."""
    if not found.participants:
        return None
    try:
        asked = _question(store, store.budget_state, of, language)
    except NotFound:
        return None
    levels = _mean_moves(of, asked, found)
    return simulator.build(store, asked, levels, _rules(store, of))


def _mean_moves(of: Meeting, asked: Question, found: Tally) -> tuple[Move, ...]:
    return level_moves(of, asked.baseline, [one.mean or Decimal(0) for one in found.voices])


@lru_cache(maxsize=16)
def _question(store: Store, _state: str, of: Meeting, language: str) -> Question:
    return scenario_question(store, of, language=language)


def _rules(store: Store, of: Meeting) -> tuple[Rule, ...]:
    return _rules_of(store, of.footing.municipality_code, of.footing.rules_version)


@lru_cache(maxsize=16)
def _rules_of(store: Store, municipality_code: str, version: int) -> tuple[Rule, ...]:
    return rule_set(store, municipality_code, version).rules


def _topic_table(of: Meeting, found: Tally) -> Table:
    """Return one row per topic, in the order of the meeting."""
    unit = of.footing.currency_code
    columns = (
        Column("topic", text("topic")),
        Column("amount", text("budget as it is"), "money", unit),
        Column("wanting_more", text("want more"), "count"),
        Column("mean_more", text("mean of those who want more"), "share"),
        Column("wanting_less", text("want less"), "count"),
        Column("mean_less", text("mean of those who want less"), "share"),
        Column("mean", text("mean of all"), "share"),
        Column("lowest", text("the least that somebody wants"), "share"),
        Column("highest", text("the most that somebody wants"), "share"),
        Column("deviation", text("standard deviation"), "share"),
        *(
            Column(name, label, "count")
            for name, label in zip(_STEP_COLUMNS, step_names(), strict=True)
        ),
    )
    return table(columns, [_row(one) for one in found.voices])


def _row(voices: Voices) -> dict[str, Any]:
    return {
        "topic": voices.topic.label,
        "amount": voices.topic.amount,
        "wanting_more": voices.more,
        "mean_more": _share(voices.mean_more),
        "wanting_less": voices.less,
        "mean_less": _share(voices.mean_less),
        "mean": _share(voices.mean),
        "lowest": _share(voices.lowest),
        "highest": _share(voices.highest),
        "deviation": _share(voices.deviation),
        **dict(zip(_STEP_COLUMNS, voices.counts, strict=True)),
    }


def step_names() -> tuple[Text, ...]:
    """Return what readers call the five steps, in the order of `STEPS`."""
    return (
        text("much less"),
        text("less"),
        text("as it is"),
        text("more"),
        text("much more"),
    )


def _share(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent / 100)


def answer(of: Results) -> Text:
    """Return how many guests have submitted, and how many of them would spend more or less."""
    found = of.tally
    values = {"name": of.meeting.name, "more": found.spending_more, "less": found.spending_less}
    if not found.participants:
        return text("No guest of “{name}” has submitted yet.", **values)
    return plural_text(
        "{count} guest of “{name}” has submitted; on all topics together {more} would spend more, "
        "{less} would spend less.",
        "{count} guests of “{name}” have submitted; on all topics together {more} would spend more, "
        "{less} would spend less.",
        found.participants,
        **values,
    )


def _notes(of: Meeting) -> tuple[Text, ...]:
    step = of.step_percent
    return (
        text(
            "One step is {step} per cent of what the topic has, two are {two}. Of each guest the newest "
            "submission counts; who they are is not known.",
            step=Exact(step),
            two=Exact(step * max(STEPS)),
        ),
    )
