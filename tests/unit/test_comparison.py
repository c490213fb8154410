"""Comparison: new, changed and gone lines, likely renames, and totals that make one wonder."""

from datetime import date
from decimal import Decimal

import pytest
from fixtures.small_batches import CARE, ROADS, ROWS, SCHOOLS, batch, file_of, town
from fixtures.small_budget import ask

from budgeting.imports.stored.acceptance import accept
from budgeting.imports.stored.comparison import (
    Comparison,
    compare,
    findings_of,
    same_file,
    same_money_twice,
)
from budgeting.imports.stored.undo import undo
from budgeting.model import Severity

PARK = ("3/31", "911", "Park", "7.00")


def stored(store, editor, *batches, **how):
    return accept(store, file_of(*batches, **how), editor).import_id


def line_counts(comparison):
    return [
        {fate: lines.line_count for fate, lines in statement.lines.items()}
        for statement in comparison.statements
    ]


def checks(store, *batches):
    return [finding.check for finding in findings_of(store, *batches)]


def told(store, check, *batches):
    """Return the sentences of the findings of one check."""
    return [str(f.message) for f in findings_of(store, *batches) if f.check == check]


# --- lines ----------------------------------------------------------------


def test_without_anything_stored_there_is_nothing_to_compare(store):
    """The first file of a municipality compares with nothing."""
    comparison = compare(store, batch(*ROWS))
    assert ((), 0, 0, None) == (
        comparison.statements,
        comparison.examples.num_rows,
        comparison.renames.num_rows,
        comparison.compared_year,
    )
    assert Comparison() == Comparison()


def test_new_changed_same_and_gone_lines_are_counted_with_their_sums(store, editor):
    """Each line is in exactly one of the four, and the sums are those of file and store."""
    stored(store, editor, batch(*ROWS))
    comparison = compare(store, batch(SCHOOLS, (*CARE[:3], "510.50"), PARK))
    assert [{"new": 1, "changed": 1, "same": 1, "gone": 1}] == line_counts(comparison)
    lines = comparison.statements[0].lines
    assert (True, 2024) == (
        comparison.statements[0].is_same_statement,
        comparison.statements[0].compared_with.fiscal_year,
    )
    assert ("0.00", "7.00", "7.00") == tuple(
        str(getattr(lines["new"], name)) for name in ("stored", "stated", "difference")
    )
    assert ("500.00", "510.50", "10.50") == tuple(
        str(getattr(lines["changed"], name)) for name in ("stored", "stated", "difference")
    )
    assert Decimal("-2345.67") == lines["gone"].difference


def test_examples_name_the_lines_with_both_amounts(store, editor):
    """Each example has its label, what is stored, what the file states, and the difference."""
    stored(store, editor, batch(*ROWS))
    comparison = compare(store, batch(SCHOOLS, (*CARE[:3], "510.50"), PARK))
    assert [
        ("new", "Park", None, Decimal("7.00"), Decimal("7.00")),
        ("changed", "Care of children", Decimal("500.00"), Decimal("510.50"), Decimal("10.50")),
        ("gone", "Roads", Decimal("2345.67"), None, Decimal("-2345.67")),
    ] == [
        (row["fate"], row["label"], row["stored"], row["stated"], row["difference"])
        for row in comparison.examples.to_pylist()
    ]


def test_the_largest_examples_are_shown_and_all_are_counted(store, editor):
    """Of 250 new lines the 200 largest are examples."""
    stored(store, editor, batch(SCHOOLS))
    many = [(f"5/{n}", "700", f"line {n}", f"{n}.00") for n in range(1, 251)]
    comparison = compare(store, batch(SCHOOLS, *many))
    assert (250, 200) == (line_counts(comparison)[0]["new"], comparison.examples.num_rows)
    assert {Decimal(n) for n in range(51, 251)} == set(comparison.examples["stated"].to_pylist())


def test_a_new_year_is_compared_with_the_last_stored_one(store, editor):
    """Lines that continue, are new and are gone, of the newest statement of the stage."""
    stored(store, editor, batch(*ROWS, year=2021))
    stored(store, editor, batch(SCHOOLS, ROADS, year=2022))
    comparison = compare(store, batch(SCHOOLS, (*ROADS[:3], "1.00"), PARK, year=2024))
    assert [{"new": 1, "changed": 1, "same": 1, "gone": 0}] == line_counts(comparison)
    assert (2022, False) == (comparison.compared_year, comparison.statements[0].is_same_statement)


def test_a_later_statement_is_compared_with_the_one_before_it(store, editor):
    """A second rebalance is compared with the first, not with another year."""
    stored(store, editor, batch(*ROWS, year=2023, stage="revised"))
    stored(store, editor, batch(*ROWS, stage="revised", as_of=date(2024, 3, 1)))
    statement = compare(store, batch(*ROWS, stage="revised", as_of=date(2024, 6, 1))).statements[0]
    assert (False, date(2024, 3, 1)) == (statement.is_same_statement, statement.compared_with.as_of)


