"""The command line: ``python -m budgeting``.

It reads arguments, decides where a command runs (here, or in the process that holds the database)
and prints. Exit codes: 0 done, 1 refused, 2 wrong usage, 3 a bug.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from budgeting import channel, commands
from budgeting.access import ROLES_OF_PEOPLE
from budgeting.command_files import read_file, write_file
from budgeting.errors import (
    BudgetingError,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseTooNew,
    NotFound,
)
from budgeting.exports import FORMATS
from budgeting.import_arguments import (
    files_argument,
    import_options,
    import_parameters,
    layout_options,
    layout_parameters,
    pairs,
)
from budgeting.import_commands import layout_of
from budgeting.imports.context import CONTEXT_TABLES
from budgeting.imports.mappings.mapping_file import mapping_named, mapping_names
from budgeting.imports.mappings.templates import KINDS
from budgeting.imports.mappings.templates import template as empty_workbook
from budgeting.inspection import inspect_file
from budgeting.model import text
from budgeting.outcomes import DONE, REFUSED, Files, Outcome, Parameters, guarded
from budgeting.reports import REPORTS
from budgeting.scenario_arguments import rule_options, scenario_options, scenario_parameters
from budgeting.settings import LANGUAGES, settings
from budgeting.store import connect
from budgeting.succession_arguments import succession_options, succession_parameters
from budgeting.translations import language, supported_language

# of a database that must be there
READING = (
    "report",
    "backup",
    "audit",
    "imports",
    "undo",
    "marks",
    "successors",
    "scenarios",
    "rules",
)
_DATABASE = "PARITET_DATABASE"
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Told(click.Group):
    """A group whose commands tell bad use in a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a sentence and exit code 1 where it cannot be done."""
        try:
            return super().invoke(ctx)
        except BudgetingError as error:
            click.echo(_in_own_words(error), err=True)
            ctx.exit(REFUSED)


def _database_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--database",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Database file; PARITET_DATABASE without it.",
    )(command)


@click.group(cls=_Told)
def main() -> None:
    """Paritet on the command line; works while Paritet runs."""


@main.command("import")
@files_argument
@import_options
@click.option("--accept", is_flag=True, help="Store the files if nothing forbids it: all or none.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@_database_option
def import_files(
    files: tuple[Path, ...], accept: bool, as_json: bool, database: Path | None, **stated: Any
) -> None:
    """Check FILES and say what they mean; nothing is stored without --accept.

    A folder or descriptor of a Fiscal Data Package is one file. Several files are one import: all
    of them are stored, or none.
    """
    parameters = {**import_parameters(files, stated), "accept": accept, "json": as_json}
    sources = [read_file(path) for path in files]
    if stated["corrections"]:
        sources.append(read_file(stated["corrections"]))
    outcome = _run("import", database, parameters, sources)
    for written in outcome.files:
        _write(stated["rejected"], written.content, database)
    _print(outcome)


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@layout_options
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@_database_option
def inspect(file: Path, as_json: bool, database: Path | None, **stated: Any) -> None:
    """Say what FILE shows: how it is written, which mappings fit, and the mapping guessed for it.

    This needs no database and changes nothing. The mapping is printed as TOML, with the reasons.
    """
    if len(stated["sheet"]) > 1:
        raise click.UsageError("--sheet names one sheet.")
    sheet = stated["sheet"][0] if stated["sheet"] else None
    layout = layout_of({**layout_parameters(stated), "sheet": sheet})
    source, reader = read_file(file), language(_language_code())
    with _beside(database):
        _print(guarded(lambda: inspect_file(source, layout, reader, as_json=as_json), reader))


@main.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--municipality", required=True, help="Code of the municipality.")
@_database_option
def marks(file: Path, municipality: str, database: Path | None) -> None:
    """Store the marks of FILE, as `report marks` wrote it (CSV or XLSX), as drafts."""
    _print(_run("marks", database, {"municipality": municipality}, [read_file(file)]))


@main.command()
@succession_options
@_database_option
def successors(database: Path | None, **stated: Any) -> None:
    """List which lines continue lines of years before, or confirm it.

    OLD and NEW are codes as the list shows them; SHARE is the part of OLD, such as 0.6. All lines that
    are new or gone: `report line_successors`.
    """
    _print(_run("successors", database, succession_parameters(stated)))


@main.command()
@scenario_options
@_database_option
def scenarios(file: Path | None, output: Path | None, database: Path | None, **stated: Any) -> None:
    """Open the scenario of FILE as a draft, list scenarios, or write one as a file.

    What FILE has otherwise than this database is told. Compared: `report scenario_comparison`.
    """
    parameters = scenario_parameters(file, stated)
    _give(
        _run("scenarios", database, parameters, [read_file(file)] if file else []), output, database
    )


@main.command()
@rule_options
@_database_option
def rules(file: Path | None, output: Path | None, database: Path | None, **stated: Any) -> None:
    """Replace the rules for moving money by those of FILE (TOML), or write them as such a file."""
    _give(_run("rules", database, stated, [read_file(file)] if file else []), output, database)


@main.command()
@click.argument("import_id", type=int)
@click.option("--reason", help="Why; it is kept with the import. Needed with --yes.")
@click.option("--yes", is_flag=True, help="Do it; without it, only say what hangs on the import.")
@_database_option
def undo(import_id: int, reason: str | None, yes: bool, database: Path | None) -> None:
    """Take the import IMPORT_ID back; see `imports`."""
    if yes and not (reason or "").strip():
        raise click.UsageError("--yes needs --reason beside it: why the import is taken back.")
    _print(_run("undo", database, {"import_id": import_id, "reason": reason, "yes": yes}))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@_database_option
def imports(as_json: bool, database: Path | None) -> None:
    """List the imports, newest first, with what became of them."""
    _print(_run("imports", database, {"json": as_json}))


@main.command()
@click.argument("kind", type=click.Choice(list(KINDS)), default=next(iter(KINDS)))
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", "code", type=click.Choice(list(LANGUAGES)))
@click.option("--filled", is_flag=True, help="With the rows of the example.")
@click.option("--database", hidden=True, expose_value=False)  # as every command; not opened
def template(kind: str, output: Path, code: str | None, filled: bool) -> None:
    """Write a workbook to fill in; import it with the mapping template_KIND."""
    content = empty_workbook(kind, language(code or _language_code()), is_filled=filled)
    _write(output, content, None)


@main.command()
@click.argument("name", required=False)
@click.option("--param", "chosen", multiple=True, metavar="KEY=VALUE", help="May be repeated.")
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), default="json")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", "code", type=click.Choice(list(LANGUAGES)))
@click.option("--list", "is_list", is_flag=True, help="Say which reports there are.")
@_database_option
def report(
    name: str | None, chosen: tuple[str, ...], is_list: bool, output: Path | None, **options: Any
) -> None:
    """Write the report NAME."""
    if is_list:
        _list_reports()
        return
    if name is None:
        raise click.UsageError("Name a report, or ask for --list.")
    if options["format_name"] == "xlsx" and not output and sys.stdout.isatty():
        raise click.UsageError("A workbook cannot be shown here; name a file with --output.")
    parameters = {"name": name, "chosen": pairs(chosen), "format": options["format_name"]}
    if options["code"]:
        parameters["language"] = options["code"]
    outcome = _run("report", options["database"], parameters)
    _give(outcome, output, options["database"])


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_database_option
def backup(file: Path, database: Path | None) -> None:
    """Copy the whole database to FILE while readers and writers go on."""
    outcome = _run("backup", database, {})
    if outcome.exit_code == DONE:
        _write(file, outcome.output, database)
        told = text(
            "The backup is in {path}: {size} bytes.", path=str(file), size=len(outcome.output)
        )
        outcome = Outcome(DONE, f"{language(_language_code()).say(told)}\n".encode())
    _print(outcome)


@main.command()
@click.argument("file", type=EXISTING_FILE)
@_database_option
def restore(file: Path, database: Path | None) -> None:
    """Replace the database by the backup FILE; the replaced one is kept beside it."""
    _print(_run("restore", database, {}, [read_file(file)]))


@main.command()
@_database_option
def audit(database: Path | None) -> None:
    """Check that no audit event was altered; compare the hash with one you wrote down."""
    _print(_run("audit", database, {}))


@main.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in ROLES_OF_PEOPLE]))
@_database_option
def assign_role(name: str, role: str, database: Path | None) -> None:
    """Give the person NAME (mostly an e-mail address) a ROLE."""
    _print(_run("role", database, {"name": name, "role": role}))


@main.command()
@click.argument("table", type=click.Choice(list(CONTEXT_TABLES)))
@click.argument("file", type=EXISTING_FILE)
@_database_option
def load(table: str, file: Path, database: Path | None) -> None:
    """Add residents or price indices from the CSV file FILE.

    Residents in a file of another layout: `import` with a mapping that has [population].
    """
    _print(_run("load", database, {"table": table}, [read_file(file)]))


@main.command()
@_database_option
def demo(database: Path | None) -> None:
    """Add the fictional demo towns to an empty database."""
    _print(_run("demo", database, {}))


@main.command()
@click.option("--database", hidden=True, expose_value=False)  # as every command; not opened
def mappings() -> None:
    """Say which mappings there are."""
    reader = language(_language_code())
    for name in mapping_names():
        click.echo(f"{name}: {reader.say(mapping_named(name).title)}")


def _run(name: str, database: Path | None, parameters: Parameters, files: Files = ()) -> Outcome:
    """Run a command where the database is: here, or in the process that holds it."""
    path = _path(database)
    whole = {"user": settings().user, "language": _language_code(), **parameters}
    with _beside(database):
        return guarded(lambda: _placed(name, path, whole, files), language(whole["language"]))


def _placed(name: str, database: Path, parameters: Parameters, files: Files) -> Outcome:
    if name in READING and not database.exists():
        raise NotFound(text("There is no database {path}.", path=str(database)))
    try:
        store = connect(database)
    except DatabaseLocked:
        if channel.address_of(database) is None:
            raise
        return channel.send(database, name, parameters, files)
    except (DatabaseDamaged, DatabaseTooNew):
        if name == "restore" and database.is_file():
            return commands.restore_unreadable(database, parameters, files)
        raise
    try:
        return commands.perform(store, name, parameters, files)
    finally:
        store.close()


def _print(outcome: Outcome) -> None:
    """Print an outcome and end with its exit code."""
    click.echo(outcome.output, nl=False)
    if outcome.error:
        click.echo(outcome.error, err=True)
    sys.exit(outcome.exit_code)


def _give(outcome: Outcome, output: Path | None, database: Path | None) -> None:
    """Write what a command gives back where it was asked for, else print it."""
    if output and outcome.exit_code == DONE:
        _write(output, outcome.output, database)
    else:
        _print(outcome)


def _list_reports() -> None:
    for name, kind in REPORTS.items():
        click.echo(f"{name}: {kind.summary}")
        for key, meaning in kind.parameters.items():
            click.echo(f"    {key}: {meaning}")


def _path(database: Path | None) -> Path:
    return (database or settings().database).resolve()


def _language_code() -> str:
    return supported_language(settings().language) or "en"


def _in_own_words(error: BudgetingError) -> str:
    try:
        return language(_language_code()).say(error.message)
    except BudgetingError:  # it is the settings that cannot be read
        return str(error)


@contextmanager
def _beside(database: Path | None) -> Iterator[None]:
    """Let mappings be looked for and saved beside `database`, where it is not that of the settings."""
    if database is None:
        yield
        return
    before = os.environ.get(_DATABASE)
    os.environ[_DATABASE] = str(database.resolve())
    settings.cache_clear()
    try:
        yield
    finally:
        os.environ.pop(_DATABASE) if before is None else os.environ.update({_DATABASE: before})
        settings.cache_clear()


def _write(path: Path, content: bytes, database: Path | None) -> None:
    write_file(path, content, _path(database))


if __name__ == "__main__":
    main(prog_name="python -m budgeting")
