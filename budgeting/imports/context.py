"""Context of a budget: residents by sex and age, and price indices, from files of their own."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import BudgetingError
from budgeting.imports.source import SourceFile
from budgeting.model import Sex, text
from budgeting.store import Store

CONTEXT_TABLES: Mapping[str, pa.Schema] = {
    "populations": pa.schema(
        [
            pa.field("municipality_code", pa.string(), nullable=False),
            pa.field("reference_date", pa.date32(), nullable=False),
            pa.field("sex", pa.string(), nullable=False),
            pa.field("age_from", pa.int32(), nullable=False),
            pa.field("age_to", pa.int32()),
            pa.field("people", pa.int32(), nullable=False),
            pa.field("source", pa.string(), nullable=False),
        ]
    ),
    "deflators": pa.schema(
        [
            pa.field("municipality_code", pa.string(), nullable=False),
            pa.field("fiscal_year", pa.int32(), nullable=False),
            pa.field("price_index", pa.decimal128(12, 4), nullable=False),
            pa.field("source", pa.string(), nullable=False),
        ]
    ),
}


def add_context(store: Store, table: str, file: SourceFile, identity: Identity) -> int:
    """Add the rows of a CSV file to a table of `CONTEXT_TABLES`; return how many.

    The newer count or index replaces the older one for the same date or year.

    Raises
    ------
    NotAllowed
        The identity may not import.
    BudgetingError
        The file lacks a column, or a value is empty or unknown; nothing is stored.
    """
    require(identity, Action.IMPORT_BUDGET)
    rows = _rows(file, CONTEXT_TABLES[table])
    with store.transaction(identity, Change(f"add-{table}", file.name)) as transaction:
        if table == "populations":
            transaction.run("drop_populations", batch_rows=rows)
        transaction.run(f"add_{table}", batch_rows=rows)
        transaction.details = {"rows": rows.num_rows, "sha256": file.sha256}
    return int(rows.num_rows)


def _rows(file: SourceFile, schema: pa.Schema) -> pa.Table:
    """Read a table of context data; codes stay text, so that 01 does not become 1."""
    options = pacsv.ConvertOptions(column_types=schema, include_columns=schema.names)
    try:
        rows = pacsv.read_csv(pa.BufferReader(file.content), convert_options=options)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise _unusable(file, str(error.args[0])) from error
    for column in schema:
        values = pc.unique(rows[column.name]).to_pylist()
        if not column.nullable and (None in values or "" in values):
            raise _unusable(file, f"{column.name}: empty")
        strange = sorted(set(values) - set(Sex)) if column.name == "sex" else []
        if strange:
            raise _unusable(file, f"sex: {strange[0]}")
    return rows


def _unusable(file: SourceFile, reason: str) -> BudgetingError:
    return BudgetingError(
        text(
            "The file {name} cannot be added; nothing was stored. ({reason})",
            name=file.name,
            reason=reason,
        )
    )
