"""Contradictions: what stands against storing a file, beside what is stored or inside the file.

Pure: rows of answers and batches in, findings out.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from typing import Any

import pyarrow.compute as pc

from budgeting.imports.meaning.batches import AmountColumn, Batch
from budgeting.model import Finding, Severity, Stage, plural_text, text
from budgeting.names import codes_of_line, stage_name

CORRECTION = "stored-differently"  # acknowledged, the file replaces stored amounts
GONE = "gone-lines"  # acknowledged, stored lines that the file lacks are removed
Row = Dictionary[str, Any]


def accepted_before(row: Row, sheet: str | None) -> Finding:
    """Tell that a sheet of this very file was accepted before."""
    return Finding(
        "same-file",
        Severity.ERROR,
        text(
            "This very file was accepted before, on {day} by {name}, for fiscal year {year}.",
            day=row["imported_at"].date(),
            name=row["imported_by"],
            year=str(row["fiscal_year"]),
        ),
        text("Nothing needs to be done. To read it in another way, undo that import first."),
        value=row["file_name"],
        sheet=sheet,
    )


def another_currency(row: Row, sheet: str | None) -> Finding:
    """Refuse amounts of another currency than the year is kept in."""
    return Finding(
        "another-currency",
        Severity.ERROR,
        text(
            "The year is kept in {stored}; the mapping states {stated}. Totals never cross currencies.",
            stored=row["stored_currency_code"],
            stated=row["currency_code"],
        ),
        text("Correct the currency in the mapping."),
        sheet=sheet,
    )


def gone_lines(row: Row, sheet: str | None) -> Finding:
    """Warn of stored lines that the file no longer has."""
    return Finding(
        GONE,
        Severity.WARNING,
        plural_text(
            "{count} budget line stored for {stage} {year} is not in this file and stays stored.",
            "{count} budget lines stored for {stage} {year} are not in this file and stay stored.",
            row["line_count"],
            stage=stage_name(Stage(row["stage"])),
            year=str(row["fiscal_year"]),
        ),
        text(
            "Stored total of these lines: {total}. Check whether the file is complete; if the lines "
            "were withdrawn, give the reason, and they are removed.",
            total=row["stored_total"],
        ),
        value=codes_of_line(row["first_line_code"]),
        sheet=sheet,
    )


def stored_differently(row: Row, sheet: str | None) -> Finding:
    """Ask whether the file corrects what is stored."""
    return Finding(
        CORRECTION,
        Severity.QUESTION,
        plural_text(
            "{count} budget line already has another amount for {stage} {year}: {stored}, here {stated}; "
            "first: {line}.",
            "{count} budget lines already have other amounts for {stage} {year}: {stored} in all, here "
            "{stated}; first: {line}.",
            row["line_count"],
            stage=stage_name(Stage(row["stage"])),
            year=str(row["fiscal_year"]),
            stored=row["stored_total"],
            stated=row["stated_total"],
            line=codes_of_line(row["first_line_code"]),
        ),
        text(
            "If the file is a later statement, state its date (--as-of, or on the page). If it corrects "
            "what is stored, give the reason: its amounts then replace the stored ones, which are kept."
        ),
        sheet=sheet,
    )


def same_money(row: Row, sheet: str | None) -> Finding:
    """Ask about other lines with the same total as the stored ones."""
    return Finding(
        "same-money",
        Severity.QUESTION,
        text(
            "The file shares no line with what is stored for {stage} {year}, but the totals agree: stored "
            "{stored}, here {stated}, a difference of {difference}.",
            stage=stage_name(Stage(row["stage"])),
            year=str(row["fiscal_year"]),
            stored=row["stored_total"],
            stated=row["stated_total"],
            difference=row["stated_total"] - row["stored_total"],
        ),
        text(
            "It is probably the same money under another classification, and would be counted twice. "
            "Undo the other import first, or give the reason why both stand."
        ),
        sheet=sheet,
    )


def categories_without_share(batches: Sequence[Batch]) -> list[Finding]:
    """Warn of lines whose categorised parts are no shares of the whole: no mark can hold them."""
    return [
        finding
        for batch in batches
        if "category" in batch.lines.schema.names
        for column in batch.amounts
        for finding in _unshared(batch, column)
    ]


def _unshared(batch: Batch, column: AmountColumn) -> Iterable[Finding]:
    parts = batch.lines.select(["line_code", "category", column.column])
    parts = parts.filter(pc.is_valid(parts[column.column])).group_by(["line_code", "category"])
    summed = parts.aggregate([(column.column, "sum")]).group_by("line_code")
    amount = f"{column.column}_sum"
    lines = summed.aggregate([(amount, name) for name in ("sum", "min", "max", "count")])
    is_mixed = pc.and_(pc.less(lines[f"{amount}_min"], 0), pc.greater(lines[f"{amount}_max"], 0))
    is_open = pc.or_(is_mixed, pc.equal(lines[f"{amount}_sum"], 0))
    found = lines.filter(pc.and_(is_open, pc.greater(lines[f"{amount}_count"], 1)))
    if found.num_rows:
        yield Finding(
            "category-without-share",
            Severity.WARNING,
            plural_text(
                "{count} budget line has categories whose amounts for {stage} {year} are no shares of the "
                "line: they cancel each other out.",
                "{count} budget lines have categories whose amounts for {stage} {year} are no shares of "
                "the line: they cancel each other out.",
                found.num_rows,
                stage=stage_name(column.stage),
                year=str(batch.fiscal_year),
            ),
            text("The amounts are stored; the lines are not marked. Mark them by hand."),
            value=codes_of_line(found["line_code"][0].as_py()),
            sheet=batch.sheet or None,
        )
