"""Scenarios as small JSON files: moves, rules, baseline and versions, written and opened again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from budgeting.access import Action, Identity, require
from budgeting.errors import NotFound, ScenarioInvalid
from budgeting.methodologies import methodology, rule_fingerprint
from budgeting.model import Direction, Stage, Text, plural_text, text
from budgeting.scenarios.drift import carried
from budgeting.scenarios.kept import current_baseline
from budgeting.scenarios.model import Footing, Scenario
from budgeting.scenarios.rules import RuleSet, rule_set
from budgeting.scenarios.saving import blank, named, refuse_impossible
from budgeting.scenarios.stored import scenario
from budgeting.scenarios.writing import change_of, footing_of, write_new
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.moves import Move, MoveKind
from budgeting.simulation.rules import Rule, RuleKind
from budgeting.store import Store, Transaction

FORMAT, VERSION = "paritet-scenario", 1
LARGEST = 1_000_000  # bytes
_MAIN = "oecd_dac"
_NOT_SO = (KeyError, ValueError, TypeError, ArithmeticError, AttributeError, RecursionError)
_Written = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario that was opened from a file, and what is not as in the file."""

    scenario: Scenario
    differences: tuple[Text, ...] = ()


def written_scenario(store: Store, scenario_id: int) -> bytes:
    """Return a scenario as JSON: the same scenario gives the same bytes until the data change.

    Raises
    ------
    NotFound
        There is no such scenario.
    """
    of = scenario(store, scenario_id)
    footing = of.footing
    rules = rule_set(store, footing.municipality_code, footing.rules_version)
    told = {
        "format": FORMAT,
        "format_version": VERSION,
        "name": of.name,
        "description": of.description,
        "author": of.author,
        "state": of.state.value,
        "municipality": footing.municipality_code,
        "fiscal_year": footing.fiscal_year,
        "stage": footing.stage.value,
        "currency": footing.currency_code,
        "statement": _statement(store, footing.vintage_id),
        "data_version": footing.data_version,
        "baseline": footing.baseline,
        "methodologies": _methodologies(store, footing),
        "rules_version": rules.version,
        "rules": [_written_rule(rule) for rule in rules.rules],
        "moves": [_written_move(move) for move in of.moves],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def open_scenario(store: Store, identity: Identity, name: str, content: bytes) -> Opened:
    """Store what a file says as a draft of who opens it; where all is as then, it is the same exactly.

    Lines as they were then are used where they are kept here; else today's. What is not as in the
    file is told: other lines, other rules, other methodologies, moves that cannot be made.

    Parameters
    ----------
    name
        Of the file, for sentences.

    Raises
    ------
    ScenarioInvalid
        It is no such file.
    NotFound
        The municipality has no such budget.
    NotAllowed
        The role does not permit it.
    """
    require(identity, Action.MAKE_SCENARIO)
    told, moves, rules = _read(name, content)
    place = told["municipality"]
    with store.transaction(identity, change_of("open", named(told["name"]), place)) as transaction:
        footing, differences = _footing(store, transaction, told, rules)
        fitting = _fitting(store, footing, moves, told["baseline"])
        new = blank(footing, named(told["name"]), str(told["description"]))
        opened = write_new(transaction, identity, "open", new, fitting)
        lost = len(moves) - len(fitting)
        if lost:
            differences.append(
                plural_text(
                    "{count} move cannot be made in this budget and was left out.",
                    "{count} moves cannot be made in this budget and were left out.",
                    lost,
                )
            )
        differences += _other_methodologies(store, footing, told["methodologies"])
    return Opened(opened, tuple(differences))


def _read(name: str, content: bytes) -> tuple[_Written, tuple[Move, ...], tuple[Rule, ...]]:
    try:
        if len(content) > LARGEST:
            raise ValueError(f"it has more than {LARGEST} bytes")
        told = json.loads(content)
        if told["format"] != FORMAT or told["format_version"] != VERSION:
            raise ValueError(f"it is no {FORMAT} of version {VERSION}")
        _refuse_missing(told)
        moves = tuple(_move(one) for one in told["moves"])
        rules = tuple(_rule(one) for one in told["rules"])
    except _NOT_SO as error:
        raise ScenarioInvalid(
            text("The file {path} cannot be used: {reason}.", path=name, reason=str(error))
        ) from error
    for move in moves:
        refuse_impossible(move)
    return told, moves, rules


def _refuse_missing(told: _Written) -> None:
    """Raise where the file lacks something, or has it in another kind."""
    for key, kind in (("name", str), ("municipality", str), ("baseline", str)):
        if not isinstance(told[key], kind):
            raise ValueError(f"{key} is no text")
    Stage(told["stage"])
    int(told["fiscal_year"]), int(told["data_version"])
    for key in ("as_of", "decision_number"):
        told["statement"][key]
    if told["statement"]["as_of"] is not None:
        date.fromisoformat(told["statement"]["as_of"])
    for one in told["methodologies"]:
        one["methodology"], one["version"], one["rule_fingerprint"]
    str(told["description"])


def _footing(
    store: Store, transaction: Transaction, told: _Written, rules: Sequence[Rule]
) -> tuple[Footing, list[Text]]:
    """Return what the opened scenario stands on, and what is not as in the file."""
    place, differences = told["municipality"], []
    found = transaction.query(
        "statements_named",
        municipality_code=place,
        fiscal_year=int(told["fiscal_year"]),
        stage=told["stage"],
        **{name: told["statement"][name] for name in ("as_of", "decision_number")},
    ).to_pylist()
    if not found:
        raise NotFound(
            text(
                "The budget of this scenario is not stored: “{municipality}”, {year}, {stage}.",
                municipality=place,
                year=str(told["fiscal_year"]),
                stage=told["stage"],
            )
        )
    footing = footing_of(store, transaction, place, found[0]["vintage_id"])
    if footing.baseline != told["baseline"]:
        kept = transaction.query("is_baseline_kept", baseline=told["baseline"])
        if kept["is_kept"][0].as_py():
            footing = replace(footing, baseline=told["baseline"])
            differences.append(text("The budget has changed since; the lines are those of then."))
        else:
            differences.append(text("The budget is another one than then; the lines are today’s."))
    then = int(told["data_version"])
    known = transaction.query(
        "is_footing_known",
        municipality_code=place,
        baseline=footing.baseline,
        data_version=then,
    )
    if known["is_known"][0].as_py():  # elsewhere the same number is another version
        footing = replace(footing, data_version=then)
    version = _version_with(transaction, place, footing.rules_version, rules)
    if version is None:
        differences.append(
            text("The rules in the file are not those of “{municipality}”.", municipality=place)
        )
        return footing, differences
    return replace(footing, rules_version=version), differences


def _version_with(
    transaction: Transaction, place: str, newest: int, rules: Sequence[Rule]
) -> int | None:
    """Return the newest version of a municipality's rules that has exactly these; None for none."""
    for version in range(newest, -1, -1):
        if rule_set(transaction, place, version).rules == tuple(rules):
            return version
    return None


def _fitting(
    store: Store, footing: Footing, moves: Sequence[Move], written_for: str
) -> tuple[Move, ...]:
    """Return the moves that can be made; on the lines for which they were written all of them."""
    if footing.baseline == written_for:
        return tuple(moves)
    rules: RuleSet = rule_set(store, footing.municipality_code)
    return carried(current_baseline(store, footing), moves, rules.rules)


def _methodologies(store: Store, footing: Footing) -> list[_Written]:
    """Return the methodologies of a municipality in the version of the year, the main one first."""
    rows = store.query("methodology_choices", municipality_code=footing.municipality_code)
    codes = rows["methodology"].to_pylist() or [_MAIN]
    found = [methodology(code, on=date(footing.fiscal_year, 12, 31)) for code in codes]
    return [
        {
            "methodology": one.code,
            "version": one.version,
            "rule_fingerprint": rule_fingerprint(one),
        }
        for one in found
    ]


def _other_methodologies(store: Store, footing: Footing, written: list[_Written]) -> list[Text]:
    here = _methodologies(store, footing)
    return [
        text(
            "Marks were read under {methodology} {version} then, and are not read so here.",
            methodology=one["methodology"],
            version=one["version"],
        )
        for one in written
        if one not in here
    ]


def _statement(store: Store, vintage_id: int) -> _Written:
    rows = store.query("statement", vintage_id=vintage_id).to_pylist()
    as_of = rows[0]["as_of"] if rows else None
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "decision_number": rows[0]["decision_number"] if rows else None,
    }


