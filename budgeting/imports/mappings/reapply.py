"""Reapply: next year's file under last year's mapping, what moved, and the mapping with new names."""

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dictionary
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from budgeting.imports.cells.columns import column_of
from budgeting.imports.guessing.evidence import Column, Evidence
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_from_entries
from budgeting.imports.mappings.use_rule import USE_COLUMNS
from budgeting.imports.source import SourceTable
from budgeting.imports.words.persons import sex_of_header
from budgeting.imports.words.vocabulary import fold, roles_of, stage_of, year_in
from budgeting.model import Text, text

_LIKELY = 0.5
_POSITION = re.compile(r"#\d+")


class Move(StrEnum):
    """What happened to a column."""

    RENAMED = "renamed"
    GONE = "gone"
    NEW = "new"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Moved:
    """One difference between a table and the layout that a mapping was made for.

    Parameters
    ----------
    old, new
        Name in the mapping and name in the table; "" where there is none.
    likeness
        Of a renamed column, up to 1: how sure the proposal is.
    """

    kind: Move
    old: str
    new: str
    message: Text
    likeness: float = 1.0


def moved(mapping: Mapping, table: SourceTable, header: tuple[str, ...] = ()) -> tuple[Moved, ...]:
    """Return what a table has otherwise than the layout that a mapping was made for.

    Renamed columns are proposals: by place, words, what the header means, and what the cells hold.

    Parameters
    ----------
    header
        The header of the file that was imported last, where it is known: then a changed order is
        told too. The order does no harm to a mapping that goes by names.
    """
    known = tuple(dict.fromkeys((*mapping.columns, *mapping.ignored)))
    found = {name: column_of(table.header, name, table.positions) for name in known}
    missing = [name for name in mapping.columns if found[name] is None]
    taken = {name for name in found.values() if name}
    free = [name for name in table.header if name not in taken]
    proposals = _proposals(mapping, table, missing, free, header or known)
    return (
        *_renamed(proposals),
        *_gone([name for name in missing if name not in proposals]),
        *_new([name for name in free if name not in {new for new, _ in proposals.values()}]),
        *_order(header, table.header),
    )


def proposed_names(changes: tuple[Moved, ...]) -> dict[str, str]:
    """Return old and new name of each column that seems to be renamed; see `renamed`."""
    return {change.old: change.new for change in changes if change.kind is Move.RENAMED}


def renamed(mapping: Mapping, renames: Dictionary[str, str]) -> Mapping:
    """Return the mapping with other column names; a year in a name goes with its column.

    Where “Plan 2024” becomes “Plan 2025”, the amounts of that column are of 2025.
    """
    entries = deepcopy(dict(mapping.entries))
    for entry in [*entries.get("amount", []), *entries.get("use", {}).get("figure", [])]:
        new = renames.get(entry["column"])
        year = year_in(new) if new else None
        if year and entry.get("year") in (None, year_in(entry["column"])) and "year" in entry:
            entry["year"] = year

    def name(written: str) -> str:
        return renames.get(written, written)

    return mapping_from_entries(mapping.name, _with_names(entries, name))


def _renamed(proposals: dict[str, tuple[str, float]]) -> Iterator[Moved]:
    for old, (new, likeness) in proposals.items():
        message = text("“{old}” seems to be called “{new}” now.", old=old, new=new)
        yield Moved(Move.RENAMED, old, new, message, likeness)


def _gone(names: list[str]) -> Iterator[Moved]:
    for name in names:
        message = text("The file has no column “{column}” any more.", column=name)
        yield Moved(Move.GONE, name, "", message)


def _new(names: list[str]) -> Iterator[Moved]:
    for name in names:
        yield Moved(Move.NEW, "", name, text("The column “{column}” is new.", column=name))


def _order(earlier: tuple[str, ...], header: tuple[str, ...]) -> Iterator[Moved]:
    """Tell the columns that are in both, but in another order: those that stand elsewhere."""
    before = [name for name in earlier if name in header]
    now = [name for name in header if name in before]
    for tag, _, _, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            for name in now[start:end]:
                message = text("The column “{column}” stands elsewhere.", column=name)
                yield Moved(Move.ORDER, name, name, message)


def _proposals(
    mapping: Mapping,
    table: SourceTable,
    missing: list[str],
    free: list[str],
    order: tuple[str, ...],
) -> dict[str, tuple[str, float]]:
    """Pair missing names with free columns, the likeliest pairs first."""
    if not missing or not free:
        return {}
    columns = {column.name: column for column in Evidence.of(table).columns}
    pairs = [
        (_likeness(mapping, old, columns[new], _place(old, order, table.header)), old, new)
        for old in missing
        for new in free
    ]
    found: dict[str, tuple[str, float]] = {}
    used: set[str] = set()
    for likeness, old, new in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= _LIKELY and old not in found and new not in used:
            found[old] = (new, round(likeness, 2))
            used.add(new)
    return {old: found[old] for old in missing if old in found}


