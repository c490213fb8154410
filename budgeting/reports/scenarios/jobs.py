"""Direct jobs beside a scenario: an illustration, with what it rests on."""

from collections.abc import Sequence
from dataclasses import replace

from budgeting.model import Column, Money, Report, Text, text
from budgeting.reports.scenarios.view import Question
from budgeting.reports.tables import table
from budgeting.simulation.jobs import Jobs, Staff, jobs
from budgeting.simulation.moves import Move
from budgeting.simulation.outcome import outcome
from budgeting.simulation.rules import Rule
from budgeting.staff import staff_of


def with_jobs(
    asked: Question, moves: Sequence[Move], rules: tuple[Rule, ...], shown: Report
) -> Report:
    """Return a simulator's report with the table ``jobs``: one row for women, men and not known.

    It has no rows where wages or the cost of a job are not known. Facts: ``jobs``, None for not known,
    and ``jobs_source``.

    Raises
    ------
    MoveInvalid
        A move that the budget does not allow.
    """
    where = asked.benefits.where
    staff = staff_of(where.municipality_code, where.country_code)
    made = outcome(asked.baseline, moves, rules)
    found = jobs(made.baseline, made.changes, staff) if staff else None
    rows = [] if found is None else _rows(found)
    columns = (
        Column("sex", text("whose"), "code"),
        Column("jobs", text("direct jobs, change (illustrative)"), "number"),
    )
    facts = {"jobs": found, "jobs_source": _source(staff) if staff and found else None}
    notes = (*shown.notes, _source(staff)) if staff and found and found.total else shown.notes
    return replace(
        shown,
        tables={**shown.tables, "jobs": table(columns, rows)},
        facts={**shown.facts, **facts},
        notes=notes,
    )


def _rows(found: Jobs) -> list[dict[str, object]]:
    by_sex = {"female": found.women, "male": found.men, "unknown": found.not_known}
    return [{"sex": sex, "jobs": round(float(count), 2)} for sex, count in by_sex.items()]


def _source(staff: Staff) -> Text:
    values = {"cost": Money(staff.job_cost, staff.currency_code), "source": staff.source}
    if staff.is_verified:
        return text(
            "Direct jobs are an illustration: a job at {cost} a year, women’s part of staff by function "
            "({source}), and money spent on wages as the programme does today.",
            **values,
        )
    return text(
        "Direct jobs are an illustration: a job at {cost} a year, women’s part of staff by function "
        "({source}; not verified), and money spent on wages as the programme does today.",
        **values,
    )
