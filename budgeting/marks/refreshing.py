"""Refreshing: what counts, and its money added up, is kept by whatever changes marks or lines.

mart.line_year_marks says what counts for each line-year; mart.marked_cube and mart.marked_totals say
what that is in money. A change of a few lines adds up their cells again in its own transaction; one of
many leaves its statements to the first look, and a note of that in mart.statements_to_add_up.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from budgeting.store import Store, Transaction

MANY = 20_000  # line-years; so many are added up within a moment


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
    lines: dict[str, Any] = {"from_year": about["from_year"], "batch_subject_ids": known}
    if known.num_rows > MANY:
        transaction.run("leave_statements_of_lines", **lines)
    else:
        _refresh_cells(transaction, transaction.query("line_years_of_subjects", **lines))


def refresh_restated(transaction: Transaction, first_id: int, copies: pa.Table) -> None:
    """Let marks that a change left where they are count as it made them.

    Parameters
    ----------
    first_id
        classification_id of the first part of the change.
    copies
        classification_id and place of every part that it wrote again.
    """
    line_years = transaction.query("line_years_of_marks", batch_copies=copies)
    transaction.run("add_restated_line_year_marks", first_id=first_id, batch_copies=copies)
    transaction.run("drop_restated_line_year_marks", batch_copies=copies)
    _refresh_cells(transaction, line_years)


def refresh_import(transaction: Transaction, import_id: int) -> None:
    """Derive again what counts for the line-years that an import has added or removed."""
    transaction.run("drop_marks_of_gone_line_years")
    line_years = transaction.query("line_years_of_import", import_id=import_id)
    _derive_marks(transaction, line_years, None)
    if line_years.num_rows > MANY:
        transaction.run("leave_statements_to_add_up", batch_line_years=line_years)
    else:  # its lines may have other classifications now: whole statements, not cells
        _refresh_statements(transaction, line_years)


def add_up(store: Store, vintage_ids: Sequence[int]) -> None:
    """Add up the marks of statements that a change has left to the first look."""
    with store.without_event() as transaction:
        line_years = transaction.query("line_years_to_add_up", vintage_ids=list(vintage_ids))
        _refresh_statements(transaction, line_years)
        transaction.run("drop_statements_to_add_up", batch_line_years=line_years)


def _derive(transaction: Transaction, line_years: pa.Table, methodology: str | None) -> None:
    _derive_marks(transaction, line_years, methodology)
    _refresh_cells(transaction, line_years)


def _derive_marks(transaction: Transaction, line_years: pa.Table, methodology: str | None) -> None:
    if line_years.num_rows:
        how = {"batch_line_years": line_years, "methodology": methodology}
        transaction.run("drop_line_year_marks", **how)
        transaction.run("add_line_year_marks", **how)


def _refresh_cells(transaction: Transaction, line_years: pa.Table) -> None:
    """Add up again the cells of the cube in which line-years have their money."""
    if not line_years.num_rows:
        return
    if line_years.num_rows > MANY:
        transaction.run("leave_statements_to_add_up", batch_line_years=line_years)
        return
    beside = transaction.query("line_years_beside", batch_line_years=line_years)
    transaction.run("drop_marked_cells", batch_line_years=beside)
    _add_cells(transaction, beside)


def _refresh_statements(transaction: Transaction, line_years: pa.Table) -> None:
    """Add up again all statements of years of which these are the line-years."""
    transaction.run("drop_marked_statements", batch_line_years=line_years)
    _add_cells(transaction, line_years)


def _add_cells(transaction: Transaction, line_years: pa.Table) -> None:
    if line_years.num_rows:  # else there is nothing to add, which takes long to find out
        transaction.run("add_marked_cells", batch_line_years=line_years)
    transaction.run("drop_marked_totals", batch_line_years=line_years)
    transaction.run("add_marked_totals")
