"""Relations: the batches of a file as tables that SQL reads, all batches at once.

A file of five hundred municipalities is as few commands as a file of one.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.imports.meaning.members import Member
from budgeting.imports.stored.line_numbers import Numbers
from budgeting.imports.stored.sums import summed

_MONEY = pa.decimal128(18, 2)
_LINE_COLUMNS = (
    "row_number",
    "line_code",
    "label",
    "organisation",
    "programme",
    "function",
    "economic_class",
    "fund",
)
_STATEMENTS = pa.schema(
    [
        ("statement_id", pa.int32()),
        ("source_file_id", pa.int32()),
        ("stage", pa.string()),
        ("as_of", pa.date32()),
        ("decision_number", pa.string()),
    ]
)
_AMOUNTS = pa.schema([("statement_id", pa.int32()), ("line_code", pa.string()), ("amount", _MONEY)])
_FIGURES = pa.schema(
    [
        ("vintage_id", pa.int32()),
        ("source_file_id", pa.int32()),
        ("place", pa.int64()),
        ("amount", _MONEY),
    ]
)
_CATEGORIES = pa.schema(
    [
        ("statement_id", pa.int32()),
        ("stage", pa.string()),
        ("source_file_id", pa.int32()),
        ("line_code", pa.string()),
        ("category", pa.string()),
        ("amount", _MONEY),
    ]
)
_MEMBERS = pa.schema(
    [
        ("source_file_id", pa.int32()),
        *((name, pa.string()) for name in ("dimension", "path_code", "parent_path_code", "code")),
        ("depth", pa.int32()),
        ("label", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of amounts of a part, and the statement whose amounts it holds."""

    statement_id: int
    source_file_id: int
    batch: Batch
    amount: AmountColumn


class Relations:
    """Batches as tables; the part of the first batch gets the number `first_id`."""

    def __init__(self, batches: Sequence[Batch], first_id: int = 1) -> None:
        self.numbered = [(first_id + place, batch) for place, batch in enumerate(batches)]
        self._columns = list(_columns(self.numbered))

    @property
    def source_file_ids(self) -> tuple[int, ...]:
        """Numbers of the parts, in the order of the batches."""
        return tuple(number for number, _ in self.numbered)

    def parts(self, headers: dict[str, tuple[str, ...]] | None = None) -> pa.Table:
        """Return one row per part; `headers` are those of the sheets, where they are wanted."""
        rows = [_part(number, batch, headers or {}) for number, batch in self.numbered]
        return pa.Table.from_pylist(rows, schema=_PARTS)

    def lines(self) -> pa.Table:
        """Return one row per row of the batches: source_file_id, codes and label."""
        tables = []
        for number, batch in self.numbered:
            owner = pa.repeat(pa.scalar(number, pa.int32()), batch.lines.num_rows)
            tables.append(batch.lines.select(_LINE_COLUMNS).append_column("source_file_id", owner))
        return pa.concat_tables(tables)

    def statements(self) -> pa.Table:
        """Return one row per part and statement that has a figure."""
        rows = {
            column.statement_id: {
                "statement_id": column.statement_id,
                "source_file_id": column.source_file_id,
                "stage": column.amount.stage.value,
                "as_of": column.amount.as_of,
                "decision_number": column.amount.decision_number,
            }
            for column in self._columns
        }
        return pa.Table.from_pylist(list(rows.values()), schema=_STATEMENTS)

    def amounts(self) -> pa.Table:
        """Return one row per row of the batches and statement that has a figure."""
        return pa.concat_tables([_AMOUNTS.empty_table(), *map(_amounts, self._columns)])

    def sources(self, places: Dictionary[int, Numbers]) -> pa.Table:
        """Return one row per line-year and source row; `places` are those of the rows, by part."""
        tables = [_sources(number, batch, places[number]) for number, batch in self.numbered]
        return pa.concat_tables(tables).sort_by("place")

    def figures(self, vintages: pa.Table, places: Dictionary[int, Numbers]) -> pa.Table:
        """Return one row per statement and line-year that has a figure: the sum of its figures.

        Parameters
        ----------
        vintages
            One row per statement: statement_id, source_file_id, vintage_id. The figures come in its
            order.
        places
            Part -> the place of the line-year of each of its rows.
        """
        owned: dict[int, list[_Column]] = {}
        for column in self._columns:
            owned.setdefault(column.statement_id, []).append(column)
        tables = [
            _figures(row, owned[row["statement_id"]], places[row["source_file_id"]])
            for row in vintages.to_pylist()
        ]
        return pa.concat_tables([_FIGURES.empty_table(), *tables])

    def categories(self) -> pa.Table:
        """Return the amounts of the lines for which the file gives a category, with it."""
        marked = [
            column for column in self._columns if "category" in column.batch.lines.schema.names
        ]
        return pa.concat_tables([_CATEGORIES.empty_table(), *map(_categories, marked)])

    def members(self) -> pa.Table:
        """Return one row per part and member."""
        rows = [
            _member(number, member)
            for number, batch in self.numbered
            for member in dict.fromkeys(batch.members)
        ]
        return pa.Table.from_pylist(rows, schema=_MEMBERS)


