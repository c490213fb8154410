"""Storing files of use: figures, rows and findings in one transaction, or nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import ImportRefused
from budgeting.imports.stored.record import Accepted, record_file
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
    return accept_all_use(store, (verdict,), identity)[0]


def accept_all_use(
    store: Store, verdicts: Sequence[UseVerdict], identity: Identity
) -> tuple[Accepted, ...]:
    """Store several files of use in one transaction: all of them or none; see `accept_use`.

    What the files say about each other is looked at before; see stored/bundle.py.
    """
    require(identity, Action.IMPORT_BUDGET)
    for verdict in verdicts:
        _refuse_what_is_open(verdict)
    with store.transaction(identity, _change(verdicts)) as transaction:
        for verdict in verdicts:  # before one of them is written: they are no news to each other
            _refuse_what_changed_meanwhile(transaction, verdict)
        stored = [_stored(transaction, verdict, identity) for verdict in verdicts]
        details = [told for _accepted, told in stored]
        transaction.details = details[0] if len(details) == 1 else {"imports": details}
    return tuple(accepted for accepted, _told in stored)


def _refuse_what_is_open(verdict: UseVerdict) -> None:
    if verdict.is_acceptable:
        return
    raise ImportRefused(
        plural_text(
            "The file has {count} error or open question; nothing was stored.",
            "The file has {count} errors or open questions; nothing was stored.",
            len(verdict.with_severity(Severity.ERROR)) or len(verdict.open_checks),
        )
    )


def _change(verdicts: Sequence[UseVerdict]) -> Change:
    codes = {one.municipality_code for verdict in verdicts for one in verdict.figures}
    names = ", ".join(verdict.source.name for verdict in verdicts)
    return Change("accept-use", names, codes.pop() if len(codes) == 1 else "")


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


def _stored(
    transaction: Transaction, verdict: UseVerdict, identity: Identity
) -> tuple[Accepted, dict[str, Any]]:
    """Store one file; return what was stored, and what the audit tells of it."""
    now = datetime.now(UTC)
    accepted = record_file(transaction, verdict, _parts(verdict), (identity, now))
    change_id = next_change(transaction)
    transaction.run("add_indicators", batch_indicators=indicator_rows(verdict.figures))
    transaction.run(
        "add_indicator_figures",
        change_id=change_id,
        import_id=accepted.import_id,
        recorded_by=identity.name,
        recorded_at=now,
        batch_figures=figure_rows(verdict.figures, verdict.table.sheet),
    )
    return accepted, {
        "import_id": accepted.import_id,
        "change_id": change_id,
        "sha256": verdict.source.sha256,
        "mapping": verdict.mapping.name,
        "rows": dict(verdict.rows),
        "totals": dict(verdict.totals),
        "reasons": dict(verdict.answers.reasons),
    }


def _parts(verdict: UseVerdict) -> pa.Table:
    """Return one part per municipality and year of the file."""
    parts = rows_per_part(verdict)
    return parts.append_column("direction", pa.array(["use"] * parts.num_rows, pa.string()))
