"""Dates as people write them: which order of day and month a column uses, and its cells as dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4})"
# By the name under which a style is known, in the order in which equals are tried.
_PATTERNS = {
    "Y-M-D": rf"{_YEAR}([-./]) ?{_MONTH}\2 ?{_DAY}\.?",
    "D.M.Y": rf"{_DAY}([.-]) ?{_MONTH}\2 ?{_YEAR}\.?",
    "D/M/Y": rf"{_DAY}(/){_MONTH}/{_YEAR}",
    "M/D/Y": rf"{_MONTH}(/){_DAY}/{_YEAR}",
}
DATE_STYLES = tuple(_PATTERNS)
_STYLES = {name: re.compile(pattern + _TIME) for name, pattern in _PATTERNS.items()}


@dataclass(frozen=True, slots=True)
class Dates:
    """Cells as dates, null where empty; ``wrong`` marks cells that are no date of the style."""

    values: pa.ChunkedArray
    wrong: pa.ChunkedArray


def dates_possible(cells: pa.ChunkedArray) -> tuple[str, ...]:
    """Return the styles ("Y-M-D", "D.M.Y", "D/M/Y", "M/D/Y") that read every cell with text.

    Two of them say that nothing in the column decides between day and month. A column of which all
    dates read alike in both, such as 01/01/2014, has the first one only.
    """
    written = {cell.strip() for cell in _distinct(cells)} - {""}
    possible = [name for name in _STYLES if written and all(_date(c, name) for c in written)]
    readings = [{cell: _date(cell, name) for cell in written} for name in possible]
    return tuple(
        name for number, name in enumerate(possible) if readings[number] not in readings[:number]
    )


def dates(cells: pa.ChunkedArray, style: str) -> Dates:
    """Read cells as dates of `style`; a time behind the date is not kept."""
    encoded = (
        cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    ).dictionary_encode()
    written = [(cell or "").strip() for cell in encoded.dictionary.to_pylist()]
    read = [_date(cell, style) for cell in written]
    wrong = [bool(cell) and found is None for cell, found in zip(written, read, strict=True)]
    return Dates(
        pa.chunked_array([pa.array(read, pa.date32()).take(encoded.indices)]),
        pa.chunked_array([pa.array(wrong, pa.bool_()).take(encoded.indices).fill_null(False)]),
    )


def _distinct(cells: pa.ChunkedArray) -> Iterable[str]:
    return (cell for cell in cells.unique().to_pylist() if cell)


def _date(cell: str, style: str) -> date | None:
    found = _STYLES[style].fullmatch(cell)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
