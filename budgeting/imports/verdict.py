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
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import codes_of_line, stage_name
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
        """Rows read, accepted, skipped and rejected.

        An error of the file as a whole rejects all its rows, an error of a row that row; a file
        with any error is refused whole.
        """
        skipped, broken = len(self.table.skipped), len(self.table.rejected)
        readable = self.table.rows.num_rows
        errors = [f for f in self.with_severity(Severity.ERROR) if f.check != "cells-of-row"]
        rows_with_error = {finding.row_number for finding in errors}
        is_whole = (
            self.batch is None or None in rows_with_error
        )  # an error of the file, not of a row
        rejected = broken + (readable if is_whole else len(rows_with_error))
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
    fiscal_year = None
    if not any(finding.check == "missing-column" for finding in findings):
        fiscal_year = _fiscal_year(table, mapping, question, findings)
    batch = None
    if table.rows.num_rows and fiscal_year is not None:
        batch = interpret(table, mapping, fiscal_year, question.as_of)
        findings += all_findings(batch, mapping)
        if municipality:
            findings += stored_findings(store, source, mapping, municipality, batch)
    return Verdict(source, table, mapping, municipality, batch, question.as_of, tuple(findings))


def _fiscal_year(
    table: SourceTable, mapping: Mapping, question: Question, findings: list[Finding]
) -> int | None:
    """Return the year stated by the reader or by the file; rows of another year are errors."""
    column = mapping.fiscal_year_column
    if column is None:
        if question.fiscal_year is None:
            findings.append(_no_year())
        return question.fiscal_year
    stated = [cell.strip() for cell in table.rows[column].to_pylist()]
    years = sorted(set(stated))
    wanted = str(question.fiscal_year) if question.fiscal_year else (years or [""])[0]
    numbers = table.rows["row_number"].to_pylist()
    for row_number, year in zip(numbers, stated, strict=True):
        if year != wanted:
            findings.append(_another_year(row_number, column, year, wanted))
    return int(wanted) if wanted.isdigit() else None


def _another_year(row_number: int, column: str, year: str, wanted: str) -> Finding:
    return Finding(
        "another-year",
        Severity.ERROR,
        text("The row is of the year “{year}”, not of {wanted}.", year=year, wanted=wanted),
        text("Import one fiscal year at a time."),
        row_number,
        column,
        year,
    )


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
    kept_in = store.query(
        "currency_of_year", municipality_code=municipality.code, fiscal_year=batch.fiscal_year
    ).to_pylist()
    if kept_in and kept_in[0]["currency_code"] != municipality.currency_code:
        return [_another_currency(kept_in[0]["currency_code"], municipality.currency_code)]
    where = {
        "municipality_code": municipality.code,
        "fiscal_year": batch.fiscal_year,
        "direction": mapping.direction.value,
        "batch_amounts": long_amounts(batch),
    }
    conflicts = [_conflict(row) for row in store.query("conflicting_amounts", **where).to_pylist()]
    absent = [_absent(row) for row in store.query("absent_lines", **where).to_pylist()]
    return conflicts + absent


def _another_currency(stored: str, stated: str) -> Finding:
    return Finding(
        "another-currency",
        Severity.ERROR,
        text(
            "The year is kept in {stored}; the mapping states {stated}. Totals never cross currencies.",
            stored=stored,
            stated=stated,
        ),
        text("Correct the currency in the mapping."),
    )


def _absent(row: Dictionary[str, Any]) -> Finding:
    return Finding(
        "absent-lines",
        Severity.WARNING,
        plural_text(
            "{count} budget line stored for {stage} is not in this file and stays stored.",
            "{count} budget lines stored for {stage} are not in this file and stay stored.",
            row["line_count"],
            stage=stage_name(Stage(row["stage"])),
        ),
        text(
            "Stored total of these lines: {total}. Check whether the file is complete.",
            total=row["total"],
        ),
        value=codes_of_line(row["first_line_code"]),
    )


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
            stage=stage_name(Stage(row["stage"])),
            line=codes_of_line(row["first_line_code"]),
        ),
        text("If the file is a later statement, state its date (--as-of, or on the page)."),
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
