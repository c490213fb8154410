"""Scenarios beside each other and beside their baseline: three figures, then programmes, then lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgeting.errors import ScenarioInvalid
from budgeting.model import Column, Direction, Money, MoneyChange, Report, Table, Text, text
from budgeting.names import scenario_state_name, stage_name
from budgeting.reports.scenarios.footing import scenario_question, scenario_sources
from budgeting.reports.scenarios.measures import MEN, WOMEN, Measures, measures
from budgeting.reports.scenarios.view import Question
from budgeting.reports.scope import fiction_note
from budgeting.reports.tables import table
from budgeting.scenarios.model import Scenario
from budgeting.scenarios.rules import rule_set
from budgeting.scenarios.stored import scenario
from budgeting.simulation.model import ZERO, Baseline, Line, Subject, SubjectKind
from budgeting.simulation.rules import words
from budgeting.store import Store
from budgeting.translations import language as language_of

MOST = 6  # columns that can still be read beside each other
_BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Side:
    """A scenario with what it comes to; ``key`` names its column."""

    key: str
    scenario: Scenario
    found: Measures
    rules: tuple[Text, ...]


def build(
    store: Store,
    scenario_ids: Sequence[int],
    methodology: str | None = None,
    language: str = "en",
) -> Report:
    """Return scenarios beside their baseline.

    Tables: ``headline`` (one row for the baseline and for each scenario: balance, tagged interval,
    women's share of the benefit), ``waterfall`` (one row per step from the baseline's expenditure to
    that of the scenarios: programmes, largest change first), ``lines`` (one row per line that any of
    them changes), ``rules`` (one row per rule that one of them breaks).

    Raises
    ------
    ScenarioInvalid
        None or too many are named, or they stand on different lines.
    NotFound
        There is no such scenario, or its budget is not stored any more.
    MoveInvalid
        A scenario has moves that cannot be made.
    """
    scenarios = _alike(store, tuple(dict.fromkeys(scenario_ids)))
    asked = scenario_question(store, scenarios[0], methodology, language)
    sides = [_side(store, asked, number, one) for number, one in enumerate(scenarios, 1)]
    return Report(
        name="scenario_comparison",
        title=text("Scenarios compared"),
        answer=_answer(asked, sides),
        parameters={
            "scenarios": [str(one.scenario_id) for one in scenarios],
            "methodology": asked.methodology.code,
        },
        tables={
            "headline": _headline(asked, sides),
            "waterfall": _waterfall(asked, sides),
            "lines": _line_table(asked, sides),
            "rules": _rule_table(asked, sides),
        },
        facts={
            "scenarios": {side.key: side.scenario.name for side in sides},
            "baseline_women_share": _women_share(sides[0].found, _BASELINE),
            "use_as_in": sides[0].found.carried.years,
            "currency": asked.currency,
            "is_fictional": asked.benefits.where.is_fictional,
        },
        notes=_notes(asked, sides),
        sources=scenario_sources(store, scenarios[0].footing),
        data_version=store.data_version,
    )


def _alike(store: Store, scenario_ids: Sequence[int]) -> list[Scenario]:
    """Return the scenarios; raise where they cannot stand beside each other."""
    if not 1 <= len(scenario_ids) <= MOST:
        raise ScenarioInvalid(text("Choose 1 to {most} scenarios to compare.", most=MOST))
    found = [scenario(store, number) for number in scenario_ids]
    first = found[0]
    for other in found[1:]:
        if other.footing.baseline != first.footing.baseline:
            raise ScenarioInvalid(
                text(
                    "“{one}” and “{other}” stand on different budgets, so their figures cannot be set "
                    "beside each other. Rebase one of them.",
                    one=first.name,
                    other=other.name,
                )
            )
    return found


def _side(store: Store, asked: Question, number: int, of: Scenario) -> Side:
    rules = rule_set(store, of.footing.municipality_code, of.footing.rules_version).rules
    found = measures(store, asked, of.moves, rules)
    broken = tuple(words(one.bound, asked.currency) for one in found.breaches)
    return Side(f"scenario_{number}", of, found, broken)


def _answer(asked: Question, sides: Sequence[Side]) -> Text:
    known = [(side, _women_change(side.found)) for side in sides]
    best = max(
        ((side, change) for side, change in known if change is not None),
        key=lambda pair: pair[1],
        default=None,
    )
    where: dict[str, Any] = {
        "name": asked.benefits.where.name,
        "year": str(asked.view.fiscal_year),
        "stage": stage_name(asked.benefits.vintage.stage),
    }
    if best is None:
        return text(
            "On the budget of {name} for {year} ({stage}); who has the benefit is not known.",
            **where,
        )
    where |= {"scenario": best[0].scenario.name, "women": MoneyChange(best[1], asked.currency)}
    carried = sides[0].found.carried
    if len(sides) == 1:
        return carried.after(
            text(
                "On the budget of {name} for {year} ({stage}): “{scenario}” changes women’s benefit by "
                "{women}.",
                **where,
            )
        )
    return carried.after(
        text(
            "On the budget of {name} for {year} ({stage}): “{scenario}” changes women’s benefit by "
            "{women}, more than the others.",
            **where,
        )
    )


def _women_change(found: Measures) -> Decimal | None:
    pair = found.benefit.get(WOMEN)
    return pair.difference if pair else None


def _headline(asked: Question, sides: Sequence[Side]) -> Table:
    unit, carried = asked.currency, sides[0].found.carried
    columns = (
        Column("key", text("column"), "code", is_hidden=True),
        Column("scenario", text("scenario")),
        Column("state", text("state")),
        Column("balance", text("revenue less expenditure"), "money", unit),
        Column("tagged_low", text("meant for equality, at least"), "money", unit),
        Column("tagged_high", text("meant for equality, at most"), "money", unit),
        Column("not_screened", text("not screened"), "money", unit),
        Column("women_share", text("women’s share of the benefit"), "share"),
        *((Column("use_as_in", text("users as in"), "code"),) if carried.years else ()),
        Column("moved", text("moved"), "money", unit),
        Column("broken", text("broken rules"), "count"),
    )
    say = language_of(asked.view.language).say
    rows = [_headline_row(sides[0].found, _BASELINE, say(text("budget as it is")))]
    for side in sides:
        row = _headline_row(side.found, "scenario", side.scenario.name)
        state = say(scenario_state_name(side.scenario.state))
        told = {"moved": side.found.moved, "broken": len(side.rules), "state": state}
        rows.append({**row, **told, "key": side.key})
    return table(columns, rows)


def _headline_row(found: Measures, end: str, name: str) -> dict[str, Any]:
    """Return the three figures of one end of a scenario: its baseline, or itself."""
    low, high = found.tagged or (None, None)
    return {
        "key": _BASELINE,
        "scenario": name,
        "balance": getattr(found.revenue, end) - getattr(found.expenditure, end),
        "tagged_low": getattr(low, end) if low else None,
        "tagged_high": getattr(high, end) if high else None,
        "not_screened": getattr(found.not_screened, end),
        "women_share": _women_share(found, end),
        "use_as_in": found.carried.written,
    }


def _women_share(found: Measures, end: str) -> float | None:
    """Return the women's part of what women and men have; None where it is no part of a whole."""
    women, men = found.benefit.get(WOMEN), found.benefit.get(MEN)
    if women is None or men is None:
        return None
    mine, others = getattr(women, end), getattr(men, end)
    return float(mine / (mine + others)) if min(mine, others) >= 0 and mine + others else None


