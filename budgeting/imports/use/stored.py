"""What is stored beside a file of use: the same file, figures that it replaces, and units that changed."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

import pyarrow as pa

from budgeting.imports.source import SourceFile
from budgeting.imports.use.figures import Counted
from budgeting.model import Exact, Finding, Severity, plural_text, text
from budgeting.services.figures import FIGURES, INDICATORS
from budgeting.store import Store, Transaction

_PLACES_SHOWN = 3


def indicator_rows(figures: Iterable[Counted]) -> pa.Table:
    """Return the indicators of figures, each once."""
    rows = {
        (one.municipality_code, one.indicator.code): {
            "municipality_code": one.municipality_code,
            "indicator_code": one.indicator.code,
            "label": one.indicator.label,
            "unit": one.indicator.unit.value,
            "unit_label": one.indicator.unit_label,
            "programme_code": one.indicator.programme_code,
            "organisation_code": one.indicator.organisation_code,
            "place": one.indicator.place,
        }
        for one in figures
    }
    return pa.Table.from_pylist(list(rows.values()), schema=INDICATORS)


def figure_rows(figures: Iterable[Counted], sheet: str) -> pa.Table:
    """Return figures as rows to store."""
    rows: list[dict[str, Any]] = [
        {
            "municipality_code": one.municipality_code,
            "indicator_code": one.indicator.code,
            "fiscal_year": one.fiscal_year,
            "kind": one.kind,
            "sex": one.sex,
            "age_from": one.ages[0] if one.ages else None,
            "age_to": one.ages[1] if one.ages else None,
            "group_kind": one.group[0],
            "group_code": one.group[1],
            "figure": one.figure,
            "data_grade": one.grade,
            "sample_size": one.sample_size,
            "design_effect": one.design_effect,
            "source": one.source,
            "sheet_name": sheet,
            "row_number": one.row_number,
        }
        for one in figures
    ]
    return pa.Table.from_pylist(rows, schema=FIGURES)


def stored_findings(
    reading: Store | Transaction, source: SourceFile, figures: Sequence[Counted]
) -> Iterable[Finding]:
    """Yield what speaks against storing a file, or what changes by it."""
    yield from same_file(reading, source, "use")
    if not figures:
        return
    indicators = indicator_rows(figures)
    yield from _changed_units(reading, indicators)
    yield from _replaced(reading, figures)
    yield from _not_stored(reading, indicators)


def same_file(reading: Store | Transaction, source: SourceFile, held: str) -> Iterable[Finding]:
    """Yield an error where this very file is stored as use or as labels, and not undone."""
    for row in reading.query("kind_files_stored", sha256=source.sha256, direction=held).to_pylist():
        yield Finding(
            "same-file",
            Severity.ERROR,
            text(
                "This very file was accepted on {day} by {name}, as import {number} ({file}).",
                day=row["imported_at"].astimezone(UTC).date(),
                name=row["imported_by"],
                number=str(row["import_id"]),
                file=row["file_name"],
            ),
            text("Take that import back first, if it is to be read in another way."),
        )


def _changed_units(reading: Store | Transaction, indicators: pa.Table) -> Iterable[Finding]:
    for row in reading.query("units_changed", batch_indicators=indicators).to_pylist():
        yield Finding(
            "unit-changed",
            Severity.ERROR,
            text(
                "“{label}” is stored in the unit “{stored}”; this file has it in “{incoming}”.",
                label=row["label"],
                stored=row["stored_unit"],
                incoming=row["incoming_unit"],
            ),
            text("What is counted in another unit is another indicator: give it its own code."),
        )


def _replaced(reading: Store | Transaction, figures: Sequence[Counted]) -> Iterable[Finding]:
    rows = reading.query("figures_replaced", batch_figures=figure_rows(figures, "")).to_pylist()
    if rows:
        first = rows[0]
        yield Finding(
            "newer-figures",
            Severity.WARNING,
            plural_text(
                "{count} figure is stored with another value; from now on that of this file counts: "
                "“{label}” {year} was {old} and is {new}.",
                "{count} figures are stored with other values; from now on those of this file count, such "
                "as “{label}” {year}: it was {old} and is {new}.",
                len(rows),
                label=first["label"],
                year=str(first["fiscal_year"]),
                old=Exact(first["stored_figure"]),
                new=Exact(first["figure"]),
            ),
            text("What they were stays on record; undoing this import brings it back."),
            first["row_number"],
            value=str(Exact(first["figure"])),
        )


def _not_stored(reading: Store | Transaction, indicators: pa.Table) -> Iterable[Finding]:
    known = {row["municipality_code"] for row in reading.query("municipalities").to_pylist()}
    strange = sorted(set(indicators["municipality_code"].to_pylist()) - known)
    if strange:
        yield Finding(
            "no-budget",
            Severity.NOTE,
            plural_text(
                "No budget of {count} municipality of the file is stored; its figures are kept until one "
                "is: {codes}.",
                "No budget of {count} municipalities of the file is stored; their figures are kept until "
                "one is: {codes}.",
                len(strange),
                codes=", ".join(strange[:_PLACES_SHOWN])
                + (" …" if len(strange) > _PLACES_SHOWN else ""),
            ),
        )
