"""Arguments of the commands `scenarios` and `rules`."""

from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import click

_Command = Callable[..., None]
_PATH = click.Path(dir_okay=False, path_type=Path)
_FILE = click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
_OUTPUT = click.option("--output", type=_PATH, help="Write it there.")
_SCENARIOS = (
    _FILE,
    click.option("--municipality", help="Code of the municipality: list its scenarios."),
    click.option("--write", type=int, metavar="NUMBER", help="Write this scenario as JSON."),
    _OUTPUT,
)
_RULES = (
    _FILE,
    click.option("--municipality", required=True, help="Code of the municipality."),
    click.option("--note", help="Why, such as the decision that sets them; it is kept."),
    _OUTPUT,
)


def scenario_options(command: _Command) -> _Command:
    """Give a command the options that list, write and open scenarios."""
    return reduce(lambda so_far, option: option(so_far), reversed(_SCENARIOS), command)


def rule_options(command: _Command) -> _Command:
    """Give a command the options that set and write rules."""
    return reduce(lambda so_far, option: option(so_far), reversed(_RULES), command)


def scenario_parameters(file: Path | None, stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the command.

    Raises
    ------
    click.UsageError
        Not exactly one thing is asked for.
    """
    if sum(one is not None for one in (file, stated["municipality"], stated["write"])) != 1:
        raise click.UsageError("Name a FILE, --municipality or --write.")
    return dict(stated)
