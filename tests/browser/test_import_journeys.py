"""Import journeys: a file that Paritet has never seen becomes right numbers, and next year's as well."""

import json
import re
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from tests.browser.import_steps import accept, answer_reasons, choose, fill
from tests.browser.live_site import PATIENCE, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

SHEET, TOWN = "Пријепоље", "Prijepolje"
RENAMED = {"Економска класификација": "Економска шифра", "Сопствени приходи": "Приходи сопствени"}


@pytest.fixture
def published(test_data) -> str:
    """The total that the decision of Prijepolje prints, as the page writes it."""
    totals = json.loads((test_data / "expected_totals.json").read_text(encoding="utf-8"))
    return f"{totals['rs_municipal 2015 expenditure RSD'][TOWN]:,.2f}"


def next_year(ledger: Path, path: Path) -> Path:
    """Write the sheet once more, two columns called otherwise and every amount doubled."""
    rows = load_workbook(ledger, data_only=True)[SHEET].iter_rows(values_only=True)
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for row in rows:
        code, label, *amounts = row
        named = [RENAMED.get(str(cell).strip(), cell) if cell else cell for cell in (code, label)]
        doubled = [
            cell * 2 if isinstance(cell, int | float) else RENAMED.get(str(cell).strip(), cell)
            for cell in amounts
        ]
        sheet.append([*named, *doubled])
    book.save(path)
    return path


def test_a_ledger_without_a_mapping_and_next_years(new_site, page, test_data, tmp_path, published):
    """A sheet nobody described is read, its printed total reached; next year two columns are renamed."""
    ledger = test_data / "rs_municipal" / "raw" / "Rashodi2015.xlsx"
    visit(page, f"{new_site}/import_data")
    page.locator("input[type=file]").set_input_files(ledger)
    choose(page, "Mapping: what the columns mean", "Proposed from the file itself")
    choose(page, "Sheet", re.compile(SHEET))
    choose(page, "Municipality", "A new municipality")
    fill(page, "Name of the municipality", TOWN)
    fill(page, "Country, two letters", "RS")
    fill(page, "Currency, three letters", "RSD")
    fill(page, "Fiscal year of the amounts", "2015")
    choose(page, "Stage of the amounts", "Approved")
    expect(page.get_by_test_id("stMetric").filter(has_text="Expenditure · 2015")).to_contain_text(
        published
    )
    assert page.get_by_role("button", name="Accept and store").count() == 0
    answer_reasons(page)
    accept(page, ledger.name)

    file = next_year(ledger, tmp_path / "Rashodi2016.xlsx")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_test_id("stMain")).to_contain_text("Економска шифра")
    page.get_by_role("button", name="Yes to all").click()
    settle(page)
    fill(page, "Fiscal year of the amounts", "2016")
    choose(page, "Stage of the amounts", "Approved")
    answer_reasons(page)
    doubled = f"{2 * int(published.replace(',', '').partition('.')[0]):,}.00"
    expect(page.get_by_test_id("stMetric").filter(has_text="Expenditure · 2016")).to_contain_text(
        doubled
    )
    accept(page, file.name)
    expect(page.get_by_test_id("stMain")).to_contain_text("Accepted files")
