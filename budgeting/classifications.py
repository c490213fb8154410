"""Classifications and their links as data: ``data/classifications/*.csv``."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from budgeting.data_tables import refusal, table_rows
from budgeting.errors import MappingInvalid
from budgeting.likeness import nearest
from budgeting.model import Labels, Text, text
from budgeting.settings import DATA
from budgeting.translations import to_latin

FOLDER = DATA / "classifications"
LANGUAGES = ("en", "sr", "bs", "lt", "sv", "es")
LINKS = {"cofog": "cofog", "gfsm": "gfsm_economic"}
"""Link column -> the classification that it leads to."""

_ABOUT = {"name", "en", "sr", "country", "dimension", "nesting", "complete"}
_NEEDED = {"code", "source", "verified"}
_POSSIBLE = {"parent", *LANGUAGES, *LINKS}
_SEPARATORS = ".-"


def _parts_above(code: str) -> Iterator[str]:
    for end in range(len(code) - 1, 0, -1):
        if code[end] in _SEPARATORS:
            yield code[:end]


def _characters_above(code: str) -> Iterator[str]:
    # Only digits nest by position; free words that begin like a code stand under nothing.
    return (code[:end] for end in range(len(code) - 1, 0, -1) if code.isdecimal())


def _zeros_above(code: str) -> Iterator[str]:
    return (above.ljust(len(code), "0") for above in _characters_above(code))


NESTINGS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "parts": _parts_above,
    "characters": _characters_above,
    "zeros": _zeros_above,
    "listed": lambda code: (),
}
"""How a code tells what it stands under: the candidates, the nearest first."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a classification; `parent` is empty at the top, a link where none follows."""

    code: str
    parent: str
    labels: Mapping[str, str]
    cofog: str = ""
    gfsm: str = ""
    source: str = ""
    is_verified: bool = False
    is_own: bool = False

    def label(self, language: str) -> str:
        """Return the label in a language, else in English, else in the original language."""
        if language == "sr-Latn":
            latin = to_latin(self.labels["sr"]) if "sr" in self.labels else self.labels.get("bs")
            if latin:
                return latin
        found = self.labels.get(language) or self.labels.get("en")
        return found or next(iter(self.labels.values()))


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code that a municipality has added to a classification, in its own words."""

    label: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Classification:
    """A classification: its codes, what they are called, and what stands under what."""

    name: str
    titles: Mapping[str, str]
    country_code: str
    dimension: str
    nesting: str
    is_complete: bool
    codes: Mapping[str, Code]

    @property
    def title(self) -> Labels:
        """What readers call the classification, in the languages that it has."""
        return Labels(self.titles)

    def label(self, code: str, language: str) -> str:
        """Return what a known code is called.

        Examples
        --------
        >>> read_classification("rs_economic").label("421", "sr-Latn")
        'Stalni troškovi'
        """
        return self.codes[code].label(language)

    def path(self, code: str) -> tuple[str, ...]:
        """Return a known code and what it stands under, from the top down.

        Examples
        --------
        >>> read_classification("rs_economic").path("421")
        ('4', '42', '421')
        """
        steps = [code]
        while parent := self.codes[steps[-1]].parent:
            steps.append(parent)
        return tuple(reversed(steps))

    def above(self, code: str) -> str | None:
        """Return the nearest known code that a code stands under by its own shape, or None.

        Examples
        --------
        >>> read_classification("rs_economic").above("427")
        '42'
        """
        return _first(NESTINGS[self.nesting](code), self.codes)

    def known(self, code: str) -> str | None:
        """Return the known code that a code of a budget is, or is a detail of; None if unknown.

        A budget is often more detailed than a classification. In a complete classification only a
        code without codes under it can have such details: 427 beside 421 to 426 is unknown.

        Examples
        --------
        >>> economic = read_classification("rs_economic")
        >>> economic.known("421211"), economic.known("410000"), economic.known("427")
        ('421', '41', None)
        """
        if code in self.codes:
            return code
        found = self.above(code)
        if found is None or not self.is_complete or not code[len(found) :].strip("0"):
            return found
        official = (entry for entry in self.codes.values() if not entry.is_own)
        return None if any(entry.parent == found for entry in official) else found

    def link(self, code: str, target: str) -> str:
        """Return the ``cofog`` or ``gfsm`` code that follows from a code or what it stands under.

        Examples
        --------
        >>> read_classification("rs_functions").link("912", "cofog")
        '09.1'
        """
        known = self.known(code)
        steps = reversed(self.path(known)) if known else ()
        return next((link for step in steps if (link := getattr(self.codes[step], target))), "")

    def nearest(self, code: str, count: int = 1) -> tuple[str, ...]:
        """Return the known codes that somebody may have meant, the likeliest first.

        Examples
        --------
        >>> read_classification("cofog").nearest("9.1"), read_classification("cofog").nearest("X")
        (('09.1',), ())
        """
        return nearest(code, self.codes, count)


def _first(candidates: Iterable[str], codes: Mapping[str, Code]) -> str | None:
    return next((candidate for candidate in candidates if candidate in codes), None)


def with_own_codes(classification: Classification, own: Mapping[str, OwnCode]) -> Classification:
    """Return the classification with a municipality's own codes added.

    A code that the classification has keeps its meaning. A stated parent that is not known is
    not used; then the code itself tells what it stands under.
    """
    codes = dict(classification.codes)
    added = {code: entry for code, entry in own.items() if code not in codes}
    for code, entry in added.items():
        codes[code] = Code(code, entry.parent, {"own": entry.label}, is_own=True)
    for code in added:
        codes[code] = replace(codes[code], parent=_own_parent(classification, codes, code))
    return replace(classification, codes=codes)


def _own_parent(classification: Classification, codes: Mapping[str, Code], code: str) -> str:
    parent = codes[code].parent
    if parent in codes and not _is_in_circle(codes, code):
        return parent
    return _first(NESTINGS[classification.nesting](code), classification.codes) or ""


@cache
def _index(folder: Path) -> Mapping[str, Mapping[str, str]]:
    path = folder / "index.csv"
    rows = {}
    for number, row in table_rows(path, _ABOUT, set()):
        if row["nesting"] not in NESTINGS or row["complete"] not in ("true", "false"):
            raise refusal(path, number, text("“nesting” or “complete” is not one of its words."))
        if not row["name"] or not row["en"]:
            raise refusal(path, number, text("it needs a name and a title in English."))
        rows[row["name"]] = row
    return rows


def classification_names() -> tuple[str, ...]:
    """Return the names of the classifications, in the order of ``index.csv``."""
    return tuple(_index(FOLDER))


@cache
def read_classification(name: str, folder: Path = FOLDER) -> Classification:
    """Return a classification by name.

    Raises
    ------
    MappingInvalid
        There is no such classification, or its file is broken; told with file and row.
    """
    about = _index(folder).get(name)
    path = folder / f"{name}.csv"
    if about is None or not path.is_file():
        raise MappingInvalid(text("There is no classification “{name}”.", name=name))
    codes, numbers = _read_codes(path)
    codes = {
        code: entry if entry.parent else replace(entry, parent=_parent(code, about, codes))
        for code, entry in codes.items()
    }
    for code, entry in codes.items():
        if (reason := _fault(entry, codes, name)) is not None:
            raise refusal(path, numbers[code], reason)
    titles = {language: about[language] for language in ("en", "sr") if about[language]}
    return Classification(
        name=name,
        titles=titles,
        country_code=about["country"],
        dimension=about["dimension"],
        nesting=about["nesting"],
        is_complete=about["complete"] == "true",
        codes=codes,
    )


def _parent(code: str, about: Mapping[str, str], codes: Mapping[str, Code]) -> str:
    above = (candidate for candidate in NESTINGS[about["nesting"]](code) if candidate != code)
    return _first(above, codes) or ""


def _read_codes(path: Path) -> tuple[dict[str, Code], dict[str, int]]:
    """Return the codes of a file, and the row of each."""
    codes: dict[str, Code] = {}
    numbers: dict[str, int] = {}
    for number, row in table_rows(path, _NEEDED, _POSSIBLE):
        code = row["code"]
        if code in codes:
            stands = text("{code} stands in row {row} already.", code=code, row=numbers[code])
            raise refusal(path, number, stands)
        if row["verified"] not in ("true", "false"):
            raise refusal(path, number, text("“verified” is neither “true” nor “false”."))
        codes[code], numbers[code] = _code(row), number
    return codes, numbers


def _code(row: Mapping[str, str]) -> Code:
    return Code(
        code=row["code"],
        parent=row.get("parent", ""),
        labels={language: row[language] for language in LANGUAGES if row.get(language)},
        cofog=row.get("cofog", ""),
        gfsm=row.get("gfsm", ""),
        source=row["source"],
        is_verified=row["verified"] == "true",
    )


def _fault(entry: Code, codes: Mapping[str, Code], name: str) -> Text | None:
    """Return what is wrong with a code, None where it is sound."""
    if not entry.code:
        return text("it has no code.")
    if not entry.labels:
        return text("the code {code} has no label.", code=entry.code)
    if not entry.source:
        return text("the code {code} has no source.", code=entry.code)
    if entry.parent and entry.parent not in codes:
        return text("the parent {parent} is not a code of this file.", parent=entry.parent)
    if _is_in_circle(codes, entry.code):
        return text("the code {code} stands under itself.", code=entry.code)
    return _link_fault(entry, name)


def _is_in_circle(codes: Mapping[str, Code], code: str) -> bool:
    above = codes[code].parent
    for _ in codes:
        if not above or above not in codes:
            return False
        above = codes[above].parent
    return True


def _link_fault(entry: Code, name: str) -> Text | None:
    for column, target in LINKS.items():
        link = getattr(entry, column)
        if link and (name == target or link not in read_classification(target).codes):
            return text("{link} is not a code of {target}.csv.", link=link, target=target)
    return None


@cache
def cofog_codes() -> Mapping[str, Mapping[str, str]]:
    """Return COFOG's divisions and groups: code -> label by language (``en``, ``sr``).

    Examples
    --------
    >>> cofog_codes()["10.4"]["en"]
    'Family and children'
    """
    return {code: entry.labels for code, entry in read_classification("cofog").codes.items()}


def cofog_label(code: str, language: str) -> str:
    """Return what COFOG calls a code, in the interface language.

    Examples
    --------
    >>> cofog_label("10.4", "sr-Latn")
    'Porodica i deca'
    """
    return read_classification("cofog").label(code, language)


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
        The table does not exist, is no link, or names a code that COFOG does not have.
    """
    path = FOLDER / f"{name}.csv"
    if not path.is_file():
        raise MappingInvalid(text("There is no classification table {path}.", path=path.name))
    rows = table_rows(path, {"prefix", "cofog"}, {"verified", "note"})
    targets = {row["prefix"]: row["cofog"] for _, row in rows}
    if unknown := sorted(set(targets.values()) - set(cofog_codes())):
        raise MappingInvalid(
            text(
                "{path} names codes that COFOG does not have: {codes}.",
                path=path.name,
                codes=", ".join(unknown),
            )
        )
    return CodeLink(targets)
