"""Interpretation: cells become exact amounts and places in a classification, or findings."""

from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pytest
from fixtures.small_budget import mapping_with, small_file, small_mapping
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.answers import Answers
from budgeting.imports.meaning.interpretation import interpret
from budgeting.imports.readers import read
from budgeting.model import Severity

LINKED = (
    'levels = [{ code = "cofog" }]',
    'link = { table = "es_programme_cofog", from = "economic_class" }',
)
IN_FILE = {"org": "1", "org_name": "A", "unit": "11", "econ": "611", "cofog": "09.1", "label": "x"}


def row(approved="1,00", executed="2,00", **cells):
    return ";".join([*{**IN_FILE, **cells}.values(), approved, executed])


@dataclass
class Read:
    """The one batch of a small file, and everything that was noticed."""

    lines: pa.Table
    members: tuple
    findings: tuple


def read_as(file, mapping, year=2024, as_of=None):
    answers = Answers(fiscal_year=year, as_of=as_of)
    meaning = interpret(read(file, mapping.layout), mapping, answers, mapping.municipality)
    batch = meaning.batches[0]
    return Read(batch.lines, batch.members, meaning.findings)


def batch_of(*rows, mapping=None, year=2024, as_of=None):
    return read_as(small_file(*rows), mapping or small_mapping(), year, as_of)


def told(batch, check):
    return [finding for finding in batch.findings if finding.check == check]


# --- amounts --------------------------------------------------------------

PLAIN = ("", ".")  # no grouping mark, decimal point
GROUPED = (".", ",")  # 1.234,56
ENGLISH = (",", ".")  # 1,234.56
SPACED = ("\u00a0", ",")  # 1 234,56

AMOUNTS = [
    (GROUPED, "1.234,56", "1234.56"),
    (GROUPED, "1234,56", "1234.56"),
    (GROUPED, "1.234.567", "1234567.00"),
    (GROUPED, "1.234", "1234.00"),
    (GROUPED, "0", "0.00"),
    (GROUPED, "0,5", "0.50"),
    (GROUPED, " 12 ", "12.00"),
    (GROUPED, "+5", "5.00"),
    (GROUPED, "-5,10", "-5.10"),
    (GROUPED, "-1.234,56", "-1234.56"),
    (GROUPED, ",50", "0.50"),
    (GROUPED, "5-", "-5.00"),
    (GROUPED, "- 5", "-5.00"),
    (GROUPED, "(5)", "-5.00"),
    (GROUPED, "5 EUR", "5.00"),
    (GROUPED, "-", None),
    (GROUPED, "", None),
    (GROUPED, "   ", None),
    (GROUPED, "9.999.999.999.999.999,99", "9999999999999999.99"),
    (PLAIN, "1234.56", "1234.56"),
    (PLAIN, "12.3", "12.30"),
    (PLAIN, "0012", "12.00"),
    (ENGLISH, "1,234.56", "1234.56"),
    (ENGLISH, "12,345", "12345.00"),
    (SPACED, "1\u00a0234,56", "1234.56"),
]
NOT_AMOUNTS = [
    (GROUPED, "1.23"),
    (GROUPED, "12.34"),
    (GROUPED, "1234.56"),
    (GROUPED, "1.2345,00"),
    (GROUPED, "1234.567"),
    (GROUPED, "1..234"),
    (GROUPED, ".234"),
    (GROUPED, "5,"),
    (GROUPED, "1,2,3"),
    (GROUPED, "+"),
    (GROUPED, "--5"),
    (GROUPED, "abc"),
    (GROUPED, "5 %"),
    (GROUPED, "1e3"),
    (GROUPED, "0x1F"),
    (GROUPED, "NaN"),
    (GROUPED, "٣"),
    (GROUPED, "1 234"),
    (PLAIN, "1,234.56"),
    (PLAIN, "12,5"),
    (PLAIN, "1.234.567"),
    (ENGLISH, "1.234,56"),
    (ENGLISH, "1,23"),
    (SPACED, "1 23,00"),
]


