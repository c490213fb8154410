"""Acceptance: a file becomes a verdict; an acceptable verdict becomes budget lines, or nothing does.

`examine` reads, maps and checks without writing. `accept` stores everything in one transaction.
"""

from collections.abc import Callable, Mapping as Dictionary
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.checks import all_findings, missing_columns
from budgeting.imports.interpretation import MONEY, Batch, Member, interpret
from budgeting.imports.mapping import Mapping, MunicipalityRule
from budgeting.imports.readers import SourceFile, SourceTable, read_csv
from budgeting.model import Finding, Severity, plural_text, text
from budgeting.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Question:
    """What the reader said about a file: the things that the file does not say itself."""

    municipality_code: str | None = None
    fiscal_year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file means and whether it may be stored.

    ``batch`` and ``municipality`` are None where the file could not be interpreted; then an error
    among ``findings`` says why. Rows read = accepted + skipped + rejected, always.
    """

    source: SourceFile
    table: SourceTable
    mapping: Mapping
    municipality: MunicipalityRule | None
    batch: Batch | None
    as_of: date | None
    findings: tuple[Finding, ...]

    @property
    def is_acceptable(self) -> bool:
        """Whether no finding is an error."""
        return self.batch is not None and not self.with_severity(Severity.ERROR)

    def with_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    @property
    def rows(self) -> Dictionary[str, int]:
        """Rows read, accepted, skipped and rejected; a file with any error is refused whole."""
        skipped, broken = len(self.table.skipped), len(self.table.rejected)
        readable = self.table.rows.num_rows
        errors = {
            finding.row_number
            for finding in self.with_severity(Severity.ERROR)
            if finding.row_number and finding.check not in ("cells-of-row", "missing-column")
        }
        rejected = broken + (len(errors) if self.batch else readable)
        read = readable + skipped + broken
        return {
            "read": read,
            "accepted": read - skipped - rejected,
            "skipped": skipped,
            "rejected": rejected,
        }

    @property
    def totals(self) -> Dictionary[int, Dictionary[str, Dictionary[str, Decimal]]]:
        """Sums by fiscal year, direction and stage, to the cent; of a stage, its newest date."""
        if self.batch is None:
            return {}
        dated: dict[str, tuple[date, Decimal]] = {}
        for column in self.batch.amounts:
            amounts = self.batch.lines[column.column]
            if amounts.null_count == len(amounts):
                continue
            newest = dated.get(column.stage.value, (date.min, Decimal(0)))[0]
            if (column.as_of or date.min) >= newest:
                dated[column.stage.value] = (column.as_of or date.min, pc.sum(amounts).as_py())
        stages = {stage: total for stage, (_, total) in dated.items()}
        return {self.batch.fiscal_year: {self.mapping.direction.value: stages}}


def examine(store: Store, source: SourceFile, mapping: Mapping, question: Question) -> Verdict:
    """Read, map and check a file against what is stored; writes nothing.

    Whatever is wrong with the file or missing from the question is an error finding.
    """
    table = read_csv(source, mapping.layout)
    findings = list(table.findings)
    municipality = _municipality(store, mapping, question, findings)
    if table.header:
        findings += missing_columns(table, mapping)
    if question.fiscal_year is None:
        findings.append(_no_year())
    batch = None
    structure_is_sound = not any(
        finding.check in ("missing-column", "fiscal-year") for finding in findings
    )
    if table.rows.num_rows and structure_is_sound and question.fiscal_year is not None:
        batch = interpret(table, mapping, question.fiscal_year, question.as_of)
        findings += all_findings(batch, mapping)
        if municipality:
            findings += _stored_findings(store, source, mapping, municipality, batch)
    return Verdict(source, table, mapping, municipality, batch, question.as_of, tuple(findings))


def _no_year() -> Finding:
    return Finding(
        "fiscal-year",
        Severity.ERROR,
        text("The file does not say which fiscal year its amounts belong to."),
        text("State the year (--year, or on the page); it is never read off the file's name."),
    )


def _municipality(
    store: Store, mapping: Mapping, question: Question, findings: list[Finding]
) -> MunicipalityRule | None:
    """Return the municipality asked for, else the mapping's own; an error where neither is known."""
    asked, own = question.municipality_code, mapping.municipality
    if own and asked in (None, own.code):
        return own
    stored = store.query("municipalities").to_pylist()
    for row in stored:
        if asked == row["municipality_code"]:
            return MunicipalityRule(
                asked, row["name"], row["country_code"], row["currency_code"], row["is_fictional"]
            )
    if asked and own:  # another municipality that uses this layout
        return MunicipalityRule(asked, asked, own.country_code, own.currency_code)
    findings.append(
        Finding(
            "municipality",
            Severity.ERROR,
            text("It is not known which municipality the file belongs to."),
            text(
                "State its code (--municipality, or on the page). Stored: {codes}.",
                codes=", ".join(row["municipality_code"] for row in stored) or "–",
            ),
        )
    )
    return None