def test_other_directions_and_places_are_not_compared(store, editor):
    """Revenue is not compared with expenditure, nor a town with another."""
    stored(store, editor, batch(*ROWS))
    assert () == compare(store, batch(*ROWS, direction="revenue")).statements
    assert () == compare(store, batch(*ROWS, place=town("othertown"))).statements


def test_what_is_undone_is_not_compared_with(store, editor):
    """An undone import leaves nothing to compare with."""
    undo(store, stored(store, editor, batch(*ROWS)), "wrong", editor)
    assert () == compare(store, batch(*ROWS)).statements


# --- renames --------------------------------------------------------------


@pytest.mark.parametrize(
    ("gone", "new"),
    [
        (CARE, ("1/13", "612", "Care of children", "500.00")),  # another unit
        (CARE, ("1/12", "613", "Care for children", "620.00")),  # another class, other amount
        (CARE, ("4/41", "699", "Care of small children", "500.00")),  # all codes, same amount
        (CARE, ("4/41", "699", "CARE OF CHILDREN", "9.00")),  # only the words
        (("1/12", "612", "Дечија заштита", "5.00"), ("4/4", "6", "Dečija zaštita", "9.00")),
    ],
)
@pytest.mark.parametrize("year", [2024, 2025])
def test_a_likely_rename_is_proposed(store, editor, gone, new, year):
    """A gone and a new line that share enough are a pair, in the same year and in the next."""
    stored(store, editor, batch(SCHOOLS, gone, ROADS))
    renames = compare(store, batch(SCHOOLS, new, ROADS, year=year)).renames.to_pylist()
    assert [(gone[2], new[2])] == [(row["gone_label"], row["new_label"]) for row in renames]
    assert 0.8 <= renames[0]["similarity"] <= 1


def test_the_earlier_year_stands_first_whichever_is_stored(store, editor):
    """The file of 2023 comes after that of 2024: its line is the one that the stored one continues."""
    stored(store, editor, batch(SCHOOLS, CARE))
    moved = ("1/13", "612", "Care of children", "480.00")
    found = compare(store, batch(SCHOOLS, moved, year=2023)).candidates
    assert (2023, 2024, ["480.00"], ["500.00"]) == (
        found.earlier_year,
        found.later_year,
        [str(amount) for amount in found.gone["amount"].to_pylist()],
        [str(amount) for amount in found.new["amount"].to_pylist()],
    )
    assert [("organisation=1/13;economic_class=612", "organisation=1/12;economic_class=612")] == [
        (row["gone_line_code"], row["new_line_code"]) for row in found.renames.to_pylist()
    ]


def test_lines_that_share_nothing_are_no_renames(store, editor):
    """Another unit, class, name and amount is another line."""
    stored(store, editor, batch(SCHOOLS, CARE))
    assert 0 == compare(store, batch(SCHOOLS, PARK)).renames.num_rows


def test_each_line_is_in_one_rename_at_most(store, editor):
    """Where two new lines resemble a gone one, the nearer is proposed."""
    stored(store, editor, batch(SCHOOLS, CARE))
    near, far = ("1/13", "612", "Care of children", "500.00"), ("1/14", "612", "Care", "500.00")
    renames = compare(store, batch(SCHOOLS, near, far)).renames.to_pylist()
    assert ["organisation=1/13;economic_class=612"] == [row["new_line_code"] for row in renames]


# --- the same again -------------------------------------------------------


def test_the_same_sheet_of_the_same_file_is_an_error(store, editor):
    """Another sheet of the same workbook is not the same file; an undone one is none."""
    source = file_of(batch(SCHOOLS, sheet="A"), content="workbook")
    import_id = accept(store, source, editor).import_id
    assert ["same-file"] == [
        f.check for f in same_file(store, source.source, [batch(CARE, sheet="A")])
    ]
    assert [] == same_file(store, source.source, [batch(CARE, sheet="B")])
    undo(store, import_id, "wrong", editor)
    assert [] == same_file(store, source.source, [batch(CARE, sheet="A")])


@pytest.mark.parametrize(
    ("amount", "is_asked"), [("3845.67", True), ("3845.30", True), ("3845.28", False)]
)
def test_the_same_money_under_another_classification_is_asked_about(
    store, editor, amount, is_asked
):
    """No shared line and totals within a ten-thousandth: a question with the difference."""
    stored(store, editor, batch(*ROWS))
    other = batch(("8/8", "800", "All", amount))
    found = same_money_twice(store, other)
    assert is_asked == bool(found)
    assert is_asked == ("same-money" in checks(store, other))
    if found:
        difference = Decimal(amount) - Decimal("3845.67")
        assert (Severity.QUESTION, True) == (
            found[0].severity,
            f"a difference of {difference}" in str(found[0].message),
        )


