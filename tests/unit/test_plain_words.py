"""Words as they are: no Markdown in names and notes, and no link out of an address."""

import re

import pytest

from budgeting.ui.frame import plain

# as Streamlit's Markdown finds addresses in text, after escapes were read
MAIL = re.compile(r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+")
WEB = re.compile(r"(?:https?://|www(?=\.))[-.\w]+", re.IGNORECASE)


def read(words):
    """What a browser shows: escapes are gone, and a sign without width is not seen."""
    return re.sub(r"\\(_|[^\w\s])", r"\1", words)


@pytest.mark.parametrize(
    "words",
    [
        "Signed in as ana.k+x@example.org (editor).",
        "Ask vera@stat.example.org, or see www.example.org/data.",
        "HTTPS://example.org and http://example.org:80",
    ],
)
def test_no_address_becomes_a_link(words):
    """The words are all there, and nothing in them is found as an address."""
    shown = read(plain(words))
    assert words == shown.replace("\u2060", "")
    assert not MAIL.search(shown)
    assert not WEB.search(shown)


@pytest.mark.parametrize("words", ["5 @ 3 each", "a*b_c [d] #e $f ~g :h: <i> `j`", "wwwx", "no"])
def test_other_words_stay_as_they_are(words):
    """Markdown's marks are escaped, and nothing is put into words without an address."""
    assert words == read(plain(words))
