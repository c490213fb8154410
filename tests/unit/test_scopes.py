"""Scopes: a file of several municipalities, years and directions falls into one batch for each."""

import pytest
from fixtures.mapped_files import (
    APPROVED,
    EXECUTED,
    MANY,
    TOWN,
    csv,
    errors,
    examined,
    mapping_of,
    sums,
    told,
    total,
    workbook,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.answers import Answers
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read

YEARS = 'fiscal_year_column = "year"'
BOTH_WAYS = """
    [line]
    direction_column = "way"
    expenditure = '^out'
    revenue = '^in'
    label = "label"
"""
FILE = """
    town;year;way;code;label;approved
    Novi Grad;2023;out;1;a;1
    Novi Grad;2024;out;1;a;20
    Novi Grad;2024;in;7;b;300
    Stari Grad;2024;out;1;a;4000
    Stari Grad;2024;out;2;c;50000
"""


def spread(**how):
    return mapping_of(APPROVED, top=YEARS, town=MANY, line=BOTH_WAYS, **how)


def test_each_municipality_year_and_direction_is_a_batch(store):
    """The file's rows fall into four batches, and each has the sum of its own rows."""
    verdict = examined(store, FILE, spread(), fiscal_year=None)
    assert sums(verdict) == {
        ("novi_grad", 2023, "expenditure", "approved", None): "1.00",
        ("novi_grad", 2024, "expenditure", "approved", None): "20.00",
        ("novi_grad", 2024, "revenue", "approved", None): "300.00",
        ("stari_grad", 2024, "expenditure", "approved", None): "54000.00",
    }
    assert len(verdict.batches) == 4


def test_the_batches_add_up_to_the_file(store):
    """No row is in two batches and none is in no batch."""
    verdict = examined(store, FILE, spread(), fiscal_year=None)
    assert total(verdict) == "54321.00"
    assert verdict.rows == {"read": 5, "accepted": 5, "skipped": 0, "rejected": 0}


ROWS = st.tuples(
    st.sampled_from(["A", "B", "C"]),
    st.integers(2022, 2024),
    st.sampled_from(["in", "out"]),
    st.integers(-10_000, 10_000),
)


@settings(deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=20))
def test_the_batches_of_any_file_add_up_to_it(rows):
    """Whatever rows stand beside each other, in whatever order, no cent is lost or doubled."""
    lines = [f"{town};{year};{way};1;a;{amount}" for town, year, way, amount in rows]
    file = csv("\n".join(["town;year;way;code;label;approved", *lines]))
    mapping = spread()
    meaning = interpret(read(file, mapping.layout), mapping, Answers(), None)
    assert f"{sum(amount for *_, amount in rows)}.00" == total(meaning)
    assert len({row[:3] for row in rows}) == len(meaning.batches)


def test_a_batch_has_the_members_of_its_own_lines(store):
    """A code that only another municipality uses is no member of this one."""
    verdict = examined(store, FILE, spread(), fiscal_year=None)
    codes = [{member.code for member in batch.members} for batch in verdict.batches]
    assert codes.count({"1", "2"}) == 1
    assert codes.count({"7"}) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (";2024;out;1;a;5", "town"),
        ("A;;out;1;a;5", "year"),
        ("A;soon;out;1;a;5", "year"),
        ("A;2024;;1;a;5", "way"),
        ("A;2024;sideways;1;a;5", "way"),
    ],
)
def test_a_row_without_its_scope_is_an_error(store, row, column):
    """Whose, of which year or which way: what a row does not say is never taken from its neighbour."""
    file = f"town;year;way;code;label;approved\nA;2024;out;1;a;1\n{row}\n"
    verdict = examined(store, file, spread(), fiscal_year=None)
    assert [(3, column)] == [(f.row_number, f.column) for f in told(verdict, "scope")]
    assert not verdict.is_acceptable


def test_words_that_mean_both_ways_are_an_error(store):
    """A row that is called expenditure and revenue is neither."""
    file = "town;year;way;code;label;approved\nA;2024;out;1;a;1\nA;2024;in and out;1;a;5\n"
    line = BOTH_WAYS.replace("'^out'", "'out'").replace("'^in'", "'in'")
    verdict = examined(store, file, mapping_of(APPROVED, top=YEARS, town=MANY, line=line))
    assert errors(verdict) == [("scope", 3, "in and out")]


@pytest.mark.parametrize(
    ("cell", "year"), [("2024", 2024), ("31.12.2024", 2024), ("2024/25", 2024), ("FY 2024", 2024)]
)
def test_a_year_is_read_from_the_words_around_it(store, cell, year):
    """A cell that has one year beside other text says that year."""
    file = f"year;code;label;approved\n{cell};1;a;5\n"
    verdict = examined(store, file, mapping_of(top=YEARS), fiscal_year=None)
    assert {year} == set(verdict.totals)


@pytest.mark.parametrize("cell", ["1824", "20245", "24"])
def test_a_number_that_is_no_year_is_none(store, cell):
    """Only 19xx and 20xx, standing alone, are years."""
    file = f"year;code;label;approved\n{cell};1;a;5\n"
    verdict = examined(store, file, mapping_of(top=YEARS), fiscal_year=None)
    assert [("scope", 2, cell)] == errors(verdict)


