"""Storing a file of use: its figures, rows and findings in one transaction, or nothing."""

from datetime import UTC, datetime

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.stored.acceptance import Accepted
from budgeting.imports.stored.received import finding_table, quoted_cells
from budgeting.imports.use.stored import figure_rows, indicator_rows, stored_findings
from budgeting.imports.use.verdict import UseVerdict, rows_per_part
from budgeting.model import Severity, plural_text, text
from budgeting.services.figures import next_change
from budgeting.store import Store, Transaction


def accept_use(store: Store, verdict: UseVerdict, identity: Identity) -> Accepted:
    """Store the figures of a file in one transaction. Of each figure the newest counts.

    Raises
    ------
    NotAllowed
        The identity may not import.
    ImportRefused
        The verdict has errors or open questions, or what is stored has changed since.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not verdict.is_acceptable:
        errors = len(verdict.with_severity(Severity.ERROR)) or len(verdict.open_checks)
        raise ImportRefused(
            plural_text(
                "The file has {count} error or open question; nothing was stored.",
                "The file has {count} errors or open questions; nothing was stored.",
                errors,
            )
        )
    codes = {one.municipality_code for one in verdict.figures}
    change = Change("accept-use", verdict.source.name, next(iter(codes)) if len(codes) == 1 else "")
    with store.transaction(identity, change) as transaction:
        _refuse_what_changed_meanwhile(transaction, verdict)
        accepted = _add_import(transaction, verdict, identity)
        change_id = next_change(transaction)
        transaction.run("add_indicators", batch_indicators=indicator_rows(verdict.figures))
        transaction.run(
            "add_indicator_figures",
            change_id=change_id,
            import_id=accepted.import_id,
            recorded_by=identity.name,
            recorded_at=datetime.now(UTC),
            batch_figures=figure_rows(verdict.figures, verdict.table.sheet),
        )
        transaction.details = {
            "import_id": accepted.import_id,
            "change_id": change_id,
            "sha256": verdict.source.sha256,
            "mapping": verdict.mapping.name,
            "rows": dict(verdict.rows),
            "totals": dict(verdict.totals),
            "reasons": dict(verdict.answers.reasons),
        }
    return accepted


def _refuse_what_changed_meanwhile(transaction: Transaction, verdict: UseVerdict) -> None:
    """Compare with what is stored once more: somebody else may have stored since the file was examined."""
    seen = {(found.check, str(found.message)) for found in verdict.findings}
    for found in stored_findings(transaction, verdict.source, verdict.figures):
        if (found.check, str(found.message)) not in seen:
            raise ImportRefused(
                text(
                    "What is stored has changed since the file was examined; nothing was stored. "
                    "Examine the file again."
                )
            )


def _add_import(transaction: Transaction, verdict: UseVerdict, identity: Identity) -> Accepted:
    numbers = transaction.query("next_numbers").to_pylist()[0]
    import_id, first = numbers["import_id"], numbers["source_file_id"]
    transaction.run(
        "add_import",
        import_id=import_id,
        file_name=verdict.source.name,
        sha256=verdict.source.sha256,
        mapping_name=verdict.mapping.name,
        mapping_sha256=verdict.mapping.sha256,
        mapping_text=verdict.mapping.text,
        as_of=verdict.answers.as_of,
        corrections_name=None,
        corrections_sha256=None,
        **{f"{fate}_count": count for fate, count in verdict.rows.items()},
        printed_totals="[]",
        imported_by=identity.name,
        imported_at=datetime.now(UTC),
    )
    parts = _parts(verdict, first)
    transaction.run("add_source_files", import_id=import_id, batch_parts=parts)
    findings = finding_table(verdict.findings, verdict.answers.reasons)
    transaction.run("add_import_findings", import_id=import_id, batch_findings=findings)
    transaction.run(
        "add_source_rows",
        import_id=import_id,
        sheet_name=verdict.table.sheet,
        batch_rows=quoted_cells(verdict.table),
    )
    return Accepted(import_id, tuple(parts["source_file_id"].to_pylist()))


def _parts(verdict: UseVerdict, first: int) -> pa.Table:
    """Return one part per municipality and year of the file."""
    parts = rows_per_part(verdict)
    count = parts.num_rows
    header = [list(verdict.table.header)] * count
    return (
        parts.append_column("source_file_id", pa.array(range(first, first + count), pa.int32()))
        .append_column("direction", pa.array(["use"] * count, pa.string()))
        .append_column("sheet_name", pa.array([verdict.table.sheet] * count, pa.string()))
        .append_column("header", pa.array(header, pa.list_(pa.string())))
    )
