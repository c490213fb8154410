"""Own codes: what a municipality adds to a classification of ``data/classifications``."""

from dataclasses import dataclass
from datetime import UTC, datetime

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotAllowed
from budgeting.model import text
from budgeting.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class OwnCode:
    """A code of a municipality's own; `parent_code` is that of the classification above it, or ""."""

    classification: str
    code: str
    label: str
    parent_code: str
    added_by: str
    added_at: datetime


def own_codes(reading: Store | Transaction, municipality_code: str) -> tuple[OwnCode, ...]:
    """Return the codes that a municipality added, by classification and code."""
    rows = reading.query("own_codes", municipality_code=municipality_code).to_pylist()
    return tuple(OwnCode(**row) for row in rows)


def add_own_code(
    store: Store,
    municipality_code: str,
    classification: str,
    code: str,
    *,
    label: str,
    parent_code: str = "",
    identity: Identity,
) -> None:
    """Add a code to a classification for one municipality.

    Raises
    ------
    NotAllowed
        The identity may not import, the code is empty, or it is there already.
    """
    require(identity, Action.IMPORT_BUDGET)
    if not code.strip() or not label.strip():
        raise NotAllowed(text("A code of your own needs the code and what it is called."))
    change = Change("add-own-code", f"{classification} {code}", municipality_code)
    with store.transaction(identity, change) as transaction:
        known = own_codes(transaction, municipality_code)
        if any((own.classification, own.code) == (classification, code) for own in known):
            raise NotAllowed(text("The code {code} is there already.", code=code))
        transaction.run(
            "add_own_code",
            municipality_code=municipality_code,
            classification=classification,
            code=code,
            label=label,
            parent_code=parent_code,
            added_by=identity.name,
            added_at=datetime.now(UTC),
        )
        transaction.details = {"label": label, "parent_code": parent_code}
