"""Defining services: a person says what a service is, what pays for it, and what is counted of it.

Every change is a new version; the one before it stays, so that it can be looked at and taken back.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound, ServiceChanged, ServiceInvalid
from budgeting.model import Share, Text, text
from budgeting.names import codes_of_line
from budgeting.services.model import Service, StoredService
from budgeting.services.stored import (
    LINES,
    Row,
    columns_of,
    indicator_table,
    line_table,
    record_of,
    told_of,
    version_of,
)
from budgeting.services.validity import refuse_impossible
from budgeting.store import Store, Transaction

_WHOLE = Decimal(1)
_TOLD = 20  # services named in an audit event; all of them are in its details
_SUBJECTS = pa.schema([LINES.field(n) for n in ("direction", "subject", "subject_code")])


def define(
    store: Store, identity: Identity, municipality_code: str, service: Service
) -> StoredService:
    """Add a service to a municipality, in one transaction.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    ServiceInvalid
        The service contradicts itself, its code is taken, or another service has some of its money:
        the sentence names line and service.
    NotFound
        A line, programme, organisation or indicator is not stored.
    """
    return define_all(store, identity, municipality_code, (service,))[0]


def define_all(
    store: Store, identity: Identity, municipality_code: str, services: Sequence[Service]
) -> tuple[StoredService, ...]:
    """Add several services, as `define` does: all of them in one transaction, or none."""
    require(identity, Action.DESCRIBE_SERVICE)
    for service in services:
        refuse_impossible(service)
    told = ", ".join(f"{service.code}: {service.name}" for service in services[:_TOLD])
    change = Change("define-service", told, municipality_code)
    stored = []
    with store.transaction(identity, change) as transaction:
        details = []
        for service in services:
            _refuse_taken_code(transaction, municipality_code, service.code, None)
            numbers = transaction.query("next_service").to_pylist()[0]
            stored.append(StoredService(numbers["service_id"], numbers["version"], service))
            details.append(_write(transaction, identity, municipality_code, stored[-1], "define"))
        _refuse_money_twice(transaction, municipality_code, {one.service_id for one in stored})
        transaction.details = details[0] if len(details) == 1 else {"services": details}
    return tuple(stored)


def change(
    store: Store,
    identity: Identity,
    municipality_code: str,
    service_id: int,
    service: Service,
    *,
    seen: int,
) -> StoredService:
    """Make a service what `service` says; `seen` is the version that the reader saw.

    Raises
    ------
    ServiceChanged
        Somebody was faster; nothing is written.
    NotAllowed, ServiceInvalid, NotFound
        As in `define`.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    refuse_impossible(service)
    told = Change("change-service", f"{service.code}: {service.name}", municipality_code)
    with store.transaction(identity, told) as transaction:
        _refuse_if_changed(transaction, municipality_code, service_id, seen)
        _refuse_taken_code(transaction, municipality_code, service.code, service_id)
        stored = StoredService(service_id, _next_version(transaction), service)
        before = version_of(transaction, municipality_code, service_id, seen)
        transaction.details = _write(
            transaction, identity, municipality_code, stored, "change", before=before
        )
        _refuse_money_twice(transaction, municipality_code, {service_id})
    return stored


def withdraw(
    store: Store,
    identity: Identity,
    municipality_code: str,
    service_id: int,
    reason: str,
    *,
    seen: int,
) -> None:
    """Keep a service no longer: its money is not attributed any more. Errors are those of `change`."""
    require(identity, Action.DESCRIBE_SERVICE)
    if not reason.strip():
        raise ServiceInvalid(text("A service is withdrawn for a reason: write it down."))
    told = Change("withdraw-service", str(service_id), municipality_code, reason.strip())
    with store.transaction(identity, told) as transaction:
        _refuse_if_changed(transaction, municipality_code, service_id, seen)
        service = version_of(transaction, municipality_code, service_id, seen)
        stored = StoredService(service_id, _next_version(transaction), service)
        transaction.details = _write(
            transaction, identity, municipality_code, stored, "withdraw", is_withdrawn=True
        )


def undo(store: Store, identity: Identity, municipality_code: str) -> StoredService:
    """Take back one's own last change of the services of a municipality.

    Called again, it takes back the change before that one.

    Raises
    ------
    NotFound
        There is nothing to take back.
    ServiceChanged
        Somebody has gone on from there; nothing is written.
    ServiceInvalid
        What would stand again takes money that another service has by now.
    """
    require(identity, Action.DESCRIBE_SERVICE)
    with store.transaction(identity, Change("undo-service", "", municipality_code)) as transaction:
        rows = transaction.query(
            "last_service_change", municipality_code=municipality_code, recorded_by=identity.name
        ).to_pylist()
        if not rows:
            raise NotFound(text("There is no change of yours to take back."))
        last = rows[0]
        if last["newest"] != last["version"]:
            raise _changed(record_of(transaction, municipality_code, last["service_id"]))
        before = last["before"]
        service = version_of(
            transaction, municipality_code, last["service_id"], before or last["version"]
        )
        was_withdrawn = before is None or _is_withdrawn(
            transaction, municipality_code, last["service_id"], before
        )
        stored = StoredService(last["service_id"], _next_version(transaction), service)
        transaction.details = _write(
            transaction,
            identity,
            municipality_code,
            stored,
            "undo",
            is_withdrawn=was_withdrawn,
            undoes=last["version"],
        )
        _refuse_money_twice(transaction, municipality_code, {stored.service_id})
    return stored


