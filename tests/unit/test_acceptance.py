"""Acceptance: a file becomes budget lines as a whole, or nothing does."""

import json
from decimal import Decimal

import pytest
from fixtures.acceptances import (
    BAD_NUMBERS,
    JUNE,
    ROWS,
    errors_of,
    refused,
)
from fixtures.small_budget import (
    CARE,
    HEADER,
    SCHOOLS,
    accept_rows,
    ask,
    checks_of,
    cube_totals,
    mapping_with,
    small_file,
    small_mapping,
    verdict_on,
)

from budgeting.imports.answers import Answers
from budgeting.imports.verdict import examine

# --- rows -----------------------------------------------------------------


BROKEN = "1;2;3"
EMPTY = ";;;;;;;"
NO_AMOUNT = "1;Education;13;611;09.1;No figure;;"
NO_FUNCTION = "1;Education;14;611;;Unknown;1,00;1,00"


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        (ROWS, (3, 3, 0, 0)),
        ((*ROWS, EMPTY), (4, 3, 1, 0)),
        ((EMPTY, *ROWS, EMPTY, EMPTY), (6, 3, 3, 0)),
        ((*ROWS, BROKEN), (4, 3, 0, 1)),
        ((*ROWS, BAD_NUMBERS), (4, 3, 0, 1)),  # two errors, one row
        ((*ROWS, BROKEN, BAD_NUMBERS, EMPTY, BAD_NUMBERS), (7, 3, 1, 3)),
        ((*ROWS, NO_AMOUNT, NO_FUNCTION), (5, 4, 1, 0)),  # without a figure: skipped, and told
        ((BROKEN,), (1, 0, 0, 1)),
        ((EMPTY,), (1, 0, 1, 0)),
    ],
)
def test_every_row_is_accepted_skipped_or_rejected(store, rows, counted):
    """Rows read = accepted + skipped + rejected, and each number is the right one."""
    found = verdict_on(store, *rows).rows
    assert counted == tuple(found[name] for name in ("read", "accepted", "skipped", "rejected"))


def test_without_a_needed_column_every_row_is_rejected(store):
    """A missing column is named, and no row counts as accepted."""
    file = small_file(*ROWS, header=HEADER.replace("cofog", "function"))
    verdict = examine(store, file, small_mapping(), Answers(fiscal_year=2024))
    assert [("missing-column", "cofog")] == [(f.check, f.column) for f in verdict.findings]
    assert {"read": 3, "accepted": 0, "skipped": 0, "rejected": 3} == verdict.rows


@pytest.mark.parametrize("content", [b"", HEADER.encode(), b"\xff\xfe"])
def test_a_file_that_cannot_be_read_has_no_rows_and_an_error(store, editor, content):
    """Nothing is counted where nothing could be read; the reason is an error."""
    file = small_file()
    object.__setattr__(file, "content", content)
    verdict = examine(store, file, small_mapping(), Answers(fiscal_year=2024))
    assert (1, 0) == (len(errors_of(verdict)), verdict.rows["read"])
    refused(store, editor, verdict)


def test_a_file_of_only_empty_rows_says_why_it_is_refused(store):
    """A file that is not acceptable has at least one error that tells the reader why."""
    verdict = verdict_on(store, EMPTY, EMPTY)
    assert (False, True) == (verdict.is_acceptable, bool(errors_of(verdict)))


def test_the_counts_are_kept_with_the_file(store, editor):
    """What was read, accepted, skipped and rejected is stored with fingerprint and author."""
    verdict = accept_rows(store, editor, *ROWS, EMPTY, as_of=JUNE)
    kept = ask(store, "from core.imports inner join core.source_files using (import_id)")[0]
    assert (4, 3, 1, 0, verdict.source.sha256, editor.name, JUNE, HEADER.split(";")) == (
        *(kept[f"{name}_count"] for name in ("read", "accepted", "skipped", "rejected")),
        *(kept[name] for name in ("sha256", "imported_by", "as_of", "header")),
    )


def test_the_rows_are_kept_as_received(store, editor):
    """Every row that was read is stored as text, cell by cell, under its number in the file."""
    accept_rows(store, editor, SCHOOLS, EMPTY, " 2 ;Works;21;821;04.5;Roads; 7 ;")
    assert [
        (2, SCHOOLS.split(";")),
        (4, [" 2 ", "Works", "21", "821", "04.5", "Roads", " 7 ", ""]),
    ] == [
        (row["row_number"], json.loads(row["cells"]))
        for row in ask(store, "from staging.source_rows order by row_number")
    ]


