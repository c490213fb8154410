"""Statements: which amounts are of one stage, year, date and source of finance."""

from datetime import date

import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    cells,
    errors,
    examined,
    mapping_of,
    sums,
    told,
    total,
)

from budgeting.model import Severity, Stage
from budgeting.translations import language


def stage_sums(verdict):
    """Return the sums by year, stage and date."""
    return {(year, *rest): amount for (_, year, _, *rest), amount in sums(verdict).items()}


# --- stage ----------------------------------------------------------------

WITHOUT_STAGE = '[[amount]]\ncolumn = "money"'
FILE = "code;label;money\n1;a;5\n2;b;6\n"


def test_a_stage_that_nobody_says_is_asked_for(store):
    """Neither file nor mapping says it: an error names the column, and nothing is stored."""
    verdict = examined(store, FILE, mapping_of(WITHOUT_STAGE))
    assert errors(verdict) == [("stage", None, None)]
    assert [found.column for found in told(verdict, "stage")] == ["money"]
    assert verdict.batches == ()


@pytest.mark.parametrize("stage", list(Stage))
def test_an_answer_gives_the_stage(store, stage):
    """Answered, the amounts are of that stage."""
    verdict = examined(store, FILE, mapping_of(WITHOUT_STAGE), stage=stage)
    assert {(2024, stage.value, None): "11.00"} == stage_sums(verdict)


def test_an_answer_does_not_change_a_stage_that_the_mapping_says(store):
    """The stage is asked of columns without one, and of no other."""
    file = "code;label;approved;money\n1;a;5;70\n"
    mapping = mapping_of(APPROVED, WITHOUT_STAGE)
    verdict = examined(store, file, mapping, stage=Stage.EXECUTED)
    assert stage_sums(verdict) == {
        (2024, "approved", None): "5.00",
        (2024, "executed", None): "70.00",
    }


# --- years in columns -----------------------------------------------------

BY_YEAR = """
    [[amount]]
    column = "plan 2023"
    stage = "approved"
    year = 2023

    [[amount]]
    column = "spent 2023"
    stage = "executed"
    year = 2023

    [[amount]]
    column = "plan 2024"
    stage = "approved"
    year = 2024
"""


def test_columns_of_years_are_batches_of_years(store):
    """Each year has its own columns, and an empty cell is a line of the other years only."""
    file = """
        code;label;plan 2023;spent 2023;plan 2024
        1;a;1;20;300
        2;b;4000;;
    """
    verdict = examined(store, file, mapping_of(BY_YEAR), fiscal_year=None)
    assert stage_sums(verdict) == {
        (2023, "approved", None): "4001.00",
        (2023, "executed", None): "20.00",
        (2024, "approved", None): "300.00",
    }
    assert [batch.lines.num_rows for batch in verdict.batches] == [2, 1]
    assert verdict.rows == {"read": 2, "accepted": 2, "skipped": 0, "rejected": 0}


def test_a_stated_year_does_not_move_the_columns_of_years(store):
    """The year in the mapping is the column's; the stated one is for columns that say none."""
    file = "code;label;plan 2023;spent 2023;plan 2024\n1;a;1;20;300\n"
    verdict = examined(store, file, mapping_of(BY_YEAR), fiscal_year=2030)
    assert {2023, 2024} == set(verdict.totals)


# --- dates in rows --------------------------------------------------------

DATED = """
    [[amount]]
    column = "money"
    stage = "approved"
    later_stage = "revised"
    date_column = "day"
"""


def test_the_first_date_of_a_year_is_approved_and_later_ones_revised(store):
    """Three dates of two years are three statements; the year is that of the date."""
    file = """
        code;label;day;money
        1;a;2023-12-31;1
        1;a;2024-01-01;20
        2;b;2024-01-01;300
        1;a;2024-07-01;4000
    """
    verdict = examined(store, file, mapping_of(DATED), fiscal_year=None)
    assert stage_sums(verdict) == {
        (2023, "approved", "2023-12-31"): "1.00",
        (2024, "approved", "2024-01-01"): "320.00",
        (2024, "revised", "2024-07-01"): "4000.00",
    }


