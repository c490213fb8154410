"""Explorer view: what a reader chose in the budget explorer, and how an address writes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from budgeting.model import Direction, Stage
from budgeting.store import DIMENSIONS

UNKNOWN_PATH = "?"  # the path of "not known"


@dataclass(frozen=True, slots=True)
class View:
    """What the reader chose; every field has its place in the page's address.

    ``within`` are the members drilled into, (dimension, path code) each, "?" for not known;
    ``by`` a dimension or ``line``; ``base_year`` the year of constant prices, None for nominal.
    """

    municipality_code: str
    fiscal_year: int
    direction: Direction = Direction.EXPENDITURE
    stage: Stage = Stage.REVISED
    by: str = "function"
    within: tuple[tuple[str, str], ...] = ()
    words: str = ""
    has_constant_prices: bool = False
    is_per_resident: bool = False
    page: int = 1
    language: str = "en"


def read_path(written: str) -> tuple[tuple[str, str], ...]:
    """Return the members of an address part such as ``programme:2001~fund:01``.

    Raises
    ------
    ValueError
        A step names no dimension: it must not be dropped, the view would be a larger one.

    Examples
    --------
    >>> read_path("programme:2001~fund:01")
    (('programme', '2001'), ('fund', '01'))
    """
    steps = [step.partition(":") for step in written.split("~") if step]
    unknown = [name for name, _, _ in steps if name not in DIMENSIONS]
    if unknown:
        raise ValueError(f"“{unknown[0]}” is not a dimension")
    return tuple((name, unquote(code)) for name, _, code in steps)


def write_path(within: Sequence[tuple[str, str]]) -> str:
    """Return the address part of `within`; the inverse of `read_path`."""
    return "~".join(f"{name}:{quote(code, safe='/')}" for name, code in within)


def parameters(view: View) -> dict[str, Any]:
    """Return the view as the parameters of an address: what every download is stamped with."""
    return {
        "municipality": view.municipality_code,
        "year": str(view.fiscal_year),
        "direction": view.direction.value,
        "stage": view.stage.value,
        "by": view.by,
        "within": write_path(view.within),
        "words": view.words,
        "prices": "constant" if view.has_constant_prices else "nominal",
        "per": "resident" if view.is_per_resident else "total",
        "page": str(view.page),
    }