def test_a_file_without_a_year_asks_for_it(store):
    """The year is asked for, and an answer is enough."""
    file = "code;label;approved\n1;a;5\n"
    assert errors(examined(store, file, fiscal_year=None)) == [("fiscal-year", None, None)]
    assert {2025} == set(examined(store, file, fiscal_year=2025).totals)


def test_who_asks_for_one_year_gets_its_rows(store):
    """The rows of other years are skipped with a reason, and none of their money is counted."""
    verdict = examined(store, FILE, spread(), fiscal_year=2023)
    assert total(verdict) == "1.00"
    assert verdict.rows == {"read": 5, "accepted": 1, "skipped": 4, "rejected": 0}


def test_who_asks_for_one_municipality_gets_its_rows(store):
    """The rows of the other municipality are skipped."""
    verdict = examined(store, FILE, spread(), fiscal_year=None, municipality_code="stari_grad")
    assert total(verdict) == "54000.00"
    assert verdict.rows == {"read": 5, "accepted": 2, "skipped": 3, "rejected": 0}


def test_who_asks_for_a_municipality_that_the_file_lacks_gets_nothing(store):
    """A wrong code never ends in the rows of somebody else."""
    verdict = examined(store, FILE, spread(), fiscal_year=None, municipality_code="elsewhere")
    assert verdict.batches == ()
    assert errors(verdict) == [("no-lines", None, None)]


def test_one_municipality_under_two_names_is_one(store):
    """With a column of codes, a name spelled in two ways makes no second municipality."""
    town = MANY + '\n    code_column = "id"\n    prefix = "xx_"'
    file = """
        town;id;code;label;approved
        Novi Grad;07;1;a;5
        N. Grad;07;2;b;6
        Novi Grad;07;3;c;7
    """
    verdict = examined(store, file, mapping_of(town=town))
    assert [(batch.municipality.code, batch.municipality.name) for batch in verdict.batches] == [
        ("xx_07", "Novi Grad")
    ]
    assert total(verdict) == "18.00"


BY_SHEET = """
    [municipality]
    from_sheet = true
    prefix = "rs_"
    country_code = "RS"
    currency_code = "RSD"
"""
HEADER = ("code", "label", "approved")


def test_each_sheet_is_a_municipality(store):
    """A workbook of several sheets is read whole, each under the name of its sheet."""
    file = workbook({"Врање": [HEADER, ("1", "a", 5)], "Сомбор": [HEADER, ("1", "a", 70)]})
    verdict = examined(store, file, mapping_of(town=BY_SHEET))
    assert {("rs_vranje", "Врање", "5.00"), ("rs_sombor", "Сомбор", "70.00")} == {
        (s.municipality.code, s.municipality.name, str(s.amount)) for s in verdict.statements
    }
    assert verdict.rows["read"] == 2


def test_a_finding_names_its_sheet(store):
    """Of two sheets with the same rows, the finding says which one it is about."""
    file = workbook({"One": [HEADER, ("1", "a", 5)], "Two": [HEADER, ("1", "a", "x7")]})
    verdict = examined(store, file, mapping_of(town=BY_SHEET))
    assert [(f.sheet, f.row_number, f.column, f.value) for f in told(verdict, "number")] == [
        ("Two", 2, "approved", "x7")
    ]


def test_a_sheet_that_lacks_a_column_does_not_hide_the_others(store):
    """Its rows are rejected with the reason; those of the other sheet are still read."""
    file = workbook(
        {
            "One": [HEADER, ("1", "a", 5), ("2", "b", 6)],
            "Two": [("code", "label", "x"), ("1", "a", 7)],
        }
    )
    verdict = examined(store, file, mapping_of(town=BY_SHEET))
    assert [(f.sheet, f.column) for f in told(verdict, "missing-column")] == [("Two", "approved")]
    assert verdict.rows == {"read": 3, "accepted": 2, "skipped": 0, "rejected": 1}


def test_a_text_file_has_no_sheet_to_name_it(store):
    """Where the sheet should name the municipality, a text file asks for it."""
    file = "code;label;approved\n1;a;5\n"
    verdict = examined(store, file, mapping_of(town=BY_SHEET))
    assert errors(verdict) == [("municipality", None, None)]


def test_a_layout_is_used_by_another_municipality(store):
    """A stated code goes before the mapping's own; country and currency are the mapping's."""
    file = "code;label;approved;executed\n1;a;5;4\n"
    mapping = mapping_of(APPROVED, EXECUTED, town=TOWN)
    verdict = examined(store, file, mapping, municipality_code="otherton")
    (batch,) = verdict.batches
    place = batch.municipality
    assert (place.code, place.country_code, place.currency_code) == ("otherton", "ME", "EUR")


def test_the_first_date_of_a_municipality_is_its_own(store):
    """The town that adopts in February has not revised its budget because another adopts in January."""
    dated = """
    [[amount]]
    column = "money"
    stage = "approved"
    later_stage = "revised"
    date_column = "day"
    """
    file = "town;code;label;day;money\nA;1;a;2024-01-01;5\nB;1;a;2024-02-01;70\n"
    verdict = examined(store, file, mapping_of(dated, town=MANY))
    assert {"approved"} == {key[3] for key in sums(verdict)}


def test_a_name_without_letters_is_no_municipality(store):
    """Nothing is stored under an empty code."""
    file = "town;code;label;approved\nA;1;a;5\n---;1;a;6\n"
    assert errors(examined(store, file, mapping_of(town=MANY))) == [("scope", 3, "---")]
