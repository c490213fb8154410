"""Codes of two standards: countries by ISO 3166-1, currencies by ISO 4217.

The Unicode tables that come with Babel say which countries have a currency, and which currencies were
ever used to pay. So XX, XXX, gold, and codes for tests are none.
"""

from functools import cache

from babel.core import get_global

_NO_COUNTRIES = {"AC", "DG", "EA", "EU", "IC", "TA"}  # parts of countries and unions, in CLDR only


def is_country(code: str) -> bool:
    """Return whether a code of two large letters is that of a country of today.

    Kosovo counts: its XK stands in no standard, but is what everybody writes.

    Examples
    --------
    >>> is_country("RS"), is_country("XX"), is_country("rs"), is_country("UK")
    (True, False, False, False)
    """
    return code in _countries()


def is_currency(code: str) -> bool:
    """Return whether a code of three large letters is that of a currency, of today or of the past.

    Examples
    --------
    >>> is_currency("RSD"), is_currency("HRK"), is_currency("XXX"), is_currency("XAU")
    (True, True, False, False)
    """
    return code in _currencies()


def country_of(currency: str) -> str | None:
    """Return the one country that pays with a currency; None where several do, or none.

    Examples
    --------
    >>> country_of("RSD"), country_of("HRK"), country_of("USD"), country_of("EUR")
    ('RS', 'HR', None, None)
    """
    used = [money for money in _money() if money[1] == currency and money[3]]
    today = {country for country, _, until, _ in used if until is None}
    found = today or {country for country, *_ in used}
    return found.pop() if len(found) == 1 and found <= _countries() else None


@cache
def _countries() -> frozenset[str]:
    used = {country for country, _, until, is_tender in _money() if is_tender and until is None}
    return frozenset(used - _NO_COUNTRIES)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(currency for _, currency, _, is_tender in _money() if is_tender)


@cache
def _money() -> tuple[tuple[str, str, object, bool], ...]:
    """Return country, currency, its last day (None while it lasts), and whether it is used to pay."""
    return tuple(
        (country, currency, until, is_tender)
        for country, used in get_global("territory_currencies").items()
        for currency, _since, until, is_tender in used
    )
