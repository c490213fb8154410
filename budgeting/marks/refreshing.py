"""Refreshing: mart.line_year_marks is kept in the transaction of whatever changes marks or lines."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from budgeting.store import Transaction


def refresh_subjects(
    transaction: Transaction,
    municipality_code: str,
    subjects: pa.Table,
    methodology: str | None,
    from_year: int = 0,
) -> None:
    """Derive again what counts for the line-years on which marks of `subjects` bear.

    Parameters
    ----------
    subjects
        direction, subject and subject_code.
    methodology
        The only one concerned; None for all.
    from_year
        The first year concerned.
    """
    known = subject_ids(transaction, municipality_code, subjects)
    refresh_known(transaction, known, methodology, from_year)


def subject_ids(transaction: Transaction, municipality_code: str, subjects: pa.Table) -> pa.Table:
    """Return subject and subject_id of those `subjects` that are in a stored budget."""
    return transaction.query(
        "subject_ids", municipality_code=municipality_code, batch_subjects=subjects
    )


def refresh_known(
    transaction: Transaction, known: pa.Table, methodology: str | None, from_year: int = 0
) -> None:
    """Do as `refresh_subjects` for the subjects that `subject_ids` found."""
    line_years = transaction.query(
        "line_years_of_subjects", from_year=from_year, batch_subject_ids=known
    )
    _derive(transaction, line_years, methodology)


def refresh_new_lines(
    transaction: Transaction,
    known: pa.Table,
    parts: pa.Table,
    about: Mapping[str, Any],
) -> None:
    """Do as `refresh_known` for lines without any earlier mark that now have the same one.

    Nothing of theirs can count but this mark, so nothing needs to be asked. ``about`` says of the
    change its methodology, from_year, mark_id, first_id and part_count.
    """
    key = {name: about[name] for name in ("methodology", "from_year")}
    transaction.run("drop_line_year_marks_of_lines", **key, batch_subject_ids=known)
    transaction.run(
        "add_line_year_marks_of_new_lines",
        **about,
        batch_subject_ids=known,
        batch_mark_parts=parts,
    )


def refresh_restated(transaction: Transaction, first_id: int, copies: pa.Table) -> None:
    """Let marks that a change left where they are count as it made them.

    Parameters
    ----------
    first_id
        classification_id of the first part of the change.
    copies
        classification_id and place of every part that it wrote again.
    """
    transaction.run("add_restated_line_year_marks", first_id=first_id, batch_copies=copies)
    transaction.run("drop_restated_line_year_marks", batch_copies=copies)


def refresh_import(transaction: Transaction, import_id: int) -> None:
    """Derive again what counts for the line-years that an import has added or removed."""
    transaction.run("drop_marks_of_gone_line_years")
    line_years = transaction.query("line_years_of_import", import_id=import_id)
    _derive(transaction, line_years, None)


def _derive(transaction: Transaction, line_years: pa.Table, methodology: str | None) -> None:
    if line_years.num_rows:
        how = {"batch_line_years": line_years, "methodology": methodology}
        transaction.run("drop_line_year_marks", **how)
        transaction.run("add_line_year_marks", **how)
