"""Line numbers: the budget lines of a file as numbers, so that their codes are compared only once.

A line code is a long text, and a large file has half a million of them. What is stored of a line
beside its code is joined and kept by number. Pure.
"""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from budgeting.imports.cells.encoded import Encoded, stacked
from budgeting.imports.meaning.batches import Batch

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Year:
    """Lines of one municipality, direction and year, which several sheets may share.

    ``lines`` are the codes of its lines, in the order of their first rows.
    """

    parts: Sequence[tuple[int, Batch]]
    lines: Encoded

    @property
    def first_rows(self) -> Numbers:
        """The row with which each line begins: there the highest place so far rises."""
        return np.flatnonzero(np.diff(np.maximum.accumulate(self.lines.places), prepend=-1))


@dataclass(frozen=True, slots=True)
class LineYears:
    """The line-years of a file as they are stored.

    Parameters
    ----------
    ids
        Number of each.
    members
        Column of members, such as ``programme_id`` -> the member of each.
    places
        Number of the batch -> the place among them of the line-year of each row.
    """

    ids: Numbers
    members: Dictionary[str, Numbers]
    places: Dictionary[int, Numbers]

    def numbered(self, rows: pa.Table) -> pa.Table:
        """Return rows that have a ``place`` with the ``line_year_id`` that stands there."""
        return rows.append_column("line_year_id", pa.array(self.ids[rows["place"].to_numpy()]))


class LineNumbers:
    """Places, from 0, of the budget lines and of the line-years that numbered batches hold."""

    def __init__(self, numbered: Sequence[tuple[int, Batch]]) -> None:
        shared: dict[tuple[str, str], dict[int, list[tuple[int, Batch]]]] = {}
        for number, batch in numbered:
            years = shared.setdefault((batch.municipality.code, batch.direction.value), {})
            years.setdefault(batch.fiscal_year, []).append((number, batch))
        self._years: list[_Year] = []
        codes, lines, count = [], [], 0
        for (municipality_code, direction), years in shared.items():
            own = [_year(parts) for parts in years.values()]
            distinct = stacked([year.lines.once for year in own])
            codes.append(_codes(municipality_code, direction, distinct.values))
            lines.append(distinct.places.astype(np.int64) + count)
            count += len(distinct.values)
            self._years += own
        self.codes = pa.concat_tables(codes)
        """One row per budget line, in the order of the places."""
        self._line_of_year = np.concatenate(lines)

    def line_years(self, line_ids: Numbers, parts: Dictionary[int, pa.Table]) -> pa.Table:
        """Return one row per line-year, as its first row has it.

        Parameters
        ----------
        line_ids
            Number of each line of ``codes``.
        parts
            Number of the batch -> what its rows have, one row each.
        """
        tables = []
        for year in self._years:
            rows = pa.concat_tables([parts[number] for number, _ in year.parts])
            is_shared = len(year.lines.values) < len(year.lines.places)
            tables.append(rows.take(pa.array(year.first_rows)) if is_shared else rows)
        years = pa.concat_tables(tables)
        return years.append_column("line_id", pa.array(line_ids[self._line_of_year]))

    def of_rows(self) -> Dictionary[int, Numbers]:
        """Return number of the batch -> the place of each row's line-year among `line_years`."""
        found: dict[int, Numbers] = {}
        count = 0
        for year in self._years:
            begins = np.cumsum([batch.lines.num_rows for _, batch in year.parts])[:-1]
            owned = np.split(year.lines.places.astype(np.int64) + count, begins)
            found |= {number: own for (number, _), own in zip(year.parts, owned, strict=True)}
            count += len(year.lines.values)
        return found


def _year(parts: Sequence[tuple[int, Batch]]) -> _Year:
    return _Year(parts, stacked([batch.line_codes for _, batch in parts]))


def _codes(municipality_code: str, direction: str, codes: pa.Array) -> pa.Table:
    constants = {"municipality_code": municipality_code, "direction": direction}
    columns = {name: pa.repeat(pa.scalar(one), len(codes)) for name, one in constants.items()}
    return pa.table({**columns, "line_code": codes})
