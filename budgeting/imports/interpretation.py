"""Interpretation: a mapping applied to rows of text gives budget lines with exact amounts.

Pure: tables in, batches out. What a cell cannot mean is a finding, never a zero.
"""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.columns import Cells, Columns, constant
from budgeting.imports.fates import HEADING, LINE, REJECTED, TOTAL, Fates, fates_of
from budgeting.imports.figures import MONEY, Figures, cell_findings, figures_of
from budgeting.imports.headings import headings_of
from budgeting.imports.mapping import DIMENSION_NAMES, Mapping, MunicipalityRule
from budgeting.imports.members import UNKNOWN, Member, escaped_marks, paths_of
from budgeting.imports.row_checks import change_findings, sum_findings
from budgeting.imports.scopes import (
    DIRECTIONS,
    Scopes,
    not_asked_for,
    scope_findings,
    scopes_of,
)
from budgeting.imports.source import SourceTable
from budgeting.imports.statements import Statement, statements_of
from budgeting.imports.table_totals import sheet_of, totals_of
from budgeting.imports.totals import PrintedTotal
from budgeting.model import Direction, Finding, Severity, Stage, text


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """Which statement of amounts a column of a batch holds; `sources` are the file's columns."""

    column: str
    stage: Stage
    as_of: date | None
    decision_number: str | None
    sources: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Batch:
    """The lines of one municipality, fiscal year and direction that a table holds.

    ``lines`` has one row per source row, or one per source row and fund where funds stand in
    columns: ``row_number``, ``line_code``, ``label``, one path code per dimension ("" where not
    known), one decimal column per entry of ``amounts``, null where the file has no figure, and
    ``category`` where the mapping has a gender category.
    """

    municipality: MunicipalityRule
    fiscal_year: int
    direction: Direction
    lines: pa.Table
    amounts: tuple[AmountColumn, ...]
    members: tuple[Member, ...]
    sheet: str = ""


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
    statements, questions = statements_of(columns, mapping, answers, figures, fates.is_line)
    findings += questions
    fates, silent = _without_silent_rows(fates, statements, columns)
    findings += silent
    findings += cell_findings(figures, columns, fates.mask(LINE, TOTAL))
    findings += scope_findings(scopes, columns, mapping, fates.is_line)
    paths, members = _paths(columns, mapping, fates, findings)
    findings += sum_findings(mapping, columns, figures, fates.is_line)
    findings += change_findings(mapping, columns, figures, fates.is_line)
    fates, findings = _left_out(fates, findings, columns, answers)
    lines = _line_columns(columns, mapping, paths)
    batches = _Composer(columns, mapping, answers, fates, scopes, lines, members).batches(
        statements
    )
    totals = totals_of(columns, mapping, sheet, structured)
    return Interpretation(batches, fates, figures, totals, tuple(findings))


def _without_silent_rows(
    fates: Fates, statements: list[Statement], columns: Columns
) -> tuple[Fates, list[Finding]]:
    """Skip lines without one figure, and tell them."""
    if not statements:
        return fates, []
    has_figure = reduce(pc.or_, [pc.is_valid(statement.values) for statement in statements])
    if pc.all(has_figure).as_py():
        return fates, []
    silent = pc.and_(pc.invert(has_figure), fates.is_line)
    rows = columns.row_numbers.filter(silent).to_pylist()
    findings = [_no_amount(row_number) for row_number in rows]
    return fates.with_rows(silent, text("no amount stands in the row")), findings


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
    headings = headings_of(mapping.classifications, label, fates.mask(HEADING))
    paths: dict[str, Cells] = {}
    members: list[Member] = []
    for rule in mapping.classifications:
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
        lines["category"] = _categories(columns, mapping)
    return lines


def _categories(columns: Columns, mapping: Mapping) -> Cells:
    assert mapping.gender
    cells = columns.cells(mapping.gender.column)
    found = constant("", len(columns))
    for category, pattern in mapping.gender.categories.items():
        found = pc.if_else(pc.match_substring_regex(cells, pattern), category, found)
    return found


def _left_out(
    fates: Fates, findings: list[Finding], columns: Columns, answers: Answers
) -> tuple[Fates, list[Finding]]:
    """Leave the rows with errors out where a person gave a reason; the errors become warnings."""
    if "rejected-rows" not in answers.reasons:
        return fates, findings
    rows = {f.row_number for f in findings if f.severity is Severity.ERROR and f.row_number}
    wrong = pc.is_in(columns.row_numbers, pa.array(sorted(rows), pa.int32()))
    kept = [
        replace(found, severity=Severity.WARNING)
        if found.severity is Severity.ERROR and found.row_number
        else found
        for found in findings
    ]
    return fates.with_rows(wrong, REJECTED), kept


