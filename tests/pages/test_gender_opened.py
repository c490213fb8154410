"""Every number that stands on the gender overview opens to lines which are that number together."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import parse_qsl

import pytest
from pages.reading import visible
from pages.test_gender_overview_page import mark_programme

from budgeting.translations import language
from budgeting.ui.session import open_store, report

JASENIK = {"municipality": "demo_jasenik", "year": "2025"}
GIVEN = {**JASENIK, "methodology": "oecd_dac", "language": "en"}
TABS = ("stages", "years", "change", "categories", "largest", "methodologies")


class Buttons(HTMLParser):
    """The numbers in HTML, each with what it opens to: its own words and those around it."""

    def __init__(self):
        super().__init__()
        self.found, self._around, self._words = [], [], None

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self._around.append((tag, said.get("data-open") or ""))
        if tag == "button" and "data-open" in said:
            self._words = said.get("aria-label") or ""

    def handle_data(self, data):
        if self._words is not None:
            self._words += data

    def handle_endtag(self, tag):
        if tag == "button" and self._words is not None:
            what = "&".join(opens for _tag, opens in self._around if opens)
            self.found.append((self._words, what))
            self._words = None
        while self._around and self._around.pop()[0] != tag:
            pass


def numbers(at):
    parser = Buttons()
    for block in at.get("html"):
        parser.feed(block.proto.body)
    return parser.found


def lines_of(what):
    asked = dict(parse_qsl(what, keep_blank_values=True))
    return report("changed_lines" if "part" in asked else "marked_lines", {**GIVEN, **asked})


def amount_in(words):
    """Return the amount that words end with; None where they are a share or a count."""
    found = re.search(r"(-?[\d,]+\.\d\d)(?:\sBAM)?$", words.replace("−", "-"))
    return Decimal(found[1].replace(",", "")) if found else None


@pytest.fixture
def marked(visit):
    """A town of whose programmes two are marked."""
    visit("gender_overview", **JASENIK)
    mark_programme("2001", "1")
    mark_programme("2002", "2")
    return lambda **address: visit("gender_overview", **JASENIK, **address)


@pytest.mark.parametrize("within", ["", "function:09"])
@pytest.mark.parametrize("tab", TABS)
def test_every_number_opens_to_lines_that_are_it_together(marked, tab, within):
    at = marked(table=tab, within=within)
    assert not at.exception
    found = numbers(at)
    assert len([words for words, _what in found if amount_in(words) is not None]) > 20
    view = {"within": within} if within else {}
    for words, what in found:
        asked = "&".join((f"within={within}", what)) if view else what
        total, amount = lines_of(asked).facts["total"], amount_in(words)
        assert amount is None or amount == total, (words, what)


def test_shares_open_to_lines_that_are_that_part_of_the_budget(marked):
    whole, said = lines_of("number=total").facts["total"], language("en")
    key_figures = [one for one in numbers(marked()) if one[0].endswith("%")][:4]
    for words, what in key_figures:
        assert words == said.share(float(lines_of(what).facts["total"] / whole))


def test_an_open_number_stands_in_the_address_with_its_sum_and_its_lines(marked):
    at = marked(opened="number=high")
    total = lines_of("number=high").facts["total"]
    assert not at.exception
    words = " ".join(one.value for one in at.markdown).replace("\\", "").replace("\xa0", " ")
    assert f"exactly {language('en').number(total, 2)} BAM together" in words
    columns = list(at.dataframe[-1].value.columns)
    assert {"Category", "Reason", "Author", "State"} <= set(columns)


def test_nothing_is_open_at_first_and_what_cannot_be_is_told(marked):
    assert "exactly" not in " ".join(visible(marked()))
    said = [one.value for one in marked(opened="number=everything").error]
    assert "everything" in " ".join(said)


def test_names_of_groups_look_inside(marked):
    html = " ".join(block.proto.body for block in marked().get("html"))
    assert 'data-choose="within=function%3A09&amp;page="' in html
    assert open_store().data_version  # the page was of this store
