"""Journeys of a scenario in a real browser: made, broken, kept, reopened, compared, decided."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AMRA, MIRZA
from tests.browser.live_site import PATIENCE, settle, visit

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE)

TOWN = "municipality=demo_vrbograd&year=2026&stage=revised&lang=en"
CLUBS, CARE = "Grants to sports clubs", "Home care for older people"


def choose(page: Page, label: str, words: str) -> None:
    """Type into a list and take what it finds first."""
    page.get_by_role("combobox", name=label).first.click()
    page.keyboard.type(words)
    page.get_by_role("option", name=words).first.click()
    expect(page.get_by_role("option")).to_have_count(0)
    settle(page)


def prepare(page: Page, giver: str, taker: str, amount: int) -> None:
    """Fill in a virement between two services; the amount is typed and left in its field."""
    choose(page, "From", giver)
    choose(page, "To", taker)
    page.get_by_role("spinbutton", name=re.compile("^Amount")).fill(str(amount))


def make(page: Page, giver: str, taker: str, amount: int) -> None:
    """Make a virement."""
    prepare(page, giver, taker, amount)
    page.keyboard.press("Tab")
    expect(page.locator(".meter")).to_contain_text("Would be moved")
    settle(page)
    page.get_by_role("button", name="Make this move").click()
    expect(page.get_by_text("Choose what gives and what takes.")).to_be_visible()
    settle(page)


def tick(page: Page, row: int) -> None:
    """Tick a row of the first table; a table is drawn on a canvas, so by its place."""
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 52 + 35 * row)
    settle(page)


def meter(page: Page) -> str:
    """Return what the balance meter says."""
    return page.locator(".meter").inner_text()


def measures(page: Page) -> str:
    """Return the table of measures."""
    return page.locator(".measures").inner_text()


def test_a_rule_that_is_broken_is_named_and_the_budget_is_balanced_again(shared_site, signed_in):
    """Too much from one programme breaks the rule that names it; less keeps all rules."""
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/simulator?{TOWN}")
        make(page, CLUBS, CARE, 250_000)
        expect(
            page.get_by_text("Sport and youth may give at most 10.0% of what it has.")
        ).to_be_visible()
        assert "✗" in meter(page)
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Nothing is moved yet")).to_be_visible()
        settle(page)
        make(page, CLUBS, CARE, 20_000)
        expect(page.get_by_text("Rules that this breaks")).to_have_count(0)
        assert "✓ kept" in meter(page)
        assert "✓ all kept" in meter(page)


def test_money_of_an_earmarked_fund_stays_in_it(shared_site, signed_in):
    """A gift for one thing cannot pay for wages; inside its fund the same money keeps all rules."""
    solar, homes = "Solar panels on the sports hall", "Repair of homes of returnees"
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/simulator?{TOWN}")
        of_services = page.get_by_role("combobox", name="From").element_handle()
        page.get_by_role("radio", name="budget lines").click()
        page.wait_for_function("list => !list.isConnected", arg=of_services)
        settle(page)
        make(page, solar, "Heating of the museum", 1_000)
        expect(page.get_by_text("Money of the fund Donations stays in it.").first).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("Nothing is moved yet")).to_be_visible()
        settle(page)
        make(page, solar, homes, 1_000)
        expect(page.get_by_text("1,000.00 BAM is moved")).to_be_visible()
        expect(page.get_by_text("Rules that this breaks")).to_have_count(0)
        assert "✓ kept" in meter(page)


def test_two_scenarios_are_compared_and_one_is_reopened_from_its_link(shared_site, signed_in):
    """What another browser shows from the link is the same to the digit; two stand side by side."""
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/simulator?{TOWN}")
        make(page, CLUBS, CARE, 20_000)
        expect(page).to_have_url(re.compile("scenario=1"))
        link, shown = page.url, measures(page)
        visit(page, f"{shared_site}/simulator?{TOWN}")
        make(page, CLUBS, CARE, 30_000)
        expect(page).to_have_url(re.compile("scenario=2"))
        visit(page, f"{shared_site}/scenarios?municipality=demo_vrbograd&lang=en")
        expect(page.get_by_text("Vrbograd has 2 scenarios")).to_be_visible()
        tick(page, 0)
        tick(page, 1)
        expect(page.get_by_text("changes women’s benefit by")).to_be_visible()
        expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)  # one for each of them
    with signed_in(MIRZA) as other:
        visit(other, link)
        expect(other.get_by_text("20,000 BAM is moved")).to_be_visible()
        assert measures(other) == shown


def test_two_people_on_one_scenario_lose_nothing(shared_site, signed_in):
    """Both have it open; both make a move; the second is told of the first one's, and both stand."""
    with signed_in(AMRA) as first, signed_in(MIRZA) as second:
        visit(first, f"{shared_site}/simulator?{TOWN}")
        make(first, CLUBS, CARE, 10_000)
        expect(first).to_have_url(re.compile("scenario=1"))
        visit(second, first.url)
        expect(second.get_by_text("10,000 BAM is moved")).to_be_visible()
        make(first, CLUBS, CARE, 5_000)
        expect(first.get_by_text("15,000 BAM is moved")).to_be_visible()
        prepare(second, CLUBS, CARE, 1_000)
        second.keyboard.press("Tab")
        settle(second)
        expect(second.get_by_text(f"Meanwhile {AMRA} made 1 change")).to_be_visible()
        second.get_by_role("button", name="Make this move").click()
        expect(second.get_by_text("16,000 BAM is moved")).to_be_visible()


