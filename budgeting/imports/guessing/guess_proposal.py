"""Proposal: what a new file may be read by: mappings that fit, then those of which columns moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgeting.errors import MappingInvalid
from budgeting.imports.answers import Answers
from budgeting.imports.cells.columns import column_of
from budgeting.imports.guessing.choice import fitting_mappings
from budgeting.imports.mappings.mapping import Mapping
from budgeting.imports.mappings.mapping_file import mapping_named, mapping_names, saved_folder
from budgeting.imports.mappings.reapply import Move, Moved, moved
from budgeting.imports.source import SourceFile, SourceTable

_RENAMED_HERE, _RENAMED_ELSEWHERE = 0.5, 0.25  # of the columns of a mapping, at most so many


@dataclass(frozen=True, slots=True)
class Offer:
    """A mapping that a file may be read by, and what moved since it was made."""

    mapping: Mapping
    changes: tuple[Moved, ...]

    @property
    def renames(self) -> int:
        """How many of its columns are called otherwise in the file."""
        return sum(change.kind is Move.RENAMED for change in self.changes)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file may be read by before anything has to be guessed.

    Parameters
    ----------
    fitting
        Mappings of which the file has all columns, the best first: one that was used here last,
        then one that understands more columns.
    near
        Mappings that fit once their renamed columns are confirmed, in the same order.
    """

    fitting: tuple[Offer, ...]
    near: tuple[Offer, ...]


NOTHING = Proposal((), ())


def propose(
    source: SourceFile, table: SourceTable, answers: Answers, used: Sequence[str] = ()
) -> Proposal:
    """Return the mappings that a file fits, and those it nearly fits; writes nothing.

    A mapping that was used or saved here may have half of its columns renamed. Of one that only came
    with Paritet it is at most a quarter: another country's layout is no layout of last year.

    Parameters
    ----------
    table
        The first table of the file, or of its beginning.
    used
        Names of the mappings that files were read by before, the newest first.
    """
    here = list(dict.fromkeys([*used, *saved_names()]))
    fitting = [Offer(one, moved(one, table)) for one in fitting_mappings(source, answers, table)]
    fitting.sort(key=lambda offer: (_age(offer, here), -len(offer.mapping.columns)))
    known = {offer.mapping.name for offer in fitting}
    near = [offer for offer in _near(table, here) if offer.mapping.name not in known]
    near.sort(key=lambda offer: (_age(offer, here), offer.renames, -len(offer.mapping.columns)))
    return Proposal(tuple(fitting), tuple(near))


def saved_names() -> list[str]:
    """Return the names of the mappings that were saved here."""
    return sorted(path.stem for path in saved_folder().glob("*.toml"))


def _age(offer: Offer, here: list[str]) -> int:
    return here.index(offer.mapping.name) if offer.mapping.name in here else len(here)


def _near(table: SourceTable, here: list[str]) -> Iterator[Offer]:
    for name in mapping_names() if table.header else ():
        try:
            mapping = mapping_named(name)
        except MappingInvalid:
            continue
        share = _RENAMED_HERE if name in here else _RENAMED_ELSEWHERE
        missing = _missing(mapping, table)
        if mapping.has_descriptor or _is_by_place(mapping):
            continue
        if not 0 < missing <= share * len(mapping.columns):
            continue
        offer = Offer(mapping, moved(mapping, table))
        if offer.renames == missing:
            yield offer


def _missing(mapping: Mapping, table: SourceTable) -> int:
    found = (column_of(table.header, name, table.positions) for name in mapping.columns)
    return sum(name is None for name in found)


def _is_by_place(mapping: Mapping) -> bool:
    return all(name.startswith("#") for name in mapping.columns)