def styled(folder, style):
    group, decimal = style
    return mapping_with(
        folder, 'decimal = ","\ngroup = "."', f'decimal = "{decimal}"\ngroup = "{group}"'
    )


@pytest.mark.parametrize(("style", "cell", "amount"), AMOUNTS)
def test_a_cell_in_the_style_of_the_layout_is_its_exact_amount(tmp_path, style, cell, amount):
    """What the layout allows is read to the cent; an empty cell is no figure, not zero."""
    batch = batch_of(row(cell, "0"), mapping=styled(tmp_path, style))
    assert [amount and Decimal(amount)] == batch.lines["amount_0"].to_pylist()
    assert () == batch.findings


@pytest.mark.parametrize(("style", "cell"), [(GROUPED, "12,345"), (PLAIN, "1.234")])
def test_three_written_decimals_are_asked_about(tmp_path, style, cell):
    """The mark may as well group thousands: nobody rounds that away in silence."""
    batch = batch_of(row("0", "0"), row(cell, "0"), mapping=styled(tmp_path, style))
    asked = [(f.check, f.severity, f.row_number, f.value) for f in batch.findings]
    assert [("rounded", Severity.QUESTION, 3, cell)] == asked


def test_a_formula_that_ended_in_an_error_is_asked_about():
    """It is no figure, and not zero either."""
    batch = batch_of(row("0"), row("#REF!"))
    assert [Decimal("0.00"), None] == batch.lines["amount_0"].to_pylist()
    asked = [(f.check, f.severity, f.row_number, f.value) for f in batch.findings]
    assert [("formula-error", Severity.QUESTION, 3, "#REF!")] == asked


@pytest.mark.parametrize(("style", "cell"), NOT_AMOUNTS)
def test_a_cell_in_another_style_is_an_error_and_no_amount(tmp_path, style, cell):
    """What the layout does not allow is never guessed: an error with row, column and cell."""
    batch = batch_of(row("0", "0"), row(cell, "0"), mapping=styled(tmp_path, style))
    assert [Decimal("0.00"), None] == batch.lines["amount_0"].to_pylist()
    assert [("number", Severity.ERROR, 3, "approved", cell.strip())] == [
        (f.check, f.severity, f.row_number, f.column, f.value) for f in batch.findings
    ]


@pytest.mark.parametrize("cell", ["10.000.000.000.000.000,00", "-99999999999999999999", "9" * 40])
def test_an_amount_too_large_to_store_is_an_error(cell):
    """More than sixteen digits before the mark do not fit, and that is said of the row."""
    batch = batch_of(row(cell))
    assert [("number", 2)] == [(finding.check, finding.row_number) for finding in batch.findings]


@settings(deadline=None)
@given(cents=st.integers(-(10**17), 10**17), is_grouped=st.booleans())
def test_every_amount_written_in_the_style_of_the_layout_is_read_back(cents, is_grouped):
    """Written with decimal comma, grouped or not, an amount is read back to the cent."""
    amount = Decimal(cents).scaleb(-2)
    written = f"{amount:,.2f}" if is_grouped else f"{amount:.2f}"
    swapped = written.translate(str.maketrans(",.", ".,"))
    assert [amount] == batch_of(row(swapped)).lines["amount_0"].to_pylist()


# --- classifications ------------------------------------------------------


def test_levels_are_joined_from_the_top_down():
    """The path of a code runs from its top level, and each level is a member with its parent."""
    batch = batch_of(row())
    assert ["1/11"] == batch.lines["organisation"].to_pylist()
    assert [("1", "", 1, "A"), ("1/11", "1", 2, "11")] == [
        (m.path_code, m.parent_path_code, m.depth, m.label)
        for m in batch.members
        if m.dimension == "organisation"
    ]


