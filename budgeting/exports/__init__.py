"""Exports: a report as the bytes of a file, the same bytes for the same report.

Every file carries its stamp: title, answer, parameters, notes, sources and data version; never the
time, which is not part of the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from budgeting.errors import BudgetingError
from budgeting.exports.csv import write_csv
from budgeting.exports.json import write_json
from budgeting.exports.xlsx import write_xlsx
from budgeting.model import Report, text
from budgeting.translations import Language


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how a report is written into it, and what it is called."""

    write: Callable[[Report, Language], bytes]
    suffix: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    "csv": Format(write_csv, ".csv", "text/csv; charset=utf-8"),
    "xlsx": Format(
        write_xlsx, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "json": Format(write_json, ".json", "application/json"),
}


def export(report: Report, format_name: str, language: Language) -> bytes:
    """Return `report` as a file of `FORMATS`, its words in `language`.

    Raises
    ------
    BudgetingError
        There is no such format, or the report does not fit into it.
    """
    if format_name not in FORMATS:
        raise BudgetingError(
            text(
                "There is no format “{name}”. There are: {known}.",
                name=format_name,
                known=", ".join(FORMATS),
            )
        )
    return FORMATS[format_name].write(report, language)