def _place(old: str, order: tuple[str, ...], header: tuple[str, ...]) -> range:
    """Return the places of the new header between the columns that stood beside the old one."""
    at = order.index(old) if old in order else -1
    before = next((n for n in reversed(order[: max(at, 0)]) if n in header), None)
    after = next((n for n in order[at + 1 :] if n in header), None)
    first = header.index(before) + 1 if before else 0
    last = header.index(after) if after else len(header)
    return range(first, last) if first < last else range(len(header))


def _likeness(mapping: Mapping, old: str, column: Column, places: range) -> float:
    if not _holds_the_same(mapping, old, column):
        return 0.0
    if _POSITION.fullmatch(old):
        return 0.0
    words = _words_alike(old, column.name)
    meaning = _meaning_alike(old, column.name)
    place = 0.25 if column.place in places else 0.0
    if column.place in places and len(places) <= 2:  # noqa: PLR2004
        place = 0.45
    return min(1.0, max(words, meaning) * 0.75 + place)


def _words_alike(old: str, new: str) -> float:
    """Return how alike two headers are spelled, years and numbers aside."""
    one, other = (re.sub(r"\d+", "", fold(name)).strip() for name in (old, new))
    return 1.0 if one == other and one else SequenceMatcher(None, one, other).ratio()


def _meaning_alike(old: str, new: str) -> float:
    """Return how well two headers say the same: the role of a column, the stage of its amounts."""
    stages = stage_of(old)[0], stage_of(new)[0]
    if None not in stages:
        return 0.9 if stages[0] == stages[1] else 0.0
    ours, theirs = dict(roles_of(old)), dict(roles_of(new))
    return max((min(ours[role], theirs.get(role, 0.0)) for role in ours), default=0.0) * 0.8


def _holds_the_same(mapping: Mapping, old: str, column: Column) -> bool:
    """Tell whether the cells of a column can be what the mapping takes the old one for."""
    money = {rule.column for rule in mapping.amounts} | {rule.column for rule in mapping.sums}
    money |= {part for rule in mapping.sums for part in (*rule.parts, *rule.minus)}
    money |= {mapping.change.column} if mapping.change else set()
    if mapping.use and old in {rule.column for rule in mapping.use.figures}:
        return column.is_figures and sex_of_header(old) == sex_of_header(column.name)
    stages = {rule.column: rule.stage for rule in mapping.amounts}
    if old in money:
        says = stage_of(column.name)
        is_other = says[0] is not None and says[1] >= 0.9 and stages.get(old) not in (None, says[0])  # noqa: PLR2004
        return (column.is_figures or not column.filled) and not is_other
    if old == mapping.fiscal_year_column:
        return column.is_years
    labels = {level.label for rule in mapping.classifications for level in rule.levels}
    if old == mapping.label or old in labels:
        return column.is_words
    return not column.is_figures or column.is_codes


_COLUMN_KEYS: Dictionary[str, tuple[str, ...]] = {
    "": ("fiscal_year_column",),
    "municipality": ("column", "code_column"),
    "line": ("label", "direction_column"),
    "levels": ("code", "label"),
    "amount": ("column", "date_column"),
    "change": ("column",),
    "sum": ("column", "of", "minus"),
    "total": ("column", "within"),
    "structure": ("code", "label"),
    "gender": ("column",),
    "population": ("sex", "age", "people"),
    "use": USE_COLUMNS,
    "figure": ("column",),
    "number": ("column",),
}
_BY_COLUMN = ("where", "unless", "ignored")


def _with_names(entries: Any, name: Callable[[str], str], block: str = "") -> Any:
    """Return entries with `name` put on every column that they mention."""
    if isinstance(entries, list):
        return [_with_names(entry, name, block) for entry in entries]
    if not isinstance(entries, dict):
        return entries
    if block in _BY_COLUMN:
        return {name(column): value for column, value in entries.items()}
    changed: dict[str, Any] = {}
    for key, value in entries.items():
        if key in _COLUMN_KEYS.get(block, ()) and isinstance(value, str):
            changed[key] = name(value)
        elif key in _COLUMN_KEYS.get(block, ()) and isinstance(value, list):
            changed[key] = [name(one) for one in value]
        else:
            changed[key] = _with_names(value, name, key)
    return changed
