"""Fiscal Data Packages: a descriptor and its files of rows, in a folder or a zip file."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from budgeting.imports.readers.archive import Archive, archive
from budgeting.imports.readers.faults import Unreadable, unreadable
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.model import text

DESCRIPTOR = "datapackage.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes
_LARGEST_DESCRIPTOR = 5_000_000


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of rows of a package and what the descriptor says about it."""

    name: str
    path: str
    layout: FileLayout


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package."""

    opened: Archive
    folder: str
    descriptor: dict[str, Any]

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The delimited files of the package, in order."""
        entries = self.descriptor.get("resources")
        listed = entries if isinstance(entries, list) else []
        return tuple(
            _resource(entry, place) for place, entry in enumerate(listed, 1) if _is_table(entry)
        )

    def source(self, resource: Resource) -> SourceFile:
        """Return the file of a resource.

        Raises
        ------
        Unreadable
            The package does not hold it.
        """
        path = f"{self.folder}{resource.path.removeprefix('./')}"
        if path not in self.opened.members:
            raise unreadable(
                "package",
                text(
                    "The package does not hold the file “{path}” that it describes.",
                    path=resource.path,
                ),
                text("Pack datapackage.json and its files into one zip file, and import that."),
            )
        return SourceFile(resource.path, self.opened.read(path))


def package(source: SourceFile) -> Package:
    """Open a package.

    Raises
    ------
    Unreadable
        It is damaged, or its descriptor is.
    """
    opened = archive(source.content)
    names = [name for name in opened.members if name.rsplit("/", 1)[-1] == DESCRIPTOR]
    name = min(names, key=lambda name: (name.count("/"), name))
    return Package(opened, name.removesuffix(DESCRIPTOR), descriptor_in(opened.read(name)))


def descriptor_in(content: bytes) -> dict[str, Any]:
    """Return a descriptor.

    Raises
    ------
    Unreadable
        It is no JSON object.
    """
    try:
        found = json.loads(content[:_LARGEST_DESCRIPTOR].decode("utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise unreadable(
            "package", text("The descriptor of the package, datapackage.json, is damaged.")
        )
    return found


def without_data() -> Unreadable:
    """Return the exception for a descriptor that came without its files."""
    return unreadable(
        "package",
        text("This is only the descriptor of a Fiscal Data Package; the rows are in other files."),
        text("Pack datapackage.json and its files into one zip file, and import that."),
    )


def packed(path: Path) -> SourceFile:
    """Return a folder or a descriptor with the files it describes as one zip file."""
    folder = path if path.is_dir() else path.parent
    descriptor = folder / DESCRIPTOR if path.is_dir() else path
    content = descriptor.read_bytes()
    packing = BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(_member(DESCRIPTOR), content)
        for name in _files_beside(content, folder):
            opened.writestr(_member(name), (folder / name).read_bytes())
    return SourceFile(path.name, packing.getvalue())


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _files_beside(content: bytes, folder: Path) -> Iterator[str]:
    """Yield the files that a descriptor names, as far as they are in its folder."""
    try:
        entries = descriptor_in(content).get("resources")
    except Unreadable:
        return
    listed = [entry for entry in entries if _is_table(entry)] if isinstance(entries, list) else []
    for path in dict.fromkeys(_resource(entry, 1).path.removeprefix("./") for entry in listed):
        place = (folder / path).resolve()
        if place.is_file() and place.is_relative_to(folder.resolve()) and path != DESCRIPTOR:
            yield path


def _is_table(entry: Any) -> bool:
    """Return whether a resource is a file of delimited text."""
    if not isinstance(entry, dict) or not _path(entry):
        return False
    written = str(entry.get("format") or PurePosixPath(_path(entry)).suffix[1:]).lower()
    return written in ("csv", "tsv", "txt", "")


def _path(entry: dict[str, Any]) -> str:
    path = entry.get("path")
    first = path[0] if isinstance(path, list) and path else path
    return first if isinstance(first, str) else ""


def _resource(entry: dict[str, Any], place: int) -> Resource:
    name = entry.get("name")
    return Resource(
        name if isinstance(name, str) and name else f"#{place}", _path(entry), _layout(entry)
    )


def _layout(entry: dict[str, Any]) -> FileLayout:
    """Return what a descriptor states; its words for what is usual are not taken for a statement."""
    dialect = entry.get("dialect")
    stated = dialect if isinstance(dialect, dict) else {}
    delimiter, encoding = stated.get("delimiter"), entry.get("encoding")
    layout = FileLayout(
        encoding=encoding if isinstance(encoding, str) else None,
        delimiter=delimiter if isinstance(delimiter, str) and len(delimiter) == 1 else None,
    )
    return replace(layout, header_row=0) if stated.get("header") is False else layout
