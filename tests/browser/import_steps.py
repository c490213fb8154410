"""The import page in a browser, step by step: dropping, choosing, filling, accepting, and pictures."""

import os
import re
from itertools import product
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser.live_site import settle

PICTURES = os.environ.get("PARITET_PICTURES")  # a folder: then every journey leaves pictures there
LANGUAGES, SCHEMES, WIDTHS = ("English", "Српски"), ("light", "dark"), (1280, 390)
_HIGHEST = 7000
_TRIES, _BRIEFLY = 5, 5_000  # milliseconds


def drop(page: Page, *files: Path) -> None:
    """Drop files on the page and wait until it says something about them."""
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_test_id("stFileChip").first.wait_for()
    settle(page)


def choose(page: Page, label: str | re.Pattern, option: str | re.Pattern) -> None:
    """Choose an option of a selectbox and wait for what follows."""
    pick(page, page.get_by_role("combobox", name=label).first, option)
    settle(page)


def pick(page: Page, box: Locator, option: str | re.Pattern) -> None:
    """Open a list and choose an option of it; a list that closes when the page runs is opened again."""
    wanted = page.get_by_role("option", name=option, exact=isinstance(option, str)).first
    for _ in range(_TRIES):
        box.click()
        try:
            wanted.click(timeout=_BRIEFLY)
        except PlaywrightTimeout:
            continue
        expect(page.get_by_role("option")).to_have_count(0)
        return
    wanted.click()


def fill(page: Page, label: str | re.Pattern, words: str) -> None:
    """Fill a field and wait for what follows."""
    field = page.get_by_label(label).first
    field.fill(words)
    field.press("Enter")
    settle(page)


def describe_town(page: Page, name: str) -> None:
    """Say whose file it is: that of a new municipality in Serbia."""
    choose(page, "Municipality", "A new municipality")
    fill(page, "Name of the municipality", name)
    fill(page, "Country, two letters", "RS")
    fill(page, "Currency, three letters", "RSD")


def answer_reasons(page: Page, reason: str = "The printed budget has the same figure.") -> None:
    """Give a reason for every question that is open."""
    for number in range(page.get_by_label("Reason why this may stand").count()):
        field = page.get_by_label("Reason why this may stand").nth(number)
        field.fill(reason)
        field.press("Enter")
        settle(page)


def accept(page: Page, name: str) -> None:
    """Accept what is in view and wait until it is stored."""
    page.get_by_role("button", name="Accept and store").click()
    expect(page.get_by_test_id("stAlert").first).to_contain_text(f"{name} is stored")
    settle(page)


def main(page: Page) -> Locator:
    """Return what the page shows beside its navigation."""
    return page.get_by_test_id("stMain")


def metric(page: Page, words: str) -> Locator:
    """Return the figure of these words."""
    return page.get_by_test_id("stMetric").filter(has_text=words)


def picture(page: Page, name: str) -> None:
    """Leave pictures of what is in view in every language, scheme and width, where they are wanted."""
    if not PICTURES:
        return
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        speak(page, language)
        for scheme, width in product(SCHEMES, WIDTHS):
            page.emulate_media(color_scheme=scheme)
            _whole(page, width)
            page.screenshot(path=Path(PICTURES) / f"{name}_{language[:2]}_{scheme}_{width}.png")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 1000})
    speak(page, LANGUAGES[0])


def speak(page: Page, language: str) -> None:
    """Choose the language of the page."""
    pick(page, page.get_by_test_id("stSelectbox").first.locator("input"), language)
    settle(page)


def _whole(page: Page, width: int) -> None:
    """Make the window as high as the page, because Streamlit scrolls inside it."""
    page.set_viewport_size({"width": width, "height": 900})
    for _ in range(2):
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 600) + 40, _HIGHEST)})
        settle(page)
    page.wait_for_timeout(500)  # tables are drawn on canvases; nothing says when
