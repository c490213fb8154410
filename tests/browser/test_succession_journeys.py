"""Next year's file calls two lines otherwise: confirmed with it, compared with it, its mark proposed."""

import re

import pytest
from fixtures.vran_ledger import FIRST, LEDGER, SECOND
from playwright.sync_api import Locator, Page, expect

from tests.browser.import_steps import accept, answer_reasons, choose, drop, fill, main, picture
from tests.browser.live_site import PATIENCE, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=rs_vran&lang=en"


@pytest.fixture
def mapped(new_site, tmp_path) -> str:
    """A server that knows the mapping of the ledger."""
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "vran_ledger.toml").write_text(LEDGER, encoding="utf-8")
    return new_site


def dropped(page: Page, folder, name: str, words: str, year: str) -> None:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    drop(page, path)
    choose(page, "Mapping: what the columns mean", re.compile("Ledger of Vran"))
    fill(page, "Fiscal year of the amounts", year)
    answer_reasons(page)


def opened(page: Page) -> Locator:
    """Return the button below the list of marks to confirm; another language closes that list."""
    button = page.get_by_role("button", name="Confirm the mark of one line from 2025 on")
    settle(page)
    if not button.is_visible():
        page.get_by_text("One line to confirm after a new year or import").click()
        settle(page)
    return button


def test_two_renamed_lines_are_confirmed_and_go_on(mapped, page, tmp_path):
    """A mark of 2024; the file of 2025; the explorer compares the lines, the mark is confirmed."""
    visit(page, f"{mapped}/import_data?lang=en")
    dropped(page, tmp_path, "b2024.csv", FIRST, "2024")
    accept(page, "b2024.csv")
    visit(page, f"{mapped}/classify?{TOWN}&year=2024&stage=approved")
    page.get_by_role("button", name="Mark: 0").click()
    expect(page.get_by_text("Marked: 0")).to_be_visible()

    visit(page, f"{mapped}/import_data?lang=en")
    dropped(page, tmp_path, "b2025.csv", SECOND, "2025")
    expect(main(page)).to_contain_text("2 lines have probably only another code or name")
    picture(page, "successions_proposed")
    page.get_by_role("button", name="Yes, all 2 lines are the same").click()
    expect(main(page)).to_contain_text("2 are confirmed and are stored with the file")
    picture(page, "successions_said")
    accept(page, "b2025.csv")

    visit(page, f"{mapped}/budget_explorer?{TOWN}&year=2025&stage=approved&by=line")
    wages = page.get_by_role("row").filter(has_text="Wages of teachers")
    expect(wages).to_contain_text("1,300.00")
    expect(wages).to_contain_text("1,200.00")
    wages.get_by_text("Wages of teachers").first.click()
    settle(page)
    picture(page, "successions_line")

    visit(page, f"{mapped}/classify?{TOWN}&year=2025&stage=approved")
    page.get_by_text("Lines that continue others").click()
    page.get_by_role("button", name="Take back what is ticked").wait_for()  # the page has run anew
    opened(page).wait_for()
    picture(page, "successions_confirmed")
    opened(page).click()
    expect(page.get_by_text("One mark confirmed.")).to_be_visible()
