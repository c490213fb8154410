"""The optimisation: which reallocation does most for an objective under all rules."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.model import Column, Direction, Money, Report, Share, Table, Text, plural_text, text
from budgeting.optimiser import (
    Answer,
    Conflict,
    Objective,
    Problem,
    Robustness,
    optimise,
    robustness,
    words_of,
)
from budgeting.optimiser.objectives import Unit, gain_words
from budgeting.reports.beneficiaries.picture import pictures
from budgeting.reports.beneficiaries.ranges import service_range
from budgeting.reports.scenarios.objectives import (
    WOMEN,
    Aim,
    known_lines,
    objective,
    written_weights,
)
from budgeting.reports.scenarios.view import Question, Uncounted
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.simulation.model import Baseline, Subject, SubjectKind
from budgeting.simulation.outcome import rulebook
from budgeting.simulation.rules import Rule
from budgeting.store import Store
from budgeting.translations import language as language_of

_STEPS = tuple(Decimal(one * 10**power) for power in range(2, 9) for one in (1, 5))
_STEP_OF_BUDGET = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader wants.

    Parameters
    ----------
    aim
        What it is to do most for.
    most_moved
        Part of expenditure that may move, 0 to 1.
    is_anywhere
        Whether money may also come from lines of which the objective knows nothing; what that costs it
        cannot say.
    takers
        Codes of the services to which the money is to go; () for all of them, and all lines.
    """

    aim: Aim
    most_moved: Decimal = Decimal("0.02")
    is_anywhere: bool = False
    takers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Optimised:
    """An answer to a wish, or why there is none; ``objective`` is None where it needs what is not known."""

    problem: Problem
    objective: Objective | None
    answer: Answer | None
    conflict: Conflict | None


def optimised(store: Store, asked: Question, rules: tuple[Rule, ...], wish: Wish) -> Optimised:
    """Return the answer to a wish, worked out once for each budget, rules and wish."""
    return _optimised(
        store,
        store.budget_state,
        Uncounted(asked),
        (asked.baseline, asked.methodology.code),
        rules,
        wish,
    )


@lru_cache(maxsize=32)
def _optimised(
    store: Store,
    _state: str,
    of: Uncounted,
    on: tuple[Baseline, str],
    rules: tuple[Rule, ...],
    wish: Wish,
) -> Optimised:
    asked, baseline = of.question, on[0]
    problem = Problem(
        baseline,
        rulebook(rules, baseline).bounds,
        wish.most_moved,
        takers=_lines_of(baseline, wish.takers) if wish.takers else None,
    )
    wanted = objective(store, asked, problem, wish.aim)
    if wanted is None:
        return Optimised(problem, None, None, None)
    if not wish.is_anywhere:
        problem = replace(problem, opened=known_lines(wanted))
    found = optimise(problem, wanted, step_of(baseline))
    if not isinstance(found, Conflict):
        return Optimised(problem, wanted, found, None)
    # What the budget breaks already may stay broken, and get no worse: there is an answer to that.
    second = optimise(problem.no_worse(), wanted, step_of(baseline))
    return Optimised(problem, wanted, second if isinstance(second, Answer) else None, found)


def _lines_of(baseline: Baseline, services: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        line_id
        for code in services
        for line_id in baseline.lines_of(Subject(SubjectKind.SERVICE, code))
    )


def robust(store: Store, asked: Question, found: Optimised) -> Robustness | None:
    """Return how robust an answer is; None where nothing in it is uncertain, or there is none."""
    if found.objective is None or found.answer is None:
        return None
    ranges = {
        one.code: sure
        for one in pictures(store, asked.benefits)
        if (sure := service_range(one, WOMEN)) is not None
    }
    return robustness(found.objective, found.answer.proposed, ranges)


def step_of(baseline: Baseline) -> Decimal:
    """Return the round step for a budget: about a hundred-thousandth of it, 100 at least."""
    wanted = baseline.total(Direction.EXPENDITURE) * _STEP_OF_BUDGET
    fitting = [step for step in _STEPS if step <= wanted]
    return fitting[-1] if fitting else _STEPS[0]


