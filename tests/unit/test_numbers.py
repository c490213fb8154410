"""Numbers and dates as people write them: read exactly, or asked about, never guessed."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgeting.imports.cells.dates import dates, dates_possible
from budgeting.imports.cells.numbers import Ambiguity, amounts, canonical, decide, styles_possible
from budgeting.imports.source import NumberStyle

POINT, COMMA = NumberStyle("."), NumberStyle(",")
GERMAN, ENGLISH = NumberStyle(",", "."), NumberStyle(".", ",")
FRENCH, SWISS = NumberStyle(",", " "), NumberStyle(".", "'")
STYLES = [
    POINT,
    COMMA,
    GERMAN,
    ENGLISH,
    FRENCH,
    NumberStyle(".", " "),
    SWISS,
    NumberStyle(",", "'"),
]


def cells(*values):
    return pa.chunked_array([pa.array(values, pa.string())])


def read(style, *values, factor=1):
    return amounts(cells(*values), None, style, factor)


def value(style, written, factor=1):
    found = read(style, written, factor=factor)
    assert [False] == found.wrong.to_pylist()
    return found.values.to_pylist()[0]


def written(amount, style):
    """Return an amount of cents as somebody writes it in a style."""
    whole, _, cents = f"{abs(amount):,.2f}".partition(".")
    return ("-" if amount < 0 else "") + whole.replace(",", style.group) + style.decimal + cents


@pytest.mark.parametrize("style", STYLES)
@settings(deadline=None)
@given(cents=st.integers(-(10**18) + 1, 10**18 - 1))
def test_a_written_amount_is_read_back(style, cents):
    """Every amount of up to 16 digits and two decimals is the same after writing and reading."""
    amount = Decimal(cents).scaleb(-2)
    assert amount == value(style, written(amount, style))


@pytest.mark.parametrize("style", STYLES)
@settings(deadline=None)
@given(cents=st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_the_style_in_which_a_column_was_written_is_possible(style, cents):
    """Detection never rules out what is right: every cell is read alike, or somebody is asked."""
    amounts_ = [Decimal(number).scaleb(-2) for number in cents]
    column = cells(*(written(amount, style) for amount in amounts_))
    found = decide(column)
    candidates = found.candidates if isinstance(found, Ambiguity) else (found,)
    assert amounts_ in [amounts(column, None, style).values.to_pylist() for style in candidates]


@pytest.mark.parametrize(
    ("column", "style"),
    [
        (["1.234,56"], GERMAN),
        (["1,234.56"], ENGLISH),
        (["1 234,56"], FRENCH),
        (["1\u00a0234,56"], FRENCH),
        (["1\u202f234,56"], FRENCH),
        (["1'234.56"], SWISS),
        (["1’234.56"], SWISS),
        (["2.952", "1.596.852.249"], GERMAN),
        (["1,520,000"], ENGLISH),
        (["2.952", "0.5"], POINT),
        (["0.000"], POINT),
        (["33768.000"], POINT),
        (["2.952", "33768.000"], POINT),
        (["33768,000"], COMMA),
        (["12,5", "text", ""], COMMA),
        (["  1,828,550,000      ", "  -     "], ENGLISH),
        (["521.811.704,00", ""], GERMAN),
    ],
)
def test_the_cells_of_a_column_decide_how_it_is_read(column, style):
    """One cell that can be read in one way only is enough for the whole column."""
    assert style == decide(cells(*column))


@pytest.mark.parametrize("cell", ["2.952", "1,234", "-2.952", "(2.952)", "2.952 KM", "999.999"])
def test_one_mark_before_three_digits_is_asked_about(cell):
    """2.952 is 2952 or 2.952: with nothing to decide, both candidates are named, with the cell."""
    found = decide(cells("12", cell))
    assert {found.candidates[0].decimal, found.candidates[1].decimal} == {".", ","}
    assert (2, False) == (len(found.candidates), found.is_mixed)


@pytest.mark.parametrize("cell", ["2.95", "2.9520", "0.952", "2952.952", "2.952.1"])
def test_one_mark_elsewhere_is_not_asked_about(cell):
    """Groups have three digits and do not begin with a zero; what is no number decides nothing."""
    assert decide(cells(cell)) == POINT


def test_other_columns_decide_where_they_agree():
    """A column that may be read in two ways follows the clear columns beside it."""
    assert GERMAN == decide(cells("2.952"), [cells("1,5"), cells("1.234,00"), cells("77")])
    assert POINT == decide(cells("2.952"), [cells("1.5"), cells("3.111")])


@pytest.mark.parametrize("others", [[], ["77"], ["3.111"], ["1,5", "1.5"]])
def test_other_columns_that_are_not_clear_or_disagree_decide_nothing(others):
    """Then somebody is asked."""
    assert isinstance(decide(cells("2.952"), [cells(other) for other in others]), Ambiguity)


def test_a_column_without_marks_is_not_asked_about():
    """Plain integers read alike in every style; they take the decimal mark of their neighbours."""
    assert POINT == decide(cells("12", "-", ""))
    assert COMMA == decide(cells("12"), [cells("1,5")])


def test_two_styles_in_one_column_are_told():
    """Where no style reads all numbers the one that reads most comes first, with a cell it fails."""
    found = decide(cells("1.234,56", "7.000,00", "1,234.56"))
    assert (True, "1,234.56", GERMAN) == (found.is_mixed, found.example, found.candidates[0])


def test_two_styles_in_one_column_are_told_although_the_neighbours_agree():
    """ "1,234" must not become 1.23 because another column uses commas."""
    assert decide(cells("1.234,56", "1,234.56", "1,234"), [cells("1,5")]).is_mixed


@pytest.mark.parametrize(
    ("column", "styles"),
    [
        (["2.952"], {POINT, GERMAN}),
        (["1,5"], {COMMA}),
        (["12"], {POINT, COMMA}),
        (["1 234"], {NumberStyle(".", " "), FRENCH}),
        (["1,5", "word"], set()),
        (["1,5", "38%"], set()),
        (["1,5", "-", ""], {COMMA}),
        (["1,23,456.00"], set()),
    ],
)
def test_styles_possible_are_those_that_read_every_cell(column, styles):
    """One cell that is no number leaves none; a dash and an empty cell do not count."""
    assert styles == set(styles_possible(cells(*column)))


@pytest.mark.parametrize(
    "cell",
    ["-1.234,50", "(1.234,50)", "1.234,50-", "−1.234,50", "–1.234,50", "- 1.234,50", "( 1.234,50 )",
     "-1.234,50 KM", "KM -1.234,50", "-€1.234,50", "(1.234,50 €)", "(1.234,50) EUR", "1234,5-"],
)  # fmt: skip
def test_negative_amounts_are_read_however_they_are_written(cell):
    """Brackets, a minus in front or behind, and the long minus signs of word processors."""
    assert Decimal("-1234.50") == value(GERMAN, cell)


@pytest.mark.parametrize(
    "cell",
    ["1.234,50 KM", "KM 1.234,50", "1.234,50 €", "€1.234,50", "1.234,50 din.", "1234,50 Kč", "+1.234,50",
     "1.234,50 kr", "1.234,50 дин", " 1.234,50\u00a0", "RSD 1.234,50", "1.234,5000"],
)  # fmt: skip
def test_currency_around_an_amount_does_not_count(cell):
    """Words and symbols of currencies, before and behind."""
    assert Decimal("1234.50") == value(GERMAN, cell)


@pytest.mark.parametrize("cell", ["-", "–", "—", "  -  ", "--", "- KM", "−"])
def test_a_dash_says_that_there_is_no_figure(cell):
    """It is not zero and not wrong; it is counted."""
    found = read(GERMAN, cell)
    assert ([None], [False], [True]) == (
        found.values.to_pylist(),
        found.wrong.to_pylist(),
        found.dashes.to_pylist(),
    )


@pytest.mark.parametrize("cell", ["", "  ", "\u00a0", None])
def test_an_empty_cell_is_no_figure(cell):
    """Null, not wrong, and no dash."""
    found = read(GERMAN, cell)
    assert ([None], [False], [False]) == (
        found.values.to_pylist(),
        found.wrong.to_pylist(),
        found.dashes.to_pylist(),
    )


@pytest.mark.parametrize(
    "cell",
    ["38,5%", "word", "#REF!", "1e5", "1,234.56", "1.23", "12.34.567", "0x1F", "1,2,3", "1 234", "NA", "=1+1",
     "5 kg", "(5", "5)", "--5", "-(5)", "12345678901234567", "nan", "inf", "٣"],
)  # fmt: skip
def test_what_is_no_number_of_the_style_is_wrong(cell):
    """It has no value, and says so: it is never taken for zero or nothing."""
    found = read(GERMAN, cell, "1")
    assert ([True, False], [None, 1]) == (found.wrong.to_pylist(), found.values.to_pylist())


def test_sixteen_digits_are_the_most():
    """The largest amount is read, one digit more is wrong."""
    found = read(COMMA, "9999999999999999,99", "10000000000000000,00")
    assert [False, True] == found.wrong.to_pylist()
    assert Decimal("9999999999999999.99") == found.values[0].as_py()


def test_more_than_two_decimals_are_rounded_and_told():
    """To the cent, half to even; zeros behind the cents are no rounding."""
    found = read(POINT, "1.005", "1.015", "1.500", "2", "0.999")
    assert ["1.00", "1.02", "1.50", "2.00", "1.00"] == [str(v) for v in found.values.to_pylist()]
    assert [True, True, False, False, True] == found.rounded.to_pylist()


def test_a_factor_multiplies_before_rounding():
    """0.17 crore are 1,700,000; what becomes too long is wrong."""
    found = read(POINT, "0.17", "0.12345678", "9999999999", "-5.08", factor=10**7)
    assert [
        Decimal(1700000),
        Decimal("1234567.80"),
        None,
        Decimal(-50800000),
    ] == found.values.to_pylist()
    assert [False, False, True, False] == found.wrong.to_pylist()


def test_numbers_of_a_workbook_are_read_whatever_the_style():
    """The value counts, to the 15 digits that a workbook keeps; the text beside it does not."""
    typed = pa.chunked_array([pa.array([1234.5600000000001, None, 0.1 + 0.2], pa.float64())])
    found = amounts(cells("1234.56", "1.234,56", ""), typed, GERMAN)
    assert [Decimal("1234.56"), Decimal("1234.56"), Decimal("0.30")] == found.values.to_pylist()
    assert [False] * 3 == found.wrong.to_pylist() == found.rounded.to_pylist()


@settings(deadline=None)
@given(cents=st.integers(-(10**14), 10**14))
def test_a_float_has_the_text_of_the_amount_it_stands_for(cents):
    """Up to 15 digits, whatever arithmetic the float went through."""
    amount = Decimal(cents).scaleb(-2)
    assert amount == Decimal(canonical(pa.array([float(amount)])).to_pylist()[0])
    assert "e" not in canonical(pa.array([float(amount)])).to_pylist()[0].lower()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (4048580.0, "4048580"),
        (1234.5600000000001, "1234.56"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (797119802.12, "797119802.12"),
        (1e22, "10000000000000000000000"),
    ],
)
def test_a_number_of_a_workbook_has_one_text(number, text):
    """No exponent, no noise of binary arithmetic, no decimals where there are none."""
    assert [text, None] == canonical(pa.array([number, None], pa.float64())).to_pylist()


@pytest.mark.parametrize(
    ("column", "styles"),
    [
        (["2014-01-31", ""], ["Y-M-D"]),
        (["2014-01-01T00:00:00"], ["Y-M-D"]),
        (["31.01.2014", "1.2.2014."], ["D.M.Y"]),
        (["13/02/2014"], ["D/M/Y"]),
        (["02/13/2014"], ["M/D/Y"]),
        (["01/02/2014"], ["D/M/Y", "M/D/Y"]),
        (["01/02/2014", "13/02/2014"], ["D/M/Y"]),
        (["13/02/2014", "02/13/2014"], []),
        (["31.02.2014"], []),
        (["word"], []),
        ([""], []),
    ],
)
def test_dates_are_read_in_one_way_or_asked_about(column, styles):
    """Two styles say that nothing in the column decides between day and month."""
    assert styles == list(dates_possible(cells(*column)))


def test_dates_of_the_style_have_a_value_and_others_are_wrong():
    """An empty cell is neither."""
    found = dates(cells("01/02/2014", "13/02/2014", "", None, "02/13/2014"), "D/M/Y")
    assert [date(2014, 2, 1), date(2014, 2, 13), None, None, None] == found.values.to_pylist()
    assert [False, False, False, False, True] == found.wrong.to_pylist()
