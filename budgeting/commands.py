"""Commands: what the command line can do with a store, without any notion of where it runs.

A command takes the store, parameters that JSON can carry, and files as names with their bytes; it
returns an `Outcome`. So it means the same in the process of the command line and in a running
server (see channel.py).
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from budgeting.access import Action, Role, require, role_name
from budgeting.audit import Change, chain_problems
from budgeting.demo import build_demo
from budgeting.errors import BudgetingError, DatabaseDamaged
from budgeting.exports import export
from budgeting.import_commands import import_files, list_imports, undo_import
from budgeting.imports.context import add_context
from budgeting.imports.source import SourceFile
from budgeting.mark_commands import import_marks
from budgeting.model import plural_text, text
from budgeting.outcomes import (
    DONE,
    REFUSED,
    Command,
    Files,
    Outcome,
    Parameters,
    guarded,
    identity_of,
    language_of,
    said,
)
from budgeting.reports import REPORTS, build_report
from budgeting.scenario_commands import municipal_rules, scenario_files
from budgeting.store import Store, connect, read_through
from budgeting.succession_commands import line_successors


def perform(store: Store, name: str, parameters: Parameters, files: Files = ()) -> Outcome:
    """Run a command of `COMMANDS`; whatever goes wrong is in the outcome, nothing is raised.

    Parameters
    ----------
    parameters
        Those of the command, and always ``user`` (under whose name changes are recorded) and
        ``language``.
    """
    return guarded(lambda: COMMANDS[name](store, parameters, files), language_of(parameters))


def write_report(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Build a report and write it in a format of `exports.FORMATS`."""
    name, chosen = parameters["name"], dict(parameters["chosen"])
    reader = language_of(parameters)
    if name in REPORTS and "language" in REPORTS[name].parameters:
        chosen.setdefault("language", reader.code)
    return Outcome(DONE, export(build_report(store, name, chosen), parameters["format"], reader))


def back_up(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Return the whole database as bytes."""
    require(identity_of(parameters), Action.BACK_UP)
    with _folder(store) as folder:
        copy = folder / "backup"
        store.backup(copy)
        return Outcome(DONE, copy.read_bytes())


def restore(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Replace the database by a backup; the replaced one is kept beside it."""
    require(identity_of(parameters), Action.RESTORE)
    with _folder(store) as folder, _naming(files[0]):
        kept = store.restore(_written(files[0], folder), identity_of(parameters))
    return _restored(files[0].name, kept, parameters)


def restore_unreadable(database: Path, parameters: Parameters, files: Files) -> Outcome:
    """Restore where the present database cannot be opened; it is kept beside the new one.

    The backup is opened and upgraded first: one that cannot be read changes nothing.
    """
    kept = database.with_name(
        f"{database.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    )
    change = Change("restore", files[0].name)
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        incoming = _written(files[0], Path(folder))
        with _naming(files[0]):
            read_through(incoming)
            store = connect(incoming)
        try:
            with store.transaction(identity_of(parameters), change) as transaction:
                transaction.details = {"kept": kept.name}
        finally:
            store.close()
        log = database.with_name(database.name + ".wal")  # belongs to the old file only
        if log.exists():
            os.replace(log, kept.with_name(kept.name + ".wal"))
        os.replace(database, kept)
        os.replace(incoming, database)
    return _restored(files[0].name, kept, parameters)


def verify_audit(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Check the audit chain; print the number of events and the newest hash."""
    events = store.query("audit_events").to_pylist()
    reader = language_of(parameters)
    newest = text("Newest hash: {hash}", hash=events[-1]["event_hash"] if events else "–")
    counted = plural_text("{count} audit event.", "{count} audit events.", len(events))
    problems = [reader.say(problem) for problem in chain_problems(events)]
    output = f"{reader.say(counted)}\n{reader.say(newest)}\n".encode()
    return Outcome(REFUSED if problems else DONE, output, "\n".join(problems))


def assign_role(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Give a person a role."""
    identity, name, role = identity_of(parameters), parameters["name"], Role(parameters["role"])
    require(identity, Action.ASSIGN_ROLE)
    with store.transaction(identity, Change("assign-role", name)) as transaction:
        before = transaction.query("user_role", user_name=name).to_pylist()
        transaction.run(
            "assign_role",
            user_name=name,
            role=role.value,
            assigned_by=identity.name,
            assigned_at=datetime.now(UTC),
        )
        transaction.details = {"old": before[0]["role"] if before else None, "new": role.value}
    return said(
        text("{name} now has the role {role}.", name=name, role=role_name(role)), parameters
    )


def load_context(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Add residents or price indices from a CSV file with the columns of the table."""
    table, identity = parameters["table"], identity_of(parameters)
    count = add_context(store, table, files[0], identity)
    return said(
        plural_text("{count} row was added.", "{count} rows were added.", count), parameters
    )


def add_demo(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Add the demo towns to a store that has no municipality; leave any other as it is."""
    require(identity_of(parameters), Action.IMPORT_BUDGET)
    if store.query("municipalities").num_rows:
        return said(
            text("The database has municipalities already; the demo was not added."), parameters
        )
    build_demo(store)
    return said(text("The demo towns were added."), parameters)


COMMANDS: Mapping[str, Command] = {
    "import": import_files,
    "imports": list_imports,
    "undo": undo_import,
    "report": write_report,
    "marks": import_marks,
    "successors": line_successors,
    "scenarios": scenario_files,
    "rules": municipal_rules,
    "backup": back_up,
    "restore": restore,
    "audit": verify_audit,
    "role": assign_role,
    "load": load_context,
    "demo": add_demo,
}


def _restored(name: str, kept: Path, parameters: Parameters) -> Outcome:
    sentence = text(
        "{name} was restored. The database that it replaced is kept as {kept}.",
        name=name,
        kept=str(kept),
    )
    return said(sentence, parameters)


@contextmanager
def _folder(store: Store) -> Iterator[Path]:
    """Offer a folder on the disk of the database: there is room, and moving out is at once."""
    with tempfile.TemporaryDirectory(dir=store.target.parent if store.target else None) as folder:
        yield Path(folder)


@contextmanager
def _naming(file: SourceFile) -> Iterator[None]:
    """Tell of an unreadable backup by the name that the reader gave it."""
    try:
        yield
    except DatabaseDamaged as error:
        raise BudgetingError(
            text(
                "The file {name} is not a backup of Paritet, or it is damaged; "
                "nothing was changed.",
                name=file.name,
            )
        ) from error


def _written(file: SourceFile, folder: Path) -> Path:
    path = folder / (Path(file.name).name or "file")
    path.write_bytes(file.content)
    return path
