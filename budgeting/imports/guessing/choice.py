"""Choice: which mapping a file is read by: the one that was named, the one that fits, or a guess."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import pyarrow.compute as pc

from budgeting.errors import BudgetingError, MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import Columns
from budgeting.imports.guessing.guess import Guess
from budgeting.imports.guessing.sheets_alike import guess_sheets
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import (
    mapping_from_entries,
    mapping_named,
    mapping_names,
)
from budgeting.imports.mappings.templates import template_with
from budgeting.imports.meaning.figures import figures_of
from budgeting.imports.readers import descriptor_of, read, read_all, sheets
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.imports.verdict import stated_layout
from budgeting.imports.words.vocabulary import fold
from budgeting.model import Severity, Text, plural_text, text

Origin = Literal["named", "fitting", "guessed"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The mapping that a file is read by, where it comes from, and why.

    ``guess`` has the reasons and the questions where it was guessed.
    """

    mapping: Mapping
    origin: Origin
    reason: Text
    guess: Guess | None = None


def chosen_mapping(source: SourceFile, answers: Answers, name: str | None = None) -> Choice:
    """Return the mapping `name`; without a name the only one that fits, else a guess.

    Raises
    ------
    MappingInvalid
        There is no mapping of that name.
    BudgetingError
        None fits, and none can be guessed.
    """
    if name:
        mapping = mapping_named(name)
        return Choice(mapping, "named", text("The mapping {name} was asked for.", name=name))
    fitting = fitting_mappings(source, answers)
    if len(fitting) == 1:
        return Choice(fitting[0], "fitting", _fits(fitting[0]))
    found, own = guessed(source, answers)
    if own is None:
        raise BudgetingError(_unreadable(source, answers) or _name_one(source, fitting))
    return Choice(own, "guessed", _guessed(fitting), found)


def guessed(source: SourceFile, answers: Answers) -> tuple[Guess, Mapping | None]:
    """Return the guess about a file, or the sheet asked for, and its mapping.

    The mapping is None where the table has no amounts, or what was found contradicts itself.
    """
    is_one = answers.layout.sheet is not None or len(sheets(source)) <= 1
    first = read(source, answers.layout)
    found = guess_sheets(first, () if is_one else read_all(source, answers.layout), answers)
    if not found.entries:
        return found, None
    try:
        return found, mapping_from_entries(_name(source), found.entries)
    except MappingInvalid:
        return found, None


def _name(source: SourceFile) -> str:
    """Return a name for the mapping guessed for a file."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(source.name.rpartition(".")[0])).strip("_")
    return f"guessed_{words}".rstrip("_")


def _fits(mapping: Mapping) -> Text:
    if mapping.has_descriptor:
        return text("The mapping {name} fits: the file describes itself.", name=mapping.name)
    return plural_text(
        "The mapping {name} fits: the file has the {count} column that it needs.",
        "The mapping {name} fits: the file has all {count} columns that it needs.",
        len(mapping.columns),
        name=mapping.name,
    )


def _guessed(fitting: tuple[Mapping, ...]) -> Text:
    if not fitting:
        return text("No mapping fits; this one was guessed from the file.")
    return text(
        "Several mappings fit: {names}. This one was guessed from the file; name the one that is meant.",
        names=", ".join(mapping.name for mapping in fitting),
    )


def _unreadable(source: SourceFile, answers: Answers) -> Text | None:
    """Return why nothing of a file can be read; None where it has a table."""
    table = read(source, answers.layout)
    errors = [found for found in table.findings if found.severity is Severity.ERROR]
    if table.rows.num_rows or not errors:
        return None
    return text("{file}: {reason}", file=source.name, reason=errors[0].message)


def _name_one(source: SourceFile, fitting: tuple[Mapping, ...]) -> Text:
    if fitting:
        return text(
            "Several mappings fit the file {file}: {names}. Name the one that is meant.",
            file=source.name,
            names=", ".join(mapping.name for mapping in fitting),
        )
    return text(
        "No mapping fits the file {file}, and none can be guessed. Name one of: {names}.",
        file=source.name,
        names=", ".join(mapping_names()),
    )


def fitting_mappings(
    source: SourceFile, answers: Answers, table: SourceTable | None = None
) -> tuple[Mapping, ...]:
    """Return the mappings, came with Paritet or saved here, that a file has all columns of.

    One that needs only some of the columns of another one does not count beside it. Where a mapping
    names no column but places only, the file has no header either and its cells must be readable.

    Parameters
    ----------
    table
        The first table of the file as `answers` have it read, where it was read already.
    """
    file = _File(source, answers, table)
    fitting = {mapping.name: mapping for mapping in _mappings() if file.has_all_of(mapping)}
    columns = {name: file.columns_of(mapping) for name, mapping in fitting.items()}
    return tuple(
        mapping
        for name, mapping in fitting.items()
        if not any(columns[name] < others for others in columns.values())
    )


def _mappings() -> Iterator[Mapping]:
    """Yield the mappings that can be read; one that cannot is told when it is named."""
    for name in mapping_names():
        try:
            yield mapping_named(name)
        except MappingInvalid:
            continue


class _File:
    """A file that mappings are tried on; it is read once for each way of reading it."""

    def __init__(self, source: SourceFile, answers: Answers, table: SourceTable | None) -> None:
        self._source = source
        self._answers = answers
        self._is_workbook = source.content.startswith((b"PK", b"\xd0\xcf"))
        self._tables = {_reading(answers.layout): table} if table else {}

    @cached_property
    def _describes_itself(self) -> bool:
        return descriptor_of(self._source) is not None

    def has_all_of(self, mapping: Mapping) -> bool:
        """Return whether the file has all columns that a mapping needs."""
        if self._describes_itself or mapping.has_descriptor:
            return self._describes_itself and mapping.has_descriptor
        if self._is_workbook and mapping.layout.header_row == 0 and mapping.layout.delimiter:
            return False  # text without a header
        table = self._table(mapping)
        if not table.header or not mapping.columns or Columns.of(table).missing(mapping.columns):
            return False
        if not all(_POSITION.fullmatch(name) for name in mapping.columns):
            return True
        if mapping.name == template_with(table.header):
            return True
        has_no_header = table.layout.header_row == mapping.layout.header_row == 0
        return has_no_header and self._is_readable(table, mapping)

    def columns_of(self, mapping: Mapping) -> frozenset[str]:
        """Return the columns of the file that a mapping needs."""
        columns = Columns.of(self._table(mapping))
        return frozenset(name for name in map(columns.name_of, mapping.columns) if name)

    def _table(self, mapping: Mapping) -> SourceTable:
        layout = replace(stated_layout(mapping.layout, self._answers.layout), style=None, styles={})
        if layout.header_row is None or self._answers.layout.header_row is not None:
            layout = replace(self._answers.layout, style=None, styles={}, sheet=layout.sheet)
        key = _reading(layout)
        if key not in self._tables:
            self._tables[key] = read(self._source, layout)
        return self._tables[key]

    def _is_readable(self, table: SourceTable, mapping: Mapping) -> bool:
        """Return whether the cells in the places of amounts are amounts."""
        figures = figures_of(Columns.of(table), mapping, self._answers.layout)
        is_wrong = any(pc.any(wrong).as_py() for wrong in figures.wrong.values())
        return bool(figures.values) and not figures.findings and not is_wrong


def _reading(layout: FileLayout) -> tuple[Any, ...]:
    """Return what of a layout changes the rows that are read."""
    return (*(getattr(layout, name) for name in _READING),)


_POSITION = re.compile(r"#\d+")
_READING = ("encoding", "delimiter", "sheet", "header_row", "header_rows")
