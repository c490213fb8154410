"""Services written as TOML: what pays for them, what is counted of them, and what is missing."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budgeting.errors import MappingInvalid
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Sex, text
from budgeting.services.model import (
    Answer,
    DataNeed,
    IndicatorRole,
    NeedState,
    Service,
    ServiceIndicator,
    ServiceLine,
    Unit,
)

_NO_SERVICE = 0  # needs and answers belong to a service that has its number only once it is stored


@dataclass(frozen=True, slots=True)
class WrittenService:
    """A service as a file says it; the service_id of ``needs`` and ``answers`` is still 0."""

    service: Service
    needs: tuple[DataNeed, ...]
    answers: tuple[Answer, ...]


def services_in(name: str, written: str) -> tuple[WrittenService, ...]:
    """Return the services of a file in its order.

    Raises
    ------
    MappingInvalid
        It is no such file; told with its name and the reason.
    """
    try:
        return tuple(_written(entry) for entry in tomllib.loads(written)["service"])
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise MappingInvalid(
            text("The file {path} cannot be used: {reason}.", path=name, reason=str(error))
        ) from error


def _written(entry: dict[str, Any]) -> WrittenService:
    service = Service(
        entry["code"],
        entry["name"],
        ServiceKind(entry.get("kind", ServiceKind.INDIVIDUAL)),
        Treatment(entry["treatment"]) if "treatment" in entry else None,
        Sex(entry["sex"]) if "sex" in entry else None,
        (entry.get("age_from"), entry.get("age_to")),
        entry.get("capital_life"),
        Decimal(entry["capital_rate"]) if "capital_rate" in entry else None,
        entry.get("owner", ""),
        entry.get("note", ""),
        tuple(_line(one) for one in entry.get("lines", ())),
        tuple(_indicator(one) for one in entry.get("indicators", ())),
    )
    return WrittenService(
        service,
        tuple(_need(one) for one in entry.get("needs", ())),
        tuple(
            Answer(_NO_SERVICE, one["year"], one["question"], one["words"])
            for one in entry.get("answers", ())
        ),
    )


def _line(entry: dict[str, Any]) -> ServiceLine:
    kinds = [kind for kind in Subject if kind.value in entry]
    if len(kinds) != 1:
        raise ValueError("a line names one of line, programme and organisation")
    return ServiceLine(
        kinds[0],
        entry[kinds[0].value],
        Decimal(entry.get("share", 1)),
        entry.get("economic", ""),
        Direction(entry.get("direction", Direction.EXPENDITURE)),
        entry.get("is_capital", False),
    )


def _indicator(entry: dict[str, Any]) -> ServiceIndicator:
    counts = Unit(entry["counts"]) if "counts" in entry else None
    return ServiceIndicator(
        entry["code"], IndicatorRole(entry["role"]), entry.get("is_part", False), counts
    )


def _need(entry: dict[str, Any]) -> DataNeed:
    state = NeedState(entry.get("state", NeedState.OPEN))
    return DataNeed(
        _NO_SERVICE,
        entry["what"],
        entry.get("owner", ""),
        entry.get("due"),
        state,
        entry.get("note", ""),
    )
