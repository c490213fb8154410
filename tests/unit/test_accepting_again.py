"""Accepting again: the same file, a later one, next year; who may, and for which municipality."""

from decimal import Decimal

import pytest
from fixtures.acceptances import BAD_NUMBERS, JUNE, ROWS, SEPTEMBER, errors_of, everything, refused
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

OF_2024 = ("expenditure", "approved", None), ("expenditure", "executed", None)


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
