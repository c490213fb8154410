"""Batches: the lines of one municipality, year and direction, put together from rows and statements."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, reduce
from itertools import product

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Cells, constant
from budgeting.imports.cells.encoded import Encoded
from budgeting.imports.mappings.mapping import DIMENSION_NAMES, Mapping, MunicipalityRule
from budgeting.imports.meaning.asked import DIRECTIONS
from budgeting.imports.meaning.fates import Fates
from budgeting.imports.meaning.figures import MONEY
from budgeting.imports.meaning.members import SEPARATOR, Member, escaped_marks
from budgeting.imports.meaning.scopes import Scopes
from budgeting.imports.meaning.statements import Statement
from budgeting.model import Direction, Finding, Severity, Stage, text
from budgeting.names import stage_name

Key = tuple[int, int, int]
"""Place of the municipality, place of the direction, and fiscal year, 0 where columns say it."""


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """Which statement of amounts a column of a batch holds; `sources` are the file's columns."""

    column: str
    stage: Stage
    as_of: date | None
    decision_number: str | None
    sources: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
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

    @cached_property
    def line_codes(self) -> Encoded:
        """The codes of the rows' lines, each once: long texts, which are compared only here."""
        return Encoded.exactly(self.lines["line_code"])


@dataclass(frozen=True, slots=True)
class Lines:
    """What the rows of a table have apart from their amounts: fates, scopes, places, members."""

    mapping: Mapping
    answers: Answers
    fates: Fates
    scopes: Scopes
    columns: Dictionary[str, Cells]
    members: list[Member]
    sheet: str

    def __len__(self) -> int:
        return len(self.fates.codes)


def compose(lines: Lines, statements: list[Statement]) -> tuple[tuple[Batch, ...], list[Finding]]:
    """Return the batches in the order of municipalities and years, and the columns that collide."""
    found = []
    plans: dict[tuple[int, int, int, int], _Plan] = {}
    own_years = {statement.year for statement in statements if statement.year}
    for (place, of_row, year), rows in _scopes_of_lines(lines):
        years = sorted(own_years | ({year} if year else set()))
        for fiscal_year, way in product(years, range(len(DIRECTIONS))):
            chosen = [
                one
                for one in statements
                if (one.year or year) == fiscal_year and _way(one, of_row) == way
            ]
            if not chosen:
                continue
            if (year, fiscal_year, of_row, way) not in plans:
                plans[(year, fiscal_year, of_row, way)] = _plan(lines, chosen, fiscal_year)
            plan = plans[(year, fiscal_year, of_row, way)]
            batch = _batch(lines, plan, (place, way, fiscal_year), rows)
            if batch.lines.num_rows:
                found.append(batch)
    collisions = [finding for plan in plans.values() for finding in plan.collisions]
    return tuple(found), list(dict.fromkeys(collisions))


def _way(statement: Statement, of_row: int) -> int:
    """Return the place of the direction of a statement: its column's own, else that of the row."""
    own = statement.rule.direction
    return DIRECTIONS.index(own) if own else of_row