def build(
    store: Store,
    asked: Question,
    rules: tuple[Rule, ...],
    wish: Wish,
    *,
    with_draws: bool = False,
) -> Report:
    """Return the answer to a wish; `with_draws` says in how many draws each move stays.

    Tables: ``moves`` (one row per proposed move, the best per unit of money first), ``binding`` (one
    row per rule that keeps the answer from being better), ``frontier`` (20 rows: gain by money moved),
    ``relaxations`` (where rules contradict each other), ``left_out`` (services that the objective
    cannot count).
    """
    found = optimised(store, asked, rules, wish)
    drawn = robust(store, asked, found) if with_draws else None
    where = asked.benefits.where
    return Report(
        name="optimisation",
        title=text("Which reallocation would do most?"),
        answer=_answer(asked, found, wish),
        parameters={
            "municipality": where.municipality_code,
            "year": str(where.fiscal_year),
            "stage": asked.benefits.vintage.stage.value,
            "methodology": asked.methodology.code,
            "objective": wish.aim.code,
            "weights": written_weights(wish.aim.weights),
            "groups": written_weights(wish.aim.groups),
            "most_moved": str(wish.most_moved),
            "next_users": wish.aim.next_users.value,
            "takers": ",".join(wish.takers),
        },
        tables={
            "moves": _move_table(asked, found, drawn),
            "binding": _binding_table(asked, found),
            "frontier": _frontier_table(asked, found),
            "relaxations": _relaxation_table(asked, found),
            "left_out": _left_out_table(asked, found),
        },
        facts=_facts(asked, found),
        notes=(*fiction_note(where), *_notes(asked, found, wish, drawn)),
        sources=(statement_source(where, asked.benefits.vintage),),
        data_version=store.data_version,
    )


def _facts(asked: Question, found: Optimised) -> dict[str, Any]:
    answer = found.answer
    return {
        "currency": asked.currency,
        "is_known": found.objective is not None,
        "is_possible": found.conflict is None,
        "unit": found.objective.unit.value if found.objective else None,
        "formula": found.objective.formula if found.objective else None,
        "gain": answer.proposed.gain if answer else None,
        "moved": answer.proposed.moved if answer else None,
        "unseen": answer.unseen if answer else None,
        "rounding_cost": answer.rounded.cost if answer and answer.rounded else None,
        "conflict": tuple(one.label for one in found.conflict.bounds) if found.conflict else (),
        "is_fictional": asked.benefits.where.is_fictional,
    }


def _answer(asked: Question, found: Optimised, wish: Wish) -> Text:
    where = asked.benefits.where
    values: dict[str, Any] = {
        "name": where.name,
        "year": str(where.fiscal_year),
        "objective": wish.aim.words,
        "share": Share(wish.most_moved),
    }
    if found.objective is None:
        return text(
            "This cannot be worked out for {name} in {year}: what “{objective}” needs is not known.",
            **values,
        )
    if found.answer is None:
        assert found.conflict is not None
        return plural_text(
            "No reallocation keeps all rules: {count} rule contradicts what the budget has.",
            "No reallocation keeps all rules: {count} rules contradict each other.",
            len(found.conflict.bounds),
            **values,
        )
    moves = len(found.answer.transfers)
    if not moves:
        return text(
            "No move within {share} of the budget and all rules does more for “{objective}”.",
            **values,
        )
    answer = found.answer.proposed
    values |= {
        "moved": Money(answer.moved, asked.currency),
        "gain": gain_words(found.objective.unit, answer.gain, asked.currency),
    }
    if found.conflict:
        return plural_text(
            "The budget breaks rules already. Making none worse, {count} move of {moved} in all would do "
            "most for “{objective}”: {gain}.",
            "The budget breaks rules already. Making none worse, {count} moves of {moved} in all would do "
            "most for “{objective}”: {gain}.",
            moves,
            **values,
        )
    return plural_text(
        "{count} move of {moved} in all would do most for “{objective}”: {gain}.",
        "{count} moves of {moved} in all would do most for “{objective}”: {gain}.",
        moves,
        **values,
    )


