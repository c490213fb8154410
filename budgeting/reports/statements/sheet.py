"""Sheet: pieces of money as rows with sums, closed by what is not in the statement.

A layout says which columns there are and what belongs together; how rows are added up and how the
statement closes to the cent is the same for all.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import pyarrow as pa

from budgeting.amounts import CENT, ratio
from budgeting.model import Column, Table, Text, text
from budgeting.reports.gender.money import OTHER_VERSION
from budgeting.reports.gender.words import NOT_SCREENED_NAME, OTHER_VERSION_NAME
from budgeting.reports.statements.asked import Asked, Piece
from budgeting.tagging import ZERO

Amounts = dict[str, Decimal | None]
ALL_NAME = text("all of the budget")


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of money.

    Parameters
    ----------
    of
        What a piece gives to it; None where it gives nothing.
    whole
        All of the budget, where the column shows parts of it: the statement then closes with what
        is not screened. None elsewhere.
    is_there
        False where the budget has no such statement of amounts: nothing is known, no sum either.
    part_of
        Key of the figure that this one is a part of, where the parts must add up to it: each is cut
        where the sum so far is rounded.
    """

    key: str
    label: Text
    of: Callable[[Piece], Decimal | None]
    whole: Decimal | None = None
    is_there: bool = True
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    """A column of money that follows from the others of its row; sums add it up."""

    key: str
    label: Text
    of: Callable[[Amounts], Decimal | None]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words about a row, read from the mark with most money in it."""

    column: Column
    of: Callable[[Piece], str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the statement: its name, and which pieces stand in it."""

    label: str
    has: Callable[[Piece], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a layout arranges pieces.

    Parameters
    ----------
    main
        The figure by which rows are ordered, and of whose whole shares are shown.
    leaf
        Pieces with the same answer are one row.
    words
        Columns before the money; sums are named in the first of them.
    group
        Column of the members that have a sum of their own, and the member of a piece.
    remarks
        Columns behind the money.
    """

    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]
    main: str
    leaf: Callable[[Piece], Hashable]
    words: tuple[Words, ...]
    part_column: Column | None = None
    group: tuple[Column, Callable[[Piece], int]] | None = None
    derived: tuple[Derived, ...] = ()
    has_share: bool = True
    remarks: tuple[Words, ...] = ()

    def amounts(self, pieces: Iterable[Piece]) -> Amounts:
        """Return what pieces come to in every column of money, each rounded to the cent once."""
        given = list(pieces)
        found: Amounts = {}
        begun: dict[str, Decimal] = {}
        for figure in self.figures:
            exact = _sum(map(figure.of, given))
            before = begun.get(figure.part_of, ZERO) if figure.part_of else ZERO
            found[figure.key] = None if exact is None else _cents(before + exact) - _cents(before)
            begun[figure.part_of] = before + (exact or ZERO)
        for one in self.derived:
            found[one.key] = one.of(found)
        return found

    @property
    def named_in(self) -> tuple[str, ...]:
        """Keys of the columns that say what a row is: part, group, and its own name."""
        columns = (self.part_column, self.group and self.group[0], self.words[0].column)
        return tuple(column.key for column in columns if column)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the columns of money."""
        return (*(one.key for one in self.figures), *(one.key for one in self.derived))


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT)


class _Rows:
    """The rows of a sheet while they are written."""

    def __init__(self, asked: Asked, sheet: Sheet) -> None:
        self.asked, self.sheet = asked, sheet
        self.rows: list[dict[str, Any]] = []

    def leaf(self, named: Mapping[str, str], pieces: Sequence[Piece]) -> None:
        """Write one row of the statement."""
        mark = max(pieces, key=lambda one: (self._is_main(one), abs(one.amount)))
        words = {one.column.key: one.of(mark) for one in (*self.sheet.words, *self.sheet.remarks)}
        self.rows.append({**named, **words, **self.sheet.amounts(pieces), "adds": 0})

    def total(self, since: int, label: Text, named: Mapping[str, str]) -> None:
        """Write the sum of the rows since one."""
        added = [row for row in self.rows[since:] if not row["adds"]]
        amounts: Amounts = {
            one.key: sum((row[one.key] or ZERO for row in added), ZERO) if one.is_there else None
            for one in self.sheet.figures
        }
        for one in self.sheet.derived:
            parts = [row[one.key] for row in added]
            amounts[one.key] = None if None in parts else sum(parts, ZERO)
        self._named(label, {**named, **amounts, "adds": len(self.rows) - since})

    def closing(self, label: Text | str, pieces: Iterable[Piece]) -> None:
        """Write what is marked but does not stand in the statement."""
        amounts = self.sheet.amounts(pieces)
        parts = {one.key: amounts[one.key] for one in self.sheet.figures if one.whole is not None}
        self._named(label, {**parts, "adds": 0})

    def close(self) -> None:
        """Write what is not screened, and all of the budget."""
        wholes = {one.key: one.whole for one in self.sheet.figures if one.whole is not None}
        leaves = [row for row in self.rows if not row["adds"]]
        rest = {
            key: whole - sum((row.get(key) or ZERO for row in leaves), ZERO)
            for key, whole in wholes.items()
        }
        self._named(NOT_SCREENED_NAME, {**rest, "adds": 0})
        self._named(ALL_NAME, {**wholes, "adds": len(self.rows)})

    def _named(self, label: Text | str, cells: Mapping[str, Any]) -> None:
        first = self.sheet.named_in[-1]
        self.rows.append({**cells, first: self.asked.language.say(label)})

    def _is_main(self, piece: Piece) -> bool:
        main = next(one for one in self.sheet.figures if one.key == self.sheet.main)
        return main.of(piece) is not None


