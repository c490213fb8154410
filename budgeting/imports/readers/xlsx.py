"""XLSX: how far its sheets reach and which of their formulas ended in an error."""

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from budgeting.imports.readers.archive import Archive, archive
from budgeting.imports.readers.faults import damaged
from budgeting.imports.readers.sheet_contents import MOST_CELLS, SheetContents

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_FAR_COLUMN = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{2,})\d")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d+)")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt\s*=\s*[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_NARROW = 26  # columns A to Z
_WIDEST = 16_384


def xlsx_contents(content: bytes) -> dict[str, SheetContents]:
    """Return by sheet how far it reaches and its errors; every part is unpacked once to be safe.

    Raises
    ------
    Unreadable
        The file is damaged, or unpacks to more than is safe.
    """
    opened = archive(content)
    paths = _sheet_paths(opened)
    for member in set(opened.members) - set(paths.values()):
        if member.lower().endswith((".xml", ".rels")):
            for _ in opened.chunks(member):
                pass  # only to see that it is safe
    return {name: _contents(opened, path) for name, path in paths.items() if path in opened.members}


def _sheet_paths(opened: Archive) -> dict[str, str]:
    """Return the member of every sheet by the sheet's name."""
    try:
        book = ElementTree.fromstring(_without_doctype(opened, "xl/workbook.xml"))
        relations = ElementTree.fromstring(_without_doctype(opened, "xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError):
        raise damaged() from None
    targets = {entry.get("Id"): entry.get("Target", "") for entry in relations}
    sheets = [entry for entry in book.iter() if entry.tag.rsplit("}", 1)[-1] == "sheet"]
    return {
        entry.get("name", ""): posixpath.normpath(
            posixpath.join("/xl", targets.get(_relation_of(entry), ""))
        ).lstrip("/")
        for entry in sheets
    }


def _relation_of(entry: ElementTree.Element) -> str | None:
    return next(
        (value for key, value in entry.items() if key == _RELATION or key.endswith("}id")), None
    )


def _without_doctype(opened: Archive, member: str) -> bytes:
    """Return a part of the workbook; one that defines entities is not read."""
    part = opened.read(member)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise damaged()
    return part


def _contents(opened: Archive, member: str) -> SheetContents:
    rows, columns = 0, _NARROW
    is_placed = True
    errors: list[tuple[int, int, str]] = []
    for piece in _pieces(opened, member):
        rows = max([rows, *map(int, _ROW.findall(piece))])
        if _FAR_COLUMN.search(piece):
            columns = max([columns, *map(_column_number, set(_FAR_COLUMN.findall(piece)))])
        is_placed &= _is_placed(piece)
        errors.extend(_errors(piece))
    if rows * columns > MOST_CELLS or not is_placed:
        rows, columns = _filled_area(opened, member, rows)
    return SheetContents(rows, columns, tuple(errors))


def _is_placed(piece: bytes) -> bool:
    """Return whether all cells say where they stand, in the usual way of writing."""
    count = piece.count(b"<c ")
    return count == piece.count(b"<c r=") and b"<c>" not in piece and b":c " not in piece


def _pieces(opened: Archive, member: str) -> Iterator[bytes]:
    """Yield a part of the workbook in pieces that end before a cell begins."""
    rest = b""
    for chunk in opened.chunks(member):
        piece = rest + chunk
        end = max(piece.rfind(b"<c "), piece.rfind(b"<row"))
        end = end if end > 0 else len(piece)
        rest = piece[end:]
        yield piece[:end]
    yield rest


def _errors(piece: bytes) -> Iterator[tuple[int, int, str]]:
    for attributes, body in _ERROR.findall(piece):
        place, value = _PLACE.search(attributes), _VALUE.search(body)
        if place and not attributes.endswith(b"/"):
            error = value[1].decode("utf-8", "replace") if value else "#ERROR!"
            yield int(place[2]), _column_number(place[1]) - 1, error


def _filled_area(opened: Archive, member: str, last_row: int) -> tuple[int, int]:
    """Return the last row and column of a cell that is not only formatted."""
    rows = columns = unplaced = 0
    for piece in _pieces(opened, member):
        for found in _CELL.finditer(piece):
            place = _PLACE.search(found[1])
            if place and not found[1].endswith(b"/"):
                rows = max(rows, int(place[2]))
                columns = max(columns, _column_number(place[1]))
            unplaced += place is None
    return (
        (max(rows, last_row), max(columns, min(unplaced, _WIDEST))) if unplaced else (rows, columns)
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
