"""Eligible population: residents cut to the sex and ages for which a service is meant. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from budgeting.model import Sex

_OLDEST = 10_000  # beyond every age, so that an open band can be compared
Ages = tuple[int | None, int | None]


def eligible_people(
    bands: Iterable[Mapping[str, Any]], sex: Sex | None = None, ages: Ages = (None, None)
) -> dict[Sex, int | None]:
    """Return how many residents of each sex a service is meant for.

    Parameters
    ----------
    bands
        Rows of ``population_bands``: sex, age_from, age_to and people.
    sex, ages
        Of the service; None for no limit, both ages included.

    Returns
    -------
    dict
        Empty where nothing is counted. None for a sex of which a band lies only partly inside the
        ages, or of which the bands leave a year out: how many are inside is not known.

    Examples
    --------
    >>> rows = [{"sex": "female", "age_from": 0, "age_to": 4, "people": 7},
    ...         {"sex": "female", "age_from": 5, "age_to": None, "people": 90}]
    >>> eligible_people(rows, ages=(5, None)), eligible_people(rows, ages=(65, None))
    ({<Sex.FEMALE: 'female'>: 90}, {<Sex.FEMALE: 'female'>: None})
    """
    by_sex: dict[Sex, list[Mapping[str, Any]]] = {}
    for band in bands:
        by_sex.setdefault(Sex(band["sex"]), []).append(band)
    return {
        one: _inside(found, ages)
        for one, found in by_sex.items()
        if sex is None or one in (sex, Sex.UNKNOWN)
    }


def _inside(bands: list[Mapping[str, Any]], ages: Ages) -> int | None:
    """Return the people of one sex inside the ages, where the bands tell them."""
    first = ages[0] or 0
    last = _OLDEST if ages[1] is None else ages[1]
    inside = sorted(
        (band["age_from"], _OLDEST if band["age_to"] is None else band["age_to"], band["people"])
        for band in bands
        if band["age_from"] <= last and (band["age_to"] is None or band["age_to"] >= first)
    )
    expected = first
    for age_from, age_to, _ in inside:
        if age_from != expected:
            return None
        expected = age_to + 1
    return sum(people for *_, people in inside) if _ends_at(expected, ages[1]) else None


def _ends_at(expected: int, last: int | None) -> bool:
    return expected == (_OLDEST if last is None else last) + 1