# --- moves and rules as JSON ----------------------------------------------


def _written_move(move: Move) -> _Written:
    return _without_empty(
        {
            "kind": move.kind.value,
            "from": _written_subject(move.giver),
            "subject": _written_subject(move.subject),
            "amount": f"{move.amount:.2f}",
            "percent": _plain(move.percent),
            "label": move.label,
            "service": move.service,
            "sex": move.sex,
            "people": _plain(move.people),
            "reason": move.reason,
        }
    )


def _move(one: _Written) -> Move:
    return Move(
        MoveKind(one["kind"]),
        _subject(one.get("subject")),
        Decimal(one["amount"]),
        _subject(one.get("from")),
        _decimal(one.get("percent")),
        str(one.get("label", "")),
        str(one.get("service", "")),
        str(one.get("sex", "")),
        _decimal(one.get("people")),
        str(one.get("reason", "")),
    )


def _written_rule(rule: Rule) -> _Written:
    return _without_empty(
        {
            "code": rule.code,
            "kind": rule.kind.value,
            "subject": _written_subject(rule.subject),
            "amount": _plain(rule.amount),
            "percent": _plain(rule.percent),
            "reason": rule.reason,
            "source": rule.source,
            "fiscal_year": rule.fiscal_year,
        }
    )


def _rule(one: _Written) -> Rule:
    subject = _subject(one["subject"])
    if subject is None:
        raise ValueError("a rule is of nothing")
    return Rule(
        one["code"],
        RuleKind(one["kind"]),
        subject,
        _decimal(one.get("amount")),
        _decimal(one.get("percent")),
        one.get("reason", ""),
        one.get("source", ""),
        one.get("fiscal_year"),
    )


def _written_subject(subject: Subject | None) -> _Written | None:
    if subject is None:
        return None
    return {
        "direction": subject.direction.value,
        "kind": subject.kind.value,
        "code": subject.code,
    }


def _subject(one: _Written | None) -> Subject | None:
    if one is None:
        return None
    return Subject(SubjectKind(one["kind"]), str(one["code"]), Direction(one["direction"]))


def _plain(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def _without_empty(one: _Written) -> _Written:
    return {name: value for name, value in one.items() if value not in (None, "")}
