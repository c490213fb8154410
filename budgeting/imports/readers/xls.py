"""XLS: how far its sheets reach and which formulas ended in an error, by [MS-CFB] and [MS-XLS]."""

import struct
from collections.abc import Iterator

from budgeting.imports.readers.archive import encrypted
from budgeting.imports.readers.faults import damaged
from budgeting.imports.readers.sheet_contents import SheetContents

_END = 0xFFFFFFFA  # this sector number and higher ones are no sectors
_FORMULA, _BOOLEAN_OR_ERROR, _BOUND_SHEET, _FILE_PASS, _EOF = 0x06, 0x205, 0x85, 0x2F, 0x0A
_BOF = 0x809
_MANY = 0xBD  # several numbers beside each other
_CELLS = {_FORMULA, _BOOLEAN_OR_ERROR, _MANY, 0x203, 0x204, 0x27E, 0xFD, 0xD6}
_BIFF8 = 0x600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def xls_contents(content: bytes) -> dict[str, SheetContents]:
    """Return by sheet how far it reaches and its errors.

    Raises
    ------
    Unreadable
        The file is damaged or encrypted.
    """
    try:
        stream = _workbook_stream(content)
        return {name: _contents(stream, at) for name, at in list(_sheets(stream))}
    except (struct.error, IndexError, ValueError):
        raise damaged() from None


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream of the document that holds the sheets."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise damaged()
    table = _allocation_table(content, size)
    directory_at, cutoff = struct.unpack_from("<I4xI", content, 48)
    directory = _chain(content, table, directory_at, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    streams = {_entry_name(entry): struct.unpack_from("<I", entry, 116)[0] for entry in entries}
    lengths = {_entry_name(entry): struct.unpack_from("<I", entry, 120)[0] for entry in entries}
    if "EncryptedPackage" in streams:
        raise encrypted()
    name = "Workbook" if "Workbook" in streams else "Book"
    if name not in streams:
        raise damaged()
    if lengths[name] >= cutoff:
        return _chain(content, table, streams[name], size)[: lengths[name]]
    small = _chain(content, table, streams["Root Entry"], size)
    small_table = _sectors(_chain(content, table, struct.unpack_from("<I", content, 60)[0], size))
    return _chain(small, small_table, streams[name], 64, first=0)[: lengths[name]]


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _allocation_table(content: bytes, size: int) -> list[int]:
    """Return by sector the sector that follows it."""
    listed = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while following < _END and following not in seen:
        seen.add(following)
        block = _sectors(_sector(content, following, size, 1))
        listed += block[:-1]
        following = block[-1]
    table: list[int] = []
    for sector in listed:
        if sector < _END:
            table += _sectors(_sector(content, sector, size, 1))
    return table


def _sectors(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _sector(content: bytes, sector: int, size: int, first: int) -> bytes:
    return content[(sector + first) * size : (sector + first + 1) * size]


def _chain(content: bytes, table: list[int], sector: int, size: int, first: int = 1) -> bytes:
    """Return the bytes of a stream that begins in `sector`."""
    parts: list[bytes] = []
    while sector < _END:
        if len(parts) > len(table):  # a ring
            raise damaged()
        parts.append(_sector(content, sector, size, first))
        sector = table[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _EOF:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Yield the name of every sheet and where its records begin."""
    version = 0
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            version = struct.unpack_from("<H", body)[0]
        if kind == _FILE_PASS:
            raise encrypted()
        if kind == _BOUND_SHEET:
            at, length = struct.unpack_from("<I2xB", body)
            yield _sheet_name(body, length, version), at


def _sheet_name(body: bytes, length: int, version: int) -> str:
    if version < _BIFF8:
        return body[7 : 7 + length].decode("cp1252", "replace")
    if body[7] & 1:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


def _contents(stream: bytes, at: int) -> SheetContents:
    rows = columns = filled = 0
    errors: list[tuple[int, int, str]] = []
    for kind, body in _records(stream, at):
        if kind in _CELLS:
            row, first = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MANY else first
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            filled += last - first + 1
            code = _error_code(kind, body)
            if code is not None:
                errors.append((row + 1, first, _ERRORS.get(code, "#ERROR!")))
    return SheetContents(rows, columns, filled, tuple(errors))


def _error_code(kind: int, body: bytes) -> int | None:
    if kind == _BOOLEAN_OR_ERROR and body[7]:
        return body[6]
    is_error = kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2  # noqa: PLR2004
    return body[8] if is_error else None
