"""The journey of a mark, in a real browser: made, read by a second person, approved, found again."""

import csv
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AMRA, MIRZA
from tests.browser.live_site import PATIENCE, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=demo_topolnica&year=2026&lang=en"
REASON = "Half of the new places are for girls of low income."
MET = (
    "A gender analysis was made",
    "Its findings are used so that no inequality is made worse",
    "The findings of the analysis shaped the design",
    "At least one explicit gender equality objective is stated",
    "The objective has at least one gender-specific indicator",
    "Data and indicators are disaggregated by sex",
    "There is a commitment to monitor gender results",
)


def answer(page: Page) -> str:
    return page.get_by_test_id("stMain").locator("strong").first.inner_text()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)
    settle(page)


def test_a_programme_is_marked_read_by_another_and_found_in_the_overview(shared_site, signed_in):
    """One marks a programme, another agrees and approves; the overview moves, the file has the line."""
    overview = f"{shared_site}/gender_overview?{TOWN}"
    queue = f"{shared_site}/classify?{TOWN}"
    with signed_in(AMRA) as page:
        before = answer(visit(page, overview))
        left_open = page.context.new_page()
        visit(left_open, overview)
        visit(page, f"{queue}&by=programme&words=preschool")
        expect(page.get_by_text("Preschool education", exact=True)).to_be_visible()
        for words in MET:
            page.get_by_text(words).first.click()
        page.get_by_role("textbox", name=re.compile("^Reason \\(")).fill(REASON)
        page.keyboard.press("Control+Shift+Enter")
        expect(page.get_by_text("Marked: 1 – significant objective.")).to_be_visible()
        settle(page)
        visit(page, f"{queue}&by=programme&show=draft")
        page.get_by_role("button", name="Reviewed: I agree").click()
        expect(page.get_by_text("the second reader is another person")).to_be_visible()
        left_open.get_by_text("Year by year", exact=True).click()  # a part of that page
        figures = left_open.get_by_test_id("stMain").locator("strong").first
        expect(figures).not_to_have_text(before)
    with signed_in(MIRZA) as page:
        visit(page, f"{queue}&by=programme&show=draft")
        page.get_by_role("button", name="Reviewed: I agree").click()
        expect(page.get_by_text("One mark changed.")).to_be_visible()
        choose(page, "Show", "To be approved")
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("One mark changed.")).to_be_visible()
        after = answer(visit(page, overview))
        assert before != after
        statement = downloaded(page, f"{shared_site}/statements?{TOWN}&methodology=oecd_dac")
        assert REASON in {cell for row in statement for cell in row}
        assert REASON in {
            cell for row in downloaded(page, f"{queue}&show=approved") for cell in row
        }


def downloaded(page: Page, address: str) -> list[list[str]]:
    """Return the rows of the file that a page offers."""
    visit(page, address)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Download CSV")).click()
    return list(csv.reader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines()))
