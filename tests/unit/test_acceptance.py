"""Acceptance: a file becomes budget lines as a whole, or nothing does."""

import json
from datetime import date
from decimal import Decimal

import pytest
from fixtures.small_budget import (
    CARE,
    HEADER,
    ROADS,
    SCHOOLS,
    accept_rows,
    ask,
    checks_of,
    count,
    cube_totals,
    mapping_with,
    small_file,
    small_mapping,
    verdict_on,
)

from budgeting.errors import ImportRefused, NotAllowed
from budgeting.imports.answers import Answers
from budgeting.imports.progress import heard_by
from budgeting.imports.stored.acceptance import accept
from budgeting.imports.verdict import examine
from budgeting.model import Severity

ROWS = (SCHOOLS, CARE, ROADS)
OF_2024 = ("expenditure", "approved", None), ("expenditure", "executed", None)
JUNE, SEPTEMBER = date(2024, 6, 30), date(2024, 9, 30)
TABLES = (
    "core.source_files",
    "core.budget_lines",
    "core.line_years",
    "core.budget_amounts",
    "core.members",
    "core.municipalities",
    "core.audit_events",
    "staging.source_rows",
    "mart.cube",
)


def everything(store):
    return {table: count(store, table) for table in TABLES}


def errors_of(verdict):
    return [finding.check for finding in verdict.with_severity(Severity.ERROR)]


def refused(store, identity, verdict):
    """Whether accepting is refused and leaves everything as it was."""
    before = everything(store), cube_totals(store)
    with pytest.raises(ImportRefused):
        accept(store, verdict, identity)
    assert before == (everything(store), cube_totals(store))


# --- rows -----------------------------------------------------------------

BROKEN = "1;2;3"
EMPTY = ";;;;;;;"
NO_AMOUNT = "1;Education;13;611;09.1;No figure;;"
BAD_NUMBERS = "1;Education;11;611;09.1;Schools;x;y"
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


# --- again, later, next year ----------------------------------------------


def test_the_same_file_is_refused_the_second_time(store, editor):
    """The very same bytes are recognised by their fingerprint, whatever the name, year or date."""
    accept_rows(store, editor, *ROWS)
    for how in ({}, {"name": "renamed.csv"}, {"year": 2025}, {"as_of": JUNE}):
        verdict = verdict_on(store, *ROWS, **how)
        assert ["same-file"] == errors_of(verdict)
        refused(store, editor, verdict)


def test_the_same_file_for_another_municipality_is_not_the_same(store, editor):
    """Two municipalities may have equal files."""
    accept_rows(store, editor, *ROWS)
    question = Answers("othertown", 2024)
    verdict = examine(store, small_file(*ROWS), small_mapping(), question)
    assert [] == errors_of(verdict)


def questions_of(verdict):
    return [finding.check for finding in verdict.with_severity(Severity.QUESTION)]


def test_other_amounts_for_the_same_statement_are_asked_about(store, editor):
    """A file that says something else about the same stage and date is not stored without a reason."""
    accept_rows(store, editor, *ROWS)
    verdict = verdict_on(store, SCHOOLS.replace("1.000,00", "1.000,01"), CARE, ROADS)
    assert ["stored-differently"] == questions_of(verdict)
    assert (
        "1 budget line already has another amount for approved 2024: 1000.00, here 1000.01"
        in str(verdict.with_severity(Severity.QUESTION)[0].message)
    )
    refused(store, editor, verdict)


def test_the_sum_of_shared_rows_is_what_is_compared(store, editor):
    """A line given in two rows agrees with the same line given in one."""
    accept_rows(store, editor, SCHOOLS)
    halves = SCHOOLS.replace("1.000,00;900,50", "400,00;450,25")
    rest = SCHOOLS.replace("1.000,00;900,50", "600,00;450,25")
    assert [] == questions_of(verdict_on(store, halves, rest))
    assert ["stored-differently"] == questions_of(verdict_on(store, rest, rest))


def test_equal_amounts_are_not_doubled(store, editor):
    """Another file with the same statement, and more lines, adds only the lines that are new."""
    accept_rows(store, editor, SCHOOLS, CARE)
    accept_rows(store, editor, SCHOOLS, CARE, ROADS)
    assert [Decimal("3845.67"), Decimal("895.40")] == [
        cube_totals(store)[2024, *key] for key in OF_2024
    ]
    assert (3, 3) == (count(store, "core.budget_lines"), count(store, "core.line_years"))


