"""Totals of a table: its printed subtotals and totals beside what the lines add up to."""

from collections.abc import Mapping as Dictionary
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.mappings.mapping import Mapping, TotalRule
from budgeting.imports.meaning.fates import HEADING, LINE, TOTAL, Fates
from budgeting.imports.meaning.figures import Figures
from budgeting.imports.sheets.sheet import SheetRows
from budgeting.imports.sheets.structure import Reason, RowKind, Structure
from budgeting.imports.sheets.totals import PrintedTotal, explicit_totals, printed_totals
from budgeting.imports.words.vocabulary import folded, total_words
from budgeting.model import Finding, Severity, text


def sheet_of(columns: Columns, mapping: Mapping, figures: Figures) -> SheetRows | None:
    """Return the rows of a table for the search of totals; None where the mapping says of none."""
    has_totals = mapping.totals or any(rule.kind == "total" for rule in mapping.rows)
    if mapping.structure is None and not has_totals:
        return None
    blank = constant("", len(columns))
    structure = mapping.structure
    code = columns.cells(structure.code) if structure and structure.code else blank
    label_name = (structure.label if structure else None) or mapping.label
    label = columns.cells(label_name) if label_name else blank
    names = list(figures.values)
    cents = np.stack([_cents(figures.values[name]) for name in names], axis=1)
    known = np.stack([_says(columns, figures, name) for name in names], axis=1)
    return SheetRows.of(columns.row_numbers.to_numpy(), (code, label), names, cents, known)


def _says(columns: Columns, figures: Figures, name: str) -> npt.NDArray[np.bool_]:
    """Return where a figure stands, or digits that are none: such a row is no heading."""
    has_figure: npt.NDArray[np.bool_] = np.asarray(pc.is_valid(figures.values[name]))
    wrong = np.asarray(figures.wrong[name])
    if not wrong.any():
        return has_figure
    digits: npt.NDArray[np.bool_] = np.asarray(columns.matching({name: r"\d"}))
    return has_figure | (wrong & digits)


def _cents(values: Cells) -> np.ndarray:
    filled = pc.fill_null(values, 0).combine_chunks()
    array = filled if isinstance(filled, pa.Array) else pa.concat_arrays(filled.chunks)
    return np.frombuffer(array.buffers()[1], np.int64)[::2][
        array.offset : array.offset + len(array)
    ]


def totals_of(
    columns: Columns, mapping: Mapping, rows: SheetRows | None, fates: Fates
) -> tuple[PrintedTotal, ...]:
    """Re-add every total of a table; `fates` are those before rows were left out."""
    if rows is None or not (fates.codes == TOTAL).any():
        return ()
    explicit = [found for rule in mapping.totals for found in _explicit(columns, rule, rows, fates)]
    stated = {total.row_number for total in explicit}
    structure = _structure(columns, rows, fates)
    found = [total for total in printed_totals(rows, structure) if total.row_number not in stated]
    return (*explicit, *found)


def doubled_rows(rows: SheetRows | None, fates: Fates) -> list[Finding]:
    """Warn of a subtotal that says the same as one of the lines: its code, its words, its amounts.

    It is read as what sums that line and not added; it may be the line a second time.
    """
    if rows is None or not (fates.codes == TOTAL).any():
        return []
    pairs = rows.codes.places.astype(np.int64) * len(rows.labels.values) + rows.labels.places
    has_money = (rows.cents != 0).any(axis=1) & (rows.codes.lengths > 0)
    totals = np.flatnonzero((fates.codes == TOTAL) & has_money)
    alike = (fates.codes == LINE) & has_money & np.isin(pairs, pairs[totals])
    lines = {_said(rows, pairs, place): place for place in np.flatnonzero(alike)[::-1].tolist()}
    return [
        _doubled(rows, place, lines[said])
        for place in totals.tolist()
        if (said := _said(rows, pairs, place)) in lines
    ]


def _said(rows: SheetRows, pairs: npt.NDArray[np.int64], place: int) -> tuple[int, bytes]:
    return int(pairs[place]), rows.cents[place].tobytes()


def _doubled(rows: SheetRows, place: int, line: int) -> Finding:
    return Finding(
        "repeated-rows",
        Severity.WARNING,
        text(
            "The row says the same as row {row}: its code, its words and its amounts.",
            row=str(rows.numbers[line]),
        ),
        text("It is taken for the subtotal of that line and not added. Check whether it is meant."),
        int(rows.numbers[place]),
        value=rows.codes.values[rows.codes.places[place]],
    )


def _structure(columns: Columns, rows: SheetRows, fates: Fates) -> Structure:
    kinds = np.full(rows.count, RowKind.SKIP, dtype=object)
    for fate, kind in ((LINE, RowKind.LINE), (TOTAL, RowKind.TOTAL), (HEADING, RowKind.HEADING)):
        kinds[fates.codes == fate] = kind
    reasons = np.full(rows.count, Reason.NONE, dtype=object)
    labels = pa.chunked_array([pa.array(rows.labels.values, pa.string())])
    says_total = pa.array(
        [total_words().search(word) is not None for word in folded(labels).to_pylist()]
    )
    is_worded = np.asarray(says_total)[rows.labels.places]
    reasons[(fates.codes == TOTAL) & is_worded] = Reason.WORD
    return Structure(kinds, reasons)


def _explicit(
    columns: Columns, rule: TotalRule, rows: SheetRows, fates: Fates
) -> tuple[PrintedTotal, ...]:
    def found(pattern: str) -> np.ndarray:
        return np.asarray(columns.matching({rule.column: pattern}))

    is_line = fates.codes == LINE
    within = _groups({name: columns.cells(name) for name in rule.within}, len(columns))
    plus = found(rule.plus) & is_line
    minus = found(rule.minus) & is_line if rule.minus else None
    totals = explicit_totals(
        rows, found(rule.matches) & (fates.codes == TOTAL), plus, minus, within
    )
    is_grand = not rule.within and minus is None and bool((plus == is_line).all())
    return tuple(replace(total, is_grand=is_grand) for total in totals)


def _groups(cells: Dictionary[str, Cells], count: int) -> np.ndarray | None:
    """Number the rows that agree in all columns."""
    if not cells:
        return None
    joined = pc.binary_join_element_wise(*cells.values(), "\x1f")
    encoded = pc.dictionary_encode(joined).combine_chunks()
    return np.asarray(encoded.indices, dtype=np.int64)
