"""Arguments of the command `successors`: what became of lines, as options of the command line."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import click

_CONFIRMING = ("proposed", "renamed", "moved", "recoded", "merged", "split")
_OPTIONS = (
    click.option("--municipality", required=True, help="Code of the municipality."),
    click.option("--year", required=True, type=int, help="Year of the later lines."),
    click.option(
        "--direction", type=click.Choice(["expenditure", "revenue"]), default="expenditure"
    ),
    click.option("--proposed", is_flag=True, help="Confirm all that is proposed."),
    click.option("--renamed", nargs=2, multiple=True, metavar="OLD NEW", help="May be repeated."),
    click.option("--moved", nargs=2, multiple=True, metavar="OLD NEW", help="May be repeated."),
    click.option(
        "--recoded",
        nargs=2,
        multiple=True,
        metavar="OLD NEW",
        help="Another code within the year. May be repeated.",
    ),
    click.option(
        "--merged", nargs=2, multiple=True, metavar="OLD NEW", help="Repeat it with the same NEW."
    ),
    click.option(
        "--split",
        nargs=3,
        multiple=True,
        metavar="OLD NEW SHARE",
        help="Repeat it with the same OLD.",
    ),
    click.option("--withdraw", type=int, multiple=True, metavar="NUMBER", help="Take one back."),
    click.option("--reason", help="Why; it is kept."),
)


def succession_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which lines continue which."""
    return reduce(lambda so_far, option: option(so_far), reversed(_OPTIONS), command)


def succession_parameters(stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the command, without what was not said.

    Raises
    ------
    click.UsageError
        Something is to be taken back and something confirmed.
    """
    if stated["withdraw"] and any(stated[name] for name in _CONFIRMING):
        raise click.UsageError("--withdraw takes back; confirm something else afterwards.")
    return {name: value for name, value in stated.items() if value}