def _stored_findings(
    store: Store,
    source: SourceFile,
    mapping: Mapping,
    municipality: MunicipalityRule,
    batch: Batch,
) -> list[Finding]:
    """Compare with what is stored: the same file again, or other amounts for the same statement."""
    same = store.query(
        "source_file_by_hash", sha256=source.sha256, municipality_code=municipality.code
    ).to_pylist()
    if same:
        return [_same_file(same[0])]
    conflicts = store.query(
        "conflicting_amounts",
        municipality_code=municipality.code,
        fiscal_year=batch.fiscal_year,
        direction=mapping.direction.value,
        batch_amounts=_long_amounts(batch),
    ).to_pylist()
    return [_conflict(row) for row in conflicts]


def _same_file(row: Dictionary[str, Any]) -> Finding:
    return Finding(
        "same-file",
        Severity.ERROR,
        text(
            "This very file was accepted before, on {day} by {name}, for fiscal year {year}.",
            day=row["imported_at"].date(),
            name=row["imported_by"],
            year=str(row["fiscal_year"]),
        ),
        text("Nothing needs to be done."),
        value=row["file_name"],
    )


def _conflict(row: Dictionary[str, Any]) -> Finding:
    return Finding(
        "stored-differently",
        Severity.ERROR,
        plural_text(
            "{count} budget line already has another amount for {stage}; first: {line}.",
            "{count} budget lines already have other amounts for {stage}; first: {line}.",
            row["line_count"],
            stage=row["stage"],
            line=row["first_line_code"],
        ),
        text("If the file is a later statement, state its date (--as-of, or on the page)."),
        value=str(row["stored_total"]),
    )


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
        return _write(transaction, verdict, verdict.batch, verdict.municipality, identity, progress)


def _write(
    transaction: Transaction,
    verdict: Verdict,
    batch: Batch,
    municipality: MunicipalityRule,
    identity: Identity,
    progress: Callable[[float], None],
) -> int:
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
    _write_source(transaction, verdict, where, source_file_id, identity)
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
    amounts = _long_amounts(batch)
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


def _write_source(
    transaction: Transaction,
    verdict: Verdict,
    where: Dictionary[str, Any],
    source_file_id: int,
    identity: Identity,
) -> None:
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
        imported_by=identity.name,
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
        [column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in combined.columns]
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


def _write_members(
    transaction: Transaction, batch: Batch, where: Dictionary[str, Any]
) -> None:
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
    return batch.lines.select([*names, "organisation", "programme", "function", "economic_class", "fund"])


def _long_amounts(batch: Batch) -> pa.Table:
    """Return one row per source row and statement that has a figure."""
    parts = []
    for column in batch.amounts:
        amounts = batch.lines[column.column]
        has_figure = pc.is_valid(amounts)
        count = pc.sum(has_figure).as_py() or 0
        parts.append(
            pa.table(
                {
                    "line_code": batch.lines["line_code"].filter(has_figure),
                    "stage": pa.array([column.stage.value] * count, pa.string()),
                    "as_of": pa.array([column.as_of] * count, pa.date32()),
                    "decision_number": pa.array([column.decision_number] * count, pa.string()),
                    "amount": amounts.filter(has_figure).cast(MONEY),
                }
            )
        )
    return pa.concat_tables(parts)