def test_the_findings_are_kept_with_the_file(store, editor):
    """Warnings and notes of an accepted file are stored, each with its row and column."""
    accept_rows(store, editor, *ROWS, NO_FUNCTION, as_of=JUNE)
    found = ask(store, "from core.import_findings where finding_check = 'missing-code'")
    assert [("missing-code", "warning", 5, "cofog")] == [
        tuple(f[name] for name in ("finding_check", "severity", "row_number", "column_name"))
        for f in found
    ]


# --- totals ---------------------------------------------------------------


def test_the_totals_of_the_cube_are_those_of_the_file(store, editor):
    """Both stages in the cube equal the sums of the file, to the cent, unknown included."""
    verdict = accept_rows(store, editor, *ROWS, NO_FUNCTION)
    expected = {"approved": Decimal("3846.67"), "executed": Decimal("896.40")}
    assert {2024: {"expenditure": expected}} == verdict.totals
    assert {
        (2024, "expenditure", stage, None): amount for stage, amount in expected.items()
    } == cube_totals(store)


def test_each_line_stands_where_its_file_places_it(store, editor, tmp_path):
    """The members of a line lead back to the codes of its row, in every dimension; 0 is none."""
    mapping = mapping_with(
        tmp_path,
        '[[classification]]\ndimension = "function"',
        '[[classification]]\ndimension = "programme"\nlevels = [{ code = "label" }]\n\n'
        '[[classification]]\ndimension = "function"',
    )
    accept_rows(store, editor, SCHOOLS, NO_FUNCTION, mapping=mapping)
    lines = ask(
        store,
        """
        select o.path_code as o, p.path_code as p, f.path_code as f, e.path_code as e, fund_id
        from core.line_years as line
        left join core.members as o
            on o.member_id = organisation_id and o.dimension = 'organisation'
        left join core.members as p on p.member_id = programme_id and p.dimension = 'programme'
        left join core.members as f on f.member_id = function_id and f.dimension = 'function'
        left join core.members as e
            on e.member_id = economic_class_id and e.dimension = 'economic_class'
        order by line_id
        """,
    )
    assert [
        {"o": "1/11", "p": "Schools", "f": "09/09.1", "e": "611", "fund_id": 0},
        {"o": "1/14", "p": "Unknown", "f": None, "e": "611", "fund_id": 0},
    ] == lines


def test_a_stage_without_any_figure_has_no_total(store, editor):
    """Where no row has a figure, the stage is not there, rather than zero."""
    rows = [";".join([*row.split(";")[:-1], ""]) for row in ROWS]
    verdict = accept_rows(store, editor, *rows)
    assert {2024: {"expenditure": {"approved": Decimal("3845.67")}}} == verdict.totals
    assert [(2024, "expenditure", "approved", None)] == list(cube_totals(store))


def test_zero_is_stored_as_zero_and_an_empty_cell_not_at_all(store, editor):
    """A zero is a statement of an amount; an empty cell is none."""
    accept_rows(store, editor, "1;A;11;611;09.1;x;0,00;")
    assert [Decimal("0.00")] == [row["amount"] for row in ask(store, "from core.budget_amounts")]


def test_rows_sharing_all_codes_are_summed_and_both_are_linked(store, editor):
    """Two rows with the same codes are one line with their sum, and both rows lead back to it."""
    verdict = accept_rows(store, editor, SCHOOLS, CARE, SCHOOLS)
    assert "rows-share-a-line" in checks_of(verdict)
    lines = ask(
        store,
        """
        select
            list_sort(list(distinct row_number)) as row_numbers,
            any_value(amount.amount) as amount
        from core.line_year_sources inner join core.budget_amounts as amount using (line_year_id)
        inner join core.vintages as vintage using (vintage_id)
        where vintage.stage = 'approved' group by line_year_id order by 1
        """,
    )
    assert [
        {"row_numbers": [2, 4], "amount": Decimal("2000.00")},
        {"row_numbers": [3], "amount": Decimal("500.00")},
    ] == lines
