"""Sheets alike: a workbook whose sheets have the same columns and are named after municipalities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from budgeting.imports.answers import Answers
from budgeting.imports.guessing.draft import QUESTIONS
from budgeting.imports.guessing.evidence import Evidence, speaks_of_contents
from budgeting.imports.guessing.guess import Guess, answered, guess
from budgeting.imports.guessing.scope import asked_of_many
from budgeting.imports.guessing.trials import tried
from budgeting.imports.source import NumberStyle, SourceTable
from budgeting.imports.words.measures import currency_in, months_in
from budgeting.imports.words.vocabulary import direction_of, fold, roles_of, stage_of
from budgeting.model import Finding, Severity, text

_FEWEST, _MOST = 3, 60
_MOST_ROWS = 50_000
_LONGEST_NAME = 4  # words
_SURE = 0.9
_AS_GOOD = 0.8  # one mapping must explain the totals nearly as well as one for each sheet
_RULES = ("structure", "row", "total")

Sheet = tuple[SourceTable, dict[str, NumberStyle]]


def guess_sheets(
    first: SourceTable, tables: Sequence[SourceTable], known: Answers | None = None
) -> Guess:
    """Return the likeliest mapping of a workbook: of all its sheets where these are municipalities.

    Parameters
    ----------
    first
        The table that is read where a mapping does not ask for every sheet.
    tables
        All of them.
    """
    if not _are_municipalities(tables):
        return guess(first, known)
    found = [guess(table, known) for table in tables]
    usable = [one for one in found if "amount" in one.entries]
    if len(usable) < len(tables):
        return guess(first, known)
    widest = max(usable, key=lambda one: (len(_columns(one)), -len(one.asks)))
    base = {key: value for key, value in widest.entries.items() if key not in _RULES}
    sheets = [(table, _styles(table)) for table in tables]
    rules = max(_ways(usable), key=lambda way: sum(_merits(base | way, sheets)))
    alone = sum(
        sum(_merits(one.entries, [sheet])) for one, sheet in zip(found, sheets, strict=True)
    )
    if sum(_merits(base | rules, sheets)) < _AS_GOOD * alone:
        return guess(first, known)
    return _by_sheet(widest, base | rules, usable, known or Answers())


def _are_municipalities(tables: Sequence[SourceTable]) -> bool:
    """Tell whether sheets have the same columns, and names that are no years, parts or departments."""
    if not _FEWEST <= len(tables) <= _MOST or sum(t.rows.num_rows for t in tables) > _MOST_ROWS:
        return False
    headers = {tuple(fold(name) for name in table.header) for table in tables}
    return len(headers) == 1 and all(_is_a_place(table.sheet) for table in tables)


def _is_a_place(name: str) -> bool:
    words = name.split()
    is_named = bool(words) and len(words) <= _LONGEST_NAME and words[0][0].isupper()
    has_number = any(letter.isdigit() for letter in name)
    says_else = direction_of(name) or stage_of(name)[0] or months_in(name) or currency_in(name)
    return is_named and not has_number and not says_else and not _is_common(name)


def _is_common(name: str) -> bool:
    """Tell whether a name is a word of budgets, such as "Culture" or "Departments"."""
    roles = {role for role, score in roles_of(name) if score >= _SURE}
    return bool(roles - {"municipality_name", "municipality_code"}) or speaks_of_contents(name)


def _columns(found: Guess) -> list[str]:
    return [name for name, role in found.taken.items() if role in ("amount", "sum")]


def _ways(found: Sequence[Guess]) -> list[dict[str, Any]]:
    """Return the different ways in which sheets tell lines from totals, and all of them together."""
    ways = [{key: one.entries[key] for key in _RULES if key in one.entries} for one in found]
    rows = [rule for way in ways for rule in way.get("row", [])]
    structures = Counter(repr(way["structure"]) for way in ways if "structure" in way)
    usual = structures.most_common(1)[0][0] if structures else None
    together = next((way for way in ways if repr(way.get("structure")) == usual), ways[0])
    distinct = {repr(rule): rule for rule in rows}
    ways.append({**together, "row": list(distinct.values())} if rows else together)
    return list({repr(way): way for way in ways}.values())


def _merits(entries: dict[str, Any], sheets: Sequence[Sheet]) -> list[float]:
    """Return how well entries explain the printed totals of each sheet."""
    label = entries.get("line", {}).get("label")
    trials = [tried(table, entries, label, styles) for table, styles in sheets]
    return [trial.merit[0] if trial else float("-inf") for trial in trials]


def _styles(table: SourceTable) -> dict[str, NumberStyle]:
    unclear = [c for c in Evidence.of(table).columns if c.is_figures and c.figures.is_ambiguous]
    return {column.name: column.figures.style for column in unclear}


def _by_sheet(
    found: Guess, entries: dict[str, Any], all_found: Sequence[Guess], known: Answers
) -> Guess:
    open_ones = {
        block["dimension"]
        for one in all_found
        for block in one.entries.get("classification", [])
        if block.get("may_be_empty")
    }
    blocks = [
        {**block, "may_be_empty": True} if block["dimension"] in open_ones else block
        for block in entries.get("classification", [])
    ]
    currencies = {code for name in found.taken if (code := currency_in(name))}
    place: dict[str, Any] = {"from_sheet": True}
    if len(currencies) == 1:
        place["currency_code"] = currencies.pop()
    note = Finding(
        "guess",
        Severity.NOTE,
        text("The sheets have the same columns, and each is taken for a municipality of its name."),
        text("Check that the sheets are municipalities."),
    )
    rest = {**entries, "classification": blocks} if blocks else entries
    title = rest.pop("title")
    asked = {*found.asks, *asked_of_many(place)} - {"municipality", *answered(known)}
    return replace(
        found,
        entries={"title": title, "municipality": place, **rest},
        notes=(note, *found.notes),
        asks=tuple(question for question in QUESTIONS if question in asked),
    )
