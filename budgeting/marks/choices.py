"""Choices: which methodologies a municipality uses, in which version, and with which coefficients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotAllowed
from budgeting.methodologies import Convention, Methodology
from budgeting.methodologies import methodology as methodology_named
from budgeting.model import text
from budgeting.store import Store

DEFAULT = "oecd_dac"  # until a municipality decides otherwise
_ROWS = pa.schema(
    [
        ("methodology", pa.string()),
        ("methodology_version", pa.string()),
        ("convention", pa.string()),
        ("is_main", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A methodology that a municipality uses.

    ``version`` is empty for the newest one, ``convention`` for the methodology's own coefficients.
    """

    methodology: str
    version: str = ""
    convention: str = ""

    def read(self) -> tuple[Methodology, Convention]:
        """Return the methodology and its coefficients.

        Raises
        ------
        UnknownMethodology, EvidenceInvalid
            The files have no such methodology, version or convention any more.
        """
        found = methodology_named(self.methodology, self.version or None)
        return found, found.convention(self.convention or None)


def choices(store: Store, municipality_code: str) -> tuple[Choice, ...]:
    """Return what a municipality uses, the main methodology first; the OECD marker by default."""
    return _choices(store, store.budget_state, municipality_code)


@lru_cache(maxsize=64)
def _choices(store: Store, _state: str, municipality_code: str) -> tuple[Choice, ...]:
    rows = store.query("methodology_choices", municipality_code=municipality_code).to_pylist()
    stored = tuple(
        Choice(row["methodology"], row["methodology_version"], row["convention"]) for row in rows
    )
    return stored or (Choice(DEFAULT),)


def choose(
    store: Store, identity: Identity, municipality_code: str, chosen: Sequence[Choice], reason: str
) -> None:
    """Let a municipality use these methodologies, the first as its main one.

    The marks stay as they are: another version opens a queue to score them again, and other
    coefficients count them differently.

    Raises
    ------
    NotAllowed
        The role does not permit it, no reason is given, or nothing or the same twice is chosen.
    UnknownMethodology, EvidenceInvalid
        There is no such methodology, version or convention.
    """
    require(identity, Action.REVIEW_CLASSIFICATION)
    if not reason.strip():
        raise NotAllowed(text("A methodology is chosen for a reason: write it down."))
    names = [choice.methodology for choice in chosen]
    if not names or len(set(names)) < len(names):
        raise NotAllowed(text("Choose at least one methodology, each of them once."))
    for choice in chosen:
        choice.read()
    rows = [
        {
            "methodology": choice.methodology,
            "methodology_version": choice.version,
            "convention": choice.convention,
            "is_main": place == 0,
        }
        for place, choice in enumerate(chosen)
    ]
    change = Change("choose-methodologies", ", ".join(names), municipality_code, reason.strip())
    with store.transaction(identity, change) as transaction:
        transaction.run("drop_methodology_choices", municipality_code=municipality_code)
        transaction.run(
            "add_methodology_choices",
            municipality_code=municipality_code,
            decided_by=identity.name,
            decided_at=datetime.now(UTC),
            batch_choices=pa.Table.from_pylist(rows, schema=_ROWS),
        )
        transaction.details = {"choices": rows}
