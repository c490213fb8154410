"""XLSX: how far its sheets reach and which of their formulas ended in an error."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.readers.archive import Archive, archive
from budgeting.imports.readers.faults import damaged
from budgeting.imports.readers.sheet_contents import NO_RESULT, SheetContents

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What asks for a closer look: a cell beyond column Z or row 199,999 or written in an unusual way, a
# formula, an error. Arrow finds out in one fast pass that a usual sheet has nothing of it.
_UNUSUAL = (
    r'<c r="[A-Za-z](?:[A-Za-z]|[2-9][0-9]{5}|[0-9]{7})'
    r"|<c>|<c[\t\r\n]|<c [^r]|<c r[^=]|<c r=[^\"]|:c[ >]|[\"']e[\"']|<f|:f"
)
_PLACES = re.compile(rb'<c r="([A-Za-z]+)([0-9]+)')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d+)")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*\bt\s*=\s*[\"']e[\"'][^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_NEAR_ROWS, _NEAR_COLUMNS = 199_999, 26
_WIDEST, _LONGEST = 16_384, 1_048_576
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt=\"str\")([^>]*[^>/])><(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


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
    rows, columns, filled = _NEAR_ROWS, _NEAR_COLUMNS, 0
    errors: list[tuple[int, int, str]] = []
    for piece in _pieces(opened, member):
        filled += piece.count(b"<c ")
        if _is_unusual(piece):
            rows, columns = _furthest(piece, rows, columns)
            errors.extend(_errors(piece))
    contents = SheetContents(rows, columns, filled, tuple(errors))
    return _closely(opened, member, contents) if contents.is_too_large else contents


def _is_unusual(piece: bytes) -> bool:
    return bool(pc.match_substring_regex(pa.array([piece], pa.binary()), _UNUSUAL)[0].as_py())


def _furthest(piece: bytes, rows: int, columns: int) -> tuple[int, int]:
    """Return the last row and column that a cell may have."""
    places = set(_PLACES.findall(piece))
    if len(_CELL.findall(piece)) > piece.count(b'<c r="'):
        return _LONGEST, _WIDEST  # a cell does not say where it stands
    columns = max(columns, *map(_column_number, {column for column, _ in places}))
    return max(rows, *(int(row) for _, row in places)), columns


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
    """Yield formula errors, and formulas that no program has computed."""
    if b'="e"' in piece or b"='e'" in piece:
        for attributes, body in _ERROR.findall(piece):
            value = _VALUE.search(body)
            if not attributes.endswith(b"/"):
                error = value[1].decode("utf-8", "replace") if value else "#ERROR!"
                yield from _at(attributes, error)
    if b"</f>" in piece or b":f>" in piece:
        for attributes in _NO_RESULT.findall(piece):
            yield from _at(attributes, NO_RESULT)


def _at(attributes: bytes, error: str) -> Iterator[tuple[int, int, str]]:
    if place := _PLACE.search(attributes):
        yield int(place[2]), _column_number(place[1]) - 1, error


def _closely(opened: Archive, member: str, contents: SheetContents) -> SheetContents:
    """Return the contents by a look at every cell; those that are only formatted do not count."""
    rows = columns = filled = unplaced = 0
    for piece in _pieces(opened, member):
        for found in _CELL.finditer(piece):
            place = _PLACE.search(found[1])
            unplaced += place is None
            if place and not found[1].endswith(b"/"):
                rows = max(rows, int(place[2]))
                columns = max(columns, _column_number(place[1]))
                filled += 1
    if unplaced:  # such a cell stands right of the one before it, or below
        rows, columns = max(rows, min(unplaced, _LONGEST)), max(columns, min(unplaced, _WIDEST))
    return replace(contents, rows=rows, columns=columns, filled=filled + unplaced)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