def test_a_dimension_that_the_file_does_not_have_is_not_known():
    """Without a fund in the mapping, every line's fund is not known."""
    assert [""] == batch_of(row()).lines["fund"].to_pylist()


def test_a_row_without_its_code_is_an_error():
    """A missing code is an error at its row, where the mapping does not allow it."""
    batch = batch_of(row(), row(econ=""))
    assert [(Severity.ERROR, 3, "econ")] == [
        (f.severity, f.row_number, f.column) for f in told(batch, "missing-code")
    ]


def test_a_row_without_its_code_is_a_warning_where_the_mapping_allows_it(tmp_path):
    """With may_be_empty the row stays, as not known, and somebody is told."""
    mapping = mapping_with(
        tmp_path,
        'levels = [{ code = "econ" }]',
        'levels = [{ code = "econ" }]\nmay_be_empty = true',
    )
    batch = batch_of(row(), row(econ=" "), mapping=mapping)
    assert ["611", ""] == batch.lines["economic_class"].to_pylist()
    assert [(Severity.WARNING, 3)] == [(f.severity, f.row_number) for f in batch.findings]


def test_a_row_without_the_code_of_an_upper_level_is_found():
    """A unit without its organisation would stand outside the tree: it is told, with its row."""
    batch = batch_of(row(), row(org="", org_name=""))
    assert [3] == [finding.row_number for finding in told(batch, "missing-code")]


def test_two_paths_are_never_one_because_of_a_slash_in_a_code():
    """Organisation 1/2 with unit 3 is not organisation 1 with unit 2/3."""
    batch = batch_of(row(org="1/2", unit="3"), row(org="1", unit="2/3"))
    assert len(set(batch.lines["line_code"].to_pylist())) == 2 or any(
        finding.severity is Severity.ERROR for finding in batch.findings
    )


def test_a_cofog_code_stands_below_its_division():
    """Function 10.4 is read as a group of division 10, which becomes a member, too."""
    batch = batch_of(row(cofog="10.4"))
    assert ["10/10.4"] == batch.lines["function"].to_pylist()
    assert [("10", "Social protection"), ("10/10.4", "Family and children")] == [
        (member.path_code, member.label)
        for member in batch.members
        if member.dimension == "function"
    ]


@pytest.mark.parametrize("code", ["11", "9.1", "10.4.1", "10.44", "x", "09.0"])
def test_a_function_that_cofog_does_not_have_is_an_error(code):
    """The code, its row and its column are told; nothing near it is guessed."""
    batch = batch_of(row(), row(cofog=code))
    assert [(Severity.ERROR, 3, "cofog", code)] == [
        (f.severity, f.row_number, f.column, f.value) for f in told(batch, "unknown-function")
    ]


def test_an_empty_function_is_a_warning_and_stays_in_the_totals():
    """A row without function keeps its amounts, under "not known"."""
    batch = batch_of(row(), row("5,00", cofog=""))
    assert [(Severity.WARNING, 3)] == [
        (f.severity, f.row_number) for f in told(batch, "missing-code")
    ]
    assert ["09/09.1", ""] == batch.lines["function"].to_pylist()
    assert Decimal("6.00") == sum(batch.lines["amount_0"].to_pylist())


def test_a_linked_function_follows_from_the_longest_prefix(tmp_path):
    """The function comes from the table of prefixes; codes without one are told once, together."""
    codes = ("01199", "13001", "13299", "99999", "99998")
    batch = batch_of(*(row(econ=code) for code in codes), mapping=mapping_with(tmp_path, *LINKED))
    assert ["01/01.7", "03/03.6", "03/03.1", "", ""] == batch.lines["function"].to_pylist()
    assert [(Severity.NOTE, "99998, 99999")] == [
        (f.severity, f.value) for f in told(batch, "function-not-linked")
    ]


