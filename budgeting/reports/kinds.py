"""Kinds of reports, and how the words of an address or a command become what they ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from budgeting.errors import UnknownReport
from budgeting.model import Report, text
from budgeting.store import Store

Parsed = TypeVar("Parsed")

PLACE: Mapping[str, str] = {"municipality": "code of the municipality", "year": "fiscal year"}
"""What every report on one budget asks for."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be asked for by name; ``parameters`` maps each to its meaning."""

    build: Callable[[Store, Mapping[str, str]], Report]
    summary: str
    parameters: Mapping[str, str]


def filled(parameters: Mapping[str, str]) -> dict[str, str]:
    """Return what was filled in; whose budget and which year always must be.

    Raises
    ------
    UnknownReport
        One of the two is missing.
    """
    given = {name: value for name, value in parameters.items() if value}
    for name in ("municipality", "year"):
        if name not in given:
            raise UnknownReport(text("The parameter “{name}” is needed.", name=name))
    return given


def one_of(name: str, value: str, known: Sequence[str]) -> str:
    """Return a value that is among the known ones.

    Raises
    ------
    UnknownReport
        It is not.
    """
    if value not in known:
        raise _impossible(name, value)
    return value


def parsed(name: str, value: str, kind: Callable[[str], Parsed]) -> Parsed:
    """Return a value as what `kind` makes of it.

    Raises
    ------
    UnknownReport
        `kind` refuses it (ValueError).
    """
    try:
        return kind(value)
    except ValueError:
        raise _impossible(name, value) from None


def parsed_if_given(
    name: str, given: Mapping[str, str], kind: Callable[[str], Parsed]
) -> Parsed | None:
    """Return a parameter as `parsed` does; None where it is not given."""
    return parsed(name, given[name], kind) if given.get(name) else None


def _impossible(name: str, value: str) -> UnknownReport:
    return UnknownReport(
        text("The parameter “{name}” cannot be “{value}”.", name=name, value=value)
    )
