"""Languages: nothing on any page is left in English for a reader of Serbian."""

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from pages.reading import cells, visible

from budgeting.suggestions.quality import measured
from budgeting.translations import LOCALES

# page and the address of a view of it: what is seen only there is read as well
VIEWS = {
    "overview": [{}, {"direction": "revenue"}, {"year": "2023"}],
    "budget_explorer": [
        {},
        {"direction": "revenue"},
        {"year": "2025", "stage": "executed"},
        {"by": "line", "words": "a"},
        {"prices": "constant", "per": "resident"},
        {"year": "2025", "prices": "constant", "per": "resident"},
        {"words": "qqqq"},
        {"within": "function:09", "line": "1"},
        {"by": "nothing"},
    ],
    "gender_overview": [{}, {"methodology": "canada_gba", "by": "programme"}],
    "classify": [{}, {"by": "programme", "methodology": "india_gbs"}],
    "statements": [
        {},
        {"methodology": "ph_gad"},
        {"methodology": "rs_programme", "unit": "million"},
    ],
    "import_data": [{}],
    "data_dictionary": [{}],
    "methods": [{}],
}
CASES = [("demo", page, address) for page, addresses in VIEWS.items() for address in addresses]
CASES += [("empty", page, {}) for page in VIEWS]
PLACEHOLDER = re.compile(r"\\?\{\w+\\?\}")
FEWEST_WORDS = 3  # a message with fewer of its own is looked for as a whole only


def messages():
    with (LOCALES / "sr.po").open("rb") as lines:
        for message in read_po(lines, locale="sr"):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            forms = [message.string] if isinstance(message.string, str) else message.string
            yield from (msgid for msgid in ids if msgid and msgid not in forms)


def as_pattern(msgid):
    """Return how a message looks filled; beside one word of its own only figures and currencies.

    “{gain} people” would be found in the English labels of the demo towns otherwise.
    """
    own = re.findall("[A-Za-z]{2,}", PLACEHOLDER.sub("", msgid))
    filled = "(?-i:[^A-Za-z]|[A-Z]{3})*?" if len(own) == 1 else ".*?"
    return re.compile(PLACEHOLDER.sub(filled, re.escape(msgid)), re.IGNORECASE | re.DOTALL)


def anchor(msgid):
    """Return the longest run of a message's own characters: where it is missing, so is the message."""
    return max(PLACEHOLDER.split(msgid), key=len).lower()


MESSAGES = [
    (msgid, PLACEHOLDER.sub("", msgid), anchor(msgid), as_pattern(msgid))
    for msgid in sorted(set(messages()))
]
WHOLE = [
    (msgid, own, pattern)
    for msgid, bare, own, pattern in MESSAGES
    if re.search("[A-Za-z]{3}", bare)
]
PARTS = [
    (msgid, own, pattern)
    for msgid, bare, own, pattern in MESSAGES
    if len(re.findall("[A-Za-z]{2,}", bare)) >= FEWEST_WORDS
]


@cache
def left_in_english(words):
    """Return the messages that stand in `words` untranslated; markup and units do not hide them."""
    plain = re.sub(r"\\(?=[^\w\s])", "", words)
    bare = re.sub(r"^[#*>\s-]+|[*\s]+$|, [A-Z]{3}$", "", plain)
    lower = plain.lower()
    found = [msgid for msgid, own, pattern in WHOLE if own in lower and pattern.fullmatch(bare)]
    return found + [
        msgid for msgid, own, pattern in PARTS if own in lower and pattern.search(plain)
    ]


def test_english_is_noticed():
    """The search finds a sentence among others, a filled placeholder, a capital, markup, a unit."""
    assert left_in_english("Data version 12.")
    assert left_in_english("The statement: there is no budget line with the number 12.")
    assert left_in_english("**Where you are**")
    assert left_in_english("Amount, RSD")
    assert not left_in_english("Верзија података 12.")


@pytest.mark.parametrize("language", ["sr", "sr-Latn"])
@pytest.mark.parametrize(("data", "page", "address"), CASES)
def test_no_message_is_left_in_english(visit, data, page, address, language):
    """Titles, sentences, labels, options, buttons, headings and cells are the translation."""
    at = visit(page, data, lang=language, **{"municipality": "demo_topolnica", **address})
    shown = visible(at)
    if page == "data_dictionary":  # the catalogue's comments are English, the page says so
        stored = set(cells(at))
        shown = [words for words in shown if words not in stored]
    if page == "methods":  # names in all languages, on which suggestions were measured
        measured_on = {", ".join(miss.words) for miss in measured().misses}
        shown = [words for words in shown if words not in measured_on]
    assert shown
    assert {words: found for words in shown if (found := left_in_english(words))} == {}
