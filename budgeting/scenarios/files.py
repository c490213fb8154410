"""Rules and consequences written as TOML: a municipality can keep them in a file, and read them in."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import tomli_w

from budgeting.errors import ScenarioInvalid
from budgeting.model import Direction, text
from budgeting.scenarios.consequences import Consequence, ConsequenceType, Movement
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.rules import Rule, RuleKind

_EACH = "each"
_OF_RULES = {"code", "kind", "amount", "percent", "reason", "source", "year"}
_OF_CONSEQUENCES = {"movement", "type", "words", "source"}
_OF_SUBJECTS = {_EACH, "direction", *(kind.value for kind in SubjectKind)} - {SubjectKind.ALL.value}


def rules_in(name: str, written: str) -> tuple[tuple[Rule, ...], tuple[Consequence, ...]]:
    """Return the rules and consequences of a file, in its order.

    Raises
    ------
    ScenarioInvalid
        It is no such file, or has an entry that nobody would look at; told with the reason.
    """
    try:
        read = tomllib.loads(written, parse_float=Decimal)
        _refuse_others(read, {"rule", "consequence"})
        return (
            tuple(_rule(entry) for entry in read.get("rule", ())),
            tuple(_consequence(entry) for entry in read.get("consequence", ())),
        )
    except (KeyError, ValueError, TypeError, ArithmeticError, AttributeError) as error:
        raise ScenarioInvalid(
            text("The file {path} cannot be used: {reason}.", path=name, reason=str(error))
        ) from error


def written_rules(rules: Sequence[Rule], consequences: Sequence[Consequence] = ()) -> str:
    """Return rules and consequences as the file that `rules_in` reads."""
    entries = {
        "rule": [_rule_entry(rule) for rule in rules],
        "consequence": [_consequence_entry(one) for one in consequences],
    }
    return tomli_w.dumps({name: found for name, found in entries.items() if found})


def _rule(entry: dict[str, Any]) -> Rule:
    _refuse_others(entry, _OF_RULES | _OF_SUBJECTS)
    return Rule(
        entry["code"],
        RuleKind(entry["kind"]),
        _subject(entry),
        _figure(entry, "amount"),
        _figure(entry, "percent"),
        entry.get("reason", ""),
        entry.get("source", ""),
        _year(entry),
    )


def _consequence(entry: dict[str, Any]) -> Consequence:
    _refuse_others(entry, _OF_CONSEQUENCES | _OF_SUBJECTS)
    return Consequence(
        _subject(entry),
        Movement(entry["movement"]),
        ConsequenceType(entry["type"]),
        entry["words"],
        entry["source"],
    )


def _subject(entry: dict[str, Any]) -> Subject:
    """Return of what an entry is: one key names it, ``each`` a kind, neither the whole budget."""
    direction = Direction(entry.get("direction", Direction.EXPENDITURE))
    named = [kind for kind in SubjectKind if kind.value in entry]
    if len(named) + (_EACH in entry) > 1:
        raise ValueError("an entry is of one thing only")
    if named:
        return Subject(named[0], str(entry[named[0].value]), direction)
    return Subject(SubjectKind(entry.get(_EACH, SubjectKind.ALL)), "", direction)


def _figure(entry: dict[str, Any], name: str) -> Decimal | None:
    return Decimal(str(entry[name])) if name in entry else None


def _year(entry: dict[str, Any]) -> int | None:
    year = entry.get("year")
    if year is not None and type(year) is not int:
        raise ValueError("a year is a number, such as 2027")
    return year


def _refuse_others(entry: dict[str, Any], known: set[str]) -> None:
    others = sorted(set(entry) - known)
    if others:
        raise ValueError(f"{others[0]} is no entry of it")


def _rule_entry(rule: Rule) -> dict[str, Any]:
    return _without_empty(
        {
            "code": rule.code,
            "kind": rule.kind.value,
            **_subject_entry(rule.subject),
            "amount": _plain(rule.amount),
            "percent": _plain(rule.percent),
            "reason": rule.reason,
            "source": rule.source,
            "year": rule.fiscal_year or "",
        }
    )


def _consequence_entry(one: Consequence) -> dict[str, Any]:
    named = {"movement": one.movement.value, "type": one.type.value}
    return {**_subject_entry(one.subject), **named, "words": one.words, "source": one.source}


def _subject_entry(subject: Subject) -> dict[str, str]:
    is_revenue = subject.direction is Direction.REVENUE
    direction = {"direction": subject.direction.value} if is_revenue else {}
    if subject.code:
        return {subject.kind.value: subject.code, **direction}
    return (
        direction if subject.kind is SubjectKind.ALL else {_EACH: subject.kind.value, **direction}
    )


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure:f}"


def _without_empty(entry: dict[str, str | int]) -> dict[str, str | int]:
    return {name: value for name, value in entry.items() if value != ""}