def _scopes_of_lines(lines: Lines) -> list[tuple[Key, npt.NDArray[np.int64] | None]]:
    """Return the combinations of scopes that lines have, with their rows; None stands for all lines."""
    scopes = lines.scopes
    stacked = np.stack([scopes.municipality, scopes.direction, scopes.year], axis=1)
    rows = np.flatnonzero(lines.fates.is_line.to_numpy())
    if not len(rows):
        return []
    own = stacked[rows]
    if (own[0] == own).all():
        key = (int(own[0][0]), int(own[0][1]), int(own[0][2]))
        return [(key, None)] if key[0] >= 0 else []
    keys, places = np.unique(own, axis=0, return_inverse=True)
    order = np.argsort(places.ravel(), kind="stable")
    parts = np.split(rows[order], np.cumsum(np.bincount(places.ravel()))[:-1])
    return [
        ((int(a), int(b), int(c)), part)
        for (a, b, c), part in zip(keys, parts, strict=True)
        if a >= 0
    ]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The statements of a year as columns: per member one table of all rows, and which have a figure."""

    amounts: tuple[AmountColumn, ...]
    parts: tuple[tuple[pa.Table, npt.NDArray[np.bool_]], ...]
    members: tuple[Member, ...]
    collisions: tuple[Finding, ...]


def _plan(lines: Lines, statements: list[Statement], fiscal_year: int) -> _Plan:
    stated = (lines.answers.as_of, lines.answers.decision_number)
    heads: dict[AmountColumn, tuple[str, ...]] = {}
    by_member: dict[tuple[str, str, str] | None, dict[AmountColumn, Cells]] = {}
    collisions: list[Finding] = []
    for statement in statements:
        head = _head(statement, fiscal_year, *stated)
        values = by_member.setdefault(statement.member, {})
        known = values.get(head)
        if known is not None and _both(known, statement.values, lines):
            collisions.append(_collision(statement, fiscal_year))
        values[head] = statement.values if known is None else pc.coalesce(known, statement.values)
        heads[head] = (*heads.get(head, ()), *statement.sources)
    amounts = tuple(
        replace(head, column=f"amount_{n}", sources=sources)
        for n, (head, sources) in enumerate(heads.items())
    )
    parts = [
        _part(lines, member, [values.get(head) for head in heads])
        for member, values in by_member.items()
    ]
    members = [Member(m[0], m[1], "", m[1], 1, m[2]) for m in by_member if m]
    return _Plan(amounts, tuple(parts), (*lines.members, *members), tuple(collisions))


def _both(one: Cells, other: Cells, lines: Lines) -> bool:
    """Return whether a line has figures of both columns."""
    both = pc.and_(pc.is_valid(one), pc.is_valid(other))
    return bool(pc.any(pc.and_(both, lines.fates.is_line)).as_py())


def _collision(statement: Statement, fiscal_year: int) -> Finding:
    return Finding(
        "one-statement",
        Severity.ERROR,
        text(
            "Two columns hold the same statement ({stage} {year}); “{column}” is one of them.",
            stage=stage_name(statement.stage),
            year=str(fiscal_year),
            column=statement.rule.column,
        ),
        text(
            "Say in the mapping, or in the answers, in what they differ: stage, year, date or fund."
        ),
        column=statement.rule.column,
    )


def _part(
    lines: Lines, member: tuple[str, str, str] | None, values: list[Cells | None]
) -> tuple[pa.Table, npt.NDArray[np.bool_]]:
    """Return the rows as lines of one member; those without a figure of it are no lines of it."""
    columns = dict(lines.columns)
    if member:
        columns[member[0]] = constant(member[1], len(lines))
    columns["line_code"] = _line_codes(lines.mapping, columns)
    nothing = constant(None, len(lines), MONEY)
    amounts = {f"amount_{n}": nothing if v is None else v for n, v in enumerate(values)}
    has_figure = reduce(pc.or_, [pc.is_valid(cells) for cells in values if cells is not None])
    return pa.table({**columns, **amounts}), np.asarray(has_figure)


def _batch(lines: Lines, plan: _Plan, key: Key, rows: npt.NDArray[np.int64] | None) -> Batch:
    place, way, fiscal_year = key
    tables = [_chosen(table, has_figure, lines, rows) for table, has_figure in plan.parts]
    together = pa.concat_tables(tables) if len(tables) > 1 else tables[0]
    return Batch(
        lines.scopes.municipalities[place],
        fiscal_year,
        DIRECTIONS[way],
        together,
        plan.amounts,
        plan.members if rows is None else _used(plan.members, together),
        lines.sheet,
    )


def _chosen(
    table: pa.Table,
    has_figure: npt.NDArray[np.bool_],
    lines: Lines,
    rows: npt.NDArray[np.int64] | None,
) -> pa.Table:
    if rows is not None:
        return table.take(pa.array(rows[has_figure[rows]]))
    wanted = has_figure & lines.fates.is_line.to_numpy()
    return table if wanted.all() else table.filter(pa.array(wanted))


def _used(members: tuple[Member, ...], lines: pa.Table) -> tuple[Member, ...]:
    """Return the members that the lines have, and those above them."""
    used: set[tuple[str, str]] = set()
    for dimension in DIMENSION_NAMES:
        for path in pc.unique(lines[dimension]).to_pylist():
            steps = path.split(SEPARATOR)
            used |= {(dimension, SEPARATOR.join(steps[:n])) for n in range(1, len(steps) + 1)}
    return tuple(member for member in members if (member.dimension, member.path_code) in used)


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
    parts = [(dimension, lines[dimension]) for dimension in dict.fromkeys(stated)]
    if mapping.is_identified_by_label:
        parts.append(("label", escaped_marks(lines["label"])))
    written: list[Cells | str] = []
    for name, cells in parts:
        written += [f";{name}=" if written else f"{name}=", cells]
    return pc.binary_join_element_wise(*written, "")


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
