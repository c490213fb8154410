"""Figures: the rows of a file of use as figures of indicators, each with its row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pyarrow as pa

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Columns
from budgeting.imports.mappings.mapping import AmountRule, Mapping
from budgeting.imports.mappings.use_rule import UseFigureRule, UseRule
from budgeting.imports.meaning.figures import figures_of
from budgeting.imports.use.attributes import WRONG, Attributes, kind_or_actual
from budgeting.imports.use.words import group_of, is_not_stated
from budgeting.imports.words.persons import age_band
from budgeting.model import Finding, Severity, text
from budgeting.services.figures import fingerprint
from budgeting.services.model import ALL_SEXES, Indicator, Unit
from budgeting.services.validity import impossible_figure

_DECIMALS = 100  # amounts have two decimals, figures four


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure as a row of the file says it."""

    municipality_code: str
    indicator: Indicator
    fiscal_year: int
    kind: str
    sex: str
    ages: tuple[int, int | None] | None
    group: tuple[str, str]
    figure: Decimal
    grade: str
    source: str
    sample_size: int | None
    design_effect: Decimal | None
    row_number: int
    column: str

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells a figure from all others."""
        return (*self.whole, self.sex)

    @property
    def whole(self) -> tuple[Any, ...]:
        """What the figures of all sexes have in common."""
        return (
            self.municipality_code,
            self.indicator.code,
            self.fiscal_year,
            self.kind,
            self.ages,
            self.group,
        )


def counted(
    columns: Columns,
    mapping: Mapping,
    answers: Answers,
    told: tuple[Attributes, list[str | None], list[int]],
    findings: list[Finding],
) -> list[Counted]:
    """Return the figures of the rows that are not in error.

    Parameters
    ----------
    told
        What the rows say of themselves, whose they are and of which year; None and 0 for not known.
    findings
        Cells that are no possible figure are added, one per cell.
    """
    rule = mapping.use
    assert rule
    values = _values(columns, mapping, rule, answers, findings)
    wrong_rows = {found.row_number for found in findings if found.severity is Severity.ERROR}
    indicators = _indicators(told[0], rule)
    return [
        one
        for figure_rule in rule.figures
        for one in _of_column(columns, figure_rule, values[figure_rule.column], told, indicators)
        if one.row_number not in wrong_rows and not _impossible(one, findings)
    ]


def _values(
    columns: Columns,
    mapping: Mapping,
    rule: UseRule,
    answers: Answers,
    findings: list[Finding],
) -> dict[str, list[Decimal | None]]:
    """Return the figures by column, read as amounts are: the same styles, and the same questions."""
    names = list(dict.fromkeys(one.column for one in rule.figures))
    as_amounts = tuple(AmountRule(name, None, factor=_DECIMALS) for name in names)
    clear, not_stated = _without_marks(columns, names)
    read = figures_of(clear, replace(mapping, amounts=as_amounts), answers.layout)
    findings += [*read.findings, *not_stated]
    found = {}
    for name in names:
        for mask in (read.wrong[name], read.failed[name], read.rounded[name]):
            findings += _no_figures(columns, name, mask)
        found[name] = [
            None if value is None else value / _DECIMALS for value in read.values[name].to_pylist()
        ]
    return found


def _without_marks(columns: Columns, names: list[str]) -> tuple[Columns, list[Finding]]:
    """Clear the cells that say that a figure is not told, such as ``..`` or ``<5``; tell of each."""
    clear = Columns.of(columns.table)
    found: list[Finding] = []
    for name in names:
        cells = columns.cells(name)
        marks = [cell for cell in dict.fromkeys(cells.to_pylist()) if cell and is_not_stated(cell)]
        if not marks:
            continue
        found += _not_stated(columns, name, marks)
        written = [None if cell in marks else cell for cell in cells.to_pylist()]
        clear.trimmed[name] = _cells(written)
    return clear, found


def _cells(written: list[str | None]) -> Any:
    return pa.chunked_array([pa.array([cell or "" for cell in written], pa.string())])


def _not_stated(columns: Columns, name: str, marks: list[str]) -> Iterator[Finding]:
    numbers = columns.row_numbers.to_pylist()
    for number, cell in zip(numbers, columns.cells(name).to_pylist(), strict=True):
        if cell in marks:
            yield Finding(
                "not-stated",
                Severity.NOTE,
                text("The source does not tell this figure; it stays not known."),
                None,
                number,
                columns.name_of(name),
                cell,
            )


def _no_figures(columns: Columns, name: str, mask: Any) -> Iterator[Finding]:
    for number, cell in zip(
        columns.row_numbers.filter(mask).to_pylist(),
        columns.cells(name).filter(mask).to_pylist(),
        strict=True,
    ):
        yield Finding(
            "figure",
            Severity.ERROR,
            text("The cell is no figure."),
            text(
                "A figure is a number of at most four decimals; leave the cell empty where it is not known."
            ),
            number,
            columns.name_of(name),
            cell,
        )


def _indicators(rows: Attributes, rule: UseRule) -> list[Indicator]:
    """Return what each row counts; the same words give the same indicator."""
    known: dict[tuple[str, ...], Indicator] = {}
    found = []
    for place in range(len(rows.label)):
        unit = rows.unit[place] or Unit.OTHER
        key = (
            rows.label[place],
            unit.value,
            rows.unit_label[place],
            rows.programme[place],
            rows.organisation[place],
            rows.place[place],
            rows.others[place],
            rows.code[place],
        )
        if key not in known:
            known[key] = Indicator(
                _code(rule, key), key[0] or key[-1], unit, key[2], key[3], key[4], key[5]
            )
        found.append(known[key])
    return found


def _code(rule: UseRule, key: tuple[str, ...]) -> str:
    label, unit, _, programme, organisation, place, others, code = key
    if rule.code and code:
        return "@".join(part for part in (code, place) if part)
    return fingerprint(label, unit, programme, organisation, place, others)


def _of_column(
    columns: Columns,
    rule: UseFigureRule,
    values: list[Decimal | None],
    told: tuple[Attributes, list[str | None], list[int]],
    indicators: list[Indicator],
) -> Iterator[Counted]:
    """Yield the figures of a column; rows of which something is not known yield none."""
    rows, whose, years = told
    ages = age_band(rule.age) if rule.age else None
    group = group_of(rule.group) if rule.group else None
    column = columns.name_of(rule.column) or rule.column
    for place, number in enumerate(columns.row_numbers.to_pylist()):
        value, municipality = values[place], whose[place]
        said = (rows.sex[place], rows.ages[place], rows.group[place], rows.kind[place])
        asked = (rows.sample_size[place], rows.design_effect[place])
        if value is None or municipality is None or WRONG in (*said, *asked, rows.grade[place]):
            continue
        yield Counted(
            municipality,
            indicators[place],
            rule.year or years[place],
            kind_or_actual(rule.kind, said[3]).value,
            rule.sex or said[0] or ALL_SEXES,
            ages or said[1] or None,
            group or said[2],
            value,
            rows.grade[place] or "",
            rows.source[place],
            asked[0],
            asked[1],
            number,
            column,
        )


def _impossible(one: Counted, findings: list[Finding]) -> bool:
    reason = impossible_figure(one.indicator.unit, one.figure)
    if reason:
        findings.append(
            Finding(
                "impossible-figure",
                Severity.ERROR,
                reason,
                text("Correct the cell, or the unit of its row."),
                one.row_number,
                one.column,
                f"{one.figure.normalize():f}",
            )
        )
    return reason is not None
