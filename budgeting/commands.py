"""Commands: what the command line can do with a store, without any notion of where it runs.

A command takes the store, parameters that JSON can carry, and files as names with their bytes; it
returns an `Outcome`. So it means the same in the process of the command line and in a running
server (see channel.py).
"""

import json
import logging
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from budgeting.access import Action, Identity, Role, require, role_name
from budgeting.audit import Change, chain_problems
from budgeting.demo import build_demo
from budgeting.errors import BudgetingError, DatabaseDamaged
from budgeting.exports import export
from budgeting.imports.acceptance import accept
from budgeting.imports.context import add_context
from budgeting.imports.mapping_file import mapping_named
from budgeting.imports.source import SourceFile
from budgeting.imports.answers import Answers
from budgeting.imports.verdict import Verdict, examine
from budgeting.model import Direction, Finding, Money, Severity, Stage, Text, plural_text, text
from budgeting.names import direction_name, stage_name
from budgeting.reports import REPORTS, build_report
from budgeting.store import Store, connect, read_through
from budgeting.translations import Language, language

LOG = logging.getLogger(__name__)
DONE, REFUSED, BROKEN = 0, 1, 3  # 2 is a usage error, told by the command line itself
FINDINGS_SHOWN = 40
SEVERITIES = {
    Severity.ERROR: text("error"),
    Severity.WARNING: text("warning"),
    Severity.NOTE: text("note"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command leaves behind: exit code, what it prints or writes, and what went wrong."""

    exit_code: int
    output: bytes = b""
    error: str = ""


Parameters = Mapping[str, Any]
Files = Sequence[SourceFile]
Command = Callable[[Store, Parameters, Files], Outcome]


def perform(store: Store, name: str, parameters: Parameters, files: Files = ()) -> Outcome:
    """Run a command of `COMMANDS`; whatever goes wrong is in the outcome, nothing is raised.

    Parameters
    ----------
    parameters
        Those of the command, and always ``user`` (under whose name changes are recorded) and
        ``language``.
    """
    return guarded(lambda: COMMANDS[name](store, parameters, files), _language(parameters))


def guarded(action: Callable[[], Outcome], reader: Language) -> Outcome:
    """Return what `action` returns; bad use becomes a sentence, a bug a reference number."""
    try:
        return action()
    except BudgetingError as error:
        return Outcome(REFUSED, error=reader.say(error.message))
    except Exception:
        reference = secrets.token_hex(4)
        LOG.exception("reference number %s", reference)
        sentence = text(
            "Something went wrong that should not. Whoever looks after Paritet finds it in the log "
            "under the reference number {reference}.",
            reference=reference,
        )
        return Outcome(BROKEN, error=reader.say(sentence))


def import_file(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Examine a file and, with ``accept``, store it; exit code 1 where it is refused."""
    stated = parameters.get("as_of")
    question = Answers(
        parameters.get("municipality"),
        parameters.get("year"),
        date.fromisoformat(stated) if stated else None,
    )
    verdict = examine(store, files[0], mapping_named(parameters["mapping"]), question)
    source_file_id = None
    if parameters.get("accept") and verdict.is_acceptable:
        source_file_id = accept(store, verdict, _identity(parameters))
    write = _verdict_as_json if parameters.get("json") else _verdict_as_words
    told = write(verdict, source_file_id, _language(parameters))
    return Outcome(DONE if verdict.is_acceptable else REFUSED, told.encode())


def write_report(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Build a report and write it in a format of `exports.FORMATS`."""
    name, chosen = parameters["name"], dict(parameters["chosen"])
    reader = _language(parameters)
    if name in REPORTS and "language" in REPORTS[name].parameters:
        chosen.setdefault("language", reader.code)
    return Outcome(DONE, export(build_report(store, name, chosen), parameters["format"], reader))


def back_up(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Return the whole database as bytes."""
    require(_identity(parameters), Action.BACK_UP)
    with _folder(store) as folder:
        copy = folder / "backup"
        store.backup(copy)
        return Outcome(DONE, copy.read_bytes())


def restore(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Replace the database by a backup; the replaced one is kept beside it."""
    require(_identity(parameters), Action.RESTORE)
    with _folder(store) as folder, _naming(files[0]):
        kept = store.restore(_written(files[0], folder), _identity(parameters))
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
            with store.transaction(_identity(parameters), change) as transaction:
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
    reader = _language(parameters)
    newest = text("Newest hash: {hash}", hash=events[-1]["event_hash"] if events else "–")
    counted = plural_text("{count} audit event.", "{count} audit events.", len(events))
    problems = [reader.say(problem) for problem in chain_problems(events)]
    output = f"{reader.say(counted)}\n{reader.say(newest)}\n".encode()
    return Outcome(REFUSED if problems else DONE, output, "\n".join(problems))


def assign_role(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Give a person a role."""
    identity, name, role = _identity(parameters), parameters["name"], Role(parameters["role"])
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
    return _said(
        text("{name} now has the role {role}.", name=name, role=role_name(role)), parameters
    )


def load_context(store: Store, parameters: Parameters, files: Files) -> Outcome:
    """Add residents or price indices from a CSV file with the columns of the table."""
    table, identity = parameters["table"], _identity(parameters)
    count = add_context(store, table, files[0], identity)
    return _said(
        plural_text("{count} row was added.", "{count} rows were added.", count), parameters
    )


def add_demo(store: Store, parameters: Parameters, _files: Files) -> Outcome:
    """Add the demo towns to a store that has no municipality; leave any other as it is."""
    require(_identity(parameters), Action.IMPORT_BUDGET)
    if store.query("municipalities").num_rows:
        return _said(
            text("The database has municipalities already; the demo was not added."), parameters
        )
    build_demo(store)
    return _said(text("The demo towns were added."), parameters)


COMMANDS: Mapping[str, Command] = {
    "import": import_file,
    "report": write_report,
    "backup": back_up,
    "restore": restore,
    "audit": verify_audit,
    "role": assign_role,
    "load": load_context,
    "demo": add_demo,
}


def _identity(parameters: Parameters) -> Identity:
    """Return who is at the command line: whoever may run it there may do everything."""
    return Identity(parameters["user"], Role.ADMINISTRATOR)


def _language(parameters: Parameters) -> Language:
    return language(parameters["language"])


def _said(sentence: Text, parameters: Parameters) -> Outcome:
    return Outcome(DONE, f"{_language(parameters).say(sentence)}\n".encode())


def _restored(name: str, kept: Path, parameters: Parameters) -> Outcome:
    sentence = text(
        "{name} was restored. The database that it replaced is kept as {kept}.",
        name=name,
        kept=str(kept),
    )
    return _said(sentence, parameters)


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


def _verdict_as_json(verdict: Verdict, source_file_id: int | None, reader: Language) -> str:
    counts = {severity.value: len(verdict.with_severity(severity)) for severity in Severity}
    content = {
        "accepted": source_file_id is not None,
        "acceptable": verdict.is_acceptable,
        "source_file_id": source_file_id,
        "rows": dict(verdict.rows),
        "totals": verdict.totals,
        "findings": {**counts, "list": [_record(found, reader) for found in verdict.findings]},
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"


def _record(finding: Finding, reader: Language) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": reader.say(finding.message),
        "suggestion": reader.say(finding.suggestion) if finding.suggestion else None,
        "row": finding.row_number,
        "column": finding.column,
        "value": finding.value,
    }


def _verdict_as_words(verdict: Verdict, source_file_id: int | None, reader: Language) -> str:
    rows = text(
        "Rows: {read} read, {accepted} accepted, {skipped} skipped, {rejected} rejected.",
        **verdict.rows,
    )
    lines = [f"{verdict.source.name}: {verdict.mapping.title}", reader.say(rows)]
    lines += ["", *_total_lines(verdict, reader)] if verdict.totals else []
    lines += ["", *_finding_lines(verdict, reader)] if verdict.findings else []
    lines += ["", reader.say(_what_next(verdict, source_file_id))]
    return "\n".join(lines) + "\n"


def _total_lines(verdict: Verdict, reader: Language) -> list[str]:
    currency = verdict.municipality.currency_code if verdict.municipality else ""
    lines = []
    for fiscal_year, directions in verdict.totals.items():
        for direction, stages in directions.items():
            lines.append(f"{fiscal_year} {reader.say(direction_name(Direction(direction)))}")
            lines += [
                f"  {reader.say(stage_name(Stage(stage))):<20}{reader.money(Money(total, currency)):>28}"
                for stage, total in stages.items()
            ]
    return lines


def _finding_lines(verdict: Verdict, reader: Language) -> list[str]:
    """Return the findings, errors first; very many are cut, and the reader is told."""
    order = list(Severity)
    ranked = sorted(verdict.findings, key=lambda finding: order.index(finding.severity))
    lines = [line for found in ranked[:FINDINGS_SHOWN] for line in _finding_words(found, reader)]
    left_out = len(ranked) - FINDINGS_SHOWN
    if left_out > 0:
        more = plural_text(
            "{count} more finding; --json lists it.",
            "{count} more findings; --json lists them.",
            left_out,
        )
        lines.append(reader.say(more))
    return lines


def _finding_words(finding: Finding, reader: Language) -> Iterator[str]:
    places = [
        text("row {row}", row=str(finding.row_number)) if finding.row_number else None,
        text("column “{column}”", column=finding.column) if finding.column else None,
        text("value “{value}”", value=finding.value) if finding.value else None,
    ]
    where = ", ".join(reader.say(place) for place in places if place)
    head = reader.say(SEVERITIES[finding.severity])
    yield f"{head}: {reader.say(finding.message)}" + (f" [{where}]" if where else "")
    if finding.suggestion:
        yield f"    {reader.say(finding.suggestion)}"


def _what_next(verdict: Verdict, source_file_id: int | None) -> Text:
    if source_file_id is not None:
        return text("Stored as source file {number}.", number=str(source_file_id))
    if verdict.is_acceptable:
        return text("The file can be stored; nothing is yet. Repeat the command with --accept.")
    return text(
        "Nothing was stored. Correct what the errors name, in the ledger or in the command, "
        "and try again."
    )
