"""Import arguments: what is written at the command line, as parameters of the import commands."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from budgeting.imports.answers import Part
from budgeting.model import Direction, Stage
from budgeting.services.model import Grade, Unit

_PLACE = click.Path(exists=True, path_type=Path)
_MARKS = {"none": "", "space": " ", "tab": "\t", "comma": ",", "point": ".", "semicolon": ";"}
_FOR_ONE = "May be FILE=VALUE for one of several files."

_LAYOUT_OPTIONS = (
    click.option("--sheet", multiple=True, help=f"Sheet of a workbook. {_FOR_ONE}"),
    click.option("--encoding", help="For example utf-8 or cp1250."),
    click.option("--delimiter", help="The character between cells, or tab."),
    click.option("--header-row", type=click.IntRange(0), help="Row of the header; 0 for none."),
    click.option("--decimal", help="Decimal mark of all numbers: point or comma."),
    click.option("--group", help="Mark between thousands: point, comma, space or none."),
)
_IMPORT_OPTIONS = (
    click.option(
        "--mapping",
        multiple=True,
        help=f"Name of a mapping, see `mappings`; without it the one that fits. {_FOR_ONE}",
    ),
    click.option("--year", multiple=True, help=f"Fiscal year. {_FOR_ONE}"),
    click.option("--stage", multiple=True, help=f"Stage of the amounts. {_FOR_ONE}"),
    click.option("--direction", multiple=True, help=f"expenditure or revenue. {_FOR_ONE}"),
    click.option(
        "--grade", multiple=True, help=f"Data grade of figures of use, A to E. {_FOR_ONE}"
    ),
    click.option(
        "--unit", multiple=True, help=f"Unit of figures of use, such as persons. {_FOR_ONE}"
    ),
    click.option("--as-of", multiple=True, help=f"Date of the amounts, YYYY-MM-DD. {_FOR_ONE}"),
    click.option("--decision", multiple=True, help=f"Number of the decision. {_FOR_ONE}"),
    click.option("--municipality", multiple=True, help=f"Code of the municipality. {_FOR_ONE}"),
    click.option("--name", help="Name of a new municipality; with --country and --currency."),
    click.option("--country", help="Country of the municipality or municipalities, such as BA."),
    click.option("--currency", help="Currency of the amounts, such as BAM."),
    click.option("--acknowledge", multiple=True, metavar="CHECK=REASON", help="Answer a question."),
    click.option("--leave-out", metavar="REASON", help="Leave rows with errors out."),
    click.option(
        "--printed-total",
        multiple=True,
        metavar="PART=AMOUNT",
        help="Total as the budget decision prints it, with a decimal point. PART is a stage, or says "
        "more, such as 2025/expenditure/approved or rs_vran/2025/executed/2025-06-30.",
    ),
    click.option(
        "--corrections",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Workbook of rejected rows, corrected.",
    ),
    click.option(
        "--rejected",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write the rows with errors into this workbook.",
    ),
    click.option("--save-mapping", metavar="NAME", help="Save the mapping under a name."),
)
_OF_FILE = (
    *("mapping", "year", "stage", "direction", "as_of", "decision", "municipality", "sheet"),
    *("grade", "unit"),
)
_CHOICES = {"stage": Stage, "direction": Direction, "grade": Grade, "unit": Unit}
_FOR_ONE_FILE = ("corrections", "rejected", "save_mapping", "printed_total")


def layout_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say how a file is written."""
    return _with_options(command, _LAYOUT_OPTIONS)


def import_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of an import."""
    return _with_options(command, (*_IMPORT_OPTIONS, *_LAYOUT_OPTIONS))


def files_argument(command: Callable[..., None]) -> Callable[..., None]:
    """Add the argument of one or several files or folders of a Fiscal Data Package."""
    return click.argument("files", nargs=-1, required=True, type=_PLACE)(command)


def _with_options(
    command: Callable[..., None], options: Sequence[Callable[..., Callable[..., None]]]
) -> Callable[..., None]:
    for option in reversed(options):
        command = option(command)
    return command


def import_parameters(files: Sequence[Path], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of `import_commands.import_files`.

    Raises
    ------
    click.UsageError
        A value cannot be what it should be, or options contradict each other.
    """
    _refuse_contradictions(files, stated)
    own = [_of_file(place, files, stated) for place in range(len(files))]
    return {
        "of_file": own,
        **{name: stated[name] for name in ("name", "country", "currency", "save_mapping")},
        **layout_parameters(stated),
        "reasons": _reasons(stated),
        "printed_totals": _printed_totals(stated["printed_total"]),
        "corrections": stated["corrections"] is not None,
        "rejected": stated["rejected"] is not None,
    }


