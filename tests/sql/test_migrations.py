"""Migrations: what an older version stored means the same after the upgrade."""

import json

import duckdb
import pytest
from fixtures.small_budget import ask, cube_totals

from budgeting.imports.stored.undo import undo, what_hangs_on
from budgeting.store import _migrate, connect

ROWS_OF_VERSION_3 = """
insert into core.municipalities values ('smallton', 'Smallton', 'XX', true);
insert into core.fiscal_years values ('smallton', 2024, 'EUR');
insert into core.source_files values
    (7, 'smallton', 2024, 'expenditure', '2024.csv', 'abc', 'small', 'def', '2024-06-30',
     ['Code', 'Sum "x"'], 3, 1, 1, 1, 'ana', '2026-01-02 03:04:05+00');
insert into staging.source_rows values (7, 2, ['611', 'a "b", č']), (7, 3, ['', '']);
insert into core.import_findings values (7, 'no-date', 'note', null, null, null, 'No date.');
insert into core.budget_lines values (1, 'smallton', 'expenditure', 'economic_class=611');
insert into core.line_years values
    (1, 1, 'smallton', 2024, 'expenditure', 'Schools', 0, 0, 0, 0, 0, false, 'schools');
insert into core.line_year_sources values (1, 7, 2);
insert into core.vintages values (1, 'smallton', 2024, 'expenditure', 'approved', null, null);
insert into core.budget_amounts values (1, 1, 7, 12.50);
insert into mart.cube values (1, 0, 0, 0, 0, 0, 1, 12.50);
insert into core.classifications values
    (1, 'smallton', 'line', 'economic_class=611', 'm', '1', 'direct', null, 0.333333, '{}', '',
     'high', 'ana', null, 'draft', '2026-01-02 03:04:05+00');
"""


@pytest.fixture
def upgraded(tmp_path):
    """A database as version 3 wrote it, opened by this version."""
    path = tmp_path / "paritet.duckdb"
    with duckdb.connect(str(path)) as connection:
        _migrate(connection, until=3)
        connection.execute(ROWS_OF_VERSION_3)
    store = connect(path)
    yield store
    store.close()


def test_every_file_of_version_3_is_an_import_with_one_part(upgraded):
    """Name, fingerprint, counts and person move to the import; the part keeps year and header."""
    kept = ask(upgraded, "from core.imports inner join core.source_files using (import_id)")
    expected = {
        "import_id": 7,
        "source_file_id": 7,
        "file_name": "2024.csv",
        "sha256": "abc",
        "mapping_name": "small",
        "mapping_text": "",
        "read_count": 3,
        "skipped_count": 1,
        "rejected_count": 1,
        "imported_by": "ana",
        "header": ["Code", 'Sum "x"'],
        "sheet_name": "",
        "is_undone": False,
        "undone_at": None,
    }
    assert [expected] == [{name: row[name] for name in expected} for row in kept]


def test_rows_and_findings_of_version_3_are_kept(upgraded):
    """Every cell and every finding is there as it was."""
    rows = ask(upgraded, "from staging.source_rows order by row_number")
    assert [(7, "", ["611", 'a "b", č']), (7, "", ["", ""])] == [
        (row["import_id"], row["sheet_name"], json.loads(row["cells"])) for row in rows
    ]
    finding = ask(upgraded, "from core.import_findings")[0]
    assert (7, "no-date", None) == tuple(
        finding[name] for name in ("import_id", "finding_check", "reason")
    )


def test_an_import_of_version_3_can_be_undone(upgraded, editor):
    """What the older version stored knows its statements and marks, so it can be taken back."""
    assert {} == what_hangs_on(upgraded, 7).marks
    undo(upgraded, 7, "wrong", editor)
    assert ({}, []) == (cube_totals(upgraded), ask(upgraded, "from mart.orphaned_marks"))


def test_an_amount_of_version_3_leads_to_its_file_and_row(upgraded):
    """The source behind the number is found as before."""
    told = upgraded.query("line_amounts", line_id=1).to_pylist()[0]
    assert ("2024.csv", "ana", [2]) == tuple(
        told[name] for name in ("file_name", "imported_by", "row_numbers")
    )