def test_a_linked_function_is_not_part_of_the_code_of_a_line(tmp_path):
    """Correcting the table of links moves a line to its function; it does not make a new line."""
    batch = batch_of(row(econ="01199"), mapping=mapping_with(tmp_path, *LINKED))
    assert ["organisation=1/11;economic_class=01199"] == batch.lines["line_code"].to_pylist()


def test_of_two_labels_of_a_code_the_more_frequent_is_kept():
    """A code that a file calls two things has the label of most rows, wherever they stand."""
    batch = batch_of(*(row(org_name=name) for name in ("Arts", "Youth", "Youth")))
    assert ["Youth"] == [m.label for m in batch.members if m.path_code == "1"]


def test_two_labels_of_a_code_are_noted_with_their_number():
    """The note tells how many labels the code has and which one is shown."""
    batch = batch_of(*(row(org_name=name) for name in ("Arts", "Youth", "Youth")))
    assert [(Severity.NOTE, "1")] == [(f.severity, f.value) for f in told(batch, "labels-of-code")]
    assert "has 2 labels for organisation 1; “Youth”" in str(
        told(batch, "labels-of-code")[0].message
    )


def test_of_two_equally_frequent_labels_the_choice_does_not_depend_on_the_order():
    """The same rows in another order give the same label."""
    rows = [row(org_name="New"), row(org_name="Old")]
    labels = [
        [m.label for m in batch_of(*order).members if m.path_code == "1"]
        for order in (rows, rows[::-1])
    ]
    assert labels[0] == labels[1]


def test_one_label_for_each_code_needs_no_note():
    """A file that is of one mind has no note on its labels."""
    assert [] == told(batch_of(row(), row()), "labels-of-code")


# --- lines ----------------------------------------------------------------


def test_rows_with_the_same_codes_are_one_line():
    """Without identified_by_label, the label does not tell lines apart."""
    codes = batch_of(row(label="x"), row(label="y"), row(econ="612")).lines["line_code"].to_pylist()
    assert (True, False) == (codes[0] == codes[1], codes[0] == codes[2])


def test_the_label_tells_lines_apart_where_the_mapping_says_so(tmp_path):
    """With identified_by_label, two labels are two lines."""
    mapping = mapping_with(
        tmp_path, 'label = "label"\n', 'label = "label"\nidentified_by_label = true\n'
    )
    codes = batch_of(row(label="x"), row(label="y"), row(label=" x "), mapping=mapping)
    first, second, third = codes.lines["line_code"].to_pylist()
    assert (True, False) == (first == third, first == second)


def test_the_code_of_a_line_is_free_of_years():
    """The same row in another year is the same line."""
    codes = [batch_of(row(), year=year).lines["line_code"].to_pylist() for year in (2023, 2024)]
    assert codes[0] == codes[1]


CHANGE = '[change]\ncolumn = "moved"\nearlier = "approved"\nlater = "executed"\n\n[[amount]]'
CHANGES = [
    ("1,00;3,50;2,50", 0),
    ("1,00;3,50;2,51", 1),
    ("3,50;1,00;-2,50", 0),
    ("1,00;3,50;", 0),  # nothing stated, nothing to compare
    (";3,50;3,50", 0),  # no earlier amount: no difference
]


@pytest.mark.parametrize(("amounts", "warnings"), CHANGES)
def test_a_stated_change_is_compared_with_the_difference(tmp_path, amounts, warnings):
    """A column of changes that does not equal the difference is a warning."""
    text = "org;org_name;unit;econ;cofog;label;approved;executed;moved"
    mapping = mapping_with(
        tmp_path, '[[amount]]\ncolumn = "approved"', f'{CHANGE}\ncolumn = "approved"'
    )
    file = small_file(";".join([*IN_FILE.values(), amounts]), header=text)
    batch = read_as(file, mapping)
    assert [("change", Severity.WARNING, 2, "moved")] * warnings == [
        (f.check, f.severity, f.row_number, f.column) for f in batch.findings
    ]