def _is_withdrawn(
    transaction: Transaction, municipality_code: str, service_id: int, version: int
) -> bool:
    return bool(record_of(transaction, municipality_code, service_id, version)["is_withdrawn"])


def _next_version(transaction: Transaction) -> int:
    version: int = transaction.query("next_service").to_pylist()[0]["version"]
    return version


def _refuse_if_changed(
    transaction: Transaction, municipality_code: str, service_id: int, seen: int
) -> None:
    newest = record_of(transaction, municipality_code, service_id)
    if newest["version"] != seen:
        raise _changed(newest)


def _changed(newest: Row) -> ServiceChanged:
    return ServiceChanged(
        text(
            "{name} was faster: “{service}” was changed on {day} at {time} UTC. Nothing of yours was "
            "written. Look at it, then repeat.",
            name=newest["recorded_by"],
            service=newest["name"],
            day=newest["recorded_at"].astimezone(UTC).date(),
            time=newest["recorded_at"].astimezone(UTC).strftime("%H:%M:%S"),
        )
    )


def _refuse_taken_code(
    transaction: Transaction, municipality_code: str, code: str, own: int | None
) -> None:
    for row in transaction.query("services", municipality_code=municipality_code).to_pylist():
        if row["service_code"] == code and row["service_id"] != own:
            raise ServiceInvalid(
                text(
                    "The code “{code}” is that of “{service}”. Choose another one.",
                    code=code,
                    service=row["name"],
                )
            )


def _write(
    transaction: Transaction,
    identity: Identity,
    municipality_code: str,
    stored: StoredService,
    how: str,
    *,
    is_withdrawn: bool = False,
    undoes: int | None = None,
    before: Service | None = None,
) -> Row:
    """Write a version, refuse it where its lines are not there, and return what its event tells."""
    service, key = stored.service, {"service_id": stored.service_id, "version": stored.version}
    lines, indicators = line_table(service.lines), indicator_table(service.indicators)
    if how in ("define", "change"):
        _refuse_unknown(transaction, municipality_code, _new(service, before))
    transaction.run(
        "add_service",
        **key,
        municipality_code=municipality_code,
        **columns_of(service),
        is_withdrawn=is_withdrawn,
        change=how,
        undoes=undoes,
        recorded_by=identity.name,
        recorded_at=datetime.now(UTC),
    )
    transaction.run("add_service_lines", **key, batch_lines=lines)
    transaction.run("add_service_indicators", **key, batch_indicators=indicators)
    return {
        **key,
        "service": told_of(service),
        "lines": lines.to_pylist(),
        "indicators": indicators.to_pylist(),
        **({"undoes": undoes} if undoes else {}),
        **({"before": told_of(before)} if before else {}),
    }


def _new(service: Service, before: Service | None) -> Service:
    """Return what a service did not have before: a line that left the budget may stay in a service."""
    if before is None:
        return service
    had = {replace(line, amount_share=_WHOLE, is_capital=False) for line in before.lines}
    counted = {one.code for one in before.indicators}
    return replace(
        service,
        lines=tuple(
            line
            for line in service.lines
            if replace(line, amount_share=_WHOLE, is_capital=False) not in had
        ),
        indicators=tuple(one for one in service.indicators if one.code not in counted),
    )


def _refuse_unknown(transaction: Transaction, municipality_code: str, service: Service) -> None:
    lines, indicators = line_table(service.lines), indicator_table(service.indicators)
    place = {"municipality_code": municipality_code}
    subjects = pa.Table.from_pylist(_subjects(lines), schema=_SUBJECTS)
    unknown = transaction.query("unknown_subjects", **place, batch_subjects=subjects).to_pylist()
    if unknown:
        raise NotFound(
            text(
                "No stored budget of “{municipality}” has “{code}”. Choose a line that it has.",
                municipality=municipality_code,
                code=unknown[0]["subject_code"],
            )
        )
    missing = transaction.query("unknown_indicators", **place, batch_indicators=indicators)
    if missing.num_rows:
        raise NotFound(
            text(
                "“{municipality}” has no indicator “{code}”. Import or enter its figures first.",
                municipality=municipality_code,
                code=missing["indicator_code"][0].as_py(),
            )
        )


def _subjects(lines: pa.Table) -> list[Row]:
    """Return everything that lines name, the economic classes to which they are narrowed as well."""
    rows: list[Row] = lines.to_pylist()
    narrowed = [
        {**row, "subject": "economic_class", "subject_code": row["economic_code"]}
        for row in rows
        if row["economic_code"]
    ]
    return rows + narrowed


def _refuse_money_twice(
    transaction: Transaction, municipality_code: str, service_ids: set[int]
) -> None:
    """Raise where services take more than the whole of a line of which one of these has a part."""
    found = transaction.query(
        "service_overlaps", municipality_code=municipality_code, fiscal_year=None
    ).to_pylist()
    for row in found:
        mine = service_ids & set(row["service_ids"])
        if mine:
            raise ServiceInvalid(_money_twice(row, max(mine)))


def _money_twice(row: Row, service_id: int) -> Text:
    pairs = zip(row["service_ids"], row["service_names"], strict=True)
    others = tuple(name for other, name in pairs if other != service_id)
    return text(
        "“{line}” ({code}) of {year} is already in the service “{services}”. Together {share} of it "
        "would be counted, so some of the money twice. Lower a share, or leave the line out.",
        line=row["label"],
        code=codes_of_line(row["line_code"]),
        year=str(row["fiscal_year"]),
        services=others,
        share=Share(row["amount_share"]),
    )
