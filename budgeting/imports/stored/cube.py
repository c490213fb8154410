"""Cube: the amounts of a file, added up by the members of their lines. Pure."""

import numpy as np
import pyarrow as pa

from budgeting.imports.stored.line_numbers import LineYears, Numbers
from budgeting.imports.stored.sums import summed

_FIRST = "programme_id"  # what clicks ask for most often: the rows of a programme lie together
_MOST_KEYS = 2**62


def cube_of(figures: pa.Table, line_years: LineYears) -> pa.Table:
    """Return one row per vintage and combination of members, columns as in mart.cube.

    Parameters
    ----------
    figures
        All amounts of their vintages, vintage after vintage; see `Relations.figures`.
    """
    members, combination = _combinations(line_years)
    own = combination[figures["place"].to_numpy()]
    found = [_SUMS.empty_table()]
    for vintage_id, begin, end in _runs(figures["vintage_id"].to_numpy()):
        sums = summed(own[begin:end], figures["amount"].slice(begin, end - begin))
        owner = pa.repeat(pa.scalar(vintage_id, pa.int32()), sums.num_rows)
        found.append(sums.add_column(0, "vintage_id", owner).cast(_SUMS))
    sums = pa.concat_tables(found)
    places = sums["place"].to_numpy()
    owned = {name: own[places] for name, own in members.items()}
    columns = {"vintage_id": sums["vintage_id"], "line_count": sums["count"]}
    return pa.table({**columns, **owned, "amount": sums["amount"]})


_SUMS = pa.schema(
    [
        ("vintage_id", pa.int32()),
        ("place", pa.int64()),
        ("amount", pa.decimal128(18, 2)),
        ("count", pa.int32()),
    ]
)


def _combinations(line_years: LineYears) -> tuple[dict[str, Numbers], Numbers]:
    """Return the combinations of members in order, and which of them each line-year has."""
    keys, most = np.zeros(len(line_years.ids), np.int64), 1
    for name in sorted(line_years.members, key=lambda name: name != _FIRST):
        own = line_years.members[name]
        width = int(own.max(initial=0)) + 1
        if most * width >= _MOST_KEYS:
            keys = np.unique(keys, return_inverse=True)[1]
            most = len(keys)
        keys, most = keys * width + own, most * width
    found, places = np.unique(keys, return_inverse=True)
    example = np.empty(len(found), np.int64)
    example[places] = np.arange(len(places))
    return {name: own[example] for name, own in line_years.members.items()}, places


def _runs(numbers: Numbers) -> list[tuple[int, int, int]]:
    """Return each run of equal numbers: the number, where it begins and ends."""
    begins = np.flatnonzero(np.diff(numbers, prepend=-1))
    bounds = [*begins.tolist(), len(numbers)]
    return list(zip(numbers[begins].tolist(), bounds[:-1], bounds[1:], strict=True))
