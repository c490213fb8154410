"""The simulator: what moving money changes, beside the budget as it is."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from budgeting.gaps import representation_index
from budgeting.intervals import is_ranked
from budgeting.model import Column, Money, MoneyChange, Report, Table, Text, plural_text, text
from budgeting.names import stage_name
from budgeting.reports.scenarios.measures import MEN, WOMEN, Measures, Pair, measures
from budgeting.reports.scenarios.rule_tables import breach_table, room_table
from budgeting.reports.scenarios.view import Question
from budgeting.reports.scope import fiction_note, statement_source
from budgeting.reports.tables import table
from budgeting.scenarios.baseline import marked_parts
from budgeting.scenarios.consequences import Consequence, brought_about, consequences
from budgeting.simulation.effects import ServiceEffect, served
from budgeting.simulation.model import ZERO, Subject
from budgeting.simulation.moves import Move, MoveKind
from budgeting.simulation.rules import OF_BALANCE, Rule
from budgeting.store import Store


def build(
    store: Store,
    asked: Question,
    moves: Sequence[Move] = (),
    rules: tuple[Rule, ...] = (),
    *,
    with_room: bool = False,
) -> Report:
    """Return what moves change, beside the budget that they are made on.

    Tables: ``money`` (one row per measure, baseline, scenario and difference), ``services`` (one row
    per service that is touched), ``lines`` (per budget line that changes), ``breaches`` (per rule that
    is broken), ``moves``; `with_room` adds ``room`` (per bound of the rules, the tightest first).

    Raises
    ------
    MoveInvalid
        A move that the budget does not allow.
    """
    found, view = measures(store, asked, moves, rules), asked.view
    return Report(
        name="simulator",
        title=text("What would change if money moved?"),
        answer=_answer(asked, moves, found),
        parameters={
            "municipality": view.municipality_code,
            "year": str(view.fiscal_year),
            "stage": asked.benefits.vintage.stage.value,
            "methodology": asked.methodology.code,
        },
        tables={
            "money": _money_table(asked, found),
            "services": _service_table(asked, found),
            "lines": _line_table(store, asked, found),
            "breaches": breach_table(asked, found),
            **({"room": room_table(asked, found)} if with_room else {}),
            "consequences": _consequence_table(store, asked, found),
            "moves": _move_table(asked, moves),
        },
        facts=_facts(asked, found),
        notes=_notes(asked, found),
        sources=(statement_source(asked.benefits.where, asked.benefits.vintage),),
        data_version=store.data_version,
    )


def _facts(asked: Question, found: Measures) -> dict[str, Any]:
    women, men = (found.benefit.get(sex) for sex in (WOMEN, MEN))
    return {
        "use_as_in": found.carried.years,
        "moved": found.moved,
        "expenditure": found.expenditure,
        "revenue": found.revenue,
        "overspent": found.overspent,
        "is_balance_broken": any(one.bound.rule.kind in OF_BALANCE for one in found.breaches),
        "women": women,
        "men": men,
        "women_share": _share(women, men, "baseline"),
        "women_share_after": _share(women, men, "scenario"),
        "tagged": found.tagged,
        "breach_count": len(found.breaches),
        "grades": sorted({one.service.grade or "" for one in found.services} - {""}),
        "outside": found.outside,
        "not_attributable": found.not_attributable,
        "methodology": asked.methodology.labels,
        "currency": asked.currency,
        "stage": asked.benefits.vintage.stage.value,
        "people": asked.benefits.where.year.people,
        "is_fictional": asked.benefits.where.is_fictional,
    }


def _share(women: Pair | None, men: Pair | None, side: str) -> float | None:
    """Return the women's part of what women and men have; None where it is no part of a whole."""
    if women is None or men is None:
        return None
    mine, others = getattr(women, side), getattr(men, side)
    whole = mine + others
    return float(mine / whole) if mine >= 0 and others >= 0 and whole else None


