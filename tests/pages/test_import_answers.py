"""Answers on the import page that hold for a part of the file: printed totals, gender marks."""

import pytest
from pages.importing import accepted, answered, buttons, dropped, in_a_new_town, labelled

from budgeting.model import Direction
from budgeting.ui.importing import work
from budgeting.ui.session import open_store

YEARS = (
    "Year,Economic code,Economic class,Approved\n"
    "2024,411,Wages,1200.00\n2024,421,Energy,800.50\n2025,411,Wages,1300.00\n2025,421,Energy,900.50\n"
)
MARKED = (
    "Economic code,Economic class,Gender marker,Approved\n"
    "411,Safe house,principal,1200.00\n421,Energy,nothing,800.50\n423,School meals,weak,300.00\n"
)


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 100)


def test_a_printed_total_is_asked_for_each_year_and_holds_for_it(visit):
    """Two years, two fields with their words; the total of one year leaves the other open."""
    at = in_a_new_town(dropped(visit, ("years.csv", YEARS)))
    fields = [field.label for field in at.text_input if field.label.startswith("Printed total")]
    assert 2 == len(fields)
    assert all(year in field for year, field in zip(("2024", "2025"), fields, strict=True))
    labelled(at.text_input, fields[0]).set_value("2,000.50").run()
    labelled(at.text_input, fields[1]).set_value("2,000.50").run()
    assert "Accept and store" not in buttons(at)
    labelled(at.text_input, fields[1]).set_value("2200.50").run()
    assert not at.exception
    assert "Accept and store" in buttons(at)


def test_a_gender_column_asks_for_its_methodology_and_its_words(visit):
    """Without a methodology no mark is stored; with one, each word of the column gets a category."""
    at = answered(dropped(visit, ("marked.csv", MARKED)))
    labelled(at.selectbox, "Expenditure or revenue").select(Direction.EXPENDITURE).run()
    labelled(at.selectbox, "Meaning of Gender marker").select("category").run()
    assert any("No mark is stored" in element.value for element in at.markdown)
    labelled(at.selectbox, "Methodology of the marks").select("oecd_dac").run()
    for word, category in (("principal", "2"), ("weak", "1")):
        labelled(at.selectbox, f"“{word}” means").select(category).run()
    assert not at.exception
    assert not any("No mark is stored" in element.value for element in at.markdown)
    accepted(at)
    marked = open_store().query("statement_sums", vintage_ids=[1]).to_pylist()
    said = sorted((row["category"], row["state"]) for row in marked if row["category"])
    assert [("1", "draft"), ("2", "draft")] == said
