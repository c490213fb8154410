"""Stored services: rows to values and values to rows."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from budgeting.errors import NotFound
from budgeting.incidence.shared import ServiceKind, Treatment
from budgeting.methodologies.model import Subject
from budgeting.model import Direction, Sex, text
from budgeting.services.model import (
    IndicatorRole,
    Service,
    ServiceIndicator,
    ServiceLine,
    StoredService,
    Unit,
)
from budgeting.store import Store, Transaction

Row = dict[str, Any]
LINES = pa.schema(
    [
        ("direction", pa.string()),
        ("subject", pa.string()),
        ("subject_code", pa.string()),
        ("economic_code", pa.string()),
        ("amount_share", pa.decimal128(9, 6)),
        ("is_capital", pa.bool_()),
    ]
)
INDICATORS = pa.schema(
    [
        ("indicator_code", pa.string()),
        ("role", pa.string()),
        ("is_part", pa.bool_()),
        ("counts", pa.string()),
    ]
)
_STEP = Decimal(1).scaleb(-6)


def services_of(store: Store, municipality_code: str) -> tuple[StoredService, ...]:
    """Return the services of a municipality as they are now, by code."""
    wanted = {"municipality_code": municipality_code}
    lines = store.query("service_subjects", **wanted).to_pylist()
    indicators = store.query("service_indicators", **wanted).to_pylist()
    return tuple(
        StoredService(
            row["service_id"],
            row["version"],
            service_of(
                row,
                [line for line in lines if line["service_id"] == row["service_id"]],
                [one for one in indicators if one["service_id"] == row["service_id"]],
            ),
        )
        for row in store.query("services", **wanted).to_pylist()
    )


def service_of(row: Row, lines: Sequence[Row], indicators: Sequence[Row]) -> Service:
    """Return a service as its rows say it."""
    return Service(
        row["service_code"],
        row["name"],
        ServiceKind(row["kind"]),
        Treatment(row["treatment"]) if row["treatment"] else None,
        Sex(row["eligible_sex"]) if row["eligible_sex"] else None,
        (row["eligible_age_from"], row["eligible_age_to"]),
        row["capital_life"],
        row["capital_rate"],
        row["owner"],
        row["note"],
        tuple(
            ServiceLine(
                Subject(line["subject"]),
                line["subject_code"],
                line["amount_share"],
                line["economic_code"],
                Direction(line["direction"]),
                line["is_capital"],
            )
            for line in lines
        ),
        tuple(
            ServiceIndicator(
                one["indicator_code"],
                IndicatorRole(one["role"]),
                one["is_part"],
                Unit(one["counts"]) if one["counts"] else None,
            )
            for one in indicators
        ),
    )


def version_of(
    transaction: Transaction, municipality_code: str, service_id: int, version: int
) -> Service:
    """Return a version of a service; raises `NotFound` where there is none."""
    row = record_of(transaction, municipality_code, service_id, version)
    key = {"service_id": service_id, "version": version}
    lines = transaction.query("lines_of_version", **key).to_pylist()
    return service_of(row, lines, transaction.query("indicators_of_version", **key).to_pylist())


def record_of(
    transaction: Transaction, municipality_code: str, service_id: int, version: int | None = None
) -> Row:
    """Return the row of a version of a service, None for the newest; raises `NotFound`."""
    rows: list[Row] = transaction.query(
        "service_version",
        municipality_code=municipality_code,
        service_id=service_id,
        version=version,
    ).to_pylist()
    if not rows:
        raise NotFound(text("There is no service {number}.", number=str(service_id)))
    return rows[0]


def columns_of(service: Service) -> Row:
    """Return the columns of ``core.services`` that say what a service is."""
    return {
        "service_code": service.code,
        "name": service.name,
        "kind": service.kind.value,
        "treatment": service.treatment.value if service.treatment else "",
        "eligible_sex": service.sex.value if service.sex else "",
        "eligible_age_from": service.ages[0],
        "eligible_age_to": service.ages[1],
        "capital_life": service.capital_life,
        "capital_rate": service.capital_rate,
        "owner": service.owner,
        "note": service.note,
    }


def told_of(service: Service) -> Row:
    """Return what an audit event tells of a service."""
    return {name: value for name, value in columns_of(service).items() if value not in ("", None)}


def line_table(lines: Sequence[ServiceLine]) -> pa.Table:
    """Return what a service bundles as a table."""
    return pa.Table.from_pylist(
        [
            {
                "direction": line.direction.value,
                "subject": line.kind.value,
                "subject_code": line.code,
                "economic_code": line.economic_code,
                "amount_share": line.amount_share.quantize(_STEP),
                "is_capital": line.is_capital,
            }
            for line in lines
        ],
        schema=LINES,
    )


def indicator_table(indicators: Sequence[ServiceIndicator]) -> pa.Table:
    """Return the indicators of a service as a table."""
    return pa.Table.from_pylist(
        [
            {
                "indicator_code": one.code,
                "role": one.role.value,
                "is_part": one.is_part,
                "counts": one.counts.value if one.counts else "",
            }
            for one in indicators
        ],
        schema=INDICATORS,
    )
