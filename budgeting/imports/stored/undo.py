"""Undo: an import is taken back as a whole; what people made of its lines stays."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotAllowed, NotFound
from budgeting.marks.refreshing import refresh_import
from budgeting.marks.stated import take_back_stated
from budgeting.model import Text, plural_text, text
from budgeting.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class LaterImport:
    """An import that states again, adds to or corrects what an earlier one states."""

    import_id: int
    file_name: str
    imported_by: str
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class LeftScenario:
    """A scenario that an undo leaves without lines or baseline; so many of its moves are touched."""

    scenario_id: int
    name: str
    author: str
    state: str
    move_count: int


@dataclass(frozen=True, slots=True)
class Dependents:
    """What hangs on an import.

    Parameters
    ----------
    marks
        State -> how many marks that count now would lose their subject. They are kept, shown as
        orphaned, and attached again as soon as the same code is stored again.
    scenarios
        Scenarios of which the same is true.
    later_imports
        Imports of the same statements; they must be undone first.
    succession_count
        Confirmed successions of lines that would wait for a line; they count again with its code.
    """

    marks: Dictionary[str, int]
    scenarios: tuple[LeftScenario, ...]
    later_imports: tuple[LaterImport, ...]
    succession_count: int = 0

    @property
    def move_count(self) -> int:
        """Moves of scenarios that would lose a line."""
        return sum(scenario.move_count for scenario in self.scenarios)


def what_hangs_on(reading: Store | Transaction, import_id: int) -> Dependents:
    """Return what people and later imports have built on an import."""
    marks = reading.query("marks_on_import", import_id=import_id).to_pylist()
    scenarios = reading.query("scenarios_on_import", import_id=import_id).to_pylist()
    later = reading.query("later_imports", import_id=import_id).to_pylist()
    links = reading.query("successions_on_import", import_id=import_id).to_pylist()
    return Dependents(
        {row["state"]: row["mark_count"] for row in marks},
        tuple(LeftScenario(**row) for row in scenarios),
        tuple(LaterImport(**row) for row in later),
        links[0]["succession_count"],
    )


def waiting_words(count: int) -> Text:
    """Return what becomes of successions whose lines an undo takes away."""
    return plural_text(
        "What somebody confirmed of {count} line that continues another is kept, and counts again when "
        "the same codes are stored again.",
        "What somebody confirmed of {count} lines that continue others is kept, and counts again when the "
        "same codes are stored again.",
        count,
    )


def undo(store: Store, import_id: int, reason: str, identity: Identity) -> Dependents:
    """Take an import back in one transaction and return what hung on it.

    Its amounts go, and what it replaced comes back. Lines, members and years that nothing else uses
    go with them. The import itself, its rows and its findings stay, with who undid it and why.

    Raises
    ------
    NotAllowed
        The identity may not import, gave no reason, or a later import builds on this one.
    NotFound
        There is no such import, or it is undone already.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not reason.strip():
        raise NotAllowed(text("An import is undone for a reason. Write it down, then undo."))
    record = _record(store, import_id)
    codes = record["municipality_codes"]
    code = codes[0] if len(codes) == 1 else ""
    change = Change("undo-import", record["file_name"], code, reason)
    with store.transaction(identity, change) as transaction:
        _record(transaction, import_id)
        dependents = what_hangs_on(transaction, import_id)
        _refuse_if_built_on(dependents)
        _take_back(transaction, import_id, identity)
        transaction.run(
            "mark_import_undone",
            import_id=import_id,
            undone_by=identity.name,
            undone_at=datetime.now(UTC),
            undo_reason=reason,
        )
        transaction.details = {
            "import_id": import_id,
            "orphaned_marks": dict(dependents.marks),
            "orphaned_scenarios": [scenario.name for scenario in dependents.scenarios],
            "waiting_successions": dependents.succession_count,
        }
    return dependents


def _record(reading: Store | Transaction, import_id: int) -> Dictionary[str, Any]:
    """Return the record of an import that still counts."""
    rows: list[Dictionary[str, Any]] = reading.query(
        "import_record", import_id=import_id
    ).to_pylist()
    if not rows:
        raise NotFound(text("There is no import {number}.", number=str(import_id)))
    if rows[0]["undone_at"]:
        raise NotFound(
            text(
                "The import of {file} was undone already, on {day} by {name}.",
                file=rows[0]["file_name"],
                day=rows[0]["undone_at"].date(),
                name=rows[0]["undone_by"],
            )
        )
    return rows[0]


def _refuse_if_built_on(dependents: Dependents) -> None:
    if not dependents.later_imports:
        return
    newest = dependents.later_imports[-1]
    raise NotAllowed(
        text(
            "{file}, accepted on {day} by {name}, builds on this import. Undo that one first.",
            file=newest.file_name,
            day=newest.imported_at.date(),
            name=newest.imported_by,
        )
    )


# In this order: a command asks what the ones before it have left.
_REMOVALS = (
    "drop_cube",
    "drop_amounts_of_import",
    "restore_replaced_amounts",
    "forget_replaced_amounts",
    "drop_line_year_sources",
    "drop_stated_vintages",
    "undo_figures_of_import",
    "drop_unused_line_years",
    "drop_unused_lines",
    "drop_unused_member_labels",
    "drop_unused_members",
    "drop_unused_vintages",
    "mark_parts_undone",
    "drop_unused_fiscal_years",
    "drop_unused_municipalities",
    "build_cube",
)


def _take_back(transaction: Transaction, import_id: int, identity: Identity) -> None:
    for command in _REMOVALS:
        transaction.run(command, import_id=import_id)
    take_back_stated(transaction, identity, import_id)
    refresh_import(transaction, import_id)
