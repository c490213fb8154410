"""The journey of a mark, in a real browser: made, read by a second person, approved, found again."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from budgeting.demo import build_demo
from budgeting.store import connect
from tests.browser.live_site import PATIENCE, serving, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=demo_topolnica&year=2026&lang=en"
HEADER = "X-Forwarded-Email"
AUTHOR, READER = "amra@example.org", "boris@example.org"
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


@pytest.fixture
def shared_site(browser, tmp_path) -> Iterator[str]:
    """A server that is told by a header who is there; both visitors may review."""
    path = tmp_path / "paritet.duckdb"
    store = connect(path)
    build_demo(store)
    store.close()
    people = f"{AUTHOR},{READER}"
    with serving(path, PARITET_SIGN_IN="header", PARITET_ADMINISTRATORS=people) as address:
        yield address


@contextmanager
def signed_in(browser: Browser, name: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000},
        locale="en-GB",
        accept_downloads=True,
        extra_http_headers={HEADER: name},
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def answer(page: Page) -> str:
    return page.get_by_test_id("stMain").locator("strong").first.inner_text()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.get_by_role("option")).to_have_count(0)
    settle(page)


def test_a_programme_is_marked_read_by_another_and_found_in_the_overview(shared_site, browser):
    """One marks a programme, another agrees and approves; the overview moves, the file has the line."""
    overview = f"{shared_site}/gender_overview?{TOWN}"
    queue = f"{shared_site}/classify?{TOWN}"
    with signed_in(browser, AUTHOR) as page:
        before = answer(visit(page, overview))
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
    with signed_in(browser, READER) as page:
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
