"""Data dictionary: every table and column, as the database's own catalogue explains them."""

from budgeting.model import Column, Report, Table, plural_text, text
from budgeting.store import Store


def build(store: Store) -> Report:
    """Answer what is stored; one row per column of every table and view, with its comment."""
    rows = store.query("dictionary")
    tables = len(set(rows["table_name"].to_pylist()))
    return Report(
        name="data_dictionary",
        title=text("What is stored, and what does each column mean?"),
        answer=plural_text(
            "{count} table; the explanations come from the database itself.",
            "{count} tables; the explanations come from the database itself.",
            tables,
        ),
        parameters={},
        tables={
            "columns": Table(
                (
                    Column("table_name", text("table"), "code"),
                    Column("column_name", text("column"), "code"),
                    Column("data_type", text("type"), "code"),
                    Column("column_comment", text("meaning")),
                    Column("table_comment", text("grain of the table"), is_hidden=True),
                ),
                rows,
            )
        },
        data_version=store.data_version,
    )
