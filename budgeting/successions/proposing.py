"""Proposing which new lines are lines of the year before under another code or name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from budgeting.model import Direction
from budgeting.store import Store, Transaction
from budgeting.successions.model import Becoming, Succession

_AMONG = 20_000  # of the new and of the gone lines, the largest
_BLOCK_SIZE = 8
_MONEY = pa.decimal128(18, 2)
LINES = pa.schema([("line_code", pa.string()), ("label", pa.string()), ("amount", _MONEY)])
RENAMES = pa.schema(
    [
        ("gone_line_code", pa.string()),
        ("gone_label", pa.string()),
        ("gone_amount", _MONEY),
        ("new_line_code", pa.string()),
        ("new_label", pa.string()),
        ("new_amount", _MONEY),
        ("similarity", pa.float64()),
        ("is_same_amount", pa.bool_()),
        ("is_same_but_one_code", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of two years between which something may have become of them.

    Parameters
    ----------
    earlier_year, later_year
        The years that are compared.
    gone, new, both
        Lines of the earlier year alone, of the later alone, and of both: line_code, label and amount
        of the latest of the two years, largest first.
    renames
        Pairs of a gone and a new line that are likely one, the most alike first; see
        likely_renames.sql. Each line is in one at most.
    """

    earlier_year: int
    later_year: int
    gone: pa.Table
    new: pa.Table
    both: pa.Table
    renames: pa.Table


def likely_renames(reading: Store | Transaction, gone: pa.Table, new: pa.Table) -> pa.Table:
    """Return pairs of a gone and a new line that are likely one; rows of `RENAMES`.

    Of more than 20,000 lines of a side the first, which are the largest, are looked at.
    """
    if not gone.num_rows or not new.num_rows:
        return RENAMES.empty_table()
    found = reading.query(
        "likely_renames",
        block_size=_BLOCK_SIZE,
        batch_new=new.slice(0, _AMONG),
        batch_gone=gone.slice(0, _AMONG),
    )
    return found.cast(RENAMES)


def candidates(
    store: Store, municipality_code: str, direction: Direction, fiscal_year: int
) -> Candidates | None:
    """Return the lines of a stored year, and of the one before it, of which nothing is confirmed yet.

    None where no year before is stored.
    """
    found = store.query(
        "unlinked_lines",
        municipality_code=municipality_code,
        direction=direction.value,
        fiscal_year=fiscal_year,
    )
    if not found.num_rows:
        return None
    sides = {
        side: found.filter(pc.equal(found["side"], side)).select(LINES.names).cast(LINES)
        for side in ("gone", "new", "both")
    }
    return Candidates(
        found["earlier_year"][0].as_py(),
        fiscal_year,
        **sides,
        renames=likely_renames(store, sides["gone"], sides["new"]),
    )


def candidates_within(
    store: Store, municipality_code: str, direction: Direction, fiscal_year: int
) -> Candidates:
    """Return lines of which one statement of a year has one code and a later one another, perhaps.

    ``gone`` are the lines that only earlier statements of the year have, ``new`` those that only
    later ones have. Most of them are what they seem: planned and not spent, or spent unplanned.
    """
    found = store.query(
        "recoded_lines",
        municipality_code=municipality_code,
        direction=direction.value,
        fiscal_year=fiscal_year,
    )
    gone, new = (
        found.filter(pc.equal(found["side"], side)).select(LINES.names).cast(LINES)
        for side in ("gone", "new")
    )
    renames = likely_renames(store, gone, new)
    return Candidates(fiscal_year, fiscal_year, gone, new, LINES.empty_table(), renames)


def without(found: Candidates, taken: Iterable[Succession]) -> Candidates:
    """Return the candidates without lines of which something was said already."""
    said = list(taken)
    earlier = pa.array([code for one in said for code in one.earlier], pa.string())
    later = pa.array([code for one in said for code in one.later], pa.string())

    def left(lines: pa.Table, codes: pa.Array, name: str = "line_code") -> pa.Table:
        return lines.filter(pc.invert(pc.is_in(lines[name], codes)))

    renames = left(left(found.renames, earlier, "gone_line_code"), later, "new_line_code")
    return replace(
        found,
        gone=left(found.gone, earlier),
        new=left(found.new, later),
        both=left(left(found.both, earlier), later),
        renames=renames,
    )


def as_succession(rename: Mapping[str, Any], *, is_within_year: bool = False) -> Succession:
    """Return what a likely rename says: a line of the same words was moved, another was renamed.

    Within a year it is the same line with another code, whatever its words are.
    """
    change = Becoming.MOVED if rename["similarity"] >= 1 else Becoming.RENAMED
    if is_within_year:
        change = Becoming.RECODED
    return Succession(change, (rename["gone_line_code"],), (rename["new_line_code"],))