def test_a_shared_line_is_not_another_classification(store, editor):
    """Where a line is shared, lines differ for other reasons."""
    stored(store, editor, batch(*ROWS))
    assert [] == same_money_twice(store, batch(SCHOOLS, ("8/8", "800", "Rest", "2845.67")))


def test_two_sheets_with_the_same_money_are_asked_about(store):
    """Expenditure by function and by class in one workbook is one budget, not two."""
    by_function = batch(("", "09", "Education", "3845.67"), sheet="functions")
    assert ["same-money"] == checks(store, batch(*ROWS, sheet="classes"), by_function)


# --- totals ---------------------------------------------------------------


@pytest.mark.parametrize(("year", "is_told"), [(2023, True), (2025, True), (2022, False)])
def test_a_total_that_repeats_the_year_beside_it_is_told(store, editor, year, is_told):
    """The year before and the year after, to the cent."""
    stored(store, editor, batch(*ROWS))
    assert is_told == ("repeats-last-year" in checks(store, batch(*ROWS, year=year)))
    cent = batch(*ROWS, ("9/9", "9", "x", "0.01"), year=year)
    assert "repeats-last-year" not in checks(store, cent)


def test_years_of_one_file_that_repeat_are_told_once(store):
    """The later year tells it."""
    years = [batch(*ROWS, year=year) for year in (2023, 2024)]
    assert [
        "The total of expenditure approved 2024 equals that of 2023 to the cent: 3845.67."
    ] == told(store, "repeats-last-year", *years)


@pytest.mark.parametrize(("first", "second"), [(6, 9), (9, 6)])
def test_executed_to_date_that_falls_is_told(store, editor, first, second):
    """Less by September than by June is told, whichever of them comes later into the store."""
    amounts = {6: "100.00", 9: "90.00"}

    def executed(month, amount):
        row = (*SCHOOLS[:3], amount)
        return batch(row, stage="executed", as_of=date(2024, month, 30))

    stored(store, editor, executed(first, amounts[first]))
    assert ["Executed as of 2024-09-30 is 90.00, less than 100.00 as of 2024-06-30."] == told(
        store, "executed-falls", executed(second, amounts[second])
    )
    assert [] == told(store, "executed-falls", executed(3, "90.00"))


def test_months_of_one_file_are_compared_with_each_other(store):
    """Monthly columns that hold single months fall, and that is told."""
    months = [
        batch(
            (*SCHOOLS[:3], amount), stage="executed", as_of=date(2024, month, 28), sheet=str(month)
        )
        for month, amount in ((1, "10.00"), (2, "9.00"))
    ]
    assert 1 == len(told(store, "executed-falls", *months))


@pytest.mark.parametrize(
    ("stage", "revenue", "severity"),
    [
        ("approved", "1000.00", Severity.NOTE),
        ("approved", "1000.01", Severity.WARNING),
        ("executed", "900.00", Severity.NOTE),
    ],
)
@pytest.mark.parametrize("is_stored", [True, False])
def test_revenue_is_told_beside_expenditure(store, editor, stage, revenue, *, severity, is_stored):
    """Stored or in the same file: a note, and a warning where an approved budget does not balance."""
    spent = batch(SCHOOLS, stage=stage, sheet="out")
    earned = batch(("", "7", "Tax", revenue), stage=stage, direction="revenue", sheet="in")
    if is_stored:
        stored(store, editor, spent)
    found = findings_of(store, *([earned] if is_stored else [spent, earned]))
    assert [("balance", severity)] == [(finding.check, finding.severity) for finding in found]
    assert f"a difference of {Decimal(revenue) - 1000}" in str(found[0].message)


def test_hundreds_of_balances_are_told_in_short(store):
    """Where nobody would read them one by one, their number and the largest difference are told."""
    batches = [
        batch((*SCHOOLS[:3], "1.00" if way == "revenue" else f"{n}.00"), direction=way, year=n)
        for n in range(2000, 2020)
        for way in ("revenue", "expenditure")
    ]
    found = [f for f in findings_of(store, *batches) if f.check == "balance"]
    assert (1, "-2018.00") == (len(found), found[0].value)


def test_a_file_that_says_nothing_odd_has_no_findings(store, editor):
    """Another year with other totals passes without a word."""
    stored(store, editor, batch(*ROWS))
    assert [] == findings_of(store, batch(SCHOOLS, CARE, year=2025))
    assert 1 == len(ask(store, "from core.imports"))
