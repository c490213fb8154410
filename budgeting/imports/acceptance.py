"""Acceptance: an acceptable verdict becomes budget lines in one transaction, or nothing does."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.interpretation import Batch, Member
from budgeting.imports.mapping import MunicipalityRule
from budgeting.imports.verdict import Verdict, long_amounts, stored_findings
from budgeting.model import Finding, Severity, plural_text
from budgeting.store import Store, Transaction


def accept(
    store: Store,
    verdict: Verdict,
    identity: Identity,
    progress: Callable[[float], None] = lambda share: None,
) -> int:
    """Store an acceptable verdict in one transaction and return its source file's number.

    Raises
    ------
    NotAllowed
        The identity may not import.
    ImportRefused
        The verdict has errors.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not verdict.is_acceptable or verdict.batch is None or verdict.municipality is None:
        errors = len(verdict.with_severity(Severity.ERROR))
        raise ImportRefused(
            plural_text(
                "The file has {count} error; nothing was stored.",
                "The file has {count} errors; nothing was stored.",
                errors,
            )
        )
    change = Change("accept-import", verdict.source.name, verdict.municipality.code)
    with store.transaction(identity, change) as transaction:
        _refuse_what_changed_meanwhile(transaction, verdict, verdict.batch, verdict.municipality)
        writing = _Writing(transaction, verdict, verdict.batch, verdict.municipality, identity)
        return _write(writing, progress)


def _refuse_what_changed_meanwhile(
    transaction: Transaction, verdict: Verdict, batch: Batch, municipality: MunicipalityRule
) -> None:
    """Compare with what is stored once more: somebody else may have accepted since `examine`."""
    found = stored_findings(transaction, verdict.source, verdict.mapping, municipality, batch)
    for finding in found:
        if finding.severity is Severity.ERROR:
            raise ImportRefused(finding.message)


@dataclass(frozen=True, slots=True)
class _Writing:
    """What an acceptance works with."""

    transaction: Transaction
    verdict: Verdict
    batch: Batch
    municipality: MunicipalityRule
    identity: Identity


def _write(writing: _Writing, progress: Callable[[float], None]) -> int:
    transaction, verdict, batch = writing.transaction, writing.verdict, writing.batch
    municipality = writing.municipality
    where = {
        "municipality_code": municipality.code,
        "fiscal_year": batch.fiscal_year,
        "direction": verdict.mapping.direction.value,
    }
    source_file_id: int = transaction.query("next_source_file_id").to_pylist()[0]["source_file_id"]
    transaction.run(
        "add_municipality",
        municipality_code=municipality.code,
        name=municipality.name,
        country_code=municipality.country_code,
        is_fictional=municipality.is_fictional,
    )
    transaction.run(
        "add_fiscal_year",
        municipality_code=municipality.code,
        fiscal_year=batch.fiscal_year,
        currency_code=municipality.currency_code,
    )
    _write_source(writing, where, source_file_id)
    progress(0.3)
    _write_members(transaction, batch, where)
    lines = _with_members(batch)
    transaction.run("add_budget_lines", **where, batch_lines=lines)
    transaction.run(
        "add_line_years", **where, batch_lines=lines, is_elimination=verdict.mapping.is_elimination
    )
    transaction.run(
        "add_line_year_sources", **where, batch_lines=lines, source_file_id=source_file_id
    )
    progress(0.6)
    amounts = long_amounts(batch)
    transaction.run("add_vintages", **where, batch_amounts=amounts)
    transaction.run("drop_cube", **where)
    transaction.run(
        "add_budget_amounts", **where, batch_amounts=amounts, source_file_id=source_file_id
    )
    transaction.run("build_cube", **where)
    progress(0.9)
    transaction.details = {
        "sha256": verdict.source.sha256,
        "mapping": verdict.mapping.name,
        "fiscal_year": batch.fiscal_year,
        "rows": verdict.rows,
        "totals": verdict.totals[batch.fiscal_year],
        "warnings": len(verdict.with_severity(Severity.WARNING)),
    }
    return source_file_id


def _write_source(writing: _Writing, where: Dictionary[str, Any], source_file_id: int) -> None:
    transaction, verdict = writing.transaction, writing.verdict
    rows = verdict.rows
    transaction.run(
        "add_source_file",
        **where,
        source_file_id=source_file_id,
        file_name=verdict.source.name,
        sha256=verdict.source.sha256,
        mapping_name=verdict.mapping.name,
        mapping_sha256=verdict.mapping.sha256,
        as_of=verdict.as_of,
        header=list(verdict.table.header),
        read_count=rows["read"],
        accepted_count=rows["accepted"],
        skipped_count=rows["skipped"],
        rejected_count=rows["rejected"],
        imported_by=writing.identity.name,
        imported_at=datetime.now(UTC),
    )
    cells = verdict.table.rows.drop_columns("row_number")
    transaction.run(
        "add_source_rows",
        source_file_id=source_file_id,
        batch_rows=pa.table(
            {"row_number": verdict.table.rows["row_number"], "cells": _as_lists(cells)}
        ),
    )
    transaction.run(
        "add_import_findings",
        source_file_id=source_file_id,
        batch_findings=_finding_table(verdict.findings),
    )


def _as_lists(cells: pa.Table) -> pa.Array:
    """Return one list of texts per row, the columns in order."""
    combined = cells.combine_chunks()
    width, count = combined.num_columns, combined.num_rows
    flat = pa.concat_arrays(
        [
            column.chunk(0) if column.num_chunks else pa.array([], pa.string())
            for column in combined.columns
        ]
    )
    order = [column * count + row for row in range(count) for column in range(width)]
    offsets = list(range(0, width * count + 1, width))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat.take(pa.array(order)))


def _finding_table(findings: tuple[Finding, ...]) -> pa.Table:
    return pa.table(
        {
            "finding_check": pa.array([finding.check for finding in findings], pa.string()),
            "severity": pa.array([finding.severity.value for finding in findings], pa.string()),
            "row_number": pa.array([finding.row_number for finding in findings], pa.int32()),
            "column_name": pa.array([finding.column for finding in findings], pa.string()),
            "cell_value": pa.array([finding.value for finding in findings], pa.string()),
            "message": pa.array([str(finding.message) for finding in findings], pa.string()),
        }
    )


def _write_members(transaction: Transaction, batch: Batch, where: Dictionary[str, Any]) -> None:
    """Add the members that are new, level by level, and this year's labels of all of them."""
    scope = {"municipality_code": where["municipality_code"], "direction": where["direction"]}
    for depth in sorted({member.depth for member in batch.members}):
        level = _member_table(member for member in batch.members if member.depth == depth)
        transaction.run("add_members", **scope, batch_members=level)
    transaction.run("add_member_labels", **where, batch_members=_member_table(batch.members))


def _member_table(members: Any) -> pa.Table:
    rows = [
        {
            "dimension": member.dimension,
            "path_code": member.path_code,
            "parent_path_code": member.parent_path_code,
            "code": member.code,
            "depth": member.depth,
            "label": member.label,
        }
        for member in dict.fromkeys(members)
    ]
    schema = pa.schema(
        [(name, pa.int32() if name == "depth" else pa.string()) for name in Member.__slots__]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _with_members(batch: Batch) -> pa.Table:
    names = ["row_number", "line_code", "label"]
    return batch.lines.select(
        [*names, "organisation", "programme", "function", "economic_class", "fund"]
    )
