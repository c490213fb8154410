"""A meeting as it is held: five guests on their telephones and a facilitator at once."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from budgeting.demo import build_demo
from budgeting.store import connect
from tests.browser.live_site import PATIENCE, serving, settle, visit
from tests.browser.test_journeys import SERIOUS, is_streamlits_own

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=demo_vrbograd&year=2026&stage=revised"
HEADER, LEADER = "X-Forwarded-Email", "lena@example.org"
CARE, SPORT = "Home care for older people", "Grants to sports clubs"
PHONE = {"width": 390, "height": 844}
# what each guest says of care and of sport, by the sign on the control
SAID = (("++", "−"), ("+", "−"), ("+", "="), ("−", "+"), ("++", "−−"))


@pytest.fixture
def meeting_site(browser, tmp_path) -> Iterator[str]:
    """A server where people sign in; guests do not."""
    path = tmp_path / "paritet.duckdb"
    store = connect(path)
    build_demo(store)
    store.close()
    with serving(path, PARITET_SIGN_IN="header", PARITET_ADMINISTRATORS=LEADER) as address:
        yield address


@contextmanager
def person(browser: Browser, **how) -> Iterator[Page]:
    """A browser of their own: neither cookies nor sessions in common with others."""
    context = browser.new_context(locale="en-GB", **how)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def leader(browser: Browser):
    how = {"viewport": {"width": 1280, "height": 1000}, "accept_downloads": True}
    return person(browser, extra_http_headers={HEADER: LEADER}, **how)


def open_meeting(page: Page, site: str) -> str:
    """Open a meeting about two services; return its link."""
    visit(page, f"{site}/meetings?{TOWN}")
    for topic in (CARE, SPORT):
        page.get_by_role("combobox", name="What may the guests change?").fill(topic)
        page.get_by_role("option", name=re.compile(topic)).click()
        expect(page.get_by_test_id("stMultiSelect")).to_contain_text(topic)
        settle(page)
    page.keyboard.press("Escape")
    name = page.get_by_role("textbox", name="What is the meeting called?")
    name.fill("Evening of budgets")
    name.press("Tab")
    page.get_by_role("button", name="Open the meeting").click()
    expect(page.get_by_role("img", name=re.compile("^Code of the link"))).to_be_visible()
    settle(page)
    link = page.get_by_test_id("stCode").inner_text()
    return re.search(r"http\S+/meeting\?token=[\w-]{22}", link).group()


def say(page: Page, topic: str, sign: str) -> None:
    """Choose a step of a topic."""
    if sign != "=":
        group = page.get_by_role("radiogroup", name=re.compile(topic))
        group.get_by_role("radio", name=sign, exact=True).click()
        settle(page)


def submit(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.get_by_text("This is submitted.")).to_be_visible()
    settle(page)


def test_five_guests_and_a_facilitator_hold_a_meeting(meeting_site, browser):
    """They come in without signing in, the results come up by themselves, and closing ends it."""
    with ExitStack() as room:
        lead = room.enter_context(leader(browser))
        link = open_meeting(lead, meeting_site)
        guests = [room.enter_context(person(browser, viewport=PHONE)) for _ in SAID]
        for guest in guests:
            visit(guest, link)
        for guest, steps in zip(guests, SAID, strict=True):
            for topic, sign in zip((CARE, SPORT), steps, strict=True):
                say(guest, topic, sign)
            submit(guest)
        # nobody reloads the page of who leads it
        results = lead.get_by_test_id("stMain")
        expect(results).to_contain_text("5 guests of “Evening of budgets” have submitted")
        expect(results).to_contain_text("More: 4, mean +7.5% · Less: 1, mean −5.0%")
        expect(results).to_contain_text("More: 1, mean +5.0% · Less: 3, mean −6.7% · As it is: 1")

        # one reloads and thinks again: the newest counts, and they are no sixth guest
        visit(guests[3], link)
        assert guests[3].get_by_text("This is submitted.").is_visible()
        say(guests[3], CARE, "+")
        submit(guests[3])
        expect(results).to_contain_text("More: 5, mean +7.0% · Less: 0 · As it is: 0")
        expect(results).to_contain_text("5 guests of “Evening of budgets” have submitted")

        # a guest who tries another page finds the way in, and nothing else
        visit(guests[0], link.replace("/meeting?", "/overview?"))
        expect(guests[0].get_by_role("heading", level=1)).to_have_text("Paritet")
        assert guests[0].get_by_role("combobox").count() == 1  # the language

        with lead.expect_download() as download:
            lead.get_by_role("button", name="Download CSV").click()
        assert "Home care" in download.value.path().read_text(encoding="utf-8-sig")
        lead.get_by_role("button", name="Close the meeting").click()
        lead.get_by_role("button", name="Close it for good").click()
        expect(results).to_contain_text("Closed")
        say(guests[1], SPORT, "+")
        expect(guests[1].get_by_text("The meeting is closed.")).to_be_visible()


def test_the_pages_of_a_meeting_are_accessible_and_fit_a_telephone(meeting_site, browser):
    """Nothing that axe finds, and nothing wider than the screen."""
    with leader(browser) as lead, person(browser, viewport=PHONE) as guest:
        link = open_meeting(lead, meeting_site)
        visit(guest, link)
        say(guest, CARE, "++")
        for page in (lead, guest):
            assert faults(page) == []
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not guest.evaluate(wide)
        table = guest.locator("table.measures").bounding_box()
        assert table["x"] + table["width"] <= PHONE["width"]


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page, apart from what Streamlit itself brings."""
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
        if violation["impact"] in SERIOUS and not is_streamlits_own(page, violation["id"], node)
    ]
