"""SQL files: each statement with the parameters that its header lists."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgeting.errors import UnknownQuery, WrongParameters
from budgeting.model import text

SQL = Path(__file__).parent / "sql"

# The dimensions by which a user may drill, and their columns: identifiers cannot be bound as
# parameters, so this list is what may stand in for ``{dimension}`` in a query, and nothing else.
DIMENSIONS = {
    "organisation": "organisation_id",
    "programme": "programme_id",
    "function": "function_id",
    "economic_class": "economic_class_id",
    "fund": "fund_id",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One ``.sql`` file: its text and the parameter names that its header lists."""

    name: str
    sql: str
    parameters: frozenset[str]


@cache
def statements(folder: str) -> Mapping[str, Statement]:
    """Return the statements of ``sql/<folder>``, by file name without suffix."""
    return {path.stem: _read_statement(path) for path in sorted((SQL / folder).glob("*.sql"))}


def _read_statement(path: Path) -> Statement:
    sql = path.read_text(encoding="utf-8")
    header = re.match(r"(?:--.*\n)*", sql)
    listed = re.findall(r"^-- [$@{](\w+)", header.group() if header else "", re.MULTILINE)
    return Statement(path.stem, sql, frozenset(listed))


def statement_named(folder: str, name: str) -> Statement:
    """Return a statement by name; raises `UnknownQuery` where there is none."""
    try:
        return statements(folder)[name]
    except KeyError:
        raise UnknownQuery(
            text("There is no statement “{name}” in sql/{folder}.", name=name, folder=folder)
        ) from None


def check_names(statement: Statement, given: Iterable[str]) -> None:
    """Refuse names that are not exactly the parameters of a statement; raises `WrongParameters`."""
    names = set(given)
    missing = sorted(statement.parameters - names)
    surplus = sorted(names - statement.parameters)
    if missing or surplus:
        raise WrongParameters(
            text(
                "The statement “{name}” lacks the parameters [{missing}] and has no parameters "
                "[{surplus}].",
                name=statement.name,
                missing=", ".join(missing),
                surplus=", ".join(surplus),
            )
        )


def column_of(dimension: str) -> str:
    """Return the column of a dimension; raises `WrongParameters` where it is none."""
    try:
        return DIMENSIONS[dimension]
    except KeyError:
        raise WrongParameters(
            text(
                "“{dimension}” is not a dimension; there are: {known}.",
                dimension=dimension,
                known=", ".join(DIMENSIONS),
            )
        ) from None
