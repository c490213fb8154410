"""Ceilings: what each organisation asks for in the budget of a year, and what it may have at most."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from budgeting.errors import NotFound
from budgeting.model import (
    Column,
    Direction,
    ExactMoney,
    Money,
    Report,
    Stage,
    Table,
    Text,
    plural_text,
    text,
)
from budgeting.names import stage_name
from budgeting.reports.scenarios.view import Question, ScenarioView, question
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.scenarios.rules import rule_set
from budgeting.simulation.ceilings import Ceilings, ceilings, organisations
from budgeting.simulation.model import ZERO, Baseline, Subject, SubjectKind
from budgeting.simulation.moves import Move
from budgeting.simulation.outcome import Outcome, outcome
from budgeting.store import Store
from budgeting.translations import language as language_of

_DECIDED = (Stage.REVISED, Stage.APPROVED)
_AMOUNTS = ("before", "asked", "scenario")
_Row = dict[str, Any]


def build(store: Store, asked: Question, moves: Sequence[Move] = ()) -> Report:
    """Return requests beside the ceilings that hold now, with what the moves of a scenario change.

    Table ``organisations``: one row per organisation that no other stands above, and one for lines
    whose organisation is not known: the budget of the year before, what is asked for, what the
    scenario gives, the ceiling, and the gap (above zero where it is too much). The last row adds all
    up; its gap is the sum of the gaps, so it leaves out organisations without a ceiling.

    Raises
    ------
    MoveInvalid
        A move that the budget does not allow.
    """
    view = asked.view
    rules = rule_set(store, view.municipality_code).rules
    limits = ceilings(rules, view.fiscal_year)
    found = outcome(asked.baseline, moves, rules)
    rows = _rows(asked, found, limits, _year_before(store, asked))
    facts = _facts(asked, rows) | {"breach_count": len(found.breaches)}
    return Report(
        name="budget_ceilings",
        title=text("Do the requests fit under the ceilings?"),
        answer=_answer(asked, facts),
        parameters={
            "municipality": view.municipality_code,
            "year": str(view.fiscal_year),
            "stage": asked.benefits.vintage.stage.value,
        },
        tables={"organisations": _table(asked, rows)},
        facts=facts,
        notes=_notes(asked, facts, limits),
        sources=(statement_source(asked.benefits.where, asked.benefits.vintage),),
        data_version=store.data_version,
    )


def _year_before(store: Store, asked: Question) -> Baseline | None:
    """Return the budget of the year before, as it was decided last; None where none can be compared."""
    view = asked.view
    for stage in _DECIDED:
        before = ScenarioView(view.municipality_code, view.fiscal_year - 1, stage)
        try:
            found = question(store, before)
        except NotFound:
            continue
        return found.baseline if found.currency == asked.currency else None
    return None


def _rows(asked: Question, found: Outcome, limits: Ceilings, before: Baseline | None) -> list[_Row]:
    """Return a row for each organisation, also one that asks for nothing any more, and for the rest."""
    baseline = found.baseline
    named = {*organisations(baseline), *(organisations(before) if before else ())}
    rows = [_row(found, one, limits, before) for one in sorted(named)]
    whole = _row(found, Subject(SubjectKind.ALL), {}, before)
    rest = {key: _rest(whole[key], [row[key] for row in rows]) for key in _AMOUNTS}
    if any(rest.values()):
        unknown = language_of(asked.view.language).say(text("organisation not known"))
        rows.append({"code": "", "organisation": unknown, **rest})
    return rows


def _row(found: Outcome, subject: Subject, limits: Ceilings, before: Baseline | None) -> _Row:
    baseline, ceiling = found.baseline, limits.get(subject)
    lines = baseline.lines_of(subject)
    amount = baseline.amount_of(lines)
    scenario = amount + sum((found.changes.get(line_id, ZERO) for line_id in lines), ZERO)
    is_named = bool(lines) or before is None
    return {
        "code": subject.code,
        "organisation": (baseline if is_named else before or baseline).label_of(subject),
        "before": None if before is None else before.amount_of(before.lines_of(subject)),
        "asked": amount,
        "scenario": scenario,
        "ceiling": ceiling,
        "gap": None if ceiling is None else scenario - ceiling,
    }


def _rest(whole: Decimal | None, parts: Sequence[Decimal | None]) -> Decimal | None:
    if whole is None:
        return None
    return whole - sum((part for part in parts if part is not None), ZERO)


def _facts(asked: Question, rows: Sequence[_Row]) -> dict[str, Any]:
    gaps = [row["gap"] for row in rows if row.get("gap") is not None]
    free = [row["scenario"] for row in rows if row.get("ceiling") is None]
    return {
        "is_requested": asked.baseline.is_requested,
        "asked": sum((row["asked"] for row in rows), ZERO),
        "scenario": sum((row["scenario"] for row in rows), ZERO),
        "over": sum((gap for gap in gaps if gap > 0), ZERO),
        "under": -sum((gap for gap in gaps if gap < 0), ZERO),
        "over_count": sum(gap > 0 for gap in gaps),
        "ceiling_count": len(gaps),
        "without": sum(free, ZERO),
        "without_count": len(free),
        "currency": asked.currency,
        "is_fictional": asked.benefits.where.is_fictional,
    }


def _answer(asked: Question, facts: Mapping[str, Any]) -> Text:
    where, currency = asked.benefits.where, asked.currency
    values: dict[str, Any] = {
        "name": where.name,
        "year": str(asked.view.fiscal_year),
        "total": Money(facts["scenario"], currency),
        "over": ExactMoney(facts["over"], currency),
    }
    if not facts["ceiling_count"]:
        return text(
            "No organisation of {name} has a ceiling for {year} yet; together they have {total}.",
            **values,
        )
    if not facts["over_count"]:
        return text("All organisations of {name} keep to their ceilings for {year}.", **values)
    return plural_text(
        "{count} organisation of {name} is above its ceiling for {year}, by {over}.",
        "{count} organisations of {name} are above their ceilings for {year}, by {over} together.",
        facts["over_count"],
        **values,
    )


def _table(asked: Question, rows: Sequence[_Row]) -> Table:
    unit = asked.currency
    label = (
        text("asked for")
        if asked.baseline.is_requested
        else stage_name(asked.benefits.vintage.stage)
    )
    say = language_of(asked.view.language).say
    before = text("budget {year}", year=str(asked.view.fiscal_year - 1))
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("organisation", text("organisation")),
        Column("before", before, "money", unit),
        Column("asked", label, "money", unit),
        Column("scenario", text("scenario"), "money", unit),
        Column("ceiling", text("ceiling"), "money", unit),
        Column("gap", text("gap"), "money", unit),
    )
    return table(columns, [*({**row, "adds": 0} for row in rows), _sum(rows, say)], sums="adds")


def _sum(rows: Sequence[_Row], say: Callable[[Text], str]) -> _Row:
    figures = (*_AMOUNTS, "ceiling", "gap")
    known = {key: [row[key] for row in rows if row.get(key) is not None] for key in figures}
    return {
        "code": "",
        "organisation": say(text("Sum")),
        "adds": len(rows),
        **{key: sum(found, ZERO) if found else None for key, found in known.items()},
    }


def _notes(asked: Question, facts: Mapping[str, Any], limits: Ceilings) -> tuple[Text, ...]:
    notes = [*fiction_note(asked.benefits.where)]
    if not asked.baseline.is_requested:
        notes.append(
            text(
                "Nobody’s requests for {year} are stored as “{stage}”: the budget stands in for them.",
                year=str(asked.view.fiscal_year),
                stage=stage_name(Stage.PROPOSED),
            )
        )
    if facts["ceiling_count"] and facts["without_count"]:
        notes.append(
            text(
                "{amount} belong to organisations without a ceiling; the sum of the gaps leaves them out.",
                amount=Money(facts["without"], asked.currency),
            )
        )
    inner = set(limits) - set(organisations(asked.baseline))
    if inner:
        notes.append(
            plural_text(
                "{count} more ceiling is about something else than an organisation of this table: see Rules.",
                "{count} more ceilings are about something else than an organisation of this table: see Rules.",
                len(inner),
            )
        )
    return tuple(notes)


def requests_of(store: Store, municipality_code: str, fiscal_year: int) -> int | None:
    """Return the newest year from `fiscal_year` on whose requests are stored; None for none."""
    rows = store.query("vintages", municipality_code=municipality_code).to_pylist()
    years = [
        row["fiscal_year"]
        for row in rows
        if row["stage"] == Stage.PROPOSED and row["direction"] == Direction.EXPENDITURE
    ]
    return max((year for year in years if year >= fiscal_year), default=None)
