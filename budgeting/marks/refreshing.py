"""Refreshing: mart.line_year_marks is kept in the transaction of whatever changes marks or lines."""

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
    line_years = transaction.query(
        "line_years_of_subjects",
        municipality_code=municipality_code,
        from_year=from_year,
        batch_subjects=subjects,
    )
    _derive(transaction, line_years, methodology)


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