def test_the_order_of_rows_does_not_choose_the_first_date(store):
    """The earliest date is the first, wherever its rows stand."""
    file = "code;label;day;money\n1;a;2024-07-01;6\n1;a;2024-01-01;5\n"
    verdict = examined(store, file, mapping_of(DATED))
    assert stage_sums(verdict) == {
        (2024, "approved", "2024-01-01"): "5.00",
        (2024, "revised", "2024-07-01"): "6.00",
    }


def test_without_a_later_stage_all_dates_are_of_the_stage(store):
    """Execution to date stays execution, quarter after quarter."""
    file = "code;label;day;money\n1;a;2024-03-31;5\n1;a;2024-06-30;9\n"
    executed = DATED.replace('"approved"', '"executed"').replace('later_stage = "revised"', "")
    verdict = examined(store, file, mapping_of(executed))
    assert stage_sums(verdict) == {
        (2024, "executed", "2024-03-31"): "5.00",
        (2024, "executed", "2024-06-30"): "9.00",
    }
    assert str(verdict.totals[2024]["expenditure"]["executed"]) == "9.00"


@pytest.mark.parametrize("style", ["D/M/Y", "M/D/Y"])
def test_day_and_month_that_could_be_either_are_asked_about(store, style):
    """03/04/2024 is March or April: an error asks, and date_style answers."""
    file = "code;label;day;money\n1;a;03/04/2024;5\n1;a;05/06/2024;9\n"
    asked = examined(store, file, mapping_of(DATED))
    assert errors(asked) == [("date-style", None, "03/04/2024")]
    said = examined(store, file, mapping_of(DATED + f'    date_style = "{style}"'))
    first = {"D/M/Y": "2024-04-03", "M/D/Y": "2024-03-04"}[style]
    assert stage_sums(said)[(2024, "approved", first)] == "5.00"


def test_one_date_that_fits_only_one_order_decides_the_column(store):
    """25/04/2024 has no month 25, so the other dates have their day first as well."""
    file = "code;label;day;money\n1;a;03/04/2024;5\n1;a;25/04/2024;9\n"
    verdict = examined(store, file, mapping_of(DATED))
    assert {(2024, "approved", "2024-04-03"), (2024, "revised", "2024-04-25")} == set(
        stage_sums(verdict)
    )


@pytest.mark.parametrize("cell", ["", "soon", "2024-02-30"])
def test_an_amount_without_a_date_is_an_error(store, cell):
    """Its row, column and cell are told; it joins no statement."""
    file = f"code;label;day;money\n1;a;2024-01-01;5\n1;b;{cell};6\n"
    verdict = examined(store, file, mapping_of(DATED))
    assert [("date", 3, cell)] == errors(verdict)
    assert total(verdict) == "5.00"


def test_a_date_without_an_amount_makes_no_statement(store):
    """An earlier date in a row without money does not become the approved budget."""
    file = "code;label;day;money\n1;a;2024-01-01;\n1;a;2024-02-01;5\n"
    verdict = examined(store, file, mapping_of(DATED))
    assert stage_sums(verdict) == {(2024, "approved", "2024-02-01"): "5.00"}


# --- conditions, factor, sign ---------------------------------------------

BY_KIND = """
    [[amount]]
    column = "money"
    stage = "approved"
    where = { kind = '^plan$' }

    [[amount]]
    column = "money"
    stage = "executed"
    where = { kind = '^fact$' }
"""


def test_a_column_of_two_stages_is_told_apart_by_its_rows(store):
    """Each row's money is of the stage that its condition names, and of no other."""
    file = "code;label;kind;money\n1;a;plan;5\n1;a;fact;4\n2;b;plan;60\n"
    verdict = examined(store, file, mapping_of(BY_KIND))
    assert stage_sums(verdict) == {
        (2024, "approved", None): "65.00",
        (2024, "executed", None): "4.00",
    }


