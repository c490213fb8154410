"""Statements: which amounts of a table are one statement of a stage, as of a date."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, Columns
from budgeting.imports.cells.dates import DATE_STYLES, dates, dates_possible
from budgeting.imports.mappings.mapping import TO_DATE, AmountRule, Mapping
from budgeting.imports.meaning.figures import MONEY, Figures
from budgeting.imports.meaning.months import sums_to_date
from budgeting.imports.meaning.row_checks import remainders, whole_of
from budgeting.model import Finding, Severity, Stage, text
from budgeting.names import stage_name

_NO_FIGURE = pa.scalar(None, MONEY)


@dataclass(frozen=True, slots=True)
class Statement:
    """Amounts of one stage and date, one per row of the table, null where a row has none.

    ``sources`` are the columns of the file as the mapping calls them. ``year`` is None where the year is
    the row's or the file's; ``member`` is the dimension, code and label that the column stands for.
    """

    rule: AmountRule
    sources: tuple[str, ...]
    stage: Stage
    year: int | None
    as_of: date | None
    member: tuple[str, str, str] | None
    values: Cells

    def date_for(self, fiscal_year: int, stated: date | None) -> date | None:
        """Return the date of the statement in a fiscal year; `stated` where nothing else says it."""
        return self.as_of or self.rule.date_for(fiscal_year, stated)


def statements_of(
    columns: Columns,
    mapping: Mapping,
    answers: Answers,
    figures: Figures,
    rows: tuple[Cells, npt.NDArray[np.int32]],
) -> tuple[list[Statement], list[Finding]]:
    """Return the statements of a table, and the questions that stand in their way.

    `rows` says which rows are lines, and of which municipality each is.
    """
    statements: list[Statement] = []
    to_date, findings = sums_to_date(mapping, lambda rule: _values(rule, columns, figures), rows[0])
    for place, rule in enumerate(mapping.amounts):
        stage = rule.stage or answers.stage
        if stage is None or (rule.months and stage not in TO_DATE):
            findings.append(_no_stage(rule) if stage is None else _no_months_of(rule, stage))
        elif rule.date_column:
            values = _values(rule, columns, figures)
            statements += _dated(rule, stage, values, columns, (*rows, findings))
        elif not rule.months:
            values = _values(rule, columns, figures)
            statements.append(_statement(rule, stage, (rule.column,), values))
        elif place in to_date:
            sums = to_date[place]
            statements.append(_statement(rule, stage, sums.columns, sums.values))
    for sum_rule in mapping.sums:
        part = whole_of(sum_rule, mapping)
        if part and (stage := part.stage or answers.stage):
            rest = remainders(sum_rule, figures)
            rest = pc.negate(rest) if part.is_negated else rest
            sources = (sum_rule.column,)
            statements.append(Statement(part, sources, stage, part.year, None, None, rest))
    return statements, findings


def _statement(
    rule: AmountRule, stage: Stage, columns: tuple[str, ...], values: Cells
) -> Statement:
    sources = ("",) if rule.where else columns  # their totals confirm more than this part
    return Statement(rule, sources, stage, rule.year, None, rule.member, values)


def _values(rule: AmountRule, columns: Columns, figures: Figures) -> Cells:
    values = figures.values[rule.column]
    if rule.is_negated:
        values = pc.negate(values)
    return pc.if_else(columns.matching(rule.where), values, _NO_FIGURE) if rule.where else values


def _dated(
    rule: AmountRule,
    stage: Stage,
    values: Cells,
    columns: Columns,
    noted: tuple[Cells, npt.NDArray[np.int32], list[Finding]],
) -> list[Statement]:
    """Return one statement per date: for each municipality the first of a year, and the later ones."""
    is_line, places, findings = noted
    assert rule.date_column
    cells = columns.cells(rule.date_column)
    style, question = _date_style(rule, columns, cells.filter(is_line))
    if question:
        findings.append(question)
        return []
    read = dates(cells, style).values
    lost = pc.and_(pc.and_(pc.is_null(read), is_line), pc.is_valid(values))
    numbers = columns.row_numbers.filter(lost).to_pylist()
    for row_number, cell in zip(numbers, cells.filter(lost).to_pylist(), strict=True):
        findings.append(_no_date(row_number, columns.name_of(rule.date_column), cell))
    has_figure = pc.and_(is_line, pc.is_valid(values))
    days = sorted(day for day in pc.unique(read.filter(has_figure)).to_pylist() if day)
    is_first = _are_first(read, places, has_figure)
    statements = []
    for day in days:
        of_day = pc.fill_null(pc.equal(read, day), False)
        for is_chosen, named in (
            (is_first, stage),
            (pc.invert(is_first), rule.later_stage or stage),
        ):
            own = pc.if_else(pc.and_(of_day, is_chosen), values, _NO_FIGURE)
            if own.null_count < len(own):
                statements.append(Statement(rule, ("",), named, day.year, day, rule.member, own))
    return statements


def _are_first(read: Cells, places: npt.NDArray[np.int32], has_figure: Cells) -> Cells:
    """Return the rows whose date is the first of its year in their municipality."""
    table = pa.table({"place": places, "year": pc.year(read), "day": read, "counts": has_figure})
    counted = table.filter(table["counts"]).group_by(["place", "year"]).aggregate([("day", "min")])
    firsts = {(row["place"], row["day_min"]) for row in counted.to_pylist()}
    pairs = zip(places.tolist(), read.to_pylist(), strict=True)
    return pa.chunked_array([pa.array([pair in firsts for pair in pairs], pa.bool_())])


def _date_style(rule: AmountRule, columns: Columns, cells: Cells) -> tuple[str, Finding | None]:
    """Return how the dates are written; a question where day and month could be either."""
    if rule.date_style:
        return rule.date_style, None
    possible = dates_possible(cells)
    if len(possible) > 1:
        example = _differing(cells, possible)
        return "", Finding(
            "date-style",
            Severity.ERROR,
            text("“{example}” can be read in two ways: day first or month first.", example=example),
            text("State date_style in the mapping: {styles}.", styles=", ".join(possible)),
            column=columns.name_of(rule.date_column or ""),
            value=example,
        )
    if possible:
        return possible[0], None
    misread = {style: pc.sum(dates(cells, style).wrong).as_py() or 0 for style in DATE_STYLES}
    return min(misread, key=lambda style: misread[style]), None


def _differing(cells: Cells, styles: tuple[str, ...]) -> str:
    """Return a cell that the styles read differently."""
    texts = pc.unique(cells)
    readings = [dates(pa.chunked_array([texts]), style).values.to_pylist() for style in styles]
    for text_, *days in zip(texts.to_pylist(), *readings, strict=True):
        if len(set(days)) > 1:
            return str(text_)
    return str(texts[0])


def _no_stage(rule: AmountRule) -> Finding:
    return Finding(
        "stage",
        Severity.ERROR,
        text("It is not known which stage the amounts of “{column}” are of.", column=rule.column),
        text(
            "State it (--stage, or on the page): proposed, approved, revised, committed, executed."
        ),
        column=rule.column,
    )


def _no_months_of(rule: AmountRule, stage: Stage) -> Finding:
    return Finding(
        "months",
        Severity.ERROR,
        text(
            "“{column}” is of a single month or quarter; such columns are added up to what was executed "
            "to date, not to amounts {stage}.",
            column=rule.column,
            stage=stage_name(stage),
        ),
        text("Take the column of the whole year instead, or state the stage executed."),
        column=rule.column,
    )


def _no_date(row_number: int, column: str | None, cell: str) -> Finding:
    return Finding(
        "date",
        Severity.ERROR,
        text("“{value}” is not a date.", value=cell),
        text("Dates look like 2024-06-30 or 30.06.2024."),
        row_number,
        column,
        cell,
    )
