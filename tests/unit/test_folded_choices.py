"""Choices folded into a line: the line says what they are, each option is a button that chooses it."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from budgeting.ui import address
from budgeting.ui.folded import Choice, folded_html
from budgeting.ui.gender_parts import ADDRESS

TOWN = Choice(
    "municipality", "Town", (("a", "Aville"), ("b", "B & <b>ville</b>")), "b", ("within",)
)
RULE = Choice("convention", "What counts", (("full", "All of it"), ("half", "Half of it")), "full")


def pressed(html):
    """Return the buttons: their words, whether they are chosen, and what they choose."""
    found = re.findall(r'<button[^>]*aria-pressed="(\w+)" data-choose="(.*?)">(.*?)</button>', html)
    return {
        unescape(words): (said == "true", dict(parse_qsl(unescape(what), keep_blank_values=True)))
        for said, what, words in found
    }


def test_the_line_says_what_is_chosen():
    html = folded_html([TOWN, RULE])
    line = re.search(r"<summary>(.*?)</summary>", html)[1]
    words = [unescape(one) for one in re.split(r"<[^>]*>", line) if one]
    assert words == ["Town · What counts", "B & <b>ville</b> · All of it"]


def test_each_option_chooses_itself_and_forgets_what_it_makes_mean_nothing():
    assert pressed(folded_html([TOWN, RULE])) == {
        "Aville": (False, {"municipality": "a", "within": ""}),
        "B & <b>ville</b>": (True, {"municipality": "b", "within": ""}),
        "All of it": (True, {"convention": "full"}),
        "Half of it": (False, {"convention": "half"}),
    }


def test_each_group_of_options_is_named():
    assert re.findall(r'role="group" aria-label="(.*?)"', folded_html([TOWN, RULE])) == [
        "Town",
        "What counts",
    ]


@pytest.mark.parametrize("name", ["municipality", "methodology", "convention"])
def test_what_is_folded_stands_in_the_address(name):
    assert name in ADDRESS
    assert name in address.NAMES
