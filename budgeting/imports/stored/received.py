"""Received: a file, its findings and its printed totals as they are kept with an import. Pure."""

import json
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from budgeting.imports.cells.columns import Cells
from budgeting.imports.sheets.totals import PrintedTotal
from budgeting.imports.source import SourceTable
from budgeting.imports.together import each
from budgeting.model import Finding

_FINDINGS = pa.schema(
    [
        ("finding_check", pa.string()),
        ("severity", pa.string()),
        ("sheet_name", pa.string()),
        ("row_number", pa.int32()),
        ("column_name", pa.string()),
        ("cell_value", pa.string()),
        ("message", pa.string()),
        ("reason", pa.string()),
    ]
)
_ESCAPED = {"\\": r"\\", '"': r"\""} | {chr(code): f"\\u{code:04x}" for code in range(32)}
"""The marks that a JSON text writes otherwise, the backslash first: the others bring one with them."""
_LAST_CONTROL, _QUOTE, _BACKSLASH = b'\x1f"\\'


def printed_totals(totals: Iterable[tuple[str, PrintedTotal]]) -> str:
    """Return the totals that sheets print, with what was added up beside them, as JSON."""
    told = [
        {
            "sheet": sheet,
            "row_number": total.row_number,
            "label": total.label,
            "column": total.column,
            "printed": str(total.printed),
            "computed": str(total.computed),
            "difference": str(total.difference),
            "is_grand": total.is_grand,
        }
        for sheet, total in totals
    ]
    return json.dumps(told, ensure_ascii=False)


def finding_table(findings: Iterable[Finding], reasons: Dictionary[str, str]) -> pa.Table:
    """Return one row per finding, with the reason that was given for its check."""
    rows = [
        {
            "finding_check": finding.check,
            "severity": finding.severity.value,
            "sheet_name": finding.sheet,
            "row_number": finding.row_number,
            "column_name": finding.column,
            "cell_value": finding.value,
            "message": str(finding.message),
            "reason": reasons.get(finding.check),
        }
        for finding in findings
    ]
    return pa.Table.from_pylist(rows, schema=_FINDINGS)


def quoted_cells(table: SourceTable) -> pa.Table:
    """Return the rows of a sheet, each cell as it stands between the quotes of a JSON text.

    Columns are called by their place: SQL knows no two names that differ by case.
    """
    cells = table.rows.drop_columns("row_number")
    names = [f"cell {place}" for place in range(cells.num_columns)]
    columns = dict(zip(names, each(_quoted, cells.columns, len(cells)), strict=True))
    return pa.table({**columns, "row_number": table.rows["row_number"]})


def _quoted(cells: Cells) -> Cells:
    whole = pc.fill_null(cells, "") if cells.null_count else cells
    if not any(_has_mark(chunk) for chunk in whole.chunks):
        return whole
    for mark, written in _ESCAPED.items():
        whole = pc.replace_substring(whole, mark, written)
    return whole


def _has_mark(cells: pa.StringArray) -> bool:
    """Tell whether a text has a mark of `_ESCAPED`; the bytes of all texts are looked at together."""
    if not len(cells) or cells.buffers()[2] is None:
        return False
    marks = np.frombuffer(cells.buffers()[2], np.uint8)
    found = (marks <= _LAST_CONTROL, marks == _QUOTE, marks == _BACKSLASH)
    return any(one.any() for one in found)