_PARTS = pa.schema(
    [
        ("source_file_id", pa.int32()),
        ("municipality_code", pa.string()),
        ("fiscal_year", pa.int32()),
        ("direction", pa.string()),
        ("currency_code", pa.string()),
        ("sheet_name", pa.string()),
        ("header", pa.list_(pa.string())),
        ("accepted_count", pa.int32()),
    ]
)


def _part(number: int, batch: Batch, headers: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        "source_file_id": number,
        "municipality_code": batch.municipality.code,
        "fiscal_year": batch.fiscal_year,
        "direction": batch.direction.value,
        "currency_code": batch.municipality.currency_code,
        "sheet_name": batch.sheet,
        "header": headers.get(batch.sheet, ()),
        "accepted_count": _row_count(batch.lines["row_number"]),
    }


def _row_count(row_numbers: pa.ChunkedArray) -> int:
    """Return how many different rows there are: most batches have each but once, in order."""
    numbers = row_numbers.to_numpy()
    steps = np.diff(numbers)
    if (steps >= 0).all():
        return int(np.count_nonzero(steps)) + min(len(numbers), 1)
    return int(pc.count_distinct(row_numbers).as_py())


def _member(number: int, member: Member) -> dict[str, Any]:
    return {
        "source_file_id": number,
        "dimension": member.dimension,
        "path_code": member.path_code,
        "parent_path_code": member.parent_path_code,
        "code": member.code,
        "depth": member.depth,
        "label": member.label,
    }


def _columns(numbered: Iterable[tuple[int, Batch]]) -> Iterable[_Column]:
    """Yield the columns with figures; two columns of one statement share its number."""
    known: dict[tuple[Any, ...], int] = {}
    for number, batch in numbered:
        for amount in batch.amounts:
            values = batch.lines[amount.column]
            if values.null_count == len(values):
                continue
            key = (number, amount.stage, amount.as_of, amount.decision_number)
            yield _Column(known.setdefault(key, len(known) + 1), number, batch, amount)


def _amounts(column: _Column) -> pa.Table:
    lines, values = column.batch.lines, column.batch.lines[column.amount.column]
    codes = lines["line_code"]
    if values.null_count:
        has_figure = pc.is_valid(values)
        codes, values = codes.filter(has_figure), values.filter(has_figure)
    owner = pa.repeat(pa.scalar(column.statement_id, pa.int32()), len(values))
    return pa.table([owner, codes, values.cast(_MONEY)], schema=_AMOUNTS)


def _sources(number: int, batch: Batch, places: Numbers) -> pa.Table:
    rows = pa.table({"place": places, "row_number": batch.lines["row_number"]})
    if not (np.diff(rows["row_number"].to_numpy()) > 0).all():
        rows = rows.group_by(["place", "row_number"], use_threads=False).aggregate([])
    owner = pa.repeat(pa.scalar(number, pa.int32()), rows.num_rows)
    return rows.append_column("source_file_id", owner)


def _figures(row: Dictionary[str, int], columns: list[_Column], places: Numbers) -> pa.Table:
    cells = [column.batch.lines[column.amount.column] for column in columns]
    values = pa.chunked_array([chunk for one in cells for chunk in one.chunks])
    sums = summed(np.tile(places, len(columns)), values)
    owned = {
        name: pa.repeat(pa.scalar(row[name], pa.int32()), sums.num_rows)
        for name in ("vintage_id", "source_file_id")
    }
    return pa.table({**owned, "place": sums["place"], "amount": sums["amount"]}, _FIGURES)


def _categories(column: _Column) -> pa.Table:
    lines = column.batch.lines
    has_figure = pc.is_valid(lines[column.amount.column])
    kept = lines.select(["line_code", "category", column.amount.column]).filter(has_figure)
    constants = (
        pa.scalar(column.statement_id, pa.int32()),
        pa.scalar(column.amount.stage.value),
        pa.scalar(column.source_file_id, pa.int32()),
    )
    return pa.table(
        [
            *(pa.repeat(value, kept.num_rows) for value in constants),
            kept["line_code"],
            pc.fill_null(kept["category"], ""),
            kept[column.amount.column].cast(_MONEY),
        ],
        schema=_CATEGORIES,
    )
