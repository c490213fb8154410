"""Roles in files of use: what each column means by a mapping, and the mapping after changing one.

As in column_roles.py, only what concerns the changed column is changed.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from budgeting.imports.cells.columns import column_of
from budgeting.imports.guessing.column_roles import Entries, Header
from budgeting.services.model import FigureKind


class UseRole(StrEnum):
    """What a column of a file of use means; most are called as in ``[use]``."""

    UNUSED = "unused"
    LABEL = "label"
    CODE = "code"
    IDENTIFIED_BY = "identified_by"
    FIGURE = "figure"
    UNIT = "unit"
    SEX = "sex"
    AGE = "age"
    GROUP = "group"
    KIND = "kind"
    GRADE = "grade"
    SAMPLE_SIZE = "sample_size"
    DESIGN_EFFECT = "design_effect"
    SOURCE = "source"
    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    PLACE = "place"
    YEAR = "fiscal_year_column"
    MUNICIPALITY = "municipality"
    MUNICIPALITY_CODE = "municipality_code"


@dataclass(frozen=True, slots=True)
class UseColumn:
    """What a column means, and of a column of figures what its header says for all rows.

    ``age`` is a band as a person writes it and ``group`` a code of data/groups.toml; ``reason`` says
    why a column is not used.
    """

    role: UseRole
    sex: str | None = None
    kind: FigureKind | None = None
    year: int | None = None
    age: str | None = None
    group: str | None = None
    reason: str = ""


_SEVERAL = (UseRole.LABEL, UseRole.IDENTIFIED_BY)
_STATED = {"unit": "unit_text", "grade": "grade_text", "source": "source_text"}
_OF_FIGURES = tuple(
    one.name for one in fields(UseColumn) if one.name not in ("role", "kind", "reason")
)
_PLACES = {UseRole.MUNICIPALITY: "column", UseRole.MUNICIPALITY_CODE: "code_column"}
_ELSEWHERE = (UseRole.UNUSED, UseRole.FIGURE, UseRole.YEAR, *_PLACES)
_IN_USE = tuple(role for role in UseRole if role not in _ELSEWHERE)


def uses_of(entries: Entries, header: Header) -> dict[str, UseColumn]:
    """Return what each column of the header means by the entries of a mapping of use."""
    found: dict[str, UseColumn] = {}
    for name, meaning in _said(entries):
        column = column_of(header.names, name, header.positions)
        if column is not None:
            found.setdefault(column, meaning)
    return {name: found.get(name, UseColumn(UseRole.UNUSED)) for name in header.names}


def _said(entries: Entries) -> list[tuple[str, UseColumn]]:
    """Return the names that the entries use with what they mean, figures first."""
    use = entries.get("use", {})
    said = [(rule["column"], _figure_of(rule)) for rule in use.get("figure", [])]
    for role in _IN_USE:
        said += [(name, UseColumn(role)) for name in _listed(use.get(role.value, []))]
    if "fiscal_year_column" in entries:
        said.append((entries["fiscal_year_column"], UseColumn(UseRole.YEAR)))
    place = entries.get("municipality", {})
    said += [(place[key], UseColumn(role)) for role, key in _PLACES.items() if key in place]
    ignored = entries.get("ignored", {}).items()
    return said + [(name, UseColumn(UseRole.UNUSED, reason=why)) for name, why in ignored]


def _figure_of(rule: Entries) -> UseColumn:
    kind = FigureKind(rule["kind"]) if "kind" in rule else None
    stated = {name: rule[name] for name in _OF_FIGURES if name in rule}
    return UseColumn(UseRole.FIGURE, kind=kind, **stated)


def _listed(names: Any) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def with_use(entries: Entries, header: Header, column: str, meaning: UseColumn) -> Entries:
    """Return the entries in which `column` means `meaning` and nothing else.

    What one column only can say, such as the unit, is taken from the column that said it before.
    """
    changed = deepcopy(entries)
    _take_out(changed, lambda name: header.is_same(name, column))
    use = changed.setdefault("use", {})
    role = meaning.role
    if role is UseRole.UNUSED:
        _ignore(changed, column, meaning.reason)
    elif role is UseRole.FIGURE:
        use.setdefault("figure", []).append(_rule(column, meaning))
        use["figure"].sort(key=lambda rule: header.place(rule["column"]))
    elif role in _SEVERAL:
        names = sorted([*_listed(use.get(role.value, [])), column], key=header.place)
        use[role.value] = names
    elif role is UseRole.YEAR:
        changed["fiscal_year_column"] = column
    elif role in _PLACES:
        changed.setdefault("municipality", {})[_PLACES[role]] = column
    else:
        use[role.value] = column
        use.pop(_STATED.get(role.value, ""), None)
    return changed


def _rule(column: str, meaning: UseColumn) -> Entries:
    """Return the entry of a column of figures."""
    said = {name: getattr(meaning, name) for name in _OF_FIGURES} | {
        "kind": meaning.kind.value if meaning.kind else None
    }
    return {"column": column} | {name: value for name, value in said.items() if value}


def _ignore(entries: Entries, column: str, reason: str) -> None:
    if reason:
        entries.setdefault("ignored", {})[column] = reason


def _take_out(entries: Entries, is_it: Callable[[str | None], bool]) -> None:
    use = entries.setdefault("use", {})
    use["figure"] = [rule for rule in use.get("figure", []) if not is_it(rule["column"])]
    for role in _SEVERAL:
        kept = [name for name in _listed(use.pop(role.value, [])) if not is_it(name)]
        if kept:
            use[role.value] = kept
    for role in _IN_USE:
        if role not in _SEVERAL and is_it(use.get(role.value)):
            del use[role.value]
    if is_it(entries.get("fiscal_year_column")):
        del entries["fiscal_year_column"]
    place = entries.get("municipality", {})
    for key in [key for key in _PLACES.values() if is_it(place.get(key))]:
        del place[key]
    if "municipality" in entries and not place:
        del entries["municipality"]
    for name in [name for name in entries.get("ignored", {}) if is_it(name)]:
        del entries["ignored"][name]


# --- what the rows of a file are ------------------------------------------

_KEPT = ("title", "fiscal_year", "fiscal_year_column", "file", "municipality", "ignored")


def as_use(entries: Entries) -> Entries:
    """Return entries of a budget or of residents as those of a file of use, with the same columns."""
    people, line = entries.get("population", {}), entries.get("line", {})
    figures = [*dict.fromkeys(rule["column"] for rule in entries.get("amount", []))]
    figures += [people["people"]] if "people" in people else []
    use: Entries = {name: people[name] for name in ("sex", "age") if name in people}
    if "label" in line:
        use["label"] = [line["label"]]
    use["figure"] = [{"column": name} for name in figures]
    return {**_kept(entries), "use": use}


def as_budget(entries: Entries) -> Entries:
    """Return entries of a file of use as those of a budget, with the same columns."""
    use = entries.get("use", {})
    labels = _listed(use.get("label", []))
    amounts = dict.fromkeys(rule["column"] for rule in use.get("figure", []))
    return {
        **_kept(entries),
        "line": {"label": labels[0]} if labels else {},
        "amount": [{"column": name} for name in amounts],
    }


def _kept(entries: Entries) -> Entries:
    return {name: deepcopy(entries[name]) for name in _KEPT if name in entries}
