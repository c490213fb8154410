"""Proposal: what a new file may be read by: mappings that fit, those that nearly fit, and a guess."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from budgeting.errors import MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.guessing.choice import fitting_mappings
from budgeting.imports.guessing.guess import Guess, guess
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_named, mapping_names
from budgeting.imports.mappings.reapply import Move, Moved, moved
from budgeting.imports.readers import read
from budgeting.imports.source import SourceFile, SourceTable

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


def propose(source: SourceFile, answers: Answers, used: Collection[str] = ()) -> Proposal:
    """Return the mappings that fit a file, those that nearly do, and a guess; writes nothing.

    Parameters
    ----------
    used
        Names of the mappings that this municipality's files were read by before.
    """
    table = read(source, answers.layout)
    fitting = sorted(
        fitting_mappings(source, answers),
        key=lambda mapping: (mapping.name not in used, -len(mapping.columns)),
    )
    near = [] if fitting else sorted(_near(table), key=lambda fit: _rank(fit, used))
    return Proposal(tuple(fitting), tuple(near), guess(table, answers))


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


def _rank(fit: NearFit, used: Collection[str]) -> tuple[bool, int, int]:
    renames = sum(change.kind is Move.RENAMED for change in fit.changes)
    return (fit.mapping.name not in used, renames, -len(fit.mapping.columns))