def _answer(asked: Question, moves: Sequence[Move], found: Measures) -> Text:
    where, currency = asked.benefits.where, asked.currency
    values: dict[str, Any] = {
        "name": where.name,
        "year": str(where.fiscal_year),
        "stage": stage_name(asked.benefits.vintage.stage),
        "total": Money(found.expenditure.baseline, currency),
    }
    if not moves:
        return text(
            "Nothing is moved yet. The budget of {name} for {year} ({stage}) spends {total}.",
            **values,
        )
    values["moved"] = Money(found.moved, currency)
    women, men = found.benefit.get(WOMEN), found.benefit.get(MEN)
    if women is None or men is None:
        return plural_text(
            "{moved} is moved, and {count} rule is broken; who has the benefit is not known.",
            "{moved} is moved, and {count} rules are broken; who has the benefit is not known.",
            len(found.breaches),
            **values,
        )
    values |= {
        "women": MoneyChange(women.difference, currency),
        "men": MoneyChange(men.difference, currency),
    }
    told = plural_text(
        "{moved} is moved: women’s benefit changes by {women}, men’s by {men}; {count} rule is broken.",
        "{moved} is moved: women’s benefit changes by {women}, men’s by {men}; {count} rules are broken.",
        len(found.breaches),
        **values,
    )
    return found.carried.after(told)


def _money_table(asked: Question, found: Measures) -> Table:
    """Return one row per measure: the budget first, then marks, then who benefits."""
    unit = asked.currency
    rows = [
        ("expenditure", found.expenditure),
        ("revenue", found.revenue),
        *(zip(("tagged_low", "tagged_high"), found.tagged, strict=True) if found.tagged else ()),
        ("not_screened", found.not_screened),
        *((f"benefit_{group}", pair) for group, pair in found.benefit.items()),
        ("not_attributable", Pair(ZERO, found.not_attributable)),
        ("outside", Pair(ZERO, found.outside)),
    ]
    columns = (
        Column("measure", text("measure"), "code"),
        Column("baseline", text("budget as it is"), "money", unit),
        Column("scenario", text("scenario"), "money", unit),
        Column("difference", text("difference"), "money", unit),
        *_use_column(found),
    )
    return table(
        columns,
        [
            {
                "measure": name,
                # Of these two only the change is known: nobody's use explains them.
                "baseline": None if name in _ONLY_CHANGES else pair.baseline,
                "scenario": None if name in _ONLY_CHANGES else pair.scenario,
                "difference": pair.difference,
                "use_as_in": found.carried.written if name.startswith("benefit_") else None,
            }
            for name, pair in rows
        ],
    )


_ONLY_CHANGES = ("not_attributable", "outside")


def _use_column(found: Measures) -> tuple[Column, ...]:
    """Return the column that says of which year users are, where an earlier one stands in."""
    return (Column("use_as_in", text("users as in"), "code"),) if found.carried.years else ()


def _service_table(asked: Question, found: Measures) -> Table:
    """Return one row per service whose money or users change."""
    unit = asked.currency
    columns = (
        Column("code", text("code"), "code", is_hidden=True),
        Column("name", text("service")),
        Column("money", text("net cost, change"), "money", unit),
        Column("women", text("to women, change"), "money", unit),
        Column("men", text("to men, change"), "money", unit),
        Column("not_known", text("not known, change"), "money", unit),
        Column("people", text("people served, change"), "number"),
        Column("is_capped", text("held by need or users"), "code"),
        Column("women_low", text("women served, at least"), "number"),
        Column("women_today", text("women served, as today"), "number"),
        Column("women_high", text("women served, at most"), "number"),
        Column("index", text("representation index"), "number"),
        Column("index_after", text("representation index, scenario"), "number"),
        Column("grade", text("data grade"), "code"),
        *_use_column(found),
    )
    return table(columns, [_service_row(one) for one in found.services])


def _service_row(effect: ServiceEffect) -> dict[str, Any]:
    service, women = effect.service, served(effect, WOMEN)
    benefit = effect.benefit
    known = {group: change for group, change in benefit.items() if group in service.use.known}
    return {
        "code": service.code,
        "name": service.name,
        "money": effect.money,
        "women": known.get(WOMEN),
        "men": known.get(MEN),
        "not_known": effect.money - sum(known.values(), ZERO),
        "people": _float(effect.people),
        "is_capped": "yes" if effect.is_capped else "no",
        "women_low": _float(women.low),
        "women_today": _float(women.as_today),
        "women_high": _float(women.high),
        "index": _index(effect.before.use.known, effect),
        "index_after": _index(effect.after.use.known, effect),
        "grade": service.grade,
        "use_as_in": None if service.use_as_in is None else str(service.use_as_in),
    }


