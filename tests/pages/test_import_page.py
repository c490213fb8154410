"""The import page: each of its states, as a finance officer meets it."""

import io
import re

import openpyxl
import pytest
from pages.importing import CSV, accepted, answered, buttons, dropped, labelled, told
from pages.reading import cells, visible

from budgeting.imports.mappings import mapping_file
from budgeting.imports.stored.own_codes import own_codes
from budgeting.model import Direction
from budgeting.ui.importing import work
from budgeting.ui.session import open_store

ODD = "".join(
    ["Economic code,Economic class,Approved\n"]
    + [f"4{number},Class {number},{number}00.00\n" for number in range(11, 40)]
    + ["440,Class 40,four hundred\n"]
)
MARKUP = CSV.replace("Energy", "<b>Energy</b> **loud**")


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Let every task finish within the run that began it."""
    monkeypatch.setattr(work, "PATIENCE", 100)


def test_the_limit_is_stated(visit):
    """Before anything is dropped the page says how large a file may be, and of which kinds."""
    at = visit("import_data", "empty")
    assert "300 MB" in at.file_uploader[0].label
    assert not at.exception


def test_an_unknown_file_is_proposed_a_mapping_and_asks_what_it_does_not_say(visit):
    """No mapping fits: one is proposed, the open questions stand in view, nothing can be accepted."""
    at = dropped(visit, ("ledger.csv", CSV))
    assert not at.exception
    assert not at.error
    assert labelled(at.selectbox, "Mapping: what the columns mean").value == ""
    assert "municipality" in told(at)
    assert "Accept and store" not in buttons(at)


def test_answers_lead_to_the_verdict(visit):
    """With town and year the sums stand there to the cent, and the file's own total agrees."""
    at = answered(dropped(visit, ("ledger.csv", CSV)))
    assert not at.exception
    assert any("2,000.50" in metric.value for metric in at.metric), [m.value for m in at.metric]
    assert "Accept and store" in buttons(at)
    assert [metric.value for metric in at.metric[:4]] == ["3", "2", "1", "0"]


def test_accepting_stores_the_lines_and_keeps_the_mapping(visit):
    """After Accept the lines are stored, the mapping is kept under a proposed name, and the page is new."""
    at = accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    assert not at.exception
    assert "ledger.csv is stored" in told(at)
    assert at.file_uploader[0].value in (None, [])
    files = open_store().query("source_files", municipality_code=None).to_pylist()
    assert [(row["municipality_code"], row["fiscal_year"]) for row in files] == [("rs_vran", 2025)]
    assert files[0]["mapping_name"] == "rs_vran_expenditure"


def test_next_years_file_comes_in_by_the_kept_mapping(visit):
    """The next file of the town knows mapping and municipality; only the year is asked."""
    accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    at = dropped(visit, ("next.csv", CSV.replace("Wages", "Pay")))
    assert labelled(at.selectbox, "Mapping: what the columns mean").value == "rs_vran_expenditure"
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2026).run()
    assert "Accept and store" in buttons(at)
    assert "Beside what is stored" in [heading.value for heading in at.subheader]


def test_renamed_columns_are_asked_for(visit):
    """A column that is called otherwise is proposed, and one click lets the mapping fit again."""
    accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    at = dropped(visit, ("next.csv", CSV.replace("Economic code", "Economic codes")))
    assert any("Economic codes" in words and "called" in words for words in visible(at))
    labelled(at.button, "Yes").click().run()
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2026).run()
    assert "Accept and store" in buttons(at)


def test_a_column_is_given_another_meaning(visit):
    """Choosing another meaning of a column changes what is read, at once."""
    at = answered(dropped(visit, ("ledger.csv", CSV)))
    labelled(at.selectbox, "Meaning of Approved").select("amount:executed").run()
    assert not at.exception
    assert any("executed" in metric.label for metric in at.metric)
    labelled(at.selectbox, "Meaning of Approved").select("unused").run()
    assert "amounts" in told(at)
    assert "Accept and store" not in buttons(at)


def test_rows_with_errors_are_offered_and_can_be_left_out(visit):
    """A cell that is no amount rejects its row: it can be downloaded, or left out with a reason."""
    at = answered(dropped(visit, ("ledger.csv", ODD)))
    labelled(at.selectbox, "Expenditure or revenue").select(Direction.EXPENDITURE).run()
    assert "Accept and store" not in buttons(at)
    assert any(one.label == "Download the rejected rows" for one in at.get("download_button"))
    labelled(at.text_input, "Or leave these rows out, for this reason").set_value("known").run()
    assert "Accept and store" in buttons(at)
    assert at.metric[3].value == "1"


def test_two_readings_are_asked_with_both(visit):
    """Where “2.952” is two thousand or two point nine, both readings stand on buttons."""
    at = dropped(visit, ("ledger.csv", "Code;Words;Approved\n411;Wages;2.952\n421;Energy;1.204\n"))
    assert {"2,952.00", "2.95"} <= set(buttons(at)), buttons(at)
    labelled(at.button, "2,952.00").click().run()
    at = answered(at)
    assert any("4,156.00" in metric.value for metric in at.metric)


