"""Figures: the money columns of a table as exact decimals, and the cells that are none."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.cells.numbers import Ambiguity, Amounts, amounts, decide
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.source import FileLayout, NumberStyle
from budgeting.imports.together import each
from budgeting.model import Finding, Severity, plural_text, text

MONEY = pa.decimal128(18, 2)


@dataclass(frozen=True, slots=True)
class Figures:
    """Amounts by column name of the mapping, one per row; null where a cell has no figure.

    ``wrong`` marks cells that are no amount, ``rounded`` those with more than two decimals,
    ``failed`` those whose formula ended in an error. ``styles`` says how each column was read.
    """

    values: Dictionary[str, Cells]
    wrong: Dictionary[str, Cells]
    rounded: Dictionary[str, Cells]
    failed: Dictionary[str, Cells]
    styles: Dictionary[str, NumberStyle]
    findings: tuple[Finding, ...]


def figures_of(columns: Columns, mapping: Mapping, stated: FileLayout) -> Figures:
    """Read every money column of `mapping`; `stated` is how a person says the numbers are written.

    A column whose numbers can be read in two ways, with nothing in the table to decide, is an error
    that asks; it has no values.
    """
    names = _money_columns(mapping)
    failed = {name: _failed(columns, name) for name in names}
    cells = {name: _written(columns, name, failed[name]) for name in names}
    styles, asked = _styles(columns, cells, mapping, stated)

    def read_column(name: str) -> Amounts:
        own = cells[name] if name in styles else constant("", len(columns))
        style = styles.get(name, NumberStyle("."))
        return amounts(own, columns.typed(name), style, _factor(mapping, name))

    amounts_read = each(
        read_column, names, len(columns), text("Reading the amounts of the columns")
    )
    found = dict(zip(names, amounts_read, strict=True))
    return Figures(
        {name: read.values for name, read in found.items()},
        {name: read.wrong for name, read in found.items()},
        {name: read.rounded for name, read in found.items()},
        failed,
        {name: styles.get(name, NumberStyle(".")) for name in names},
        asked,
    )


def _styles(
    columns: Columns, cells: Dictionary[str, Cells], mapping: Mapping, stated: FileLayout
) -> tuple[dict[str, NumberStyle], tuple[Finding, ...]]:
    """Return the styles of the columns of which one is known, and what asks for the others."""

    def style_of(name: str) -> NumberStyle | Ambiguity:
        others = [cells[other] for other in cells if other != name]
        return _style(columns, name, (cells[name], others), mapping, stated)

    step = text("Looking at how the columns write numbers")
    found = zip(cells, each(style_of, list(cells), len(columns), step), strict=True)
    styles: dict[str, NumberStyle] = {}
    asked: list[Finding] = []
    for name, style in found:
        if isinstance(style, Ambiguity):
            asked.append(_which_style(columns, name, style))
        else:
            styles[name] = style
    return styles, tuple(asked)


def _money_columns(mapping: Mapping) -> list[str]:
    named = [rule.column for rule in mapping.amounts]
    for rule in mapping.sums:
        named += [rule.column, *rule.parts, *rule.minus]
    named += [mapping.change.column] if mapping.change else []
    return list(dict.fromkeys(named))


def _factor(mapping: Mapping, name: str) -> int:
    """Return the factor of a column: its own, or that of the amounts that it is compared with."""
    own = {rule.column: rule.factor for rule in mapping.amounts}
    if name in own:
        return own[name]
    for rule in mapping.sums:
        alike = [own[part] for part in rule.parts if part in own]
        if name in (rule.column, *rule.parts, *rule.minus) and alike:
            return alike[0]
    stages = {rule.stage: rule.factor for rule in mapping.amounts}
    return stages.get(mapping.change.earlier, 1) if mapping.change else 1


def _failed(columns: Columns, name: str) -> Cells:
    column = columns.name_of(name)
    rows = [error.row_number for error in columns.table.errors if error.column == column]
    if not rows:
        return constant(False, len(columns))
    return pc.is_in(columns.row_numbers, pa.array(rows, pa.int32()))


def _written(columns: Columns, name: str, failed: Cells) -> Cells:
    """Return the cells that are written as text: those that the workbook has as numbers are clear."""
    cells = columns.cells(name)
    if pc.any(failed).as_py():
        cells = pc.if_else(failed, "", cells)
    typed = columns.typed(name)
    return cells if typed is None else pc.if_else(pc.is_valid(typed), "", cells)


def _style(
    columns: Columns,
    name: str,
    cells: tuple[Cells, list[Cells]],
    mapping: Mapping,
    stated: FileLayout,
) -> NumberStyle | Ambiguity:
    """Return how a column is written: as a person says, as the mapping says, as its cells show."""
    column = columns.name_of(name) or name
    for layout in (stated, mapping.layout):
        style = layout.styles.get(column) or layout.styles.get(name) or layout.style
        if style:
            return style
    return decide(cells[0], cells[1])


def _which_style(columns: Columns, name: str, ambiguity: Ambiguity) -> Finding:
    told = text(
        "“{example}” can be read in two ways, and nothing in the file decides.",
        example=ambiguity.example,
    )
    if ambiguity.is_mixed:
        told = text(
            "The column writes numbers in several ways: “{example}” is written otherwise than the rest.",
            example=ambiguity.example,
        )
    return Finding(
        "number-style",
        Severity.ERROR,
        told,
        text("Say how the numbers of this column are written (on the page, or in the mapping)."),
        column=columns.name_of(name),
        value=ambiguity.example,
    )


def decided_style(cells: Cells) -> NumberStyle:
    """Return the style of a column of counts: where it is open, a mark before three digits groups."""
    style = decide(cells, ())
    if isinstance(style, Ambiguity):
        return next((one for one in style.candidates if one.group), style.candidates[0])
    return style


def cell_findings(figures: Figures, columns: Columns, is_money: Cells) -> list[Finding]:
    """Return what is wrong with single cells in the rows of `is_money` (lines and totals)."""
    findings: list[Finding] = []
    for name in figures.values:
        cells = columns.cells(name)
        header = columns.name_of(name)
        for row_number, value in _rows_where(figures.wrong[name], is_money, columns, cells):
            findings.append(_not_a_number(header, figures.styles[name], row_number, value))
        failed = figures.failed[name]
        for row_number, value in _rows_where(failed, failed, columns, cells):
            findings.append(_failed_formula(header, row_number, value))
        is_rounded = pc.and_(figures.rounded[name], is_money)
        if pc.any(is_rounded).as_py():
            findings.append(_rounded(columns, name, is_rounded))
    return findings


def _rows_where(
    mask: Cells, is_money: Cells, columns: Columns, cells: Cells
) -> list[tuple[int, str]]:
    chosen = pc.and_(mask, is_money)
    if not pc.any(chosen).as_py():
        return []
    numbers = columns.row_numbers.filter(chosen).to_pylist()
    return list(zip(numbers, cells.filter(chosen).to_pylist(), strict=True))


def _not_a_number(column: str | None, style: NumberStyle, row_number: int, value: str) -> Finding:
    return Finding(
        "number",
        Severity.ERROR,
        text("“{value}” is not an amount.", value=value[:80]),
        text(
            "Amounts of this column look like {example}, with at most 16 digits before the decimals.",
            example=f"1{style.group}234{style.decimal}56",
        ),
        row_number,
        column,
        value[:80],
    )


def _failed_formula(column: str | None, row_number: int, value: str) -> Finding:
    return Finding(
        "formula-error",
        Severity.QUESTION,
        text("The cell's formula ends in an error; there is no figure."),
        text("Correct the formula in the workbook, or say why the cell may count as no figure."),
        row_number,
        column,
        value,
    )


def _rounded(columns: Columns, name: str, mask: Cells) -> Finding:
    """Tell amounts with more than two decimals.

    A workbook's numbers may have them from a formula; where they are written, the mark may as well
    group thousands: "12,345" is asked about.
    """
    typed = columns.typed(name)
    is_written = mask if typed is None else pc.and_(mask, pc.is_null(typed))
    written = columns.cells(name).filter(is_written)
    count, first = pc.sum(mask).as_py(), columns.row_numbers.filter(mask)[0].as_py()
    return Finding(
        "rounded",
        Severity.QUESTION if len(written) else Severity.WARNING,
        plural_text(
            "{count} amount has more than two decimals; it is rounded to the cent.",
            "{count} amounts have more than two decimals; they are rounded to the cent.",
            count,
        ),
        text("Check whether the mark groups thousands, or the column counts thousands of units."),
        first,
        columns.name_of(name),
        columns.cells(name).filter(mask)[0].as_py(),
    )