def _index(users: Any, effect: ServiceEffect) -> float | None:
    """Return the representation index of women; None for assumptions, which are not ranked."""
    if not is_ranked(effect.service.grade):
        return None
    return _float(representation_index(users, effect.service.eligible, WOMEN))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _line_table(store: Store, asked: Question, found: Measures) -> Table:
    """Return one row per budget line that changes, the largest change first."""
    unit, by_id = asked.currency, found.lines.by_id
    method = asked.methodology
    marks = marked_parts(store, asked.benefits.vintage.vintage_id, method.code, method.version)
    columns = (
        Column("label", text("budget line")),
        Column("direction", text("direction"), "code"),
        Column("baseline", text("budget as it is"), "money", unit),
        Column("scenario", text("scenario"), "money", unit),
        Column("difference", text("difference"), "money", unit),
        Column("category", text("category"), "code"),
        Column("code", text("code"), "code"),
    )
    largest = sorted(found.changes.items(), key=lambda item: (-abs(item[1]), item[0]))
    return table(
        columns,
        [
            {
                "code": by_id[line_id].code,
                "label": by_id[line_id].label,
                "direction": by_id[line_id].direction.value,
                "baseline": by_id[line_id].amount,
                "scenario": by_id[line_id].amount + change,
                "difference": change,
                "category": ", ".join(part.name for part in marks.get(line_id, ())),
            }
            for line_id, change in largest
        ],
    )


def _consequence_table(store: Store, asked: Question, found: Measures) -> Table:
    """Return what people have written down that these changes bring about."""
    columns = (
        Column("subject", text("of what")),
        Column("movement", text("money"), "code"),
        Column("consequence", text("kind"), "code"),
        Column("words", text("consequence")),
        Column("source", text("source")),
    )
    code = asked.view.municipality_code
    known = _consequences(store, store.budget_state, code) if found.changes else ()
    return table(
        columns,
        [
            {
                "subject": found.lines.label_of(one.subject),
                "movement": one.movement.value,
                "consequence": one.type.value,
                "words": one.words,
                "source": one.source,
            }
            for one in brought_about(known, found.lines, found.changes)
        ],
    )


@lru_cache(maxsize=16)
def _consequences(store: Store, _state: str, municipality_code: str) -> tuple[Consequence, ...]:
    return consequences(store, municipality_code)


def _move_table(asked: Question, moves: Sequence[Move]) -> Table:
    """Return one row per move, in the order in which they are made."""
    columns = (
        Column("number", text("number"), "count"),
        Column("move", text("kind"), "code"),
        Column("giver", text("from")),
        Column("taker", text("to")),
        Column("amount", text("amount"), "money", asked.currency),
        Column("reason", text("reason")),
    )
    return table(
        columns,
        [
            {
                "number": number,
                "move": move.kind.value,
                "giver": _name(asked, move.giver),
                "taker": _name(asked, move.subject) or move.label or move.service,
                "amount": None if move.kind is MoveKind.USERS else move.amount,
                "reason": move.reason,
            }
            for number, move in enumerate(moves, 1)
        ],
    )


def _name(asked: Question, subject: Subject | None) -> str:
    return asked.baseline.label_of(subject) if subject else ""


def _notes(asked: Question, found: Measures) -> tuple[Text, ...]:
    notes = [*fiction_note(asked.benefits.where), *found.carried.notes(asked.view.fiscal_year)]
    if any(one.service.grade in ("D", "E") for one in found.services):
        notes.append(
            text("Some of these services rest on assumptions about who uses them (grade D or E).")
        )
    notes.append(
        text(
            "Benefit is money x share of use, with shares as they are today; people served are money / net "
            "cost of one user, at most those in need. It says where money goes, not what it causes."
        )
    )
    return tuple(notes)
