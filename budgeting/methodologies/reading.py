"""From the text of a file to a methodology, or to all its faults."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from budgeting.methodologies.contradictions import note_contradictions
from budgeting.methodologies.entries import Entries, MethodologyFault
from budgeting.methodologies.model import (
    Category,
    Choice,
    Convention,
    Criterion,
    Element,
    ExpenseClass,
    Field,
    Measures,
    Methodology,
    RuleKind,
    Score,
    Stance,
    Subject,
    TableEntry,
    Target,
    Threshold,
)
from budgeting.model import Text, text

CODE, VERSION = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"[A-Za-z0-9.-]+")
ZERO, ONE = Decimal(0), Decimal(1)


def read_entries(file_name: str, written: str) -> dict[str, Any] | MethodologyFault:
    """Return the entries of a TOML text with exact numbers, or why it is no TOML."""
    try:
        return tomllib.loads(written, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError, RecursionError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        reason = (
            text(
                "This is not valid TOML in line {line}, column {column}.",
                line=int(place[1]),
                column=int(place[2]),
            )
            if place
            else text("This is not valid TOML; the end of the file comes too early.")
        )
        return MethodologyFault(file_name, "", reason)


def read_methodology(
    file_name: str, entries: dict[str, Any]
) -> Methodology | list[MethodologyFault]:
    """Return the methodology that the entries state, or every fault of them."""
    faults: list[tuple[str, Text]] = []
    top = Entries(entries, faults)
    methodology = _methodology(file_name, top)
    top.refuse_others()
    if not faults:
        note_contradictions(methodology, top)
    if faults:
        return [MethodologyFault(file_name, key, reason) for key, reason in faults]
    return methodology


def _methodology(file_name: str, top: Entries) -> Methodology:
    code, version = top.written("code"), top.written("version")
    _note_name(top, file_name, code, version)
    return Methodology(
        code=code,
        version=version,
        labels=top.labels("label", is_needed=True),
        help=top.labels("help"),
        notes=top.labels("note"),
        source=top.written("source"),
        measures=top.one_of("measures", Measures),
        subjects=top.some_of("subjects", Subject),
        rule=top.one_of("rule", RuleKind),
        valid_from=top.day("valid_from"),
        valid_to=top.day("valid_to"),
        is_verified=top.flag("verified", default=True),
        is_judgement_allowed=top.flag("judgement_allowed"),
        score=_score(top) if top.has("score") else None,
        elements=tuple(_element(one) for one in top.tables("element")),
        criteria=tuple(_criterion(one) for one in top.tables("criterion")),
        table=tuple(_table_entry(one) for one in top.tables("entry")),
        categories=tuple(_category(one) for one in top.tables("category")),
        conventions=_conventions(top),
        targets=tuple(_target(one) for one in top.tables("target")),
        fields=tuple(_field(one) for one in top.tables("field")),
        expenses=tuple(_expense(one) for one in top.tables("expense")),
        file_name=file_name,
    )


def _note_name(top: Entries, file_name: str, code: str, version: str) -> None:
    for key, value, pattern in (("code", code, CODE), ("version", version, VERSION)):
        if value and not pattern.fullmatch(value):
            top.fault(key, text("“{value}” has characters that cannot stand here.", value=value))
    expected = f"{code}_{version}.toml"
    if code and version and file_name != expected:
        top.fault(
            "code", text("With this code and version the file is called {name}.", name=expected)
        )


def _score(top: Entries) -> Score:
    entries = top.table("score")
    score = Score(
        labels=entries.labels("label", is_needed=True),
        maximum=entries.number("maximum"),
        unit=entries.written("unit"),
    )
    if score.unit not in ("percent", "points"):
        entries.fault("unit", text("This is “percent” or “points”."))
    entries.refuse_others()
    return score


def _element(entries: Entries) -> Element:
    element = Element(
        entries.written("id"), entries.labels("label", is_needed=True), entries.number("maximum")
    )
    entries.refuse_others()
    return element


def _criterion(entries: Entries) -> Criterion:
    values = () if entries.has("maximum") else entries.numbers("values", (ZERO, ONE))
    maximum = max(values, default=ONE) if values else entries.number("maximum")
    criterion = Criterion(
        id=entries.written("id"),
        labels=entries.labels("label", is_needed=True),
        help=entries.labels("help"),
        values=values,
        maximum=maximum,
        met_from=entries.number("met_from", maximum),
        met_to=entries.number("met_to") if entries.has("met_to") else None,
        element=entries.written("element", ""),
        is_verified=entries.flag("verified", default=True),
    )
    if values and list(values) != sorted(set(values)):
        entries.fault("values", text("The values rise from the smallest to the largest."))
    entries.refuse_others()
    return criterion


def _table_entry(entries: Entries) -> TableEntry:
    entry = TableEntry(
        keys=entries.names("keys"),
        category=entries.written("category"),
        labels=entries.labels("label"),
        is_verified=entries.flag("verified", default=True),
    )
    if not entry.keys:
        entries.fault("keys", text("This entry is missing."))
    entries.refuse_others()
    return entry


def _field(entries: Entries) -> Field:
    field = Field(
        id=entries.written("id"),
        labels=entries.labels("label", is_needed=True),
        help=entries.labels("help"),
        required_for=entries.names("required_for"),
        choices=tuple(_choice(one) for one in entries.tables("choice")),
        is_verified=entries.flag("verified", default=True),
    )
    entries.refuse_others()
    return field


def _choice(entries: Entries) -> Choice:
    choice = Choice(entries.written("code"), entries.labels("label", is_needed=True))
    entries.refuse_others()
    return choice


def _expense(entries: Entries) -> ExpenseClass:
    expense = ExpenseClass(
        id=entries.written("id"),
        labels=entries.labels("label", is_needed=True),
        codes=entries.name_lists("codes"),
        is_verified=entries.flag("verified", default=True),
    )
    entries.refuse_others()
    return expense


def _category(entries: Entries) -> Category:
    category = Category(
        code=entries.written("code"),
        labels=entries.labels("label", is_needed=True),
        help=entries.labels("help"),
        stance=entries.one_of("stance", Stance) if entries.has("stance") else None,
        requires=entries.names("requires"),
        asks=entries.names("asks"),
        threshold=_threshold(entries),
        is_reason_required=entries.flag("reason_required"),
        is_queue=entries.flag("queue"),
        is_verified=entries.flag("verified", default=True),
    )
    entries.refuse_others()
    return category


def _threshold(entries: Entries) -> Threshold | None:
    if entries.has("from") and entries.has("above"):
        entries.fault("above", text("A category begins either from a number or above one."))
    if entries.has("above"):
        return Threshold(entries.number("above"), is_included=False)
    return Threshold(entries.number("from")) if entries.has("from") else None


def _conventions(top: Entries) -> dict[str, Convention]:
    conventions = []
    for entries in top.tables("convention"):
        conventions.append(
            Convention(
                name=entries.written("name"),
                labels=entries.labels("label", is_needed=True),
                help=entries.labels("help"),
                coefficients=entries.coefficients("coefficients"),
                is_of_score=entries.flag("of_score"),
                is_verified=entries.flag("verified", default=True),
            )
        )
        entries.refuse_others()
    _note_repeated(top, "convention", (one.name for one in conventions))
    return {convention.name: convention for convention in conventions}


def _note_repeated(top: Entries, key: str, names: Iterable[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            top.fault(key, text("“{name}” is there twice.", name=name))


def _target(entries: Entries) -> Target:
    target = Target(
        name=entries.written("name"),
        labels=entries.labels("label", is_needed=True),
        share=entries.number("share"),
        convention=entries.written("convention"),
        is_verified=entries.flag("verified", default=True),
    )
    if target.share > 1:
        entries.fault("share", text("A share is between 0 and 1."))
    entries.refuse_others()
    return target
