"""Readers: bytes of a file to tables of text, numbered as in the file.

What a file is, is told from its bytes. Nothing raises for bad data: what cannot be read is a finding.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from budgeting.imports.readers.archive import Kind, kind_of
from budgeting.imports.readers.delimited import delimited_sheet
from budgeting.imports.readers.faults import Unreadable, unreadable
from budgeting.imports.readers.fiscal_package import (
    DESCRIPTOR,
    Package,
    descriptor_in,
    package,
    packed,
    without_data,
)
from budgeting.imports.readers.kolada import kolada_sheet
from budgeting.imports.readers.tables import hidden_sheet, other_sheets, table_of
from budgeting.imports.readers.workbook import Workbook, opened_workbook
from budgeting.imports.source import FileLayout, SourceFile, SourceTable
from budgeting.model import text

__all__ = ["descriptor_of", "read", "read_all", "sheets", "source_from_path"]

_DETECT = FileLayout()


def sheets(source: SourceFile) -> tuple[str, ...]:
    """Return the names of a workbook's sheets or of a package's files; "" alone for a text file.

    A file that cannot be read has none.
    """
    try:
        return _opened(source).names
    except Unreadable:
        return ()


def read(source: SourceFile, layout: FileLayout = _DETECT) -> SourceTable:
    """Return the table of a file, or of the sheet that `layout` names.

    Where it names none, this is the first sheet with rows of at least two columns; sheets that the
    workbook hides come last.
    """
    try:
        opened = _opened(source)
        if layout.sheet:
            return opened.table(_known(opened, layout.sheet), layout)
        return opened.first_table(layout)
    except Unreadable as fault:
        return _nothing(fault, layout.sheet or "")


def read_all(source: SourceFile, layout: FileLayout = _DETECT) -> tuple[SourceTable, ...]:
    """Return a table for every sheet with rows, hidden ones too; one with the finding if none has."""
    try:
        opened = _opened(source)
    except Unreadable as fault:
        return (_nothing(fault, ""),)
    tables = [_table_or_finding(opened, name, layout) for name in opened.names]
    return tuple(table for table in tables if not _is_empty(table)) or tuple(tables[:1])


def descriptor_of(source: SourceFile) -> dict[str, Any] | None:
    """Return the descriptor of a Fiscal Data Package; None for other files."""
    try:
        kind = kind_of(source.content)
        if kind == Kind.DESCRIPTOR:
            return descriptor_in(source.content)
        return package(source).descriptor if kind == Kind.PACKAGE else None
    except Unreadable:
        return None


def source_from_path(path: Path) -> SourceFile:
    """Return a file; a folder or descriptor of a Fiscal Data Package with all its files as a zip.

    Raises
    ------
    OSError
        There is no such file.
    """
    if path.is_dir() or path.name == DESCRIPTOR:
        return packed(path)
    return SourceFile(path.name, path.read_bytes())


class _Opened:
    """A file with one or several tables."""

    def __init__(
        self,
        names: tuple[str, ...],
        table: Callable[[str, FileLayout], SourceTable],
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.names = names
        self.table = table
        self._hidden = hidden

    def first_table(self, layout: FileLayout) -> SourceTable:
        """Return the first table with rows of at least two columns, else the first with any."""
        best: SourceTable | None = None
        for name in sorted(self.names, key=lambda name: name in self._hidden):
            table = _table_or_finding(self, name, layout)
            if table.rows.num_rows and len(table.header) > 1:
                return _with_others(table, len(self.names) - 1)
            best = best if best is not None and not _is_empty(best) else table
        if best is None:
            raise unreadable("empty-file", text("The file is empty."))
        return best


def _opened(source: SourceFile) -> _Opened:
    kind = kind_of(source.content)
    if kind == Kind.TEXT:
        return _Opened(("",), lambda _, layout: table_of(delimited_sheet(source, layout), layout))
    if kind == Kind.KOLADA:
        return _Opened(("",), lambda _, layout: table_of(kolada_sheet(source), layout))
    if kind == Kind.DESCRIPTOR:
        raise without_data()
    if kind == Kind.PACKAGE:
        return _opened_package(package(source))
    return _tables_of(opened_workbook(source, kind))


def _tables_of(opened: Workbook) -> _Opened:
    def table(name: str, layout: FileLayout) -> SourceTable:
        found = table_of(opened.sheet(name), layout)
        if name not in opened.hidden:
            return found
        return replace(found, findings=(hidden_sheet(name), *found.findings))

    return _Opened(opened.names, table, opened.hidden)


def _opened_package(opened: Package) -> _Opened:
    resources = {resource.name: resource for resource in opened.resources}
    if not resources:
        raise unreadable("package", text("The package describes no file of rows."))

    def table(name: str, layout: FileLayout) -> SourceTable:
        stated = resources[name].layout
        joined = replace(
            layout,
            encoding=layout.encoding or stated.encoding,
            delimiter=layout.delimiter or stated.delimiter,
            header_row=stated.header_row if layout.header_row is None else layout.header_row,
        )
        found = table_of(delimited_sheet(opened.source(resources[name]), joined), joined)
        return replace(found, sheet=name, layout=replace(found.layout, sheet=name))

    return _Opened(tuple(resources), table)


def _known(opened: _Opened, name: str) -> str:
    if name in opened.names:
        return name
    raise unreadable(
        "sheet",
        text(
            "The file has no sheet “{sheet}”. Its sheets are: {sheets}",
            sheet=name,
            sheets=", ".join(opened.names),
        ),
        text("Choose one of its sheets."),
    )


def _table_or_finding(opened: _Opened, name: str, layout: FileLayout) -> SourceTable:
    try:
        return opened.table(name, replace(layout, sheet=name or None))
    except Unreadable as fault:
        return _nothing(fault, name)


def _with_others(table: SourceTable, count: int) -> SourceTable:
    if not count:
        return table
    return replace(table, findings=(*table.findings, other_sheets(table.sheet, count)))


def _is_empty(table: SourceTable) -> bool:
    checks = {finding.check for finding in table.findings}
    return not table.rows.num_rows and checks <= {"empty-file", "hidden-sheet"}


def _nothing(fault: Unreadable, sheet: str) -> SourceTable:
    finding = replace(fault.finding, sheet=sheet) if sheet else fault.finding
    return SourceTable(
        (), pa.table({"row_number": pa.array([], pa.int32())}), findings=(finding,), sheet=sheet
    )