@dataclass(frozen=True, slots=True)
class _Composer:
    """Puts lines and statements together, one batch per municipality, year and direction."""

    columns: Columns
    mapping: Mapping
    answers: Answers
    fates: Fates
    scopes: Scopes
    lines: Dictionary[str, Cells]
    members: list[Member]

    def batches(self, statements: list[Statement]) -> tuple[Batch, ...]:
        """Return the batches in the order of municipalities and years."""
        if not statements:
            return ()
        found = []
        for place, way, year in self._keys():
            rows = self._rows(place, way, year)
            years = {year} if year else {s.year for s in statements if s.year}
            years |= {s.year for s in statements if s.year} if year else set()
            for fiscal_year in sorted(years):
                chosen = [s for s in statements if (s.year or year) == fiscal_year]
                batch = self._batch((place, way, fiscal_year), rows, chosen)
                if batch is not None:
                    found.append(batch)
        return tuple(found)

    def _keys(self) -> list[tuple[int, int, int]]:
        """Return the combinations of municipality, direction and year that lines have."""
        is_line = self.fates.is_line.to_numpy()
        stacked = np.stack(
            [self.scopes.municipality, self.scopes.direction, self.scopes.year], axis=1
        )[is_line]
        if not len(stacked):
            return []
        first, last = stacked.min(axis=0), stacked.max(axis=0)
        keys = [first] if (first == last).all() else np.unique(stacked, axis=0)
        return [(int(a), int(b), int(c)) for a, b, c in keys if a >= 0 and b >= 0]

    def _rows(self, place: int, way: int, year: int) -> Cells:
        mask = self.fates.is_line.to_numpy() & (self.scopes.municipality == place)
        mask &= (self.scopes.direction == way) & (self.scopes.year == year)
        return pa.chunked_array([pa.array(mask)])

    def _batch(
        self, key: tuple[int, int, int], rows: Cells, statements: list[Statement]
    ) -> Batch | None:
        place, way, fiscal_year = key
        stated = (self.answers.as_of, self.answers.decision_number)
        heads: dict[AmountColumn, tuple[str, ...]] = {}
        by_member: dict[tuple[str, str, str] | None, dict[AmountColumn, Cells]] = {}
        for statement in statements:
            head = _head(statement, fiscal_year, *stated)
            values = by_member.setdefault(statement.member, {})
            values[head] = (
                pc.coalesce(values[head], statement.values) if head in values else statement.values
            )
            heads[head] = (*heads.get(head, ()), statement.source)
        named = {
            head: replace(head, column=f"amount_{n}", sources=sources)
            for n, (head, sources) in enumerate(heads.items())
        }
        parts = [
            self._part(
                member, {named[head].column: v for head, v in values.items()}, rows, len(named)
            )
            for member, values in by_member.items()
        ]
        lines = pa.concat_tables(parts) if len(parts) > 1 else parts[0]
        if not lines.num_rows:
            return None
        return Batch(
            self.scopes.municipalities[place],
            fiscal_year,
            DIRECTIONS[way],
            lines,
            tuple(named.values()),
            (*self.members, *self._column_members(by_member)),
            self.columns.table.sheet,
        )

    def _part(
        self,
        member: tuple[str, str, str] | None,
        values: Dictionary[str, Cells],
        rows: Cells,
        width: int,
    ) -> pa.Table:
        """Return the lines of one member: rows without a figure of its own are not lines of it."""
        columns = dict(self.lines)
        if member:
            columns[member[0]] = constant(member[1], len(self.columns))
        columns["line_code"] = _line_codes(self.mapping, columns)
        nothing = constant(None, len(self.columns), MONEY)
        amounts = {f"amount_{n}": values.get(f"amount_{n}", nothing) for n in range(width)}
        has_figure = reduce(pc.or_, [pc.is_valid(cells) for cells in values.values()])
        wanted = pc.and_(rows, has_figure)
        table = pa.table({**columns, **amounts})
        return table if pc.all(wanted).as_py() else table.filter(wanted)

    def _column_members(
        self, by_member: Dictionary[tuple[str, str, str] | None, object]
    ) -> list[Member]:
        return [
            Member(member[0], member[1], "", member[1], 1, member[2])
            for member in by_member
            if member
        ]


def _head(
    statement: Statement, fiscal_year: int, stated: date | None, decision: str | None
) -> AmountColumn:
    is_dated = statement.stage not in (Stage.APPROVED, Stage.PROPOSED)
    return AmountColumn(
        "",
        statement.stage,
        statement.date_for(fiscal_year, stated),
        statement.rule.decision_number or (decision if is_dated else None),
    )


def _line_codes(mapping: Mapping, lines: Dictionary[str, Cells]) -> Cells:
    """Return the year-free codes: the classifications that stand in the file, in a fixed order."""
    stated = [rule.dimension for rule in mapping.classifications if not rule.link]
    stated += [rule.member[0] for rule in mapping.amounts if rule.member]
    parts = [
        pc.binary_join_element_wise(dimension, lines[dimension], "=")
        for dimension in dict.fromkeys(stated)
    ]
    if mapping.is_identified_by_label:
        parts.append(pc.binary_join_element_wise("label", escaped_marks(lines["label"]), "="))
    return pc.binary_join_element_wise(*parts, ";")


def long_amounts(batch: Batch) -> pa.Table:
    """Return one row per source row and statement that has a figure."""
    parts = []
    for column in batch.amounts:
        has_figure = pc.is_valid(batch.lines[column.column])
        count = pc.sum(has_figure).as_py() or 0
        parts.append(
            pa.table(
                {
                    "line_code": batch.lines["line_code"].filter(has_figure),
                    "stage": pa.array([column.stage.value] * count, pa.string()),
                    "as_of": pa.array([column.as_of] * count, pa.date32()),
                    "decision_number": pa.array([column.decision_number] * count, pa.string()),
                    "amount": batch.lines[column.column].filter(has_figure),
                }
            )
        )
    return pa.concat_tables(parts)
