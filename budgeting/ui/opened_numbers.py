"""What each number of the gender overview opens to: the choices of the list of its lines."""

from collections.abc import Mapping
from typing import Any

from budgeting.model import Report
from budgeting.reports.explorer_view import read_path, write_path
from budgeting.reports.gender.changed_lines import CHANGE_NUMBERS
from budgeting.reports.gender.numbers import NUMBERS

_Row = Mapping[str, Any]
_WHOLE = {"within": ""}  # a number of all of the budget, whatever the view is drilled into


def of_row(shown: Report, table: str, row: _Row) -> dict[str, str]:
    """Return what all numbers of a row of a table open to."""
    asked = shown.parameters
    if table == "groups":
        return {"within": within(shown, row)}
    if table == "stages":
        return {**_WHOLE, "stage": row["stage"]}
    if table == "years":
        return {**_WHOLE, "year": row["year"], "stage": asked["stage"], "version": asked["version"]}
    if table == "methodologies":
        method = {"methodology": row["methodology_code"], "version": row["version"]}
        return {**_WHOLE, **method, "convention": ""}
    if table == "largest":
        return {"line": str(row["line_id"])}
    if table == "change":
        return {**_WHOLE, "category": row["category"] or ""}
    return {}


def of_number(table: str, row: _Row, key: str) -> dict[str, str] | None:
    """Return what the number of a column opens to beside that; None where it is no sum of lines."""
    if table == "largest":
        return {"number": "counting"}
    if table == "change":
        return {"part": key} if key in CHANGE_NUMBERS else None
    if table == "categories":
        is_weight = key == "coefficient"
        return None if is_weight else {"category": row["category"] or "", "number": row["number"]}
    name = key.removesuffix("_share")
    return {"number": name} if name in NUMBERS else None


def within(shown: Report, row: _Row) -> str:
    """Return the view of a group, as an address writes it."""
    by = str(shown.parameters["by"])
    kept = [step for step in read_path(str(shown.parameters["within"])) if step[0] != by]
    return write_path([*kept, (by, row["path_code"])])
