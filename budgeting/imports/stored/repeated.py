"""Repeated statements: what two sheets of a file, or two files of a bundle, both state.

Pure: batches in, findings out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import codes_of_line, stage_name

_TEN_THOUSANDTH = Decimal("0.0001")
_AMOUNT = pa.schema(
    [("line_code", pa.string()), ("amount", pa.decimal128(38, 2)), ("row", pa.int32())]
)
Key = tuple[Any, ...]
"""What makes amounts one statement: municipality, year, direction, stage, date and decision."""
Part = tuple[Batch, AmountColumn]


def stated_once(
    files: Sequence[Sequence[Batch]],
) -> tuple[list[tuple[Batch, ...]], list[Finding]]:
    """Return the batches of files without the statements that a file before them states to the cent.

    Such a statement has the same lines with the same amounts, so it can be stored once with both
    files as its sources: a note tells it. Whatever differs is left, for `stated_twice` to refuse.
    """
    kept: list[tuple[Batch, ...]] = []
    findings: list[Finding] = []
    before: dict[Key, Sequence[Part]] = {}
    for batches in files:
        own = _statements(batches)
        repeated = {key for key, parts in own.items() if _are_equal(before.get(key, ()), parts)}
        findings += [_stated_alike(before[key], own[key]) for key in own if key in repeated]
        kept.append(tuple(_without(batches, repeated)))
        before = own | before
    return kept, findings


def stated_twice(batches: Sequence[Batch]) -> list[Finding]:
    """Compare sheets or files with each other: lines stated twice, or the same money in other lines."""
    return [
        finding
        for group in _statements(batches).values()
        for (one, first), (other, second) in combinations(group, 2)
        if one is not other
        for finding in _of_two_sheets((one, first), (other, second))
    ]


def _statements(batches: Iterable[Batch]) -> dict[Key, list[Part]]:
    groups: dict[Key, list[Part]] = {}
    for batch in batches:
        for column in batch.amounts:
            groups.setdefault(_key(batch, column), []).append((batch, column))
    return groups


def _key(batch: Batch, column: AmountColumn) -> Key:
    return (
        batch.municipality.code,
        batch.fiscal_year,
        batch.direction,
        column.stage,
        column.as_of,
        column.decision_number,
    )


def _without(batches: Iterable[Batch], repeated: set[Key]) -> Iterator[Batch]:
    for batch in batches:
        amounts = tuple(one for one in batch.amounts if _key(batch, one) not in repeated)
        if amounts:
            yield replace(batch, amounts=amounts)


def _lines(parts: Iterable[Part]) -> pa.Table:
    """Return one row per line with a figure, in the order of their codes: its sum and first row."""
    tables = [_AMOUNT.empty_table()]
    for batch, column in parts:
        rows = batch.lines.select(["line_code", column.column, "row_number"])
        rows = rows.filter(pc.is_valid(rows[column.column])).rename_columns(_AMOUNT.names)
        tables.append(rows.cast(_AMOUNT))
    grouped = pa.concat_tables(tables).group_by("line_code")
    summed = grouped.aggregate([("amount", "sum"), ("row", "min")]).sort_by("line_code")
    return summed.select(["line_code", "amount_sum", "row_min"]).rename_columns(_AMOUNT.names)


def _are_equal(one: Sequence[Part], other: Sequence[Part]) -> bool:
    if not one or {b.municipality.currency_code for b, _ in (*one, *other)} != {_currency(one)}:
        return False
    first, second = (_lines(parts).select(["line_code", "amount"]) for parts in (one, other))
    return bool(first.num_rows) and bool(first.equals(second))


def _currency(parts: Sequence[Part]) -> str:
    return parts[0][0].municipality.currency_code


def _stated_alike(one: Sequence[Part], other: Sequence[Part]) -> Finding:
    lines, (batch, column) = _lines(other), other[0]
    return Finding(
        "stated-twice",
        Severity.NOTE,
        plural_text(
            "“{one}” and “{other}” state the same {count} budget line for {stage} {year}, with the same "
            "amount: {total}.",
            "“{one}” and “{other}” state the same {count} budget lines for {stage} {year}, with the same "
            "amounts: {total}.",
            lines.num_rows,
            one=one[0][0].sheet,
            other=batch.sheet,
            stage=stage_name(column.stage),
            year=str(batch.fiscal_year),
            total=pc.sum(lines["amount"]).as_py(),
        ),
        text("They are stored once, with both files as their source."),
        sheet=batch.sheet,
    )


def _of_two_sheets(one: Part, other: Part) -> Iterable[Finding]:
    if _shares_a_line(one, other):
        yield _overlap(one, other)
        return
    first, second = (
        pc.sum(batch.lines[column.column]).as_py() or Decimal("0.00")
        for batch, column in (one, other)
    )
    if first and abs(first - second) <= abs(first) * _TEN_THOUSANDTH:
        yield _same_money_in_sheets(one[0], other[0], one[1].stage, [first, second])


def _shares_a_line(one: Part, other: Part) -> bool:
    codes = [
        pc.unique(batch.lines["line_code"].filter(pc.is_valid(batch.lines[column.column])))
        for batch, column in (one, other)
    ]
    return bool(pc.any(pc.is_in(*codes)).as_py())


def _overlap(one: Part, other: Part) -> Finding:
    (batch, column), (other_batch, _) = one, other
    lines = [_lines([part]) for part in (one, other)]
    shared = lines[0].join(lines[1], "line_code", join_type="inner", right_suffix="_of_other")
    first = _first_unequal(shared)
    return Finding(
        "stated-twice",
        Severity.ERROR,
        plural_text(
            "{count} budget line stands in both “{one}” and “{other}” for {stage} {year}: {line} has "
            "{first} in row {first_row} of the one and {second} in row {second_row} of the other.",
            "{count} budget lines stand in both “{one}” and “{other}” for {stage} {year}; the first, "
            "{line}, has {first} in row {first_row} of the one and {second} in row {second_row} of the "
            "other.",
            shared.num_rows,
            one=batch.sheet,
            other=other_batch.sheet,
            stage=stage_name(column.stage),
            year=str(batch.fiscal_year),
            line=codes_of_line(first["line_code"]),
            first=first["amount"],
            first_row=first["row"],
            second=first["amount_of_other"],
            second_row=first["row_of_other"],
        ),
        text("Import one of the two, or correct the file or the mapping that is wrong."),
        sheet=other_batch.sheet,
    )


def _first_unequal(shared: pa.Table) -> dict[str, Any]:
    """Return the first line with two amounts; where all are equal, the first line."""
    unequal = shared.filter(pc.not_equal(shared["amount"], shared["amount_of_other"]))
    lines = unequal if unequal.num_rows else shared
    first: dict[str, Any] = lines.sort_by([("row", "ascending")]).slice(0, 1).to_pylist()[0]
    return first


def _same_money_in_sheets(one: Batch, other: Batch, stage: Stage, totals: list[Decimal]) -> Finding:
    return Finding(
        "same-money",
        Severity.QUESTION,
        text(
            "“{one}” and “{other}” share no line for {stage} {year}, but their totals agree: {first} and "
            "{second}, a difference of {difference}.",
            one=one.sheet,
            other=other.sheet,
            stage=stage_name(stage),
            year=str(one.fiscal_year),
            first=totals[0],
            second=totals[1],
            difference=totals[1] - totals[0],
        ),
        text(
            "It is probably the same money under two classifications, and would be counted twice. "
            "Import one of the two sheets, or give the reason why both stand."
        ),
        sheet=other.sheet,
    )