def _waterfall(asked: Question, sides: Sequence[Side]) -> Table:
    """Return the steps from the baseline's expenditure to that of each scenario: they add up."""
    unit = asked.currency
    columns = (
        Column("step", text("step"), "code", is_hidden=True),
        Column("label", text("programme")),
        *(Column(side.key, _named(side), "money", unit) for side in sides),
    )
    say = language_of(asked.view.language).say
    by_side = {side.key: _by_programme(side) for side in sides}
    steps = _largest_first(by_side.values())
    first = {side.key: side.found.expenditure.baseline for side in sides}
    last = {side.key: side.found.expenditure.scenario for side in sides}
    rows: list[dict[str, Any]] = [
        {"step": "start", "label": say(text("budget as it is")), **first},
        *(
            {
                "step": code or "other",
                "label": _programme_label(asked.baseline, code) or say(text("without a programme")),
                **{key: found.get(code, ZERO) for key, found in by_side.items()},
            }
            for code in steps
        ),
        {"step": "end", "label": say(text("scenario")), **last},
    ]
    return table(columns, rows, text("From the budget to each scenario"))


def _by_programme(side: Side) -> dict[str, Decimal]:
    """Return by how much expenditure on each programme at the top changes; "" for none."""
    found: dict[str, Decimal] = {}
    by_id = side.found.lines.by_id
    for line_id, change in side.found.changes.items():
        line = by_id[line_id]
        if line.direction is Direction.EXPENDITURE:
            code = next(iter(line.members.get(SubjectKind.PROGRAMME.value, ())), "")
            found[code] = found.get(code, ZERO) + change
    return found