def test_a_row_that_no_condition_takes_is_skipped_and_told(store):
    """Its money joins no statement, and a finding names the row."""
    file = "code;label;kind;money\n1;a;plan;5\n2;b;wish;60\n"
    verdict = examined(store, file, mapping_of(BY_KIND))
    assert total(verdict) == "5.00"
    assert verdict.rows == {"read": 2, "accepted": 1, "skipped": 1, "rejected": 0}
    assert 3 in [found.row_number for found in verdict.findings]


FACTORS = [
    (1, "1234.56", "1234.56"),
    (1000, "1234.56", "1234560.00"),
    (1000, "0.001", "1.00"),
    (1000, "1.00001", "1000.01"),
    (10_000_000, "0.000000001", "0.01"),
    (10_000_000, "171.11", "1711100000.00"),
]


@pytest.mark.parametrize(("factor", "cell", "amount"), FACTORS)
def test_a_factor_is_exact(store, factor, cell, amount):
    """Thousands and crores are multiplied as decimals, to the cent."""
    file = f"code;label;approved\n1;a;{cell}\n2;b;7.5\n"
    verdict = examined(store, file, mapping_of(APPROVED + f"    factor = {factor}"))
    assert amount == str(cells(verdict, "amount_0")[0])


def test_an_amount_that_a_factor_makes_too_large_is_an_error(store):
    """More than sixteen digits before the mark do not fit: told, and not cut."""
    file = f"code;label;approved\n1;a;{10**13 - 1}\n2;b;{10**13}\n"
    verdict = examined(store, file, mapping_of(APPROVED + "    factor = 1000"))
    assert [("number", 3, str(10**13))] == errors(verdict)
    assert [str(amount) for amount in cells(verdict, "amount_0")] == ["9999999999999000.00"]


@pytest.mark.parametrize(
    ("cell", "amount"), [("5", "-5.00"), ("-5", "5.00"), ("0", "0.00"), ("(5.01)", "5.01")]
)
def test_amounts_of_the_other_sign_are_turned(store, cell, amount):
    """A ledger that writes expenditure below zero is stored above it."""
    file = f"code;label;approved\n1;a;{cell}\n"
    verdict = examined(store, file, mapping_of(APPROVED + "    negated = true"))
    assert amount == str(cells(verdict, "amount_0")[0])


# --- sources of finance in columns ----------------------------------------

FUNDS = """
    [[amount]]
    column = "c"
    stage = "approved"
    member = { dimension = "fund", code = "city", label = "City" }

    [[amount]]
    column = "s"
    stage = "approved"
    member = { dimension = "fund", code = "state", label = "State" }

    [[sum]]
    column = "t"
    of = ["c", "s"]
"""


def test_sources_in_columns_become_lines_of_their_own(store):
    """A row with money of two sources is two lines; without money of a source there is no line."""
    file = "code;label;c;s;t\n1;a;5;4;9\n2;b;60;;60\n"
    verdict = examined(store, file, mapping_of(FUNDS))
    lines = zip(*[cells(verdict, name) for name in ("row_number", "fund", "amount_0")], strict=True)
    assert sorted((row, fund, str(amount)) for row, fund, amount in lines) == [
        (2, "city", "5.00"),
        (2, "state", "4.00"),
        (3, "city", "60.00"),
    ]
    assert {"City", "State"} == {
        member.label for member in verdict.batches[0].members if member.dimension == "fund"
    }
    assert len(set(cells(verdict, "line_code"))) == 3


def test_a_row_with_two_sources_is_one_accepted_row(store):
    """Rows are counted as they stand in the file, not as the lines they become."""
    file = "code;label;c;s;t\n1;a;5;4;9\n2;b;60;;60\n"
    verdict = examined(store, file, mapping_of(FUNDS))
    assert verdict.rows == {"read": 2, "accepted": 2, "skipped": 0, "rejected": 0}