def _move_table(asked: Question, found: Optimised, drawn: Robustness | None) -> Table:
    unit, by_id = asked.currency, asked.baseline.by_id
    stays = drawn.stays if drawn else {}
    is_part = found.objective is not None and found.objective.unit is Unit.PART
    columns = (
        Column("giver", text("from")),
        Column("taker", text("to")),
        Column("amount", text("amount"), "money", unit),
        Column("gain", text("gain"), "share" if is_part else "number"),
        Column("stays", text("stays in draws"), "share"),
        Column("giver_code", text("from, code"), "code"),
        Column("taker_code", text("to, code"), "code"),
    )
    rows = []
    for one in found.answer.transfers if found.answer else ():
        giver, taker = (
            by_id[line] if line is not None else None for line in (one.giver, one.taker)
        )
        kept = [
            part for line in (one.giver, one.taker) if (part := stays.get(line or 0)) is not None
        ]
        rows.append(
            {
                "giver": giver.label if giver else "",
                "taker": taker.label if taker else "",
                "amount": one.amount,
                "gain": one.gain,
                "stays": min(kept, default=None),
                "giver_code": giver.code if giver else "",
                "taker_code": taker.code if taker else "",
            }
        )
    return table(columns, rows)


def _binding_table(asked: Question, found: Optimised) -> Table:
    columns = (Column("words", text("what keeps it from being better")),)
    say, by_id = language_of(asked.view.language).say, asked.baseline.by_id
    rows = []
    for one in found.answer.binding if found.answer else ():
        assert found.objective is not None
        label = by_id[one.line].label if one.line is not None else ""
        rows.append({"words": say(words_of(one, found.objective.unit, asked.currency, label))})
    return table(columns, rows)


def _frontier_table(asked: Question, found: Optimised) -> Table:
    unit = asked.currency
    columns = (
        Column("limit", text("at most moved"), "money", unit),
        Column("moved", text("moved"), "money", unit),
        Column("gain", text("gain"), "number"),
    )
    rows = [
        {"limit": one.limit, "moved": one.found.moved, "gain": one.found.gain}
        for one in (found.answer.frontier if found.answer else ())
        if one.found is not None
    ]
    return table(columns, rows)


def _relaxation_table(asked: Question, found: Optimised) -> Table:
    columns = (
        Column("rule", text("rules that contradict each other")),
        Column("words", text("what would have to give way")),
    )
    say = language_of(asked.view.language).say
    conflict = found.conflict
    rules = [one.label for one in conflict.bounds] if conflict else []
    ways = [say(one.words(asked.currency)) for one in conflict.relaxations] if conflict else []
    count = max(len(rules), len(ways))
    rows = [{"rule": _at(rules, place), "words": _at(ways, place)} for place in range(count)]
    return table(columns, rows)


def _at(words: list[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _left_out_table(asked: Question, found: Optimised) -> Table:
    columns = (Column("name", text("service")), Column("reason", text("why it is not counted")))
    say = language_of(asked.view.language).say
    missing = found.objective.left_out() if found.objective else ()
    return table(columns, [{"name": one.name, "reason": say(one.reason)} for one in missing])


def _notes(
    asked: Question, found: Optimised, wish: Wish, drawn: Robustness | None
) -> tuple[Text, ...]:
    notes: list[Text] = []
    if found.objective:
        notes.append(found.objective.formula)
        notes += [
            text("“{service}” gets nothing: {reason}.", service=one.name, reason=one.reason)
            for one in found.objective.left_out()
            if one.code in wish.takers
        ]
    if found.answer and found.answer.unseen:
        notes.append(
            text(
                "{amount} of this comes from lines of which the objective knows nothing: it cannot say what "
                "that costs.",
                amount=Money(found.answer.unseen, asked.currency),
            )
        )
    if drawn:
        notes.append(
            plural_text(
                "Robustness: {count} draw of the shares of women among users, seed {seed}; assumptions "
                "(grade D or E) are not drawn.",
                "Robustness: {count} draws of the shares of women among users, seed {seed}; assumptions "
                "(grade D or E) are not drawn.",
                drawn.count,
                seed=str(drawn.seed),
            )
        )
    notes.append(text("This recommends; a person decides, move by move. It claims no causes."))
    return tuple(notes)
