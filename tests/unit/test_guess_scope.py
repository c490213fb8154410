"""Whose money, of which year: what the guess takes from words, and what it rather asks."""

import pytest

from budgeting.imports.guessing.guess import Guess, guess
from budgeting.imports.readers import read
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.imports.words.standards import country_of

PROGRAMMES = {"2001": "Nurseries", "2002": "Primary schools", "2003": "Secondary schools"}


def guessed(*rows: str, layout: FileLayout | None = None) -> Guess:
    return guess(read(SourceFile("any.csv", "\n".join(rows).encode()), layout or FileLayout()))


def by_programme(*, has_names: bool) -> list[str]:
    return [
        f"{code},{f'{name},' if has_names else ''}{41 + n}1,{name[:4]} item {n},{n + 1}{code}.50"
        for code, name in PROGRAMMES.items()
        for n in range(4)
    ]


@pytest.mark.parametrize(
    ("header", "has_names"),
    [
        ("Programme,Account,Item,Approved 2025", False),
        ("Programme,Programme name,Account,Item,Approved 2025", True),
        ("Unit no.,Unit name,Account,Item,Approved 2025", True),
    ],
)
def test_codes_that_look_like_years_are_codes(header, has_names):
    """2001 to 2003 are programmes where the header says so, or where each has a name beside it."""
    found = guessed(header, *by_programme(has_names=has_names))
    assert "fiscal_year_column" not in found.entries


def test_years_are_years():
    """A column that is called so, and one that nothing names."""
    rows = [f"{year},{n}1,Item {n},{n + 1}{year}.50" for year in (2023, 2024) for n in range(1, 5)]
    assert "Year" == guessed("Year,Account,Item,Actual", *rows).entries["fiscal_year_column"]
    unnamed = guessed(",Account,Item,Actual", *rows).entries["fiscal_year_column"]
    assert "#1" == unnamed


@pytest.mark.parametrize(
    ("currency", "country"),
    [("RSD", "RS"), ("HRK", "HR"), ("USD", None), ("GBP", None), ("EUR", None), ("", None)],
)
def test_a_currency_tells_the_country_where_only_one_pays_with_it(currency, country):
    """Dollars are paid with in more than one country, the kuna was in Croatia only."""
    assert country == country_of(currency)


@pytest.mark.parametrize(("currency", "asked"), [("USD", ("country",)), ("RSD", ())])
def test_the_country_of_many_towns_is_asked_where_the_currency_leaves_it_open(currency, asked):
    """It is never taken from a currency of several countries."""
    rows = [
        f"Town {town},2024,{code},{label},{n}{code}.50"
        for n, town in enumerate("ABC", start=1)
        for code, label in (("41", "Wages"), ("42", "Materials"))
    ]
    found = guessed(f"Municipality,Year,Account,Account name,Actual ({currency})", *rows)
    assert currency == found.entries["municipality"]["currency_code"]
    assert asked == tuple(one for one in found.asks if one in ("country", "currency"))
