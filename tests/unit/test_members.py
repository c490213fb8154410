"""Members: codes out of columns, cells, constants and look-up tables, and codes nobody knows."""

import pytest
from fixtures.mapped_files import APPROVED, MANY, cells, examined, mapping_of, sums, told, total
from fixtures.small_budget import add_town

from budgeting.imports.stored.own_codes import add_own_code
from budgeting.model import Severity


def levels(*entries, more=""):
    joined = ", ".join(entries)
    return f'[[classification]]\ndimension = "economic_class"\nlevels = [{joined}]\n{more}'


def read(store, rows, codes, **how):
    return examined(store, rows, mapping_of(APPROVED, codes=codes), **how)


def labels(verdict):
    return {member.path_code: member.label for member in verdict.batches[0].members}


# --- where a code stands --------------------------------------------------


@pytest.mark.parametrize(("join", "code"), [("", "0407"), (".", "04.07"), ("-", "04-07")])
def test_a_code_is_joined_from_columns(store, join, code):
    """Two columns are one code, with the mark of the mapping between them; zeros stay."""
    rows = "part;item;label;approved\n04;07;a;5\n"
    codes = levels(f'{{ code = ["part", "item"], join = "{join}" }}')
    assert [code] == cells(read(store, rows, codes), "economic_class")


@pytest.mark.parametrize("cells_of_row", ["04;", ";07"])
def test_half_a_joined_code_is_no_code(store, cells_of_row):
    """A row that lacks one of the parts has no code: an error, not the other part alone."""
    rows = f"part;item;label;approved\n04;07;a;5\n{cells_of_row};b;6\n"
    codes = levels('{ code = ["part", "item"], join = "." }')
    verdict = read(store, rows, codes)
    assert [(found.row_number, found.severity) for found in told(verdict, "missing-code")] == [
        (3, Severity.ERROR)
    ]


def test_joined_codes_do_not_run_into_each_other(store):
    """Without a mark, 1 and 12 is the code of 11 and 2; the line codes say so by being equal."""
    rows = "part;item;label;approved\n1;12;a;5\n11;2;b;6\n"
    marked = read(store, rows, levels('{ code = ["part", "item"], join = "." }'))
    assert cells(marked, "economic_class") == ["1.12", "11.2"]


SPLIT = """{ code = "item", pattern = '^(?P<code>[0-9.]+)\\s*[-–]?\\s*(?P<label>.*)$' }"""


def test_a_cell_is_split_into_code_and_words(store):
    """The pattern takes both out of one cell."""
    rows = "item;label;approved\n61.1 – Pay;a;5\n62 Heat;b;6\n"
    verdict = read(store, rows, levels(SPLIT))
    assert cells(verdict, "economic_class") == ["61.1", "62"]
    assert labels(verdict) == {"61.1": "Pay", "62": "Heat"}


def test_a_cell_that_the_pattern_does_not_fit_has_no_code(store):
    """It is an error with its row, not a code of some of its words."""
    rows = "item;label;approved\n61 Pay;a;5\nHeat;b;6\n"
    verdict = read(store, rows, levels(SPLIT))
    assert [(f.row_number, f.column) for f in told(verdict, "missing-code")] == [(3, "item")]


def test_two_levels_are_split_from_one_column(store):
    """The first two digits are the group, all of them the item under it."""
    codes = levels("""{ code = "item", pattern = '^(?P<code>[0-9]{2})' }""", '{ code = "item" }')
    rows = "item;label;approved\n611;a;5\n612;b;6\n"
    assert cells(read(store, rows, codes), "economic_class") == ["61/611", "61/612"]


def test_a_constant_is_the_code_of_every_row(store):
    """A file of one programme, which it does not repeat in every row, still has it."""
    codes = levels('{ text = "P1" }', '{ code = "code" }')
    rows = "code;label;approved\n1;a;5\n2;b;6\n"
    assert cells(read(store, rows, codes), "economic_class") == ["P1/1", "P1/2"]


def test_labels_come_from_the_classification(store):
    """A file of bare codes is shown with the words of the chart; unknown ones keep their code."""
    codes = levels('{ code = "code", labels = "rs_economic" }')
    rows = "code;label;approved\n411;a;5\n999;b;6\n"
    found = labels(read(store, rows, codes))
    assert found["999"] == "999"
    assert found["411"] not in ("411", "a", "")


