"""Stated marks: what an imported budget says about its own lines."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.access import Identity
from budgeting.errors import UnknownMethodology
from budgeting.marks.recording import by_whom, next_mark
from budgeting.marks.refreshing import refresh_import
from budgeting.methodologies import methodology as methodology_named
from budgeting.methodologies import rule_fingerprint
from budgeting.store import Transaction

_VERSIONS = pa.schema(
    [
        ("fiscal_year", pa.int32()),
        ("methodology_version", pa.string()),
        ("rule_fingerprint", pa.string()),
    ]
)
REASON = "as stated in the file"  # of a mark that nobody but the file gave


def mark_as_stated(
    transaction: Transaction,
    identity: Identity,
    import_id: int,
    methodology: str,
    tables: Mapping[str, pa.Table],
    *,
    accepted_at: datetime,
) -> None:
    """Mark the lines of a file as it categorises them itself.

    Where the file states a line without a category, what an earlier file said of it is withdrawn
    from that year on. What a person marked, read or withdrew stays; where the file says otherwise,
    that is kept to be settled (settling.py).

    Parameters
    ----------
    tables
        ``batch_parts``, ``batch_statements`` and ``batch_categories`` of the file.
    accepted_at
        The moment of the import: by it `take_back_stated` knows which marks are its own.
    """
    mark_id = next_mark(transaction)
    how: dict[str, Any] = {"mark_id": mark_id, "import_id": import_id, "methodology": methodology}
    who = {"author": identity.name, "recorded_at": accepted_at}
    years = pc.unique(tables["batch_parts"]["fiscal_year"]).to_pylist()
    versions = pa.Table.from_pylist(
        [_in_force(methodology, year) for year in years], schema=_VERSIONS
    )
    told = {"import_id": import_id, "methodology": methodology}
    transaction.run("add_stated_otherwise", **told, **tables, batch_versions=versions)
    transaction.run(
        "add_stated_marks", **how, **who, **tables, batch_versions=versions, reason=REASON
    )
    refresh_import(transaction, import_id)
    silent = {name: tables[name] for name in ("batch_parts", "batch_categories")}
    transaction.run("withdraw_stated_marks", **how, **who, **silent)


def take_back_stated(transaction: Transaction, identity: Identity, import_id: int) -> None:
    """Take back what an import said of its lines, where no person has gone on from there.

    What earlier files said of the same lines, years and stages counts again; so does what the
    import withdrew.
    """
    for row in transaction.query("stated_change", import_id=import_id).to_pylist():
        transaction.run(
            "undo_marks",
            mark_id=next_mark(transaction),
            undoes=row["mark_id"],
            **by_whom(identity),
        )
    transaction.run("drop_stated_otherwise", import_id=import_id)


def _in_force(methodology: str, fiscal_year: int) -> dict[str, Any]:
    """Return the version in force at the end of a year: a file speaks the words of its time."""
    found = {"fiscal_year": fiscal_year, "methodology_version": "", "rule_fingerprint": ""}
    with suppress(UnknownMethodology):
        rules = methodology_named(methodology, on=date(fiscal_year, 12, 31))
        fingerprint = rule_fingerprint(rules)
        found |= {"methodology_version": rules.version, "rule_fingerprint": fingerprint}
    return found