def test_markup_in_a_label_is_text(visit):
    """HTML and Markdown of a file show as they are written; no element is made of them."""
    at = answered(dropped(visit, ("ledger.csv", MARKUP)))
    assert not at.exception
    markdown = [element.value for element in (*at.markdown, *at.caption)]
    assert not any("<b>" in re.sub(r"\\.", "", words) for words in markdown)
    assert not any("**loud**" in words for words in markdown)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\x00\x01", b"PK\x03\x04broken", b"only words\n"]
)
def test_what_is_no_ledger_gets_a_sentence(visit, content):
    """An empty, binary, truncated or wordy file is told; no reference to a bug, nothing stored."""
    at = dropped(visit, ("ledger.csv", content))
    assert not at.exception
    assert "reference" not in told(at)
    assert "Accept and store" not in buttons(at)


def test_corrected_rows_belong_to_their_file(visit):
    """A workbook of corrected rows alone asks for the file that it belongs to."""
    book = openpyxl.Workbook()
    book.active.title = "rows"
    book.active.append(["Economic code", "paritet_row"])
    book.create_sheet("paritet_file").append(["name", "sha256"])
    book["paritet_file"].append(["ledger.csv", "0" * 64])
    content = io.BytesIO()
    book.save(content)
    at = dropped(visit, ("ledger_rejected.xlsx", content.getvalue()))
    assert not at.exception
    assert "belong together" in told(at)


def test_several_files_are_accepted_together(visit):
    """Two years in one go: one line each, a year for each, one acceptance of both."""
    at = dropped(
        visit,
        ("a.csv", CSV),
        ("b.csv", CSV.replace("800.50", "900.50").replace("2000.50", "2100.50")),
    )
    assert not at.exception
    assert {"a.csv", "b.csv"} <= set(cells(at))
    at = answered(at)
    labelled(at.button, "Use its mapping and answers for all files").click().run()
    years = [one for one in at.number_input if "b" in one.label and "Fiscal year of" in one.label]
    years[0].set_value(2026).run()
    assert not at.exception
    labelled(at.button, "Accept and store all").click().run()
    files = open_store().query("source_files", municipality_code=None).to_pylist()
    assert sorted(row["fiscal_year"] for row in files) == [2025, 2026]


def test_an_import_is_taken_back_with_a_reason(visit):
    """What hangs on an import is listed; with a reason it is taken back and stays in the list."""
    at = accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    labelled(at.selectbox, "Import to take back").select("1").run()
    assert any("Nothing hangs on this import" in words for words in visible(at))
    labelled(at.text_input, "Why it is taken back").set_value("the wrong year").run()
    labelled(at.button, "Take it back").click().run()
    assert not at.exception
    assert "taken back" in told(at)
    files = open_store().query("source_files", municipality_code=None).to_pylist()
    assert [row["undo_reason"] for row in files] == ["the wrong year"]


def test_the_same_file_twice_says_so(visit):
    """A file that is stored already is told with who stored it and when."""
    accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    at = dropped(visit, ("ledger.csv", CSV))
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2025).run()
    assert "Accept and store" not in buttons(at)
    assert any("accepted" in words and "ledger.csv" in words for words in visible(at))


def test_a_code_that_nobody_knows_is_added_as_the_municipalitys_own(visit, tmp_path, monkeypatch):
    """The warning names the code; once it is added with its name, it is no finding any more."""
    monkeypatch.setattr(mapping_file, "saved_folder", lambda: tmp_path)
    (tmp_path / "held_to_codes.toml").write_text(KNOWN_CODES, encoding="utf-8")
    at = dropped(visit, ("ledger.csv", "Code,Words,Approved\n411,Wages,10.00\n999,Odd,5.00\n"))
    labelled(at.selectbox, "Mapping: what the columns mean").set_value("held_to_codes").run()
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2025).run()
    assert "has no code “999”" in " ".join(visible(at))
    labelled(at.text_input, "What it is called").set_value("Odd things")
    labelled(at.button, "Add the code").click().run()
    assert [("rs_economic", "999", "Odd things")] == [
        (own.classification, own.code, own.label) for own in own_codes(open_store(), "vran")
    ]
    assert "has no code “999”" not in " ".join(visible(at))


KNOWN_CODES = """
title = "Held to its codes"

[municipality]
code = "vran"
name = "Vran"
country_code = "RS"
currency_code = "RSD"

[line]
direction = "expenditure"
label = "Words"

[[classification]]
dimension = "economic_class"
levels = [{ code = "Code", label = "Words" }]
known = "rs_economic"

[[amount]]
column = "Approved"
stage = "approved"
"""


@pytest.mark.parametrize("code", ["en", "sr", "sr-Latn"])
def test_what_is_stored_stands_beside_the_file_in_every_language(visit, code):
    """A corrected file is compared with the stored one; the words are the reader's, the page is whole."""
    accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    at = dropped(visit, ("corrected.csv", CSV.replace("421,Energy,800.50\n", "")))
    labelled(at.number_input, "Fiscal year of the amounts").set_value(2025).run()
    labelled(at.selectbox, "Language").select(code).run()
    assert not at.exception
    assert not at.error
    assert 6 == len(at.subheader), [heading.value for heading in at.subheader]


def test_a_kept_mapping_is_called_by_its_town(visit):
    """Next year the list of mappings says whose ledger it is, and not that it was guessed."""
    accepted(answered(dropped(visit, ("ledger.csv", CSV))))
    at = dropped(visit, ("next.csv", CSV))
    options = labelled(at.selectbox, "Mapping: what the columns mean").options
    assert "Vran: expenditure (rs_vran_expenditure)" == options[0]
