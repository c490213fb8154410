"""Confirmation: what confirms a sum, the file itself or the budget decision, and for which part of it."""

from datetime import date
from decimal import Decimal

import pytest
from fixtures.mapped_files import APPROVED, EXECUTED, STRUCTURE, examined, mapping_of, told

from budgeting.imports.answers import Part
from budgeting.model import Direction, Severity, Stage

LINES = "code;label;approved\n1;a;5\n2;b;6\n"


def test_a_sum_that_nothing_confirms_is_named(store):
    """The warning has the sum, so that somebody can compare it with the printed budget."""
    (found,) = told(examined(store, LINES), "unconfirmed-total")
    assert (found.severity, found.value) == (Severity.WARNING, "11.00")
    assert "Nothing in the file confirms this total: 11.00" in str(found.message)


def test_the_total_of_the_decision_confirms(store):
    """The printed total that a person enters stands for one in the file."""
    verdict = examined(store, LINES, printed_totals={Part(Stage.APPROVED): Decimal("11.00")})
    assert told(verdict, "unconfirmed-total") + told(verdict, "printed-total") == []


@pytest.mark.parametrize("stated", ["10.99", "11.01", "0"])
def test_another_total_of_the_decision_is_asked_about(store, stated):
    """A cent of difference blocks until there is a reason."""
    verdict = examined(store, LINES, printed_totals={Part(Stage.APPROVED): Decimal(stated)})
    (found,) = told(verdict, "printed-total")
    assert (Severity.QUESTION, Decimal(stated) - 11) == (
        found.severity,
        found.message.values["difference"],
    )
    assert not verdict.is_acceptable


def test_the_total_of_one_stage_confirms_no_other(store):
    """What the decision prints for the approved budget says nothing of the execution."""
    rows = "code;label;approved;executed\n1;a;5;4\n"
    told_total = {Part(Stage.APPROVED): Decimal("5.00")}
    verdict = examined(store, rows, mapping_of(APPROVED, EXECUTED), printed_totals=told_total)
    assert [found.value for found in told(verdict, "unconfirmed-total")] == ["4.00"]


@pytest.mark.parametrize(("amounts", "said"), [((5, -5), ["0.00"]), ((0, 0), [])])
def test_a_total_of_zero_confirms_no_money(store, amounts, said):
    """Zero agrees with any file whose money was lost; where there is no money, nothing is missing."""
    first, second = amounts
    rows = f"code;label;approved\n1;a;{first}\n2;b;{second}\n;Total;0\n"
    verdict = examined(store, rows, mapping_of(APPROVED, STRUCTURE))
    assert said == [found.value for found in told(verdict, "unconfirmed-total")]


def test_the_total_of_the_decision_is_compared_where_the_file_prints_one_too(store):
    """The file confirms itself with 11, the decision prints 12: that is asked about."""
    rows = "code;label;approved\n1;a;5\n2;b;6\n;Total;11\n"
    given = {Part(Stage.APPROVED): Decimal(12)}
    verdict = examined(store, rows, mapping_of(APPROVED, STRUCTURE), printed_totals=given)
    assert told(verdict, "printed-total")


# --- parts of a file --------------------------------------------------------

OF_YEARS = 'fiscal_year_column = "year"'
YEARS = "year;code;label;approved\n2023;1;a;5\n2024;1;a;7\n"
TOWNS = """
[municipality]
column = "town"
country_code = "ME"
currency_code = "EUR"
"""
OF_TOWNS = "town;code;label;approved\nAton;1;a;5\nBeton;1;a;7\n"


def of_years(store, **stated):
    parts = {Part.of(part.replace("_", "/")): Decimal(amount) for part, amount in stated.items()}
    mapping = mapping_of(top=OF_YEARS)
    return examined(store, YEARS, mapping, fiscal_year=None, printed_totals=parts)


def unconfirmed(verdict) -> list[str]:
    return [found.value for found in told(verdict, "unconfirmed-total")]


def test_a_total_of_one_year_confirms_that_year(store):
    """The other year is still open, and its own total closes it."""
    one = of_years(store, **{"2023_approved": "5.00"})
    assert (["7.00"], []) == (unconfirmed(one), told(one, "printed-total"))
    both = of_years(store, **{"2023_approved": "5.00", "2024_approved": "7.00"})
    assert ([], []) == (unconfirmed(both), told(both, "printed-total"))


def test_a_total_of_the_wrong_year_is_asked_about(store):
    """The sum of 2024 entered for 2023 differs, though it is that of another year."""
    verdict = of_years(store, **{"2023_approved": "7.00"})
    (found,) = told(verdict, "printed-total")
    assert (Decimal("2.00"), "2023" in str(found.message)) == (
        found.message.values["difference"],
        True,
    )
    assert ["7.00"] == unconfirmed(verdict)


def test_a_total_without_a_year_is_that_of_the_year_it_equals(store):
    """It confirms the year that it is the sum of; of the other years nothing is said."""
    verdict = of_years(store, approved="7.00")
    assert (["5.00"], []) == (unconfirmed(verdict), told(verdict, "printed-total"))


@pytest.mark.parametrize("part", ["2022_approved", "2024_revenue_approved", "2024_executed"])
def test_a_total_of_what_the_file_does_not_have_is_asked_about(store, part):
    """It was meant for something; nobody must believe that it was compared."""
    verdict = of_years(store, **{part: "7.00"})
    (found,) = told(verdict, "printed-total")
    assert (Severity.QUESTION, part.replace("_", "/")) == (
        found.severity,
        found.message.values["part"],
    )


@pytest.mark.parametrize(
    ("stated", "still_open"),
    [
        ({"approved": "12"}, []),
        ({"aton/approved": "5"}, ["12.00"]),
        ({"aton/approved": "5", "beton/approved": "7"}, []),
    ],
)
def test_municipalities_are_confirmed_together_or_one_by_one(store, stated, still_open):
    """The sum of all towns, or that of each; one town alone leaves the rest open."""
    parts = {Part.of(part): Decimal(amount) for part, amount in stated.items()}
    mapping = mapping_of(town=TOWNS)
    verdict = examined(store, OF_TOWNS, mapping, printed_totals=parts)
    assert (still_open, []) == (unconfirmed(verdict), told(verdict, "printed-total"))


def test_a_part_is_read_as_it_is_written():
    """Every word tells what it is; what names no stage, or a thing twice, is no part."""
    part = Part(Stage.APPROVED, "rs_vran", 2025, Direction.REVENUE, date(2025, 6, 30))
    assert "rs_vran/2025/revenue/approved/2025-06-30" == part.written
    assert part == Part.of(part.written) == Part.of("approved/2025-06-30/2025/rs_vran/revenue")
    for written in ("2025/revenue", "approved/executed", "", "2024/2025/approved"):
        with pytest.raises(ValueError, match="no part"):
            Part.of(written)
