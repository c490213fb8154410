"""Results: statements in which some rows are what is left of others, such as revenue less expenditure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from budgeting.imports.guessing.classes import Class
from budgeting.imports.guessing.draft import Draft, exactly
from budgeting.imports.guessing.evidence import Column
from budgeting.imports.sheets.sheet import Numbers, Truths
from budgeting.imports.words.vocabulary import direction_of
from budgeting.model import Direction, text

_MOST_ROWS = 80
_FEWEST_ROWS = 5
_FEWEST_CHECKS = 6
_ROUNDED = 300  # cents that rounded figures may differ by
_AGREE, _MOSTLY = 0.95, 0.75
_CODE = re.compile(r"^(\d[\w.]*)\s")


@dataclass(frozen=True)
class Relation:
    """A row as the sum of some lines less others, by their places in the statement."""

    plus: frozenset[int]
    minus: frozenset[int]
    is_difference: bool


@dataclass
class Statement:
    """The rows of one statement, for each group of the table: cents by group, row and column."""

    rows: list[str]
    cents: Numbers
    within: Column | None
    results: dict[int, Relation] = field(default_factory=dict)

    def of(self, place: int) -> Relation:
        """Return a row as a sum of lines: a line is itself."""
        return self.results.get(place) or Relation(frozenset({place}), frozenset(), False)

    def agreement(self, place: int, computed: Numbers) -> int:
        """Count in how many groups and columns a row is as computed; 0 where not nearly in all.

        Figures may be rounded, and a few may have the other sign.
        """
        printed = self.cents[:, place]
        used = (printed != 0) | (computed != 0)
        if used.sum() < min(_FEWEST_CHECKS, printed.size) or not (printed != 0).any():
            return 0
        exact = (np.abs(printed - computed) <= _ROUNDED)[used]
        but_for_sign = (np.abs(np.abs(printed) - np.abs(computed)) <= _ROUNDED)[used]
        is_meant = but_for_sign.mean() >= _AGREE and exact.mean() >= _MOSTLY
        return int(exact.sum()) - int((~exact).sum()) if is_meant else 0

    def value(self, place: int) -> Numbers:
        """Return what the lines give for a row: a sign printed wrong is not carried on."""
        relation = self.of(place)
        plus = self.cents[:, sorted(relation.plus)].sum(axis=1)
        return np.asarray(plus - self.cents[:, sorted(relation.minus)].sum(axis=1), np.int64)


def draft_results(
    draft: Draft,
    classes: Sequence[Class],
    label: Column | None,
    money: Sequence[Column],
    rows: Truths,
) -> bool:
    """Put the directions and the [[total]] rules of such a statement into the draft, if it is one."""
    statement = _statement(classes, label, money, rows)
    if statement is None or label is None:
        return False
    for place in range(1, len(statement.rows)):
        found = _relation(statement, place)
        if found:
            statement.results[place] = found
    if not _say_directions(statement):
        return False
    _write(draft, statement, label)
    return True


def _say_directions(statement: Statement) -> bool:
    """Tell whether what is taken away is called expenditure somewhere, and the rest revenue."""
    said = {1: set[Direction | None](), -1: set[Direction | None]()}
    for relation in statement.results.values():
        if relation.is_difference:
            for place, written in enumerate(statement.rows):
                own = statement.of(place)
                if own.plus <= relation.minus and not own.minus:
                    said[-1].add(direction_of(written))
                elif own.plus <= relation.plus and not own.minus:
                    said[1].add(direction_of(written))
    return (
        Direction.EXPENDITURE in said[-1]
        and Direction.REVENUE in said[1]
        and Direction.REVENUE not in said[-1]
    )


def _statement(
    classes: Sequence[Class], label: Column | None, money: Sequence[Column], rows: Truths
) -> Statement | None:
    """Return the rows of the statement, where each stands once, or once for each code of a class."""
    if label is None or not _FEWEST_ROWS <= label.distinct <= _MOST_ROWS:
        return None
    used = np.flatnonzero(rows & label.has_text)
    names = list(dict.fromkeys(label.text.places[used].tolist()))
    order = {place: number for number, place in enumerate(names)}
    numbers = np.array([order[place] for place in label.text.places[used].tolist()])
    for within in (
        None,
        *sorted((c.code for c in classes if c.text is not label), key=lambda c: c.distinct),
    ):
        groups = within.text.places[used] if within else np.zeros(len(used), np.int64)
        keys = groups * len(names) + numbers
        if len(np.unique(keys)) < len(keys):
            continue
        _, group = np.unique(groups, return_inverse=True)
        cents = np.zeros((group.max() + 1, len(names), len(money)), np.int64)
        for number, column in enumerate(money):
            cents[group, numbers, number] = column.figures.cents[used]
        return Statement([label.text.values[place] for place in names], cents, within)
    return None


def _relation(statement: Statement, place: int) -> Relation | None:
    """Return how a row follows from the rows above it: what agrees most, the plainest of equals."""
    best, most = None, 0
    for relation, computed in (*_runs(statement, place), *_of_two(statement, place)):
        agreement = statement.agreement(place, computed)
        if agreement > most:
            best, most = relation, agreement
    return best


def _runs(statement: Statement, place: int) -> Iterator[tuple[Relation, Numbers]]:
    """Yield the sums of lines directly above a row."""
    run = np.zeros_like(statement.cents[:, 0])
    members: list[int] = []
    for other in range(place - 1, -1, -1):
        if other in statement.results:
            return
        run = run + statement.cents[:, other]
        members.append(other)
        if len(members) > 1:
            yield Relation(frozenset(members), frozenset(), is_difference=False), run


def _of_two(statement: Statement, place: int) -> Iterator[tuple[Relation, Numbers]]:
    """Yield the sums and differences of two rows above a row, the nearest first."""
    for one in range(place - 1, -1, -1):
        for other in range(place - 1, one, -1):
            first, second = statement.of(one), statement.of(other)
            upper, lower = statement.value(one), statement.value(other)
            yield _joined(first, second, is_difference=False), upper + lower
            yield _joined(first, second, is_difference=True), upper - lower


def _joined(one: Relation, other: Relation, *, is_difference: bool) -> Relation:
    plus, minus = (other.minus, other.plus) if is_difference else (other.plus, other.minus)
    return Relation(one.plus | plus, one.minus | minus, is_difference)


def _write(draft: Draft, statement: Statement, label: Column) -> None:
    lines = [place for place in range(len(statement.rows)) if place not in statement.results]
    differences = [r for r in statement.results.values() if r.is_difference]
    out = frozenset().union(*(r.minus for r in differences))
    into = frozenset().union(*(r.plus for r in differences)) - out
    by_way: dict[Direction | None, list[int]] = {way: [] for way in (*Direction, None)}
    has_money = np.asarray(statement.cents.any(axis=(0, 2)), bool)
    out, into = (frozenset(np.flatnonzero(has_money).tolist()) & places for places in (out, into))
    for place in lines:
        way = (
            Direction.EXPENDITURE if place in out else Direction.REVENUE if place in into else None
        )
        by_way[way or direction_of(statement.rows[place])].append(place)
    draft.entries["line"] = {
        "direction_column": label.name,
        "expenditure": _pattern(statement, by_way[Direction.EXPENDITURE]),
        "revenue": _pattern(statement, by_way[Direction.REVENUE]),
    }
    if by_way[None]:
        skipped = {
            "kind": "skip",
            "where": {label.name: _pattern(statement, by_way[None])},
            "reason": "neither expenditure nor revenue: what is left of both",
        }
        draft.entries["row"] = [skipped]
    draft.entries["total"] = [
        _total(statement, label, place, relation) for place, relation in statement.results.items()
    ]
    draft.note(
        text(
            "Rows such as “{example}” follow from rows above them; they say which of these are revenue.",
            example=statement.rows[next(iter(statement.results))],
        ),
        label,
        text("Check the directions of the lines."),
    )


def _total(statement: Statement, label: Column, place: int, relation: Relation) -> dict[str, Any]:
    total: dict[str, Any] = {
        "column": label.name,
        "matches": _pattern(statement, [place]),
        "plus": _pattern(statement, relation.plus),
    }
    if relation.minus:
        total["minus"] = _pattern(statement, relation.minus)
    if statement.within:
        total["within"] = [statement.within.name]
    return total


def _pattern(statement: Statement, places: Sequence[int] | frozenset[int]) -> str:
    """Return a pattern for rows: by their numbers where each has its own, else by their words."""
    numbers = [_CODE.match(written) for written in statement.rows]
    codes = [found[1] for found in numbers if found]
    if len(set(codes)) < len(statement.rows):
        return exactly(statement.rows[place] for place in places)
    return rf"^(?:{'|'.join(re.escape(codes[place]) for place in sorted(places))})\s"
