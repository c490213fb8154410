"""The methods page lists every methodology, what is not verified of it, and files that are refused."""

import pytest

from budgeting.methodologies import methodologies


def expander(at, words):
    return next(one for one in at.expander if words in one.label)


def tables(block):
    return [frame.value for frame in block.dataframe]


def test_every_methodology_is_listed(visit):
    """Each file is there once by name and version, with source, validity and what it measures."""
    at = visit("methods", "empty")
    assert not at.exception
    assert len(methodologies()) == len(at.expander)
    eu = expander(at, "EU budget 2021–2027")
    (caption,) = [one.value for one in eu.caption]
    for words in (
        "what the money is meant for",
        "Valid from Jan 1, 2021 to Dec 31, 2027",
        "Commission",
    ):
        assert words in caption.replace("\\", "")


def test_categories_stand_with_their_coefficients(visit):
    """HGDG's five bands, with what counts of each."""
    at = visit("methods", "empty")
    table = tables(expander(at, "HGDG checklist"))[0]
    assert ["100%", "75%", "50%", "25%", "0%"] == list(table["Counts"])
    assert ["from 20", "from 15", "from 8", "from 4", "else"] == list(table["Given when"])


def test_what_is_not_verified_is_marked(visit):
    """A file and an item from general knowledge are both visible as such, before it is opened."""
    at = visit("methods", "empty")
    assert "· not verified" in expander(at, "Sharp").label
    oecd = expander(at, "OECD-DAC")
    assert "partly not verified" in oecd.label
    criteria = tables(oecd)[1]
    doubts = dict(zip(criteria["Criterion"], criteria["To know"], strict=True))
    assert (
        "not verified"
        == doubts[
            "There is a commitment to monitor gender results and to report them at evaluation"
        ]
    )
    assert "" == doubts["A gender analysis was made"]
    needed = dict(zip(criteria["Criterion"], criteria["Needed for"], strict=True))
    assert "2, 1, 0 (does not decide)" == needed["A gender analysis was made"]
    assert "verified" not in expander(at, "HGDG").label


def test_a_queue_says_that_it_is_one(visit):
    """0* is to be scored again, and the page says so."""
    table = tables(expander(visit("methods", "empty"), "EU budget"))[0]
    remarks = dict(zip(table["Category"], table["To know"], strict=True))
    assert "to be scored again" in remarks["0* – likely positive, not yet clear"]


@pytest.mark.parametrize(("tongue", "words"), [("sr", "Филипини"), ("sr-Latn", "Filipini")])
def test_the_words_are_the_readers(visit, tongue, words):
    """A methodology has its own words in each language."""
    assert expander(visit("methods", "empty", lang=tongue), words)


def test_a_broken_file_is_shown_with_its_fault(visit, tmp_path):
    """File, entry and reason stand on the page, and the others below."""
    folder = tmp_path / "methodologies"
    folder.mkdir()
    (folder / "mine_1.toml").write_text('code = "mine"\nversion = 1', encoding="utf-8")
    at = visit("methods", "empty")
    assert 1 == len(at.error)
    table = at.dataframe[0].value
    assert {"mine_1.toml"} == set(table["File"])
    assert {"version", "rule", "label"} <= set(table["Entry"])
    assert 15 <= len(at.expander)
