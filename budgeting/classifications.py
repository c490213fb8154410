"""Classifications and their links as data: ``data/classifications/*.csv``."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from budgeting.errors import MappingInvalid
from budgeting.model import text
from budgeting.settings import DATA
from budgeting.translations import to_latin

FOLDER = DATA / "classifications"


@cache
def cofog_codes() -> Mapping[str, Mapping[str, str]]:
    """Return COFOG's divisions and groups: code -> label by language (``en``, ``sr``).

    Examples
    --------
    >>> cofog_codes()["10.4"]["en"]
    'Family and children'
    """
    with (FOLDER / "cofog.csv").open(encoding="utf-8", newline="") as lines:
        return {row.pop("code"): row for row in csv.DictReader(lines)}


def cofog_label(code: str, language: str) -> str:
    """Return what COFOG calls a code, in the interface language.

    Examples
    --------
    >>> cofog_label("10.4", "sr-Latn")
    'Porodica i deca'
    """
    labels = cofog_codes()[code]
    if language == "sr-Latn":
        return to_latin(labels["sr"])
    return labels.get(language) or labels["en"]


def cofog_path(code: str) -> str:
    """Return the path of a COFOG code from its division down.

    Examples
    --------
    >>> cofog_path("09.1"), cofog_path("09")
    ('09/09.1', '09')
    """
    division = code.partition(".")[0]
    return code if code == division else f"{division}/{code}"


@dataclass(frozen=True, slots=True)
class CodeLink:
    """Codes of one classification that follow from code prefixes of another."""

    targets: Mapping[str, str]

    def target(self, code: str) -> str | None:
        """Return the target of the longest known prefix of `code`, or None.

        Examples
        --------
        >>> CodeLink({"23": "10", "231": "10.9"}).target("23103")
        '10.9'
        """
        for length in range(len(code), 0, -1):
            if found := self.targets.get(code[:length]):
                return found
        return None


@cache
def read_link(name: str) -> CodeLink:
    """Return the link table ``data/classifications/<name>.csv`` (columns ``prefix``, ``cofog``).

    Raises
    ------
    MappingInvalid
        The table does not exist or names a code that COFOG does not have.
    """
    path = FOLDER / f"{name}.csv"
    if not path.is_file():
        raise MappingInvalid(text("There is no classification table {path}.", path=path.name))
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if not {"prefix", "cofog"} <= set(rows.fieldnames or ()):
            raise MappingInvalid(
                text(
                    "{path} has no columns “prefix” and “cofog”: it is not a link.", path=path.name
                )
            )
        targets = {row["prefix"]: row["cofog"] for row in rows}
    unknown = sorted(set(targets.values()) - set(cofog_codes()))
    if unknown:
        raise MappingInvalid(
            text(
                "{path} names codes that COFOG does not have: {codes}.",
                path=path.name,
                codes=", ".join(unknown),
            )
        )
    return CodeLink(targets)
