"""Confirming which lines continue which, and taking it back: one transaction and one audit event."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from budgeting.access import Action, Identity, require
from budgeting.audit import Change
from budgeting.errors import NotFound, SuccessionInvalid
from budgeting.model import Text, text
from budgeting.names import codes_of_line
from budgeting.store import Store, Transaction
from budgeting.successions.model import Becoming, YearSuccessions, require_sound

_ASKED = pa.schema(
    [("number", pa.int64()), ("earlier_code", pa.string()), ("later_code", pa.string())]
)
_LINK = pa.schema(
    [
        ("succession_id", pa.int64()),
        ("line_id", pa.int64()),
        ("successor_line_id", pa.int64()),
        ("change", pa.string()),
        ("amount_share", pa.decimal128(9, 6)),
    ]
)
_IDS = pa.schema([("succession_id", pa.int64())])


def confirm(
    store: Store, identity: Identity, year: YearSuccessions, reason: str = ""
) -> tuple[int, ...]:
    """Record that lines of a year continue lines of a year before; return the successions' numbers.

    Marks do not move by themselves: those of the earlier lines are proposed for the later ones.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    SuccessionInvalid
        It cannot be so (see `model.require_sound`), an earlier line is in no year before, a later one
        not in the year, or somebody has confirmed something else of one of them.
    """
    require(identity, Action.CLASSIFY_LINE)
    told = Change(
        "confirm-successors",
        f"{len(year.successions)} successions, {year.fiscal_year}",
        year.municipality_code,
        reason.strip(),
    )
    with store.transaction(identity, told) as transaction:
        numbers = record(transaction, identity, year, reason)
        transaction.details = details_of(year, numbers)
    return numbers


def record(
    transaction: Transaction, identity: Identity, year: YearSuccessions, reason: str = ""
) -> tuple[int, ...]:
    """Write successions inside a transaction that tells them; as `confirm` otherwise."""
    require_sound(year.successions)
    first = transaction.query("next_succession").to_pylist()[0]["succession_id"]
    links = [
        (first + place, one.change.value, *link)
        for place, one in enumerate(year.successions)
        for link in one.links
    ]
    asked = [
        {"number": number, "earlier_code": earlier, "later_code": later}
        for number, (_id, _change, earlier, later, _share) in enumerate(links)
    ]
    found = transaction.query(
        "links_to_confirm",
        municipality_code=year.municipality_code,
        direction=year.direction.value,
        fiscal_year=year.fiscal_year,
        batch_links=pa.Table.from_pylist(asked, schema=_ASKED),
    ).to_pylist()
    rows = []
    for (number, change, earlier, later, share), row in zip(links, found, strict=True):
        _require_possible(row, change, earlier, later, year.fiscal_year)
        ids = {name: row[name] for name in ("line_id", "successor_line_id")}
        rows.append({"succession_id": number, "change": change, "amount_share": share, **ids})
    transaction.run(
        "add_line_successors",
        fiscal_year=year.fiscal_year,
        reason=reason.strip(),
        confirmed_by=identity.name,
        confirmed_at=datetime.now(UTC),
        batch_links=pa.Table.from_pylist(rows, schema=_LINK),
    )
    return tuple(range(first, first + len(year.successions)))


def details_of(year: YearSuccessions, numbers: Sequence[int]) -> dict[str, Any]:
    """Return what the audit event tells of successions: every line, and its part where it was split."""
    return {
        "fiscal_year": year.fiscal_year,
        "direction": year.direction.value,
        "successions": [
            {
                "succession_id": number,
                "change": one.change.value,
                "earlier": list(one.earlier),
                "later": list(one.later),
                "shares": [str(share) for share in one.shares],
            }
            for number, one in zip(numbers, year.successions, strict=True)
        ],
    }


def _require_possible(
    row: dict[str, Any], change: str, earlier: str, later: str, fiscal_year: int
) -> None:
    year = str(fiscal_year)
    missing = _missing(row, change, earlier, later, year)
    message = missing or _why_not(row, change, earlier, later, year)
    if message is not None:
        raise SuccessionInvalid(message)


def _missing(row: dict[str, Any], change: str, earlier: str, later: str, year: str) -> Text | None:
    """Return which of the lines is not where it would have to be."""
    is_within = change == Becoming.RECODED
    if not is_within and not row["is_before"]:
        return text(
            "“{code}” is in no budget before {year}; nothing was confirmed.",
            code=codes_of_line(earlier),
            year=year,
        )
    is_earlier_missing = is_within and not row["is_earlier_there"]
    if is_earlier_missing or not row["is_there"]:
        return text(
            "“{code}” is not in the budget of {year}; nothing was confirmed.",
            code=codes_of_line(earlier if is_earlier_missing else later),
            year=year,
        )
    return None


def _why_not(row: dict[str, Any], change: str, earlier: str, later: str, year: str) -> Text | None:
    """Return what speaks against lines that are there."""
    if change == Becoming.RECODED and row["is_beside"]:
        return text(
            "“{earlier}” and “{later}” are in one statement of {year}, beside each other: they are two "
            "lines. Nothing was confirmed.",
            earlier=codes_of_line(earlier),
            later=codes_of_line(later),
            year=year,
        )
    if row["linked_by"]:
        return text(
            "{name} confirmed on {day} what became of “{earlier}” or what “{later}” continues; nothing "
            "was confirmed now. Take that back first, or leave it.",
            name=row["linked_by"],
            day=row["linked_at"].astimezone(UTC).date(),
            earlier=codes_of_line(earlier),
            later=codes_of_line(later),
        )
    return None


def withdraw(
    store: Store,
    identity: Identity,
    municipality_code: str,
    succession_ids: Sequence[int],
    reason: str = "",
) -> int:
    """Take successions back; they stay on record. Marks that were carried by hand stay as they are.

    Returns
    -------
    int
        How many were taken back.

    Raises
    ------
    NotAllowed
        The role does not permit it.
    NotFound
        One of them is not of this municipality, or was taken back already; nothing is changed.
    """
    require(identity, Action.CLASSIFY_LINE)
    ids = pa.table([pa.array(sorted(set(succession_ids)), pa.int64())], schema=_IDS)
    told = Change(
        "withdraw-successors", f"{ids.num_rows} successions", municipality_code, reason.strip()
    )
    with store.transaction(identity, told) as transaction:
        counting = transaction.query(
            "counting_successions", municipality_code=municipality_code, batch_ids=ids
        )
        if not ids.num_rows or counting.num_rows != ids.num_rows:
            raise NotFound(
                text(
                    "What became of these lines was taken back already, or is not of “{code}”; nothing "
                    "was changed.",
                    code=municipality_code,
                )
            )
        transaction.run(
            "withdraw_line_successors",
            withdrawn_by=identity.name,
            withdrawn_at=datetime.now(UTC),
            withdrawn_reason=reason.strip(),
            batch_ids=ids,
        )
        transaction.details = {"successions": ids["succession_id"].to_pylist()}
    return len(ids)
