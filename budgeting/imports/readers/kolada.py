"""Figures as the database Kolada gives them: JSON of indicators by municipality, period and gender."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from budgeting.imports.readers.faults import unreadable
from budgeting.imports.readers.sheet import Sheet
from budgeting.imports.source import FileLayout, SourceFile
from budgeting.model import Finding, Severity, text

HEADER = ("kpi", "municipality", "period", "gender", "value", "status")


def kolada_sheet(source: SourceFile) -> Sheet:
    """Return one row per indicator, municipality, period and gender, below a header.

    Rows are numbered in the order of the file, the header counting as the first. A figure that is
    null is an empty cell.

    Raises
    ------
    Unreadable
        It is no JSON, or its values are not those of indicators.
    """
    try:
        # Numbers stay as they are written: no digit is lost on the way.
        content = json.loads(source.content, parse_float=str, parse_int=str)
        rows = [HEADER, *_rows(content["values"])]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise unreadable(
            "json",
            text(
                "The file is no JSON of indicators as Kolada gives it. ({reason})",
                reason=str(error),
            ),
            text("It has “values”, each with kpi, municipality, period and values by gender."),
        ) from None
    columns = tuple(pa.array(column, pa.string()) for column in zip(*rows, strict=True))
    return Sheet(
        columns,
        pa.array(range(1, len(rows) + 1), pa.int32()),
        FileLayout(encoding="utf-8", delimiter=","),
        findings=tuple(_pages(content)),
    )


def _rows(entries: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        place = (entry["kpi"], entry["municipality"], entry["period"])
        for value in entry["values"]:
            found = (*place, value["gender"], value.get("value"), value.get("status") or "")
            yield tuple("" if cell is None else str(cell) for cell in found)


def _pages(content: dict[str, Any]) -> Iterator[Finding]:
    following = content.get("next_page") or content.get("next_url")
    if following:
        yield Finding(
            "more-pages",
            Severity.WARNING,
            text("The file is one page of several; figures of the next ones are not in it."),
            text("Fetch the next page as well, and import it by itself."),
            value=str(following),
        )
