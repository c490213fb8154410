"""Answers that come late: what a reader does meanwhile counts, as if they had come at once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import AMRA
from tests.browser.live_site import PATIENCE, settle, visit
from tests.browser.test_scenario_journeys import CARE, CLUBS, TOWN, choose

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)


class Line:
    """The line between a page and its server, on which answers can be held back."""

    def __init__(self, page: Page) -> None:
        self.held: list[str | bytes] | None = None
        self.to_page: WebSocketRoute | None = None
        page.route_web_socket(re.compile("_stcore/stream"), self._open)

    def _open(self, to_page: WebSocketRoute) -> None:
        self.to_page = to_page
        server = to_page.connect_to_server()
        to_page.on_message(server.send)
        server.on_message(self._answer)

    def _answer(self, message: str | bytes) -> None:
        if self.held is None:
            assert self.to_page is not None
            self.to_page.send(message)
        else:
            self.held.append(message)

    @contextmanager
    def late(self) -> Iterator[list[str | bytes]]:
        """Hold answers back; they arrive, in their order, at the end."""
        self.held = held = []
        yield held
        self.held = None
        assert self.to_page is not None
        for message in held:
            self.to_page.send(message)


def answered(page: Page, held: list[str | bytes]) -> None:
    """Wait until the server has answered what was done last: nothing has come for a while."""
    last = -1
    while len(held) != last:
        last = len(held)
        page.wait_for_timeout(1_500)
    assert held


def ask_for_amount(page: Page) -> Locator:
    """Choose who gives and who takes; return the field of the amount."""
    choose(page, "From", CLUBS)
    choose(page, "To", CARE)
    field = page.get_by_role("spinbutton", name=re.compile("^Amount"))
    expect(field).to_be_visible()
    settle(page)
    return field


def test_an_amount_whose_answer_is_late_is_the_amount_that_is_moved(shared_site, signed_in):
    """Typed, answered late, and the move is made meanwhile: the slider of before says nothing."""
    with signed_in(AMRA) as page:
        line = Line(page)
        visit(page, f"{shared_site}/simulator?{TOWN}")
        amount = ask_for_amount(page)
        with line.late() as held:
            amount.fill("20000")
            page.keyboard.press("Tab")
            answered(page, held)
            page.get_by_role("button", name="Make this move").click()
            answered(page, held)
        expect(page.get_by_text("20,000 BAM is moved")).to_be_visible()


def test_an_amount_of_the_slider_whose_answer_is_late_is_the_amount_that_is_moved(
    shared_site, signed_in
):
    """The slider after a typed number: the number of before says nothing."""
    with signed_in(AMRA) as page:
        line = Line(page)
        visit(page, f"{shared_site}/simulator?{TOWN}")
        amount = ask_for_amount(page)
        amount.fill("20000")
        page.keyboard.press("Tab")
        expect(page.locator(".meter")).to_contain_text("Would be moved")
        with line.late() as held:
            page.get_by_role("slider").press("ArrowRight")
            answered(page, held)
            page.get_by_role("button", name="Make this move").click()
            answered(page, held)
        expect(page.get_by_text("25,000 BAM is moved")).to_be_visible()


def test_a_choice_whose_answer_is_late_stays_beside_the_next_one(demo_site, page):
    """Two choices one after the other, before the first is answered: both are shown and kept."""
    line = Line(page)
    visit(page, f"{demo_site}/budget_explorer?municipality=demo_topolnica&year=2026&lang=en")
    with line.late() as held:
        for label, option in (("Stage", "Executed"), ("Break down by", "Organisation")):
            page.get_by_role("combobox", name=label).click()
            page.get_by_role("option", name=option, exact=True).click()
            answered(page, held)
    expect(page).to_have_url(re.compile("stage=executed"))
    expect(page).to_have_url(re.compile("by=organisation"))
    expect(page.locator("thead button").first).to_contain_text("Organisation")
    for label, option in (("Stage", "Executed"), ("Break down by", "Organisation")):
        expect(page.get_by_role("combobox", name=label)).to_have_value(option)
