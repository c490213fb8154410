"""Archives: what a file is, by its bytes, and zip files that are safe to unpack."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from budgeting.imports.progress import reached
from budgeting.imports.readers.faults import Unreadable, damaged, unreadable
from budgeting.model import Text, text

MOST_UNPACKED = 1 << 30
_MOST_MEMBERS = 10_000
# A sheet of a budget packs 5 to 30 times; repeated nothing packs a thousand times.
_HIGHEST_RATIO = 200
_SMALL = 50_000_000
_CHUNK = 1 << 22
_LOCAL_HEADER = 30


class Kind(StrEnum):
    """What a file is."""

    TEXT = "text"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PACKAGE = "package"
    DESCRIPTOR = "descriptor"
    KOLADA = "kolada"


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip file of which no member is larger unpacked than is safe to hold."""

    content: bytes
    members: dict[str, zipfile.ZipInfo]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a member; what its directory says is not believed.

        Raises
        ------
        Unreadable
            It is damaged, or unpacks to more than is safe.
        """
        total, size = 0, max(self.members[name].file_size, 1)
        for chunk in _inflated(self.content, self.members[name]):
            total += len(chunk)
            if total > MOST_UNPACKED or _is_blown_up(total, self.members[name].compress_size):
                raise _too_large()
            reached(text("Unpacking the file"), min(total / size, 1))
            yield chunk

    def read(self, name: str) -> bytes:
        """Return a member unpacked."""
        return b"".join(self.chunks(name))


def kind_of(content: bytes) -> Kind:
    """Return what a file is; its name does not count.

    Raises
    ------
    Unreadable
        It is a zip file or a document that Paritet does not read.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.XLS
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(archive(content).members)
    if content.startswith(_OTHER_KINDS):
        raise unreadable("not-text", _NOT_READ, _SAVE_AS)
    head = content[:200_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{"):
        return Kind.TEXT
    if b'"resources"' in content[:5_000_000]:
        return Kind.DESCRIPTOR
    return Kind.KOLADA if b'"values"' in head and b'"kpi"' in head else Kind.TEXT


_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"PK\x05\x06",
    b"SQLite format 3\x00",
)
_NOT_READ: Text = text("This is neither a text file nor a workbook that Paritet knows.")
_SAVE_AS: Text = text("Save it as CSV, XLSX or ODS, and import that file.")


def archive(content: bytes) -> Archive:
    """Open a zip file.

    Raises
    ------
    Unreadable
        It is damaged, encrypted, or its directory tells of more than is safe to unpack.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            members = {info.filename: info for info in opened.infolist()}
            count = len(opened.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise damaged() from None
    unpacked = sum(info.file_size for info in members.values())
    blown_up = any(_is_blown_up(info.file_size, info.compress_size) for info in members.values())
    if count > _MOST_MEMBERS or unpacked > MOST_UNPACKED or blown_up:
        raise _too_large()
    if count > len(members):  # two members of one name: programs disagree which one counts
        raise damaged()
    if any(info.flag_bits & 1 for info in members.values()):
        raise encrypted()
    return Archive(content, members)


def encrypted() -> Unreadable:
    """Return the exception for a file that asks for a password."""
    return unreadable(
        "encrypted-file",
        text("The file is protected by a password."),
        text("Save it without a password, and import that file."),
    )


def _kind_of_zip(members: dict[str, zipfile.ZipInfo]) -> Kind:
    if "xl/workbook.xml" in members:
        return Kind.XLSX
    if any(name.rsplit("/", 1)[-1] == "datapackage.json" for name in members):
        return Kind.PACKAGE
    if "content.xml" in members:
        return Kind.ODS
    if any(name.startswith("xl/") and name.endswith(".xml") for name in members):
        return Kind.XLSX
    message = text("The zip file holds neither a workbook nor a Fiscal Data Package.")
    raise unreadable("not-text", message, text("Unpack it, and import the files in it."))


def _is_blown_up(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL and unpacked > _HIGHEST_RATIO * max(packed, 1)


def _inflated(content: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    header = content[info.header_offset : info.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise damaged()
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = info.header_offset + _LOCAL_HEADER + lengths
    packed = content[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not inflater.eof:
            chunk = inflater.decompress(packed, _CHUNK)
            packed = inflater.unconsumed_tail
            yield chunk
    except zlib.error:
        raise damaged() from None
    if not inflater.eof:
        raise damaged()


def _too_large() -> Unreadable:
    return unreadable(
        "too-large",
        text("Unpacked, the file is far larger than any budget; it was not opened."),
        text("Copy the cells with figures into a new workbook, and import that file."),
    )