def arranged(asked: Asked, sheet: Sheet) -> Table:
    """Return the statement as a table: rows, sums, what is not in it, not screened, and all.

    Amounts are in the unit asked for, exactly; ``sums`` says which rows add up others.
    """
    rows = _Rows(asked, sheet)
    placed: set[int] = set()
    for part in sheet.parts:
        pieces = [one for one in asked.pieces if id(one) not in placed and part.has(one)]
        placed |= {id(one) for one in pieces}
        _write_part(rows, part, pieces)
    rows.total(0, text("Total of the statement"), {})
    _close(rows, [one for one in asked.pieces if id(one) not in placed])
    return _table(asked, sheet, rows.rows)


def _write_part(rows: _Rows, part: Part, pieces: Sequence[Piece]) -> None:
    sheet, since = rows.sheet, len(rows.rows)
    named = {sheet.part_column.key: part.label} if sheet.part_column else {}
    for member_id, found in _groups(rows.asked, sheet, pieces):
        begin = len(rows.rows)
        inside = named
        if sheet.group:
            inside = {**named, sheet.group[0].key: rows.asked.member(member_id)}
        for leaf in _leaves(sheet, found):
            rows.leaf(inside, leaf)
        if sheet.group:
            rows.total(begin, text("Total"), inside)
    if len(sheet.parts) > 1:
        rows.total(since, text("Total: {part}", part=part.label), named)


def _groups(
    asked: Asked, sheet: Sheet, pieces: Sequence[Piece]
) -> Iterable[tuple[int, list[Piece]]]:
    """Yield the pieces of each member that has a sum, by its code; what is not known last."""
    if sheet.group is None:
        return [(0, list(pieces))] if pieces else []
    _, of = sheet.group
    ordered = sorted(pieces, key=lambda one: (_by_code(asked, of(one)), of(one)))
    return [(member_id, list(found)) for member_id, found in groupby(ordered, of)]


def _by_code(asked: Asked, member_id: int) -> tuple[Any, ...]:
    """Return how members are ordered: “Demand No. 9” before “Demand No. 10”."""
    member = asked.known.get(member_id)
    if member is None:
        return (1,)
    steps = re.split(r"(\d+)", member.path_code)
    return (0, [(int(step), "") if step.isdigit() else (0, step) for step in steps])


def _leaves(sheet: Sheet, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of each row, the largest row first."""
    found: dict[Hashable, list[Piece]] = {}
    for one in pieces:
        found.setdefault(sheet.leaf(one), []).append(one)
    return sorted(
        found.values(),
        key=lambda leaf: (-(sheet.amounts(leaf)[sheet.main] or ZERO), leaf[0].line_label or ""),
    )


def _close(rows: _Rows, left: Sequence[Piece]) -> None:
    other = [one for one in left if one.category == OTHER_VERSION]
    for category in sorted({one.category for one in left} - {OTHER_VERSION}):
        pieces = [one for one in left if one.category == category]
        rows.closing(rows.asked.category(pieces[0]), pieces)
    if other:
        rows.closing(OTHER_VERSION_NAME, other)
    rows.close()


def _table(asked: Asked, sheet: Sheet, rows: list[dict[str, Any]]) -> Table:
    whole = next(one.whole for one in sheet.figures if one.key == sheet.main)
    for row in rows:
        if sheet.has_share:
            row["share"] = ratio(row.get(sheet.main), whole)
        for key in sheet.keys:
            amount = row.get(key)
            row[key] = None if amount is None else asked.unit.of(amount)
    columns = _columns(asked, sheet)
    kinds = {"money": pa.decimal128(38, asked.unit.decimals), "share": pa.float64()}
    fields = [(column.key, kinds.get(column.kind, pa.string())) for column in columns]
    schema = pa.schema([*fields, ("adds", pa.int64())])
    return Table(columns, pa.Table.from_pylist(rows, schema=schema), sums="adds")


def _columns(asked: Asked, sheet: Sheet) -> tuple[Column, ...]:
    unit = asked.language.say(asked.unit.label.with_values(currency=asked.currency))
    before = [one for one in (sheet.part_column, sheet.group and sheet.group[0]) if one]
    return (
        *before,
        *(one.column for one in sheet.words),
        *(Column(one.key, one.label, "money", unit) for one in sheet.figures),
        *(Column(one.key, one.label, "money", unit) for one in sheet.derived),
        *((Column("share", text("share of the budget"), "share"),) if sheet.has_share else ()),
        *(one.column for one in sheet.remarks),
    )
