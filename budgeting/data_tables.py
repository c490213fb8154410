"""Tables that people edit, as CSV: rows with their numbers, refused in a sentence where broken."""

import csv
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from budgeting.errors import MappingInvalid
from budgeting.model import Text, text

Row = Mapping[str, str]


def table_rows(path: Path, needed: Set[str], possible: Set[str]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table with their row numbers, cells without spaces around them.

    Raises
    ------
    MappingInvalid
        The file is no such table; told with file and row.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="", strict=True)
        try:
            _check_header(path, set(reader.fieldnames or ()), needed, possible)
            for row in reader:
                if None in row:
                    raise refusal(path, reader.line_num, text("it has more cells than the header."))
                yield reader.line_num, {column: cell.strip() for column, cell in row.items()}
        except (csv.Error, UnicodeDecodeError) as error:
            raise refusal(path, reader.line_num, text("it is not CSV in UTF-8.")) from error


def _check_header(path: Path, header: Set[str], needed: Set[str], possible: Set[str]) -> None:
    if wrong := (needed - header) | (header - needed - possible):
        columns = ", ".join(sorted(wrong))
        raise refusal(
            path, 1, text("columns that lack or are not known: {columns}.", columns=columns)
        )


def refusal(path: Path, row_number: int, reason: Text) -> MappingInvalid:
    """Return the error that says where a table is broken, and why."""
    return MappingInvalid(
        text("{path}, row {row}: {reason}", path=path.name, row=row_number, reason=reason)
    )
