"""Staff: what a job costs and who holds it, from ``data/jobs.toml``."""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from budgeting.classifications import classification_names, read_classification
from budgeting.errors import MappingInvalid
from budgeting.model import text
from budgeting.settings import DATA
from budgeting.simulation.jobs import Staff

PATH = DATA / "jobs.toml"
_COMPENSATION = "21"  # GFSM: compensation of employees
_FAULTS = (KeyError, ValueError, TypeError, ArithmeticError, AttributeError)


def staff_of(municipality_code: str, country_code: str, path: Path = PATH) -> Staff | None:
    """Return what is known of a municipality's staff, else of its country's; None for neither.

    Raises
    ------
    MappingInvalid
        The file is broken.
    """
    places = _places(path)
    return places.get(("municipality", municipality_code)) or places.get(("country", country_code))


@cache
def _places(path: Path) -> dict[tuple[str, str], Staff]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        return dict(_place(entry) for entry in read.get("place", ()))
    except _FAULTS as error:
        raise MappingInvalid(
            text("The file {path} cannot be used: {reason}.", path=path.name, reason=str(error))
        ) from error


def _place(entry: dict[str, Any]) -> tuple[tuple[str, str], Staff]:
    where = "municipality" if "municipality" in entry else "country"
    women = {code: Decimal(share) for code, share in entry.get("women", {}).items()}
    cost = Decimal(entry["job_cost"])
    if cost <= 0 or any(not 0 <= share <= 1 for share in women.values()):
        raise ValueError("a job costs more than nothing, and a part is from 0 to 1")
    wages = frozenset(map(str, entry.get("wages", ()))) | _wages_of(entry.get("country", ""))
    return (where, entry[where]), Staff(
        wages, cost, entry["currency"], women, entry["source"], entry["verified"] is True
    )


def _wages_of(country_code: str) -> frozenset[str]:
    """Return the codes of a country's charts of accounts that are compensation of employees."""
    charts = (read_classification(name) for name in classification_names())
    return frozenset(
        code.code
        for chart in charts
        if country_code
        and (chart.country_code, chart.dimension) == (country_code, "economic_class")
        for code in chart.codes.values()
        if code.gfsm.startswith(_COMPENSATION)
    )