def test_codes_are_text(store):
    """Zeros in front are part of a code, and spaces around it are not."""
    rows = "code;label;approved\n01;a;5\n 01 ;b;6\n1;c;7\n"
    verdict = read(store, rows, levels('{ code = "code" }'))
    assert cells(verdict, "economic_class") == ["01", "01", "1"]


# --- codes that a classification does not have ----------------------------

KNOWN = levels('{ code = "code" }', more='known = "rs_economic"')
UNKNOWN = "code;label;approved\n411;a;5\n428;b;6\n428;c;7\n"


def test_an_unknown_code_is_told_with_the_nearest(store):
    """It is a warning with the code, its column and codes that are near; its money is kept."""
    verdict = read(store, UNKNOWN, KNOWN)
    (found,) = told(verdict, "unknown-code")
    assert (found.severity, found.column, found.value) == (Severity.WARNING, "code", "428")
    assert "42" in str(found.suggestion)
    assert total(verdict) == "18.00"


@pytest.mark.parametrize("code", ["411", "4111", "411111"])
def test_a_known_code_and_one_below_it_need_no_finding(store, code):
    """More detail than the chart has is known by what it stands under."""
    rows = f"code;label;approved\n{code};a;5\n"
    assert told(read(store, rows, KNOWN), "unknown-code") == []


def test_a_code_of_the_municipalitys_own_is_known(store, editor):
    """Once it is added, the same file has no such finding, and another code still has."""
    add_town(store, editor)
    add_own_code(store, "smallton", "rs_economic", "428", label="Reserve", identity=editor)
    assert told(read(store, UNKNOWN, KNOWN), "unknown-code") == []
    other = read(store, "code;label;approved\n429;a;5\n", KNOWN)
    assert [found.value for found in told(other, "unknown-code")] == ["429"]


def test_an_own_code_is_of_one_municipality(store, editor):
    """Another municipality that uses the code is still told."""
    add_town(store, editor)
    add_own_code(store, "smallton", "rs_economic", "428", label="Reserve", identity=editor)
    verdict = read(store, UNKNOWN, KNOWN, municipality_code="otherton")
    assert [found.value for found in told(verdict, "unknown-code")] == ["428"]


# --- missing codes --------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "severity"), [("false", Severity.ERROR), ("true", Severity.WARNING)]
)
def test_a_missing_code_refuses_unless_it_may_be_missing(store, allowed, severity):
    """Without a code the row is an error, or stays in the totals as not known where that is allowed."""
    codes = levels('{ code = "code" }', more=f"may_be_empty = {allowed}")
    verdict = read(store, "code;label;approved\n1;a;5\n;b;6\n", codes)
    assert [(3, severity)] == [(f.row_number, f.severity) for f in told(verdict, "missing-code")]
    assert (severity is Severity.WARNING) == verdict.is_acceptable
    assert list(sums(verdict).values()) == ["11.00"]


def test_a_code_missing_in_the_middle_is_not_passed_over(store):
    """A unit without its group would stand at the top of the tree: it is not known instead."""
    codes = levels('{ code = "group" }', '{ code = "code" }', more="may_be_empty = true")
    rows = "group;code;label;approved\n6;61;a;5\n;62;b;6\n"
    assert cells(read(store, rows, codes), "economic_class") == ["6/61", ""]


def test_an_own_code_is_not_that_of_the_neighbour_in_the_file(store, editor):
    """Of two towns in one file, the code that one added is still unknown for the other."""
    add_town(store, editor, "a")
    add_own_code(store, "a", "rs_economic", "428", label="Reserve", identity=editor)
    rows = "town;code;label;approved\nA;428;a;5\nB;428;a;6\n"
    verdict = examined(store, rows, mapping_of(APPROVED, codes=KNOWN, town=MANY))
    assert [found.value for found in told(verdict, "unknown-code")] == ["428"]


def test_an_own_code_is_of_one_classification(store, editor):
    """A programme of one's own is no economic code."""
    add_town(store, editor)
    add_own_code(store, "smallton", "rs_programmes", "428", label="Care", identity=editor)
    assert [found.value for found in told(read(store, UNKNOWN, KNOWN), "unknown-code")] == ["428"]


def test_an_unknown_code_is_told_with_a_row(store):
    """Every finding on a row says which one."""
    (found,) = told(read(store, UNKNOWN, KNOWN), "unknown-code")
    assert found.row_number == 3