def layout_parameters(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said about how a file is written; the sheet stands with the single files."""
    marks = {name: _mark(name, stated[name]) for name in ("delimiter", "decimal", "group")}
    if marks["group"] is not None and marks["decimal"] is None:
        raise click.UsageError("--group needs --decimal beside it.")
    if marks["decimal"] is not None and marks["decimal"] == marks["group"]:
        raise click.UsageError("--decimal and --group cannot be the same mark.")
    return {**marks, "encoding": stated["encoding"], "header_row": stated["header_row"]}


def _mark(name: str, written: str | None) -> str | None:
    if written is None:
        return None
    mark = _MARKS.get(written, written)
    if len(mark) > 1 or (not mark and name != "group"):
        raise click.BadParameter(f"“{written}” is not one character.", param_hint=f"--{name}")
    return mark


def _refuse_contradictions(files: Sequence[Path], stated: Mapping[str, Any]) -> None:
    if len(files) > 1:
        for name in _FOR_ONE_FILE:
            if stated[name]:
                raise click.UsageError(f"--{name.replace('_', '-')} is for one file at a time.")
    needed = [stated[name] for name in ("municipality", "country", "currency")]
    if stated["name"] and not all(needed):
        raise click.UsageError(
            "A new municipality needs --municipality, --name, --country and --currency."
        )


def _of_file(place: int, files: Sequence[Path], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return what holds for one file: what was said for it, else what was said for all."""
    found: dict[str, Any] = {}
    for name in _OF_FILE:
        common, own = _common_and_own(stated[name], files, place)
        values = own or common
        if len(values) > 1:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} is given twice for {files[place].name}.")
        found[name] = _checked(name, values[0]) if values else None
    return found


def _common_and_own(
    values: Sequence[str], files: Sequence[Path], place: int
) -> tuple[list[str], list[str]]:
    names = [{str(path), path.name} for path in files]
    common, own = [], []
    for value in values:
        file, mark, rest = value.partition("=")
        if not mark or not any(file in known for known in names):
            common.append(value)
        elif file in names[place]:
            own.append(rest)
    return common, own


def _checked(name: str, value: str) -> Any:
    """Return a value as its parameter is carried."""
    try:
        if name == "year":
            return int(value)
        if name == "as_of":
            return date.fromisoformat(value).isoformat()
        return _CHOICES[name](value).value if name in _CHOICES else value
    except ValueError:
        known = f" One of: {', '.join(_CHOICES[name])}." if name in _CHOICES else ""
        hint = f"--{name.replace('_', '-')}"
        raise click.BadParameter(f"“{value}” cannot be read.{known}", param_hint=hint) from None


def _reasons(stated: Mapping[str, Any]) -> dict[str, str]:
    reasons = pairs(stated["acknowledge"], "CHECK=REASON")
    if stated["leave_out"]:
        reasons["rejected-rows"] = stated["leave_out"]
    return reasons


def _printed_totals(written: Sequence[str]) -> dict[str, str]:
    totals = pairs(written, "PART=AMOUNT")
    for part, amount in totals.items():
        try:
            is_read = bool(Part.of(part)) and Decimal(amount).is_finite()
        except (InvalidOperation, ValueError):
            is_read = False
        if not is_read:
            raise click.BadParameter(
                f"“{part}={amount}” is not a stage and an amount with a decimal point.",
                param_hint="--printed-total",
            )
    return totals


def pairs(written: Sequence[str], form: str = "KEY=VALUE") -> dict[str, str]:
    """Return what is written as ``KEY=VALUE``, each key once."""
    found: dict[str, str] = {}
    for pair in written:
        key, mark, value = pair.partition("=")
        if not mark or not key or key in found:
            raise click.BadParameter(f"“{pair}” is not {form} with a key of its own.")
        found[key] = value
    return found
