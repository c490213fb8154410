"""Files that a command is given and writes, on the disk of whoever calls it."""

import os
from contextlib import suppress
from pathlib import Path

from budgeting.errors import BudgetingError
from budgeting.imports.readers import source_from_path
from budgeting.imports.source import SourceFile
from budgeting.model import text


def read_file(path: Path) -> SourceFile:
    """Return a file, or the files of a Fiscal Data Package as one.

    Raises
    ------
    BudgetingError
        It cannot be read, or a folder has no descriptor.
    """
    try:
        return source_from_path(path)
    except FileNotFoundError as error:
        raise BudgetingError(
            text(
                "The folder {path} is no Fiscal Data Package: it has no datapackage.json. "
                "Name its files one by one.",
                path=str(path),
            )
        ) from error
    except OSError as error:
        raise BudgetingError(
            text("{path} cannot be read: {reason}.", path=str(path), reason=error.strerror)
        ) from error


def write_file(path: Path, content: bytes, database: Path) -> None:
    """Write a file whole or not at all, and never over the database."""
    if path.resolve() == database:
        raise BudgetingError(
            text("{path} is the database itself; name another file.", path=str(path))
        )
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise BudgetingError(
            text("{path} cannot be written: {reason}.", path=str(path), reason=error.strerror)
        ) from error
