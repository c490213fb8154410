"""Record: what is kept of a file that was accepted: the import, its parts, its findings and its rows."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import pyarrow as pa

from budgeting.access import Identity
from budgeting.imports.answers import Answers
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.imports.stored.received import finding_table, printed_totals, quoted_cells
from budgeting.model import Finding
from budgeting.store import Transaction


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an acceptance stored: the import, and one part per sheet, municipality, year and direction."""

    import_id: int
    source_file_ids: tuple[int, ...]


class Received(Protocol):
    """What every verdict says of its file, whatever the file holds."""

    @property
    def source(self) -> SourceFile:
        """The file."""

    @property
    def mapping(self) -> Mapping:
        """What its columns mean."""

    @property
    def answers(self) -> Answers:
        """What a person said about it."""

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """Its sheets."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was noticed in it."""

    @property
    def rows(self) -> Dictionary[str, int]:
        """How many rows were read, accepted, skipped and rejected."""

    @property
    def corrections(self) -> SourceFile | None:
        """The workbook of rejected rows, where somebody corrected them."""


def record_import(
    transaction: Transaction,
    numbered: tuple[int, pa.Table],
    received: Received,
    by: tuple[Identity, datetime],
    totals: Iterable[tuple[str, PrintedTotal]] = (),
) -> None:
    """Add the import of a file with its parts and findings.

    Parameters
    ----------
    numbered
        The number of the import, and one row per part with its own number.
    totals
        Sheet and total for every total that the file prints.
    """
    import_id, parts = numbered
    corrections, mapping = received.corrections, received.mapping
    transaction.run(
        "add_import",
        import_id=import_id,
        file_name=received.source.name,
        sha256=received.source.sha256,
        mapping_name=mapping.name,
        mapping_sha256=mapping.sha256,
        mapping_text=mapping.text,
        as_of=received.answers.as_of,
        corrections_name=corrections.name if corrections else None,
        corrections_sha256=corrections.sha256 if corrections else None,
        **{f"{fate}_count": count for fate, count in received.rows.items()},
        printed_totals=printed_totals(totals),
        imported_by=by[0].name,
        imported_at=by[1],
    )
    transaction.run("add_source_files", import_id=import_id, batch_parts=parts)
    findings = finding_table(received.findings, received.answers.reasons)
    transaction.run("add_import_findings", import_id=import_id, batch_findings=findings)


def record_rows(transaction: Transaction, import_id: int, tables: Sequence[SourceTable]) -> None:
    """Add the rows of a file as they were received."""
    for table in tables:
        transaction.run(
            "add_source_rows",
            import_id=import_id,
            sheet_name=table.sheet,
            batch_rows=quoted_cells(table),
        )


def record_file(
    transaction: Transaction, received: Received, parts: pa.Table, by: tuple[Identity, datetime]
) -> Accepted:
    """Add everything that is kept of a file of one sheet that is no budget.

    Parameters
    ----------
    parts
        One row per part, without a number: municipality_code, fiscal_year, direction, accepted_count.
    """
    numbers = transaction.query("next_numbers").to_pylist()[0]
    import_id, first, count = numbers["import_id"], numbers["source_file_id"], parts.num_rows
    table, part_ids = received.tables[0], range(first, first + count)
    numbered = (
        parts.append_column("source_file_id", pa.array(part_ids, pa.int32()))
        .append_column("sheet_name", pa.array([table.sheet] * count, pa.string()))
        .append_column("header", pa.array([list(table.header)] * count, pa.list_(pa.string())))
    )
    record_import(transaction, (import_id, numbered), received, by)
    record_rows(transaction, import_id, received.tables)
    return Accepted(import_id, tuple(part_ids))
