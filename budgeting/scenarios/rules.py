"""A municipality's rules for moving money: a version at a time, replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound, ScenarioChanged, ScenarioInvalid
from budgeting.model import Direction, Text, text
from budgeting.simulation.model import Subject, SubjectKind
from budgeting.simulation.rules import OF_BALANCE, Rule, RuleKind
from budgeting.store import Store, Transaction

_RULES = pa.schema(
    [
        ("place", pa.int32()),
        ("rule_code", pa.string()),
        ("kind", pa.string()),
        ("direction", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_code", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("percent", pa.decimal128(18, 6)),
        ("reason", pa.string()),
        ("source", pa.string()),
        ("fiscal_year", pa.int32()),
    ]
)
_SUBJECTS = pa.schema(
    [("direction", pa.string()), ("subject", pa.string()), ("subject_code", pa.string())]
)
_OF_AMOUNT = (RuleKind.WITHIN, RuleKind.FLOOR, RuleKind.CEILING, RuleKind.BUDGET_CEILING)
_OF_PERCENT = (
    RuleKind.LIMIT,
    RuleKind.LIMIT_EACH,
    RuleKind.GIVES,
    RuleKind.GIVES_EACH,
    RuleKind.CEILING_SHARE,
)
_OF_ALL_OF_A_KIND = (*OF_BALANCE, RuleKind.LIMIT_EACH, RuleKind.GIVES_EACH, RuleKind.EARMARKED)
_CENTS, _MILLIONTHS = Decimal("0.01"), Decimal("0.000001")
_MOST = Decimal(10) ** 12


HOUSE_RULES = (Rule("balance", RuleKind.BALANCED, Subject(SubjectKind.ALL)),)
"""What holds until a municipality has set rules of its own; one that wants none sets none."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of a municipality in a version; version 0 is that none were ever set."""

    version: int
    rules: tuple[Rule, ...] = HOUSE_RULES
    note: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None


def rule_set(
    reading: Store | Transaction, municipality_code: str, version: int | None = None
) -> RuleSet:
    """Return the rules of a municipality in a version, None for the newest.

    Raises
    ------
    NotFound
        There is no such version.
    """
    if version == 0:
        return RuleSet(0)
    place = {"municipality_code": municipality_code}
    heads = reading.query("rule_set", **place, version=version).to_pylist()
    if not heads and version is not None:
        raise NotFound(
            text(
                "“{municipality}” has no version {number} of its rules.",
                municipality=municipality_code,
                number=str(version),
            )
        )
    if not heads:
        return RuleSet(0)
    head = heads[0]
    rows = reading.query("budget_rules", **place, version=head["version"]).to_pylist()
    rules = tuple(_rule(row) for row in rows)
    return RuleSet(head["version"], rules, head["note"], head["recorded_by"], head["recorded_at"])


def rules_of(store: Store, municipality_code: str, version: int) -> tuple[Rule, ...]:
    """Return the rules of a version, read once until something else than a scenario changes."""
    return _kept(store, store.budget_state, municipality_code, version)


@lru_cache(maxsize=32)
def _kept(store: Store, _state: str, municipality_code: str, version: int) -> tuple[Rule, ...]:
    return rule_set(store, municipality_code, version).rules


def save_rules(
    store: Store,
    identity: Identity,
    municipality_code: str,
    rules: Sequence[Rule],
    note: str = "",
    *,
    seen: int,
) -> RuleSet:
    """Replace the rules of a municipality by `rules` and return them as stored.

    Scenarios keep the version that they were begun with, until they are rebased.

    Parameters
    ----------
    seen
        Version that the reader saw; 0 for none.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    ScenarioInvalid
        A rule contradicts itself, lacks its figure, or its code is taken.
    NotFound
        A rule is about something that no stored budget has: it would protect nothing.
    ScenarioChanged
        Somebody was faster; nothing is written.
    """
    require(identity, Action.SET_RULES)
    refuse_contradictions(rules)
    told = Change("set-rules", f"{len(rules)} rules", municipality_code, note.strip())
    with store.transaction(identity, told) as transaction:
        before = rule_set(transaction, municipality_code)
        if before.version != seen:
            raise _changed(before)
        refuse_unknown(transaction, municipality_code, [rule.subject for rule in rules])
        key = {"municipality_code": municipality_code, "version": before.version + 1}
        by_whom = {"recorded_by": identity.name, "recorded_at": datetime.now(UTC)}
        table = rule_table(rules)
        transaction.run("add_rule_set", **key, note=note.strip(), **by_whom)
        transaction.run("add_budget_rules", **key, batch_rules=table)
        transaction.details = {
            "version": before.version + 1,
            "before": [rule.code for rule in before.rules],
            "rules": table.to_pylist(),
        }
        return rule_set(transaction, municipality_code)


