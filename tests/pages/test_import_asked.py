"""What neither file nor mapping says, on the import page: an empty box, and nothing stored before."""

import pytest
from pages.importing import accepted, buttons, dropped, in_a_new_town, labelled, told

from budgeting.imports.mappings.mapping_file import mapping_named
from budgeting.model import Direction, Stage
from budgeting.ui.importing import work
from budgeting.ui.session import open_store

SILENT = "Konto;Opis;Plan 2025\n411;Alfa;1200,50\n421;Beta;85000,50\n"
TOWNS = (
    "Opština;Konto;Naziv konta;Plan 2024\n"
    "Novi Grad;411;Plate;1200,50\nNovi Grad;421;Stalni troškovi;85000,50\n"
    "Stari Grad;411;Plate;1300,50\nStari Grad;421;Stalni troškovi;95000,50\n"
    "Donji Grad;411;Plate;1400,50\nDonji Grad;421;Stalni troškovi;75000,50\n"
)
WAY = "Expenditure or revenue"


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 100)


def said(at):
    """Answer year and stage where they are asked."""
    for label, element, value in (
        ("Fiscal year of the amounts", at.number_input, 2024),
        ("Stage of the amounts", at.selectbox, Stage.APPROVED),
    ):
        if any(one.label == label for one in element):
            labelled(element, label).set_value(value).run()
    return at


def test_the_direction_is_an_empty_box_until_it_is_chosen(visit):
    """Nothing is chosen beforehand, nothing can be stored; the answer is stored, and kept."""
    at = said(in_a_new_town(dropped(visit, ("silent.csv", SILENT))))
    assert labelled(at.selectbox, WAY).value is None
    assert "Accept and store" not in buttons(at)
    assert "expenditure or revenue" in told(at)
    labelled(at.selectbox, WAY).select(Direction.REVENUE).run()
    at = accepted(at)
    assert not at.exception
    (file,) = open_store().query("source_files", municipality_code=None).to_pylist()
    assert file["direction"] == "revenue"
    assert mapping_named("rs_vran_revenue").direction.direction is Direction.REVENUE


def test_country_and_currency_of_many_towns_are_asked(visit):
    """Both boxes are empty; a code of nowhere is asked again, real ones let the file in."""
    at = said(dropped(visit, ("towns.csv", TOWNS)))
    country, currency = "Country, two letters", "Currency, three letters"
    assert not labelled(at.text_input, country).value
    assert "Accept and store" not in buttons(at)
    labelled(at.text_input, country).set_value("XX").run()
    labelled(at.text_input, currency).set_value("XXX").run()
    assert "Accept and store" not in buttons(at)
    labelled(at.text_input, country).set_value("rs").run()
    labelled(at.text_input, currency).set_value("rsd").run()
    at = accepted(at)
    assert not at.exception
    rows = open_store().query("municipalities").to_pylist()
    assert {(row["country_code"], row["currency_code"]) for row in rows} == {("RS", "RSD")}


def test_each_of_several_files_is_asked_for_its_direction(visit):
    """Two files that do not say it have a box each."""
    other = SILENT.replace("Alfa", "Gama")
    at = dropped(visit, ("one.csv", SILENT), ("two.csv", other))
    boxes = [box for box in at.selectbox if box.label.startswith(f"{WAY}: ")]
    assert [box.value for box in boxes] == [None, None]
    boxes[1].select(Direction.REVENUE).run()
    boxes = [box.value for box in at.selectbox if box.label.startswith(f"{WAY}: ")]
    assert boxes == [None, Direction.REVENUE]
