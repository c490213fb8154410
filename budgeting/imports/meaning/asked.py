"""Asked: country, currency and direction that neither file nor mapping says; never taken for granted."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import replace
from typing import Any

import numpy as np

from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import DirectionRule, Mapping, MunicipalityRule
from budgeting.imports.words.standards import is_country, is_currency
from budgeting.model import Direction, Finding, Severity, Text, text
from budgeting.names import direction_name

DIRECTIONS = (Direction.EXPENDITURE, Direction.REVENUE)
_OF_WHOLE_FILE = ("fiscal-year", "direction", "country", "currency")


def of_sheet(found: Finding, sheet: str) -> Finding:
    """Return a finding with its sheet; what is asked of the file as a whole is asked once."""
    if found.check in _OF_WHOLE_FILE or found.sheet or not sheet:
        return found
    return replace(found, sheet=sheet)


def completed(place: MunicipalityRule, answers: Answers) -> MunicipalityRule:
    """Return a municipality with the country and the currency stated for one that has none."""
    if answers.country_code and not is_country(place.country_code):
        place = replace(place, country_code=answers.country_code)
    if answers.currency_code and not is_currency(place.currency_code):
        place = replace(place, currency_code=answers.currency_code)
    return place


def remembered(place: MunicipalityRule, stored: Iterable[Dictionary[str, Any]]) -> MunicipalityRule:
    """Return a municipality with the codes that are stored of it, where the mapping says none."""
    for row in stored:
        if row["municipality_code"] == place.code:
            known = Answers(country_code=row["country_code"], currency_code=row["currency_code"])
            return completed(place, known)
    return place


def place_findings(places: Collection[MunicipalityRule], answers: Answers) -> Iterable[Finding]:
    """Ask for country and currency of municipalities without a real one; demo data needs none."""
    real = [place for place in places if not place.is_fictional]
    countries = dict.fromkeys(place.country_code for place in real)
    strange = [code for code in countries if not is_country(code)]
    if strange:
        yield Finding(
            "country",
            Severity.ERROR,
            text("It is not known in which country the municipality is."),
            text("State its code by ISO 3166, such as RS (--country, or on the page)."),
            value=strange[0] or None,
        )
    currencies = dict.fromkeys(place.currency_code for place in real)
    strange = [code for code in currencies if not is_currency(code)]
    if strange:
        yield Finding(
            "currency",
            Severity.ERROR,
            text("It is not known in which currency the amounts are."),
            text("State its code by ISO 4217, such as RSD (--currency, or on the page)."),
            value=strange[0] or None,
        )
    for check, known, stated in (
        ("country", filter(is_country, countries), answers.country_code),
        ("currency", filter(is_currency, currencies), answers.currency_code),
    ):
        others = [code for code in known if stated not in (None, code)]
        if others:
            yield _contradicted(check, others[0], stated)


def stated_direction(rule: DirectionRule, answers: Answers) -> int:
    """Return the place in `DIRECTIONS` of the direction of all rows; -1 while nobody has said it."""
    direction = rule.direction or answers.direction
    return DIRECTIONS.index(direction) if direction else -1


def direction_findings(
    mapping: Mapping, directions: np.ndarray, answers: Answers
) -> Iterable[Finding]:
    """Ask for a direction that nobody has said; refuse an answer that the mapping contradicts."""
    stated, rule = answers.direction, mapping.direction
    is_open = any(amount.direction is None for amount in mapping.amounts)
    if is_open and rule.column is None and stated_direction(rule, answers) < 0:
        yield Finding(
            "direction",
            Severity.ERROR,
            text("It is not known whether the file holds expenditure or revenue."),
            text("State it (--direction, or on the page): the words of the file leave it open."),
        )
    others = [way for n, way in enumerate(DIRECTIONS) if way is not stated and n in directions]
    if stated and others:
        yield _contradicted("direction", direction_name(others[0]), direction_name(stated))


def _contradicted(check: str, known: str | Text, stated: str | Text | None) -> Finding:
    return Finding(
        check,
        Severity.ERROR,
        text(
            "By the mapping, or by what is stored, it is {known}; stated was {stated}.",
            known=known,
            stated=stated,
        ),
        text("Take the answer back, or change the mapping."),
    )