def refuse_contradictions(rules: Sequence[Rule]) -> None:
    """Raise `ScenarioInvalid` where rules cannot be so, each by itself or beside the others."""
    codes = [rule.code for rule in rules]
    for rule in rules:
        why = _why_impossible(rule)
        if why is not None:
            raise ScenarioInvalid(why)
        if codes.count(rule.code) > 1:
            raise ScenarioInvalid(
                text("Two rules have the code “{code}”. Give each its own.", code=rule.code)
            )
    if sum(rule.kind in OF_BALANCE for rule in rules) > 1:
        raise ScenarioInvalid(text("There is more than one rule on the balance. Keep one of them."))


def rule_table(rules: Sequence[Rule]) -> pa.Table:
    """Return rules as a table, in their order, with the columns of ``core.budget_rules``."""
    return pa.Table.from_pylist(
        [
            {
                "place": place,
                "rule_code": rule.code,
                "kind": rule.kind.value,
                "direction": rule.subject.direction.value,
                "subject_kind": rule.subject.kind.value,
                "subject_code": rule.subject.code,
                "amount": None if rule.amount is None else rule.amount.quantize(_CENTS),
                "percent": None if rule.percent is None else rule.percent.quantize(_MILLIONTHS),
                "reason": rule.reason,
                "source": rule.source,
                "fiscal_year": rule.fiscal_year,
            }
            for place, rule in enumerate(rules)
        ],
        schema=_RULES,
    )


def refuse_unknown(
    transaction: Transaction, municipality_code: str, subjects: Sequence[Subject]
) -> None:
    """Raise `NotFound` where no stored budget of a municipality has a subject that is named."""
    rows = [
        {"direction": one.direction.value, "subject": one.kind.value, "subject_code": one.code}
        for one in subjects
        if one.code
    ]
    unknown = transaction.query(
        "unknown_subjects",
        municipality_code=municipality_code,
        batch_subjects=pa.Table.from_pylist(rows, schema=_SUBJECTS),
    ).to_pylist()
    if unknown:
        raise NotFound(
            text(
                "No stored budget of “{municipality}” has “{code}”. Choose something that it has.",
                municipality=municipality_code,
                code=unknown[0]["subject_code"],
            )
        )


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        row["rule_code"],
        RuleKind(row["kind"]),
        Subject(SubjectKind(row["subject_kind"]), row["subject_code"], Direction(row["direction"])),
        row["amount"],
        row["percent"],
        row["reason"],
        row["source"],
        row["fiscal_year"],
    )


def _why_impossible(rule: Rule) -> Text | None:
    """Return why a rule cannot be kept as it is; None where it can."""
    if not rule.code.strip():
        return text("A rule has no code. Give it a short one.")
    if (rule.amount is not None) is not (rule.kind in _OF_AMOUNT):
        return _wrong_figure(rule, text("an amount"), needs=rule.kind in _OF_AMOUNT)
    if (rule.percent is not None) is not (rule.kind in _OF_PERCENT):
        return _wrong_figure(rule, text("a percentage"), needs=rule.kind in _OF_PERCENT)
    if (rule.fiscal_year is not None) is not (rule.kind is RuleKind.BUDGET_CEILING):
        return _wrong_figure(rule, text("a year"), needs=rule.fiscal_year is None)
    if not _is_bounded(rule.amount) or not _is_bounded(rule.percent):
        return text(
            "The rule “{code}” has a figure below zero, or a far too large one.", code=rule.code
        )
    if rule.kind is RuleKind.PROTECTED and not rule.reason.strip():
        return text(
            "The rule “{code}” protects lines without a reason. Write down the law or decision.",
            code=rule.code,
        )
    return _why_not_of(rule)


def _why_not_of(rule: Rule) -> Text | None:
    """Return why a rule cannot be of its subject; None where it can."""
    kind, code = rule.subject.kind, rule.subject.code
    if rule.kind in OF_BALANCE and kind is not SubjectKind.ALL:
        return text("The rule “{code}” is on the whole budget. Name no subject.", code=rule.code)
    if rule.kind is RuleKind.EARMARKED and kind is not SubjectKind.FUND:
        return text("The rule “{code}” is on a fund. Name one, or all funds.", code=rule.code)
    if kind is not SubjectKind.ALL and not code and rule.kind not in _OF_ALL_OF_A_KIND:
        return text("The rule “{code}” does not say of what it is. Name it.", code=rule.code)
    return None


def _wrong_figure(rule: Rule, figure: Text, *, needs: bool) -> Text:
    if needs:
        return text("The rule “{code}” needs {figure}.", code=rule.code, figure=figure)
    return text(
        "The rule “{code}” has {figure}, which means nothing there.", code=rule.code, figure=figure
    )


def _is_bounded(figure: Decimal | None) -> bool:
    return figure is None or (figure.is_finite() and 0 <= figure < _MOST)


def _changed(newest: RuleSet) -> ScenarioChanged:
    return ScenarioChanged(
        text(
            "{name} was faster: the rules were changed. Nothing of yours was written. Look at them, "
            "then repeat.",
            name=newest.recorded_by,
        )
    )
