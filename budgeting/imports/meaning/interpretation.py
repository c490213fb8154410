"""Interpretation: a mapping applied to rows of text gives budget lines with exact amounts.

Pure: tables in, batches out. What a cell cannot mean is a finding, never a zero.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, Columns, constant
from budgeting.imports.mappings.mapping import DIMENSION_NAMES, Mapping, MunicipalityRule
from budgeting.imports.meaning.batches import Batch, Lines, compose
from budgeting.imports.meaning.fates import HEADING, LINE, REJECTED, TOTAL, Fates, fates_of
from budgeting.imports.meaning.figures import Figures, cell_findings, figures_of
from budgeting.imports.meaning.gender import categories_of, gender_findings
from budgeting.imports.meaning.headings import headings_of
from budgeting.imports.meaning.members import UNKNOWN, Member, paths_of
from budgeting.imports.meaning.row_checks import change_findings, sum_findings
from budgeting.imports.meaning.scopes import (
    not_asked_for,
    scope_findings,
    scopes_of,
)
from budgeting.imports.meaning.statements import Statement, statements_of
from budgeting.imports.meaning.table_totals import doubled_rows, sheet_of, totals_of
from budgeting.imports.progress import reached
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.source import SourceTable
from budgeting.model import Finding, Severity, text

LEAVE_OUT = "rejected-rows"  # under this name the reason for leaving rows with errors out is kept


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The meaning of a table: what is stored, what becomes of every row, what was noticed."""

    batches: tuple[Batch, ...]
    fates: Fates
    figures: Figures
    totals: tuple[PrintedTotal, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def interpret(
    table: SourceTable, mapping: Mapping, answers: Answers, place: MunicipalityRule | None
) -> Interpretation:
    """Apply `mapping` to `table`; `place` is the municipality where the table has but one."""
    columns = Columns.of(table)
    figures = figures_of(columns, mapping, answers.layout)
    sheet = sheet_of(columns, mapping, figures)
    structured = fates_of(columns, mapping, sheet)
    scopes = scopes_of(columns, mapping, answers, place)
    others = pa.chunked_array([pa.array(not_asked_for(scopes, mapping, answers))])
    fates = structured.with_rows(others, text("of another municipality or year than asked for"))
    findings = [*figures.findings, *scopes.findings]
    statements, questions = statements_of(
        columns, mapping, answers, figures, (fates.is_line, scopes.municipality)
    )
    findings += questions
    fates, silent = _without_silent_rows(fates, statements, columns, mapping, figures)
    findings += silent
    findings += cell_findings(figures, columns, fates.mask(LINE, TOTAL))
    findings += scope_findings(scopes, columns, mapping, fates.is_line)
    paths, members = _paths(columns, mapping, fates, findings)
    findings += sum_findings(mapping, columns, figures, fates.is_line)
    findings += change_findings(mapping, columns, figures, fates.is_line)
    if mapping.gender:
        findings += gender_findings(columns, mapping.gender, fates.is_line)
    fates, findings = _left_out(fates, findings, columns, answers)
    own = _line_columns(columns, mapping, paths)
    lines = Lines(mapping, answers, fates, scopes, own, members, table.sheet)
    batches, collisions = compose(lines, statements)
    findings += collisions
    findings += doubled_rows(sheet, structured)
    totals = totals_of(columns, mapping, sheet, structured)
    return Interpretation(batches, fates, figures, totals, tuple(findings))


def _without_silent_rows(
    fates: Fates,
    statements: list[Statement],
    columns: Columns,
    mapping: Mapping,
    figures: Figures,
) -> tuple[Fates, list[Finding]]:
    """Skip lines without one figure, and tell them.

    A cell that is no amount is not passed over, but for words in a row without a code: these are
    headers that a page break repeats.
    """
    if not statements or figures.findings:  # a column that is asked about has no figures yet
        return fates, []
    says = [pc.is_valid(statement.values) for statement in statements]
    wrong = {name: mask for name, mask in figures.wrong.items() if pc.any(mask).as_py()}
    if wrong:
        has_code = _has_digit(columns, _code_columns(mapping))
        says += [
            pc.and_(mask, pc.or_(has_code, _has_digit(columns, [name])))
            for name, mask in wrong.items()
        ]
    has_figure = reduce(pc.or_, says)
    if pc.all(has_figure).as_py():
        return fates, []
    silent = pc.and_(pc.invert(has_figure), fates.is_line)
    rows = columns.row_numbers.filter(silent).to_pylist()
    findings = [_no_amount(row_number) for row_number in rows]
    return fates.with_rows(silent, text("no amount stands in the row")), findings


def _code_columns(mapping: Mapping) -> list[str]:
    levels = [level for rule in mapping.classifications for level in rule.levels]
    return [name for level in levels for name in level.columns]


def _has_digit(columns: Columns, names: Iterable[str]) -> Cells:
    found = [columns.matching({name: r"\d"}) for name in names]
    return reduce(pc.or_, found, constant(False, len(columns)))


def _no_amount(row_number: int) -> Finding:
    return Finding(
        "no-amount",
        Severity.WARNING,
        text("The row has codes but no amount."),
        text("Nothing is stored for it except the row itself."),
        row_number,
    )


def _paths(
    columns: Columns, mapping: Mapping, fates: Fates, findings: list[Finding]
) -> tuple[dict[str, Cells], list[Member]]:
    label = _label(columns, mapping)
    levels = [level for rule in mapping.classifications for level in rule.levels]
    columns.encode(name for level in levels for name in (*level.columns, level.label) if name)
    headings = headings_of(mapping.classifications, label, fates.mask(HEADING))
    paths: dict[str, Cells] = {}
    members: list[Member] = []
    for place, rule in enumerate(mapping.classifications):
        reached(text("Putting the lines in their classes"), place / len(mapping.classifications))
        read = paths_of(rule, columns, paths, headings, fates.is_line)
        paths[rule.dimension] = read.codes
        members += read.members
        findings += read.findings
    return paths, members


def _label(columns: Columns, mapping: Mapping) -> Cells:
    if mapping.label:
        return columns.cells(mapping.label)
    return constant(mapping.label_text or "", len(columns))


def _line_columns(
    columns: Columns, mapping: Mapping, paths: Dictionary[str, Cells]
) -> dict[str, Cells]:
    """Return what every line has apart from its amounts and its final code."""
    unknown = constant(UNKNOWN, len(columns))
    lines = {"row_number": columns.row_numbers, "label": _label(columns, mapping)}
    lines |= {name: paths.get(name, unknown) for name in DIMENSION_NAMES}
    if mapping.gender:
        lines["category"] = categories_of(columns, mapping.gender)
    return lines


def left_out(found: Finding, answers: Answers) -> Finding:
    """Return an error of one row as a warning, where a person gave the reason to leave such rows out."""
    is_meant = found.severity is Severity.ERROR and found.row_number is not None
    if is_meant and answers.reasons.get(LEAVE_OUT, "").strip():
        return replace(found, severity=Severity.WARNING)
    return found


def _left_out(
    fates: Fates, findings: list[Finding], columns: Columns, answers: Answers
) -> tuple[Fates, list[Finding]]:
    """Leave the rows with errors out where a person gave a reason; the errors become warnings."""
    if not answers.reasons.get(LEAVE_OUT, "").strip():
        return fates, findings
    rows = {f.row_number for f in findings if f.severity is Severity.ERROR and f.row_number}
    wrong = pc.is_in(columns.row_numbers, pa.array(sorted(rows), pa.int32()))
    kept = [left_out(found, answers) for found in findings]
    return fates.with_rows(wrong, REJECTED), kept
