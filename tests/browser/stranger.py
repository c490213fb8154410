"""A stranger on the import page: answers what the page asks, by what a person knows of the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.import_steps import main, pick
from tests.browser.live_site import settle

BUSY = '[data-testid="stProgress"], [data-testid="stSpinner"]'
REASONS = ("Reason why this may stand", "Or leave these rows out, for this reason")
LONG = 300_000  # milliseconds: a large file is read anew after every answer
_MOMENT = 1_500  # milliseconds: an answer takes time to reach the server
_AT_MOST = 60  # answers: a page that asks for ever is a bug


@dataclass(frozen=True)
class Knowledge:
    """What a person knows of a file that it may not say: words as the page asks for them."""

    town: str
    country: str
    currency: str
    year: int = 2025
    direction: str = "Expenditure"
    stage: str = "Approved"
    day: str = "2021-01-01"
    reason: str = "The printed budget has it so."


@dataclass
class Stranger:
    """Goes through the import page and counts: what was asked, and the clicks that answering took."""

    page: Page
    knows: Knowledge
    clicks: int = 0
    asked: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until nothing is read or checked any more."""
        settle(self.page, LONG)
        expect(self.page.locator(BUSY)).to_have_count(0, timeout=LONG)
        settle(self.page, LONG)

    def answer_everything(self) -> None:
        """Answer question after question until none is open, nor is a moment later."""
        for _ in range(_AT_MOST):
            self.settle()
            if self._answer_one():
                continue
            self.page.wait_for_timeout(_MOMENT)
            self.settle()
            if not self._answer_one():
                return
        raise AssertionError(f"the page goes on asking: {self.asked}")

    def can_accept(self) -> bool:
        """Return whether the page offers to store the file."""
        return self._accept_button().is_visible()

    def accept(self) -> None:
        """Store the file."""
        self.clicks += 1
        self._accept_button().click()
        expect(self.page.get_by_test_id("stAlert").first).to_contain_text("is stored")
        settle(self.page, LONG)

    def choose(self, label: str, option: str | re.Pattern) -> None:
        """Choose an option of a list: one click."""
        self.clicks += 1
        pick(self.page, self._list(label), option)
        self.settle()

    def _accept_button(self) -> Locator:
        return self.page.get_by_role("button", name="Accept and store")

    def _answer_one(self) -> bool:
        """Answer the first question that is open; return whether there was one."""
        return (
            self._pick_reading()
            or self._choose_open("Municipality", "A new municipality")
            or any(self._type_open(label, words) for label, words in self._fields())
            or self._state_day("Date of the count of residents")
            or self._choose_open("Expenditure or revenue", self.knows.direction)
            or self._choose_open("Stage of the amounts", self.knows.stage)
            or any(self._type_open(label, self.knows.reason) for label in REASONS)
        )

    def _fields(self) -> Sequence[tuple[str, str]]:
        knows = self.knows
        return (
            ("Name of the municipality", knows.town),
            ("Country, two letters", knows.country),
            ("Currency, three letters", knows.currency),
            ("Fiscal year of the amounts", str(knows.year)),
        )

    def _list(self, label: str) -> Locator:
        return main(self.page).get_by_role("combobox", name=label, exact=True).first

    def _choose_open(self, label: str, option: str) -> bool:
        found = self._list(label)
        if not found.is_visible() or found.input_value():
            return False
        self.asked.append(label)
        self.choose(label, re.compile(f"^{re.escape(option)}"))
        return True

    def _type_open(self, label: str, words: str) -> bool:
        fields = main(self.page).get_by_label(label, exact=True)
        empty = [one for one in fields.all() if one.is_visible() and not one.input_value()]
        if not empty:
            return False
        self.asked.append(label)
        self.clicks += 1
        empty[0].fill(words)
        empty[0].press("Enter")
        self.settle()
        return True

    def _state_day(self, label: str) -> bool:
        """State a day: its year, month and day are fields of their own."""
        asked = main(self.page).get_by_test_id("stDateInput").filter(has_text=label)
        parts = asked.get_by_role("spinbutton")
        if not parts.count() or parts.first.inner_text().isdecimal():
            return False
        self.asked.append(label)
        self.clicks += 1
        parts.first.click()
        self.page.keyboard.type(self.knows.day.replace("-", ""))
        self.page.locator("h1").click()  # the calendar closes, and the day is taken
        self.settle()
        return True

    def _pick_reading(self) -> bool:
        """Say how a number is meant that can be read in two ways: marks group its thousands."""
        readings = self.page.locator(
            '[class*="st-key-style_"]:not([class*="st-key-style_of_"]) button'
        ).all()
        if not readings:
            return False
        self.asked.append("how numbers are written")
        self.clicks += 1
        amounts = [float(one.inner_text().replace(",", "")) for one in readings[:2]]
        readings[amounts.index(max(amounts))].click()
        self.settle()
        return True
