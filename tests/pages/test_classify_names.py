"""The queue calls categories by the names that a reader knows, not by the codes of a file."""

import pytest

TOWN = {"municipality": "demo_topolnica", "year": "2026"}


@pytest.mark.parametrize(
    ("methodology", "lang", "found"),
    [
        ("ph_hgdg", "en", "Gender and development is invisible?"),
        ("ph_hgdg", "sr", "Род и развој се не виде?"),
        ("oecd_dac", "en", "0?"),
    ],
)
def test_a_category_is_named(visit, methodology, lang, found):
    """A category has the name of the reader's language; its code, where the name begins with it."""
    at = visit("classify", "demo", None, **TOWN, lang=lang, methodology=methodology)
    assert found in set(at.dataframe[0].value.iloc[:, 2])
