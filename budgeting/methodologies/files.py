"""The methodology files that came with Paritet and those beside the database.

Those beside the database are looked at anew at every question, so a file that was added or changed is
used at once; what was read is kept until its file changes. A page asks many times: all of one look at
it are answered by what the first of them found. Those that came with Paritet are a part of the program
that runs.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from budgeting.errors import UnknownMethodology
from budgeting.methodologies.cases import failures, read_cases
from budgeting.methodologies.entries import MethodologyFault
from budgeting.methodologies.model import Methodology
from budgeting.methodologies.reading import read_entries, read_methodology
from budgeting.model import text
from budgeting.settings import DATA, settings

FOLDER = DATA / "methodologies"
Stamps = tuple[tuple[Path, str, int, int, int], ...]
_LOOKED: ContextVar[list[Stamps] | None] = ContextVar("looked", default=None)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What all files say together: what can be used, by code and validity, and what is wrong."""

    methodologies: tuple[Methodology, ...]
    faults: tuple[MethodologyFault, ...]


def own_folder() -> Path:
    """Return where a municipality keeps its own methodologies: beside the database."""
    return settings().database.parent / "methodologies"


def methodologies() -> tuple[Methodology, ...]:
    """Return every methodology in every version that can be used, by code and validity."""
    return _shelf(files_state()).methodologies


def faults() -> tuple[MethodologyFault, ...]:
    """Return what is wrong with files that are refused; the others are used all the same."""
    return _shelf(files_state()).faults


@contextmanager
def looking_once() -> Iterator[None]:
    """Let the first look at the files be the only one for everything that is asked inside."""
    if _LOOKED.get() is not None:  # inside a look that goes on
        yield
        return
    before = _LOOKED.set([])
    try:
        yield
    finally:
        _LOOKED.reset(before)


def files_state() -> Stamps:
    """Return what changes whenever a file is added, changed or removed: a key for caches."""
    looked = _LOOKED.get()
    if looked is None:
        return _look()
    if not looked:
        looked.append(_look())
    return looked[0]


def _look() -> Stamps:
    return _shipped() + _with_cases(own_folder())


@cache
def _shipped() -> Stamps:
    return _with_cases(FOLDER)


def _with_cases(folder: Path) -> Stamps:
    return (*_stamps(folder), *_stamps(folder / "cases"))


def methodology(code: str, version: str | None = None, on: date | None = None) -> Methodology:
    """Return a methodology; without a version the newest that is valid on a day.

    Parameters
    ----------
    on
        The day; today without it. Where no version is valid on it, the newest one that had begun,
        else the first.

    Raises
    ------
    UnknownMethodology
        There is none of that code and version, or its file is refused.
    """
    known = methodologies()
    versions = [one for one in known if one.code == code and version in (None, one.version)]
    if not versions:
        raise _unknown(code, version, known)
    begun = [one for one in versions if (one.valid_from or date.min) <= (on or date.today())]
    return (begun or versions[:1])[-1]


def _order(methodology: Methodology) -> tuple[str, date, str]:
    return methodology.code, methodology.valid_from or date.min, methodology.version


def _unknown(code: str, version: str | None, known: tuple[Methodology, ...]) -> UnknownMethodology:
    name = f"{code} {version}" if version else code
    for fault in faults():
        if fault.file.startswith(f"{code}_{version or ''}"):
            return UnknownMethodology(
                text(
                    "The methodology {name} cannot be used: {file}, {key}: {reason}",
                    name=name,
                    file=fault.file,
                    key=fault.key or "TOML",
                    reason=fault.reason,
                )
            )
    return UnknownMethodology(
        text(
            "There is no methodology “{name}”. There are: {known}.",
            name=name,
            known=", ".join(f"{one.code} {one.version}" for one in known),
        )
    )


def _stamps(folder: Path) -> list[tuple[Path, str, int, int, int]]:
    try:
        with os.scandir(folder) as entries:
            files = [
                (entry.name, entry.stat()) for entry in entries if entry.name.endswith(".toml")
            ]
    except OSError:
        return []
    return sorted((folder, name, at.st_mtime_ns, at.st_size, at.st_ino) for name, at in files)


@lru_cache(maxsize=8)
def _shelf(stamps: Stamps) -> _Shelf:
    """Read every file by its name; one beside the database takes the place of one of the same name.

    A broken one does so as well: the file that it was to replace would give other numbers.
    """
    paths = {name: folder / name for folder, name, *_ in stamps if folder.name != "cases"}
    read = [_fresh(path) for path in paths.values()]
    found = (one for one, _ in read if one)
    return _Shelf(
        tuple(sorted(found, key=_order)), tuple(fault for _, wrong in read for fault in wrong)
    )


def _cases_path(path: Path) -> Path:
    return path.parent / "cases" / path.name


def _fresh(path: Path) -> tuple[Methodology | None, tuple[MethodologyFault, ...]]:
    found: list[MethodologyFault] = []
    content, cases = _content(path, path.name, found), b""
    methodology = _methodology(path.name, content, found)
    cases_path = _cases_path(path)
    if methodology and cases_path.is_file():
        cases = _content(cases_path, f"cases/{path.name}", found)
        _try_cases(methodology, f"cases/{path.name}", cases, found)
    if methodology is None or found:
        return None, tuple(found)
    fingerprint = hashlib.sha256(content + cases).hexdigest()
    return replace(methodology, fingerprint=fingerprint), ()


def _content(path: Path, name: str, found: list[MethodologyFault]) -> bytes:
    try:
        content = path.read_bytes()
        content.decode()
    except (OSError, UnicodeDecodeError):
        found.append(MethodologyFault(name, "", text("The file cannot be read as UTF-8 text.")))
        return b""
    return content


def _methodology(name: str, content: bytes, found: list[MethodologyFault]) -> Methodology | None:
    if found:
        return None
    entries = read_entries(name, content.decode())
    read = [entries] if isinstance(entries, MethodologyFault) else read_methodology(name, entries)
    if isinstance(read, Methodology):
        return read
    found.extend(read)
    return None


def _try_cases(
    methodology: Methodology, name: str, content: bytes, found: list[MethodologyFault]
) -> None:
    if found:
        return
    entries = read_entries(name, content.decode())
    read = [entries] if isinstance(entries, MethodologyFault) else read_cases(name, entries)
    if isinstance(read, list):
        found.extend(read)
    else:
        found.extend(MethodologyFault(name, *one) for one in failures(methodology, *read))
