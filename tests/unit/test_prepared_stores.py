"""The stores of the tests: a copy is what opening a database gives, and belongs to one test."""

from contextlib import closing

import pytest
from fixtures.prepared import store_after
from fixtures.small_budget import add_town, ask, count

from budgeting.store import connect

# a copied view or macro is written again, with other brackets and quotation marks: not its text
CATALOGUE = (
    "select schema_name, table_name, sql, comment from duckdb_tables() where not internal",
    "select schema_name, view_name, comment from duckdb_views() where not internal",
    "select schema_name, table_name, column_name, comment, data_type, column_default "
    "from duckdb_columns() where not internal",
    "select schema_name, table_name, constraint_text from duckdb_constraints()",
    "select schema_name, function_name, parameters from duckdb_functions() where not internal",
    "select schema_name, index_name, sql from duckdb_indexes()",
    "select schema_name, sequence_name, last_value from duckdb_sequences()",
)


@pytest.mark.parametrize("question", CATALOGUE)
def test_a_copied_store_has_what_an_opened_one_has(question):
    """Tables, views, columns with their comments, constraints, macros, indexes and sequences."""
    with closing(store_after()) as copied, closing(connect(None)) as opened:
        assert ask(opened, f"{question} order by all") == ask(copied, f"{question} order by all")


def test_what_was_done_is_in_every_copy_and_what_a_test_does_in_its_own(prepared, editor):
    """Rows and state are those after the preparation; what follows stays in one copy."""
    first, second = (prepared(add_town, editor, "old") for _ in range(2))
    assert 1 == count(first, "core.municipalities")
    assert first.state == second.state != ""
    add_town(first, editor, "new")
    assert 2 == count(first, "core.municipalities")
    assert 1 == count(second, "core.municipalities")
    assert 1 == count(prepared(add_town, editor, "other"), "core.municipalities")
    assert ["old"] == [
        row["code"]
        for row in ask(second, "select municipality_code as code from core.municipalities")
    ]