def test_a_total_without_sources_is_kept_as_not_known(store):
    """Where only the total is filled, the money counts once, and of no source."""
    file = "code;label;c;s;t\n1;a;5;4;9\n2;b;;;60\n"
    verdict = examined(store, file, mapping_of(FUNDS))
    found = dict(zip(cells(verdict, "fund"), map(str, cells(verdict, "amount_0")), strict=True))
    assert found == {"city": "5.00", "state": "4.00", "": "60.00"}
    assert total(verdict) == "69.00"


@pytest.mark.parametrize(("c", "is_alone"), [("", True), ("-", True), ("0", False)])
def test_a_zero_is_a_figure_and_a_dash_is_none(store, c, is_alone):
    """A total beside a printed zero does not stand alone: it is compared, and differs."""
    verdict = examined(store, f"code;label;c;s;t\n1;a;{c};;60\n", mapping_of(FUNDS))
    assert ("60.00" if is_alone else "0.00") == total(verdict)
    assert ([] if is_alone else [Severity.QUESTION]) == [
        found.severity for found in told(verdict, "sum-of-row")
    ]


# --- dates of statements --------------------------------------------------


def test_the_stated_date_is_the_date_of_the_execution(store):
    """The approved budget has no date of its own: it does not change with that of the file."""
    file = "code;label;approved;executed\n1;a;5;4\n"
    mapping = mapping_of(APPROVED, EXECUTED)
    verdict = examined(store, file, mapping, as_of=date(2024, 6, 30))
    assert {(2024, "approved", None), (2024, "executed", "2024-06-30")} == set(stage_sums(verdict))


def test_two_dates_of_a_stage_are_kept_apart(store):
    """The totals show the newer one and never the sum, and a note says that there are two."""
    quarters = EXECUTED.replace('"executed"\n    stage', '"{}"\n    stage')
    first = quarters.format("q1") + '    as_of = "{fiscal_year}-03-31"'
    second = quarters.format("q2") + '    as_of = "{fiscal_year}-06-30"'
    verdict = examined(store, "code;label;q1;q2\n1;a;5;9\n", mapping_of(first, second))
    assert str(verdict.totals[2024]["expenditure"]["executed"]) == "9.00"
    (found,) = told(verdict, "several-statements")
    assert "never added: 2024-03-31; 2024-06-30." in str(found.message)
    assert "31. 3. 2024.; 30. 6. 2024." in language("sr").say(found.message)


ONE_STATEMENT = {
    "an answered stage": (
        '[[amount]]\ncolumn = "x"\nstage = "approved"\n[[amount]]\ncolumn = "y"',
        {"stage": Stage.APPROVED},
    ),
    "an answered date": (
        '[[amount]]\ncolumn = "x"\nstage = "executed"\nas_of = "2024-06-30"\n'
        '[[amount]]\ncolumn = "y"\nstage = "executed"',
        {"as_of": date(2024, 6, 30)},
    ),
    "an answered year": (
        '[[amount]]\ncolumn = "x"\nstage = "approved"\nyear = 2024\n'
        '[[amount]]\ncolumn = "y"\nstage = "approved"',
        {},
    ),
    "conditions that both hold": (
        '[[amount]]\ncolumn = "x"\nstage = "approved"\nwhere = { code = "1" }\n'
        '[[amount]]\ncolumn = "y"\nstage = "approved"\nwhere = { label = "a" }',
        {},
    ),
}


@pytest.mark.parametrize("why", ONE_STATEMENT)
def test_two_columns_of_one_statement_never_hide_each_other(store, why):
    """Where two columns turn out to be of one statement, the file is refused; no money vanishes."""
    blocks, answers = ONE_STATEMENT[why]
    verdict = examined(store, "code;label;x;y\n1;a;5;70\n", mapping_of(blocks), **answers)
    assert errors(verdict) or total(verdict) == "75.00"
