"""The gender budget statement as its readers meet it: empty, filled, in another layout, as a file."""

from decimal import Decimal

import pytest
from pages.reading import key_figures, visible

from budgeting.access import Identity, Role
from budgeting.marks.marking import mark
from budgeting.marks.model import Classification, MarkedSubject, Part
from budgeting.methodologies import Evidence, methodology
from budgeting.methodologies.model import Subject
from budgeting.ui.session import open_store

JASENIK = {"municipality": "demo_jasenik", "year": "2025"}
AMRA = Identity("Amra", Role.ADMINISTRATOR)


def mark_programme(code, evidence, named="eu_budget"):
    said = Classification(methodology(named), (Part(evidence),), "said so")
    subjects = [MarkedSubject(Subject.PROGRAMME, code)]
    mark(open_store(), AMRA, "demo_jasenik", subjects, said, seen=10**9)


def cells(at):
    """The statement on the screen, with its headings."""
    return at.dataframe[0].value


def first_words(at, heading="Programme"):
    return cells(at)[heading].tolist()


@pytest.fixture
def marked(visit):
    """A town whose preschools have score 1 and whose roads have 0*."""
    visit("statements", **JASENIK)
    mark_programme("2001", Evidence(category="1"))
    mark_programme("0701", Evidence(category="0*"))
    return lambda **address: visit(
        "statements", **JASENIK, **{"methodology": "eu_budget", **address}
    )


def test_without_marks_the_way_to_classify_is_shown(visit):
    """Nothing is marked: the statement says so, and leads to where it is done."""
    at = visit("statements", **JASENIK)
    assert not at.exception
    assert key_figures(at) == {"In the statement": "0.0%", "Not screened": "100.0%"}
    assert "Nobody has marked a line" in " ".join(visible(at))
    assert [link.proto.page for link in at.get("page_link")]


def test_what_is_marked_stands_in_it_with_its_sums(marked):
    at = marked()
    rows = first_words(at)
    assert ["not screened", "all of the budget"] == rows[-2:]
    assert "Total of the statement" in rows
    assert sum("to be scored again" in one.value for one in at.markdown) == 1


def test_sums_are_bold_on_the_screen(marked):
    """The rows that add up others stand out, as in the workbook."""
    styled = marked().dataframe[0].proto.arrow_data.styler.styles
    assert "bold" in styled


def test_a_layout_that_fits_is_offered_and_another_is_not(marked):
    options = next(box for box in marked().selectbox if box.label == "Layout").options
    assert ["European Union: amounts by score", "Mexico: by branch and budget programme"] == options


def test_the_layout_changes_with_the_choice(marked):
    at = marked(layout="mexico")
    assert "Branch" in cells(at).columns
    assert first_words(at, "Budget programme")[-1] == "all of the budget"


def test_amounts_can_be_in_thousands(marked):
    """The heading says the unit; the words of the answer stay in whole currency."""
    ones, thousands = marked(unit="1"), marked(unit="thousand")
    assert any("thousand BAM" in heading for heading in cells(thousands).columns)
    assert key_figures(ones) == key_figures(thousands)


def test_a_link_to_a_layout_of_another_methodology_shows_what_fits(marked):
    at = marked(layout="india")
    assert not at.error
    assert "European Union: amounts by score" in [one.value for one in at.subheader]


def test_both_files_are_offered(marked):
    labels = [button.label for button in marked().get("download_button")]
    assert ["Download XLSX", "Download CSV"] == labels


def test_a_viewer_may_read_it(visit):
    at = visit("statements", "demo", {"email": "vera@example.org"}, **JASENIK)
    assert not at.error
    assert key_figures(at)["Not screened"] == "100.0%"


def test_the_words_of_a_goal_are_asked_and_stand_in_serbias_table(visit):
    """What was written in the fields of a mark stands in the programme's row."""
    visit("statements", **JASENIK)
    required = methodology("rs_programme").category("partly").requires
    ticks = {name: Decimal(1) for name in required}
    mark_programme("2001", Evidence(ticks, texts={"goal": "Equal care"}), "rs_programme")
    at = visit("statements", **JASENIK, methodology="rs_programme")
    assert "Equal care" in cells(at)["Gender goal"].tolist()


def test_classify_asks_for_the_words_of_the_methodology(visit):
    """Where a methodology has fields, the form has a place to write in each."""
    at = visit("classify", **JASENIK, methodology="rs_programme", by="programme")
    assert not at.exception
    asked = {one.label for one in at.text_input}
    assert {"Gender goal", "Gender indicator", "Baseline value", "Target value"} <= asked


def test_money_stays_in_sight_where_there_are_many_words(visit):
    """On the screen the money comes before goals and indicators; with few words all stays as in the file."""
    many = visit("statements", **JASENIK, methodology="rs_programme").dataframe[0].proto
    order = list(many.column_order)
    assert order.index("Share of the budget") < order.index("Gender goal")
    few = visit("statements", **JASENIK, methodology="eu_budget").dataframe[0].proto
    assert ["Score", "Programme"] == list(few.column_order)[:2]
    assert "Reason" == list(few.column_order)[-1]


def test_classify_asks_for_a_point_of_a_strip(visit):
    """Where a field has choices, the form offers them in place of words."""
    at = visit("classify", **JASENIK, methodology="canada_gba", by="programme")
    assert not at.exception
    box = next(one for one in at.selectbox if one.label.startswith("Income"))
    assert "Somewhat low incomes" in box.options
    assert box.value is None
