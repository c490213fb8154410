"""Line-years: the lines of a file and their occurrences in a year get numbers and are stored."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells
from budgeting.imports.mappings.mapping import DIMENSION_NAMES
from budgeting.imports.meaning.batches import Batch
from budgeting.imports.stored.line_numbers import LineNumbers, LineYears, Numbers
from budgeting.store import DIMENSIONS, Transaction

_NOT_KNOWN = 0  # the member of a code that stands for none


def add_line_years(
    transaction: Transaction,
    numbered: Sequence[tuple[int, Batch]],
    parts: pa.Table,
    is_elimination: bool,
) -> LineYears:
    """Store the lines and line-years of numbered batches that are new, each under the next number.

    The members of the batches must be stored. A line-year that is stored keeps its members.
    """
    free = transaction.query("next_numbers").to_pylist()[0]
    lines = LineNumbers(numbered)
    line_ids = _add_lines(transaction, lines.codes, free["line_id"])
    years = lines.line_years(line_ids, _described(transaction, numbered, parts))
    keys = _placed(years.select(["line_id", "source_file_id"]))
    known = transaction.query("known_line_years", batch_parts=parts, batch_line_years=keys)
    ids, is_new = _completed(known, years.num_rows, free["line_year_id"])
    transaction.run(
        "add_line_years",
        batch_line_years=_described_by(
            parts, _new(years.append_column("line_year_id", pa.array(ids)), is_new)
        ),
        is_elimination=is_elimination,
    )
    members = {name: _members(name, years, known) for name in DIMENSIONS.values()}
    return LineYears(ids, members, lines.of_rows())


def _add_lines(transaction: Transaction, codes: pa.Table, first_free: int) -> Numbers:
    """Store the budget lines that are new and return the number of every line."""
    known = transaction.query("known_lines", batch_codes=_placed(codes))
    line_ids, is_new = _completed(known, codes.num_rows, first_free)
    fresh = _new(codes.append_column("line_id", pa.array(line_ids)), is_new)
    transaction.run("add_budget_lines", batch_codes=fresh)
    return line_ids


def _described(
    transaction: Transaction, numbered: Sequence[tuple[int, Batch]], parts: pa.Table
) -> Dictionary[int, pa.Table]:
    """Return number of the batch -> label and members of its rows."""
    found = transaction.query("members_of_parts", batch_parts=parts)
    bounds = np.searchsorted(found["source_file_id"].to_numpy(), [n for n, _ in numbered])
    own = [found.slice(*bound) for bound in _slices(bounds, found.num_rows)]
    return {
        number: _described_part(number, batch, members)
        for (number, batch), members in zip(numbered, own, strict=True)
    }


def _slices(bounds: Numbers, end: int) -> list[tuple[int, int]]:
    return list(zip(bounds.tolist(), np.diff(bounds, append=end).tolist(), strict=True))


def _described_part(number: int, batch: Batch, members: pa.Table) -> pa.Table:
    owner = pa.repeat(pa.scalar(number, pa.int32()), batch.lines.num_rows)
    columns = {DIMENSIONS[name]: _numbered(batch.lines, members, name) for name in DIMENSION_NAMES}
    return pa.table({"source_file_id": owner, "label": batch.lines["label"], **columns})


def _numbered(lines: pa.Table, members: pa.Table, dimension: str) -> Cells:
    """Return the member of each row for its path code."""
    own = members.filter(pc.equal(members["dimension"], dimension))
    places = pc.index_in(lines[dimension], own["path_code"].combine_chunks())
    return pc.fill_null(own["member_id"].combine_chunks().take(places), _NOT_KNOWN)


def _described_by(parts: pa.Table, rows: pa.Table) -> pa.Table:
    """Return rows with what their part says of them; a join in SQL would hold up the writing."""
    own = pc.index_in(rows["source_file_id"], parts["source_file_id"].combine_chunks())
    for name in ("municipality_code", "fiscal_year", "direction"):
        rows = rows.append_column(name, parts[name].take(own))
    return rows


def _members(column: str, years: pa.Table, known: pa.Table) -> Numbers:
    """Return the members of line-years: of one that is stored, those that it is stored with."""
    found: Numbers = years[column].to_numpy().copy()
    found[known["place"].to_numpy()] = known[column].to_numpy()
    return found


def _placed(rows: pa.Table) -> pa.Table:
    return rows.append_column("place", pa.array(np.arange(rows.num_rows)))


def _new(rows: pa.Table, is_new: npt.NDArray[np.bool_]) -> pa.Table:
    return rows if is_new.all() else rows.filter(pa.array(is_new))


def _completed(
    known: pa.Table, count: int, first_free: int
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Give numbers to what is not stored: return all of them, and which are given.

    Parameters
    ----------
    known
        Place among `count` and ``number`` of what is stored.
    first_free
        The first number to give.
    """
    places = known["place"].to_numpy()
    is_new = np.ones(count, bool)
    is_new[places] = False
    found = np.empty(count, np.int64)
    found[places] = known["number"].to_numpy()
    found[is_new] = np.arange(first_free, first_free + np.count_nonzero(is_new))
    return found, is_new
