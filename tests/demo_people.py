"""People and prices of the demo towns."""

from random import Random

from demo_tables.people import (
    AGE_SHAPE,
    MEN_SURVIVAL,
    PRICE_INDEX,
    PRICE_UNKNOWN,
    STAYING,
    WOMEN_SHARE,
)
from demo_tables.towns import TOWNS
from demo_tables.years import SEED, YEARS


def population() -> list[dict]:
    """Return the people of the towns, aged from year to year."""
    rows = []
    for code, town in TOWNS.items():
        rng = Random(f"{SEED}:{code}:people")
        shape = [share * rng.uniform(0.95, 1.05) for share in AGE_SHAPE]
        bands = [town["people"] * share / sum(shape) for share in shape]
        now = {
            "female": [n * w for n, w in zip(bands, WOMEN_SHARE, strict=True)],
            "male": [n * (1 - w) for n, w in zip(bands, WOMEN_SHARE, strict=True)],
        }
        for year in YEARS:
            for sex, people in now.items():
                rows += [person_row(code, year, sex, i, n) for i, n in enumerate(people)]
            births = sum(now["female"][4:8]) * 0.058
            now = {sex: one_year(people, sex, births) for sex, people in now.items()}
    return rows


def person_row(code: str, year: int, sex: str, band: int, people: float) -> dict:
    """Return one row of the population file."""
    last = band == len(AGE_SHAPE) - 1
    return {
        "municipality_code": code,
        "reference_date": f"{year}-01-01",
        "sex": sex,
        "age_from": band * 5,
        "age_to": "" if last else band * 5 + 4,
        "people": round(people),
        "source": "fictional",
    }


def one_year(people: list[float], sex: str, births: float) -> list[float]:
    """Let a population by five-year bands grow one year older."""
    last = len(people) - 1
    result = []
    for band, number in enumerate(people):
        dying = (1 - MEN_SURVIVAL[band]) * (0.62 if sex == "female" else 1.0)
        coming = people[band - 1] * 0.2 if band else births * (0.485 if sex == "female" else 0.515)
        staying = number if band == last else number * 0.8
        result.append((staying + coming) * (1 - dying) * STAYING[band])
    return result


def deflators() -> list[dict]:
    """Return the price index of the towns, without the unknown year."""
    return [
        {
            "municipality_code": code,
            "fiscal_year": year,
            "price_index": index,
            "source": "fictional consumer price index",
        }
        for code in TOWNS
        for year, index in PRICE_INDEX.items()
        if (code, year) not in PRICE_UNKNOWN
    ]


def municipalities() -> list[dict]:
    """Return the towns."""
    return [
        {
            "municipality_code": code,
            "name": town["name"],
            "country_code": "XX",
            "currency_code": "BAM",
            "is_fictional": "true",
        }
        for code, town in TOWNS.items()
    ]
