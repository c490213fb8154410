"""Proposal: what a new file may be read by: mappings that fit, those that nearly fit, and a guess."""

from collections.abc import Iterator
from dataclasses import dataclass

from budgeting.errors import MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.choice import fitting_mappings
from budgeting.imports.guess import Guess, guess
from budgeting.imports.mapping import Mapping
from budgeting.imports.mapping_file import mapping_named, mapping_names
from budgeting.imports.readers import read
from budgeting.imports.reapply import Move, Moved, moved
from budgeting.imports.source import SourceFile, SourceTable
from budgeting.store import Store

_MOST_MISSING = 0.4


@dataclass(frozen=True, slots=True)
class NearFit:
    """A mapping that would fit if some columns were called otherwise."""

    mapping: Mapping
    changes: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file may be read by.

    Parameters
    ----------
    fitting
        Mappings of which the file has all columns, the best first: one that this municipality used
        before, then one that understands more columns.
    near
        Mappings that fit once the columns of `changes` are renamed, the best first.
    guess
        The guess about the file's table.
    """

    fitting: tuple[Mapping, ...]
    near: tuple[NearFit, ...]
    guess: Guess


def propose(store: Store, source: SourceFile, answers: Answers) -> Proposal:
    """Return the mappings that fit a file, those that nearly do, and a guess; writes nothing."""
    table = read(source, answers.layout)
    used = _used_before(store, answers.municipality_code)
    fitting = sorted(
        fitting_mappings(source, answers),
        key=lambda mapping: (mapping.name not in used, -len(mapping.columns)),
    )
    near = [] if fitting else sorted(_near(table), key=lambda fit: _rank(fit, used))
    return Proposal(tuple(fitting), tuple(near), guess(table, answers))


def _used_before(store: Store, municipality_code: str | None) -> set[str]:
    """Return the names of the mappings of this municipality's earlier imports."""
    if municipality_code is None:
        return set()
    rows = store.query("source_files", municipality_code=municipality_code).to_pylist()
    return {row["mapping_name"] for row in rows}


def _near(table: SourceTable) -> Iterator[NearFit]:
    if not table.header:
        return
    for name in mapping_names():
        try:
            mapping = mapping_named(name)
        except MappingInvalid:
            continue
        if not mapping.columns or mapping.has_descriptor or _is_by_place(mapping):
            continue
        changes = moved(mapping, table)
        missing = [change for change in changes if change.kind in (Move.RENAMED, Move.GONE)]
        is_whole = not any(change.kind is Move.GONE for change in changes)
        if is_whole and 0 < len(missing) <= _MOST_MISSING * len(mapping.columns):
            yield NearFit(mapping, changes)


def _is_by_place(mapping: Mapping) -> bool:
    return all(name.startswith("#") for name in mapping.columns)


def _rank(fit: NearFit, used: set[str]) -> tuple[bool, int, int]:
    renames = sum(change.kind is Move.RENAMED for change in fit.changes)
    return (fit.mapping.name not in used, renames, -len(fit.mapping.columns))
