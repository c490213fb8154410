"""A journey through next year's budget: who is over the ceiling, and how one organisation is brought to it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AMRA
from tests.browser.live_site import PATIENCE, settle, visit
from tests.browser.test_scenario_journeys import choose, tick

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

REQUESTS = "municipality=demo_jasenik&year=2027&stage=proposed&lang=en"
CLUB = "Men's football club, first team"  # asks for 170,350.00
CULTURE = 5  # its row in the table: organisations stand in the order of their codes


def set_level(page: Page, line: str, amount: str) -> None:
    """Set what a line is to have; what that would change is seen before it is made."""
    choose(page, "What changes", line)
    page.get_by_role("spinbutton", name=re.compile("^Level")).fill(amount)
    page.keyboard.press("Tab")
    expect(page.locator(".meter")).to_contain_text("Would be moved")
    settle(page)
    page.get_by_role("button", name="Make this move").click()
    expect(page.locator(".meter")).not_to_contain_text("Would be moved")
    settle(page)


def back_to_ceilings(page: Page) -> None:
    """Go back the way that the page offers, and choose the organisation again."""
    page.get_by_role("link", name="Back to ceilings and requests").click()
    expect(page.get_by_role("heading", name="Do the requests fit")).to_be_visible()
    settle(page)
    tick(page, CULTURE)


def test_an_organisation_is_brought_down_to_its_ceiling_to_the_cent(shared_site, signed_in):
    """170,350.00 less 118,070.00 are 52,280.00: a cent more is a gap of a cent, this keeps the ceiling."""
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/ceilings?{REQUESTS}")
        expect(
            page.get_by_text("6 organisations of Jasenik are above their ceilings")
        ).to_be_visible()
        expect(page.get_by_text("399,540.00 BAM above the ceilings")).to_be_visible()
        tick(page, CULTURE)
        expect(
            page.get_by_text("Culture and sport is 118,070.00 BAM above its ceiling")
        ).to_be_visible()
        page.get_by_role("button", name="Open the lines of Culture and sport").click()
        expect(page).to_have_url(re.compile("simulator.*lines_of=06"))
        settle(page)
        set_level(page, CLUB, "52280.01")
        expect(
            page.get_by_text("Culture and sport may have at most 1,391,000.00 BAM")
        ).to_be_visible()
        back_to_ceilings(page)
        expect(page.get_by_text("Culture and sport is 0.01 BAM above its ceiling")).to_be_visible()
        expect(page.get_by_text("281,470.01 BAM above the ceilings")).to_be_visible()
        page.get_by_role("button", name="Open the lines of Culture and sport").click()
        settle(page)
        set_level(page, CLUB, "52280.00")
        expect(page.get_by_text("Culture and sport may have at most")).to_have_count(0)
        back_to_ceilings(page)
        expect(page.get_by_text("Culture and sport is exactly at its ceiling.")).to_be_visible()
        expect(
            page.get_by_text("5 organisations of Jasenik are above their ceilings")
        ).to_be_visible()
        expect(page.get_by_text("281,470.00 BAM above the ceilings")).to_be_visible()
        expect(page).to_have_url(re.compile("scenario=1"))