def test_a_file_that_leaves_out_stored_lines_of_its_statement_is_told(store, editor):
    """Lines that stay although the file no longer has them make a finding: totals would differ."""
    accept_rows(store, editor, SCHOOLS, CARE, as_of=JUNE)
    shorter = verdict_on(store, SCHOOLS, as_of=JUNE)
    longer = verdict_on(store, SCHOOLS, CARE, ROADS, as_of=JUNE)
    assert [True, False] == ["gone-lines" in checks_of(v) for v in (shorter, longer)]


def test_an_outdated_verdict_is_refused(store, editor):
    """What was examined before another file stored other amounts is not accepted after it."""
    first = verdict_on(store, *ROWS)
    second = verdict_on(store, SCHOOLS.replace("1.000,00", "2.000,00"), CARE, ROADS)
    accept(store, first, editor)
    refused(store, editor, second)


def test_the_same_verdict_is_not_accepted_twice(store, editor):
    """A second click on Accept stores nothing more."""
    verdict = verdict_on(store, *ROWS)
    accept(store, verdict, editor)
    refused(store, editor, verdict)


def test_a_later_statement_sits_beside_the_earlier_one(store, editor):
    """With its own date an outturn overwrites nothing; what was approved is not repeated."""
    accept_rows(store, editor, *ROWS, as_of=JUNE)
    later = [SCHOOLS.replace("900,50", "950,00"), CARE, ROADS]
    accept_rows(store, editor, *later, as_of=SEPTEMBER)
    assert {
        (2024, "expenditure", "approved", None): Decimal("3845.67"),
        (2024, "expenditure", "executed", JUNE): Decimal("895.40"),
        (2024, "expenditure", "executed", SEPTEMBER): Decimal("944.90"),
    } == cube_totals(store)


def test_a_new_year_adds_line_years_and_no_budget_lines(store, editor):
    """The lines of next year are the same lines; occurrence, label and amounts are its own."""
    accept_rows(store, editor, *ROWS)
    accept_rows(
        store, editor, SCHOOLS.replace("Schools", "Primary schools"), CARE, ROADS, year=2025
    )
    assert (3, 6) == (count(store, "core.budget_lines"), count(store, "core.line_years"))
    assert ["Schools", "Primary schools"] == [
        row["label"]
        for row in ask(
            store, "select label from core.line_years where line_id = 1 order by fiscal_year"
        )
    ]
    assert {2024, 2025} == {year for year, *_ in cube_totals(store)}


def test_a_line_of_a_year_leads_only_to_rows_of_that_year(store, editor):
    """The source rows of a line-year are those of its own year's file."""
    accept_rows(store, editor, *ROWS)
    accept_rows(store, editor, *ROWS[::-1], as_of=JUNE, year=2025)
    strayed = ask(
        store,
        """
        from core.line_year_sources inner join core.source_files as file using (source_file_id)
        inner join core.line_years as line using (line_year_id)
        where file.fiscal_year <> line.fiscal_year
        """,
    )
    assert ([], 6) == (strayed, count(store, "core.line_year_sources"))


def test_a_member_is_called_in_each_year_what_the_file_of_the_year_calls_it(store, editor):
    """A renamed organisation is one member with two labels."""
    accept_rows(store, editor, *ROWS)
    accept_rows(store, editor, *(row.replace("Education", "Learning") for row in ROWS), year=2025)
    labels = ask(
        store,
        "select member_id, fiscal_year, label from core.member_labels "
        "inner join core.members as member using (member_id) "
        "where member.path_code = '1' and dimension = 'organisation' order by fiscal_year",
    )
    assert [(2024, "Education"), (2025, "Learning")] == [
        (row["fiscal_year"], row["label"]) for row in labels
    ]
    assert 1 == len({row["member_id"] for row in labels})


def test_the_ancestors_of_a_member_run_from_the_top_to_itself(store, editor):
    """Each member knows the members above it, itself at the end."""
    accept_rows(store, editor, *ROWS)
    members = {row["member_id"]: row for row in ask(store, "from core.members")}
    paths = {
        row["path_code"]: [members[ancestor]["code"] for ancestor in row["ancestor_ids"]]
        for row in members.values()
    }
    assert paths == {path: path.split("/") for path in paths}
    assert 0 not in members


# --- who, which year, which municipality ----------------------------------


