"""Files of databases: why one cannot be opened, in words that say what to do; copying the live one."""

import subprocess
import sys
from pathlib import Path

from budgeting.errors import BudgetingError, DatabaseDamaged, DatabaseLocked, DatabaseTooNew
from budgeting.model import text


def why_not_open(name: str, reason: str) -> BudgetingError:
    """Return what DuckDB's refusal to open a file means for whoever asked for it."""
    if "set lock on file" in reason or "being used by another process" in reason:
        return DatabaseLocked(
            text(
                "Another program holds the database {path}. If Paritet runs there, use its pages or "
                "its command line; otherwise end that program first.",
                path=name,
            )
        )
    if "version number" in reason:
        return DatabaseTooNew(
            text(
                "The database {path} was written by a newer version of DuckDB than this one. "
                "Install the version of Paritet that wrote it, or restore a backup.",
                path=name,
            )
        )
    if "ermission denied" in reason:
        return DatabaseLocked(
            text(
                "The database {path} may not be opened by this user: permission denied.", path=name
            )
        )
    return DatabaseDamaged(
        text(
            "The file {path} cannot be read as a database: it is damaged or something else. "
            "Restore a backup: python -m budgeting restore FILE. ({reason})",
            path=name,
            reason=reason.splitlines()[0],
        )
    )


def copy_in_another_process(origin: Path, destination: Path) -> None:
    """Copy the live file elsewhere without opening it here.

    POSIX drops all of a process's locks on a file as soon as it closes any handle on it: copied in
    this process, the database would stand open to a second one afterwards.
    """
    copy = "import shutil, sys; shutil.copyfile(*sys.argv[1:])"
    subprocess.run([sys.executable, "-c", copy, str(origin), str(destination)], check=True)