def _largest_first(found: Iterable[dict[str, Decimal]]) -> list[str]:
    largest: dict[str, Decimal] = {}
    for one in found:
        for code, change in one.items():
            largest[code] = max(largest.get(code, ZERO), abs(change))
    return sorted((code for code, change in largest.items() if change), key=lambda c: -largest[c])


def _programme_label(baseline: Baseline, code: str) -> str:
    return baseline.label_of(Subject(SubjectKind.PROGRAMME, code)) if code else ""


def _line_table(asked: Question, sides: Sequence[Side]) -> Table:
    """Return the lines that any scenario changes, with their amount in each, largest change first."""
    unit = asked.currency
    columns = (
        Column("label", text("budget line")),
        Column("direction", text("direction"), "code"),
        Column(_BASELINE, text("budget as it is"), "money", unit),
        *(Column(side.key, _named(side), "money", unit) for side in sides),
        Column("code", text("code"), "code"),
    )
    changed = [_by_line(side) for side in sides]
    lines = {key: line for one in changed for key, (line, _change) in one.items()}
    largest = {key: max(abs(one[key][1]) for one in changed if key in one) for key in lines}
    return table(
        columns,
        [
            {
                "code": "" if line.code.startswith("~") else line.code,
                "label": line.label,
                "direction": line.direction.value,
                _BASELINE: line.amount,
                **{
                    side.key: line.amount + (one[key][1] if key in one else ZERO)
                    for side, one in zip(sides, changed, strict=True)
                },
            }
            for key, line in sorted(lines.items(), key=lambda item: (-largest[item[0]], item[0]))
        ],
        text("Lines"),
    )


def _by_line(side: Side) -> dict[tuple[str, str], tuple[Line, Decimal]]:
    """Return the lines that a scenario changes; one that it opens is its own and no other's."""
    by_id, found = side.found.lines.by_id, {}
    for line_id, change in side.found.changes.items():
        line = by_id[line_id]
        code = f"{side.key} {line.code}" if line.code.startswith("~") else line.code
        found[line.direction.value, code] = (line, change)
    return found


def _rule_table(asked: Question, sides: Sequence[Side]) -> Table:
    columns = (Column("scenario", text("scenario")), Column("rule", text("broken rule")))
    say = language_of(asked.view.language).say
    rows = [
        {"scenario": side.scenario.name, "rule": say(one)} for side in sides for one in side.rules
    ]
    return table(columns, rows, text("Rules that are broken"))


def _named(side: Side) -> Text:
    return text("“{name}”", name=side.scenario.name)


def _notes(asked: Question, sides: Sequence[Side]) -> tuple[Text, ...]:
    told = text(
        "Each scenario is computed on the same lines and under its own rules; marks are read under "
        "{methodology}, as they are now.",
        methodology=asked.methodology.labels,
    )
    total = text(
        "The budget as it is spends {total}.",
        total=Money(asked.baseline.total(Direction.EXPENDITURE), asked.currency),
    )
    carried = sides[0].found.carried.notes(asked.view.fiscal_year)
    return (*fiction_note(asked.benefits.where), *carried, total, told)