def test_a_recommended_move_is_taken_over_handed_in_and_adopted_by_another(shared_site, signed_in):
    """The optimiser recommends, Amra takes a move over and hands it in, Mirza adopts it."""
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/optimiser?{TOWN}&objective=parity&most=0.5")
        expect(page.get_by_text("Moves in order of worth")).to_be_visible()
        tick(page, 0)
        page.get_by_role("button", name="Take the chosen moves over").click()
        expect(page).to_have_url(re.compile("scenario=1"))
        visit(page, f"{shared_site}/scenarios?municipality=demo_vrbograd&scenario=1&lang=en")
        page.get_by_role("button", name="Hand in").click()
        page.get_by_role("button", name="Hand it in to be decided on").click()
        expect(page.get_by_text("submitted; 1 move")).to_be_visible()
    with signed_in(MIRZA) as page:
        visit(page, f"{shared_site}/scenarios?municipality=demo_vrbograd&scenario=1&lang=en")
        page.get_by_test_id("stPopoverButton").filter(has_text="Decide").click()
        page.get_by_role("textbox", name="Reason, or number of the decision").fill("02-15/2026")
        page.get_by_role("button", name="Adopt").click()
        expect(page.get_by_text("adopted; 1 move")).to_be_visible()
        expect(page.get_by_text("The virement order")).to_be_visible()
        settle(page)
        with page.expect_download() as order:
            page.get_by_role("button", name="Download CSV").last.click()
        lines = order.value.path().read_text(encoding="utf-8-sig")
        assert {"1301-0001", "1301-0002", "614300"} <= set(re.findall(r"[\d-]{6,}", lines))


def test_a_point_of_the_frontier_is_taken_over_and_its_file_opens_elsewhere(shared_site, signed_in):
    """A point is chosen, its best move taken over, saved as a file, and opened in another browser."""
    scenarios = f"{shared_site}/scenarios?municipality=demo_vrbograd&lang=en"
    with signed_in(AMRA) as page:
        visit(page, f"{shared_site}/optimiser?{TOWN}&objective=parity&most=2")
        proposed = page.get_by_test_id("stMain").locator("strong").first
        whole = proposed.inner_text()
        chart = page.get_by_test_id("stVegaLiteChart").first
        box = chart.locator("canvas, svg").first.bounding_box()
        assert box is not None
        middle = {"x": box["width"] * 0.3, "y": box["height"] * 0.4}  # the nearest point is chosen
        chart.locator("canvas, svg").first.click(position=middle)
        expect(proposed).not_to_have_text(whole)
        settle(page)
        tick(page, 0)
        page.get_by_role("button", name="Take the chosen moves over").click()
        expect(page).to_have_url(re.compile("scenario=1"))
        settle(page)
        visit(page, f"{shared_site}/simulator?{TOWN}&scenario=1")
        shown = measures(page)
        visit(page, f"{scenarios}&scenario=1")
        with page.expect_download() as kept:
            page.get_by_role("button", name="Download as a file that opens again").click()
        file = kept.value.path().read_bytes()
    with signed_in(MIRZA) as other:
        visit(other, scenarios)
        other.get_by_text("Open a scenario from a file").click()
        other.locator("input[type=file]").first.set_input_files(
            {"name": "scenario.json", "mimeType": "application/json", "buffer": file}
        )
        expect(other.get_by_text("Vrbograd has 2 scenarios")).to_be_visible()
        visit(other, f"{shared_site}/simulator?{TOWN}&scenario=2")
        assert shown == measures(other)
