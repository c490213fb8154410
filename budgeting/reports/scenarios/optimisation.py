"""The optimisation: which reallocation does most for an objective under all rules."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from budgeting.model import Column, Money, Report, Share, Table, Text, plural_text, text
from budgeting.optimiser import Robustness, words_of
from budgeting.optimiser.objectives import Unit, gain_words
from budgeting.reports.scenarios.carried import CarriedUse
from budgeting.reports.scenarios.measures import use_carried
from budgeting.reports.scenarios.objectives import OBJECTIVES, not_known, written_weights
from budgeting.reports.scenarios.optimising import Optimised, Wish, optimised, robust
from budgeting.reports.scenarios.view import Question
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.simulation.rules import Rule, words
from budgeting.store import Store
from budgeting.translations import language as language_of


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
    carried = use_carried(store, asked, found.objective.services if found.objective else ())
    unknown = not_known(store, asked, wish.aim)
    beside = (
        *_beside(asked, found, wish),
        *(
            text(
                "“{objective}” counts nothing here: what it needs is not known.",
                objective=OBJECTIVES[one],
            )
            for one in unknown
        ),
        *carried.notes(asked.view.fiscal_year),
    )
    return Report(
        name="optimisation",
        title=text("Which reallocation would do most?"),
        answer=_answer(asked, found, replace(wish, aim=wish.aim.without(unknown)), carried),
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
        facts=_facts(asked, found) | {"beside": beside, "use_as_in": carried.years},
        notes=(*fiction_note(where), *beside, *_notes(found, wish, drawn)),
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
        "limit": found.problem.limit,
        "unseen": answer.unseen if answer else None,
        "wider_moved": found.wider.moved if found.wider else None,
        "rounding_cost": answer.rounded.cost if answer and answer.rounded else None,
        "conflict": tuple(one.label for one in found.conflict.bounds) if found.conflict else (),
        "is_fictional": asked.benefits.where.is_fictional,
    }


def _answer(asked: Question, found: Optimised, wish: Wish, carried: CarriedUse) -> Text:
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
            "No reallocation of these lines keeps {count} rule.",
            "No reallocation of these lines keeps {count} rules together.",
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
    return carried.after(_with_conflict(moves, values) if found.conflict else _moved(moves, values))


def _moved(count: int, values: Mapping[str, Any]) -> Text:
    return plural_text(
        "{count} move of {moved} in all would do most for “{objective}”: {gain}.",
        "{count} moves of {moved} in all would do most for “{objective}”: {gain}.",
        count,
        **values,
    )


def _with_conflict(count: int, values: Mapping[str, Any]) -> Text:
    return plural_text(
        "The budget breaks rules already. Making none worse, {count} move of {moved} in all would do "
        "most for “{objective}”: {gain}.",
        "The budget breaks rules already. Making none worse, {count} moves of {moved} in all would do "
        "most for “{objective}”: {gain}.",
        count,
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
        Column("rule", text("rules that cannot all be kept")),
        Column("words", text("what would have to give way")),
    )
    say = language_of(asked.view.language).say
    conflict = found.conflict
    rules = [say(words(one, asked.currency)) for one in conflict.bounds] if conflict else []
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


def _beside(asked: Question, found: Optimised, wish: Wish) -> tuple[Text, ...]:
    """Return what must be read together with the moves: why they are few, and what they cannot say."""
    told = []
    if found.answer and found.wider and found.objective:
        told.append(
            text(
                "At most {limit} may move ({share} of the budget); these moves come to {moved}. As long as "
                "money comes only from lines whose loss can be counted, more does not pay or is not allowed. "
                "With “Any line” it would be {wider} and {gain}, but nobody could say what is lost by "
                "{unseen} of it.",
                limit=Money(found.problem.limit, asked.currency),
                share=Share(wish.most_moved),
                moved=Money(found.answer.proposed.moved, asked.currency),
                wider=Money(found.wider.moved, asked.currency),
                gain=gain_words(found.objective.unit, found.wider.gain, asked.currency),
                unseen=Money(found.wider.unseen, asked.currency),
            )
        )
    if found.answer and found.answer.unseen:
        told.append(
            text(
                "{amount} of this comes from lines of which the objective knows nothing: it cannot say what "
                "that costs.",
                amount=Money(found.answer.unseen, asked.currency),
            )
        )
    return tuple(told)


def _notes(found: Optimised, wish: Wish, drawn: Robustness | None) -> tuple[Text, ...]:
    notes: list[Text] = []
    if found.objective:
        notes.append(found.objective.formula)
        notes += [
            text("“{service}” gets nothing: {reason}.", service=one.name, reason=one.reason)
            for one in found.objective.left_out()
            if one.code in wish.takers
        ]
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