def test_a_viewer_may_not_accept_and_nothing_is_stored(store, viewer):
    """An acceptable verdict in the hands of a viewer changes nothing."""
    verdict = verdict_on(store, *ROWS)
    before = everything(store)
    with pytest.raises(NotAllowed):
        accept(store, verdict, viewer)
    assert (True, before) == (verdict.is_acceptable, everything(store))


@pytest.mark.parametrize("name", ["small.csv", "2024.csv", "2024_expenditure.csv"])
def test_a_file_without_a_stated_year_is_refused(store, editor, name):
    """The year is asked for, never read off the file's name."""
    verdict = verdict_on(store, *ROWS, year=None, name=name)
    assert ["fiscal-year"] == errors_of(verdict)
    assert {"read": 3, "accepted": 0, "skipped": 0, "rejected": 3} == verdict.rows
    refused(store, editor, verdict)


def test_rows_of_another_year_do_not_join_the_year(store, tmp_path):
    """Where the mapping names the column of the year, a row of another year is not counted in."""
    mapping = mapping_with(tmp_path, "[file]", 'fiscal_year_column = "year"\n\n[file]')
    file = small_file(f"{SCHOOLS};2024", f"{ROADS};2023", header=f"{HEADER};year")
    verdict = examine(store, file, mapping, Answers(fiscal_year=2024))
    of_the_year = {"approved": Decimal("1000.00"), "executed": Decimal("900.50")}
    assert errors_of(verdict) or verdict.totals == {2024: {"expenditure": of_the_year}}


MUNICIPALITY = (
    '[municipality]\ncode = "smallton"\nname = "Smallton"\n'
    'country_code = "ME"\ncurrency_code = "EUR"\n'
)


def test_a_file_without_a_municipality_is_refused(store, editor, tmp_path):
    """Where neither the mapping nor the reader names the municipality, nothing is stored."""
    verdict = verdict_on(store, *ROWS, mapping=mapping_with(tmp_path, MUNICIPALITY, ""))
    assert ["municipality"] == errors_of(verdict)
    refused(store, editor, verdict)


def test_a_stored_municipality_can_be_named(store, editor, tmp_path):
    """A mapping without a municipality serves the one that is asked for, if it is known."""
    accept_rows(store, editor, *ROWS)
    bare = mapping_with(tmp_path, MUNICIPALITY, "")
    file = small_file(*ROWS, name="other.csv")
    known = examine(store, file, bare, Answers("smallton", 2025))
    unknown = examine(store, file, bare, Answers("nowhere", 2025))
    place = known.batches[0].municipality
    assert ("Smallton", "EUR") == (place.name, place.currency_code)
    assert ["municipality"] == errors_of(unknown)


def test_amounts_of_another_currency_do_not_join_a_year(store, editor, tmp_path):
    """A year that is kept in one currency takes no file that states another."""
    accept_rows(store, editor, SCHOOLS)
    other = mapping_with(tmp_path, 'currency_code = "EUR"', 'currency_code = "BAM"')
    refused(store, editor, verdict_on(store, ROADS, mapping=other))


def test_a_verdict_with_errors_is_refused_whole(store, editor):
    """One bad cell refuses the file; the good rows are not stored either."""
    verdict = verdict_on(store, *ROWS, BAD_NUMBERS)
    assert ["number", "number"] == errors_of(verdict)
    with pytest.raises(ImportRefused, match="The file has 2 errors; nothing was stored"):
        accept(store, verdict, editor)
    assert {0} == set(everything(store).values())


def test_examining_writes_nothing(store):
    """Looking at a file leaves no row and no event."""
    verdict_on(store, *ROWS)
    assert {0} == set(everything(store).values())


def test_progress_only_grows_and_stays_within_the_whole(store, editor):
    """What a progress bar is told runs from 0 to at most 1, forwards."""
    shares = []
    verdict = verdict_on(store, *ROWS)
    with heard_by(lambda _step, share: shares.append(share)):
        accept(store, verdict, editor)
    assert shares == sorted(shares)
    assert (True, True) == (len(shares) > 0, 0 <= shares[0] <= shares[-1] <= 1)


def test_a_word_in_quotes_of_sql_is_only_a_word(store, editor):
    """What a file holds is never executed."""
    label = "x'); drop table core.line_years; --"
    accept_rows(store, editor, f'1;"{label}";11;611;09.1;"{label}";1,00;1,00')
    assert [label] == [row["label"] for row in ask(store, "select label from core.line_years")]
