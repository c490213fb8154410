"""Reading: everything that is stored of the services of a municipality, for reports and pages."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.store import Store

_NO_OVERLAPS = pa.schema(
    [
        ("line_id", pa.int64()),
        ("line_code", pa.string()),
        ("direction", pa.string()),
        ("fiscal_year", pa.int32()),
        ("label", pa.string()),
        ("amount_share", pa.decimal128(38, 6)),
        ("service_ids", pa.list_(pa.int32())),
        ("service_names", pa.list_(pa.string())),
    ]
).empty_table()


@dataclass(frozen=True, slots=True)
class ServiceYear:
    """The services of a municipality and what is known of them in a fiscal year, as tables.

    Columns are those of the queries of the same names; a row that is missing is not known, never 0.

    Parameters
    ----------
    services
        One row per service.
    subjects
        One row per line, programme or organisation that a service bundles.
    links
        One row per indicator that says something of a service, also without a figure.
    money
        One row per service, statement of the year and whether it is capital.
    figures
        One row per figure that counts; of all years, for trends.
    bands
        One row per sex and age band of the residents of the year.
    overlaps
        One row per line of the year of which services take more than the whole.
    """

    services: pa.Table
    subjects: pa.Table
    links: pa.Table
    money: pa.Table
    figures: pa.Table
    bands: pa.Table
    overlaps: pa.Table


def service_year(store: Store, municipality_code: str, fiscal_year: int) -> ServiceYear:
    """Return what is known of the services of a municipality in a year; it may be nothing."""
    place = {"municipality_code": municipality_code}
    when = {**place, "fiscal_year": fiscal_year}
    money = store.query("service_money", **when)
    overlaps = _NO_OVERLAPS
    if (pc.max(money["most_taken"]).as_py() or 0) > 1:
        overlaps = store.query("service_overlaps", **when)
    return ServiceYear(
        store.query("services", **place),
        store.query("service_subjects", **place),
        store.query("service_indicators", **place),
        money,
        store.query("service_figures", **place),
        store.query("population_bands", **when),
        overlaps,
    )


def earlier_bands(
    store: Store, municipality_code: str, fiscal_year: int, years: int
) -> list[dict[str, Any]]:
    """Return the residents of the nearest year before, at most so many years back; [] for none."""
    for year in range(fiscal_year - 1, fiscal_year - 1 - years, -1):
        when = {"municipality_code": municipality_code, "fiscal_year": year}
        rows: list[dict[str, Any]] = store.query("population_bands", **when).to_pylist()
        if rows:
            return rows
    return []


@dataclass(frozen=True, slots=True)
class Register:
    """Answers to the 4R questions and what is not known of the services of a municipality, as they stand."""

    answers: pa.Table
    needs: pa.Table


def register(store: Store, municipality_code: str) -> Register:
    """Return what was answered and what is missing of the services of a municipality."""
    place = {"municipality_code": municipality_code}
    return Register(store.query("service_answers", **place), store.query("data_needs", **place))


def request_languages(store: Store, municipality_code: str) -> dict[str, str]:
    """Return by department the language in which it is asked for data; {} where nobody chose one."""
    rows = store.query("request_languages", municipality_code=municipality_code).to_pylist()
    return {row["owner"]: row["language"] for row in rows}


def line_amounts(
    store: Store, municipality_code: str, fiscal_year: int, service_id: int
) -> pa.Table:
    """Return the budget lines of a service with what each statement of the year gives it of them."""
    return store.query(
        "service_line_amounts",
        municipality_code=municipality_code,
        fiscal_year=fiscal_year,
        service_id=service_id,
    )


def history(store: Store, municipality_code: str, service_id: int) -> pa.Table:
    """Return the versions of a service, the newest first."""
    return store.query(
        "service_history", municipality_code=municipality_code, service_id=service_id
    )


def indicators(store: Store, municipality_code: str) -> pa.Table:
    """Return the indicators of a municipality that have a figure."""
    return store.query("indicators", municipality_code=municipality_code)
