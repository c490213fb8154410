"""Tables of reports: rows with the types that their columns say."""

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from budgeting.model import Column, Table, Text

MONEY = pa.decimal128(38, 2)
_TYPES = {
    "money": MONEY,
    "share": pa.float64(),
    "number": pa.float64(),
    "index": pa.float64(),
    "count": pa.int64(),
    "date": pa.date32(),
}


def table(
    columns: tuple[Column, ...],
    rows: Iterable[Mapping[str, Any]],
    title: Text | None = None,
    sums: str = "",
) -> Table:
    """Return a table of `rows`, which have at least the keys of its columns or leave them empty."""
    fields = [(column.key, _TYPES.get(column.kind, pa.string())) for column in columns]
    fields += [(sums, pa.int64())] if sums else []
    return Table(
        columns, pa.Table.from_pylist(list(rows), schema=pa.schema(fields)), title, sums=sums
    )
