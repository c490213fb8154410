"""The drill table: a report's groups as an accessible table with bars; its names open a level.

A component of its own because neither `st.dataframe` (a canvas) nor a chart gives a real HTML
table that a keyboard, a screen reader and a printer can use; see docs/decisions/0005-drill-table.md.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from budgeting.amounts import EXECUTION_BANDS
from budgeting.model import Column, Report, text
from budgeting.reports.budget_explorer import LINE
from budgeting.translations import Language
from budgeting.translations import language as language_of
from budgeting.ui.filters import capital
from budgeting.ui.kept import ByIdentity
from budgeting.ui.session import language

ROWS_AT_FIRST = 30  # the rest is one click away, and always in the total
_CHANGES = ("change", "change_share")
_FOLDER = Path(__file__).parent
_COMPONENT = st.components.v2.component(
    "paritet_drill_table",
    html='<div id="root"></div>\n',
    css=(_FOLDER / "drill_table.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "drill_table.js").read_text(encoding="utf-8"),
)


def drill_table(
    report: Report,
    *,
    measure: str,
    on_open: Callable[[str], None],
    on_back: Callable[[int], None],
    key: str = "drill",
) -> None:
    """Show the table ``groups`` of a report.

    Parameters
    ----------
    measure
        Column whose amounts the bars show.
    on_open
        Called with the path code of the row whose name was chosen.
    on_back
        Called with the number of members to keep when a step of the breadcrumb was chosen.
    """

    def opened() -> None:
        on_open(str(st.session_state[key].opened))

    def went_back() -> None:
        on_back(int(st.session_state[key].went_back))

    _COMPONENT(
        key=key,
        data=payload(report, measure, language().code),
        on_opened_change=opened,
        on_went_back_change=went_back,
    )


def payload(report: Report, measure: str, code: str) -> str:
    """Return what the table of a report shows, as JSON in the language `code`; kept once made."""
    return _kept_payload(ByIdentity(report), measure, code)


@lru_cache(maxsize=256)
def _kept_payload(of: ByIdentity[Report], measure: str, code: str) -> str:
    """Return what the table shows as JSON: written once, Streamlit passes a text on as it is."""
    return json.dumps(_content(of.what, measure, language_of(code)), ensure_ascii=False)


def _content(report: Report, measure: str, words: Language) -> Mapping[str, Any]:
    table = report.tables["groups"]
    columns = [column for column in table.visible if column.key not in ("code", "label")]
    columns = [column for column in columns if _has_values(table.rows, column)]
    is_of_lines = report.facts["by"] == LINE
    if is_of_lines:  # each row is one line
        columns = [column for column in columns if column.key != "line_count"]
    rows = table.rows.to_pylist()
    largest = max((abs(row[measure] or 0) for row in rows), default=0)
    trail = [words.say(text("All")), *(step["label"] for step in report.facts["breadcrumb"])]
    return {
        "view": "|".join([*trail, str(report.facts["by"])]),
        "language": words.tag,
        "first": ROWS_AT_FIRST,
        "hasLongCodes": is_of_lines,
        "trail": trail,
        "columns": [{"label": capital(words.say(table.columns[1].label)), "kind": "name"}]
        + [_heading(column, measure, words) for column in columns],
        "rows": [_row(row, columns, measure, largest, words) for row in rows],
        "total": _total(report, columns, words),
        "words": {
            "caption": words.say(report.answer),
            "sort": words.say(text("Sort")),
            "trail": words.say(text("Where you are")),
            "more": words.say(text("Show all {count} rows", count=len(rows))),
            "unit": words.say(text("Amounts in {currency}", currency=report.facts["currency"])),
        },
    }


def _has_values(rows: Any, column: Column) -> bool:
    values = rows[column.key]
    return bool(values.null_count < len(values)) or column.key in ("share",)


def _heading(column: Column, measure: str, words: Language) -> dict[str, Any]:
    """Return a column's heading; on a phone only the measure and its share are shown."""
    return {
        "label": capital(words.say(column.label)),
        "kind": column.kind,
        "secondary": column.key not in (measure, "share"),
    }


def _row(
    row: Mapping[str, Any],
    columns: Sequence[Column],
    measure: str,
    largest: Any,
    words: Language,
) -> dict[str, Any]:
    return {
        "id": row["path_code"],
        "code": row["code"],
        "label": row["label"],
        "opens": words.say(text("Open {label}", label=row["label"])),
        "bar": float((row[measure] or 0) / largest) if largest else None,
        "cells": [_cell(row[column.key], column, words) for column in columns],
        "numbers": [_sortable(row[column.key]) for column in columns],
        "marks": [_mark(row, column, words) for column in columns],
    }


def _cell(value: Any, column: Column, words: Language) -> str:
    if value is None:
        return "–"
    sign = "+" if column.key in _CHANGES and value > 0 else ""
    if column.kind == "money":
        return sign + words.number(value, 2)
    if column.kind == "share":
        return sign + words.share(value)
    return words.value(value)


def _sortable(value: Any) -> float | None:
    return None if value is None else float(value)


def _mark(row: Mapping[str, Any], column: Column, words: Language) -> str:
    """Return the execution band beside the execution: how far the outturn is from the approved."""
    if column.key != "execution" or row.get("band") is None:
        return ""
    return band_mark(row["band"], words)


def band_mark(band: int, words: Language) -> str:
    """Return the mark of an execution band, 0 (closest) to 3: ±5 %, ±10 %, ±15 %, > 15 %."""
    limits = [words.share(limit, 0) for limit in EXECUTION_BANDS]
    return f"±{limits[band]}" if band < len(limits) else f"> {limits[-1]}"


def _total(report: Report, columns: Sequence[Column], words: Language) -> dict[str, Any]:
    facts = report.facts
    values = {
        name.removeprefix("total_"): facts[name] for name in facts if name.startswith("total_")
    }
    values["line_count"] = facts["line_count"]
    before, now = values["previous"], facts["total"]
    values["change"] = now - before if now is not None and before is not None else None
    values["change_share"] = (
        values["change"] / before if values["change"] is not None and before else None
    )
    values["share"] = 1 if now else None
    revised, executed = values["revised"], values["executed"]
    values["execution"] = executed / revised if executed is not None and revised else None
    return {
        "id": "",
        "code": "",
        "label": words.say(text("Total")),
        "opens": "",
        "bar": None,
        "cells": [_cell(values.get(column.key), column, words) for column in columns],
    }
