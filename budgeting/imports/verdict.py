"""Verdict: what a file means and whether it may be stored; nothing is written here."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.checks import all_findings, missing_columns
from budgeting.imports.interpretation import MONEY, Batch, interpret
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
            findings += stored_findings(store, source, mapping, municipality, batch)
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
                row["municipality_code"],
                row["name"],
                row["country_code"],
                row["currency_code"],
                row["is_fictional"],
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


def stored_findings(
    store: Store | Transaction,
    source: SourceFile,
    mapping: Mapping,
    municipality: MunicipalityRule,
    batch: Batch,
) -> list[Finding]:
    """Compare a batch with what is stored: the same file again, or other amounts for the same statement."""
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
        batch_amounts=long_amounts(batch),
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


def long_amounts(batch: Batch) -> pa.Table:
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
